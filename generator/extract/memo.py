"""What was told of a word before: a text says most of its words again, and so does the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

V = TypeVar("V")
MOST = 100_000
"""Words that are remembered; with one more, all are forgotten."""


class Memo(dict[str, V]):
    """A function of a word as a mapping, which is looked up in half the time that a call takes."""

    def __init__(self, tell: Callable[[str], V]) -> None:
        super().__init__()
        self._tell = tell

    def __missing__(self, word: str) -> V:
        if len(self) >= MOST:
            self.clear()
        told = self[word] = self._tell(word)
        return told
