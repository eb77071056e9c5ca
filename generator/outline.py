"""The outline that maps are drawn over: a GeoJSON file that the settings name, with its licence, checked as it is read.

Polygons and multipolygons (RFC 7946), alone, as a feature, or in a collection; their holes are drawn like outlines. What is
wrong with the file is a problem, and the briefing has no maps then.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

from generator.model import Mark
from generator.problems import Problem, problem
from generator.reach import contents, leads_out
from generator.settings import Settings

BYTES = 1_000_000
POSITIONS = 20_000
"""What a file may hold at the most: maps stand in pages, which are light."""
EXAMPLE = '{"type": "Polygon", "coordinates": [[[20, 50], [21, 50], [21, 51], [20, 50]]]}'

Ring = tuple[tuple[float, float], ...]
"""Longitude and latitude of each corner in degrees, the first again at the end."""


@dataclass(frozen=True, slots=True)
class Outline:
    """Rings, and whom to thank for them."""

    rings: tuple[Ring, ...]
    credit: str


class _Wrong(Exception):
    """What is wrong with the file, and where in it."""


def read_outline(root: Path, settings: Settings) -> tuple[Outline | None, list[Problem]]:
    """The outline that the settings name; None where they name none, or there is a problem with it."""
    if not settings.map_outline:
        return None, []
    mark = Mark(settings.map_outline)
    path = root / settings.map_outline
    if leads_out(root, path):
        return None, [_problem(mark, "leads out of the briefing's folder", "put the file below it")]
    try:
        raw = contents(path, BYTES)
        if len(raw) > BYTES:
            return None, [_problem(mark, f"more than {BYTES:,} bytes", "simplify the outline: a map needs few corners")]
        rings = tuple(_rings(json.loads(raw.decode("utf-8-sig"))))
    except OSError:
        return None, [_problem(mark, "no file is here, or it cannot be read", "map_outline in mkdocs.yml names it")]
    except UnicodeDecodeError as error:
        return None, [_problem(mark, f"byte {error.start + 1} is not UTF-8", "save the file as UTF-8")]
    except json.JSONDecodeError as error:
        found = f"not JSON: {error.msg}"
        return None, [_problem(Mark(mark.path, error.lineno, error.colno), found, "GeoJSON with polygons")]
    except RecursionError:
        return None, [_problem(mark, "nested too deeply", "GeoJSON with polygons")]
    except _Wrong as wrong:
        return None, [_problem(mark, str(wrong), "GeoJSON with polygons")]
    return Outline(rings, settings.map_credit), []


def _problem(mark: Mark, found: str, valid: str) -> Problem:
    return problem(mark, f"map outline: {found}", valid=valid, example=EXAMPLE, check="map")


def _rings(tree: Any) -> Iterator[Ring]:
    total, any_ = 0, False
    for where, polygon in _polygons(tree, "the file"):
        if not isinstance(polygon, list) or not polygon:
            raise _Wrong(f"{where}: a polygon without rings")
        for ring in polygon:
            if not isinstance(ring, list) or len(ring) < 4:
                raise _Wrong(f"{where}: a ring of fewer than four positions")
            total += len(ring)
            if total > POSITIONS:
                raise _Wrong(f"more than {POSITIONS:,} positions")
            any_ = True
            yield tuple(_position(place, where) for place in ring)
    if not any_:
        raise _Wrong("no polygon in it")


def _position(place: Any, where: str) -> tuple[float, float]:
    numbers = place[:2] if isinstance(place, list) else []
    fine = len(numbers) == 2 and all(isinstance(n, int | float) and not isinstance(n, bool) for n in numbers)
    if not fine or not all(map(isfinite, numbers)) or abs(numbers[0]) > 180 or abs(numbers[1]) > 90:
        raise _Wrong(f"{where}: {json.dumps(place)[:40]} is no position (longitude, then latitude, in degrees)")
    return float(numbers[0]), float(numbers[1])


def _polygons(tree: Any, where: str) -> Iterator[tuple[str, Any]]:
    """The coordinates of each polygon, and where they stand."""
    sort = tree.get("type") if isinstance(tree, dict) else None
    if sort == "FeatureCollection" and isinstance(tree.get("features"), list):
        for rank, feature in enumerate(tree["features"]):
            if not isinstance(feature, dict) or feature.get("type") != "Feature":
                raise _Wrong(f"features[{rank}] is no feature")
            yield from _polygons(feature.get("geometry"), f"features[{rank}]")
    elif sort == "Feature" and isinstance(tree.get("geometry"), dict) and tree["geometry"].get("type") != "Feature":
        yield from _polygons(tree["geometry"], where)
    elif sort == "Polygon":
        yield where, tree.get("coordinates")
    elif sort == "MultiPolygon" and isinstance(tree.get("coordinates"), list):
        yield from ((where, polygon) for polygon in tree["coordinates"])
    else:
        raise _Wrong(f"{where}: {json.dumps(sort)[:40]} is neither Polygon nor MultiPolygon")
