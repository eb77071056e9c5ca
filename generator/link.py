"""From files that were read to a briefing: facts with their names, sources and words found.

Everything is loaded first, then linked. A name that does not resolve is a problem and is left out; the
fact stays. Stubs with `merged-into` are followed. What pages show is computed from the result
(`generator.aggregate`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct
from msgspec.msgpack import Decoder

from generator import edtf
from generator.lexicon import Lexicons
from generator.model import (
    LINK_KEYS,
    NAME_KEYS,
    Edit,
    Entity,
    Found,
    Kind,
    Mark,
    Registry,
    Seed,
    Source,
    Span,
    Topic,
    key,
)
from generator.problems import Problem, did_you_mean, problem
from generator.statement import Names, Statement, ids_of, known, locate, own_digest, publisher
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
    read: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """By source id, a hash of what the machine reads in it, where that is known without looking."""
    outline: Outline | None = None
    """What maps are drawn over; without it there are none."""
    edition: str = ""
    """The day, `YYYY-MM-DD`, of whose edition these are the pages; empty for the present."""
    before: Briefing | None = field(default=None, repr=False)
    """The newest of the editions before it."""
    trimmed: bool = False
    """Whether facts hold less than their files do, as policy has it."""
    digests: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """By source id, a hash of its fact file and its article, and of all that its names stand for."""
    around: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """The same without the fact file."""
    changed: frozenset[str] = frozenset()
    """Sources whose fact files or articles are others than when they were linked last, by what is kept of that."""
    store: Store = field(default_factory=Store, repr=False)
    """What was made of a briefing before; a fresh one, in memory, unless given."""
    made: dict[object, Any] = field(default_factory=dict, init=False, repr=False)
    """What was made of this one in this run, by what made it."""

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
        groups: dict[str, list[Statement]] = {}
        for s in self.current:
            ends = s.names.ends
            for id_ in dict.fromkeys(ends[name].id for name in ids_of(s.fact, s.names.topics) if name in ends):
                groups.setdefault(id_, []).append(s)
        return {id_: tuple(named) for id_, named in groups.items()}

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
    def scope(self) -> str:
        """What tells it apart in the store from other views of the same files: the day of an edition, and whether facts are trimmed."""
        return f"{self.edition}{'*' if self.trimmed else ''}"

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

    def only(self, sources: Collection[str]) -> Briefing:
        """The same with no other sources than some, but all articles, for what is made of each source by itself; without editions, and with a store of its own."""
        return replace(
            self,
            sources={id_: source for id_, source in self.sources.items() if id_ in sources},
            statements=tuple(s for id_ in self.sources if id_ in sources for s in self.by_source.get(id_, ())),
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


@dataclass(frozen=True)
class _Linker:
    """Finds the names of one briefing that do not resolve."""

    names: Names
    problems: list[Problem]

    @cached_property
    def called(self) -> Mapping[str, tuple[str, ...]]:
        """Ids by the names of their entities, in small letters."""
        whole = (entity for entity in self.names.registry.values() if not entity.merged_into)
        return _grouped((name.casefold(), entity.id) for entity in whole for name in dict.fromkeys(entity.names()))

    def check(self, file: FactFile) -> None:
        """Tell the names of a fact file that do not resolve."""
        source, known = file.source, self.names.ends
        for fact in file.facts:
            for field_ in NAME_KEYS:
                value = getattr(fact, field_, None) or ()
                for name in (value,) if isinstance(value, str) else value:
                    if name not in known and not (field_ == "about" and name in self.names.topics):
                        mark = file.marks.get(f"{fact.id}/{key(field_)}") or file.marks.get(fact.id) or Mark(file.path)
                        self.problems.append(self._unknown(name, mark, key(field_), file, fact.id))
        if source.publisher and source.publisher not in known:
            mark = file.marks.get("source/publisher", Mark(file.path))
            self.problems.append(self._unknown(source.publisher, mark, "publisher", file, "source"))

    def _unknown(self, name: str, mark: Mark, field: str, file: FactFile, fact: str) -> Problem:
        fix: tuple[Edit, ...] = ()
        registry = self.names.registry
        if name in registry:
            message, valid = f"'{name}' leads through merged-into to no entity", ""
        elif len(ids := self.called.get(name.casefold(), ())) == 1:
            from generator.mend import by_id

            message, valid = f"'{name}' is a name of {ids[0]}, and no id", "write the id"
            fix = by_id(file, fact, field, name, ids[0])
        elif ", " in name and all(part in registry for part in name.split(", ")):
            message, valid = f"'{name}' is one text, and several ids", f"write a list: [{name}]"
        else:
            known = (*self.names.topics, *registry) if field == "about" else registry
            message, valid = f"no entity has the id '{name}'", did_you_mean(name, islice(known, 20_000))
        valid = valid or "name one of site_src/entities/, or add it there"
        return problem(mark, f"{field}: {message}", valid=valid, check="unknown-id", fix=fix)


class _Linked(Struct, frozen=True, array_like=True):
    """What a fact file and its article's text come to, whatever names stand for."""

    order: tuple[int, ...]
    """Which of its facts stands first in the article, which next."""
    spans: tuple[Span | None, ...]
    """Of the facts in that order."""
    own: tuple[bytes, ...]
    """Their hashes."""
    named: tuple[str, ...]
    """Every id that is named, but for topics."""
    about: tuple[str, ...]
    """Every id that facts are about."""


