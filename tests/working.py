"""Functions that the tests of engines send to workers, which import them from here."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Marked:
    """What `dying` is made of: at one thing the worker kills itself, the first `times`, and leaves marks of that in a folder."""

    folder: str
    at: int
    times: int = 1


def squares(offset: int) -> Callable[[int], int]:
    """A function that a worker can be seen to have made."""
    return lambda number: number * number + offset


def pids(_: None) -> Callable[[int], int]:
    """Which process does the work."""
    return lambda _: os.getpid()


def dying(given: Marked) -> Callable[[int], int]:
    """`squares(0)`, but for the workers that die on the way."""

    def work(number: int) -> int:
        if number == given.at:
            for turn in range(given.times):
                try:
                    (Path(given.folder) / str(turn)).touch(exist_ok=False)
                except FileExistsError:
                    continue
                os.kill(os.getpid(), signal.SIGKILL)
        return number * number

    return work
