"""A fact with what its ids and its quote stand for: names as the registry has them, stubs followed, and who vouches for it.

A name is looked up when it is asked for; one that leads nowhere is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from generator import edtf
from generator.model import Assessment, Entity, Fact, Mark, Quotation, Registry, Role, Seed, Source, Span
from generator.store import digest, packed


class Names:
    """What the ids in facts stand for; each is followed once."""

    def __init__(self, registry: Registry, topics: Iterable[str] = (), named: Mapping[str, str] | None = None) -> None:
        """`named` is how sources name their publishers in their own words, by source id."""
        self.registry = registry
        self.topics = frozenset(topics)
        self.named = named or {}
        self.ends: Mapping[str, Entity] = {
            id_: found
            for id_, entity in registry.items()
            if (found := follow(id_, registry) if entity.merged_into else entity)
        }
        """The entity that each id stands for, stubs followed; an id that leads nowhere is missing."""
        self._outlets: dict[str, Entity | None] = {}
        self._outlets_digested: dict[str, bytes] = {}
        self._digests: dict[str, bytes] = {}

    def of(self, names: Iterable[str]) -> tuple[Entity, ...]:
        """The entities of some ids, each once, without those that lead nowhere."""
        ends = self.ends
        found = {ends[name].id: ends[name] for name in names if name in ends}
        return tuple(found.values())

    def outlet(self, source: Source) -> Entity | None:
        """Who brought a source out."""
        if source.id not in self._outlets:
            self._outlets[source.id] = _publisher(source, self.named.get(source.id), self.registry)
        return self._outlets[source.id]

    def outlet_digest(self, source: Source) -> bytes:
        """A hash of who brought a source out."""
        return self._outlets_digested[source.id] if source.id in self._outlets_digested else self._digested(source)

    def _digested(self, source: Source) -> bytes:
        found = self._outlets_digested[source.id] = digest(packed(self.outlet(source)))
        return found

    def digest(self, name: str) -> bytes:
        """A hash of what an id stands for."""
        if name not in self._digests:
            self._digests[name] = digest("topic" if name in self.topics else "", packed(self.ends.get(name)))
        return self._digests[name]


def ids_of(fact: Fact, topics: Collection[str] = ()) -> Iterator[str]:
    """The ids that a fact names, but for topics that it is about, in the order in which a statement has their entities, as often as it does."""
    yield from fact.who
    yield from fact.where
    yield from (name for name in fact.about if name not in topics) if topics else fact.about
    if isinstance(fact, Assessment):
        yield from fact.by
    elif isinstance(fact, Quotation):
        if fact.speaker:
            yield fact.speaker
    elif isinstance(fact, Role) and fact.org:
        yield fact.org
    yield from fact.according_to


@dataclass(frozen=True)
class Statement:
    """A fact with what its ids and its quote stand for, looked up when asked. Names that do not resolve are left out."""

    fact: Fact
    source: Source
    span: Span | None
    """Where the quote stands in the normalised text; None where it does not, or the seed is gone."""
    place: Mark
    """Where the fact stands in its file."""
    names: Names = field(compare=False, repr=False)

    @cached_property
    def who(self) -> tuple[Entity, ...]:
        """Who did it, or holds the post."""
        return self.names.of(self.fact.who)

    @cached_property
    def where(self) -> tuple[Entity, ...]:
        """Where it was."""
        return self.names.of(self.fact.where)

    @cached_property
    def about(self) -> tuple[Entity, ...]:
        """What it is about, without topics."""
        return self.names.of(name for name in self.fact.about if name not in self.names.topics)

    @property
    def topics(self) -> tuple[str, ...]:
        """Ids of curated topics that the fact's `about` names."""
        return tuple(name for name in self.fact.about if name in self.names.topics)

    @cached_property
    def according_to(self) -> tuple[Entity, ...]:
        """The chain of attribution, nearest first."""
        return self.names.of(self.fact.according_to)

    @cached_property
    def by(self) -> tuple[Entity, ...]:
        """Who holds a judgement."""
        return self.names.of(self.fact.by if isinstance(self.fact, Assessment) else ())

    @cached_property
    def speaker(self) -> Entity | None:
        """Who said it."""
        name = self.fact.speaker if isinstance(self.fact, Quotation) else None
        return self.names.ends.get(name) if name else None

    @cached_property
    def org(self) -> Entity | None:
        """The body of a post."""
        name = self.fact.org if isinstance(self.fact, Role) else None
        return self.names.ends.get(name) if name else None

    @cached_property
    def voices(self) -> tuple[Entity, ...]:
        """Who vouches for it: speaker or holder, then `according_to`, nearest first; the publisher is not among them."""
        fact = self.fact
        if isinstance(fact, Quotation):
            held: tuple[str, ...] = (fact.speaker,) if fact.speaker else ()
        else:
            held = fact.by if isinstance(fact, Assessment) else ()
        if not held and not fact.according_to:  # as of most
            return ()
        outlet = self.outlet
        vouching = self.names.of((*held, *fact.according_to))
        return tuple(entity for entity in vouching if not outlet or entity.id != outlet.id)

    @property
    def outlet(self) -> Entity | None:
        """The publisher, if its source names one; without an id where the registry does not know it."""
        return self.names.outlet(self.source)

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """Every registry entity it names, each once; the outlet only where it is more than that."""
        return self.names.of(ids_of(self.fact, self.names.topics))

    @property
    def chain(self) -> tuple[Entity, ...]:
        """Who vouches for it, from who said it to who published it."""
        return (*self.voices, self.outlet) if self.outlet else self.voices

    @cached_property
    def own(self) -> bytes:
        """A hash of fact, source and span."""
        return own_digest(self.fact, self.source, self.span)

    @cached_property
    def digest(self) -> bytes:
        """A hash of all that it holds and resolves to, but for the place in its file."""
        return digest(self.own, self.names.outlet_digest(self.source), *map(self.names.digest, ids_of(self.fact)))

    @property
    def when(self) -> edtf.Edtf | None:
        """Its date, if it has one."""
        return edtf.parse(self.fact.when) if self.fact.when else None


