"""The watch list: what is planned, expected or called for, and when, on one axis of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from generator.aggregate.events import ahead, as_of_day, is_past, superseded
from generator.link import Briefing, Statement

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
    """Events ahead, those whose window has passed apart, and those without a date."""

    dated: tuple[Statement, ...]
    undated: tuple[Statement, ...]
    passed: tuple[Statement, ...]
    superseded: tuple[Statement, ...]
    """Plans to which a newer source gives another date."""
    axis: Axis


def _month_end(day: date) -> date:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return following - timedelta(days=1)


def axis(statements: Sequence[Statement], as_of: date) -> Axis:
    """From the start of the month of `as_of` to the end of the last window's month, within `HORIZON`."""
    as_of = min(as_of, LAST)
    first = as_of.replace(day=1)
    ends = [s.when.earliest if s.when.open_end else s.when.latest for s in statements if s.when]
    far = max([as_of + LEAST, *(end for end in ends if end < date.max)])
    return Axis(first, _month_end(min(far, as_of + HORIZON)), as_of)


def watch(briefing: Briefing) -> Watch:
    """All events ahead as of the briefing's day."""
    day = as_of_day(briefing)
    events = ahead(briefing)
    old = superseded(briefing)
    dated = tuple(s for s in events if s.when and not is_past(s, day) and s.fact.id not in old)
    undated = tuple(s for s in events if not s.when)
    passed = tuple(s for s in events if is_past(s, day) and s.fact.id not in old)
    changed = tuple(s for s in events if s.fact.id in old)
    return Watch(dated, undated, passed, changed, axis(dated, max(day, date(1, 1, 2))))
