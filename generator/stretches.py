"""Long lines of Markdown in stretches, each parsed by itself: what a line opens and never closes takes time by the square of its length."""

from __future__ import annotations

from collections.abc import Iterator

LONGEST = 4000
"""Characters that are parsed together. A long paragraph of a report has half of that; markup that reaches over a cut is words."""


def stretches(line: str) -> Iterator[str]:
    """The line itself, or its parts in order, cut after a blank outside of brackets, else after a blank, else anywhere."""
    at = 0
    while len(line) - at > LONGEST:
        end = _cut(line, at)
        yield line[at:end]
        at = end
    yield line[at:]


def _cut(line: str, start: int) -> int:
    depth = anywhere = outside = 0
    for at in range(start, start + LONGEST):
        character = line[at]
        if character in "[({<":
            depth += 1
        elif character in "])}>":
            depth = max(0, depth - 1)
        elif character in " \n":
            anywhere = at + 1
            outside = outside if depth else at + 1
    half = start + LONGEST // 2
    return next((cut for cut in (outside, anywhere) if cut >= half), start + LONGEST)
