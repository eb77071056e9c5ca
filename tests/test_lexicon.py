"""A briefing's own vocabulary, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.lexicon import load_lexicons, packaged_lexicons


def written(folder: Path, name: str, raw: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    return folder


def test_entries_are_added_to_those_of_the_program(tmp_path: Path) -> None:
    lexicons, problems = load_lexicons(
        written(tmp_path, "events.yml", b"regatta: {verbs: [regatta], nouns: [regatta]}\n")
    )
    assert problems == []
    assert lexicons["events"]["regatta"]["nouns"] == ["regatta"]
    assert lexicons["events"]["visit"] == packaged_lexicons()["events"]["visit"]


@pytest.mark.parametrize(
    ("name", "raw", "told"),
    [
        ("events.yml", b"visit: [", "site_src/lexicons/events.yml:2:1: error: not YAML: "),
        (
            "events.yml",
            b"a: \xff",
            "site_src/lexicons/events.yml:1:1: error: byte 4 is not UTF-8; save the file as UTF-8",
        ),
        (
            "event.yml",
            b"a: b",
            "site_src/lexicons/event.yml:1:1: error: no lexicon is called 'event'; did you mean 'events'?",
        ),
        (
            "zzz.yml",
            b"a: b",
            "site_src/lexicons/zzz.yml:1:1: error: no lexicon is called 'zzz'; name it after one of: alike, english, ",
        ),
        (
            "events.yaml",
            b"a: b",
            "site_src/lexicons/events.yaml:1:1: error: only files in .yml are read; rename it to events.yml",
        ),
        (
            "events.yml",
            b"- a",
            "site_src/lexicons/events.yml:1:1: error: 'events' is a list, where a mapping is due; as in",
        ),
        (
            "events.yml",
            b"visit:",
            "site_src/lexicons/events.yml:1:7: error: 'visit' is nothing, where a mapping is due",
        ),
        ("events.yml", b"call: x", "site_src/lexicons/events.yml:1:7: error: 'call' is a word, where a mapping is due"),
        (
            "events.yml",
            b"visit: {verbs: call}",
            "site_src/lexicons/events.yml:1:16: error: 'verbs' is a word, where a list",
        ),
        (
            "events.yml",
            b"visit: {verbs: [737]}",
            "site_src/lexicons/events.yml:1:17: error: 'verbs' is a number, where a word",
        ),
        (
            "events.yml",
            b"visit: {verbs: [a, ]}\nshow:\n  verb: [a]",
            "site_src/lexicons/events.yml:3:3: error: no key 'verb' here; did you mean 'verbs'?",
        ),
        ("events.yml", b"visit: {}\nvisit: {}", "site_src/lexicons/events.yml:1:1: error: a key stands here twice"),
        (
            "hedges.yml",
            b"verb: [smell]",
            "site_src/lexicons/hedges.yml:1:1: error: no key 'verb' here; did you mean 'verbs'?",
        ),
        (
            "names.yml",
            b"titles: {heads: [a]}",
            "site_src/lexicons/names.yml:1:10: error: no key 'heads' here; did you mean 'head'?",
        ),
        (
            "quantities.yml",
            b"measures: {skep: {word: [skep]}}",
            "site_src/lexicons/quantities.yml:1:19: error: no key 'word' here; did you mean 'words'?",
        ),
        (
            "verbs.yml",
            b"irregular: {rewild: [rewilt]}",
            "site_src/lexicons/verbs.yml:1:13: error: 'rewild' has 1 of 2 words",
        ),
        (
            "times.yml",
            b"words: {weekday: {Moonday: x}}",
            "site_src/lexicons/times.yml:1:28: error: 'Moonday' is a word, where a number is due",
        ),
        ("events.yml", b"a: 2025-13-01", "site_src/lexicons/events.yml:1:1: error: not YAML: month must be in 1..12"),
        (
            "world/countries.yml",
            b"XX: {people: [Xan]}",
            "site_src/lexicons/world/countries.yml:1:1: error: 'XX' lacks name",
        ),
    ],
)
def test_a_bad_lexicon_is_told_and_the_others_are_used(tmp_path: Path, name: str, raw: bytes, told: str) -> None:
    written(tmp_path, "times.yml", b"{}")
    lexicons, problems = load_lexicons(written(tmp_path, name, raw))
    assert [str(found)[: len(told)] for found in problems] == [told]
    assert lexicons["events"] == packaged_lexicons()["events"]


def test_keys_that_a_briefing_has_no_use_for_are_not_named(tmp_path: Path) -> None:
    _, (found,) = load_lexicons(written(tmp_path, "events.yml", b"rewilding: {words: [rewild]}"))
    assert "verbs" in str(found)
    assert "nouns" in str(found)
    assert "plover" not in str(found)


def test_every_kind_that_a_name_tells_is_one_that_the_registry_may_hold() -> None:
    lexicons = packaged_lexicons()
    for family in ("person", "organisation", "place", "programme"):
        told = set(map(str, lexicons["names"].get(family, {}).get("kind", {}).values()))
        assert told <= set(lexicons["kinds"][family]), family
