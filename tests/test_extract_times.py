"""Times: cases by sort of rule, the parts that stand alone, and laws that hold for any text."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from growth import growth
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import edtf
from generator.extract.segment import segment
from generator.extract.time_holidays import easter, feast
from generator.extract.time_patterns import LETTERS, lettered, openings
from generator.extract.time_rules import PASSES
from generator.extract.times import Time, find_times
from generator.lexicon import packaged_lexicons

CASES = sorted((Path(__file__).parent / "cases" / "times").glob("*.yml"))
LEXICONS = packaged_lexicons()
ANCHOR = "2034-05-17"
"""A Wednesday."""


def find(text: str, anchor: str = ANCHOR) -> tuple[Time, ...]:
    return find_times(segment(text, LEXICONS), anchor, LEXICONS)


def told(text: str, found: Time) -> dict[str, str]:
    """A time as the cases write it."""
    values = {"at": text[found.start : found.end], "type": found.type, "value": found.value}
    return values | {key: value for key, value in (("when", found.when), ("mod", found.mod)) if value}


def cases() -> list[Any]:
    return [
        pytest.param(case["text"], str(case.get("anchor", ANCHOR)), case["times"], id=f"{path.stem}-{number}")
        for path in CASES
        for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1)
    ]


@pytest.mark.parametrize(("text", "anchor", "times"), cases())
def test_cases(text: str, anchor: str, times: list[dict[str, str]]) -> None:
    assert [told(text, found) for found in find(text, anchor)] == times


def test_without_a_date_nothing_relative_is_resolved() -> None:
    text = "The ferry sank on Monday; this year it had been mended, in May 2031, two years ago, on June 3."
    assert [(t.value, t.when) for t in find(text, "")] == [
        ("XXXX-XX-XX", None),
        ("XXXX-XX-XX", None),
        ("2031-05", "2031-05"),
        ("XXXX-XX-XX", None),
        ("XXXX-06-03", None),
    ]


@pytest.mark.parametrize("day", ["2000-04-23", "2024-03-31", "2025-04-20", "2038-04-25"])
def test_easter(day: str) -> None:
    assert easter(int(day[:4])) == date.fromisoformat(day)


def test_holidays_by_weekday() -> None:
    assert feast("11-4-4", 2034) == date(2034, 11, 23)
    assert feast("05--1-1", 2034) == date(2034, 5, 29)
    assert feast("easter-2", 2034) == date(2034, 4, 7)


def test_openings_of_a_pattern() -> None:
    expression = lettered("the? (?:last|next MONTH)? unit-year|Day own?")
    names = {letter: name for name, letter in LETTERS.items()}
    opens = {" ".join(names[letter] for letter in letters) for letters in openings(expression)}
    months = {f"next {month}" for month in ("month", "name-month", "short-month")}
    assert opens == {
        *("the last", "the next", "the unit-year", "last unit-year", "unit-year", "Day", "Day own"),
        *months,
    }


@pytest.mark.parametrize(
    ("expression", "opens"),
    [("ab?c", {"ab", "ac"}), ("a*+b", {"aa", "ab", "b"}), ("(?:a|bc)+", {"a", "aa", "ab", "bc"})],
)
def test_openings_of_repetitions(expression: str, opens: set[str]) -> None:
    assert openings(expression) == opens


def test_no_rule_matches_nothing() -> None:
    rules = {rule.name: pattern for stage in PASSES for many in stage.rules.values() for rule, pattern in many}
    assert [name for name, pattern in rules.items() if re.match(pattern, "")] == []


def test_the_preposition_belongs_to_the_words() -> None:
    text = "The port has been closed since Monday."
    [found] = find(text)
    assert found.words.of(text) == "since Monday"
    assert found.span.of(text) == "Monday"


def test_how_a_time_was_read_is_told() -> None:
    [found] = find("The unions would appeal Monday's ruling.")
    assert found.rule == "weekday-past"
    assert found.proof.startswith("Monday: the last Monday before 2034-05-17, a Wednesday")


WORDS = st.sampled_from(
    [*sorted({word for path in CASES for word in re.findall(r"\w+|[^\w\s]", path.read_text("utf-8"))}), "\n\n", "'89"]
)
TEXTS = st.lists(WORDS | st.text(max_size=4), max_size=60).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from([ANCHOR, "2034", "2034-02", "0001-01-01", "9999-12-31", "2034-02-29", "", "soon"]))
def test_laws(text: str, anchor: str) -> None:
    found = find(text, anchor)
    for t in found:
        assert 0 <= t.words.start <= t.start < t.end <= len(text)
        assert t.value
        assert t.when is None or edtf.parse(t.when), t.when
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert found == find(text, anchor)


@pytest.mark.parametrize(
    "piece", ["May 3, ", "the ", "two and ", "in the last ", "Monday and ", "a year earlier ", "until not ", "5 . 3 - "]
)
def test_time_is_linear(piece: str) -> None:
    assert growth(lambda times: find(piece * times), 4000) < 2.3
