"""The day that a page speaks of: the last one, not after the briefing's, on which something that stands on it changed.

Either a source came out that tells something on it, or a window on it began, closed or passed. Nothing on it has changed between
that day and the briefing's, so that what is ahead and what has passed are the same by both. A page that speaks of its own day
stays as it is while the briefing goes on about other things. An edition speaks of its own day on all of its pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from generator import edtf
from generator.aggregate.events import as_of_day
from generator.edtf import Edtf
from generator.link import Briefing
from generator.model import Entity, Event, Figure, Source
from generator.statement import Statement

A_DAY = timedelta(days=1)
NEVER = date.min
"""Before any day that a page may speak of."""


def came_out(source: Source, day: date) -> date:
    """The last day that the date of a source may mean, at most `day`; `NEVER` where it has no end."""
    read = edtf.parse(source.date)
    return min(read.latest, day) if read and not read.open_end else NEVER


def looks_ahead(statement: Statement) -> bool:
    """Whether its date is a window: of what has happened, and of what was reported, it is none."""
    fact = statement.fact
    if not fact.when:
        return False
    return (
        fact.status != "happened" if isinstance(fact, Event) else isinstance(fact, Figure) and fact.role != "reported"
    )


def turned(window: Edtf | None, day: date) -> date:
    """The last day, at most `day`, on which a window began, closed, or was passed for the first time; `NEVER` where there is none."""
    if not window:
        return NEVER
    end = window.earliest if window.open_end else window.latest
    turns = [end, *([end + A_DAY] if end < date.max else []), *([] if window.open_start else [window.earliest])]
    return max((turn for turn in turns if turn <= day), default=NEVER)


def last_day(statement: Statement, day: date) -> date:
    """The last day, at most `day`, on which a statement was news, or its window turned."""
    told = came_out(statement.source, day)
    return max(told, turned(statement.when, day)) if looks_ahead(statement) else told


def spoken_of(days: Iterable[date], briefing: Briefing) -> str:
    """The latest of some days, `YYYY-MM-DD`; that of an edition on all of its pages; empty where there is none."""
    if briefing.edition:
        return briefing.as_of
    last = max(days, default=NEVER)
    return edtf.day(last) if last > NEVER else ""


def named_last(entity: Entity, briefing: Briefing) -> date:
    """The day on which the newest source came out that names an entity, or that it brought out."""
    told, brought_out = briefing.about(entity), briefing.by_publisher.get(entity.id, ())
    sources = [*(s.source for s in told[-1:]), *brought_out[-1:]]
    return max((came_out(source, as_of_day(briefing)) for source in sources), default=NEVER)
