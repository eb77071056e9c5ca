"""Rules for holidays: their day in a year, and the one that is meant."""

from __future__ import annotations

from datetime import date, timedelta

from generator import edtf
from generator.extract import time_values as values
from generator.extract.time_grammar import Reading, Scene
from generator.extract.time_phrases import Tokens, dated, direction, first


def holiday(scene: Scene, part: Tokens) -> Reading | None:
    """`Christmas`, `last Thanksgiving`."""
    token = first(part, "holiday")
    if not token:
        return None
    anchor, steps = scene.anchor.day, direction(part)
    days = [feast(token.value, anchor.year + shift) for shift in (-1, 0, 1)]
    if steps:
        days = [d for d in days if (d < anchor if steps < 0 else d > anchor)]
    found = min(days, key=lambda d: abs((d - anchor).days))
    return dated(values.day(found), f"the one nearest to {scene.anchor.text}")


def feast(rule: str, year: int) -> date:
    """The day of a holiday in a year: `12-25`, or `11-4-4` for the fourth Thursday of November, `05--1-1` for the last Monday of May."""
    month, _, rest = rule.partition("-")
    nth, _, last = rest.rpartition("-")
    if not nth:
        return date(year, int(month), int(rest))
    weekday = int(last) - 1
    if int(nth) > 0:
        start = date(year, int(month), 1)
        return start + timedelta((weekday - start.weekday()) % 7 + 7 * (int(nth) - 1))
    end = edtf.last_day(year, int(month))
    return end - timedelta((end.weekday() - weekday) % 7)
