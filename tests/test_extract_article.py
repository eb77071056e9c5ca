"""Whole articles: what is read out of them, and laws that hold for every text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from growth import growth
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.extract.article import Reader
from generator.extract.segment import LONGEST
from generator.lexicon import packaged_lexicons
from generator.model import Extraction, Seed, mapping

CASES = sorted((Path(__file__).parent / "cases" / "extract").glob("*.yml"))


def read(text: str, date: str) -> Extraction:
    seed = Seed(path="a.txt", date=date, text=text, sha256="0" * 64)
    return Reader({}, packaged_lexicons()).read(seed, "a-source")


def says(fact: dict[str, Any], wanted: dict[str, Any]) -> bool:
    return all(fact.get(key) == value for key, value in wanted.items())


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_article(path: Path) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    extraction = read(case["text"].rstrip("\n"), str(case["date"]))
    facts = [mapping(found.fact) for found in extraction.facts]
    for wanted in case["facts"]:
        near = [f for f in facts if f["kind"] == wanted["kind"]]
        assert any(says(f, wanted) for f in facts), f"none says {wanted}; of that kind: {near}"
    for unwanted in case["not"]:
        most = unwanted.pop("at-most", 0)
        assert sum(says(f, unwanted) for f in facts) <= most, unwanted
    made = {entity.id: mapping(entity) for entity in extraction.candidates}
    for id_, wanted in case["entities"].items():
        assert says(made.get(id_, {}), wanted), (id_, made.get(id_))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_quote_stands_in_the_text(path: Path) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    text = case["text"].rstrip("\n")
    extraction = read(text, str(case["date"]))
    for found in extraction.facts:
        assert found.span.of(text) == found.fact.quote
        assert found.fact.nth is not None or text.count(found.fact.quote) == 1
    ids = [found.fact.id for found in extraction.facts]
    assert len(ids) == len(set(ids))
    known = {entity.id for entity in extraction.candidates}
    for found in extraction.facts:
        assert set(found.fact.who) | set(found.fact.where) | set(found.fact.about) <= known


WORDS = st.sampled_from(
    'Ada Solvik said "on Monday" , . ( ) will visited to held summit in 20 villages which and the Ministry of\n\n'
    "planned called for may assume $5 million percent each year ' — as".split(" ")
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=60).map(" ".join) | st.text(max_size=120))
def test_no_text_stops_the_reader(text: str) -> None:
    for found in read(text, "2031-03-14").facts:
        assert found.span.of(text) == found.fact.quote


@settings(max_examples=15, deadline=None)
@given(st.lists(WORDS, min_size=500, max_size=700).map(" ".join))
def test_a_text_without_stops_is_read_in_pieces(text: str) -> None:
    reader = Reader({}, packaged_lexicons())
    lines = reader.layers(text, "2031-03-14").lines
    assert all(0 < len(line.span) <= LONGEST for line in lines)
    kept = sum(len(line.span.of(text).split()) for line in lines)
    assert kept == len(text.split())
    for found in read(text, "2031-03-14").facts:
        assert found.span.of(text) == found.fact.quote


def test_a_title_without_a_name_names_nobody() -> None:
    extraction = read("The governor's office said nominee Gov.\nMike Lund spoke. Dr.\n\nAda Solvik left.", "2031-03-14")
    assert not {"gov", "dr"} & {entity.id for entity in extraction.candidates}


@pytest.mark.parametrize(
    "piece",
    [
        "1 ",
        "1,",
        "from 1 to ",
        "two ",
        "twenty three hundred and five million ",
        "said ",
        "A ",
        "(A) ",
        "of ",
        '"',
        "“A.\n\n",
        "he said that the minister of who met Ada Solvik will open a plan and was not to be it has ",
        "he said, the minister, who met, Ada Solvik, on Monday, killed 5, ",
        "He said \"A (B [C ' ",
        "March 3, 2024 to ",
    ],
)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    assert growth(lambda size: read(piece * (size // len(piece) + 1), "2031-03-14"), 24_000) < 2.3
