"""What was told of a word before: a text says most of its words again, and so does the next."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import TypeVar

V = TypeVar("V")
MOST = 30_000
"""Words that are remembered; with one more, all are forgotten."""
LONGEST = 60
"""Characters of what is remembered: a row of letters that is longer does not come again."""


class Memo(dict[str, V]):
    """A function of a word as a mapping, which is looked up in half the time that a call takes."""

    def __init__(self, tell: Callable[[str], V]) -> None:
        super().__init__()
        self._tell = tell

    def __missing__(self, word: str) -> V:
        told = self._tell(word)
        if len(word) <= LONGEST:
            if len(self) >= MOST:
                self.clear()
            self[word] = told
        return told


class Holding:
    """Tells whether a text holds any of some words, in small letters, as a pattern cuts them, or of some characters.

    Cheap, since most sentences hold none: no word reaches over white space, so what stands between is asked but once.
    """

    def __init__(self, words: Collection[str], cut: re.Pattern[str], characters: re.Pattern[str] | None = None) -> None:
        def holds(piece: str) -> bool:
            marked = characters is not None and characters.search(piece) is not None
            return marked or any(word in words for word in cut.findall(piece.lower()))

        self._pieces = Memo(holds)

    def any(self, text: str) -> bool:
        """Whether it holds any."""
        return any(map(self._pieces.__getitem__, text.split()))
