"""Places on a map: those that facts name and whose coordinates the registry has, with how many facts name each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from generator.aggregate.profiles import tallies
from generator.link import Briefing
from generator.model import Entity
from generator.once import once
from generator.registry import family
from generator.statement import follow

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
        facts = tallies(briefing).get(entity.id, 0)
        if entity.at and facts and family(entity.kind, briefing.lexicons) == "place":
            is_here = here is not None and entity.id == here.id
            found.append(Spot(entity, entity.at, facts, _is_area(entity, briefing), is_here))
    return tuple(nsmallest(MOST, found, key=lambda s: (not s.is_here, -s.facts, s.entity.name, s.entity.id)))


@once
def _inside(briefing: Briefing) -> Mapping[str, Sequence[Entity]]:
    """The places with coordinates that lie in each place, however deep, by its id."""
    found: dict[str, list[Entity]] = {}
    for entity in briefing.named:
        seen = {entity.id}
        up = follow(entity.in_ or "", briefing.registry) if entity.at else None
        while up and up.id not in seen:
            found.setdefault(up.id, []).append(entity)
            seen.add(up.id)
            up = follow(up.in_ or "", briefing.registry)
    return found


def everywhere(briefing: Briefing) -> tuple[Spot, ...]:
    """All places of a briefing that can stand on a map."""
    return _spots(briefing.named, briefing)


def around(place: Entity, briefing: Briefing) -> tuple[Spot, ...]:
    """A place, and the places in it."""
    return _spots([place, *_inside(briefing).get(place.id, ())], briefing, place)