_LINKED = Decoder(_Linked)


def _linked(file: FactFile, seed: Seed | None) -> _Linked:
    spans = [locate(fact.quote, fact.nth, seed.text) if seed else None for fact in file.facts]
    at = {n: (span.start, -span.end) if span else (1 << 40, 0) for n, span in enumerate(spans)}
    order = sorted(range(len(spans)), key=lambda n: (*at[n], file.facts[n].id))
    others = (
        value for fact in file.facts for name in NAME_KEYS if name != "about" and (value := getattr(fact, name, None))
    )
    named = [name for value in others for name in ((value,) if isinstance(value, str) else value)]
    return _Linked(
        tuple(order),
        tuple(spans[n] for n in order),
        tuple(own_digest(file.facts[n], file.source, spans[n]) for n in order),
        tuple(dict.fromkeys([*named, *([file.source.publisher] if file.source.publisher else [])])),
        tuple(dict.fromkeys(name for fact in file.facts for name in fact.about)),
    )


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
    read: Mapping[str, bytes] | None = None,
    outline: Outline | None = None,
    store: Store | None = None,
) -> tuple[Briefing, list[Problem]]:
    """Link what was loaded; `files` are by source id, `seeds` in any order.

    What a file and its article come to is kept in the store, so that only files that changed are looked at.
    """
    by_path = {seed.path: seed for seed in seeds}
    store = store or Store()
    ordered = sorted(files.values(), key=lambda file: (edtf.sort_key(file.source.date), file.source.id))
    at_hand = {file.source.id: by_path[file.source.seed] for file in ordered if file.source.seed in by_path}
    publishers = {id_: seed.publisher for id_, seed in at_hand.items() if seed.publisher}
    names = Names(registry, (topic.id for topic in topics), publishers)
    linker, stage = _Linker(names, []), store.stage("linked")
    kept_before = {slot: (key_, value) for slot, key_, value in stage.values()}
    made: list[tuple[str, bytes, bytes]] = []
    statements: list[Statement] = []
    digests: dict[str, bytes] = {}
    around: dict[str, bytes] = {}
    ends, known_topics = names.ends, names.topics
    for file in ordered:
        source, seed = file.source, at_hand.get(file.source.id)
        key_ = digest(file.key, source.id, seed.sha256 if seed else "")
        was, value = kept_before.get(source.id, (b"", b""))
        if was == key_:
            found = _LINKED.decode(value)
        else:
            found = _linked(file, seed)
            made.append((source.id, key_, packed(found)))
        named = (*found.named, *found.about)
        sha256 = seed.sha256 if seed else ""
        around[source.id] = digest(sha256, names.outlet_digest(source), *map(names.digest, named))
        digests[source.id] = digest(key_, around[source.id])
        for n, span, own in zip(found.order, found.spans, found.own, strict=True):
            place = Mark(file.path, *file.places[n]) if file.places else Mark(file.path)
            statements.append(known(file.facts[n], source, span, place, names, own))
        if not all(map(ends.__contains__, found.named)) or not all(
            name in ends or name in known_topics for name in found.about
        ):
            linker.check(file)
    stage.put(made)
    stage.drop(kept_before.keys() - {file.source.id for file in ordered})
    briefing = Briefing(
        settings=settings,
        sources={file.source.id: file.source for file in ordered},
        seeds=at_hand,
        statements=tuple(statements),
        registry=registry,
        topics=tuple(topics),
        files=files,
        conflicts=tuple(conflicts),
        lexicons=lexicons,
        as_of=settings.as_of or newest(file.source.date for file in ordered),
        kept=frozenset(kept),
        readings=readings or {},
        read=read or {},
        outline=outline,
        digests=digests,
        around=around,
        changed=frozenset(id_ for id_, _, _ in made),
        store=store,
    )
    return briefing, linker.problems
