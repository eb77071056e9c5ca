"""How far off a window is, in words; `browser/test_clock.py` asks the same table of the script."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator import edtf
from generator.countdown import due, is_over, stretch

CASES = yaml.load((Path(__file__).parent / "cases/countdown/windows.yml").read_text(), Loader=yaml.BaseLoader)


def name(case: dict[str, Any]) -> str:
    return f"{case['when']} on {case['on']}"


@pytest.mark.parametrize("case", CASES, ids=name)
def test_as_of_a_day(case: dict[str, Any]) -> None:
    when, day = edtf.parse(case["when"]), date.fromisoformat(case["on"])
    assert when
    assert due(when, day, later="later" in case) == case["built"]
    assert is_over(when, day) is ("assed" in case["built"])


@given(days=st.integers(0, 400_000))
def test_a_longer_stretch_never_sounds_shorter(days: int) -> None:
    unit = {"day": 1, "days": 1, "month": 30.4375, "months": 30.4375, "year": 365.25, "years": 365.25}

    def length(text: str) -> float:
        number, word = text.split()
        return (0 if number == "no" else int(number.replace(",", ""))) * unit[word]

    assert length(stretch(days)) <= length(stretch(days + 1))
    assert abs(length(stretch(days)) - days) <= (0 if days <= 90 else 15.3 if days < 715 else 182.7)


@given(first=st.dates(max_value=date(9990, 1, 1)), length=st.integers(0, 900), away=st.integers(-900, 900))
def test_only_what_lies_wholly_before_a_day_has_passed(first: date, length: int, away: int) -> None:
    last = first + timedelta(days=length)
    when = edtf.parse(edtf.interval(edtf.day(first), edtf.day(last)))
    assert when
    today = date.fromordinal(max(1, first.toordinal() + away))
    assert is_over(when, today) is (today > last) is due(when, today, later=False).startswith("Passed")
