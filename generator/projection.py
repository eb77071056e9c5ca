"""From degrees to a drawing: the equirectangular projection, what part of an outline is shown, and its path.

A degree of longitude is as much shorter than one of latitude as the cosine of the middle latitude says (Snyder, Map
Projections: A Working Manual, 1987, 12), which is true enough for a country and needs no library. Rings are cut at the frame
(Sutherland and Hodgman, 1974) and lose the corners that nobody would see (Ramer, Douglas and Peucker).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians

from generator.charts import WIDTH

Point = tuple[float, float]
TALLEST = 400.0
KM = 111.32
"""Kilometres in a degree of latitude."""
LEAST = 0.5
"""How much of the outline's width and height is seen at least, so that one sees where in it the places lie."""
AROUND = 0.6
"""How much is seen around the places, as a part of the stretch that they cover, and of half a degree at least."""
TOLERANCE = 0.6
"""By how many units of the drawing a line may be simplified."""


@dataclass(frozen=True, slots=True)
class View:
    """What is seen: a frame in degrees, and the size of the drawing of it."""

    west: float
    north: float
    scale: float
    """Units for a degree of latitude."""
    squeeze: float
    """A degree of longitude in degrees of latitude."""
    height: float

    def place(self, lon: float, lat: float) -> Point:
        """Where a position is drawn: to the right and down, in units."""
        return (lon - self.west) * self.squeeze * self.scale, (self.north - lat) * self.scale


def view(rings: Iterable[Sequence[Point]], places: Sequence[Point]) -> View:
    """The frame around some places (longitude, latitude), of which there is one at least."""
    corners = [corner for ring in rings for corner in ring]
    lons, lats = ([corner[axis] for corner in corners] for axis in (0, 1))
    given = [[place[axis] for place in places] for axis in (0, 1)]
    west, east = _frame(given[0], (min(lons), max(lons)))
    south, north = _frame(given[1], (min(lats), max(lats)))
    squeeze = max(cos(radians((south + north) / 2)), 0.05)
    wide, tall = (east - west) * squeeze, north - south
    scale = WIDTH / wide
    if tall * scale > TALLEST:  # a tall land stands in the middle of its frame
        scale = TALLEST / tall
        west -= (WIDTH / scale - wide) / 2 / squeeze
    return View(west, north, scale, squeeze, tall * scale)


def _frame(values: Sequence[float], whole: tuple[float, float]) -> tuple[float, float]:
    """What is seen of an axis: the places and what lies around them, half of the whole at least, and nothing beyond it."""
    first, last = min(whole[0], *values), max(whole[1], *values)
    margin = 0.03 * max(last - first, 0.1)
    first, last = first - margin, last + margin
    around = AROUND * max(max(values) - min(values), 0.5)
    size = min(max(max(values) - min(values) + 2 * around, LEAST * (last - first)), last - first)
    low = min(max((min(values) + max(values) - size) / 2, first), last - size)
    return low, low + size


def _cut(ring: list[Point], inside: Callable[[Point], bool], cross: Callable[[Point, Point], Point]) -> list[Point]:
    """What of a closed ring lies on one side of a line."""
    kept: list[Point] = []
    for before, here in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
        if inside(here) != inside(before):
            kept.append(cross(before, here))
        if inside(here):
            kept.append(here)
    return kept


def clipped(ring: Sequence[Point], width: float, height: float) -> list[Point]:
    """What of a ring lies in the frame; a ring without its last corner, which may be empty."""
    points = list(ring[:-1] if ring[0] == ring[-1] else ring)
    for axis, limit, sign in ((0, 0.0, 1), (0, width, -1), (1, 0.0, 1), (1, height, -1)):

        def inside(p: Point, axis: int = axis, limit: float = limit, sign: int = sign) -> bool:
            return (p[axis] - limit) * sign >= 0

        def cross(a: Point, b: Point, axis: int = axis, limit: float = limit) -> Point:
            part = (limit - a[axis]) / (b[axis] - a[axis])
            other = a[1 - axis] + part * (b[1 - axis] - a[1 - axis])
            return (limit, other) if axis == 0 else (other, limit)

        points = _cut(points, inside, cross) if points else []
    return points


def simplified(points: Sequence[Point], tolerance: float = TOLERANCE) -> list[Point]:
    """A line without the corners that lie nearer than the tolerance to what is left of it; its ends stay."""
    kept, todo = {0, len(points) - 1}, [(0, len(points) - 1)]
    while todo:
        first, last = todo.pop()
        far, at = 0.0, 0
        for index in range(first + 1, last):
            distance = _distance(points[index], points[first], points[last])
            if distance > far:
                far, at = distance, index
        if far > tolerance:
            kept.add(at)
            todo += [(first, at), (at, last)]
    return [points[index] for index in sorted(kept)]


def _distance(p: Point, a: Point, b: Point) -> float:
    """From a point to the line through two others, or to them where they are one."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    long = hypot(dx, dy)
    if not long:
        return hypot(p[0] - a[0], p[1] - a[1])
    return abs(dx * (p[1] - a[1]) - dy * (p[0] - a[0])) / long


def path(rings: Iterable[Sequence[Point]], seen: View) -> str:
    """The path of what is seen of some rings: whole units, each corner from the one before."""
    return "".join(_subpath(clipped([seen.place(*corner) for corner in ring], WIDTH, seen.height)) for ring in rings)


def _subpath(ring: Sequence[Point]) -> str:
    corners = [(round(x), round(y)) for x, y in simplified([*ring, *ring[:1]])] if len(ring) > 2 else []
    corners = [here for rank, here in enumerate(corners) if not rank or here != corners[rank - 1]][:-1]
    if len(corners) < 3:
        return ""
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(corners)]
    return f"M{corners[0][0]} {corners[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps).replace(" -", "-") + "z"


def bar(seen: View) -> tuple[float, int]:
    """A length for a scale bar, in units and in kilometres: 1, 2 or 5 with noughts, a fourth of the width at the most."""
    most = WIDTH / 4 / seen.scale * KM
    power = 1
    while power * 10 <= most:
        power *= 10
    km = max(factor * power for factor in (1, 2, 5) if factor * power <= max(most, 1))
    return min(km / KM * seen.scale, WIDTH), km
