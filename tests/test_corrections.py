"""What people did with facts, told from the fact and the machine's reading alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tiny import tiny, with_policy

from generator import telling
from generator.aggregate.corrections import Correction, Turn, corrections
from generator.link import Briefing
from generator.model import Fact, Found, Span
from generator.statement import Statement

FIRST, SECOND = tiny().sources
MEETING = "event-baaaaaaaa6"


def read(briefing: Briefing, source: str = SECOND, **other: Fact | None) -> Briefing:
    """A briefing whose machine read a source just so, but for some facts: with other values, or not at all."""
    facts = {s.fact.id: s.fact for s in briefing.by_source[source]}
    stated = {id_: other.get(id_.replace("-", "_"), fact) for id_, fact in facts.items()}
    found = {id_: Found(fact=replace(fact, review="unreviewed", reviewed_by=None, reviewed_on=None), span=Span(0, 1), rule="r") for id_, fact in stated.items() if fact}  # fmt: skip
    written = replace(briefing.files[source], facts=tuple(s.fact for s in briefing.by_source[source]))
    files = {**briefing.files, source: written}
    return replace(briefing, readings={**briefing.readings, source: found}, files=files)


def plain(found: tuple[Correction, ...]) -> list[tuple[str, str, bool, bool]]:
    return [(c.fact[-2:], c.review, c.added, c.deleted) for c in found]


def test_facts_as_they_are_read_are_no_corrections_but_reviews_are() -> None:
    assert plain(corrections(SECOND, read(tiny()))) == [("a2", "disputed", False, False), ("a7", "retracted", False, False)]  # fmt: skip


def test_the_facts_of_a_source_that_was_never_read_are_nobodys_corrections() -> None:
    assert plain(corrections(FIRST, tiny())) == [("a3", "confirmed", False, False)]
    assert corrections(FIRST, tiny())[0].on == "2031-05-21"


def of(source: str) -> Statement:
    """A statement of a source."""
    return tiny().by_source[source][0]


def meeting() -> Fact:
    return next(s.fact for s in tiny().statements if s.fact.id == MEETING)


def test_keys_that_differ_are_told_with_both_values() -> None:
    stated = replace(meeting(), when="2031-07", about=("clinics-council-2031", "lantern-clinics"), note="x", text="")
    (first, made, last) = corrections(SECOND, read(tiny(), event_baaaaaaaa6=stated))
    assert (first.turns, last.turns) == ((), ())
    assert made.turns == (
        Turn("text", None, "The council meeting has been moved to 24 June 2031."),
        Turn("about", ["clinics-council-2031", "lantern-clinics"], ["clinics-council-2031"]),
        Turn("when", "2031-07", "2031-06-24"),
        Turn("note", "x", None),
    )


def test_a_fact_that_is_not_read_was_added() -> None:
    assert ("a6", "", True, False) in plain(corrections(SECOND, read(tiny(), event_baaaaaaaa6=None)))


def test_a_fact_that_is_read_and_not_there_was_deleted() -> None:
    briefing = read(tiny())
    file = briefing.files[SECOND]
    without = replace(file, facts=tuple(f for f in file.facts if f.id != MEETING))
    gone = tuple(s for s in briefing.statements if s.fact.id != MEETING)
    briefing = replace(briefing, files={**briefing.files, SECOND: without}, statements=gone)
    (*_, last) = corrections(SECOND, briefing)
    assert (last.fact, last.kind, last.statement, last.deleted, last.on) == (MEETING, "event", None, True, None)


@pytest.mark.parametrize("why", [{"broken": True}, {"nameless": 1}, {"bad_ids": frozenset({MEETING})}])
def test_what_cannot_be_read_was_not_deleted(why: dict[str, object]) -> None:
    briefing = read(tiny())
    file = briefing.files[SECOND]
    without = replace(file, facts=tuple(f for f in file.facts if f.id != MEETING), **why)  # type: ignore[arg-type]
    gone = tuple(s for s in briefing.statements if s.fact.id != MEETING)
    briefing = replace(briefing, files={**briefing.files, SECOND: without}, statements=gone)
    assert not any(c.deleted for c in corrections(SECOND, briefing))


@pytest.mark.parametrize(
    ("key", "given", "told"),
    [
        ("when", "2031-06-11/2031-06-20", "11–20 June 2031"),
        ("who", ["i-varga", "nobody"], "Ines Varga, nobody"),
        ("speaker", "ines-varga", "Ines Varga"),
        ("value", 1140, "1,140"),
        ("status", "called-for", "called for"),
        ("quote", "two officials said", "“two officials said”"),
        ("when-words", "on Monday", "“on Monday”"),
        ("note", "Seen.", "Seen."),
    ],
)
def test_values_in_words(key: str, given: object, told: str) -> None:
    assert telling.value(key, given, of(SECOND), tiny()) == told


def test_words_are_told_as_far_as_they_are_published() -> None:
    run = " ".join(tiny().seeds[FIRST].text.split('"')[0].split()[:40])
    told = telling.value("text", run, of(FIRST), tiny())
    assert told.endswith(" …”")
    assert len(told.split()) == 26
    for key in ("quote", "words", "when-words"):
        assert telling.value(key, "on Monday", of(FIRST), with_policy("none")) == "words not published here"
    assert telling.value("text", run, of(FIRST), with_policy("none")) == "words not published here"
    assert telling.value("text", "My own words.", of(FIRST), with_policy("none")) == "“My own words.”"


@pytest.mark.parametrize(
    ("turn", "told"),
    [
        (Turn("when", "2031-07", "2031-06-24"), "when: July 2031 → 24 June 2031"),
        (Turn("when-words", None, "in July"), "when words added: “in July”"),
        (Turn("who", ["ines-varga"], None), "who removed: Ines Varga"),
    ],
)
def test_what_was_done_in_words(turn: Turn, told: str) -> None:
    assert telling.turned(turn, of(SECOND), tiny()) == told
