"""Whole facts on the project's own articles, of many genres, with complete gold: floors that no change may break."""

from __future__ import annotations

from pathlib import Path

import pytest
from gold import Score, is_right, measure

ARTICLES = Path(__file__).parent / "cases" / "articles"


@pytest.fixture(scope="module")
def score() -> Score:
    return measure(sorted(ARTICLES.glob("*.yml")), ARTICLES)


def test_the_articles_are_all_there(score: Score) -> None:
    assert len(list(ARTICLES.glob("*.yml"))) >= 31
    assert score.asked.total() > 1000


@pytest.mark.parametrize(("what", "floor"), [("precision", 0.9), ("recall", 0.88), ("attributes", 0.9)])
def test_floor(score: Score, what: str, floor: float) -> None:
    assert getattr(score, what) >= floor, str(score)


@pytest.mark.parametrize(
    ("kind", "recall"), [("event", 0.77), ("figure", 0.93), ("quotation", 0.92), ("assessment", 0.83), ("role", 0.9)]
)
def test_floor_of_each_kind(score: Score, kind: str, recall: float) -> None:
    assert score.met[kind] >= recall * score.asked[kind]


def test_values_are_compared_as_they_are_meant() -> None:
    assert is_right("value", 3, 3.0, {})
    assert not is_right("value", 3, "3", {})
    assert is_right("unit", "tonne", "tonnes", {})
    assert is_right("who", ["Ada Solvik"], ["ada-solvik"], {})
    assert not is_right("who", ["Ada Solvik"], None, {})
    assert not is_right("when", "2031-03", "2031-03-14", {})
