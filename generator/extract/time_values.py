"""Days, weeks, months and what else a calendar has, as TIMEX3 values and EDTF dates.

Sources: TIMEX3 values after the TimeML annotation guidelines 1.2.1; thirds and seasons as EDTF here are
the product's own (`generator.edtf`). Weeks run from Monday (ISO 8601).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from generator import edtf

Unit = Literal["day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century"]

LETTERS = {"minute": "M", "hour": "H", "day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}
SEASONS = {21: "SP", 22: "SU", 23: "FA", 24: "WI"}
MANY = {"decade": ("year", 10), "century": ("year", 100), "millennium": ("year", 1000), "fortnight": ("week", 2)}
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200, "season": 12}
"""How many months a step of one unit is; a step of a season leads to the same season of the next year."""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar."""

    unit: Unit
    first: date
    last: date
    value: str
    when: str


def day(d: date) -> Period:
    """One day."""
    return Period("day", d, d, edtf.day(d), edtf.day(d))


def days(first: date, last: date) -> Period:
    """Several days, valued by the first."""
    return Period("day", first, last, edtf.day(first), edtf.interval(edtf.day(first), edtf.day(last)))


def week(d: date) -> Period:
    """The week, Monday to Sunday, that holds a day."""
    first = d - timedelta(d.weekday())
    last = first + timedelta(6)
    year, number, _ = first.isocalendar()
    return Period("week", first, last, f"{year}-W{number:02d}", edtf.interval(edtf.day(first), edtf.day(last)))


def weekend(d: date) -> Period:
    """Saturday and Sunday of the week that holds a day."""
    whole = week(d)
    first = whole.first + timedelta(5)
    return Period("weekend", first, whole.last, f"{whole.value}-WE", f"{edtf.day(first)}/{edtf.day(whole.last)}")


def month(year: int, number: int) -> Period:
    """A month; numbers beyond 1–12 lead into other years."""
    carry, rest = divmod(number - 1, 12)
    text = edtf.month(year + carry, rest + 1)
    return Period("month", date(year + carry, rest + 1, 1), edtf.last_day(year + carry, rest + 1), text, text)


def quarter(year: int, number: int) -> Period:
    """A quarter of the calendar year."""
    carry, rest = divmod(number - 1, 4)
    return _months("quarter", year + carry, rest * 3 + 1, 3, f"Q{rest + 1}")


def half(year: int, number: int) -> Period:
    """A half of the calendar year."""
    carry, rest = divmod(number - 1, 2)
    return _months("half", year + carry, rest * 6 + 1, 6, f"H{rest + 1}")


def _months(unit: Unit, year: int, number: int, size: int, name: str) -> Period:
    first, last = edtf.month(year, number), edtf.month(year, number + size - 1)
    return Period(
        unit, date(year, number, 1), edtf.last_day(year, number + size - 1), f"{year:04d}-{name}", f"{first}/{last}"
    )


def season(year: int, code: int) -> Period:
    """A season by its EDTF code; winter belongs to the year it begins in."""
    when = f"{year:04d}-{code}"
    known = edtf.parse(when)
    if not known:
        raise ValueError(f"no season: {when}")
    return Period("season", known.earliest, known.latest, f"{year:04d}-{SEASONS[code]}", when)


def year(number: int) -> Period:
    """A calendar year."""
    return Period("year", date(number, 1, 1), date(number, 12, 31), f"{number:04d}", f"{number:04d}")


def decade(number: int) -> Period:
    """The ten years that begin with a round one."""
    first = number // 10 * 10
    return Period(
        "decade", date(first, 1, 1), date(first + 9, 12, 31), f"{first // 10:03d}", f"{first:04d}/{first + 9:04d}"
    )


def century(number: int) -> Period:
    """The 20th century as 1901–2000; TIMEX3 names it by its leading digits, `19`."""
    first = number * 100 - 99
    return Period(
        "century", date(first, 1, 1), date(first + 99, 12, 31), f"{number - 1:02d}", f"{first:04d}/{first + 99:04d}"
    )


