"""Merging: one case a file for each outcome that people rely on, and laws that hold for any edit."""

from __future__ import annotations

import os
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from edits import SOURCE, a_fact, based, clean, extraction, later, no_edit_is_lost, parsed
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.merge import Merged, merge
from generator.model import FACT_TYPES, Entity, Event, Extraction, Found, Span, mapping

EXAMPLES = int(os.environ.get("EXAMPLES", "100"))
"""Generated files, each with edits and later readings; `make soak` asks for 20,000."""
CASES = sorted((Path(__file__).parent / "cases" / "merge").glob("*.yml"))


def found(values: Mapping[str, Any]) -> Found:
    """A fact of a case: `at` is its span."""
    start, end = values["at"]
    fields = {name.replace("-", "_"): value for name, value in values.items() if name != "at"}
    fields = {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}
    return Found(fact=FACT_TYPES[values["kind"]](**fields), span=Span(start, end), rule="r")


def read(facts: Sequence[Mapping[str, Any]], sha256: str = SOURCE.sha256) -> Extraction:
    return Extraction(source=replace(SOURCE, sha256=sha256), facts=tuple(map(found, facts)), candidates=())


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    """`before` is what the machine stated first; `edits` are replacements in its file; `now` is the new extraction.

    `facts` is the facts part of the file afterwards; `conflicts` are `fact/key: ours | theirs (rule)`.
    """
    case = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    case = _typed(case)
    first = merge(None, None, read(case["before"]))
    text = first.text
    for edit in case.get("edits", ()):
        assert edit["find"] in text, f"the file has no {edit['find']!r}"
        text = text.replace(edit["find"], edit["put"], 1)
    base = None if case.get("base") == "missing" else based(first.base_text)
    now = read(case["now"], case.get("sha256", SOURCE.sha256))
    merged = merge(None if case.get("file") == "missing" else parsed(text), base, now)
    assert merged.text.partition("facts:")[2].lstrip("\n ") == case["facts"]
    assert [_told(merged, n) for n in range(len(merged.conflicts))] == case.get("conflicts", [])
    for name in ("new", "changed", "removed"):
        assert list(getattr(merged, name)) == case.get(name, []), name
    if "problems" in case:
        assert [str(told) for told in merged.problems] == case["problems"]
    again = merge(parsed(merged.text), based(merged.base_text), now)
    assert (again.text, again.base_text, again.conflicts) == (merged.text, merged.base_text, merged.conflicts)


def _typed(case: Any) -> Any:
    """Numbers where the cases need them: everything else is text, as in fact files."""
    for facts in (case["before"], case["now"]):
        for fact in facts or ():
            fact["at"] = [int(n) for n in fact["at"]]
            if "value" in fact:
                fact["value"] = int(fact["value"])
    return case


def _told(merged: Merged, n: int) -> str:
    def side(value: str | tuple[str, ...] | None) -> str:
        return "-" if value is None else ", ".join(value) if isinstance(value, tuple) else value

    c = merged.conflicts[n]
    return f"{c.fact}/{c.key}: {side(c.ours)} | {side(c.theirs)} ({c.rule})"


@settings(max_examples=EXAMPLES, deadline=None, derandomize=True)
@given(st.integers(0, 10**9))
def test_no_edit_is_lost(seed: int) -> None:
    """Whatever a person does to a file, and whatever a later extractor makes of the text, twice over."""
    no_edit_is_lost(random.Random(seed))


@settings(max_examples=EXAMPLES, deadline=None, derandomize=True)
@given(st.integers(0, 10**9))
def test_where_nobody_edits_the_file_says_what_the_machine_says(seed: int) -> None:
    rng = random.Random(seed)
    facts = [a_fact(rng, place) for place in sorted(rng.sample(range(12), 5))]
    first = merge(None, None, extraction(facts))
    facts = later(rng, facts)
    merged = merge(clean(first.text), based(first.base_text), extraction(facts))
    stated = [{k: v for k, v in mapping(f.fact).items() if k != "id"} for f in extraction(facts).facts]
    written = [{k: v for k, v in mapping(f).items() if k != "id"} for f in clean(merged.text).facts]
    assert written == stated
    assert merged.conflicts == ()


