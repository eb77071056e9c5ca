"""The registry and the topics: what is read, what is wrong, and how candidates are put in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.lexicon import packaged_lexicons
from generator.model import Entity
from generator.problems import Problem
from generator.registry import (
    entity_file,
    family,
    parse_entries,
    parse_registry_file,
    parse_topics,
    read_registry,
    read_registry_files,
    read_topics,
    registry_marks,
)
from generator.registry_adding import add_candidates, added_to
from generator.registry_entries import Entries, Row
from generator.store import Store

PORT = Entity(id="port-ellery", name="Port Ellery", kind="city", aka=("Ellery", "no"), in_="arcland")


def told(problems: list[Problem]) -> list[str]:
    return [f"{p.line}:{p.column} {p.message}" + (f"; {p.valid}" if p.valid else "") for p in problems]


def test_an_entry_is_read() -> None:
    file, problems = parse_registry_file(
        "places.yml",
        "port-ellery:\n  name: Port Ellery\n  kind: city\n  aka: Ellery\n  in: arcland\n  at: [39.5, -12]\n"
        "  ids: {geonames: 42}\n  status: confirmed\n  not: [port-emery]\n",
    )
    assert problems == []
    assert file.entities["port-ellery"] == Entity(
        id="port-ellery", name="Port Ellery", kind="city", aka=("Ellery",), in_="arcland", at=(39.5, -12.0),
        ids={"geonames": "42"}, status="confirmed", not_=("port-emery",),
    )  # fmt: skip
    assert (file.marks["port-ellery"].line, file.marks["port-ellery/in"].line) == (1, 5)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("a: {nmae: X, kind: city}", "1:5 unknown key 'nmae'; did you mean 'name'?"),
        (
            "a: {name: X, kind: citty}",
            "1:20 'citty' is no kind of entity; did you mean 'city'? else person, organisation",
        ),
        ("a: {name: X}", "1:4 the key 'kind' is missing"),
        ("a: {name: X, kind: city, at: [200, 1]}", "1:30 no place on earth; latitude (-90 to 90)"),
        ("a: {name: X, kind: city, at: north}", "1:30 'north' is no value for 'at'; two numbers"),
        ("a: {name: X, kind: city, status: sure}", "1:34 'sure' is no status; valid: candidate, confirmed"),
        ("a: {id: b, name: X, kind: city}", "1:5 unknown key 'id'"),
        ("A b: {name: X, kind: city}", "1:1 'A b' is no id; small letters"),
        ("a:", "1:1 'a' is empty"),
        ("a: [x]", "1:4 a list where an entity belongs"),
    ],
)
def test_a_bad_entry_is_left_out_and_the_others_stay(entry: str, message: str) -> None:
    file, problems = parse_registry_file("e.yml", f"{entry}\nb: {{name: B, kind: person}}\n")
    assert list(file.entities) == ["b"]
    (found,) = told(problems)
    assert found.startswith(message)


def test_files_are_read_in_order_and_an_id_belongs_to_the_first(tmp_path: Path) -> None:
    (tmp_path / "b.yml").write_text("x: {name: Second, kind: city}\ny: {name: Y, kind: person}\n")
    (tmp_path / "a.yml").write_text("x: {name: First, kind: city}\n")
    (tmp_path / "c.yml").write_bytes(b"\xff")
    registry, problems = read_registry(tmp_path)
    assert [(e.id, e.name) for e in registry.values()] == [("x", "First"), ("y", "Y")]
    assert [(p.path, p.line) for p in problems] == [("site_src/entities/b.yml", 1), ("site_src/entities/c.yml", 1)]
    files, _ = read_registry_files(tmp_path)
    marks = registry_marks(files)
    assert (marks["x"].path, marks["y"].line) == ("site_src/entities/a.yml", 2)
    assert read_registry(tmp_path / "none") == ({}, [])


def test_the_kinds_of_a_file_are_told() -> None:
    _, (found,) = parse_registry_file("site_src/entities/organisations.yml", "a: {name: X, kind: firm}")
    assert found.message == "'firm' is no kind of entity"
    assert found.valid.startswith("in this file organisation, company, state-company, ministry, ")
    assert found.valid.endswith("; site_src/editing.md lists those of other files")
    assert found.example == "kind: company"
    assert len(str(found)) < 600


def test_families_and_files() -> None:
    lexicons = packaged_lexicons()
    kinds = ["person", "ministry", "county", "policy", "congress", "galaxy"]
    assert [family(kind, lexicons) for kind in kinds] == [
        "person", "organisation", "place", "programme", "meeting", None,
    ]  # fmt: skip
    assert [entity_file(kind, lexicons) for kind in kinds] == [
        "people.yml", "organisations.yml", "places.yml", "programmes.yml", "meetings.yml", "others.yml",
    ]  # fmt: skip


def test_no_kind_belongs_to_two_families() -> None:
    kinds = [kind for names in packaged_lexicons()["kinds"].values() for kind in names]
    assert len(kinds) == len(set(kinds))


WRITTEN = 'port-ellery:\n  name: Port Ellery\n  kind: city\n  aka: [Ellery, "no"]\n  in: arcland\n  status: candidate\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, WRITTEN),
        ("# places\n", "# places\n" + WRITTEN),
        ("a:   # mine\n    name: A\n    kind: city", "a:   # mine\n    name: A\n    kind: city\n" + WRITTEN),
        ("a: {name: A, kind: city}\n\nb: {name: B, kind: city}\n", None),
        ("a: {name: A, kind: city}\r\n", "a: {name: A, kind: city}\r\n" + WRITTEN.replace("\n", "\r\n")),
    ],
)
def test_candidates_are_appended(before: str | None, after: str | None) -> None:
    text = add_candidates(before, [PORT])
    assert text == (after if after else f"{before}\n{WRITTEN}")
    file, problems = parse_registry_file("e.yml", text)
    assert problems == []
    assert file.entities[PORT.id] == PORT
    assert add_candidates(text, [PORT]) == text


@pytest.mark.parametrize("text", ["a: [\n", "<<<<<<< HEAD\n", "{a: {name: A, kind: city}}\n", "- a\n"])
def test_a_file_that_cannot_be_read_or_appended_to_stays(text: str) -> None:
    assert add_candidates(text, [PORT]) == text


def test_topics(tmp_path: Path) -> None:
    topics, problems = parse_topics(
        "topics.yml",
        "harbour:\n  title: Harbour works\n  facts: {about: [dredging], words: quay}\n  lead: All of it.\n"
        "b:\n  title: B\n  facts: {abuot: x}\nc: {title: C}\nd: {title: D, facts: {who: x}, leed: y}\n",
    )
    assert [(t.id, t.title, t.facts.about, t.facts.words, t.lead) for t in topics] == [
        ("harbour", "Harbour works", ("dredging",), ("quay",), "All of it.")
    ]
    assert told(problems) == [
        "7:11 unknown key 'abuot'; did you mean 'about'?",
        "8:4 the key 'facts' is missing",
        "9:32 unknown key 'leed'; did you mean 'lead'?",
    ]
    assert read_topics(tmp_path / "topics.yml") == ([], [])


def test_an_empty_mapping_gives_way_to_the_first_entry() -> None:
    assert add_candidates("# people\n{}\n", [PORT]) == "# people\n" + add_candidates("", [PORT])
    assert add_candidates("{ # none\n}\n", [PORT]) == "{ # none\n}\n"


KEYS = ("a:", "b:", "c-1:  # mine", "d: # x")
SOUND = (
    "  name: Port Ellery", "  kind: city", "  kind: citty", '  name: "Port', '    Ellery"', "  aka: [X, Y]", "  aka:", "  - Z", "# a comment",
    "  note: |", "    words: of", "  # more", "    none", "  note: |+", "   ", "", "  nmae: X", "  at: [1,000, 2]", "  note: R&D & more", "  merged-into: & b", "  in: * c",
    "  status: sure", "  in: a", "  id: x", "  ids: {geonames: 4}", "  merged-into: b",
)  # fmt: skip
ODD = (
    "null:", "'d':", "? e", "- f", "---", "...", "{}", "  kind: [x", "  y]", '  Ellery"', "  note: &x one", "  note: *x", "  name: !x y",
    "  in: a\t", "\r", "  note: \u2028", "<<<<<<< a", "e: text", "f: {name: A, kind: city}", "a: {name: [b, kind: city}",
)  # fmt: skip
ENTRY = st.lists(st.sampled_from(SOUND), max_size=4, unique_by=lambda line: line.partition(":")[0])
FILE = st.permutations(KEYS).flatmap(lambda keys: st.tuples(*(ENTRY.map(lambda e, k=key: [k, *e]) for key in keys)))


@given(FILE, st.booleans(), st.integers(0, 20), st.sampled_from((*SOUND, *ODD)), st.integers(1, 4))
def test_a_file_read_by_its_entries_reads_as_a_whole(
    entries: tuple[list[str], ...], ends: bool, at: int, line: str, most: int
) -> None:
    """And so it does where some of its entries are known from a file that lacked a line."""
    kept: dict[str, Row] = {}
    lines = [line for entry in entries[:most] for line in entry]
    for held in (lines, [*lines[:at], line, *lines[at:]], lines):
        text = "\n".join(held) + ("\n" if ends else "")
        whole, problems = parse_registry_file("site_src/entities/places.yml", text)
        read = parse_entries("site_src/entities/places.yml", text, packaged_lexicons(), kept)
        if read is None:
            continue
        listing, places, rows = read
        assert not whole.broken
        assert listing.entities == tuple(whole.entities.values())
        assert [(p, p.fix) for p in listing.problems] == [(p, p.fix) for p in problems]
        assert dict(Entries(Store(), b"").keep(whole.path, b"", listing, places, rows)) == whole.marks
        assert added_to(replace(whole, names=listing.names), [PORT]) == add_candidates(text, [PORT])
        kept = {row.text: row for row in rows}


def test_most_files_are_read_by_their_entries() -> None:
    text = "# people\n\na:\n  name: A\n  kind: city\n\n# b is near\nb: {name: R&D, kind: company}\n"
    listing, _, rows = parse_entries("e.yml", text, packaged_lexicons(), {}) or ([], (), ())
    assert [row.text for row in rows] == [
        "a:\n  name: A\n  kind: city\n\n# b is near\n",
        "b: {name: R&D, kind: company}\n",
    ]
    assert listing.names == {"a", "b"}


def test_files_that_are_kept_are_read_alike(tmp_path: Path) -> None:
    store = Store()
    texts = [
        {"a.yml": "a: {name: A, kind: city}\nb: {name: B, kind: citty}\n"},
        {"a.yml": "a: {name: A, kind: city}\nb: {name: B, kind: city}\n", "b.yml": "b: {name: C, kind: city}\nd: x\n"},
        {"a.yml": "c: {name: C, kind: city}\na: {name: A, kind: city}\n"},
        {"b.yml": "a: {name: &x A, kind: city}\nb: {name: *x, kind: city}\n"},
        {"b.yml": "a: [\n"},
    ]
    for files in texts:
        for name in ("a.yml", "b.yml"):
            (tmp_path / name).unlink(missing_ok=True)
        for name, text in files.items():
            (tmp_path / name).write_text(text)
        for _ in range(2):
            kept, told_kept = read_registry_files(tmp_path, store=store)
            whole, told_whole = read_registry_files(tmp_path)
            assert told(told_kept) == told(told_whole)
            assert {n: (f.entities, dict(f.marks), f.broken) for n, f in kept.items()} == {
                n: (f.entities, dict(f.marks), f.broken) for n, f in whole.items()
            }
