"""Everything about one name, or one topic: roles, events, figures, words, and who else is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator import edtf
from generator.aggregate.claims import claims
from generator.aggregate.courses import Course
from generator.aggregate.events import AHEAD, as_of_day, latest, newest_first, status
from generator.aggregate.ledger import concerning, standing
from generator.aggregate.trust import origins
from generator.link import Briefing
from generator.model import Entity, Role, Source
from generator.once import once
from generator.registry import family
from generator.statement import Statement


@dataclass(frozen=True)
class Profile:
    """Statements of a page, by what they say; of those that state one fact, the earliest that belongs there."""

    roles: tuple[Statement, ...]
    ahead: tuple[Statement, ...]
    """Each thing once, without those whose outcome is told."""
    came: tuple[Course, ...]
    """What came of what was ahead, the newest outcome first; also of what this name merely said."""
    happened: tuple[Statement, ...]
    denied: tuple[Statement, ...]
    figures: tuple[Statement, ...]
    quotations: tuple[Statement, ...]
    assessments: tuple[Statement, ...]
    vouched: tuple[Statement, ...]
    """What others are told through this name: it only vouches for them, so they are not about it."""
    related: tuple[tuple[Entity, int], ...]
    """Who and what is named in the same statements, and how often, the most frequent first."""
    voices: tuple[tuple[Entity, int], ...]
    """Whom the statements come from, and how many, the most frequent first."""
    sources: tuple[tuple[Source, int], ...]
    """The sources that tell them, and how many each, the newest first."""
    all: tuple[Statement, ...]
    """Every statement."""


def profile(
    statements: Sequence[Statement], briefing: Briefing, of: Entity | None = None, day: date | None = None
) -> Profile:
    """Sort statements onto a page; `of` is the entity whose page it is, `day` the one it speaks of, the briefing's unless given."""
    own = claims(briefing).once(s for s in statements if not of or not _only_vouches(s, of))
    vouched = claims(briefing).once(s for s in statements if of and _only_vouches(s, of))
    events = [s for s in own if s.fact.kind == "event"]

    def kind(name: str) -> tuple[Statement, ...]:
        return tuple(sorted((s for s in own if s.fact.kind == name), key=newest_first))

    day = day or as_of_day(briefing)
    return Profile(
        roles=kind("role"),
        ahead=standing((s for s in events if status(s) in AHEAD), briefing),
        came=concerning(statements, briefing),
        happened=tuple(latest((s for s in events if status(s) == "happened"), day)),
        denied=tuple(latest((s for s in events if status(s) == "denied"), day)),
        figures=kind("figure"),
        quotations=kind("quotation"),
        assessments=kind("assessment"),
        vouched=_once(sorted(vouched, key=newest_first)),
        related=related(claims(briefing).once(statements), of),
        voices=origins(statements, briefing),
        sources=_sources(statements),
        all=tuple(statements),
    )


def _sources(statements: Iterable[Statement]) -> tuple[tuple[Source, int], ...]:
    counts: dict[str, int] = {}
    sources: dict[str, Source] = {}
    for s in statements:
        sources[s.source.id] = s.source
        counts[s.source.id] = counts.get(s.source.id, 0) + 1
    order = sorted(sources, key=lambda id_: (edtf.sort_key(sources[id_].date), id_), reverse=True)
    return tuple((sources[id_], counts[id_]) for id_ in order)


def _once(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Of facts that the same sentence of the same source tells, the first."""
    return tuple({(s.source.id, s.fact.text or s.fact.quote): s for s in reversed(list(statements))}.values())[::-1]


def _only_vouches(statement: Statement, entity: Entity) -> bool:
    subject = (*statement.who, *statement.where, *statement.about, *statement.by)
    named = {e.id for e in (*subject, *(e for e in (statement.speaker, statement.org) if e))}
    return entity.id not in named


def related(statements: Iterable[Statement], of: Entity | None, size: int = 12) -> tuple[tuple[Entity, int], ...]:
    """The other entities of some statements with their counts."""
    counts: dict[str, int] = {}
    entities: dict[str, Entity] = {}
    for entity in (e for s in statements for e in s.entities):
        if not of or entity.id != of.id:
            entities[entity.id] = entity
            counts[entity.id] = counts.get(entity.id, 0) + 1
    order = sorted(counts, key=lambda name: (-counts[name], entities[name].name, name))
    return tuple((entities[name], counts[name]) for name in order[:size])


def listed(briefing: Briefing, name: str | None) -> list[Entity]:
    """Entities of a family that have a page, the most frequently named first; None: those of no family."""
    return list(_families(briefing).get(name, ()))


@once
def _families(briefing: Briefing) -> Mapping[str | None, Sequence[Entity]]:
    members: dict[str | None, list[Entity]] = {}
    for entity in briefing.named:
        members.setdefault(family(entity.kind, briefing.lexicons), []).append(entity)
    return {
        name: sorted(group, key=lambda e: (-len(briefing.about(e)), e.name, e.id)) for name, group in members.items()
    }


@once
def tallies(briefing: Briefing) -> Mapping[str, int]:
    """How many facts name each entity that statements name, by its id."""
    told = claims(briefing)
    return {id_: told.count(statements) for id_, statements in briefing.by_entity.items()}


@once
def posts(briefing: Briefing) -> Mapping[str, Statement]:
    """The newest post of each who holds one, by the id of the entity."""
    found: dict[str, Statement] = {}
    for s in briefing.by_kind.get("role", ()):
        for entity in s.who if isinstance(s.fact, Role) else ():
            known = found.get(entity.id)
            if not known or _newness(s) > _newness(known):
                found[entity.id] = s
    return found


def _newness(statement: Statement) -> tuple[object, ...]:
    return (edtf.sort_key(statement.source.date), statement.fact.id)


def within(briefing: Briefing) -> Mapping[str, tuple[Entity, ...]]:
    """What lies in what: entities that facts name, by the id of what they are `in`."""
    inside: dict[str, list[Entity]] = {}
    for entity in briefing.named:
        if entity.in_:
            inside.setdefault(entity.in_, []).append(entity)
    return {name: tuple(sorted(group, key=lambda e: (e.name, e.id))) for name, group in inside.items()}
