"""What a page may be trusted for: counts of sources and origins, reviewed or machine-read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.aggregate.claims import claims
from generator.aggregate.stories import stories
from generator.link import Briefing
from generator.model import Entity
from generator.statement import Statement, publisher


@dataclass(frozen=True)
class Trust:
    """Counts over some statements, retracted ones left out."""

    facts: int
    """Each once, however many statements state it."""
    statements: int
    sources: int
    origins: tuple[Entity, ...]
    """Who the statements come from, each once, the most frequent first."""
    confirmed: int
    """Of the statements, as are the following."""
    disputed: int
    unreviewed: int


def origin(statement: Statement, briefing: Briefing) -> Entity | None:
    """Where a statement comes from: who is first said to have said it, else its publisher, or that of the story it is a copy of.

    So ten outlets that print one agency's report are one origin.
    """
    if statement.voices:
        return statement.voices[0]
    story = stories(briefing).get(statement.source.id)
    if not story:
        return statement.outlet
    return publisher(story.first, briefing.seeds.get(story.first.id), briefing.registry) or statement.outlet


def origins(statements: Iterable[Statement], briefing: Briefing) -> tuple[tuple[Entity, int], ...]:
    """Who some statements come from, each once with how many facts, the most frequent first."""
    facts: dict[str, set[str]] = {}
    named: dict[str, Entity] = {}
    firsts = claims(briefing).firsts
    for s in statements:
        if entity := origin(s, briefing):
            name = entity.id or entity.name
            named.setdefault(name, entity)
            facts.setdefault(name, set()).add(firsts.get(s.fact.id, s.fact.id))
    counted = {name: len(ids) for name, ids in facts.items()}
    order = sorted(named, key=lambda name: (-counted[name], named[name].name, name))
    return tuple((named[name], counted[name]) for name in order)


def trust(statements: Sequence[Statement], briefing: Briefing) -> Trust:
    """Count some statements."""
    review = [s.fact.review for s in statements]
    return Trust(
        facts=claims(briefing).count(statements),
        statements=len(statements),
        sources=len({s.source.id for s in statements}),
        origins=tuple(entity for entity, _ in origins(statements, briefing)),
        confirmed=review.count("confirmed"),
        disputed=review.count("disputed"),
        unreviewed=review.count("unreviewed"),
    )
