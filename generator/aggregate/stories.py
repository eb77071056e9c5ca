"""The same story in several articles: copies of one text, whole, cut or touched up, by one outlet or many.

Two articles are copies if at least `CONTAINED` of the shorter one's shingles, runs of `RUN` words, stand in the other (Broder,
On the resemblance and containment of documents, 1997), and the words of both agree as sets (`token_set_ratio` of rapidfuzz), which
shared boilerplate alone does not bring about. Which pairs are compared is told by an index of every `SAMPLE`th shingle, so that
time grows with the articles and not with their pairs. Pairs are kept, and looked at again only where what stands around them in the
index has changed.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

from generator import edtf
from generator.aggregate.kept import Kept
from generator.link import Briefing
from generator.model import Source
from generator.once import once

WORD = re.compile(r"\w+")
RUN = 4
SAMPLE = 4
CONTAINED = 0.5
AGREEING = 75.0
"""Of 100: how much the words of two articles agree as sets."""
RECENT = 500
"""Articles whose shingles are at hand while copies are looked for."""
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


@once
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


def _copies(briefing: Briefing) -> list[tuple[str, str]]:
    """Pairs of copies, by id."""
    kept = Kept(briefing)
    known = dict(kept.run("SELECT source, sha256 FROM same_texts WHERE scope = ?"))
    wanted = {id_: seed.sha256 for id_, seed in briefing.seeds.items()}
    if known != wanted:
        gone = {id_ for id_, sha256 in known.items() if wanted.get(id_) != sha256}
        come = sorted(id_ for id_, sha256 in wanted.items() if known.get(id_) != sha256)
        _look_again(gone, come, _Carriers(kept, empty=not known), briefing, kept)
    return list(kept.run("SELECT earlier, source FROM same_copies WHERE scope = ? ORDER BY earlier, source"))


def _look_again(
    gone: Collection[str], come: Sequence[str], carriers: _Carriers, briefing: Briefing, kept: Kept
) -> None:
    """Compare what came, and what has other articles before it now, with those before them."""
    again = carriers.without(gone)
    again |= carriers.add(come, briefing)
    kept.drop("same_copies", "source", again | set(gone))
    runs = lru_cache(maxsize=RECENT)(lambda id_: shingles(briefing.seeds[id_].text))
    found = (
        (one, other)
        for one in sorted(again - set(gone) | set(come))
        for other in carriers.candidates(one)
        if is_copy(briefing.seeds[other].text, briefing.seeds[one].text, runs(other), runs(one))
    )
    kept.put("same_copies", found)


class _Carriers:
    """Which articles have a shingle of the sample, in order of their ids."""

    def __init__(self, kept: Kept, *, empty: bool) -> None:
        self._kept, self._empty = kept, empty
        self._shared: dict[int, list[str]] = {}
        """Of all shingles that several have, while nothing is kept yet."""
        rows = kept.run("SELECT source, runs, sample FROM same_texts WHERE scope = ?")
        self._texts: dict[str, tuple[int, bytes]] = {id_: (runs, sample) for id_, runs, sample in rows}
        """How many shingles an article has, and those of the sample."""

    def without(self, gone: Iterable[str]) -> set[str]:
        """Take articles out; gives those that may have others before them now."""
        concerned: set[str] = set()
        for id_ in sorted(gone):
            for run in self._sample(id_):
                self._kept.run("DELETE FROM same_shingles WHERE scope = ? AND shingle = ? AND source = ?", run, id_)
            concerned |= self._around(id_)
            self._kept.drop("same_texts", "source", [id_])
            del self._texts[id_]
        return concerned

    def add(self, come: Sequence[str], briefing: Briefing) -> set[str]:
        """Put articles in, in order of their ids; gives those that may have others before them now."""
        concerned: set[str] = set()
        codes: list[int] = []
        for at, id_ in enumerate(come):
            found = shingles(briefing.seeds[id_].text)
            sample = array("I", sorted(run for run in found if run % SAMPLE == 0))
            self._texts[id_] = (len(found), sample.tobytes())
            if self._empty:
                codes += (run * len(come) + at for run in sample)
            else:
                concerned |= self._around(id_)
                self._kept.put("same_shingles", ((run, id_) for run in sample))
        self._kept.put("same_texts", ((id_, briefing.seeds[id_].sha256, *self._texts[id_]) for id_ in come))
        codes.sort()
        self._kept.put("same_shingles", ((code // len(come), come[code % len(come)]) for code in codes))
        runs = [code // len(come) for code in codes]
        several = {one for one, other in pairwise(runs) if one == other}
        for code, run in zip(codes, runs, strict=True):
            if run in several:
                self._shared.setdefault(run, []).append(come[code % len(come)])
        return concerned

    def candidates(self, one: str) -> list[str]:
        """The articles before one with which it shares enough of the sample."""
        before = self._among if self._empty else self._before
        counts = Counter(other for run in self._sample(one) for other in before(run, one))
        return sorted(other for other, count in counts.items() if count >= self._due(one, other))

    def _due(self, one: str, other: str) -> float:
        """How much of the sample two must share: half of what is due on average."""
        return min(self._texts[one][0], self._texts[other][0]) * CONTAINED / SAMPLE / 2

    def _around(self, id_: str) -> set[str]:
        """Of the articles behind one that is not in the index, those that it may be a copy of, and those to which one before it comes near or is lost."""
        counts: Counter[str] = Counter()
        apart = set()
        for run in self._sample(id_):
            after = list(self._after(run, id_))
            counts.update(after)
            if after:
                before = list(self._before(run, id_))
                apart |= {
                    (before[NEAR - 1 - at], later) for at, later in enumerate(after) if NEAR - 1 - at < len(before)
                }
        found = {later for later, count in counts.items() if count >= self._due(id_, later)}
        samples = {one: frozenset(self._sample(one)) for pair in apart for one in pair}
        found |= {later for one, later in apart if len(samples[one] & samples[later]) >= self._due(one, later)}
        return found

    def _sample(self, id_: str) -> array[int]:
        return array("I", self._texts[id_][1])

    def _among(self, run: int, id_: str) -> Sequence[str]:
        """Up to `NEAR` articles before one that have a shingle."""
        ids = self._shared.get(run, ())
        at = bisect_left(ids, id_)
        return ids[max(0, at - NEAR) : at]

    def _before(self, run: int, id_: str) -> Iterable[str]:
        where = "scope = ? AND shingle = ? AND source < ? ORDER BY source DESC LIMIT ?"
        return (found for (found,) in self._kept.run(f"SELECT source FROM same_shingles WHERE {where}", run, id_, NEAR))

    def _after(self, run: int, id_: str) -> Iterable[str]:
        where = "scope = ? AND shingle = ? AND source > ? ORDER BY source LIMIT ?"
        return (found for (found,) in self._kept.run(f"SELECT source FROM same_shingles WHERE {where}", run, id_, NEAR))
