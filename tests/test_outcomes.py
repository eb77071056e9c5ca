"""What later sources tell of events ahead in the tiny briefing, and how sure that is; the cases stand in `test_ledger`."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tiny import naming, tiny

from generator import telling
from generator.aggregate import front, watch
from generator.aggregate.ledger import changed, course_of, is_followed, later, redated, reported
from generator.link import Briefing
from generator.statement import Statement

FIRST, SECOND = tiny().sources


def with_fact(fact_id: str, **values: object) -> Briefing:
    """The tiny briefing with other values in one fact."""
    told = (replace(s, fact=replace(s.fact, **values)) if s.fact.id == fact_id else s for s in tiny().statements)  # type: ignore[arg-type]
    return replace(tiny(), statements=tuple(told))


def get(briefing: Briefing, fact_id: str) -> Statement:
    return next(s for s in briefing.statements if s.fact.id == fact_id)


PLAN, NEWER = "event-aaaaaaaab5", "event-baaaaaaaa6"


def test_a_newer_source_dates_a_plan_anew() -> None:
    plan = get(tiny(), PLAN)
    assert redated(plan, tiny()) == changed(plan, tiny()) == get(tiny(), NEWER)
    assert is_followed(plan, tiny())
    assert not is_followed(get(tiny(), NEWER), tiny())


@pytest.mark.parametrize(
    "values",
    [{"what": "protest"}, {"status": "denied"}, {"review": "retracted"}],
)
def test_what_is_no_plan_for_the_same_meeting_dates_nothing_anew(values: dict[str, object]) -> None:
    briefing = with_fact(NEWER, **values)
    assert redated(get(briefing, PLAN), briefing) is None


def test_another_meeting_dates_nothing_anew() -> None:
    told = tuple(naming(s, about=()) if s.fact.id == NEWER else s for s in tiny().statements)
    briefing = replace(tiny(), statements=told)
    assert not is_followed(get(briefing, PLAN), briefing)


def test_a_plan_that_is_only_said_again_has_not_changed() -> None:
    briefing = with_fact(NEWER, when="2031-06-11/2031-06-20")
    plan = get(briefing, PLAN)
    assert changed(plan, briefing) is None
    assert redated(get(briefing, NEWER), briefing) == plan, "who said it first stands for both"
    entry = course_of(plan, briefing)
    assert entry
    assert (entry.moves, entry.state) == (0, "open")
    assert watch.watch(briefing).dated[0] is entry


@pytest.mark.parametrize("when", [None, "2031-05-19", "2031-05"])
def test_what_happened_at_the_meeting_is_reported_since(when: str | None) -> None:
    briefing = with_fact(NEWER, status="happened", when=when)
    assert reported(get(briefing, PLAN), briefing) == (get(briefing, NEWER),)
    seen = watch.watch(replace(briefing, as_of="2031-08-01"))
    assert seen.passed == ()
    assert [(c.first.fact.id, [s.fact.id for s in c.told]) for c in seen.came] == [(PLAN, [NEWER])]
    assert PLAN not in [line.statement.fact.id for line in front.bottom_line(briefing)]


@pytest.mark.parametrize(
    "values",
    [
        {"when": "2031-04-30"},  # before the article that looked ahead: an earlier one
        {"what": "closure"},
        {"review": "retracted"},
    ],
)
def test_what_may_be_another_thing_tells_no_outcome(values: dict[str, object]) -> None:
    briefing = with_fact(NEWER, **{"status": "happened", **values})
    assert reported(get(briefing, PLAN), briefing) == ()


def test_an_older_source_tells_no_outcome() -> None:
    briefing = with_fact(PLAN, status="happened", when=None)
    assert reported(get(briefing, NEWER), briefing) == ()


@pytest.mark.parametrize(
    ("when", "is_later"),
    [("2031-05-20", True), ("2031-05", True), ("2031-05-21", False), ("2031-06", False), ("../2031-12-31", True)],
)
def test_a_source_that_came_out_since_may_tell_the_outcome(when: str, is_later: bool) -> None:
    briefing = with_fact(PLAN, when=when)
    assert later(get(briefing, PLAN), briefing) is is_later
    assert not later(get(tiny(), NEWER), tiny()), "no source is newer than the newest"


EXPECTED, JUDGEMENT = "event-aaaaaaaab6", "assessment-aaaaaaaab7"


def test_a_hedge_over_the_same_words_says_how_likely() -> None:
    assert telling.likelihood(watch.judgements(get(tiny(), EXPECTED), tiny()), tiny()) == ["expect"]


@pytest.mark.parametrize(
    ("fact", "values"),
    [
        (EXPECTED, {"status": "planned"}),
        (JUDGEMENT, {"review": "retracted"}),
    ],
)
def test_a_hedge_of_something_else_does_not(fact: str, values: dict[str, object]) -> None:
    briefing = with_fact(fact, **values)
    assert watch.judgements(get(briefing, EXPECTED), briefing) == ()


def test_a_hedge_that_somebody_else_holds_or_that_stands_elsewhere_does_not() -> None:
    varga = tiny().registry["ines-varga"]
    other = next(s.span for s in tiny().statements if s.fact.id == PLAN)
    judged = get(tiny(), JUDGEMENT)
    for told_of in (naming(judged, by=(varga,)), replace(judged, span=other), replace(judged, span=None)):
        told = tuple(told_of if s.fact.id == JUDGEMENT else s for s in tiny().statements)
        briefing = replace(tiny(), statements=told)
        assert watch.judgements(get(briefing, EXPECTED), briefing) == ()


def test_a_target_with_a_date_is_watched() -> None:
    assert watch.watch(tiny()).targets == ()
    briefing = with_fact("figure-aaaaaaaaa6", when="../2033")
    seen = watch.watch(briefing)
    assert [c.last.fact.id for c in seen.targets] == ["figure-aaaaaaaaa6"]
    assert str(seen.axis.last) == "2031-12-31"  # it ends beyond the horizon, so the axis is that of what is nearer
    assert watch.watch(with_fact("figure-aaaaaaaaa6", when="2031/..")).targets == ()
