"""Amounts: sums of numbers that are only known to lie between two ends."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.aggregate.amounts import Amount, exactly, of_figure, rounded
from generator.lexicon import packaged_lexicons
from generator.model import Figure
from generator.sums import bounded


def figure(value: float, bound: str | None = None, high: float | None = None) -> Amount:
    return of_figure(Figure(id="figure-x", quote="q", value=value, bound=bound, high=high))  # type: ignore[arg-type]


def said(amount: Amount, unit: str | None = None) -> str:
    return bounded(amount, packaged_lexicons(), unit)


@pytest.mark.parametrize(
    ("reported", "target", "share"),
    [
        (figure(40), figure(200), "20%"),
        (figure(13), figure(60), "21.7%"),
        (figure(1), figure(3), "33.3%"),
        (figure(1), figure(400), "0.25%"),
        (figure(0), figure(60), "0%"),
        (figure(40, "at-least"), figure(200), "at least 20%"),
        (figure(40, "more-than"), figure(200), "more than 20%"),
        (figure(15, "at-most"), figure(60), "at most 25%"),
        (figure(40, "less-than"), figure(200), "less than 20%"),
        (figure(40, "about"), figure(200), "about 20%"),
        (figure(40), figure(200, "at-least"), "at most 20%"),
        (figure(40), figure(200, "less-than"), "more than 20%"),
        (figure(40, high=50), figure(200), "20–25%"),
        (figure(40, "at-least"), figure(200, "at-least"), ""),
        (figure(40, "at-most"), figure(200, "at-most"), ""),
    ],
)
def test_a_share_has_the_bounds_of_its_numbers(reported: Amount, target: Amount, share: str) -> None:
    assert said(reported.over(target).times(100), "percent") == share


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        (figure(200).minus(figure(40)), "160"),
        (figure(200).minus(figure(40, "at-least")), "at most 160"),
        (figure(200).minus(figure(40, "less-than")), "more than 160"),
        (figure(200).minus(figure(180, high=220)), "at most 20"),
    ],
)
def test_what_is_left(rest: Amount, words: str) -> None:
    assert said(rest) == words


@pytest.mark.parametrize(
    ("low", "high", "ends"),
    [
        ("19.59", "19.75", (19, 20)),
        ("8", "8.64", (8, 8.7)),
        ("0.123", "0.567", (0.12, 0.57)),
        ("20", "21.8", (20, 22)),
        ("1234.5", "1234.6", (1234, 1235)),
    ],
)
def test_ends_are_rounded_outwards(low: str, high: str, ends: tuple[float, float]) -> None:
    assert rounded(Amount(Fraction(low), Fraction(high))) == ends


NUMBERS = st.fractions(min_value=0, max_value=1000, max_denominator=50)
AMOUNTS = st.tuples(NUMBERS, NUMBERS).map(lambda ends: Amount(min(ends), max(ends)))


@given(a=AMOUNTS, b=AMOUNTS, part=st.tuples(*[st.fractions(0, 1, max_denominator=9)] * 2))
def test_what_may_be_true_is_never_left_out(a: Amount, b: Amount, part: tuple[Fraction, Fraction]) -> None:
    assert a.low is not None
    assert a.high is not None
    assert b.low is not None
    assert b.high is not None
    x, y = a.low + part[0] * (a.high - a.low), b.low + part[1] * (b.high - b.low)
    results = [(a.by(b), x * y), *([(a.over(b), x / y)] if y else []), *([(a.minus(b), x - y)] if x >= y else [])]
    for amount, value in results:
        assert amount.low is None or amount.low <= value
        assert amount.high is None or value <= amount.high
        low, high = rounded(amount)
        assert low is None or amount.exact or low <= float(value) + 1e-9
        assert high is None or amount.exact or float(value) - 1e-9 <= high


def test_a_tenth_is_a_tenth() -> None:
    assert exactly(0.1).low == Fraction(1, 10)
