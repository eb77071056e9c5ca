"""Whether an article's header has the day on which it was written, by the days that its text tells of itself.

A dateline names the day outright. Without one, what somebody `said on Friday` was said on the article's own day or
shortly before it: where no such day is near the header's, the header has another day than the writer had.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from generator import edtf
from generator.extract.layers import Layers
from generator.model import DateDoubt
from generator.seeds.publisher import dateline

NEAR = 3
"""Days after which nothing that was said is still news of the day."""
LATE = 2
"""Days that a dateline may lie before the day of publishing."""
WEEK = 7


def doubt(layers: Layers) -> DateDoubt | None:
    """What speaks against the date of an article; None where nothing does, or where its header names no day."""
    header = edtf.parse(layers.date)
    if header is None or header.precision != "day":
        return None
    day = header.earliest
    return _by_dateline(layers, day) or _by_saying(layers, day) or _by_weekdays(layers, day)


def _by_dateline(layers: Layers, header: date) -> DateDoubt | None:
    opening = dateline(layers.text)
    if not opening or not layers.lines:
        return None
    for time in layers.lines[0].times:
        told = edtf.parse(time.when or "")
        if time.end > opening.end() or told is None or told.precision != "day":
            continue
        years = range(max(1, header.year - 1), min(9999, header.year + 1) + 1)
        day = min((_in_year(told.earliest, year) for year in years), key=lambda d: abs((d - header).days))
        if not 0 <= (header - day).days <= LATE:
            return DateDoubt(edtf.day(day), f"its dateline says {time.span.of(layers.text)}")
    return None


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return day.replace(year=year, day=28)


def _by_saying(layers: Layers, header: date) -> DateDoubt | None:
    """What was said on a day after the header's, with its year, was not written before."""
    for line in layers.lines:
        for time in line.said_when:
            told = edtf.parse(time.when or "")
            stated = told is not None and str(told.earliest.year) in time.span.of(layers.text)
            if told is not None and stated and told.precision == "day" and told.earliest > header:
                day = edtf.day(told.earliest)
                return DateDoubt(day, f"something in it was said on {time.span.of(layers.text)}")
    return None


def _by_weekdays(layers: Layers, header: date) -> DateDoubt | None:
    told = list(_weekdays(layers))
    back = {(header.isoweekday() - weekday) % WEEK: name for weekday, name in reversed(told)}
    if len(told) < 2 or min(back) < NEAR:
        return None
    nearest = min(back)
    day = edtf.day(header - timedelta(days=nearest))
    return DateDoubt(
        day, f"nothing in it is said on the header's day or shortly before; {back[nearest]} would be {day}"
    )


def _weekdays(layers: Layers) -> Iterator[tuple[int, str]]:
    """The weekdays on which something was said, as number (Monday is 1) and as written."""
    numbers = layers.lexicons["times"]["words"]["weekday"]
    for line in layers.lines:
        for time in line.said_when:
            words = time.span.of(layers.text)
            if words.casefold() in numbers:
                yield int(numbers[words.casefold()]), words
