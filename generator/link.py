"""From files that were read to a briefing: facts with their names, sources and words found.

Everything is loaded first, then linked. A name that does not resolve is a problem and is left out; the
fact stays. Stubs with `merged-into` are followed. What pages show is computed from the result
(`generator.aggregate`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from generator import edtf
from generator.lexicon import Lexicons
from generator.model import (
    LINK_KEYS,
    Edit,
    Entity,
    Fact,
    Found,
    Kind,
    Mark,
    Quotation,
    Registry,
    Seed,
    Source,
    Span,
    Topic,
    key,
)
from generator.problems import Problem, did_you_mean, problem
from generator.store import Store, digest, packed

if TYPE_CHECKING:
    from generator.base import Conflict
    from generator.facts import FactFile
    from generator.outline import Outline
    from generator.settings import Settings

K = TypeVar("K")
V = TypeVar("V")

DATE_WITHOUT_SOURCES = "1970-01-01"
"""The date of a briefing that has no source: the clock is never asked."""


@dataclass(frozen=True)
class Statement:
    """A fact with what its ids and its quote stand for. Names that did not resolve are left out."""

    fact: Fact
    source: Source
    span: Span | None
    """Where the quote stands in the normalised text; None where it does not, or the seed is gone."""
    who: tuple[Entity, ...]
    where: tuple[Entity, ...]
    about: tuple[Entity, ...]
    topics: tuple[str, ...]
    """Ids of curated topics that the fact's `about` names."""
    according_to: tuple[Entity, ...]
    by: tuple[Entity, ...]
    speaker: Entity | None
    org: Entity | None
    voices: tuple[Entity, ...]
    """Who vouches for it: speaker or holder, then `according_to`, nearest first; the publisher is not among them."""
    outlet: Entity | None
    """The publisher, if its source names one; without an id where the registry does not know it."""
    place: Mark
    """Where the fact stands in its file."""

    @property
    def entities(self) -> tuple[Entity, ...]:
        """Every registry entity it names, each once; the outlet only where it is more than that."""
        single = tuple(entity for entity in (self.speaker, self.org) if entity)
        named = (*self.who, *self.where, *self.about, *self.by, *single, *self.according_to)
        return tuple({entity.id: entity for entity in named if entity.id}.values())

    @property
    def chain(self) -> tuple[Entity, ...]:
        """Who vouches for it, from who said it to who published it."""
        return (*self.voices, self.outlet) if self.outlet else self.voices

    @cached_property
    def digest(self) -> bytes:
        """A hash of all that it holds and resolves to, but for the place in its file."""
        held = (getattr(self, f.name) for f in fields(self) if f.name != "place")
        return digest(*map(packed, held))

    @property
    def when(self) -> edtf.Edtf | None:
        """Its date, if it has one."""
        return edtf.parse(self.fact.when) if self.fact.when else None


