"""Events in the order in which a reader asks for them: what happened last, what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from generator import edtf
from generator.link import Briefing
from generator.model import Event
from generator.statement import Statement

AHEAD = ("planned", "expected", "called-for")
"""Statuses of what has not happened yet, as far as the sources say."""


def event(statement: Statement) -> Event | None:
    """The statement's fact, if it is an event."""
    return statement.fact if isinstance(statement.fact, Event) else None


def status(statement: Statement) -> str:
    """The status of an event; empty for other kinds."""
    return getattr(statement.fact, "status", "")


def as_of_day(briefing: Briefing) -> date:
    """The briefing's day; the last one where `as_of` is a month or a year."""
    read = edtf.parse(briefing.as_of)
    return read.latest if read and not read.open_end else date.min


def happened(briefing: Briefing) -> tuple[Statement, ...]:
    """Events that happened."""
    return tuple(s for s in briefing.by_kind.get("event", ()) if status(s) == "happened")


def ahead(briefing: Briefing) -> tuple[Statement, ...]:
    """Events that are planned, expected or called for, those with the nearest end of their window first."""
    return tuple(sorted((s for s in briefing.by_kind.get("event", ()) if status(s) in AHEAD), key=nearness))


def nearness(statement: Statement) -> tuple[object, ...]:
    """A window that ends sooner comes first, then the narrower, then the plan before what others expect; undated last."""
    when = statement.when
    rank = AHEAD.index(status(statement)) if status(statement) in AHEAD else len(AHEAD)
    if not when:
        return (1, 0, 0, rank, newest_first(statement))
    end = (when.earliest if when.open_end else when.latest).toordinal()
    width = 0 if when.open_end else end - (end if when.open_start else when.earliest.toordinal())
    return (0, end, width, rank, newest_first(statement))


def newest_first(statement: Statement) -> tuple[object, ...]:
    """Sorts statements by their source, the newest source first, and by their place in it."""
    read = edtf.parse(statement.source.date)
    start = statement.span.start if statement.span else 1 << 40
    return (-(read.latest.toordinal() if read else 0), statement.source.id, start, statement.fact.id)


def by_newest(statements: Iterable[Statement]) -> list[Statement]:
    """Statements sorted by `newest_first`; sources are put in order, and then what each says."""
    groups: dict[str, list[Statement]] = {}
    for s in statements:
        groups.setdefault(s.source.id, []).append(s)
    ordered = sorted(groups.values(), key=lambda group: newest_first(group[0])[:2])
    return [s for group in ordered for s in (sorted(group, key=_in_text) if len(group) > 1 else group)]


def _in_text(statement: Statement) -> tuple[int, str]:
    return (statement.span.start if statement.span else 1 << 40, statement.fact.id)


def is_past(statement: Statement, day: date) -> bool:
    """Whether the whole window lies before a day. An undated or open-ended one never does."""
    when = statement.when
    return bool(when) and when is not None and not when.open_end and when.latest < day


def has_begun(statement: Statement, day: date) -> bool:
    """Whether an open-ended window, `from 1 April`, began before a day: what it tells may still hold, but is not next."""
    when = statement.when
    return bool(when) and when is not None and when.open_end and when.earliest < day


def latest(statements: Iterable[Statement], day: date, news: timedelta | None = None) -> list[Statement]:
    """What happened last first: by the earliest day that it can have been, then by how much is known (who, where, through whom).

    `2031` may be any day of 2031, so it is no later than 1 January here. What has no date comes last; with `news` it
    counts as that much older than its source.
    """

    def known(statement: Statement) -> tuple[object, ...]:
        when, told = statement.when, edtf.parse(statement.source.date)
        first = when.latest if when and when.open_start else when.earliest if when else None
        if first is None and news is not None and told and told.latest <= day:
            first = max(told.earliest, date.min + news) - news
        if first is None or first > day or (when and when.open_end):
            return (1, 0, 0, newest_first(statement))
        detail = 2 * bool(statement.who) + bool(statement.where) + bool(statement.according_to)
        return (0, -first.toordinal(), -detail, newest_first(statement))

    return sorted(statements, key=known)
