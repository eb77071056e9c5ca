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
        ("event.yml", b"a: b", "site_src/lexicons/event.yml:1:1: error: no lexicon is called 'event'; name the file"),
        ("events.yml", b"- a", "site_src/lexicons/events.yml:1:1: error: it is a list, where a mapping is due; as in"),
        (
            "events.yml",
            b"visit:",
            "site_src/lexicons/events.yml:1:1: error: 'visit' is nothing, where a mapping is due",
        ),
        (
            "events.yml",
            b"call: x",
            "site_src/lexicons/events.yml:1:1: error: 'call' is a word or number, where a mapping",
        ),
        (
            "events.yml",
            b"visit: {verbs: call}",
            "site_src/lexicons/events.yml:1:1: error: 'verbs' is a word or number, where",
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
