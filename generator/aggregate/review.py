"""The review queue: what a person should look at, the most pressing first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.aggregate.events import by_newest
from generator.identity import Proposal, proposals
from generator.link import Briefing
from generator.model import Entity
from generator.statement import Statement

if TYPE_CHECKING:
    from generator.base import Conflict


@dataclass(frozen=True)
class Queue:
    """Work for editors."""

    conflicts: tuple[Conflict, ...]
    disputed: tuple[Statement, ...]
    unreviewed: tuple[Statement, ...]
    candidates: tuple[Entity, ...]
    """Names that the machine added to the registry and nobody confirmed."""
    twins: tuple[Proposal, ...] = ()
    """Names that are probably one, the surest first."""


def queue(briefing: Briefing) -> Queue:
    """What waits, the newest sources first."""

    def state(review: str) -> tuple[Statement, ...]:
        return tuple(by_newest(s for s in briefing.current if s.fact.review == review))

    open_names = (e for e in briefing.registry.values() if e.status == "candidate" and not e.merged_into)
    return Queue(
        conflicts=briefing.conflicts,
        disputed=state("disputed"),
        unreviewed=state("unreviewed"),
        candidates=tuple(sorted(open_names, key=lambda e: (e.name, e.id))),
        twins=proposals(briefing),
    )