@dataclass(frozen=True, eq=False)
class Briefing:
    """All that the pages are made of; each is equal to itself alone, so that what is made of it can be kept."""

    settings: Settings
    sources: Mapping[str, Source]
    """By id, oldest first."""
    seeds: Mapping[str, Seed]
    """By source id; a source whose seed is gone has none."""
    statements: tuple[Statement, ...]
    """All, retracted ones too, in order of source date, source, and place in the text."""
    registry: Registry
    topics: tuple[Topic, ...]
    files: Mapping[str, FactFile]
    conflicts: tuple[Conflict, ...]
    lexicons: Lexicons
    as_of: str
    """The day the briefing speaks of, EDTF."""
    kept: frozenset[str] = frozenset()
    """Facts that a person keeps although their article is not read to state them any more."""
    readings: Mapping[str, Mapping[str, Found]] = field(default_factory=dict)
    """By source id and fact id, what the machine reads and by which rule, also of facts that a person deleted; a source
    that the machine never wrote has none."""
    outline: Outline | None = None
    """What maps are drawn over; without it there are none."""
    edition: str = ""
    """The day, `YYYY-MM-DD`, of whose edition these are the pages; empty for the present."""
    before: Briefing | None = field(default=None, repr=False)
    """The newest of the editions before it."""
    store: Store = field(default_factory=Store, repr=False)
    """What was made of a briefing before; a fresh one, in memory, unless given."""

    @cached_property
    def current(self) -> tuple[Statement, ...]:
        """The statements that count: all that are not retracted."""
        return tuple(s for s in self.statements if s.fact.review != "retracted")

    @cached_property
    def newest_day(self) -> str:
        """The last day that the date of any source may mean, `YYYY-MM-DD`."""
        return newest(source.date for source in self.sources.values())

    @cached_property
    def by_entity(self) -> Mapping[str, tuple[Statement, ...]]:
        """Current statements by the id of each entity they name."""
        return _grouped((entity.id, s) for s in self.current for entity in s.entities)

    @cached_property
    def by_publisher(self) -> Mapping[str, tuple[Source, ...]]:
        """Sources by the id of their publisher, where the registry knows it."""
        outlets = ((publisher(s, self.seeds.get(s.id), self.registry), s) for s in self.sources.values())
        return _grouped((outlet.id, s) for outlet, s in outlets if outlet and outlet.id)

    @cached_property
    def named(self) -> tuple[Entity, ...]:
        """Every entity that has a page: those that current statements name, and publishers."""
        ids = dict.fromkeys([*self.by_entity, *self.by_publisher])
        return tuple(self.registry[name] for name in ids)

    def about(self, entity: Entity) -> tuple[Statement, ...]:
        """The current statements that name an entity."""
        return self.by_entity.get(entity.id, ())

    @cached_property
    def by_kind(self) -> Mapping[Kind, tuple[Statement, ...]]:
        """Current statements by kind."""
        return _grouped((s.fact.kind, s) for s in self.current)

    @cached_property
    def by_source(self) -> Mapping[str, tuple[Statement, ...]]:
        """All statements, retracted ones too, by source id."""
        return _grouped((s.source.id, s) for s in self.statements)

    @property
    def editions(self) -> tuple[Briefing, ...]:
        """The editions before it, the oldest first."""
        return (*self.before.editions, self.before) if self.before else ()

    def until(self, day: date) -> Briefing:
        """The briefing as of a day, at most its own, without editions: the sources that had come out by its end, and what is theirs.

        Facts, corrections, names and topics are those of now; a link to a fact of a later source is left out.
        """
        read = ((source, edtf.parse(source.date)) for source in self.sources.values())
        sources = {source.id: source for source, when in read if when and when.latest <= day}
        later = frozenset(s.fact.id for s in self.statements if s.source.id not in sources)
        return replace(
            self,
            sources=sources,
            seeds={id_: seed for id_, seed in self.seeds.items() if id_ in sources},
            statements=tuple(_unlinked(s, later) for s in self.statements if s.source.id in sources),
            files={id_: file for id_, file in self.files.items() if id_ in sources},
            conflicts=tuple(c for c in self.conflicts if c.source in sources),
            kept=self.kept - later,
            readings={id_: found for id_, found in self.readings.items() if id_ in sources},
            as_of=min(self.as_of, day.isoformat()),
            edition="",
            before=None,
            store=Store(),
        )

    def mark_of(self, source: str, fact: str, key: str) -> Mark:
        """The place of a fact's key in its file; of the fact where the key is not written."""
        file = self.files[source]
        return file.marks.get(f"{fact}/{key}") or file.marks.get(fact) or Mark(file.path)

    def mark(self, statement: Statement, key: str) -> Mark:
        """The place of a statement's key in its file."""
        return self.mark_of(statement.source.id, statement.fact.id, key)


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    groups: dict[K, list[V]] = {}
    for name, value in pairs:
        groups.setdefault(name, []).append(value)
    return {name: tuple(values) for name, values in groups.items()}


def _unlinked(statement: Statement, gone: frozenset[str]) -> Statement:
    """A statement without links to facts that are not there."""
    linked = {name: getattr(statement.fact, name) for name in LINK_KEYS}
    left: dict[str, Any] = {name: tuple(id_ for id_ in ids if id_ not in gone) for name, ids in linked.items()}
    return statement if left == linked else replace(statement, fact=replace(statement.fact, **left))


def locate(quote: str, nth: int | None, text: str) -> Span | None:
    """Where the `nth` occurrence of a quote (the first by default) stands in a text."""
    start = -1
    for _ in range(nth or 1):
        start = text.find(quote, start + 1)
        if start < 0 or not quote:
            return None
    return Span(start, start + len(quote))


def follow(name: str, registry: Registry) -> Entity | None:
    """The entity an id stands for, `merged-into` followed; None where there is none, or the stubs run in a ring."""
    seen: set[str] = set()
    entity = registry.get(name)
    while entity and entity.merged_into and entity.id not in seen:
        seen.add(entity.id)
        entity = registry.get(entity.merged_into)
    return None if entity is None or entity.merged_into else entity


