"""Editions: the briefing as of an earlier day, and its pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tiny import tiny

from generator.base import Conflict
from generator.link import Briefing

FIRST, SECOND = "2031-05-02", "2031-05-20"
DAYS = st.dates(date(2031, 4, 28), date(2031, 5, 25))


def told(briefing: Briefing) -> tuple[object, ...]:
    """All of a briefing that depends on its day."""
    facts = [(s.fact, s.source.id) for s in briefing.statements]
    tables = [list(m) for m in (briefing.sources, briefing.seeds, briefing.files, briefing.readings)]
    return (briefing.as_of, facts, tables, briefing.conflicts, briefing.kept, [e.id for e in briefing.named])


def linked() -> Briefing:
    """The tiny briefing, a fact of its first source linked to two of the second, one of which has an open conflict."""
    briefing = tiny()
    first, *_ = briefing.statements
    *_, other, last = briefing.statements
    fact = replace(first.fact, same_as=(last.fact.id,), unrelated=(other.fact.id, "event-elsewhere"))
    conflict = Conflict(source=last.source.id, fact=last.fact.id, key="when", ours="2031", theirs=None, rule="edited")
    return replace(
        briefing,
        statements=(replace(first, fact=fact), *briefing.statements[1:]),
        conflicts=(conflict,),
        kept=frozenset((last.fact.id,)),
        readings={id_: {} for id_ in briefing.sources},
    )


@given(DAYS, DAYS)
def test_until_takes_the_earlier_of_two_days(one: date, other: date) -> None:
    briefing = linked()
    assert told(briefing.until(one).until(other)) == told(briefing.until(min(one, other)))


@given(DAYS)
def test_until_keeps_the_sources_that_had_come_out(day: date) -> None:
    briefing = linked().until(day)
    assert [s.date for s in briefing.sources.values()] == [d for d in (FIRST, SECOND) if d <= day.isoformat()]
    assert {s.source.id for s in briefing.statements} == set(briefing.sources)
    assert briefing.as_of == min(day.isoformat(), SECOND)


def test_nothing_of_a_later_source_is_left() -> None:
    whole = linked()
    briefing = whole.until(date.fromisoformat(SECOND) - timedelta(days=1))
    assert (briefing.conflicts, briefing.kept) == ((), frozenset())
    assert (briefing.statements[0].fact.same_as, briefing.statements[0].fact.unrelated) == ((), ("event-elsewhere",))
    assert "piet-oran" not in {e.id for e in briefing.named}
    assert briefing.registry == whole.registry


def test_a_source_of_a_month_comes_out_at_its_end() -> None:
    briefing = tiny()
    *_, last = briefing.sources.values()
    month = replace(briefing, sources={**briefing.sources, last.id: replace(last, date="2031-05")}, as_of="2031-05-31")
    assert last.id not in month.until(date(2031, 5, 30)).sources
    assert last.id in month.until(date(2031, 5, 31)).sources
