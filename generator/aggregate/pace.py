"""How fast a target was approached, and how fast the rest must go: sums that no source states.

    so far  =  reported ÷ time from the beginning to the report
    needed  =  (target − reported) ÷ time from the report to the end
    due     =  stated rate × time from the beginning to the report

*The end* is the deadline in the target's own `when`, or the beginning and the duration that the target's sentence gives.
*The beginning* is a dated event of a sort that begins things (lexicon `labels`: `begins`) about the same programme, or, failing
that, the event in the target's own sentence that sets it (`sets`: it was unveiled in January); the pages say which. Where events
that begin it disagree, none is taken. *The report* is of the figure's `when`, or of the day of its source. Where the sentence of the
reported figure says in how much time it came about (`in less than two years`), that time is taken before one counted from
an event that only sets the target.

Dates are stretches, so times are, too: they are counted in whole months (in days for a pace by week or day), the shortest
rounded down and the longest up, and a pace is as wide as that makes it. What is missing is named, and there is no pace then.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from generator import edtf
from generator.aggregate.amounts import Amount, number, of_figure
from generator.aggregate.figures import SHARES, Progress, Sentences, durations, fact, lasting, progress
from generator.link import Briefing
from generator.model import Event
from generator.once import once
from generator.phrases import is_duration
from generator.statement import Statement

Missing = Literal["begin", "end", "times"]
"""What the sources do not state: when it began, by when or in how long it is to be done, or dates that fit together."""
MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
DAYS = {"day": 1, "week": 7}
A_DAY = timedelta(days=1)
LAST_YEAR = 9000
"""A deadline beyond it is none."""


@dataclass(frozen=True, slots=True)
class Days:
    """The stretch in which a moment lies: starts of days, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class Sum:
    """`amount` in `time`, which is `result` in each `per`."""

    amount: Amount
    time: Amount
    clock: str
    """The unit of `time`: month, day, or that of the duration that a source states."""
    result: Amount
    stated: Statement | None = None
    """The figure that states the time, where one does."""


@dataclass(frozen=True)
class Pace:
    """What follows from a target, what is reported against it, and their times."""

    per: str
    begun: Statement | None
    is_beginning: bool
    """Whether `begun` tells that it began, and not only that the target was set."""
    as_of: str
    """The date of what is reported, EDTF."""
    due: Sum | None
    so_far: Sum | None
    needed: Sum | None
    end: Days | None
    missing: tuple[Missing, ...]


@dataclass(frozen=True)
class Reckoned:
    """A reported figure against its target, and what follows from the two."""

    pair: Progress
    pace: Pace | None

    @property
    def facts(self) -> frozenset[str]:
        """The ids of all facts that it rests on."""
        pair, pace = self.pair, self.pace
        spent = pace.so_far.stated if pace and pace.so_far else None
        used = (pair.reported, pair.target.stated, pair.target.duration, pace.begun if pace else None, spent)
        return frozenset(s.fact.id for s in used if s)


def _months(a: date, b: date) -> int:
    """Whole months from one day to a later one, rounded down."""
    return (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day)