@dataclass(frozen=True)
class _Linker:
    """Resolves the names of one briefing and keeps what did not resolve."""

    registry: Registry
    topics: frozenset[str]
    problems: list[Problem]

    @cached_property
    def called(self) -> Mapping[str, tuple[str, ...]]:
        """Ids by the names of their entities, in small letters."""
        whole = (entity for entity in self.registry.values() if not entity.merged_into)
        return _grouped((name.casefold(), entity.id) for entity in whole for name in dict.fromkeys(entity.names()))

    def entity(self, name: str, mark: Mark, field: str, file: FactFile, fact: str) -> Entity | None:
        found = follow(name, self.registry)
        if not found:
            self.problems.append(self._unknown(name, mark, field, file, fact))
        return found

    def _unknown(self, name: str, mark: Mark, field: str, file: FactFile, fact: str) -> Problem:
        fix: tuple[Edit, ...] = ()
        if name in self.registry:
            message, valid = f"'{name}' leads through merged-into to no entity", ""
        elif len(ids := self.called.get(name.casefold(), ())) == 1:
            from generator.mend import by_id

            message, valid = f"'{name}' is a name of {ids[0]}, and no id", "write the id"
            fix = by_id(file, fact, field, name, ids[0])
        elif ", " in name and all(part in self.registry for part in name.split(", ")):
            message, valid = f"'{name}' is one text, and several ids", f"write a list: [{name}]"
        else:
            known = (*self.topics, *self.registry) if field == "about" else self.registry
            message, valid = f"no entity has the id '{name}'", did_you_mean(name, islice(known, 20_000))
        valid = valid or "name one of site_src/entities/, or add it there"
        return problem(mark, f"{field}: {message}", valid=valid, check="unknown-id", fix=fix)

    def statement(self, fact: Fact, source: Source, seed: Seed | None, file: FactFile) -> Statement:
        marks, place = file.marks, file.marks.get(fact.id, Mark(file.path))

        def named(field: str) -> tuple[Entity, ...]:
            value = getattr(fact, field, None) or ()
            names = (value,) if isinstance(value, str) else value
            if field == "about":
                names = tuple(name for name in names if name not in self.topics)
            mark = marks.get(f"{fact.id}/{key(field)}", place)
            found = (self.entity(name, mark, key(field), file, fact.id) for name in names)
            return tuple({entity.id: entity for entity in found if entity}.values())

        speaker, org, by, vouching = named("speaker"), named("org"), named("by"), named("according_to")
        holders = speaker if isinstance(fact, Quotation) else by
        outlet = publisher(source, seed, self.registry)
        return Statement(
            fact=fact,
            source=source,
            span=locate(fact.quote, fact.nth, seed.text) if seed else None,
            who=named("who"),
            where=named("where"),
            about=named("about"),
            topics=tuple(name for name in fact.about if name in self.topics),
            according_to=vouching,
            by=by,
            speaker=next(iter(speaker), None),
            org=next(iter(org), None),
            voices=_voices((*holders, *vouching), outlet),
            outlet=outlet,
            place=place,
        )


def publisher(source: Source, seed: Seed | None, registry: Registry) -> Entity | None:
    """Who brought a source out: an entity, or a bare name (no id) where the registry has none; None if not stated."""
    if source.publisher:
        named = seed.publisher if seed and seed.publisher else source.publisher
        known = follow(source.publisher, registry)
        return known or Entity(id="", name=named, kind="organisation", status="confirmed")
    if seed and seed.publisher:
        return Entity(id="", name=seed.publisher, kind="organisation", status="confirmed")
    return None


def _voices(vouching: Sequence[Entity], outlet: Entity | None) -> tuple[Entity, ...]:
    voices = [entity for entity in vouching if not outlet or entity.id != outlet.id or not entity.id]
    return tuple({entity.id or entity.name: entity for entity in voices}.values())


def _position(statement: Statement) -> tuple[object, ...]:
    span = statement.span
    start, end = (span.start, -span.end) if span else (1 << 40, 0)
    return (edtf.sort_key(statement.source.date), statement.source.id, start, end, statement.fact.id)


def newest(dates: Iterable[str]) -> str:
    """The latest of some EDTF dates, as the last day it may mean; `DATE_WITHOUT_SOURCES` where there is none."""
    days = (read.latest for read in map(edtf.parse, dates) if read and not read.open_end)
    return max(map(edtf.day, days), default=DATE_WITHOUT_SOURCES)


def link(
    settings: Settings,
    files: Mapping[str, FactFile],
    seeds: Iterable[Seed],
    registry: Registry,
    topics: Sequence[Topic],
    lexicons: Lexicons,
    *,
    conflicts: Sequence[Conflict] = (),
    kept: Iterable[str] = (),
    readings: Mapping[str, Mapping[str, Found]] | None = None,
    outline: Outline | None = None,
) -> tuple[Briefing, list[Problem]]:
    """Link what was loaded; `files` are by source id, `seeds` in any order."""
    linker = _Linker(registry, frozenset(topic.id for topic in topics), [])
    by_path = {seed.path: seed for seed in seeds}
    statements: list[Statement] = []
    for file in files.values():
        seed = by_path.get(file.source.seed)
        statements += [linker.statement(fact, file.source, seed, file) for fact in file.facts]
        if file.source.publisher:
            mark = file.marks.get("source/publisher", Mark(file.path))
            linker.entity(file.source.publisher, mark, "publisher", file, "source")
    sources = sorted((file.source for file in files.values()), key=lambda s: (edtf.sort_key(s.date), s.id))
    briefing = Briefing(
        settings=settings,
        sources={source.id: source for source in sources},
        seeds={source.id: by_path[source.seed] for source in sources if source.seed in by_path},
        statements=tuple(sorted(statements, key=_position)),
        registry=registry,
        topics=tuple(topics),
        files=files,
        conflicts=tuple(conflicts),
        lexicons=lexicons,
        as_of=settings.as_of or newest(source.date for source in sources),
        kept=frozenset(kept),
        readings=readings or {},
        outline=outline,
    )
    return briefing, linker.problems
