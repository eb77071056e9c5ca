"""What a page may be trusted for: counts of sources and origins, reviewed or machine-read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.link import Statement
from generator.model import Entity


@dataclass(frozen=True)
class Trust:
    """Counts over some statements, retracted ones left out."""

    facts: int
    sources: int
    origins: tuple[Entity, ...]
    """Who the statements come from, each once, the most frequent first."""
    confirmed: int
    disputed: int
    unreviewed: int


def origin(statement: Statement) -> Entity | None:
    """Where a statement comes from: who is first said to have said it, else its publisher.

    So ten outlets that print one agency's report are one origin.
    """
    return statement.chain[0] if statement.chain else None


def origins(statements: Iterable[Statement]) -> tuple[tuple[Entity, int], ...]:
    """Who some statements come from, each once with how many, the most frequent first."""
    counted: dict[str, int] = {}
    named: dict[str, Entity] = {}
    for entity in filter(None, map(origin, statements)):
        name = entity.id or entity.name
        named.setdefault(name, entity)
        counted[name] = counted.get(name, 0) + 1
    order = sorted(named, key=lambda name: (-counted[name], named[name].name, name))
    return tuple((named[name], counted[name]) for name in order)


def trust(statements: Sequence[Statement]) -> Trust:
    """Count some statements."""
    review = [s.fact.review for s in statements]
    return Trust(
        facts=len(statements),
        sources=len({s.source.id for s in statements}),
        origins=tuple(entity for entity, _ in origins(statements)),
        confirmed=review.count("confirmed"),
        disputed=review.count("disputed"),
        unreviewed=review.count("unreviewed"),
    )
