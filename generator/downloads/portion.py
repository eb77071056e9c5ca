"""What one file of the data covers: the whole briefing, or the sources of one year.

A briefing of more than `LARGE` sources gives its data by year, so that no file grows with it for ever and a new source changes the files
of one year alone. Claims, outcomes and topics are those of the whole briefing all the same; what is counted is counted within the year.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from generator.aggregate import paging
from generator.aggregate.courses import Course
from generator.aggregate.ledger import holders, ledger
from generator.aggregate.shown import shown
from generator.downloads.ids import fact_ids
from generator.link import Briefing, newest
from generator.model import Entity, Source
from generator.statement import Statement
from generator.store import UNKEPT, digest, packed

LARGE = 1000
"""Sources of which data is given in one piece at most."""


@dataclass(frozen=True, eq=False)
class Portion:
    """The sources that some data covers; equal to itself alone, so that its rows are made once."""

    briefing: Briefing
    year: str = ""
    """As `paging.year` has it; empty for the whole briefing."""

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """By id, oldest first."""
        if not self.year:
            return self.briefing.sources
        return {source.id: source for source in by_year(self.briefing)[self.year]}

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """All statements of its sources, in the order of the briefing."""
        if not self.year:
            return self.briefing.statements
        return tuple(s for id_ in self.sources for s in self.briefing.by_source.get(id_, ()))

    @cached_property
    def current(self) -> tuple[Statement, ...]:
        """Those that count."""
        return tuple(s for s in self.statements if s.fact.review != "retracted")

    @cached_property
    def facts(self) -> frozenset[str]:
        """The ids of its facts."""
        return frozenset(s.fact.id for s in self.statements)

    @cached_property
    def named(self) -> Mapping[str, int]:
        """How many current facts name each entity, by id; publishers are among them."""
        if not self.year:
            return {id_: len(named) for id_, named in self.briefing.by_entity.items()}
        counts: dict[str, int] = {}
        for s in self.current:
            for entity in s.entities:
                counts[entity.id] = counts.get(entity.id, 0) + 1
        return counts

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """The entities that its rows refer to, with what they lie in, in the order of the registry; all of a whole briefing."""
        registry = self.briefing.registry
        if not self.year:
            return tuple(registry.values())
        wanted = {e.id for s in self.statements for e in (*s.entities, *((s.outlet,) if s.outlet else ()))}
        wanted |= {e.id for course in self.courses for s in course.statements for e in holders(s, self.briefing)}
        due = set(wanted)
        while due:
            above = {e.in_ for id_ in due if (e := registry.get(id_)) and e.in_}
            above |= {e.merged_into for id_ in due if (e := registry.get(id_)) and e.merged_into}
            due = above - wanted
            wanted |= due
        return tuple(entity for id_, entity in registry.items() if id_ in wanted)

    @cached_property
    def courses(self) -> tuple[Course, ...]:
        """Entries of the ledger that one of its facts told first."""
        entries = ledger(self.briefing).entries
        return tuple(c for c in entries if c.first.fact.id in self.facts) if self.year else tuple(entries)

    @cached_property
    def as_of(self) -> str:
        """The day that it speaks of; of a year, that of its newest source."""
        return newest(source.date for source in self.sources.values()) if self.year else self.briefing.as_of

    @cached_property
    def digest(self) -> bytes:
        """A hash of all that its rows are made of."""
        of = shown(self.briefing)
        facts = b"".join(of.whole[s.fact.id] for s in self.statements)
        return digest(
            _settings(self.briefing),
            of.everything if not self.year else b"".join(of.own[id_] for id_ in self.sources),
            facts,
        )

    def pieces(self, name: str, make: Callable[[str], bytes]) -> Iterator[bytes]:
        """What a file holds of each source, oldest first; `make` makes that of one, where none is kept that was made of the same."""
        stage = self.briefing.store.stage(f"pieces/{name}")
        kept = stage.some(self._keys)
        new: list[tuple[str, bytes, bytes]] = []
        for id_, key in self._keys.items():
            was, value = kept.get(id_, (b"", b""))
            if was == key:
                yield zlib.decompress(value)
                continue
            piece = make(id_)
            yield piece
            if not piece.startswith(UNKEPT):
                new.append((id_, key, zlib.compress(piece, 1)))
        stage.put(new)

    @cached_property
    def _keys(self) -> Mapping[str, bytes]:
        """By source, a hash of all that its rows are made of."""
        of, every, by = shown(self.briefing), _settings(self.briefing), self.briefing.by_source
        whole = of.whole
        return {
            id_: digest(every, of.own[id_], b"".join([whole[s.fact.id] for s in by.get(id_, ())]))
            for id_ in self.sources
        }


@lru_cache(maxsize=2)
def _settings(briefing: Briefing) -> bytes:
    """A hash of what shapes every row."""
    topics = [(topic.id, topic.title, topic.facts) for topic in briefing.topics]
    twice = [pair for pair, id_ in fact_ids(briefing).items() if id_ != pair[1]]
    return digest(packed((replace(briefing.settings, marks={}), topics, twice)), briefing.lexicons.digest)


@lru_cache(maxsize=4)
def whole(briefing: Briefing) -> Portion:
    """All of a briefing."""
    return Portion(briefing)


@lru_cache(maxsize=2)
def by_year(briefing: Briefing) -> Mapping[str, tuple[Source, ...]]:
    """The sources by the year in which they came out, oldest first."""
    years: dict[str, list[Source]] = {}
    for source in briefing.sources.values():
        years.setdefault(paging.year(source.date), []).append(source)
    return {year: tuple(sources) for year, sources in sorted(years.items())}


@lru_cache(maxsize=2)
def portions(briefing: Briefing) -> tuple[Portion, ...]:
    """What the data comes in: one piece, or one for each year."""
    if len(briefing.sources) <= LARGE:
        return (whole(briefing),)
    return tuple(Portion(briefing, year) for year in by_year(briefing))
