"""Topics: those a person curates, and those that come by themselves.

Every programme that facts name is a topic, and every meeting with something planned or expected; they live on
their own pages, so a topic is never told twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.msgpack import Decoder

from generator.aggregate.claims import claims
from generator.aggregate.events import AHEAD, status
from generator.aggregate.profiles import listed
from generator.link import Briefing
from generator.model import Entity, Selector, Topic
from generator.once import once
from generator.statement import Statement, follow
from generator.store import digest, packed

_KEPT = Decoder(tuple[bytes, dict[str, tuple[bytes, dict[str, list[str]]]]])


class _Selection:
    """A selector with the ids that it names followed, so that many statements can be put to it."""

    def __init__(self, selector: Selector, briefing: Briefing) -> None:
        def ids(names: Iterable[str]) -> frozenset[str]:
            return frozenset(entity.id for name in names if (entity := follow(name, briefing.registry)))

        self.selector = selector
        self.who, self.where, self.about = ids(selector.who), ids(selector.where), ids(selector.about)
        self.topics = frozenset(selector.about)
        self.words = tuple(words.casefold() for words in selector.words)

    @property
    def key(self) -> tuple[object, ...]:
        """All that it goes by."""
        ids = (sorted(names) for names in (self.who, self.where, self.about, self.topics))
        return (*ids, self.words, self.selector.what, self.selector.kind, self.selector.source)

    def holds(self, statement: Statement) -> bool:
        """Whether a statement holds any value of any key."""
        fact, selector = statement.fact, self.selector
        doing = (*statement.who, *statement.by, *((statement.speaker,) if statement.speaker else ()))
        if (
            (self.who and any(e.id in self.who for e in doing))
            or (self.where and any(e.id in self.where for e in statement.where))
            or (self.about and any(e.id in self.about for e in statement.about))
            or (self.topics and not self.topics.isdisjoint(statement.topics))
            or getattr(fact, "what", None) in selector.what
            or fact.kind in selector.kind
            or statement.source.id in selector.source
        ):
            return True
        text = f"{fact.quote}\n{fact.text}".casefold() if self.words else ""
        return any(words in text for words in self.words)


def selects(selector: Selector, statement: Statement, briefing: Briefing) -> bool:
    """Whether a statement holds any value of any key of a selector; ids are followed through `merged-into`."""
    return _Selection(selector, briefing).holds(statement)


def members(topic: Topic, briefing: Briefing) -> tuple[Statement, ...]:
    """The current statements of a curated topic: those it selects, and those that name it in `about`."""
    return _members(briefing).get(topic.id, ())


@once
def _members(briefing: Briefing) -> Mapping[str, tuple[Statement, ...]]:
    """By topic; which facts a source gives to which is kept, as long as neither the source nor a selector has changed."""
    selections = [(topic.id, _Selection(topic.facts, briefing)) for topic in briefing.topics]
    if not selections:
        return {}
    state, chosen = f"topics/{briefing.scope}", digest(*(packed((id_, *one.key)) for id_, one in selections))
    raw = briefing.store.state(state)
    before, kept = _KEPT.decode(raw) if raw else (b"", {})
    kept = kept if before == chosen else {}
    found: dict[str, tuple[bytes, dict[str, list[str]]]] = {}
    held: dict[str, list[Statement]] = {topic.id: [] for topic in briefing.topics}
    for source, statements in briefing.by_source.items():
        known = briefing.digests.get(source, b"")
        if not known or kept.get(source, (b"",))[0] != known:
            current = [s for s in statements if s.fact.review != "retracted"]
            chosen_here = {
                id_: [s.fact.id for s in current if id_ in s.topics or one.holds(s)] for id_, one in selections
            }
            found[source] = known, {id_: ids for id_, ids in chosen_here.items() if ids}
        else:
            found[source] = kept[source]
        for id_, ids in found[source][1].items():
            held[id_] += [s for s in statements if s.fact.id in ids]
    if found != kept:
        briefing.store.keep({state: packed((chosen, found))})
    return {id_: tuple(many) for id_, many in held.items()}


def count(topic: Topic, briefing: Briefing) -> int:
    """How many facts a curated topic holds."""
    return claims(briefing).count(members(topic, briefing))


@once
def backlinks(briefing: Briefing) -> Mapping[str, tuple[Topic, ...]]:
    """The curated topics that hold a fact, by its id, in their order."""
    found: dict[str, tuple[Topic, ...]] = {}
    for topic in briefing.topics:
        for statement in members(topic, briefing):
            found[statement.fact.id] = (*found.get(statement.fact.id, ()), topic)
    return found


def programmes(briefing: Briefing) -> list[Entity]:
    """Programmes that facts name."""
    return listed(briefing, "programme")


def meetings(briefing: Briefing) -> list[Entity]:
    """Meetings with an event planned or expected."""

    def is_ahead(entity: Entity) -> bool:
        return any(status(s) in AHEAD for s in briefing.about(entity))

    return [entity for entity in listed(briefing, "meeting") if is_ahead(entity)]
