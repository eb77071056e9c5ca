"""How a fact was read, told from what the machine keeps of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tiny import tiny

from generator.aggregate.accounts import Account, Dating, account, dating
from generator.edtf import parse
from generator.extract.segment import segment
from generator.extract.times import find_times
from generator.lexicon import packaged_lexicons
from generator.link import Briefing
from generator.model import Found, Span
from generator.passage_writer import PassageWriter
from generator.statement import Statement
from generator.writer import Writer

PROOF = (
    "Wednesday: the last Wednesday before 2031-05-02, a Friday; the clause tells the past → 2031-04-30 (weekday-past)"
)


def read(proof: str = PROOF, **other: Any) -> tuple[Statement, Briefing]:
    """The opening of the tiny briefing, and the briefing in which a machine read it with other values."""
    known = tiny()
    (statement,) = [s for s in known.statements if s.fact.id == "event-aaaaaaaaa3"]
    found = Found(fact=replace(statement.fact, **other), span=Span(0, 9), rule="event-verb-happened", proof=proof)
    return statement, replace(known, readings={statement.source.id: {statement.fact.id: found}})


def test_a_date_is_taken_apart() -> None:
    told = "the last Wednesday before 2031-05-02, a Friday; the clause tells the past"
    assert dating(PROOF) == Dating("Wednesday", told, "2031-04-30", "weekday-past")
    assert dating("soon: too vague for a date → no date (away)") == Dating("soon", "too vague for a date", "", "away")
    assert dating("Wednesday: the last one before 2031-05-02, a Friday") is None  # as older programs wrote it
    assert dating("") is None


@pytest.mark.parametrize(
    "words", ["on Wednesday", "by the end of the year", "in mid-June", "early next year", "three weeks ago"]
)
def test_what_the_machine_writes_can_be_taken_apart(words: str) -> None:
    lexicons = packaged_lexicons()
    (time,) = find_times(segment(f"The mill opened {words}.", lexicons), "2031-05-02", lexicons)
    told = dating(time.account)
    assert told
    assert (told.when, told.rule) == (time.when, time.rule)
    assert told.words in words
    assert parse(told.when)


def test_what_a_person_changed_is_by_hand() -> None:
    assert account(*read()) == Account("event-verb-happened", dating(PROOF), ())
    changed = account(*read(when="2031-04-23", who=(), note="x", review="unreviewed"))
    assert changed.by_hand == (("who", None), ("when", "2031-04-23"))


def test_a_fact_that_no_rule_reads_is_a_persons() -> None:
    statement, _ = read()
    assert account(statement, tiny()) == Account("", None, ())


def details(statement: Statement, briefing: Briefing) -> str:
    return PassageWriter(Writer(briefing, "sources/x.md"), statement.source).details(statement)


def test_the_proof_on_the_page() -> None:
    told = details(*read(when="2031-04-23", text="Something else.", what="visit"))
    assert (
        '*Date* “Wednesday” → [30 April 2031](#){ .time datetime="2031-04-30" }: the last Wednesday before Friday, '
        "2 May 2031; the clause tells the past (rule `weekday-past`)"
    ) in told
    assert "*Read* by machine, rule `event-verb-happened`" in told
    assert "what (the machine reads visit), text, when (the machine reads [23 April 2031]" in told
    assert "Something else" not in told
    statement, _ = read()
    assert "*Written* by a person" in details(statement, tiny())


def test_where_no_words_are_published_a_proof_has_none() -> None:
    statement, briefing = read()
    told = details(statement, replace(briefing, settings=replace(briefing.settings, publish_source_text="none")))
    assert '*Date* [30 April 2031](#){ .time datetime="2031-04-30" }, by rule `weekday-past`' in told
    assert "Wednesday" not in told
