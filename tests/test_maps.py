"""Maps: the projection, what is seen, where names stand, and which places there are."""

from __future__ import annotations

import re
from dataclasses import replace
from math import cos, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import naming, tiny

from generator import maps
from generator.aggregate import places
from generator.aggregate.places import Spot
from generator.charts import WIDTH, Words
from generator.lettering import LONGEST, Box, placed, short, width
from generator.link import Briefing
from generator.model import Entity
from generator.outline import Outline
from generator.projection import TALLEST, View, bar, clipped, path, simplified, view

LAND = ((20.0, 50.0), (24.0, 50.0), (24.0, 52.0), (20.0, 52.0), (20.0, 50.0))


def spot(name: str, lat: float, lon: float, *, is_area: bool = False) -> Spot:
    return Spot(Entity(id=name.lower(), name=name, kind="town"), (lat, lon), 1, is_area)


# The projection


def test_a_degree_is_shorter_the_farther_north() -> None:
    seen = view([LAND], [(22, 51)])
    (x0, y0), (x1, y1) = seen.place(21, 51), seen.place(22, 50)
    assert (x1 - x0) / (y1 - y0) == pytest.approx(cos(radians(51)), abs=0.01)


def test_half_of_the_outline_is_seen_around_one_place() -> None:
    seen = view([LAND], [(22, 51)])
    wide = WIDTH / seen.scale / seen.squeeze
    assert 2 <= wide <= 2.2
    assert seen.place(22, 51) == (pytest.approx(WIDTH / 2), pytest.approx(seen.height / 2))


def test_a_place_at_the_rim_is_seen_with_what_lies_inland() -> None:
    seen = view([LAND], [(20, 50)])
    x, y = seen.place(20, 50)
    assert 0 < x < WIDTH / 10
    assert seen.height * 0.9 < y < seen.height


def test_a_tall_land_stands_in_the_middle() -> None:
    tall = ((20.0, 40.0), (21.0, 40.0), (21.0, 52.0), (20.0, 52.0), (20.0, 40.0))
    seen = view([tall], [(20.5, 46)])
    assert seen.height == pytest.approx(TALLEST)
    assert seen.place(20.5, 46)[0] == pytest.approx(WIDTH / 2)


def test_a_ring_is_cut_at_the_frame() -> None:
    cut = clipped([(-10, -10), (50, -10), (50, 50), (-10, 50), (-10, -10)], 40, 30)
    assert sorted(cut) == [(0, 0), (0, 30), (40, 0), (40, 30)]
    assert clipped([(-10, -10), (-5, -10), (-5, -5), (-10, -10)], 40, 30) == []


def test_corners_that_nobody_sees_are_left_out() -> None:
    assert simplified([(0, 0), (5, 0.1), (10, 0), (10, 10)]) == [(0, 0), (10, 0), (10, 10)]


def test_the_path_goes_from_corner_to_corner() -> None:
    seen = View(0, 10, 10, 1, 100)
    assert path([[(1, 9), (3, 9), (3, 6), (1, 9)]], seen) == "M10 10l20 0 0 30z"
    assert path([[(1, 9), (1.01, 9), (1.01, 9.01), (1, 9)]], seen) == ""


@pytest.mark.parametrize(("scale", "km"), [(1, 5000), (62, 100), (100, 50), (1000, 5), (1e6, 1)])
def test_the_scale_bar_is_a_round_number(scale: float, km: int) -> None:
    long, found = bar(View(0, 0, scale, 1, 100))
    assert found == km
    assert long <= WIDTH


LON, LAT = st.floats(-180, 180, allow_nan=False), st.floats(-90, 90, allow_nan=False)
PLACES = st.lists(st.tuples(LON, LAT), min_size=1, max_size=8)
RINGS = st.lists(st.lists(st.tuples(LON, LAT), min_size=4, max_size=12), min_size=1, max_size=4)


@given(rings=RINGS, spots=PLACES)
def test_everything_lies_in_the_frame(rings: list[list[tuple[float, float]]], spots: list[tuple[float, float]]) -> None:
    closed = tuple((*ring, ring[0]) for ring in rings)
    given_spots = [spot(f"Place {n}", lat, lon, is_area=n % 3 == 2) for n, (lon, lat) in enumerate(spots)]
    layout = maps.lay_out(Outline(closed, "x"), given_spots)
    assert 0 < layout.height <= TALLEST + 0.01
    for mark in layout.marks:
        assert -0.01 <= mark.x <= WIDTH + 0.01
        assert -0.01 <= mark.y <= layout.height + 0.01
    for sub in re.findall(r"M([^z]*)z", layout.path):
        first, rest = sub.split("l")
        x, y = map(int, first.split())
        steps = list(map(int, re.findall(r"-?\d+", rest)))
        for dx, dy in [(0, 0), *zip(steps[::2], steps[1::2], strict=True)]:
            x, y = x + dx, y + dy
            assert 0 <= x <= WIDTH
            assert 0 <= y <= layout.height + 0.5


