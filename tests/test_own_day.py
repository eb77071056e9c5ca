"""The day that a page speaks of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import tiny

from generator import edtf
from generator.aggregate.own_day import NEVER, last_day, looks_ahead, spoken_of, turned
from generator.countdown import is_over

DAY = date(2031, 5, 20)


@pytest.mark.parametrize(
    ("window", "last"),
    [
        ("2031-05-02", "2031-05-03"),
        ("2031-05-20", "2031-05-20"),
        ("2031-05-19/2031-05-30", "2031-05-19"),
        ("../2031-05-19", "2031-05-20"),
        ("2031-05-01/..", "2031-05-02"),
        ("2031-06", None),
        ("../2031-06", None),
    ],
)
def test_a_window_turns_when_it_begins_closes_and_has_passed(window: str, last: str | None) -> None:
    assert turned(edtf.parse(window), DAY) == (date.fromisoformat(last) if last else NEVER)


@given(st.dates(date(2030, 1, 1), date(2032, 12, 31)), st.integers(0, 90), st.integers(0, 400))
def test_by_its_own_day_a_window_is_as_by_the_later_one(first: date, length: int, after: int) -> None:
    window = edtf.parse(f"{first}/{first + timedelta(days=length)}")
    assert window
    day = first + timedelta(days=after - 100)
    own = max(turned(window, day), date(2029, 1, 1))
    assert own <= day or own == date(2029, 1, 1)
    assert is_over(window, own) == is_over(window, day)
    assert (window.earliest <= own) == (window.earliest <= day)


def test_what_has_happened_has_no_window() -> None:
    event = next(s for s in tiny().current if getattr(s.fact, "status", "") == "happened" and s.fact.when)
    ahead = replace(event, fact=replace(event.fact, status="planned"))  # type: ignore[call-arg]
    assert (looks_ahead(event), looks_ahead(ahead)) == (False, True)
    assert last_day(event, DAY) == edtf.parse(event.source.date).latest  # type: ignore[union-attr]


def test_an_edition_speaks_of_its_own_day_on_all_pages() -> None:
    edition = replace(tiny(), edition="2031-05-02", as_of="2031-05-02")
    assert spoken_of([], edition) == spoken_of([DAY], edition) == "2031-05-02"
    assert (spoken_of([], tiny()), spoken_of([DAY, NEVER], tiny())) == ("", "2031-05-20")
