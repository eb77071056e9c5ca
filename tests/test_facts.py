"""Fact files: text to records and back; what is wrong, and where."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from edits import SOURCE, a_fact

from generator.base import Base, Conflict, Known, parse_base, read_bases, write_base
from generator.facts import fact_id, parse_fact_file, read_fact_files, write_fact_file
from generator.model import Assessment, Event, Figure, Quotation, Role

CASES = sorted((Path(__file__).parent / "cases" / "facts").glob("*.yml"))
PATH = f"site_src/facts/{SOURCE.id}.yml"
PLAIN = Event(id="event-a", what="visit", status="happened", quote="the mayor came")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    """Each case: a file's text, the ids that are read, those left out, and every problem."""
    case = yaml.safe_load(path.read_text("utf-8"))
    file, problems = parse_fact_file(PATH, case["file"])
    assert [str(p).splitlines()[0].removeprefix(PATH + ":") for p in problems] == case.get("problems", [])
    assert (file is not None and file.broken) == case.get("broken", False)
    if file:
        assert file.text == case["file"]
        assert [fact.id for fact in file.facts] == case.get("facts", [])
        assert sorted(file.bad_ids) == case.get("left-out", [])
        assert file.nameless == case.get("nameless", 0)


@pytest.mark.parametrize("seed", range(150))
def test_what_is_written_is_read(seed: int) -> None:
    rng = random.Random(seed)
    facts = [a_fact(rng, place).fact for place in range(rng.randrange(6))]
    file, problems = parse_fact_file(PATH, write_fact_file(SOURCE, facts))
    assert not problems
    assert file
    assert (file.source, list(file.facts)) == (SOURCE, facts)


def test_a_new_file_is_pleasant_to_read() -> None:
    event = replace(PLAIN, who=("mayor-reed", "no"), when="2031-05-01", text="The mayor came: late", note="# 1")
    role = Role(id="role-b", title="Mayor", org="city-of-ellery", who=("mayor-reed",), quote='"our" mayor, Reed')
    assert write_fact_file(SOURCE, [event, role]) == (
        "# yaml-language-server: $schema=../schema/source.json\n"
        "schema: 1\n"
        "source:\n"
        "  id: 2031-05-02-dredging-begins\n"
        "  date: 2031-05-02\n"
        "  publisher: arc\n"
        "  seed: a.txt\n"
        "  sha256: a1b2\n"
        "facts:\n"
        "- id: event-a\n"
        "  kind: event\n"
        "  what: visit\n"
        '  text: "The mayor came: late"\n'
        '  who: [mayor-reed, "no"]\n'
        "  when: 2031-05-01\n"
        "  status: happened\n"
        "  quote: the mayor came\n"
        '  note: "# 1"\n'
        "  review: unreviewed\n"
        "- id: role-b\n"
        "  kind: role\n"
        "  title: Mayor\n"
        "  org: city-of-ellery\n"
        "  who: [mayor-reed]\n"
        "  quote: '\"our\" mayor, Reed'\n"
        "  review: unreviewed\n"
    )


def test_every_kind_is_read_with_its_types() -> None:
    facts = [
        PLAIN,
        Figure(id="figure-a", value=2.5, high=3, unit="EUR", bound="at-least", role="target", quote="q"),
        Quotation(id="quotation-a", words="No.", speaker="reed", quote="q", nth=2),
        Assessment(id="assessment-a", hedge="may", by=("reed",), likelihood="unlikely", quote="q"),
        Role(id="role-a", title="Mayor", quote="q", review="confirmed", reviewed_by="K", reviewed_on="2031-06"),
    ]
    file, problems = parse_fact_file(PATH, write_fact_file(SOURCE, facts))
    assert (file and list(file.facts), problems) == (facts, [])


def test_marks_lead_to_facts_and_keys() -> None:
    file, _ = parse_fact_file(PATH, write_fact_file(SOURCE, [PLAIN]))
    assert file
    places = {name: (file.marks[name].line, file.marks[name].column) for name in ("event-a", "event-a/status")}
    assert places == {"event-a": (10, 3), "event-a/status": (13, 11)}
    assert (file.marks["source"].line, file.marks["source/publisher"].line) == (3, 6)


def test_ids_are_short_stable_and_differ_by_rank() -> None:
    first = fact_id("s", "event", "words", 0)
    assert first == fact_id("s", "event", "words", 0) == "event-lxwl33zelk"
    assert first != fact_id("s", "event", "words", 1)


def test_a_folder_is_read_by_source_and_bad_files_are_not_forgotten(tmp_path: Path) -> None:
    good = write_fact_file(SOURCE, [PLAIN])
    (tmp_path / "2031-05-02-dredging-begins.yml").write_text(good)
    (tmp_path / "2031-05-03-torn.yml").write_bytes(b"a: [\n")
    (tmp_path / "2031-05-04-bytes.yml").write_bytes(b"source: \xff\n")
    (tmp_path / "2031-05-05-copy.yml").write_text(good)
    (tmp_path / "notes.yml").write_text("")
    files, problems = read_fact_files(tmp_path)
    assert {id_: file.broken for id_, file in files.items()} == {
        SOURCE.id: False, "2031-05-03-torn": True, "2031-05-04-bytes": True,
    }  # fmt: skip
    assert [(p.path.rpartition("/")[2], p.line) for p in problems] == [
        ("2031-05-03-torn.yml", 2), ("2031-05-04-bytes.yml", 1), ("2031-05-05-copy.yml", 4), ("notes.yml", 1),
    ]  # fmt: skip


def test_a_missing_folder_holds_nothing(tmp_path: Path) -> None:
    assert read_fact_files(tmp_path / "none") == ({}, [])
    assert read_bases(tmp_path / "none") == ({}, [])


@pytest.mark.parametrize("seed", range(40))
def test_a_base_is_read_as_it_was_written(seed: int) -> None:
    rng = random.Random(seed)
    known = tuple(
        Known(found=a_fact(rng, place), held=("text", "when"), added={"who": ("no", "b")}, dropped={"where": ("c",)})
        for place in range(rng.randrange(4))
    )
    clash = Conflict(source=SOURCE.id, fact="event-a", key="who", ours=None, theirs=("a", "no"), rule="edited")
    base = Base(source=SOURCE, sha256="12", facts=known, entities=("no",), held=("title",), conflicts=(clash,))
    assert parse_base("b.yml", write_base(base)) == (base, [])


def test_a_base_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(write_base(Base(source=SOURCE, sha256="1")).replace('sha256: "1"\n', "", 1))
    (tmp_path / "b.yml").write_text("<<<<<<< HEAD\n")
    whole = write_base(Base(source=replace(SOURCE, id="c", title="Port"), sha256="1")).encode()
    (tmp_path / "c.yml").write_bytes(whole.replace(b"Port", b"P\xf6rt"))
    bases, problems = read_bases(tmp_path)
    assert {name: base.broken for name, base in bases.items()} == {"a": True, "b": True, "c": True}
    assert len(problems) == 3
    assert bases["c"].source.seed == SOURCE.seed, "its article is not taken for a new one"