VISIT = Event(id="event-a", what="visit", status="happened", quote="the mayor came", when="2031-05", text="She came.")
ONE = extraction([Found(fact=VISIT, span=Span(0, 14), rule="r")])


def with_when(when: str) -> Extraction:
    return extraction([Found(fact=replace(VISIT, when=when), span=Span(0, 14), rule="r")])


def test_a_value_stays_a_persons_although_the_machine_agreed_for_a_while() -> None:
    first = merge(None, None, ONE)
    mine = first.text.replace("when: 2031-05", "when: 2031-06")
    agreed = merge(clean(mine), based(first.base_text), with_when("2031-06"))
    moved = merge(clean(agreed.text), based(agreed.base_text), with_when("2031-07"))
    assert "when: 2031-06" in moved.text
    assert [(c.key, c.ours, c.theirs) for c in moved.conflicts] == [("when", "2031-06", "2031-07")]


def test_a_conflict_is_told_until_it_is_settled_by_taking_the_machines_value() -> None:
    first = merge(None, None, ONE)
    mine = first.text.replace("when: 2031-05", "when: 2031-06")
    told = merge(clean(mine), based(first.base_text), with_when("2031-07"))
    still = merge(clean(told.text), based(told.base_text), with_when("2031-07"))
    assert still.conflicts == told.conflicts != ()
    taken = merge(clean(still.text.replace("2031-06", "2031-07")), based(still.base_text), with_when("2031-07"))
    assert taken.conflicts == ()
    moved = merge(clean(taken.text), based(taken.base_text), with_when("2031-08"))
    assert "when: 2031-08" in moved.text


SLIP = ("status: happened", "status: hapened")
RENAMED = ("id: event-a", "id: event-mine")


@pytest.mark.parametrize(
    ("edit", "between", "back"),
    [
        (SLIP, ONE, SLIP[::-1]),
        (None, extraction([]), None),
        (RENAMED, ONE, None),
        (RENAMED, extraction([]), None),
        (
            ("kind: event\n  what: visit", "kind: quotation\n  words: x"),
            None,
            ("kind: quotation\n  words: x", "kind: event\n  what: visit"),
        ),
    ],
)
def test_an_open_conflict_stays_open_whatever_happens_meanwhile(
    edit: tuple[str, str] | None, between: Extraction | None, back: tuple[str, str] | None
) -> None:
    first = merge(None, None, ONE)
    mine = first.text.replace("when: 2031-05", "when: 2030")
    told = merge(clean(mine), based(first.base_text), with_when("2031-07"))
    (asked,) = told.conflicts
    text = told.text.replace(*edit) if edit else told.text
    text = text.replace("  status: happened\n", "") if edit and "words" in edit[1] else text
    meanwhile = merge(
        parsed(text), based(told.base_text), with_when("2031-07") if between is None or between is ONE else between
    )
    assert any(c.key == "when" and c.theirs == "2031-07" for c in meanwhile.conflicts)
    text = meanwhile.text.replace(*back) if back else meanwhile.text
    text = (
        text.replace("  what: visit\n", "  what: visit\n  status: happened\n") if edit and "words" in edit[1] else text
    )
    after = merge(clean(text), based(meanwhile.base_text), with_when("2031-07"))
    assert [(c.key, c.ours, c.theirs) for c in after.conflicts] == [(asked.key, asked.ours, asked.theirs)]
    assert "when: 2030" in after.text


