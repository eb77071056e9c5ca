"""Histories of figures: what is the same thing measured again, and the chart of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import naming, tiny

from generator.aggregate import history
from generator.charts import WIDTH, Words
from generator.history_chart import HEIGHT, Dot, chart
from generator.statement import Statement
from generator.writer import Writer

OPENED = next(s for s in tiny().statements if s.fact.id == "figure-aaaaaaaab2")
IN_USE = next(s for s in tiny().statements if s.fact.id == "figure-baaaaaaaa2")
"""Of another source."""


def again(
    fact_id: str, of: Statement = OPENED, *, where: tuple[str, ...] = (), about: bool = True, **values: object
) -> Statement:
    """The figure of opened clinics once more."""
    fact = replace(OPENED.fact, id=f"figure-{fact_id}", **values)  # type: ignore[arg-type]
    places = tuple(tiny().registry[name] for name in where)
    return naming(replace(of, fact=fact), where=places, about=OPENED.about if about else ())


def found(*more: Statement) -> list[list[tuple[str, float, int]]]:
    briefing = replace(tiny(), statements=(*tiny().statements, *more))
    return [
        [(m.when.text, m.fact.value, len(m.statements)) for m in h.measurements] for h in history.histories(briefing)
    ]


def test_two_numbers_at_two_times_are_a_history() -> None:
    assert found(again("x", value=3, when="2029-10"), again("y", IN_USE, value=21)) == [
        [("2029-10", 3, 1), ("2031-05-02", 18, 1), ("2031-05-20", 21, 1)]
    ]


def test_who_repeats_a_number_measures_nothing() -> None:
    first = again("x", value=3, when="2029-10")
    assert found(first, again("y", IN_USE, value=18, when="2031-05-02")) == [[("2029-10", 3, 1), ("2031-05-02", 18, 2)]]


@pytest.mark.parametrize(
    "values",
    [
        {},  # the same number at another time
        {"value": 21, "when": "2031-05-02"},  # another number at the same time
        {"value": 21, "unit": "beds"},
        {"value": 21, "per": "year"},
        {"value": 21, "measure": "village clinics"},
        {"value": 21, "role": "estimate"},
        {"value": 21, "review": "retracted"},
        {"value": 21, "quote": "21 clinics are in daily use"},
        {"value": 21, "quote": "about 21 clinics closed for years"},
        {"value": 21, "where": ("brenn-province",)},
        {"value": 21, "about": False},
        {"value": 21, "when": "2031-05/.."},  # it holds from then on; its source is of 20 May
    ],
)
def test_what_is_no_history(values: dict[str, object]) -> None:
    other = again("y", IN_USE, **values)  # type: ignore[arg-type]
    known = found(other)
    assert known == [] or (
        values.get("when") == "2031-05/.." and known == [[("2031-05-02", 18, 1), ("2031-05-20", 21, 1)]]
    )


def test_money_needs_a_name_for_what_it_measures() -> None:
    def told(measure: str | None) -> list[Statement]:
        return [
            again("x", unit="USD", value=5, measure=measure),
            again("y", IN_USE, unit="USD", value=6, measure=measure),
        ]

    assert found(*told(None)) == []
    assert found(*told("costs")) == [[("2031-05-02", 5, 1), ("2031-05-20", 6, 1)]]


def test_a_target_that_moved() -> None:
    old = again("x", role="target", value=60, quote="to have opened 60 clinics")
    new = again("y", IN_USE, role="target", value=75, quote="opening 75 clinics instead")
    briefing = replace(tiny(), statements=(*tiny().statements, old, new))
    (known,) = history.histories(briefing)
    assert known.is_target
    assert Writer(briefing, "x.md").history_title(known) == "Clinics, target"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("opened", "opening", True),
        ("built", "building", True),
        ("construction", "consider", False),
        ("train", "trade", False),
    ],
)
def test_forms_of_a_word(one: str, other: str, alike: bool) -> None:
    assert history._alike(one, other) is alike


def test_the_chart_names_first_and_newest_number() -> None:
    dots = [Dot(date(2031, 5, n), date(2031, 5, n), n, None, str(n)) for n in range(1, 29)]
    drawn = chart(dots, Words("t"), ("1 May", "28 May"))
    labels = re.findall(r">(\d+)</text>", drawn)
    assert labels[0] == "1"
    assert labels[-1] == "28"
    assert len(labels) < 28
    assert drawn.count("<circle") == 28


DATES = st.dates(date(1990, 1, 1), date(2060, 1, 1))
DOTS = st.builds(
    lambda first, days, value, more, label, bound, hollow: Dot(
        first, first + timedelta(days), value, more and value + more, label, bound, hollow
    ),
    DATES,
    st.integers(0, 900),
    st.floats(0, 1e12),
    st.none() | st.floats(1, 1e9),
    st.text("0123456789,.–", min_size=1, max_size=20),
    st.sampled_from(["", "up", "down"]),
    st.booleans(),
)


@given(dots=st.lists(DOTS, min_size=2, max_size=12))
def test_all_of_a_chart_lies_in_its_frame(dots: list[Dot]) -> None:
    drawn = chart(sorted(dots, key=lambda d: (d.last, d.first)), Words("t"), ("a", "b"))
    for name, limit in (("x", WIDTH), ("cx", WIDTH), ("y", HEIGHT), ("cy", HEIGHT)):
        assert all(0 <= float(n) <= limit for n in re.findall(rf' {name}="([^"]*)"', drawn))
    for x, width in re.findall(r' x="([^"]*)" y="[^"]*" width="([^"]*)"', drawn):
        assert 0 <= float(width) <= WIDTH - float(x) + 0.1
    assert "-" not in "".join(re.findall(r'class="step" d="([^"]*)"', drawn))