def locate(quote: str, nth: int | None, text: str) -> Span | None:
    """Where the `nth` occurrence of a quote (the first by default) stands in a text, without white space around it."""
    start, words = -1, quote.strip()
    for _ in range(nth or 1):
        start = text.find(quote, start + 1)
        if start < 0 or not words:
            return None
    start += quote.index(words)  # between two paragraphs it would stand in none
    return Span(start, start + len(words))


def follow(name: str, registry: Registry) -> Entity | None:
    """The entity an id stands for, `merged-into` followed; None where there is none, or the stubs run in a ring."""
    seen: set[str] = set()
    entity = registry.get(name)
    while entity and entity.merged_into and entity.id not in seen:
        seen.add(entity.id)
        entity = registry.get(entity.merged_into)
    return None if entity is None or entity.merged_into else entity


def publisher(source: Source, seed: Seed | None, registry: Registry) -> Entity | None:
    """Who brought a source out: an entity, or a bare name (no id) where the registry has none; None if not stated."""
    return _publisher(source, seed.publisher if seed else None, registry)


def _publisher(source: Source, named: str | None, registry: Registry) -> Entity | None:
    """The same, with the publisher as the article names it."""
    if source.publisher:
        known = follow(source.publisher, registry)
        return known or Entity(id="", name=named or source.publisher, kind="organisation", status="confirmed")
    return Entity(id="", name=named, kind="organisation", status="confirmed") if named else None


def known(fact: Fact, source: Source, span: Span | None, place: Mark, names: Names, own: bytes) -> Statement:
    """A statement whose own hash is known; one that is made of it by `replace` finds its own."""
    made = Statement.__new__(Statement)  # a frozen record is filled key by key otherwise, and there are many
    made.__dict__.update(fact=fact, source=source, span=span, place=place, names=names, own=own)
    return made


def own_digest(fact: Fact, source: Source, span: Span | None) -> bytes:
    try:
        return digest(packed((fact, source, span)))
    except OverflowError:  # a number of more than 64 bits
        return digest(repr((fact, source, span)))
