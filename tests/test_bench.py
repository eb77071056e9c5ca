"""The invented articles that the product is measured on: what they hold, and that they are always the same."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from statistics import mean

import pytest
from bench.articles import article, casts, write_briefing
from bench.stories import telling

from generator.pipeline import generate

COUNT = 60


@pytest.fixture(scope="module")
def briefing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("bench")
    write_briefing(root, COUNT)
    return root


def test_an_article_depends_on_its_number_and_the_seed_alone() -> None:
    alone = article(777)
    told = [article(index) for index in range(770, 780)]
    assert told[7] == alone
    assert article(777, seed=2) != alone
    assert len({name for name, _ in told}) == len(told)


def test_a_smaller_briefing_is_the_beginning_of_a_larger(briefing: Path, tmp_path: Path) -> None:
    write_briefing(tmp_path, 20)
    small = {path.name: path.read_bytes() for path in (tmp_path / "seeds").iterdir()}
    large = {path.name: path.read_bytes() for path in (briefing / "seeds").iterdir()}
    assert small.items() <= large.items()
    assert (len(small), len(large)) == (20, COUNT)


def test_their_lengths_are_those_of_a_wire() -> None:
    words = [len(article(index)[1].split()) for index in range(400)]
    assert 170 <= mean(words) <= 215
    assert 0.5 <= sum(count <= 150 for count in words) / len(words) <= 0.7
    assert 0.05 <= sum(count >= 450 for count in words) / len(words) <= 0.15


def test_names_grow_with_their_number() -> None:
    def names(count: int) -> int:
        values = (telling(index, 1, casts()).story.values for index in range(count))
        return len({told[letter] for told in values for letter in "ABCOPQXYG"})

    few, many = names(1000), names(3000)
    assert 0.25 <= (many - few) / 2000 <= 0.4


def test_stories_go_on_and_are_told_again() -> None:
    told = [telling(index, 1, casts()) for index in range(2000)]
    steps = Counter(t.step for t in told if t.copy_of is None and t.again is None)
    assert set(steps) == {0, 1, 2, 3}
    copies = sum(t.copy_of is not None for t in told) / len(told)
    again = sum(t.again is not None and not t.contrary for t in told) / len(told)
    contrary = sum(t.contrary for t in told) / len(told)
    assert 0.035 <= copies <= 0.065
    assert 0.02 <= again <= 0.04
    assert 0.005 <= contrary <= 0.015


def test_no_slot_stays_open_and_no_choice() -> None:
    for index in range(0, 3000, 7):
        assert not re.search(r"[{}\[\]|]", article(index)[1]), article(index)[0]


def test_the_reader_finds_every_kind_of_fact_in_them(briefing: Path) -> None:
    report = generate(briefing, write=False)
    assert report.errors == 0
    assert report.sources == COUNT
    assert 4 <= report.facts / report.sources <= 6
    kinds = Counter(s.fact.kind for s in report.briefing.current)
    assert min(kinds[kind] for kind in ("event", "figure", "quotation", "role", "assessment")) >= COUNT / 10
