"""That a problem is told at a place which is there."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.problems import Problem

LINE = re.compile(r"\r\n|\r|\n")


def stand_in(problems: Iterable[Problem], text: str) -> None:
    """Lines and columns are those of the text, or right behind a last character; what is shown of it breaks no line and moves
    no cursor."""
    lines = [LINE.split(text), text.split("\n")]  # nobody agrees on what a carriage return alone is
    for told in problems:
        assert told.message, told
        shown = str(told).split("\n")
        assert all(map(str.isprintable, shown)), told
        assert len(shown) == 1 + len(told.entry.rstrip("\n").split("\n")) * bool(told.entry), told
        assert any(is_there(told, of) for of in lines), told


def is_there(told: Problem, lines: list[str]) -> bool:
    """Whether a place is among lines."""
    return 1 <= told.line <= len(lines) and 1 <= told.column <= len(lines[told.line - 1]) + 1


def mends_fit(problems: Iterable[Problem], text: str) -> None:
    """Mends are within the text, and those of one problem do not meet."""
    for told in problems:
        end = 0
        for edit in sorted(told.fix):
            assert end <= edit.start <= edit.end <= len(text), told
            end = edit.end
