"""Quantities: cases by sort, the temporal layer, the world's currencies, and laws that hold for any text."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from pathlib import Path
from typing import Any

import pytest
import yaml
from growth import growth
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.extract.quantities import Quantity, find_quantities
from generator.extract.segment import segment
from generator.lexicon import packaged_lexicons
from generator.model import Span

CASES = sorted((Path(__file__).parent / "cases" / "quantities").glob("*.yml"))
LEXICONS = packaged_lexicons()


@dataclass(frozen=True)
class Time:
    """A temporal expression, as the temporal layer would give it."""

    start: int
    end: int
    type: str
    value: str


def find(text: str, *times: Time) -> tuple[Quantity, ...]:
    return find_quantities(segment(text, LEXICONS), times, LEXICONS)


def timed(text: str, words: str, type_: str, value: str) -> tuple[Quantity, ...]:
    start = text.index(words)
    return find(text, Time(start, start + len(words), type_, value))


def told(text: str, quantity: Quantity) -> dict[str, Any]:
    """A quantity as the cases write it."""
    values: dict[str, Any] = {"at": text[quantity.start : quantity.end], "value": quantity.value}
    for key in ("high", "unit", "per", "bound", "change", "kind"):
        values[key] = getattr(quantity, key)
    for key in ("noun", "bound_words", "per_words"):
        span: Span | None = getattr(quantity, key)
        values[key.replace("_", "-")] = span.of(text) if span else None
    if values["noun"] == values["unit"]:
        del values["noun"]
    return {key: value for key, value in values.items() if value is not None}


def cases() -> list[Any]:
    return [
        pytest.param(case["text"], case["quantities"], id=f"{path.stem}-{number}")
        for path in CASES
        for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1)
    ]


@pytest.mark.parametrize(("text", "quantities"), cases())
def test_cases(text: str, quantities: list[dict[str, Any]]) -> None:
    assert [told(text, quantity) for quantity in find(text)] == quantities


def test_whole_numbers_are_integers() -> None:
    values = [q.value for q in find("12.3m tonnes, 0.57 million maps, 4.0 percent and 1.1bn euros")]
    assert values == [12_300_000, 570_000, 4, 1_100_000_000]
    assert all(isinstance(value, int) for value in values)


def test_numbers_in_dates_and_times_are_no_quantities() -> None:
    text = "The 40 ferries sail three weeks later."
    assert [q.value for q in find(text)] == [40, 3]
    assert [q.value for q in timed(text, "40 ferries", "DATE", "2031-06-25")] == [3]
    assert [q.value for q in timed(text, "40 ferries", "TIME", "2031-06-25T10:00")] == [3]


def test_a_duration_in_a_date_is_an_offset() -> None:
    [ferries, weeks] = timed("The 40 ferries sail three weeks later.", "three weeks later", "DATE", "2031-06-25")
    assert (ferries.kind, weeks.kind, weeks.unit) == ("count", "offset", "week")


def test_an_average_is_no_year() -> None:
    [tolls] = timed("Tolls rise by an average of 1600.", "1600", "DATE", "1600")
    assert (tolls.value, tolls.kind) == (1600, "count")


def test_numbers_in_durations_are_durations() -> None:
    [lease] = timed("The lease runs for five winters.", "five winters", "DURATION", "P5Y")
    assert (lease.kind, lease.unit) == ("duration", "year")
    [wait] = timed("They waited 40 long ones.", "40 long ones", "DURATION", "PT40M")
    assert (wait.kind, wait.unit) == ("duration", "minute")


def test_a_unit_outweighs_a_date() -> None:
    text = "The tug has 1800 horsepower and 1800 owners."
    tug, owners = find(text)
    assert timed(text, "1800", "DATE", "1800") == (tug, owners)
    assert timed(text, "1800 owners", "DATE", "1800") == (tug,)


def test_a_range_of_two_durations() -> None:
    [wait] = timed("They wait three or four years.", "three", "DURATION", "P3Y")
    assert (wait.value, wait.high, wait.unit, wait.kind) == (3, 4, "year", "duration")


def test_a_briefing_adds_units_and_currencies() -> None:
    lexicons = LEXICONS.extended(
        {
            "quantities": {"measures": {"parsang": {"words": ["parsang"], "symbols": ["psg"]}}},
            "world/currencies": {"QQA": {"name": "Orvelian thaler", "symbols": ["Th$"]}},
        }
    )
    text = "It is 12 psg away, or 3 parsangs; the toll is Th$5 or 60 thalers."
    units = [q.unit for q in find_quantities(segment(text, lexicons), (), lexicons)]
    assert units == ["parsang", "parsangs", "QQA", "QQA"]


def test_currencies_are_complete_and_well_formed() -> None:
    table = LEXICONS["world/currencies"]
    assert len(table) >= 180
    assert {"CHF", "CNY", "EUR", "GBP", "JPY", "KRW", "USD", "XAF", "ZAR", "XXX"} < set(table)
    assert all(
        re.fullmatch(r"[A-Z]{3}", code) and set(entry) <= {"name", "also", "plural", "symbols", "unit"}
        for code, entry in table.items()
    )
    symbols = [symbol for entry in table.values() for symbol in entry.get("symbols", ())]
    assert len(symbols) == len(set(symbols)), "a symbol belongs to one currency"


@pytest.mark.parametrize(
    "code", sorted(c for c, entry in LEXICONS["world/currencies"].items() if entry.get("unit", True))
)
def test_every_currency_is_read_by_name_code_and_symbol(code: str) -> None:
    entry = LEXICONS["world/currencies"][code]
    written = [f"{code}500 million", *(f"{symbol}500 million" for symbol in entry.get("symbols", ()))]
    written += [f"500 million {name}" for name in (entry["name"], *entry.get("also", ()), *entry.get("plural", ()))]
    for words in written:
        [quantity] = find(f"It cost {words} in all.")
        assert (quantity.kind, quantity.unit, quantity.value) == ("money", code, 500_000_000), words


def test_the_lexicon_is_text_throughout() -> None:
    """YAML reads a bare `on`, `no` or `yes` as a truth value, which then never matches."""
    pending: list[Any] = [LEXICONS["quantities"], LEXICONS["world/currencies"]]
    while pending:
        entry = pending.pop()
        if isinstance(entry, dict):
            assert all(isinstance(key, str) for key in entry), entry
            pending.extend(entry.values())
        elif isinstance(entry, list):
            assert all(isinstance(item, str) for item in entry), entry


WORDS = ["5", "1,200", "one", "two", "half", "a", "million", "and", "of", "the", "to", "-", "$", "£", "%", "km", "years", "old", "percent", "between",
         "from", "about", "at least", "or", "more", "towns", "a year", "in", "/", ".", ",", "minus", "third", "½", "s", "m", "'s", "per", "(", "\n\n", "Torvik"]  # fmt: skip
texts = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=14).map("".join),
)


@settings(max_examples=400, deadline=None)
@given(texts)
def test_any_text(text: str) -> None:
    """Spans lie in the text, in order, without overlap; values are numbers; the same text gives the same answer."""
    found = find(text)
    assert found == find(text)
    for q in found:
        assert 0 <= q.start < q.end <= len(text)
        assert isfinite(q.value)
        assert q.high is None or q.kind == "score" or q.value < q.high
        assert q.kind != "money" or q.unit
        for span in (q.noun, q.bound_words, q.per_words):
            assert span is None or (0 <= span.start < span.end <= len(text))
    assert all(a.end <= b.start for a, b in pairwise(found))


@settings(max_examples=200, deadline=None)
@given(st.integers(2, 10**15 - 1))
def test_digits_are_read_as_written(value: int) -> None:
    [grouped] = find(f"They planted {value:,} cedars.")
    [words] = find(f"They planted {_words(value)} cedars.")
    assert grouped.value == words.value == value


SMALL = {
    value: word
    for table in ("small", "tens")
    for word, value in reversed(LEXICONS["quantities"]["numerals"][table].items())
}


def _words(value: int) -> str:
    """An integer in English words."""
    for scale, name in (
        (10**12, "trillion"),
        (10**9, "billion"),
        (10**6, "million"),
        (1000, "thousand"),
        (100, "hundred"),
    ):
        if value >= scale:
            rest = value % scale
            joint = " and " if 0 < rest < 100 else " "
            return f"{_words(value // scale)} {name}" + (joint + _words(rest) if rest else "")
    return SMALL[value] if value in SMALL else f"{SMALL[value // 10 * 10]}-{SMALL[value % 10]}"


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1,",
        ",000",
        "1,00",
        "1.",
        "one ",
        "a million ",
        "one hundred and ",
        "two-",
        "100 ",
        "about ",
        "$",
        "5 of the ",
        "5 a-",
        "U.S.",
        "half a ",
        "5 to ",
        "minus ",
    ],
)
def test_time_grows_with_the_text(piece: str) -> None:
    """Whatever is repeated, without a line break."""
    assert growth(lambda size: find("5 " + piece * (size // len(piece)) + " 5 towns"), 100_000) < 2.3


def test_an_article_takes_milliseconds() -> None:
    texts = [case["text"] for path in CASES for case in yaml.safe_load(path.read_text(encoding="utf-8"))]
    segments = segment("\n\n".join(texts), LEXICONS)
    find_quantities(segments, (), LEXICONS)
    begin = time.process_time()
    find_quantities(segments, (), LEXICONS)
    # the cases hold a number in every fifth word, an article in every thirtieth
    assert time.process_time() - begin < 0.1
