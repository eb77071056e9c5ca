"""What one file of the data covers: the whole briefing, or the sources of one year.

A briefing of more than `LARGE` sources gives its data by year, so that no file grows with it for ever and a new source changes the files
of one year alone. Claims, outcomes and topics are those of the whole briefing all the same; what is counted is counted within the year.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from msgspec.msgpack import Decoder

from generator.aggregate import paging
from generator.aggregate.courses import Course
from generator.aggregate.ledger import holders, ledger
from generator.aggregate.shown import shown
from generator.downloads.ids import fact_ids
from generator.link import Briefing, newest
from generator.model import Entity, Source
from generator.once import once
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
        """How many current facts name each entity, by id; of a year also, with none, those that others name."""
        if not self.year:
            return {id_: len(named) for id_, named in self.briefing.by_entity.items()}
        stage, key = self.briefing.store.stage("named"), digest(self.own, self.told(courses_told))
        kept = stage.get(self.year, key)
        if kept is not None:
            return _NAMED.decode(kept)
        counts: Counter[str] = Counter()
        for piece in self.pieces("named", self._named, self.keys()):
            counts.update(_NAMED.decode(piece))
        counts.update(
            {e.id: 0 for course in self.courses for s in course.statements for e in holders(s, self.briefing)}
        )
        stage.put([(self.year, key, packed(counts))])
        return counts

    def _named(self, source: str) -> bytes:
        counts: dict[str, int] = {}
        for s in self.briefing.by_source.get(source, ()):
            for entity in s.entities:
                counts[entity.id] = counts.get(entity.id, 0) + (s.fact.review != "retracted")
            if s.outlet:
                counts.setdefault(s.outlet.id, 0)
        return packed(counts)

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """The entities that its rows refer to, with what they lie in, in the order of the registry; all of a whole briefing."""
        registry = self.briefing.registry
        if not self.year:
            return tuple(registry.values())
        wanted = set(self.named)
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
        by_source = courses_of(self.briefing)
        return tuple(course for id_ in self.sources for course in by_source.get(id_, ()))

    @cached_property
    def as_of(self) -> str:
        """The day that it speaks of; of a year, that of its newest source."""
        return newest(source.date for source in self.sources.values()) if self.year else self.briefing.as_of

    @property
    def settings(self) -> bytes:
        """A hash of what shapes every row."""
        return _settings(self.briefing)

    def pieces(self, name: str, make: Callable[[str], bytes], keys: Mapping[str, bytes]) -> Iterator[bytes]:
        """What a file holds of each source, oldest first; `make` makes that of one, where none is kept under its key."""
        stage = self.briefing.store.stage(PIECES + name)
        kept = stage.some(keys)
        new: list[tuple[str, bytes, bytes]] = []
        for id_, key in keys.items():
            was, value = kept.get(id_, (b"", b""))
            if was == key:
                yield zlib.decompress(value)
                continue
            piece = make(id_)
            yield piece
            if not piece.startswith(UNKEPT):
                new.append((id_, key, zlib.compress(piece, 1)))
        stage.put(new)

    def keys(self, told: Callable[[Portion], Mapping[str, bytes]] | None = None) -> Mapping[str, bytes]:
        """By source id, oldest first, a hash of its article, its fact file and its names, and of what `told` says besides."""
        if told not in self._keys:
            if told:
                more = told(self)
                self._keys[told] = {
                    id_: digest(key, more[id_]) if id_ in more else key for id_, key in self.keys().items()
                }
            else:
                own, settings = shown(self.briefing).own, self.settings
                self._keys[told] = {id_: digest(settings, own[id_]) for id_ in self.sources}
        return self._keys[told]

    @cached_property
    def own(self) -> bytes:
        """A hash of the articles, the fact files and the names of all its sources."""
        own = shown(self.briefing).own
        return digest(self.settings, *(part for id_ in self.sources for part in (id_, own[id_])))

    def told(self, told: Callable[[Portion], Mapping[str, bytes]]) -> bytes:
        """A hash of what `told` says of its sources, asked once."""
        if told not in self._hashes:
            more = told(self)
            self._hashes[told] = digest(*(part for id_ in self.sources if id_ in more for part in (id_, more[id_])))
        return self._hashes[told]

    def hash_of(self, made_of: Callable[[Portion], bytes]) -> bytes:
        """What `made_of` says of it, asked once."""
        if made_of not in self._hashes:
            self._hashes[made_of] = made_of(self)
        return self._hashes[made_of]

    @cached_property
    def _hashes(self) -> dict[object, bytes]:
        return {}

    @cached_property
    def _keys(self) -> dict[object, Mapping[str, bytes]]:
        return {}


@once
def courses_of(briefing: Briefing) -> Mapping[str, Sequence[Course]]:
    """The entries of the ledger by the id of the source that told them first."""
    found: dict[str, list[Course]] = {}
    for course in ledger(briefing).entries:
        found.setdefault(course.first.source.id, []).append(course)
    return found


@once
def _courses_told(briefing: Briefing) -> Mapping[str, bytes]:
    of = shown(briefing)
    return {source: b"".join(map(of.outcome, courses)) for source, courses in courses_of(briefing).items()}


def courses_told(portion: Portion) -> Mapping[str, bytes]:
    """What others tell of what a source looked ahead to first."""
    return _courses_told(portion.briefing)


PIECES = "pieces/"
"""How the stages are called that keep what files hold of sources."""
_NAMED = Decoder(dict[str, int])


@once
def _settings(briefing: Briefing) -> bytes:
    topics = [(topic.id, topic.title, topic.facts) for topic in briefing.topics]
    twice = [pair for pair, id_ in fact_ids(briefing).items() if id_ != pair[1]]
    return digest(packed((replace(briefing.settings, marks={}), topics, twice)), briefing.lexicons.digest)


@once
def whole(briefing: Briefing) -> Portion:
    """All of a briefing."""
    return Portion(briefing)


@once
def by_year(briefing: Briefing) -> Mapping[str, tuple[Source, ...]]:
    """The sources by the year in which they came out, oldest first."""
    years: dict[str, list[Source]] = {}
    for source in briefing.sources.values():
        years.setdefault(paging.year(source.date), []).append(source)
    return {year: tuple(sources) for year, sources in sorted(years.items())}


def forget_gone(briefing: Briefing) -> None:
    """Forget what was kept of sources that are no more, once there are some."""
    stages = briefing.store.stages(PIECES)
    if any(len(stage) > len(briefing.sources) for stage in stages[:1]):
        for stage in stages:
            stage.keep_only(briefing.sources.keys())


@once
def portions(briefing: Briefing) -> tuple[Portion, ...]:
    """What the data comes in: one piece, or one for each year."""
    if len(briefing.sources) <= LARGE:
        return (whole(briefing),)
    return tuple(Portion(briefing, year) for year in by_year(briefing))
