"""Names that are probably several entities: `the government` of articles that have no place in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.extract.gazetteer import family_of
from generator.link import Briefing
from generator.model import Entity

KINDS = ("organisation", "programme", "meeting")


@dataclass(frozen=True, slots=True)
class Several:
    """An entity that is probably more than one."""

    entity: Entity
    groups: tuple[tuple[str, ...], ...]
    """Ids of the sources that name it, oldest first; those of two groups share no place."""


def several(briefing: Briefing) -> Iterator[Several]:
    """Candidates that are called by a description alone, and lie in nothing, in sources of different places.

    A source that names no place says nothing of it. Whoever confirms such an entity, or says what it lies in, says that it is one.
    """
    open_ = [e for e in briefing.registry.values() if e.status == "candidate" and not e.in_ and not e.merged_into]
    described = [e for e in open_ if e.name.islower() and family_of(e.kind, briefing.lexicons) in KINDS]
    of = {entity.id: dict.fromkeys(s.source.id for s in briefing.about(entity)) for entity in described}
    several_ = {id_ for sources in of.values() if len(sources) > 1 for id_ in sources}
    places = _places(briefing, several_)
    for entity in described:
        sources = of[entity.id]
        groups = _groups({id_: places[id_] for id_ in sources if id_ in places})
        if len(groups) > 1:
            yield Several(entity, tuple(groups))


def _places(briefing: Briefing, sources: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Ids of the places that each of some sources names, and of what they lie in."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for id_ in sources:
        for statement in briefing.by_source.get(id_, ()):
            for entity in statement.entities if statement.fact.review != "retracted" else ():
                if family_of(entity.kind, briefing.lexicons) == "place":
                    found[id_].update(place for place in (entity.id, entity.in_) if place)
    return {id_: frozenset(ids) for id_, ids in found.items()}


def _groups(places: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """Sources that hang together by the places they name."""
    groups: list[tuple[list[str], set[str]]] = []
    for source, named in places.items():
        ids, all_ = [source], set(named)
        apart = []
        for others, theirs in groups:
            if all_ & theirs or set(named) & theirs:
                ids, all_ = [*others, *ids], all_ | theirs
            else:
                apart.append((others, theirs))
        groups = [*apart, (ids, all_)]
    return [tuple(ids) for ids, _ in sorted(groups, key=lambda group: (-len(group[0]), group[0]))]
