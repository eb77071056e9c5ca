"""The timeline: what happened and what is ahead, in order of the day it is about, the reported day apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from generator import edtf
from generator.aggregate.claims import claims
from generator.aggregate.events import AHEAD, as_of_day, is_past, status
from generator.aggregate.paging import Part, month, parts, year
from generator.link import Briefing
from generator.statement import Statement

ROWS = 75
"""Rows of one page, each with all who tell it and with what filters need."""


@dataclass(frozen=True)
class Entry:
    """An event at the day it is about, or, where no source dates it, at the day it was reported."""

    statement: Statement
    """Who reported it first."""
    when: str
    """EDTF."""
    dated: bool
    ahead: bool
    """Whether its window has not passed yet and it is no more than planned, expected or called for."""


def _entry(statements: Sequence[Statement], day: date) -> Entry:
    """The entry of the statements of one fact, the earliest first."""
    first = statements[0]
    dated = next((s for s in statements if s.when), None)
    ahead = status(first) in AHEAD and not (dated and is_past(dated, day))
    return Entry(first, dated.fact.when or "" if dated else first.source.date, bool(dated), ahead)


def timeline(briefing: Briefing) -> list[Entry]:
    """All events, the earliest first, each once however many state it; of what is not dated, only what happened."""
    day, told = as_of_day(briefing), claims(briefing)
    events = told.once(briefing.by_kind.get("event", ()))
    entries = (_entry(told.of(s).statements if s.fact.id in told.groups else (s,), day) for s in events)
    kept = (entry for entry in entries if entry.dated or status(entry.statement) in ("happened", "denied"))
    return sorted(kept, key=lambda e: (edtf.sort_key(e.when), e.statement.source.id, e.statement.fact.id))


def years(entries: list[Entry]) -> list[Part[Entry]]:
    """By year where they are many, by month where a year has too many."""
    return parts(entries, lambda entry: year(entry.when), size=ROWS, finer=lambda entry: month(entry.when))