# Names


NAMES = st.lists(
    st.tuples(st.floats(0, 320), st.floats(0, 200), st.text("abc 東", min_size=1, max_size=30), st.booleans()),
    max_size=10,
)


@given(names=NAMES)
def test_names_meet_neither_each_other_nor_dots_nor_the_rim(names: list[tuple[float, float, str, bool]]) -> None:
    foot = Box(0, 170, 60, 200)
    found = [label for label in placed(names, (320, 200), [foot]) if label]
    for rank, label in enumerate(found):
        assert label.box.within(320, 200)
        assert not label.box.meets(foot)
        assert not any(label.box.meets(other.box) for other in found[:rank])
        assert not any(label.box.meets(Box(x - 4, y - 4, x + 4, y + 4)) for x, y, _, is_dot in names if is_dot)


def test_a_name_has_room_on_an_empty_map() -> None:
    (right, left) = placed([(20, 50, "Orb", True), (310, 100, "Ellery", True)], (320, 200))
    assert right
    assert right.anchor == "start"
    assert left
    assert left.anchor == "end"


def test_long_names_are_cut_and_wide_letters_are_wide() -> None:
    assert short("Orb") == "Orb"
    assert len(short("Orb " * 20)) <= LONGEST
    assert width("東東") == 2 * width("ab")


# Places


def test_a_stretch_has_its_name_and_no_dot() -> None:
    layout = maps.lay_out(Outline((LAND,), "x"), [spot("Orb", 51, 22), spot("Brenn", 51, 22.02, is_area=True)])
    drawn = maps.drawn(layout, Words("t"))
    assert drawn.count("<circle") == 1
    assert '<text class="area"' in drawn
    assert ">Orb</text>" in drawn


def with_places(**at: tuple[float, float] | None) -> Briefing:
    """The tiny briefing, in which Brenn Province holds a village that one fact names."""
    village = Entity(id="village", name="Ostrel Mill", kind="village", in_="brenn-province", at=at.get("village"))
    known = tiny()
    province = replace(known.registry["brenn-province"], at=at.get("province"))
    changed = {"brenn-province": province, "village": village}

    def named(entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
        return tuple(changed.get(e.id, e) for e in entities)

    told = tuple(
        naming(s, where=(*named(s.where), village) if s.fact.id == "event-aaaaaaaaa3" else named(s.where))
        for s in known.statements
    )
    return replace(known, registry={**known.registry, **changed}, statements=told)


def test_places_with_coordinates_that_facts_name() -> None:
    briefing = with_places(province=(50.8, 21.1), village=(51.0, 21.5))
    province, village = briefing.registry["brenn-province"], briefing.registry["village"]
    assert [(s.entity.id, s.facts, s.is_area) for s in places.everywhere(briefing)] == [
        ("brenn-province", 2, True),
        ("village", 1, False),
    ]
    assert [(s.entity.id, s.is_here) for s in places.around(province, briefing)] == [
        ("brenn-province", True),
        ("village", False),
    ]
    assert [s.entity.id for s in places.around(village, briefing)] == ["village"]
    land = briefing.registry["halvora"]
    assert {s.entity.id for s in places.around(land, briefing)} == {"brenn-province", "village"}


def test_a_ring_of_places_that_lie_in_each_other_ends() -> None:
    briefing = with_places(province=(50.8, 21.1), village=(51.0, 21.5))
    ring = {**briefing.registry, "brenn-province": replace(briefing.registry["brenn-province"], in_="village")}
    assert places.around(ring["halvora"], replace(briefing, registry=ring)) == ()


def test_without_coordinates_or_outline_there_is_no_trace_of_a_map() -> None:
    from generator.render import render

    for briefing in (with_places(), replace(tiny(), outline=None)):
        pages = render(briefing)
        assert not [name for name, text in pages.items() if ".map" in text or "On the map" in text]
    assert "Outline drawn for this briefing, public domain" in render(tiny())["places/brenn-province.md"]
