"""The watch list: what is planned, expected or called for, and when, on one axis of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from generator.aggregate.events import ahead, as_of_day, is_past, nearness
from generator.aggregate.ledger import changed, redated, reported
from generator.link import Briefing, Statement
from generator.model import Assessment, Event, Figure

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
    """Those whose outcome no source here is known to tell, the last that passed first."""
    reported: tuple[tuple[Statement, tuple[Statement, ...]], ...]
    """Those with what later sources tell of the same meeting."""
    superseded: tuple[tuple[Statement, Statement], ...]
    """Plans with those by which a newer source gives another date."""
    targets: tuple[Statement, ...]
    """Figures to be reached at a date, also one that has passed."""
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


def watch(briefing: Briefing) -> Watch:
    """All events ahead as of the briefing's day, and the targets that have a date."""
    day = as_of_day(briefing)
    events = ahead(briefing)
    told = tuple((s, after) for s in events if (after := reported(s, briefing)))
    open_ = [s for s in events if not reported(s, briefing)]
    standing = [s for s in open_ if not redated(s, briefing)]
    dated = tuple(s for s in standing if s.when and not is_past(s, day))
    aims = dated_targets(briefing)
    return Watch(
        dated=dated,
        undated=tuple(s for s in standing if not s.when),
        passed=tuple(s for s in standing if is_past(s, day))[::-1],
        reported=told,
        superseded=tuple((s, newer) for s in open_ if (newer := changed(s, briefing))),
        targets=aims,
        axis=axis([*dated, *(s for s in aims if not is_past(s, day))], max(day, date(1, 1, 2))),
    )


def dated_targets(briefing: Briefing) -> tuple[Statement, ...]:
    """Figures that are targets for a date with an end, the nearest first."""
    figures = (s for s in briefing.by_kind.get("figure", ()) if isinstance(s.fact, Figure) and s.fact.role == "target")
    return tuple(sorted((s for s in figures if s.when and not s.when.open_end), key=nearness))


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
