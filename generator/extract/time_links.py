"""What two expressions with a word between them tell together: from one to the other, part of it, so long until it."""

from __future__ import annotations

from datetime import timedelta

from generator import edtf
from generator.extract import time_values as values
from generator.extract.time_grammar import Reading
from generator.extract.time_words import Token

UNTIL = frozenset({"to", "ended", "ending", "through", "until", "till"})
MONTHS = {"month": 1, "quarter": 3, "year": 12}
OPENING = frozenset({"first", "opening", "initial"})
CLOSING = frozenset({"last", "final", "closing"})


def spanned(first: Reading, second: Reading, sense: str) -> str | None:
    """`from X to Y`, `between X and Y`: one span of both."""
    if sense not in ("from", "between") or not first.when or not second.when:
        return None
    joined = edtf.interval(first.when.partition("/")[0], second.when.rpartition("/")[2])
    return joined if edtf.parse(joined) else None


def part_of(stretch: Token, link: str, whole: Reading) -> str | None:
    """`the first nine months of 2033`, `the last three months of the year`: those months."""
    amount = stretch.value.amount
    if (
        link not in ("of", "in")
        or not amount
        or amount[1] != "month"
        or not amount[0]
        or not whole.period
        or not whole.when
    ):
        return None
    if whole.period.unit not in ("year", "half", "quarter"):
        return None
    words, number = set(stretch.word.split()), int(amount[0])
    months = (
        (whole.period.last.year - whole.period.first.year) * 12 + whole.period.last.month - whole.period.first.month + 1
    )
    if number >= months:
        return None
    year, month = whole.period.first.year, whole.period.first.month
    if words & OPENING:
        return edtf.interval(edtf.month(year, month), edtf.month(year, month + number - 1))
    if words & CLOSING:
        return edtf.interval(edtf.month(year, month + months - number), edtf.month(year, month + months - 1))
    return None


def run_until(stretch: Token, link: str, end: Reading) -> str | None:
    """`the year ended June 30`, `the 12 months to June`, `the quarter ended Sept. 30`: so long, up to that day or month."""
    known = stretch.value
    number, unit = known.amount or (1, known.period.unit if known.period else "")
    if link not in UNTIL or unit not in MONTHS or not number or not end.period or not stretch.word.startswith("the "):
        return None
    if end.period.unit not in ("day", "month") or not float(number).is_integer() or not end.when:
        return None
    first = values.moved(end.period.last + timedelta(1), "month", -int(number) * MONTHS[unit])
    if end.period.unit == "month":
        return edtf.interval(edtf.month(first.year, first.month), end.period.when)
    return edtf.interval(edtf.day(first), edtf.day(end.period.last))
