"""Charts as SVG text: a bullet bar, a window strip and a strip of cells.

Geometry stands in attributes and colours in the theme's classes (`fill: currentcolor` and friends), so a
chart follows light and dark, prints, and needs no inline style. Lengths are whole or tenths of a unit of
the view box, so the same input is the same bytes everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from generator.edtf import Edtf

WIDTH = 320.0
PARAGRAPH = 4.0
"""Space between the cells of two paragraphs at most; where cells are narrow, a third of one."""


def _length(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _rect(name: str, x: float, width: float, y: float, height: float) -> str:
    box = " ".join(f'{k}="{_length(v)}"' for k, v in (("x", x), ("y", y), ("width", width), ("height", height)))
    return f'<rect class="{name}" {box}/>'


def _svg(name: str, height: float, title: str, body: str) -> str:
    box = f"0 0 {_length(WIDTH)} {_length(height)}"
    head = f'<svg class="{name}" role="img" viewBox="{box}" preserveAspectRatio="none" focusable="false">'
    return f"{head}<title>{escape(title)}</title>{body}</svg>"


def bullet(value: float, target: float, title: str) -> str:
    """A bar of `value` on a track as long as `target`, with a stroke where the target stands.

    Both are at least 0; where the value passes the target the track is as long as the value. `title` says
    in words what is drawn.
    """
    top = max(value, target) or 1.0
    reached, aim = (WIDTH * n / top for n in (value, target))
    body = _rect("track", 0, WIDTH, 3, 8) + _rect("value", 0, reached, 3, 8)
    return _svg("bullet", 14, title, body + _rect("target", min(max(0.0, aim - 2), WIDTH - 2), 2, 0, 14))


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


def window(when: Edtf, first: date, last: date, as_of: date, title: str) -> str:
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
    body = "".join(_rect("tick", at(d), 1, 0, 14) for d in ticks(first, last))
    body += _rect("axis", 0, WIDTH, 13, 1) + _rect(name, min(start, WIDTH - width), width, 3, 7)
    if when.open_start:
        body += _rect("edge", min(max(0.0, end - 2), WIDTH - 2), 2, 1, 11)
    if when.open_end:
        body += _rect("edge", min(start, WIDTH - 2), 2, 1, 11)
    return _svg("window", 14, title, body + (_rect("today", at(as_of), 2, 0, 14) if first <= as_of <= last else ""))


def coverage(groups: Sequence[Sequence[bool]], title: str, words: str) -> str:
    """A strip with one cell for each sentence of a text, filled where it became facts; paragraphs stand apart.

    `title` says how many did; `words` say which did not.
    """
    cells, gaps = sum(map(len, groups)) or 1, max(0, len(groups) - 1)
    gap = min(PARAGRAPH, WIDTH / (3 * cells + gaps))
    step = (WIDTH - gaps * gap) / cells
    width = step - min(1.5, step / 4)
    paths = {True: "", False: ""}
    x = 0.0
    for group in groups:
        for told in group:
            paths[told] += f"M{_length(x)} {0 if told else 8}h{_length(width)}v{14 if told else 6}h-{_length(width)}z"
            x += step
        x += gap
    body = "".join(
        f'<path class="{name}" d="{d}"/>' for name, d in (("value", paths[True]), ("left", paths[False])) if d
    )
    return _svg("coverage", 14, title, f"<desc>{escape(words)}</desc>{body}")
