"""Topics: those a person curates, and those that come by themselves.

Every programme that facts name is a topic, and every meeting with something planned or expected; they live on
their own pages, so a topic is never told twice.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.aggregate.events import AHEAD, status
from generator.aggregate.profiles import listed
from generator.link import Briefing, Statement, follow
from generator.model import Entity, Selector, Topic


def selects(selector: Selector, statement: Statement, briefing: Briefing) -> bool:
    """Whether a statement holds any value of any key of a selector; ids are followed through `merged-into`."""

    def ids(names: tuple[str, ...]) -> set[str]:
        return {entity.id for name in names if (entity := follow(name, briefing.registry))}

    fact = statement.fact
    named = {
        "who": {e.id for e in (*statement.who, *statement.by, *((statement.speaker,) if statement.speaker else ()))},
        "where": {e.id for e in statement.where},
        "about": {e.id for e in statement.about},
    }
    text = f"{fact.quote}\n{fact.text}".casefold()
    return (
        bool(
            ids(selector.who) & named["who"]
            or ids(selector.where) & named["where"]
            or ids(selector.about) & named["about"]
        )
        or not set(selector.about).isdisjoint(statement.topics)
        or getattr(fact, "what", None) in selector.what
        or fact.kind in selector.kind
        or statement.source.id in selector.source
        or any(words.casefold() in text for words in selector.words)
    )


def members(topic: Topic, briefing: Briefing) -> tuple[Statement, ...]:
    """The current statements of a curated topic: those it selects, and those that name it in `about`."""
    return tuple(s for s in briefing.current if topic.id in s.topics or selects(topic.facts, s, briefing))


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
