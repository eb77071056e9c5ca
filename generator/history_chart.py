"""The history of a figure as SVG: a dot for each measurement, and a step line that holds each number until the next.

A step and no slope: between two reports nobody said anything. The scale begins at nothing. A date that is a month or a year
is a bar as long as that; a bound has an arrow; a range is an upright bar; what a person disputes is hollow.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from generator.charts import WIDTH, Words, length, rect, svg

HEIGHT = 132.0
LEFT, RIGHT, TOP, FLOOR = 14.0, WIDTH - 14.0, 30.0, 106.0
"""The frame of the dots; letters stand above, beneath and to its sides."""
LETTER = 6.2
"""The width of a letter at the most, for labels that must not meet."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A measurement on the chart."""

    first: date
    last: date
    value: float
    high: float | None
    label: str
    """The number in words, as short as can be."""
    bound: str = ""
    """`up` for at least, `down` for at most."""
    hollow: bool = False


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{length(x)}" y="{length(y)}" text-anchor="{anchor}">{escape(words)}</text>'


def _anchor(x: float, words: str) -> str:
    half = len(words) * LETTER / 2
    return "start" if x - half < 0 else "end" if x + half > WIDTH else "middle"


def _reach(x: float, words: str) -> tuple[float, float]:
    """Where a label begins and ends."""
    wide, anchor = len(words) * LETTER, _anchor(x, words)
    start = x if anchor == "start" else x - wide if anchor == "end" else x - wide / 2
    return start, start + wide


def chart(dots: Sequence[Dot], words: Words, dates: tuple[str, str]) -> str:
    """The chart of at least two dots in order of time; `dates` label the ends of its axis."""
    first, last = min(d.first for d in dots), max(d.last for d in dots)
    days = max(1, (last - first).days)
    top = max(max(d.value, d.high or 0) for d in dots) or 1.0

    def x(day: date) -> float:
        return LEFT + (RIGHT - LEFT) * (day - first).days / days

    def y(value: float) -> float:
        return FLOOR - (FLOOR - TOP) * value / top

    middle = [(x(d.first) + x(d.last)) / 2 for d in dots]
    steps = [f"M{length(middle[0])} {length(y(dots[0].value))}"]
    steps += [f"H{length(at)}V{length(y(d.value))}" for at, d in zip(middle[1:], dots[1:], strict=True)]
    body = rect("axis", 0, WIDTH, FLOOR, 1) + f'<path class="step" d="{"".join(steps)}"/>'
    taken: list[tuple[float, float]] = []
    for rank, (at, dot) in enumerate(zip(middle, dots, strict=True)):
        body += _mark(dot, at, x(dot.first), x(dot.last), y)
        start, end = _reach(at, dot.label)
        # The newest number is always told, and each other where it has room.
        newest = _reach(middle[-1], dots[-1].label)
        free = all(end < a or start > b for a, b in [*taken, *([newest] if rank < len(dots) - 1 else [])])
        if free or rank == len(dots) - 1:
            above = 16 if dot.bound == "up" else 9
            body += _text(at, y(dot.high or dot.value) - above, dot.label, _anchor(at, dot.label))
            taken.append((start, end))
    body += _text(0, HEIGHT - 8, dates[0], "start") + _text(WIDTH, HEIGHT - 8, dates[1], "end")
    return svg("history", HEIGHT, words, body)


def _mark(dot: Dot, at: float, start: float, end: float, y: Callable[[float], float]) -> str:
    here = y(dot.value)
    drawn = rect("span", start, end - start, here - 1.5, 3) if end - start > 8 else ""
    if dot.high is not None:
        drawn += rect("span", at - 1.5, 3, y(dot.high), here - y(dot.high))
    if dot.bound:
        tip, foot = (here - 12, here - 6) if dot.bound == "up" else (here + 12, here + 6)
        drawn += f'<path class="value" d="M{length(at - 4)} {length(foot)}h8L{length(at)} {length(tip)}z"/>'
    name = "ring" if dot.hollow else "value"
    return drawn + f'<circle class="{name}" cx="{length(at)}" cy="{length(here)}" r="4"/>'
