"""The same story in several articles: copies of one text, whole, cut or touched up, by one outlet or many.

Two articles are copies if at least `CONTAINED` of the shorter one's shingles, runs of `RUN` words, stand in the other (Broder,
On the resemblance and containment of documents, 1997), and the words of both agree as sets (`token_set_ratio` of rapidfuzz), which
shared boilerplate alone does not bring about. Which pairs are compared is told by an index of every `SAMPLE`th shingle, so that
time grows with the articles and not with their pairs.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

from generator import edtf
from generator.link import Briefing
from generator.model import Source

WORD = re.compile(r"\w+")
RUN = 4
SAMPLE = 4
CONTAINED = 0.5
AGREEING = 75.0
"""Of 100: how much the words of two articles agree as sets."""
NEAR = 20
"""Of the articles that share a shingle, each is compared with so many before it: a text with more carriers hangs together all the same."""


@dataclass(frozen=True)
class Story:
    """Articles with one text, the earliest first."""

    sources: tuple[Source, ...]

    @property
    def first(self) -> Source:
        """The earliest; of one day, the longest, as the others are cut from it."""
        return self.sources[0]


def shingles(text: str) -> frozenset[int]:
    """The runs of `RUN` words of a text, hashed; of a shorter one, the whole."""
    words = WORD.findall(text.casefold())
    last = max(1, len(words) - RUN + 1)
    return frozenset(crc32(" ".join(words[at : at + RUN]).encode()) for at in range(last if words else 0))


def contained(one: frozenset[int], other: frozenset[int]) -> float:
    """How much of the smaller of two sets of shingles stands in the other."""
    return len(one & other) / (min(len(one), len(other)) or 1)


@lru_cache(maxsize=4)  # every page asks, of the present and of each edition
def stories(briefing: Briefing) -> Mapping[str, Story]:
    """The story of each source that has copies, by the source's id."""
    found: dict[str, set[str]] = {}
    for one, other in _copies(briefing):
        group = found.get(one, {one}) | found.get(other, {other})
        found |= dict.fromkeys(group, group)
    made = {frozenset(group): _story(group, briefing) for group in found.values()}
    return {id_: made[frozenset(group)] for id_, group in found.items()}


def _story(group: Collection[str], briefing: Briefing) -> Story:
    def order(id_: str) -> tuple[object, ...]:
        return (edtf.sort_key(briefing.sources[id_].date), -len(briefing.seeds[id_].text), id_)

    return Story(tuple(briefing.sources[id_] for id_ in sorted(group, key=order)))


def is_copy(one: str, other: str, runs: frozenset[int], other_runs: frozenset[int]) -> bool:
    """Whether two texts, of which these are the shingles, are copies of one."""
    from rapidfuzz.fuzz import token_set_ratio

    if contained(runs, other_runs) < CONTAINED:
        return False
    return bool(token_set_ratio(one.casefold(), other.casefold()) >= AGREEING)


def _copies(briefing: Briefing) -> Iterator[tuple[str, str]]:
    """Pairs of copies, by id."""
    texts = {id_: seed.text for id_, seed in briefing.seeds.items()}
    runs = {id_: shingles(text) for id_, text in texts.items()}
    for one, other in _candidates(runs):
        if is_copy(texts[one], texts[other], runs[one], runs[other]):
            yield one, other


def _candidates(runs: Mapping[str, frozenset[int]]) -> list[tuple[str, str]]:
    """Pairs that share a shingle of the sample."""
    index: dict[int, list[str]] = {}
    for id_, found in sorted(runs.items()):
        for run in found:
            if run % SAMPLE == 0:
                index.setdefault(run, []).append(id_)
    shared: dict[tuple[str, str], int] = {}
    for ids in index.values():
        for at, one in enumerate(ids):
            for other in ids[max(0, at - NEAR) : at]:
                shared[other, one] = shared.get((other, one), 0) + 1
    least = {id_: len(found) * CONTAINED / SAMPLE / 2 for id_, found in runs.items()}  # half of what is due on average
    return sorted(pair for pair, count in shared.items() if count >= min(map(least.__getitem__, pair)))
