"""The series of articles that extraction and aggregation are judged by."""

from pathlib import Path

import pytest
from series_gold import folders, read_gold


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_gold_stands_in_its_articles(folder: Path) -> None:
    """Every snippet stands once in its seed, and what a series is made of is there."""
    gold = read_gold(folder)
    assert len(list((folder / "seeds").iterdir())) >= 12
    assert {state for ahead in gold.outcomes for state in ahead.states} >= {"met", "late", "missed", "open"}
    assert any(ahead.moved for ahead in gold.outcomes)
    assert {difference.differs for difference in gold.differences} == {"value", "day", "place"}
    assert any(len(thing.origins) > 1 for thing in gold.things)
