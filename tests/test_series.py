"""The series of articles that extraction and aggregation are judged by."""

from functools import cache
from pathlib import Path
from shutil import copytree

import pytest
from series_gold import SERIES, folders, read_gold
from series_score import Score, scores

from generator.pipeline import generate

BARS = {
    "stories": (1.0, 1.0),
    "same fact": (0.95, 0.7),
    "origins": (0.9, 0.85),
    "contradictions": (0.9, 0.9),
    "outcomes": (0.9, 0.6),
    "days late": (0.95, 0.95),
    "outcome links": (0.95, 0.95),
}
"""The least precision and recall, end to end, of each row of the table on the series of Kessel."""


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_gold_stands_in_its_articles(folder: Path) -> None:
    """Every snippet stands once in its seed, and what a series is made of is there."""
    gold = read_gold(folder)
    assert len(list((folder / "seeds").iterdir())) >= 12
    assert {state for ahead in gold.outcomes for state in ahead.states} >= {"met", "late", "missed", "open"}
    assert any(ahead.moved for ahead in gold.outcomes)
    assert {difference.differs for difference in gold.differences} == {"value", "day", "place"}
    assert any(len(thing.origins) > 1 for thing in gold.things)


@cache
def table() -> dict[str, Score]:
    return {score.name: score for score in scores(SERIES / "kessel")}


@pytest.mark.parametrize("name", BARS)
def test_the_bars_hold(name: str) -> None:
    score, (precision, recall) = table()[name], BARS[name]
    told = "\n".join([score.row(), *score.misses])
    assert score.precision >= precision, told
    assert score.recall >= recall, told


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_a_second_build_changes_nothing(folder: Path, tmp_path: Path) -> None:
    copytree(folder, tmp_path / "site")
    (tmp_path / "site" / "site_src").mkdir()
    first = generate(tmp_path / "site")
    assert first.facts > 100
    assert generate(tmp_path / "site").changed == ()