def test_a_renamed_fact_is_the_persons_and_the_question_about_it_stays() -> None:
    first = merge(None, None, ONE)
    mine = first.text.replace(*RENAMED)
    gone = merge(clean(mine), based(first.base_text), extraction([]))
    assert (gone.removed, [(c.fact, c.rule) for c in gone.conflicts]) == ((), [("event-mine", "no-longer-extracted")])
    taken_back = extraction([], replace(SOURCE, sha256="c1"))
    asked = merge(clean(first.text), based(first.base_text), taken_back)
    still = merge(clean(asked.text.replace(*RENAMED)), based(asked.base_text), taken_back)
    assert (still.removed, [(c.fact, c.rule) for c in still.conflicts]) == ((), [("event-mine", "no-longer-extracted")])


def test_a_fact_of_ones_own_in_the_words_of_a_deleted_one_is_no_new_name_for_it() -> None:
    first = merge(None, None, ONE)
    own = first.text.replace(*RENAMED).replace("text: She came.", "text: The mayor paid us a visit.\n  where: [port]")
    own = own.replace("  when: 2031-05\n", "").replace("  review: unreviewed\n", "")
    merged = merge(clean(own), based(first.base_text), ONE)
    assert {known.id for known in based(merged.base_text).facts} == {"event-a"}
    assert (merged.text, merged.new) == (own, ())


def test_names_that_a_person_took_out_with_their_key_stay_out() -> None:
    def who(*names: str) -> Extraction:
        return extraction([Found(fact=replace(VISIT, who=names), span=Span(0, 14), rule="r")])

    first = merge(None, None, who("a"))
    mine = first.text.replace("  who: [a]\n", "")
    merged = merge(clean(mine), based(first.base_text), who("b"))
    assert "who:" not in merged.text
    assert [(c.key, c.ours, c.theirs, c.rule) for c in merged.conflicts] == [("who", None, ("b",), "deleted-key")]
    once_more = merge(clean(merged.text), based(merged.base_text), who("b", "c"))
    assert "who:" not in once_more.text
    again = merge(
        clean(once_more.text.replace("  when:", "  who: [d]\n  when:")), based(once_more.base_text), who("b", "e")
    )
    assert "who: [d, e]" in again.text


def test_a_deleted_fact_stays_deleted_when_its_words_are_corrected() -> None:
    long = replace(VISIT, quote="the mayor of Dray came to the norhtern port")
    first = merge(None, None, extraction([Found(fact=long, span=Span(0, 43), rule="r")]))
    text = first.text.partition("- id: event-a")[0].replace("facts:\n", "facts: []\n")
    words = replace(VISIT, id="event-b", quote="the mayor of Dray came to the northern port")
    now = extraction([Found(fact=words, span=Span(3, 20), rule="r")], replace(SOURCE, sha256="c1"))
    assert merge(clean(text), based(first.base_text), now).new == ()
    other = extraction([Found(fact=replace(words, what="opening"), span=Span(3, 20), rule="r")], now.source)
    assert merge(clean(text), based(first.base_text), other).new == ("event-b",)


def test_a_fact_with_other_words_is_another_fact_and_all_of_it_the_persons() -> None:
    first = merge(None, None, ONE)
    mine = first.text.replace("quote: the mayor came", "quote: a bridge was opened").replace(
        "text: She came.", "text: Opened."
    )
    planned = Found(fact=replace(VISIT, status="planned"), span=Span(0, 14), rule="r")
    merged = merge(clean(mine), based(first.base_text), extraction([planned]))
    assert (merged.text, merged.new, merged.changed) == (mine, (), ())


def test_a_deleted_fact_that_comes_and_goes_stays_deleted() -> None:
    first = merge(None, None, ONE)
    text = first.text.partition("- id: event-a")[0].replace("facts:\n", "facts: []\n")
    gone = merge(clean(text), based(first.base_text), extraction([]))
    back = merge(clean(gone.text), based(gone.base_text), ONE)
    assert (back.text, back.new) == (text, ())


