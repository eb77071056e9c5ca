"""That a problem is told at a place which is there."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.problems import Problem

LINE = re.compile(r"\r\n|\r|\n")


def stand_in(problems: Iterable[Problem], text: str) -> None:
    """Lines and columns are those of the text, or right behind its last character; mends are within it and do not meet."""
    lines = LINE.split(text)
    for told in problems:
        assert told.message, told
        assert str(told).isprintable() or told.entry or "\n" not in told.message, told
        assert 1 <= told.line <= len(lines), told
        assert 1 <= told.column <= len(lines[told.line - 1]) + 1, told
        end = 0
        for edit in sorted(told.fix):
            assert end <= edit.start <= edit.end <= len(text), told
            end = edit.end
