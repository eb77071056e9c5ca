"""Rules for holidays: their day in a year, and the one that is meant."""

from __future__ import annotations

from datetime import date, timedelta

from generator import edtf
from generator.extract import time_values as values
from generator.extract.time_grammar import Reading, Scene
from generator.extract.time_phrases import Tokens, dated, direction, first

AROUND = 30
"""Days before and after a holiday in which that one is meant, whatever the tense."""


def holiday(scene: Scene, part: Tokens) -> Reading | None:
    """`Christmas`, `last Thanksgiving`, `Easter week`, `Christmas 2031`; without a year the last or the next as the clause tells, else the nearest."""
    token = first(part, "holiday")
    if not token:
        return None
    anchor, steps, stated = scene.anchor.day, direction(part), first(part, "year")
    if stated:
        return dated(values.day(feast(token.value, stated.value)), "of the year stated")
    days = [feast(token.value, anchor.year + shift) for shift in (-1, 0, 1)]
    if steps is None and min(abs((d - anchor).days) for d in days) > AROUND and (tense := scene.tense(part)):
        steps = 1 if tense == "future" else -1
    if steps:
        days = [d for d in days if (d <= anchor if steps < 0 else d >= anchor)]
    found = min(days, key=lambda d: abs((d - anchor).days))
    if part[-1].kind == "unit":
        return dated(values.holding(part[-1].value, found), f"the one that holds {edtf.day(found)}")
    return dated(values.day(found), f"the one nearest to {scene.anchor.text}")


def feast(rule: str, year: int) -> date:
    """The day of a holiday in a year: `12-25`, or `11-4-4` for the fourth Thursday of November, `05--1-1` for the last Monday of May, `easter-2` for Good Friday."""
    if rule.startswith("easter"):
        return easter(year) + timedelta(int(rule.removeprefix("easter")))
    month, _, rest = rule.partition("-")
    nth, _, last = rest.rpartition("-")
    if not nth:
        return date(year, int(month), int(rest))
    return values.nth_weekday(date(year, int(month), 1), int(nth), int(last) - 1)


def easter(year: int) -> date:
    """Easter Sunday of the western churches.

    Source: the anonymous Gregorian computus, Nature 13 (1876), p. 487, as in Meeus, Astronomical Algorithms, ch. 8.
    """
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + m - 7 * ((a + 11 * h + 22 * m) // 451) + 114, 31)
    return date(year, month, day + 1)
