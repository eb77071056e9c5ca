"""One article in, its facts out: the layers, then the rules in order, then ids, texts and names."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import islice
from typing import Any

from generator.extract.answers import merged, publishers
from generator.extract.assessments import assessments
from generator.extract.draft import Draft, Rule
from generator.extract.events import events
from generator.extract.figures import figures
from generator.extract.gazetteer import Gazetteer, slug
from generator.extract.header_date import doubt
from generator.extract.layers import Layers, read_layers
from generator.extract.quotes import quotations
from generator.extract.roles import roles
from generator.facts import fact_id
from generator.lexicon import Lexicons
from generator.model import FACT_TYPES, MOST_FACTS, NAME_KEYS, Entity, Extraction, Found, Registry, Seed, Source, Span

RULES: tuple[Rule, ...] = (roles, events, figures, quotations, assessments)
"""What is read from an article, in this order; each states facts of one kind."""


FIELDS = {kind: frozenset(field.name for field in fields(record)) for kind, record in FACT_TYPES.items()}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read out of one seed, and what it was read by."""

    extraction: Extraction
    ids: tuple[str, ...]
    """All that names stand for in it, and what that lies in: of other ids the registry may say what it likes."""
    words: str
    """Its words in lower case, a sentence a line: of names with other words, too."""


class Reader:
    """Reads articles with one registry and one vocabulary; what both need is compiled once."""

    def __init__(self, registry: Registry, lexicons: Lexicons) -> None:
        self._known = Gazetteer(registry, lexicons)
        self._registry = registry
        self._merged = merged(registry)
        self._publishers = publishers(registry)
        self._lexicons = lexicons

    def layers(self, text: str, date: str) -> Layers:
        """The annotated text; `date` is EDTF."""
        return read_layers(text, date, self._known, self._lexicons)

    def read(self, seed: Seed, source_id: str, withheld: Collection[str] = ()) -> Extraction:
        """All facts of a seed. `withheld` are candidates that a person took out of the registry: facts do not use them."""
        return self.reading(seed, source_id, withheld).extraction

    def reading(self, seed: Seed, source_id: str, withheld: Collection[str] = ()) -> Reading:
        """The same, with what of the registry it depends on."""
        layers = self.layers(seed.text, seed.date)
        drafts = [draft for rule in RULES for draft in rule(layers)]
        drafts.sort(key=lambda d: (d.trigger.start, d.trigger.end, d.kind))
        publisher = self._publisher(seed)
        gone = {id_ for id_ in withheld if id_ not in self._registry}
        facts = _facts(layers, _once(drafts), source_id, gone, publisher, self._merged)
        found = tuple(islice(facts, MOST_FACTS))
        source = Source(
            id=source_id,
            date=seed.date,
            publisher=publisher.id if publisher else None,
            title=seed.title,
            url=seed.url,
            author=seed.author,
            seed=seed.path,
            sha256=seed.sha256,
        )
        extraction = Extraction(
            source=source, facts=found, candidates=self._candidates(layers, found, publisher), doubt=doubt(layers)
        )
        named = [*layers.entities.values(), *([publisher] if publisher else [])]
        ids = {id_ for entity in named for id_ in (entity.id, entity.in_) if id_}
        words = "\n".join(" ".join([word.lower for word in line.words]) for line in layers.lines)
        return Reading(extraction, tuple(sorted(ids)), words)

    def _publisher(self, seed: Seed) -> Entity | None:
        if seed.publisher is None:
            return None
        known = self._publishers.get(seed.publisher.casefold())
        if known:
            return self._registry[self._merged.get(known, known)]
        return Entity(id=slug(seed.publisher), name=seed.publisher, kind="organisation")

    def _candidates(self, layers: Layers, found: Sequence[Found], publisher: Entity | None) -> tuple[Entity, ...]:
        """The entities that the facts use and the registry lacks, with what each lies in."""
        used = {id_ for f in found for id_ in _names(f)}
        entities = dict(layers.entities) | ({publisher.id: publisher} if publisher else {})
        used |= {publisher.id} if publisher else set()
        made = []
        for id_ in sorted(id_ for id_ in used if id_ not in self._registry):
            entity = entities[id_]
            aka = (*entity.aka, *(s for s in layers.seen_as.get(id_, ()) if s not in entity.names()))
            in_ = entity.in_ if entity.in_ in used or entity.in_ in self._registry else None
            as_it_is = aka == entity.aka and in_ == entity.in_
            made.append(entity if as_it_is else replace(entity, aka=aka, in_=in_))
        return tuple(made)


def _names(found: Found) -> Iterator[str]:
    for name in NAME_KEYS:
        value = getattr(found.fact, name, ())
        yield from (value,) if isinstance(value, str) else value or ()


def _once(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """One draft for each kind and trigger: the first rule that states it."""
    seen: set[tuple[str, Span]] = set()
    for draft in drafts:
        key = draft.kind, draft.trigger
        if key not in seen:
            seen.add(key)
            yield draft


def _facts(
    layers: Layers,
    drafts: Iterator[Draft],
    source_id: str,
    withheld: set[str],
    publisher: Entity | None,
    merged: Mapping[str, str],
) -> Iterator[Found]:
    ranks: Counter[tuple[str, str]] = Counter()
    occurrences = _Occurrences(layers.text)
    for draft in drafts:
        quote = draft.quote.of(layers.text)
        rank = ranks[draft.kind, quote]
        ranks[draft.kind, quote] += 1
        known = FIELDS[draft.kind]
        values: dict[str, Any] = {
            k: _kept(v, withheld, merged) if k in NAME_KEYS else v for k, v in draft.values.items() if k in known
        }
        if publisher and "according_to" in values:
            values["according_to"] = tuple(id_ for id_ in values["according_to"] if id_ != publisher.id)
        fact = FACT_TYPES[draft.kind](
            id=fact_id(source_id, draft.kind, quote, rank),
            text=draft.text,
            quote=quote,
            nth=occurrences.nth(quote, draft.quote.start),
            **values,
        )
        trigger = " ".join(draft.trigger.of(layers.text).split())
        yield Found(fact=fact, span=draft.quote, rule=draft.rule, proof=draft.proof, trigger=trigger)


def _kept(value: Any, withheld: set[str], merged: Mapping[str, str]) -> Any:
    """A list of names, or one name, without those that are withheld; one that was merged is the one it was merged into."""
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(merged.get(id_, id_) for id_ in value if id_ not in withheld))
    return None if value in withheld else merged.get(value, value)


class _Occurrences:
    """Where words stand in a text; each is looked for once, however many facts quote it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places: dict[str, list[int]] = {}

    def nth(self, quote: str, start: int) -> int | None:
        """Which occurrence of its words a quote is, from 1, as `generator.statement.locate` counts; None where they occur once."""
        places = self._places.get(quote)
        if places is None:
            places = self._places[quote] = []
            at = self._text.find(quote)
            while at >= 0:
                places.append(at)
                at = self._text.find(quote, at + 1)
        return bisect_left(places, start) + 1 if len(places) > 1 else None


def extract(
    seed: Seed, registry: Registry, lexicons: Lexicons, *, source_id: str, withheld: Collection[str] = ()
) -> Extraction:
    """All facts of one seed; for many, make one `Reader`."""
    return Reader(registry, lexicons).read(seed, source_id, withheld)
