"""Charts: what is drawn where."""

from __future__ import annotations

import re
from datetime import date

import pytest

from generator import charts, edtf
from generator.charts import Words


def rects(svg: str) -> dict[str, tuple[float, float]]:
    """Start and width of each named rectangle; of several with one name, the last."""
    found = re.findall(r'<rect class="([a-z ]+)" x="([-\d.]+)" y="[-\d.]+" width="([-\d.]+)"', svg)
    return {name: (float(x), float(width)) for name, x, width in found}


@pytest.mark.parametrize(
    ("value", "target", "reached", "stroke"),
    [(40, 200, 64, 318), (0, 5, 0, 318), (5, 5, 320, 318), (400, 200, 320, 158), (0.5, 2, 80, 318)],
)
def test_bullet(value: float, target: float, reached: float, stroke: float) -> None:
    drawn = rects(charts.bullet(value, target, Words("t")))
    assert drawn["value"] == (0, reached)
    assert drawn["target"] == (stroke, 2)


def window(when: str) -> dict[str, tuple[float, float]]:
    read = edtf.parse(when)
    assert read
    return rects(charts.window(read, date(2031, 5, 1), date(2031, 8, 31), date(2031, 5, 20), Words("t")))


DAY = 320 / 123


@pytest.mark.parametrize(
    ("when", "name", "start", "end"),
    [
        ("2031-06-11/2031-06-20", "stretch", 41, 51),
        ("2031-06", "stretch", 31, 61),
        ("../2031-07-31", "stretch open", 19, 92),
        ("2031-08-01/..", "stretch open", 92, 123),
        ("2031-08/2033-01", "stretch", 92, 123),
        ("2030/2032", "stretch", 0, 123),
    ],
)
def test_window_in_days_of_the_axis(when: str, name: str, start: int, end: int) -> None:
    x, width = window(when)[name]
    assert x == pytest.approx(start * DAY, abs=0.2)
    assert x + width == pytest.approx(end * DAY, abs=0.2)


def test_a_day_can_be_seen_and_the_date_of_the_briefing_is_marked() -> None:
    drawn = window("2031-08-31")
    assert drawn["stretch"][1] >= 2.6
    assert sum(drawn["stretch"]) <= 320
    assert drawn["today"][0] == pytest.approx(19 * DAY, abs=0.1)


def test_long_axes_are_marked_by_year() -> None:
    assert len(charts.ticks(date(2031, 5, 1), date(2032, 12, 31))) == 19
    assert charts.ticks(date(2031, 5, 1), date(2034, 12, 31)) == [date(y, 1, 1) for y in (2032, 2033, 2034)]


def cells(groups: list[str]) -> dict[str, list[tuple[float, float]]]:
    """Start and width of the cells of a strip, by class."""
    svg = charts.coverage([[cell == "1" for cell in group] for group in groups], Words("t", "w"))
    paths = re.findall(r'<path class="([a-z]+)" d="([^"]+)"/>', svg)
    return {name: [(float(x), float(w)) for x, w in re.findall(r"M([\d.]+) \d+h([\d.]+)", d)] for name, d in paths}


def test_a_cell_for_each_sentence() -> None:
    assert cells(["11", "0"]) == {"value": [(0, 103.8), (105.3, 103.8)], "left": [(214.7, 103.8)]}
    assert list(cells(["1"] * 3)) == ["value"]
    many = cells(["10" * 100] * 3)
    assert [len(many[name]) for name in ("value", "left")] == [300, 300]
    assert max(x + width for x, width in many["left"]) <= 320
    assert charts.coverage([], Words("t", "w")).endswith('<desc id="D1">w</desc></svg>')


@pytest.mark.parametrize(
    ("due", "start", "width"), [((25, 27), 133.3, 10.7), ((59.9, 60), 318, 2), ((70, 90), 318, 2), ((0, 0), 0, 2)]
)
def test_what_was_due_is_a_band_within_the_bar(due: tuple[float, float], start: float, width: float) -> None:
    drawn = rects(charts.bullet(18, 60, Words("t"), due=due))
    assert drawn["rate"] == (start, width)
    assert drawn["value"] == (0, 96)


def test_an_upper_bound_is_paler() -> None:
    assert set(rects(charts.bullet(1, 2, Words("t"), most=True))) == {"track", "value open", "target"}


def test_a_chart_is_labelled_by_its_own_title_and_description() -> None:
    drawn = charts.bullet(1, 2, Words("1 < 2", 'a "bar"', 7))
    assert 'role="img" aria-labelledby="T7 D7"' in drawn
    assert '<title id="T7">1 &lt; 2</title><desc id="D7">a &quot;bar&quot;</desc>' in drawn
    assert "desc" not in charts.bullet(1, 2, Words("t"))


@pytest.mark.parametrize(("value", "said"), [(0.04, "0"), (-0.04, "0"), (3, "3"), (2.25, "2.2"), (-1.5, "-1.5")])
def test_lengths_are_tenths(value: float, said: str) -> None:
    assert charts.length(value) == said
