"""Places on a map: those that facts name and whose coordinates the registry has, with how many facts name each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.aggregate.claims import claims
from generator.link import Briefing, follow
from generator.model import Entity
from generator.registry import family

MOST = 24
"""Places on a map, those that most facts name."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a map."""

    entity: Entity
    at: tuple[float, float]
    """Latitude and longitude in degrees."""
    facts: int
    is_area: bool
    """Whether it is a land, a province or another stretch, of which a dot would say too much."""
    is_here: bool = False
    """Whether the page is about it."""


def _is_area(entity: Entity, briefing: Briefing) -> bool:
    return entity.kind in briefing.lexicons["labels"]["areas"]


def _spots(entities: Iterable[Entity], briefing: Briefing, here: Entity | None = None) -> tuple[Spot, ...]:
    found = []
    for entity in entities:
        facts = claims(briefing).count(briefing.about(entity))
        if entity.at and facts and family(entity.kind, briefing.lexicons) == "place":
            is_here = here is not None and entity.id == here.id
            found.append(Spot(entity, entity.at, facts, _is_area(entity, briefing), is_here))
    found.sort(key=lambda spot: (not spot.is_here, -spot.facts, spot.entity.name, spot.entity.id))
    return tuple(found[:MOST])


def _lies_in(entity: Entity, place: Entity, briefing: Briefing) -> bool:
    """Whether one lies in another, however deep."""
    seen: set[str] = set()
    up = follow(entity.in_ or "", briefing.registry)
    while up and up.id not in seen:
        if up.id == place.id:
            return True
        seen.add(up.id)
        up = follow(up.in_ or "", briefing.registry)
    return False


def everywhere(briefing: Briefing) -> tuple[Spot, ...]:
    """All places of a briefing that can stand on a map."""
    return _spots(briefing.named, briefing)


def around(place: Entity, briefing: Briefing) -> tuple[Spot, ...]:
    """A place, and the places in it."""
    inside = [e for e in briefing.named if e.at and e.id != place.id and _lies_in(e, place, briefing)]
    return _spots([place, *inside], briefing, place)
