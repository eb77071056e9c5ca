"""Locator maps: places over an outline, laid out from the registry's coordinates and drawn as SVG.

A dot tells where a place lies, and no more than that. A land or a province has no dot, only its name, because a dot in it
would look like the scene of something. Names that have no room are left to the list beside the map.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from generator.aggregate.places import Spot
from generator.charts import WIDTH, Words, length, svg
from generator.lettering import Anchor, Box, placed, short, width
from generator.outline import Outline
from generator.projection import bar, path, view


@dataclass(frozen=True, slots=True)
class Name:
    """Words on a map: where their base line begins, is halved or ends."""

    words: str
    x: float
    y: float
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Mark:
    """A place as it is drawn."""

    x: float
    y: float
    is_area: bool = False
    is_here: bool = False
    label: Name | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """A map as it is drawn: its height in units of a width of `WIDTH`, its path, its marks and its scale."""

    height: float
    path: str
    marks: tuple[Mark, ...]
    """In the order of the spots."""
    bar: float
    km: int


def lay_out(outline: Outline, spots: Sequence[Spot]) -> Layout:
    """The map of some places, of which there is one at least."""
    seen = view(outline.rings, [(spot.at[1], spot.at[0]) for spot in spots])
    points = [seen.place(spot.at[1], spot.at[0]) for spot in spots]
    long, km = bar(seen)
    foot = Box(0, seen.height - 26, max(long, width(f"{km:,} km")) + 14, seen.height)
    # Dots first: the name of a stretch may stand anywhere near.
    order = sorted(range(len(spots)), key=lambda rank: (spots[rank].is_area, rank))
    names = [(*points[rank], short(spots[rank].entity.name), not spots[rank].is_area) for rank in order]
    labels = dict(zip(order, placed(names, (WIDTH, seen.height), [foot]), strict=True))
    marks = []
    for rank, (spot, (x, y)) in enumerate(zip(spots, points, strict=True)):
        label = labels[rank]
        name = Name(label.words, label.x, label.y, label.anchor) if label else None
        marks.append(Mark(x, y, spot.is_area, spot.is_here, name))
    return Layout(seen.height, path(outline.rings, seen), tuple(marks), long, km)


def drawn(layout: Layout, words: Words) -> str:
    """The map as SVG."""
    body = f'<path class="land" d="{layout.path}"/>' if layout.path else ""
    for mark in layout.marks:
        if not mark.is_area:
            size = 5 if mark.is_here else 4
            body += f'<circle class="value" cx="{length(mark.x)}" cy="{length(mark.y)}" r="{size}"/>'
    body += "".join(_name(mark) for mark in layout.marks if mark.label)
    foot = layout.height - 8
    body += f'<path class="scale" d="M8 {length(foot - 4)}v4h{length(layout.bar)}v-4"/>'
    body += f'<text x="8" y="{length(foot - 8)}">{layout.km:,} km</text>'
    return svg("map", layout.height, words, body)


def _name(mark: Mark) -> str:
    assert mark.label
    names = [name for name, holds in (("area", mark.is_area), ("here", mark.is_here)) if holds]
    kind = f' class="{" ".join(names)}"' if names else ""
    label = mark.label
    return (
        f'<text{kind} x="{length(label.x)}" y="{length(label.y)}" text-anchor="{label.anchor}">'
        f"{escape(label.words)}</text>"
    )