def holding(unit: str, d: date) -> Period:
    """The period of a unit that holds a day; ValueError where there is none such as of an hour."""
    match unit:
        case "day":
            return day(d)
        case "week" | "fortnight":
            return week(d)
        case "weekend":
            return weekend(d)
        case "month":
            return month(d.year, d.month)
        case "quarter":
            return quarter(d.year, (d.month + 2) // 3)
        case "half":
            return half(d.year, (d.month + 5) // 6)
        case "season":
            return season(d.year - (d.month < 3), (d.month % 12 // 3 or 4) + 20)
        case "year":
            return year(d.year)
        case "decade":
            return decade(d.year)
        case "century":
            return century((d.year + 99) // 100)
    raise ValueError(f"no period of the calendar: {unit}")


def moved(d: date, unit: str, steps: int) -> date:
    """A day so many units on; the day of the month gives way where the month is shorter."""
    if unit in MANY:
        unit, many = MANY[unit]
        steps *= many
    if unit in MONTHS:
        carry, rest = divmod(d.month - 1 + MONTHS[unit] * steps, 12)
        last = edtf.last_day(d.year + carry, rest + 1)
        return last.replace(day=min(d.day, last.day))
    return d + timedelta(steps * {"week": 7, "weekend": 7, "day": 1}.get(unit, 0))


def step(period: Period, steps: int) -> Period:
    """The period of the same unit so many on."""
    return holding(period.unit, moved(period.first, period.unit, steps))


def third(period: Period, which: str) -> str:
    """EDTF of the early, mid or late third of a month or year; of a quarter or half, its months; else the whole.

    Early, mid and late month are the days 1–10, 11–20 and 21 to the end; of a year the months
    January–April, May–August and September–December.
    """
    index = ("early", "mid", "late").index(which)
    first = period.first
    match period.unit:
        case "month":
            a, b = ((1, 10), (11, 20), (21, period.last.day))[index]
            return edtf.interval(edtf.day(first.replace(day=a)), edtf.day(first.replace(day=b)))
        case "year" | "quarter" | "half":
            size = {"year": 4, "quarter": 1, "half": 2}[period.unit]
            a = first.month + size * index
            return edtf.interval(edtf.month(first.year, a), edtf.month(first.year, a + size - 1))
        case "decade":
            a, b = ((0, 3), (4, 6), (7, 9))[index]
            return edtf.interval(f"{first.year + a:04d}", f"{first.year + b:04d}")
    return period.when


def nth_weekday(d: date, nth: int, weekday: int) -> date:
    """The nth Monday (0) … Sunday (6) of the month that holds a day, -1 the last."""
    if nth > 0:
        start = d.replace(day=1)
        return start + timedelta((weekday - start.weekday()) % 7 + 7 * (nth - 1))
    end = edtf.last_day(d.year, d.month)
    return end - timedelta((end.weekday() - weekday) % 7)


def week_of_month(of: Period, number: int) -> Period:
    """The nth week of a month, -1 the last: a week belongs to the month that has its Thursday, and is cut at the ends."""
    monday = of.first - timedelta(of.first.weekday())
    if monday + timedelta(3) < of.first:
        monday += timedelta(7)
    if number < 0:
        monday = of.last - timedelta(of.last.weekday())
        if monday + timedelta(3) > of.last:
            monday -= timedelta(7)
    else:
        monday += timedelta(7 * (number - 1))
    if monday > of.last:
        raise ValueError(f"no week {number} in {of.value}")
    whole = week(monday)
    last = of.last if number < 0 else min(whole.last, of.last)
    first = max(whole.first, of.first)
    return Period("week", first, last, whole.value, edtf.interval(edtf.day(first), edtf.day(last)))


def duration(number: float | None, unit: str) -> str:
    """TIMEX3 of a stretch: `P10Y`, `PT2H`, `PXM` where the number is not known, `P2Y6M` with a half."""
    if unit in MANY:
        unit, many = MANY[unit]
        number = number * many if number is not None else None
        if number is None and many >= 10:
            return {10: "PXDE", 100: "PXCE", 1000: "PXML"}[many]
    if unit == "weekend":
        return f"P{_plain(number)}WE"
    head = "PT" if unit in ("second", "minute", "hour") else "P"
    letter = "S" if unit == "second" else LETTERS[unit]
    if number is None or float(number).is_integer():
        return f"{head}{_plain(number)}{letter}"
    finer = {"year": ("M", 12), "hour": ("M", 60), "minute": ("S", 60), "day": ("", 24), "week": ("D", 7)}.get(unit)
    if finer and finer[0]:
        rest = (number - int(number)) * finer[1]
        if abs(rest - round(rest)) < 1e-6:
            return f"{head}{int(number) or ''}{letter if int(number) else ''}{round(rest)}{finer[0]}"
    return f"{head}{number:g}{letter}"


def _plain(number: float | None) -> str:
    return "X" if number is None else str(int(number))
