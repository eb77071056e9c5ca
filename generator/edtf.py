"""Dates as EDTF strings (ISO 8601-2, level 1), as far as a briefing needs them.

Years, months, days, seasons (`2034-21` … `2034-24`) and intervals of those, either end of which may
be open (`../2025-12-31`, `2030-06-21/..`). An own module because that subset is small and sits under
everything: the `edtf` package reads the whole standard through pyparsing, which is slow to import, and
neither prints dates for readers nor orders open intervals on a timeline.

Seasons are those of the northern hemisphere by calendar months: 21 spring March–May, 22 summer
June–August, 23 autumn September–November, 24 winter December–February of the next year.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

Precision = Literal["year", "month", "day", "season", "interval"]

OPEN = ".."
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_POINT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date or interval with its outermost days, both included."""

    text: str
    earliest: date
    """`date.min` where the start is open."""
    latest: date
    """`date.max` where the end is open."""
    open_start: bool
    open_end: bool
    precision: Precision


def day(d: date) -> str:
    """`2025-12-03`."""
    return d.isoformat()


def month(year: int, number: int) -> str:
    """`2025-12`; the month counts from 1."""
    return f"{year:04d}-{number:02d}"


def interval(a: str, b: str) -> str:
    """`a/b`; an end that is `..` is open. One date where both ends are the same."""
    return a if a == b else f"{a}/{b}"


def last_day(year: int, number: int) -> date:
    """The last day of a month."""
    return date(year, number, monthrange(year, number)[1])


def _season(text: str, year: int, number: int) -> Edtf:
    first = 3 * (number - 20)
    ends_in, end = divmod(first + 1, 12)
    latest = date.max if year + ends_in > date.max.year else last_day(year + ends_in, end + 1)
    return Edtf(text, date(year, first, 1), latest, False, False, "season")


def _point(text: str) -> Edtf | None:
    found = _POINT.fullmatch(text)
    if not found:
        return None
    year, number, of_month = (int(part) if part else 0 for part in found.groups())
    if not year:
        return None
    if not number:
        if found[2]:
            return None
        return Edtf(text, date(year, 1, 1), date(year, 12, 31), False, False, "year")
    if number in SEASONS and not found[3]:
        return _season(text, year, number)
    if number > 12:
        return None
    if not found[3]:
        return Edtf(text, date(year, number, 1), last_day(year, number), False, False, "month")
    if not 1 <= of_month <= last_day(year, number).day:
        return None
    d = date(year, number, of_month)
    return Edtf(text, d, d, False, False, "day")


@lru_cache(maxsize=65_536)
def parse(text: str) -> Edtf | None:
    """Read an EDTF string of the subset above; None where it is none, or its end lies before its start."""
    if "/" not in text:
        return _point(text)
    a, _, b = text.partition("/")
    if a == OPEN or b == OPEN:
        known = _point(b if a == OPEN else a)
        if not known:
            return None
        if a == OPEN:
            return Edtf(text, date.min, known.latest, True, False, "interval")
        return Edtf(text, known.earliest, date.max, False, True, "interval")
    start, end = _point(a), _point(b)
    if not start or not end or start.earliest > end.latest:
        return None
    return Edtf(text, start.earliest, end.latest, False, False, "interval")


_MONTH = "|".join(f"{name[:3]}(?:{name[3:4]}(?:{name[4:]})?)?" for name in MONTHS)
_WRITTEN = re.compile(
    rf"""(?P<y>[0-9]{{4}})(?P<mark>[-./])(?P<n>[0-9]{{1,2}})(?:(?P=mark)(?P<d>[0-9]{{1,2}}))?(?:[T\ ][0-9]{{1,2}}:.*)?
    |(?:(?P<d2>[0-9]{{1,2}})(?:st|nd|rd|th)?\ )?(?P<m2>{_MONTH})\.?,?\ (?P<y2>[0-9]{{4}})
    |(?P<m3>{_MONTH})\.?\ (?P<d3>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\ (?P<y3>[0-9]{{4}})""",
    re.VERBOSE | re.IGNORECASE,
)


_GROUPS = (("y", "y2", "y3"), ("m2", "m3"), ("d", "d2", "d3"))


def written(text: str) -> str | None:
    """The date that people mean by `2025-12-3`, `2025/12/03`, `3 December 2025` or `Dec. 3, 2025`; None where it is not sure.

    `3/12/2025` is a day in March or in December, so it means nothing here.
    """
    found = _WRITTEN.fullmatch(" ".join(text.split()))
    if not found:
        return None
    year, name, on = (next(filter(None, map(found.group, keys)), "") for keys in _GROUPS)
    ordinal = int(found["n"] or 0) or [known[:3].lower() for known in MONTHS].index(name[:3].lower()) + 1
    result = f"{month(int(year), ordinal)}-{int(on):02d}" if on else month(int(year), ordinal)
    return result if parse(result) else None


def _parts(text: str) -> tuple[str, str, str]:
    """Day, month or season, and year of a point, in a reader's words; what it does not state is empty."""
    year, _, rest = text.partition("-")
    number, _, of_month = rest.partition("-")
    year = str(int(year))
    if not number:
        return "", "", year
    if int(number) in SEASONS:
        return "", SEASONS[int(number)], year
    return str(int(of_month)) if of_month else "", MONTHS[int(number) - 1], year


def _between(a: str, b: str) -> str:
    """Both ends, what they share said once: `11–20 December 2025`, `29 November – 3 December 2025`."""
    start, end = _parts(a), _parts(b)
    first = list(start)
    if start[2] == end[2] and bool(start[1]) == bool(end[1]) and start[1]:
        first[2] = ""
        if start[1] == end[1] and start[0] and end[0]:
            first[1] = ""
    left, right = (" ".join(part for part in parts if part) for parts in (first, end))
    dash = " – " if " " in left or (first[2] and " " in right) else "–"
    return f"{left}{dash}{right}"


@lru_cache(maxsize=65_536)
def human(text: str) -> str:
    """A date for readers: `3 December 2025`, `January–April 2026`, `by 31 December 2025`, `from 21 June 2030`.

    What is not EDTF comes back as it is.
    """
    if not parse(text):
        return text
    a, _, b = text.partition("/")
    if not b:
        return " ".join(part for part in _parts(a) if part)
    if a == OPEN:
        return f"by {human(b)}"
    if b == OPEN:
        return f"from {human(a)}"
    return human(a) if a == b else _between(a, b)


@lru_cache(maxsize=65_536)
def sort_key(text: str | None) -> tuple[int, int, int, str]:
    """Where a date stands on a timeline: its first day, then the shorter stretch first, then its text.

    What is only known to lie before a day stands at that day; what has no readable date stands last.
    """
    read = parse(text) if text else None
    if not read:
        return (1, 0, 0, text or "")
    start = read.latest if read.open_start else read.earliest
    return (0, start.toordinal(), read.latest.toordinal(), read.text)
