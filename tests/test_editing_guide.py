"""The editor's guide: its examples are what the program takes, and it names every key there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator import edtf
from generator.facts import parse_fact_file
from generator.lexicon import packaged_lexicons
from generator.model import KEY_ORDER, KINDS, key
from generator.registry import FILES, parse_topics, read_registry

GUIDE = (Path(__file__).parents[1] / "site_src" / "editing.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
FACTS = [block for block in BLOCKS if block.startswith("- id")]
HEAD = "schema: 1\nsource:\n  id: a\n  date: 2031-03-12\n  seed: a.txt\n  sha256: '0'\nfacts:\n"


@pytest.mark.parametrize("block", FACTS)
def test_a_fact_of_the_guide_is_one(block: str) -> None:
    file, problems = parse_fact_file("site_src/facts/a.yml", HEAD + block)
    assert [str(found) for found in problems if "sha256" not in str(found)] == []
    assert len(file.facts) == 1


def test_names_and_topics_of_the_guide_are_such(tmp_path: Path) -> None:
    names, topic = (next(b for b in BLOCKS if f"site_src/{part}" in b) for part in ("entities/places", "topics"))
    (tmp_path / "places.yml").write_text(names)
    registry, problems = read_registry(tmp_path, packaged_lexicons())
    assert not problems
    assert registry["north-yards"].at == (57.12, 11.94)
    topics, problems = parse_topics("site_src/topics.yml", topic)
    assert not problems
    assert topics[0].facts.words == ("dry dock",)


def test_every_key_and_kind_is_named() -> None:
    named = set(re.findall(r"[a-z]+(?:-[a-z]+)*", GUIDE))
    assert {key(name) for name in KEY_ORDER} <= named
    assert set(KINDS) <= named


def test_the_kinds_of_the_guide_are_those_of_the_lexicon() -> None:
    kinds = packaged_lexicons()["kinds"]
    for name, file in FILES.items():
        (row,) = re.findall(rf"^\| `{re.escape(file)}` \| (.*) \|$", GUIDE, re.MULTILINE)
        assert re.findall(r"`([^`]+)`", row) == list(kinds[name])


def test_no_paragraph_stands_twice() -> None:
    starts = [paragraph.partition(" names a schema")[2] or paragraph for paragraph in GUIDE.split("\n\n")]
    assert len(starts) == len(set(starts))


def test_the_dates_of_the_guide_are_dates() -> None:
    section = GUIDE.partition("## Dates")[2].partition("##")[0]
    dates = re.findall(r"`([^`]+)`", section)
    assert len(dates) > 8
    assert [date for date in dates if not edtf.parse(date)] == []
