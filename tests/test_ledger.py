"""What came of what was ahead: cases, laws, and who looked ahead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from ahead import briefing, cases
from hypothesis import given
from hypothesis import strategies as st

from generator.aggregate.courses import Course, is_newer
from generator.aggregate.ledger import came, fingerprint, forecasters, ledger, near, standing
from generator.aggregate.watch import watch
from generator.check_outcomes import outcome_fits
from generator.link import Briefing

CASES = cases()


def made(case: Mapping[str, Any]) -> Briefing:
    return briefing(case["facts"], case.get("kinds"))


def course(found: Briefing, fact: str) -> Course:
    return ledger(found).by_statement[fact]


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[name for name, _ in CASES])
def test_cases(case: Mapping[str, Any]) -> None:
    found = made(case)
    by_id = {s.fact.id: s for s in found.statements}
    for fact, due in case["expect"].items():
        entry = course(found, fact)
        state, late = entry.state_at(by_id[fact])
        assert state == due["state"], f"{fact}: {entry}"
        if "days" in due:
            assert (late and [late.low, late.high]) == due["days"]
        assert "told" not in due or [s.fact.id for s in entry.told] == due["told"]
        assert entry.moves == due.get("moves", entry.moves)
        assert entry.timely is due.get("timely", entry.timely)
        assert entry.by_hand is due.get("by_hand", False)


FACTS = [fact for _, case in CASES for fact in case["facts"]]
WHENS = [None, "2031-05-01", "2031-06", "../2031-06-30", "2031-07-12/2031-07-20", "2032/.."]
TEXTS = ["Orel Bridge opens.", "The bridge opens.", "Linden Bridge opens.", "The opening of Orel Bridge is off."]


@st.composite
def some_facts(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Plans and reports of a few bridges, told on a few days."""
    count = draw(st.integers(2, 6))
    found = []
    for n in range(count):
        when = draw(st.sampled_from(WHENS))
        found.append(
            {
                "id": f"event-{n}",
                "told": draw(st.sampled_from(["2031-03-01", "2031-05-20", "2031-07-15", "2032-01-10"])),
                "what": draw(st.sampled_from(["opening", "cancellation", "postponement", "construction"])),
                "status": draw(st.sampled_from(["planned", "expected", "happened", "denied", "called-for"])),
                "text": draw(st.sampled_from(TEXTS)),
                **({"when": when} if when else {}),
                **({"where": [draw(st.sampled_from(["orel-bridge", "linden-bridge"]))]} if draw(st.booleans()) else {}),
            }
        )
    return found


def told(found: Briefing) -> dict[str, tuple[str, list[str]]]:
    return {id_: (c.state, [s.fact.id for s in c.told]) for id_, c in ledger(found).by_statement.items()}


@given(facts=some_facts(), order=st.randoms(use_true_random=False))
def test_the_order_of_files_changes_nothing(facts: list[dict[str, Any]], order: Any) -> None:
    first = briefing(facts)
    statements = list(first.statements)
    order.shuffle(statements)
    assert told(replace(first, statements=tuple(statements))) == told(first)


@given(facts=some_facts())
def test_nothing_is_matched_to_an_older_source(facts: list[dict[str, Any]]) -> None:
    for entry in ledger(briefing(facts)).entries:
        first = entry.first
        assert all(is_newer(s, first) for s in entry.told)
        assert [s.first.source.date for s in entry.stages] == sorted(s.first.source.date for s in entry.stages)


@given(facts=some_facts())
def test_each_thing_ahead_is_in_one_entry(facts: list[dict[str, Any]]) -> None:
    found = briefing(facts)
    ahead = [s.fact.id for s in found.current if getattr(s.fact, "status", "") in ("planned", "expected", "called-for")]
    held = [s.fact.id for entry in ledger(found).entries for s in entry.statements]
    assert len(held) == len(set(held))
    assert set(held) <= set(ahead)
    seen = watch(found)
    rows = (*seen.dated, *seen.undated, *seen.passed, *seen.targets, *seen.came)
    assert sorted(map(id, rows)) == sorted(map(id, ledger(found).entries)), "each stands on the watch list once"


