"""Topics: those a person curates, and those that come by themselves.

Every programme that facts name is a topic, and every meeting with something planned or expected; they live on
their own pages, so a topic is never told twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from generator.aggregate.claims import claims
from generator.aggregate.events import AHEAD, status
from generator.aggregate.profiles import listed
from generator.link import Briefing, Statement, follow
from generator.model import Entity, Selector, Topic


class _Selection:
    """A selector with the ids that it names followed, so that many statements can be put to it."""

    def __init__(self, selector: Selector, briefing: Briefing) -> None:
        def ids(names: Iterable[str]) -> frozenset[str]:
            return frozenset(entity.id for name in names if (entity := follow(name, briefing.registry)))

        self.selector = selector
        self.who, self.where, self.about = ids(selector.who), ids(selector.where), ids(selector.about)
        self.topics = frozenset(selector.about)
        self.words = tuple(words.casefold() for words in selector.words)

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


@lru_cache(maxsize=4)
def _members(briefing: Briefing) -> Mapping[str, tuple[Statement, ...]]:
    held: dict[str, list[Statement]] = {topic.id: [] for topic in briefing.topics}
    selections = [(topic, _Selection(topic.facts, briefing)) for topic in briefing.topics]
    for s in briefing.current if selections else ():
        for topic, selection in selections:
            if topic.id in s.topics or selection.holds(s):
                held[topic.id].append(s)
    return {id_: tuple(statements) for id_, statements in held.items()}


def count(topic: Topic, briefing: Briefing) -> int:
    """How many facts a curated topic holds."""
    return claims(briefing).count(members(topic, briefing))


@lru_cache(maxsize=4)
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