def _later(day: date, months: int) -> date:
    """A day so many months later, the last of its month where that is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def between(a: Days, b: Days, clock: str) -> Amount:
    """The time from one moment to a later one in whole months or days: the shortest rounded down, the longest up."""
    if clock == "day":
        low, high = (b.first - a.last).days, (b.last - a.first).days
    else:
        low, high = _months(a.last, b.first), _months(a.first, b.last)
        high += _later(a.first, high) != b.last
    return Amount(Fraction(max(0, low)), Fraction(max(0, high)))


def _stretch(text: str | None) -> Days | None:
    """A closed date as a stretch."""
    read = edtf.parse(text or "")
    return None if not read or read.open_start or read.open_end else Days(read.earliest, read.latest)


def _length(statement: Statement) -> tuple[Fraction, str] | None:
    """A duration in months or days."""
    given = fact(statement)
    for clock, table in (("month", MONTHS), ("day", DAYS)):
        if given.unit in table:
            return number(given.value) * table[given.unit], clock
    return None


def _after(begin: Days, duration: Statement) -> Days | None:
    """When a stretch of time that begins then is over."""
    length = _length(duration)
    if not length or length[0] <= 0 or length[0] > 12 * LAST_YEAR or begin.last.year > LAST_YEAR:
        return None
    short, long = floor(length[0]), ceil(length[0])
    if length[1] == "day":
        return Days(begin.first + timedelta(days=short), begin.last + timedelta(days=long))
    if begin.last.year + long // 12 + 1 > LAST_YEAR:
        return None
    return Days(_later(begin.first, short), _later(begin.last, long))


def _deadline(target: Statement) -> Days | None:
    """The end of the day by which a target is to be reached, from its own date."""
    read = edtf.parse(target.fact.when or "")
    if not read or read.open_end or read.latest.year > LAST_YEAR:
        return None
    return Days(read.latest + A_DAY, read.latest + A_DAY)


def _start(target: Statement) -> Days | None:
    """The first day of the stretch for which a target is set, where its own date is one: `2031/2035`."""
    span = _stretch(target.fact.when) if "/" in (target.fact.when or "") else None
    return Days(span.first, span.first) if span else None


def _agreed(events: Sequence[Statement]) -> Statement | None:
    """The most exact of some dated events whose dates can all be of one moment."""
    dated = [(s, days) for s in events if (days := _stretch(s.fact.when))]
    if not dated or max(d.first for _, d in dated) > min(d.last for _, d in dated):
        return None
    return min(dated, key=lambda pair: (pair[1].last - pair[1].first, pair[0].source.id, pair[0].fact.id))[0]


class _Times:
    """What tells times in a briefing, found once: events that may begin a programme, lengths of time, and sentences."""

    def __init__(self, briefing: Briefing) -> None:
        self.labels = briefing.lexicons["labels"]
        self.sentences = Sentences(briefing)
        self.durations = durations(briefing)
        self.begins: dict[str, list[Statement]] = {}
        self.sets: dict[str, list[Statement]] = {}
        by_sort: dict[str, list[dict[str, list[Statement]]]] = {}
        for name, found in (("begins", self.begins), ("sets", self.sets)):
            for sort in self.labels[name]:
                by_sort.setdefault(sort, []).append(found)
        for s in briefing.by_kind.get("event", ()):
            if not isinstance(s.fact, Event) or s.fact.what not in by_sort:
                continue
            sure = s.fact.status == "happened" and s.fact.review != "disputed"
            if sure and _stretch(s.fact.when):
                for found in by_sort[s.fact.what]:
                    for entity in s.about:
                        found.setdefault(entity.id, []).append(s)

    def begun(self, target: Statement) -> tuple[Statement | None, bool]:
        """The event that a target is counted from, and whether it tells that something began."""
        places = {e.id for e in target.where}

        def about(found: dict[str, list[Statement]]) -> list[Statement]:
            near = {s.fact.id: s for e in target.about for s in found.get(e.id, ())}
            return [s for s in near.values() if {e.id for e in s.where} <= places]

        if begins := about(self.begins):
            return _agreed(begins), True
        here = self.sentences.of(target)
        same = (s for s in about(self.sets) if s.source.id == target.source.id)
        return _agreed([s for s in same if here is not None and self.sentences.of(s) == here]), False

    def stated(self, reported: Statement) -> Statement | None:
        """The duration in which a figure came about, where its own sentence says so: `in less than two years`."""
        here = self.sentences.of(reported)
        near = (s for s in self.durations.get(reported.source.id, ()) if fact(s).role == "reported")
        found = [s for s in near if here is not None and self.sentences.of(s) == here and self._took(s, reported)]
        return found[0] if len(found) == 1 else None

    def _took(self, duration: Statement, reported: Statement) -> bool:
        """Whether a duration's words hold those of the figure, and its time stands behind `in` or `within`."""
        given = fact(duration)
        if not given.value > 0 or not _length(duration) or duration.span is None or reported.span is None:
            return False
        names = (given.unit or "", str(self.labels["irregular"].get(given.unit, f"{given.unit}s")))
        took = re.compile(rf"\b(?:in|within)(?: [^\s,;]+){{1,4}} (?:{'|'.join(map(re.escape, names))})\b")
        return reported.span in duration.span and len(took.findall(given.quote)) == 1


def _each(amount: Amount, time: Amount, clock: str, per: str, stated: Statement | None = None) -> Sum | None:
    table = MONTHS if per in MONTHS and clock in MONTHS else DAYS if per in DAYS and clock in DAYS else None
    if table is None:
        return None
    result = amount.over(time).times(Fraction(table[per], table[clock]))
    return Sum(amount, time, clock, result, stated) if result.known else None


def _due(rate: Amount, gone: Amount, clock: str, per: str) -> Sum:
    table = MONTHS if clock in MONTHS else DAYS
    return Sum(rate, gone, clock, rate.by(gone).times(Fraction(table[clock], table[per])))


def paced(pair: Progress, briefing: Briefing) -> bool:
    """Whether a pace makes sense: of what is counted or measured, not of shares or of times."""
    return pair.target.unit not in SHARES and not is_duration(pair.target.unit, briefing.lexicons)


@once
def reckoned(briefing: Briefing) -> tuple[Reckoned, ...]:
    """All targets with what is reported against them, and the pace of each."""
    times = _Times(briefing)
    return tuple(Reckoned(pair, _pace(pair, times) if paced(pair, briefing) else None) for pair in progress(briefing))


def _pace(pair: Progress, times: _Times) -> Pace | None:
    """The pace of a reported figure and its target; None where the target is reached, or its times are of no known unit."""
    reported, stated = of_figure(fact(pair.reported)), pair.target.stated
    rest = pair.target.amount.minus(reported)
    as_of = pair.reported.fact.when if _stretch(pair.reported.fact.when) else pair.reported.source.date
    told = _stretch(as_of)
    begun, is_beginning = times.begun(stated)
    begin = _stretch(begun.fact.when) if begun else _start(stated)
    duration = pair.target.duration or lasting(stated, times.durations, times.sentences)
    end = _deadline(stated) or (_after(begin, duration) if begin and duration else None)
    per = fact(stated).per or (fact(duration).unit if duration else None) or "year"
    if (per not in MONTHS and per not in DAYS) or not told or rest.high == 0:
        return None
    clock = "month" if per in MONTHS else "day"
    gone = between(begin, told, clock) if begin and begin.last <= told.first else None
    so_far = _each(reported, gone, clock, per) if gone else None
    spent = times.stated(pair.reported)
    if spent and not (is_beginning and so_far):
        so_far = _each(reported, of_figure(fact(spent)), fact(spent).unit or "", per, spent) or so_far
    due = _due(of_figure(fact(stated)), gone, clock, per) if gone and pair.target.duration else None
    fits = end and told.last < end.first and (gone or not begin)
    needed = _each(rest, between(told, end, clock), clock, per) if end and fits else None
    missing: list[Missing] = []
    if not begin and (not so_far or (duration and not end)):
        missing.append("begin")
    if not end and (not duration or begin):
        missing.append("end")
    elif (begin and not gone) or (end and not needed):
        missing.append("times")
    return Pace(per, begun, is_beginning, as_of or "", due, so_far, needed, end, tuple(missing))