def test_a_deleted_file_stays_without_its_facts_and_says_so() -> None:
    first = merge(None, None, ONE)
    other = Found(fact=Event(id="event-b", what="opening", status="planned", quote="x"), span=Span(50, 60), rule="r")
    merged = merge(None, based(first.base_text), extraction([*ONE.facts, other]))
    assert [fact.id for fact in clean(merged.text).facts] == ["event-b"]
    assert [p.check for p in merged.problems] == ["file-deleted"]


def test_a_broken_file_or_base_is_left_alone() -> None:
    first = merge(None, None, ONE)
    torn = parsed("facts: [")
    assert torn.broken
    merged = merge(torn, based(first.base_text), ONE)
    assert (merged.text, merged.written) == ("facts: [", False)
    merged = merge(clean(first.text), replace(based(first.base_text), broken=True), with_when("2031-07"))
    assert (merged.text, merged.written) == (first.text, False)


def test_a_fact_that_cannot_be_read_is_neither_deleted_nor_written_again() -> None:
    first = merge(None, None, ONE)
    slip = first.text.replace("status: happened", "status: hapened")
    merged = merge(parsed(slip), based(first.base_text), with_when("2031-07"))
    assert (merged.text, merged.new) == (slip, ())
    mended = merge(clean(first.text), based(merged.base_text), with_when("2031-07"))
    assert "when: 2031-07" in mended.text


def test_candidates_are_remembered_once_facts_use_them() -> None:
    used, inside, idle = (
        Entity(id=id_, name=id_, kind="city", in_=in_) for id_, in_ in (("a", "b"), ("b", None), ("c", None))
    )
    who = replace(VISIT, who=("a",))
    found = replace(extraction([Found(fact=who, span=Span(0, 14), rule="r")]), candidates=(used, inside, idle))
    first = merge(None, None, found)
    assert based(first.base_text).entities == ("a", "b")
    later = merge(clean(first.text), based(first.base_text), ONE)
    assert based(later.base_text).entities == ("a", "b")
    cut = merge(clean(first.text.replace("  who: [a]\n", "")), replace(based(first.base_text), entities=()), found)
    assert based(cut.base_text).entities == ()


def test_what_a_person_says_of_the_source_stands_and_its_hash_is_the_machines() -> None:
    first = merge(None, None, ONE)
    text = first.text.replace("publisher: arc", "publisher: orb-press  # really\n  title: Mine")
    source = replace(SOURCE, title="Theirs", url="https://arc.example/1", sha256="b2", publisher="arc-wire")
    merged = merge(clean(text), based(first.base_text), replace(ONE, source=source))
    assert clean(merged.text).source == replace(source, publisher="orb-press", title="Mine")
    assert "publisher: orb-press  # really\n" in merged.text
    assert sorted((c.fact, c.key, c.theirs) for c in merged.conflicts) == [
        ("source", "publisher", "arc-wire"), ("source", "title", "Theirs"),
    ]  # fmt: skip


def test_an_edit_that_cannot_be_spliced_is_withheld_and_tried_again() -> None:
    first = merge(None, None, ONE)
    flow = (
        first.text.partition("facts:")[0]
        + "facts: [{"
        + ", ".join(f"{k}: {v}" for k, v in mapping(VISIT).items())
        + "}]\n"
    )
    other = Found(fact=Event(id="event-b", what="opening", status="planned", quote="x"), span=Span(50, 60), rule="r")
    two = extraction([*with_when("2031-07").facts, other])
    merged = merge(clean(flow), based(first.base_text), two)
    assert merged.text == flow.replace("when: 2031-05", "when: 2031-07")
    assert [(c.fact, c.rule) for c in merged.conflicts] == [("event-b", "withheld")]
    again = merge(clean(merged.text), based(merged.base_text), two)
    assert (again.text, again.base_text, again.conflicts) == (merged.text, merged.base_text, merged.conflicts)
