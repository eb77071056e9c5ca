"""That a problem is told at a place which is there."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.problems import Problem
from generator.visible import ACTING, JOINER

LINE = re.compile(r"\r\n|\r|\n")


def stand_in(problems: Iterable[Problem], text: str) -> None:
    """Lines and columns are those of the text, or right behind a last character; what is shown of it begins no line of its own
    and moves no cursor."""
    lines = [LINE.split(text), text.split("\n")]  # nobody agrees on what a carriage return alone is
    for told in problems:
        assert told.message, told
        first, *others = str(told).split("\n")
        assert first.startswith(f"{told.path}:{told.line}:{told.column}: "), told
        assert all(line.startswith("    ") or not line for line in others), told
        assert not ACTING.search(str(told).replace(JOINER, "")), told
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
