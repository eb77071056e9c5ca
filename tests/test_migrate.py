"""Formats come and go; what a person wrote in a file stays to the byte."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from builder import make
from edits import SOURCE, Hand, a_fact, extraction
from hypothesis import given
from hypothesis import strategies as st

from generator.base import parse_base
from generator.facts import parse_fact_file
from generator.merge import merge
from generator.migrate import line_before, migrated
from generator.model import SCHEMA, Edit
from generator.pipeline import generate
from generator.sheet import Edits, Sheet
from generator.yamlfile import Items, Scalar, Table, read_yaml


def root_of(text: str) -> Table:
    root, problems = read_yaml("f.yml", text)
    assert not problems
    assert isinstance(root, Table)
    return root


def dated_words(sheet: Sheet, root: Table) -> Edits:
    """A step as a later version may have it: a key is called otherwise, and so is a value."""
    listed = root.get("facts")
    assert listed
    items = listed.value.items if isinstance(listed.value, Items) else ()
    edits = []
    for fact in items:
        assert isinstance(fact, Table)
        for entry in fact.entries:
            if entry.name == "when":
                edits.append(Edit(entry.key.start, entry.key.end, "date"))
            if isinstance(entry.value, Scalar) and (entry.name, entry.value.value) == ("status", "planned"):
                edits.append(Edit(entry.value.start, entry.value.end, "intended"))
    return edits


MINE = """\
# mine\r
schema: '1'  # the version\r
source: {id: a, date: 2031}\r

facts:\r
- id: event-a\r
  status:   "planned" # perhaps\r
  # of the day\r
  when: |-\r
    2031\r
-   {id: event-b, status: happened, when: '2031', text: "when: planned"}"""


def test_a_step_changes_what_it_is_about_and_nothing_else() -> None:
    newer = migrated(MINE, root_of(MINE), 2, {1: dated_words})
    assert newer == (
        MINE.replace("'1'", "2")
        .replace('"planned" #', "intended #")
        .replace("  when: |-", "  date: |-")
        .replace(", when: '", ", date: '")
    )


def test_steps_follow_one_another() -> None:
    text = "# no version\nfacts:\n- id: a\n  when: 2031\n"
    newer = migrated(text, root_of(text), 3, {0: lambda *_: [], 1: dated_words, 2: lambda *_: []})
    assert newer == "# no version\nschema: 3\nfacts:\n- id: a\n  date: 2031\n"


@pytest.mark.parametrize("text", ["schema: 1\na: b\n", "schema: 2\n", "schema: one\n", "schema: []\n", "{}\n"])
def test_what_is_not_older_stays(text: str) -> None:
    assert migrated(text, root_of(text)) is None


def test_a_step_that_is_not_safe_is_not_made() -> None:
    text = "schema: 1\nfacts: []\n"
    assert migrated(text, root_of(text), 2, {1: lambda *_: None}) is None
    assert migrated(text, root_of(text), 2, {1: lambda *_: [Edit(0, 1, "&")]}) is None


@given(st.integers(0, 10**9), st.sampled_from(["", "crlf", "bom", "open"]))
def test_a_file_without_a_version_gets_one_and_loses_nothing(seed: int, style: str) -> None:
    rng = random.Random(seed)
    hand = Hand(merge(None, None, extraction([a_fact(rng, place) for place in range(3)])).text)
    for _ in range(6):
        hand.edit(rng)
    whole = hand.text.replace("\n", "\r\n") if style == "crlf" else hand.text
    whole = "\ufeff" + whole if style == "bom" else whole
    whole = whole.rstrip("\n") if style == "open" else whole
    number = f"schema: {SCHEMA}" + ("\r\n" if style == "crlf" else "\n")
    assert number in whole
    without = whole.replace(number, "", 1)
    file, problems = parse_fact_file(f"site_src/facts/{SOURCE.id}.yml", without)
    assert file
    assert problems == []
    assert (file.text, file.before, file.seen) == (whole, without, without)


@pytest.mark.parametrize(
    ("text", "newer"),
    [
        ("{source: {}}", "{schema: 1, source: {}}"),
        ("\ufeff# c\n  source: a\n", "\ufeff# c\n  schema: 1\n  source: a\n"),
        ("\ufeffsource: a", "\ufeffschema: 1\nsource: a"),
        ("schema:\nsource: a\n", "schema: 1\nsource: a\n"),
    ],
)
def test_where_the_version_goes(text: str, newer: str) -> None:
    assert migrated(text, root_of(text)) == newer


def test_a_build_writes_the_version_and_keeps_the_edits(tmp_path: Path) -> None:
    root = make(tmp_path)
    generate(root)
    path = next((root / "site_src/facts").glob("*.yml"))
    mine = path.read_text().replace("review: unreviewed", "review: confirmed   # seen", 1)
    path.write_text(mine.replace("schema: 1\n", "", 1))
    assert path.relative_to(root).as_posix() in generate(root, write=False).changed
    report = generate(root)
    assert path.read_text() == mine
    assert [found for found in report.problems if found.path.startswith("site_src/facts")] == []
    assert generate(root).changed == ()


def test_problems_of_a_file_that_stays_are_told_where_they_stand(tmp_path: Path) -> None:
    root = make(tmp_path)
    generate(root)
    path = next((root / "site_src/facts").glob("*.yml"))
    text = path.read_text().replace("schema: 1\n", "", 1).replace("facts:\n", "fcts:\n", 1)
    path.write_text(text)
    told = [found for found in generate(root).problems if "fcts" in found.message]
    assert [(p.line, p.entry) for p in told] == [(text.split("\n").index("fcts:") + 1, "fcts:")]
    assert path.read_text() == text


@pytest.mark.parametrize(("line", "was"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 4), (6, 5)])
def test_lines_before_and_after(line: int, was: int) -> None:
    assert line_before("a\nb\nc\nd\ne", "a\nnew\nb\nc\nX\ne", line) == was


def test_a_base_takes_the_steps_and_one_of_a_later_program_is_left(tmp_path: Path) -> None:
    first = merge(None, None, extraction([a_fact(random.Random(1), 0)]))
    base, _ = parse_base("b.yml", first.base_text)
    older, problems = parse_base("b.yml", first.base_text.replace("schema: 1\n", "", 1))
    assert problems == []
    assert older == base
    newer, problems = parse_base("b.yml", first.base_text.replace("schema: 1\n", f"schema: {SCHEMA + 1}\n", 1))
    assert newer is None
    assert [p.check for p in problems] == ["schema-version"]
    assert f"schema {SCHEMA + 1} was written by a later version" in problems[0].message
    assert replace(problems[0], line=1, column=1) == problems[0]
