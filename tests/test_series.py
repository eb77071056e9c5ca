"""The series of articles that extraction and aggregation are judged by."""

from functools import cache
from pathlib import Path
from shutil import copytree

import pytest
from series_gold import SERIES, folders, read_gold
from series_score import Score, scores

from generator.pipeline import generate

BARS = {
    "kessel": {
        "stories": (1.0, 1.0),
        "same fact": (0.95, 0.85),
        "origins": (0.95, 0.9),
        "contradictions": (0.95, 0.9),
        "outcomes": (0.95, 0.9),
        "days late": (0.95, 0.85),
        "outcome links": (0.95, 0.95),
    },
    "corrin": {
        "stories": (1.0, 1.0),
        "same fact": (0.95, 0.8),
        "origins": (0.9, 0.8),
        "contradictions": (0.95, 0.9),
        "outcomes": (0.95, 0.85),
    },
    "skerry": {"stories": (1.0, 1.0), "same fact": (0.95, 0.7), "origins": (0.9, 0.8), "contradictions": (0.95, 0.9)},
}
"""The least precision and recall, end to end, of rows of the table, by story. Rules were made with the first in view; the others showed what was too narrow."""


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
def table(series: str) -> dict[str, Score]:
    return {score.name: score for score in scores(SERIES / series)}


@pytest.mark.parametrize(("series", "name"), [(series, name) for series, bars in BARS.items() for name in bars])
def test_the_bars_hold(series: str, name: str) -> None:
    score, (precision, recall) = table(series)[name], BARS[series][name]
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
