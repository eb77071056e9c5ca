"""Charts as SVG text: a bullet bar, a window strip and a strip of cells; and the frame that all charts have.

Geometry stands in attributes and colours in the theme's classes (`fill: currentcolor` and friends), so a
chart follows light and dark, prints, and needs no inline style. Lengths are whole or tenths of a unit of
the view box, so the same input is the same bytes everywhere. Each chart says in words what it shows, in a title
and a description that it is labelled by, and stands beside a table or a text with the same numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from generator.edtf import Edtf

WIDTH = 320.0
PARAGRAPH = 4.0
"""Space between the cells of two paragraphs at most; where cells are narrow, a third of one."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a chart says to those who do not see it."""

    title: str
    description: str = ""
    rank: int = 1
    """Which chart of its page it is, for ids that no other has: headings and facts have no capitals in theirs."""


def length(value: float) -> str:
    """A length or place in the view box, in tenths."""
    return f"{value:.1f}".removesuffix(".0") if abs(value) >= 0.05 else "0"


def rect(name: str, x: float, width: float, y: float, height: float) -> str:
    """A rectangle of a class of the theme."""
    box = " ".join(f'{k}="{length(v)}"' for k, v in (("x", x), ("y", y), ("width", width), ("height", height)))
    return f'<rect class="{name}" {box}/>'


def svg(name: str, height: float, words: Words, body: str, *, stretched: bool = False) -> str:
    """The frame: `WIDTH` wide, titled and described. A `stretched` one fills its place and has no letters in it."""
    box = f"0 0 {length(WIDTH)} {length(height)}"
    said = f'<title id="T{words.rank}">{escape(words.title)}</title>'
    by = f"T{words.rank}"
    if words.description:
        said += f'<desc id="D{words.rank}">{escape(words.description)}</desc>'
        by += f" D{words.rank}"
    fill = ' preserveAspectRatio="none"' if stretched else ""
    return f'<svg class="{name}" role="img" aria-labelledby="{by}" viewBox="{box}"{fill} focusable="false">{said}{body}</svg>'


def bullet(
    value: float, target: float, words: Words, *, due: tuple[float, float] | None = None, most: bool = False
) -> str:
    """A bar of `value` on a track as long as `target`, with a stroke where the target stands.

    All are at least 0; where the value passes the target the track is as long as the value. `due` is the band that was to be
    reached by then; `most` says that the value is an upper bound, whose bar is paler.
    """
    top = max(value, target) or 1.0
    reached, aim = (WIDTH * n / top for n in (value, target))
    body = rect("track", 0, WIDTH, 3, 8)
    if due:
        low, high = (WIDTH * min(max(n, 0), top) / top for n in due)
        body += rect("rate", min(low, WIDTH - 2), max(high - low, 2), 0, 14)
    body += rect("value open" if most else "value", 0, reached, 4.5 if due else 3, 5 if due else 8)
    return svg("bullet", 14, words, body + rect("target", min(max(0.0, aim - 2), WIDTH - 2), 2, 0, 14), stretched=True)


def _months(first: date, last: date) -> list[date]:
    """First days of months after `first`, up to `last`."""
    number = first.year * 12 + first.month
    found: list[date] = []
    while (start := date(number // 12, number % 12 + 1, 1)) <= last:
        found.append(start)
        number += 1
    return found


def ticks(first: date, last: date) -> list[date]:
    """Where an axis from `first` to `last` is marked: months up to two years, else years."""
    months = _months(first, last)
    return months if len(months) <= 24 else [d for d in months if d.month == 1]


def window(when: Edtf, first: date, last: date, as_of: date, words: Words) -> str:
    """A stretch of time on an axis of days from `first` to `last`, with a stroke at `as_of`.

    An open end runs to the rim of the axis and is drawn fainter, so that a deadline never looks like a day;
    what lies beyond the rim is cut there.
    """
    days = max(1, (last - first).days + 1)

    def at(d: date) -> float:
        return WIDTH * min(max((d - first).days, 0), days) / days

    start, end = at(when.earliest), at(when.latest) if when.latest >= last else at(when.latest) + WIDTH / days
    if when.open_start:
        start = min(at(as_of), end - WIDTH / days)
    width = max(end - start, 3.0)
    name = "stretch open" if when.open_start or when.open_end else "stretch"
    body = "".join(rect("tick", at(d), 1, 0, 14) for d in ticks(first, last))
    body += rect("axis", 0, WIDTH, 13, 1) + rect(name, min(start, WIDTH - width), width, 3, 7)
    if when.open_start:
        body += rect("edge", min(max(0.0, end - 2), WIDTH - 2), 2, 1, 11)
    if when.open_end:
        body += rect("edge", min(start, WIDTH - 2), 2, 1, 11)
    body += rect("today", at(as_of), 2, 0, 14) if first <= as_of <= last else ""
    return svg("window", 14, words, body, stretched=True)


def coverage(groups: Sequence[Sequence[bool]], words: Words) -> str:
    """A strip with one cell for each sentence of a text, filled where it became facts; paragraphs stand apart."""
    cells, gaps = sum(map(len, groups)) or 1, max(0, len(groups) - 1)
    gap = min(PARAGRAPH, WIDTH / (3 * cells + gaps))
    step = (WIDTH - gaps * gap) / cells
    width = step - min(1.5, step / 4)
    paths = {True: "", False: ""}
    x = 0.0
    for group in groups:
        for told in group:
            paths[told] += f"M{length(x)} {0 if told else 8}h{length(width)}v{14 if told else 6}h-{length(width)}z"
            x += step
        x += gap
    body = "".join(
        f'<path class="{name}" d="{d}"/>' for name, d in (("value", paths[True]), ("left", paths[False])) if d
    )
    return svg("coverage", 14, words, body, stretched=True)
