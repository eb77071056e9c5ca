"""The watch list: what is ahead, on one axis of time, and what came of what was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from generator.aggregate.courses import Course
from generator.aggregate.events import as_of_day, is_past
from generator.aggregate.ledger import came, ledger, near
from generator.link import Briefing
from generator.model import Assessment, Event, Figure
from generator.once import once
from generator.statement import Statement

HORIZON = timedelta(days=730)
"""How far an axis reaches at the most; what lies beyond runs to its rim."""
LAST = date(9990, 1, 1)
"""The latest day that an axis starts from: Python's dates end soon after it."""
LEAST = timedelta(days=61)


@dataclass(frozen=True)
class Axis:
    """The days that window strips of one list have in common."""

    first: date
    last: date
    as_of: date


@dataclass(frozen=True)
class Watch:
    """Each thing once: events ahead, those whose window has passed apart, those without a date, targets, and what came of them."""

    dated: tuple[Course, ...]
    targets: tuple[Course, ...]
    """Figures to be reached at a date; those whose date has passed come last."""
    undated: tuple[Course, ...]
    passed: tuple[Course, ...]
    """Those whose outcome no source here is known to tell, the last that passed first."""
    came: tuple[Course, ...]
    """Those whose outcome a source tells, the newest outcome first; and those put off without a new date."""
    axis: Axis


def _month_end(day: date) -> date:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return following - timedelta(days=1)


def axis(statements: Sequence[Statement], as_of: date) -> Axis:
    """From the start of the month of `as_of` to the end of the last window's month within `HORIZON`; what ends later runs to the rim."""
    as_of = min(as_of, LAST)
    first = as_of.replace(day=1)
    ends = [s.when.earliest if s.when.open_end else s.when.latest for s in statements if s.when]
    far = max([as_of + LEAST, *(end for end in ends if end <= as_of + HORIZON)])
    return Axis(first, _month_end(far), as_of)


@once
def watch(briefing: Briefing) -> Watch:
    """All that is ahead as of the briefing's day, and what came of what was."""
    day, entries = as_of_day(briefing), ledger(briefing).entries
    told = came(entries)
    standing = [course for course in near(entries) if not course.is_told]
    events = [course for course in standing if isinstance(course.first.fact, Event)]
    targets = [course for course in standing if isinstance(course.first.fact, Figure)]
    dated = tuple(c for c in events if c.window and not is_past(c.last, day))
    aims = tuple(sorted(targets, key=lambda c: is_past(c.last, day)))
    return Watch(
        dated=dated,
        targets=aims,
        undated=tuple(c for c in events if not c.window),
        passed=tuple(c for c in events if is_past(c.last, day))[::-1],
        came=told,
        axis=axis([c.last for c in (*dated, *aims) if not is_past(c.last, day)], max(day, date(1, 1, 2))),
    )


def judgements(event: Statement, briefing: Briefing) -> tuple[Statement, ...]:
    """How likely an expected event is in its source's words: assessments of the same holder over the same words.

    A hedge that stands elsewhere, or that somebody else holds, may be about another thing, so it is left out.
    """
    if not isinstance(event.fact, Event) or event.fact.status != "expected" or not event.span:
        return ()
    found = []
    for s in briefing.by_source.get(event.source.id, ()):
        if not isinstance(s.fact, Assessment) or s.fact.review == "retracted" or not s.span:
            continue
        holders, voices = {e.id for e in s.by}, {e.id for e in event.according_to}
        if (s.span in event.span or event.span in s.span) and (not holders or not voices or holders & voices):
            found.append(s)
    return tuple(found)
