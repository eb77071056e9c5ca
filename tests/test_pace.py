"""Pace: what the sources give for one, what is missing, and never more than the words allow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import tiny

from generator.aggregate import pace
from generator.aggregate.pace import Days, Reckoned, between
from generator.link import Briefing
from generator.model import Event, Figure
from generator.statement import Statement
from generator.sums import notes, rows
from generator.writer import Writer


def briefing(changes: dict[str, dict[str, object]]) -> Briefing:
    """The tiny briefing with other values in some facts, which the ends of their ids name."""

    def change(s: Statement) -> Statement:
        values = next((v for name, v in changes.items() if s.fact.id.endswith(f"aaaaaaaa{name}")), {})
        return replace(s, fact=replace(s.fact, **values)) if values else s  # type: ignore[arg-type]

    return replace(tiny(), statements=tuple(map(change, tiny().statements)))


def reckoned(**changes: dict[str, object]) -> Reckoned:
    """The target of 12 clinics each year over 5 years, announced in March 2029; 18 reported on 2 May 2031."""
    found = [r for r in pace.reckoned(briefing(changes)) if r.pair.reported.fact.id == "figure-aaaaaaaab2"]
    assert len(found) == 1
    return found[0]


def table(given: Reckoned) -> dict[str, str]:
    return {row.name.split("]")[0].removeprefix("Due by ["): row.number for row in rows(given, Writer(tiny(), "x.md"))}


def test_what_follows_from_a_rate_a_duration_and_a_beginning() -> None:
    assert table(reckoned()) == {
        "Reported": "18 clinics",
        "Target": "60 clinics",
        "Share of the target": "30%",
        "2 May 2031": "25–27",
        "Pace so far": "8–8.7 each year",
        "Pace needed for the rest": "14–16 each year",
    }
    (note,) = notes(reckoned(), Writer(tiny(), "x.md"))
    assert "March 2029" in note
    assert "no source states when the time began to run" in note


def test_a_beginning_that_a_source_tells_is_one() -> None:
    (note,) = notes(reckoned(a5={"what": "start"}), Writer(tiny(), "x.md"))
    assert ", when it began [" in note


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"a5": {"when": None}}, ("begin",)),
        ({"a5": {"status": "planned"}}, ("begin",)),
        ({"a5": {"review": "disputed"}}, ("begin",)),
        ({"a5": {"what": "visit"}}, ("begin",)),
        ({"a5": {"when": "2029-03/.."}}, ("begin",)),
        ({"a5": {"when": "2031-05-03"}}, ("times",)),
        ({"a5": {"when": "2020"}}, ("times",)),
        ({"a6": {"per": None, "value": 60}, "a7": {"role": "reported"}}, ("end",)),
        ({"a6": {"per": None, "value": 60}, "a7": {"role": "reported"}, "a5": {"when": None}}, ("begin", "end")),
    ],
)
def test_what_is_missing_is_named(changes: dict[str, dict[str, object]], missing: tuple[str, ...]) -> None:
    given = reckoned(**changes)
    assert given.pace
    assert given.pace.missing == missing
    assert given.pace.needed is None
    assert any("no pace is told" in n or "no more is told" in n for n in notes(given, Writer(tiny(), "x.md")))


def test_a_total_with_a_deadline_needs_no_beginning() -> None:
    given = reckoned(a5={"when": None}, a6={"per": None, "value": 60, "when": "../2033-05-01"})
    assert given.pace
    assert given.pace.so_far is None
    assert table(given)["Pace needed for the rest"] == "21 each year"


def test_a_total_with_a_duration_in_its_sentence() -> None:
    found = table(reckoned(a6={"per": None, "value": 60}))
    assert found["Target"] == "60 clinics"
    assert found["Pace needed for the rest"] == "14–16 each year"
    assert "2 May 2031" not in found  # no source states a rate


def test_bounds_go_into_the_pace() -> None:
    found = table(reckoned(b2={"bound": "at-least"}))
    assert found["Share of the target"] == "at least 30%"
    assert found["Pace so far"] == "at least 8 each year"
    assert found["Pace needed for the rest"] == "at most 16 each year"


@pytest.mark.parametrize("value", [60, 75])
def test_a_target_that_is_reached_has_no_pace(value: int) -> None:
    assert reckoned(b2={"value": value}).pace is None


def test_shares_have_no_pace() -> None:
    both = {"unit": "percent", "measure": "pupils"}
    found = pace.reckoned(briefing({"b2": both, "a6": {**both, "per": None, "value": 90}}))
    assert [r.pace for r in found if r.pair.target.unit == "percent"] == [None]


def test_a_duration_in_the_sentence_of_the_report_is_its_time() -> None:
    known = tiny()
    report = next(s for s in known.statements if s.fact.id == "figure-aaaaaaaab2")
    quote = "So far 18 clinics have opened in less than two years"
    took = Figure(id="figure-took", quote=quote, value=2, unit="year", bound="less-than")
    for words, said in ((quote, "more than 9 each year"), (quote.replace("in less", "for less"), "8–8.7 each year")):
        more = replace(report, fact=replace(took, quote=words))
        given = pace.reckoned(replace(known, statements=(*known.statements, more)))[0]
        assert table(given)["Pace so far"] == said


def test_events_that_disagree_tell_no_beginning() -> None:
    known = tiny()
    said = next(s for s in known.statements if s.fact.id == "event-aaaaaaaaa5")
    assert isinstance(said.fact, Event)
    first = replace(said, fact=replace(said.fact, id="event-s1", what="start", when="2029-03"))
    for when, begins in (("2029-03-11", "2029-03-11"), ("2029", "2029-03"), ("2029-04", None)):
        other = replace(said, fact=replace(said.fact, id="event-s2", what="launch", when=when))
        found = pace.reckoned(replace(known, statements=(*known.statements, first, other)))[0].pace
        assert found
        assert (found.begun.fact.when if found.begun else None) == begins


@pytest.mark.parametrize(
    ("a", "b", "months"),
    [
        (("2029-03-01", "2029-03-31"), ("2031-05-02", "2031-05-02"), (25, 27)),
        (("2031-01-01", "2031-01-01"), ("2033-01-01", "2033-01-01"), (24, 24)),
        (("2031-01-31", "2031-01-31"), ("2031-02-28", "2031-02-28"), (0, 1)),
        (("2031-01-15", "2031-01-15"), ("2031-02-14", "2031-02-14"), (0, 1)),
    ],
)
def test_months_between(a: tuple[str, str], b: tuple[str, str], months: tuple[int, int]) -> None:
    start, end = (Days(*map(date.fromisoformat, pair)) for pair in (a, b))
    found = between(start, end, "month")
    assert (found.low, found.high) == months


WHEN = st.sampled_from([None, "9999", "0001", "2029-03", "../9999-12-31", "2031-05-02", "2031/2035", "2029-21", "x"])


@given(
    begun=WHEN,
    due=WHEN,
    told=WHEN,
    unit=st.sampled_from(["year", "century", "quarter", "week", "day", "hour"]),
    value=st.sampled_from([0, 1, 2.5, 0.001, 1e9, 10**30]),
    bound=st.sampled_from([None, "at-least", "less-than", "about"]),
)
def test_no_dates_are_too_much(
    begun: str | None, due: str | None, told: str | None, unit: str, value: float, bound: str | None
) -> None:
    changes: dict[str, dict[str, object]] = {
        "a5": {"when": begun, "what": "start"},
        "a6": {"when": due, "per": unit},
        "a7": {"unit": unit, "value": value},
        "b2": {"when": told, "bound": bound},
    }
    for one in pace.reckoned(briefing(changes)):
        assert [row.number for row in rows(one, Writer(tiny(), "x.md")) if not row.number] == []
        notes(one, Writer(tiny(), "x.md"))


DAYS = st.dates(date(2000, 1, 1), date(2060, 1, 1))


@given(days=st.lists(DAYS, min_size=4, max_size=4).map(sorted))
def test_the_time_between_two_stretches_holds_that_between_their_days(days: list[date]) -> None:
    start, end = Days(days[0], days[1]), Days(days[2], days[3])
    for clock, of in (("day", 1.0), ("month", 31.0)):
        found = between(start, end, clock)
        assert found.low is not None
        assert found.high is not None
        assert found.low <= found.high
        assert float(found.low) * (28 if clock == "month" else 1) <= (days[2] - days[1]).days
        assert float(found.high) * of >= (days[3] - days[0]).days