@given(facts=some_facts(), data=st.data())
def test_kept_apart_nothing_is_linked(facts: list[dict[str, Any]], data: st.DataObject) -> None:
    linked = [(e.first, s) for e in ledger(briefing(facts)).entries for s in e.told if len(e.statements) == 1]
    if not linked:
        return
    plan, report = data.draw(st.sampled_from(linked))
    holder = data.draw(st.sampled_from([plan, report]))
    other = report if holder is plan else plan
    apart = [f | {"unrelated": [other.fact.id]} if f["id"] == holder.fact.id else f for f in facts]
    entry = ledger(briefing(apart)).by_statement[plan.fact.id]
    assert report.fact.id not in [s.fact.id for s in entry.told]


SEVERAL: Sequence[Mapping[str, Any]] = (
    {"id": "one", "told": "2031-03-01", "what": "opening", "status": "planned", "according-to": ["ana-kolar"], "where": ["orel-bridge"], "when": "2031-05-01", "text": "Orel Bridge will open on 1 May."},
    {"id": "two", "told": "2031-03-01", "what": "publication", "status": "planned", "according-to": ["ana-kolar"], "when": "../2031-12-31", "text": "A report on rail will be out this year."},
    {"id": "three", "told": "2031-03-01", "what": "strike", "status": "expected", "according-to": ["petra-noll"], "when": "2031-04", "text": "A strike of bakers is likely in April."},
    {"id": "done", "told": "2031-05-04", "what": "opening", "where": ["orel-bridge"], "when": "2031-05-03", "text": "Orel Bridge opened on Saturday."},
)  # fmt: skip


def test_who_looked_ahead() -> None:
    found = briefing(SEVERAL, {"ana-kolar": "person", "petra-noll": "person"})
    known = {f.entity.id: f for f in forecasters(found)}
    assert list(known) == ["ana-kolar", "petra-noll"]
    kolar = known["ana-kolar"]
    assert (len(kolar.entries), kolar.count("late"), kolar.count("open", "moved"), kolar.moved) == (2, 1, 1, 0)


def test_what_is_settled_is_no_longer_ahead() -> None:
    found = briefing(SEVERAL, {"ana-kolar": "person", "petra-noll": "person"})
    entries = ledger(found).entries
    assert [c.first.fact.id for c in came(entries)] == ["one"]
    assert [c.first.fact.id for c in near(entries)] == ["three", "two"]
    assert [s.fact.id for s in standing(found.current[:3], found)] == ["three", "two"]


def test_a_course_tells_its_first_words_and_its_last_window() -> None:
    entry = course(made(dict(CASES)["plans: moved, and then met by the second date"]), "plan")
    assert (entry.first.fact.id, entry.last.fact.id, entry.window_text) == ("plan", "again", "2031-06-01")
    assert entry.delay is None
    assert entry.since_first is not None
    assert entry.since_first.exact
    assert entry.since_first.low == 31


def test_check_tells_an_outcome_that_is_older_than_its_plan() -> None:
    facts = [
        {"id": "old", "told": "2031-03-01", "what": "opening", "text": "A gate opened."},
        {"id": "plan", "told": "2031-05-01", "what": "opening", "status": "planned", "outcome": ["old"], "text": "A gate will open."},
    ]  # fmt: skip
    (found,) = outcome_fits(briefing(facts))
    assert found.message == "outcome: old is of an older source than plan"


def test_a_fingerprint_tells_what_the_ledger_says_of_a_fact() -> None:
    found = briefing(SEVERAL)
    assert fingerprint("done", found) == b""
    assert fingerprint("one", found) == fingerprint("one", briefing(SEVERAL))
    untold = briefing(SEVERAL[:3])
    assert fingerprint("one", untold) != fingerprint("one", found)
    assert fingerprint("two", untold) == fingerprint("two", found)
    later = [fact | {"when": "2031-05-04"} if fact["id"] == "done" else fact for fact in SEVERAL]
    assert fingerprint("one", briefing(later)) != fingerprint("one", found)
