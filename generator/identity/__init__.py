"""Names of the registry that are probably one entity: what agrees, and where each is named. A person decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from msgspec import Struct
from msgspec.msgpack import Decoder

from generator.extract.gazetteer import FAMILIES, Family, family_of
from generator.identity.forms import ACRONYM, Form, Words
from generator.identity.meeting import RULES, Met, Names
from generator.identity.spoken import Spoken
from generator.lexicon import Lexicons
from generator.link import Briefing
from generator.model import Entity, Registry
from generator.once import once
from generator.statement import Statement, follow
from generator.store import digest, packed

__all__ = ["Proposal", "proposals"]

LEAST = 0.6
"""How sure a proposal is at least."""
FAR = 60
"""Kilometres that part two places for good."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two entities that are probably one."""

    gone: Entity
    """The one that would be merged into the other."""
    into: Entity
    score: float
    """0 to 1; its order counts, not its value."""
    rule: str
    """What agrees, as one word: `letters`, `initials`, `part` …"""
    why: str
    """What agrees, in words."""
    both: tuple[str, ...]
    """Sources that name both, by id."""
    of_gone: tuple[Statement, ...]
    """Where each is named."""
    of_into: tuple[Statement, ...]


@lru_cache(maxsize=4)
def _words(lexicons: Lexicons) -> Words:
    return Words(lexicons)


@once
def proposals(briefing: Briefing) -> tuple[Proposal, ...]:
    """All pairs that are probably one, the surest first; of entities that hang together as few as join them."""
    made = [one for met in _met(briefing) if (one := _proposal(met, briefing))]
    made.sort(key=lambda p: (-p.score, -len(p.of_into), p.gone.id, p.into.id))
    return tuple(_joining(made))


class _Kept(Struct, frozen=True, array_like=True):
    """Which names met, of what the registry and the articles were then."""

    key: bytes
    asked: dict[str, bool]
    met: tuple[Met, ...]


_KEPT = Decoder(_Kept)


def _met(briefing: Briefing) -> tuple[Met, ...]:
    """The names that meet by some rule, each two once, by the surest. They are sought anew once a name, or what articles say of its words, has changed."""
    spoken, name = Spoken(briefing), f"identity/{briefing.scope}"
    entities = [(e.id, e.name, e.aka, e.kind) for e in briefing.registry.values() if not e.merged_into]
    key = digest(packed(entities), briefing.lexicons.digest)
    raw = briefing.store.state(name)
    kept = _KEPT.decode(raw) if raw else None
    if kept and kept.key == key and all(spoken(word) == answer for word, answer in kept.asked.items()):
        return kept.met
    found: dict[frozenset[str], Met] = {}
    for names in _families(briefing, spoken):
        for rule in RULES:
            for met in rule(names):
                pair = frozenset((met.one, met.other))
                if len(pair) == 2 and (pair not in found or met.score > found[pair].score):
                    found[pair] = met
    made = tuple(found.values())
    briefing.store.keep({name: packed(_Kept(key, spoken.asked, made))})
    return made


def _joining(made: Iterable[Proposal]) -> Iterator[Proposal]:
    """Without those whose two are joined by surer ones already."""
    head: dict[str, str] = {}

    def top(id_: str) -> str:
        while head.get(id_, id_) != id_:
            id_ = head[id_]
        return id_

    for proposal in made:
        one, other = top(proposal.gone.id), top(proposal.into.id)
        if one != other:
            head[one] = other
            yield proposal


def _families(briefing: Briefing, spoken: Spoken) -> Iterator[Names]:
    """The entities that may be merged, by family."""
    lexicons, words = briefing.lexicons, _words(briefing.lexicons)
    own: defaultdict[Family, dict[str, Entity]] = defaultdict(dict)
    for entity in briefing.registry.values():
        family = family_of(entity.kind, lexicons)
        if family and not entity.merged_into:
            own[family][entity.id] = entity
    expanded = _expanded(own, words)
    for family in FAMILIES:
        entities = own[family]
        forms = {id_: _forms(entity, family, words) for id_, entity in entities.items()}
        yield Names(family, entities, forms, words, spoken, expanded)


def _forms(entity: Entity, family: Family, words: Words) -> tuple[Form, ...]:
    """Its names taken apart. A family name says nothing of a person whose full name is known: others may share it."""
    made = [form for name in dict.fromkeys(entity.names()) if (form := words.form(name, family)).words]
    full = [form for form in made if len(form.words) > 1] if family == "person" else []
    return tuple(full or made)


def _expanded(own: Mapping[Family, Mapping[str, Entity]], words: Words) -> dict[str, tuple[str, ...]]:
    """What short forms stand for, by word: `wph` for the words of the party, `halvoran` for `halvora`."""
    made: dict[str, tuple[str, ...]] = {}
    for family in ("organisation", "place"):
        for entity in own[family].values():
            full = words.form(entity.name, family).words
            if family == "place" and len(full) == 1 and len(full[0]) > 3:
                for ending in ("n", "an", "i", "ese", "ish"):
                    made.setdefault(full[0] + ending, full)
            for name in entity.aka:
                short = words.split(name.replace(".", ""))
                if ACRONYM.fullmatch(name) and len(full) > 1 and len(short) == 1:
                    made.setdefault(short[0], full)
    return made


def _proposal(met: Met, briefing: Briefing) -> Proposal | None:
    """What two entities that met come to, once all is looked at that speaks for or against; None where they are not one."""
    one, other = briefing.registry[met.one], briefing.registry[met.other]
    if _apart(one, other, briefing):
        return None
    of_one, of_other = (_named(entity, briefing) for entity in (one, other))
    first, second = ({s.source.id for s in named} for named in (of_one, of_other))
    both = tuple(sorted(first & second, key=_order(briefing).__getitem__))
    if (met.among and not both) or (met.among == "covered" and not first <= second):
        return None
    if not both and one.name.islower() and other.name.islower():
        return None  # no names, but descriptions: every country has a harbour plan
    score = met.score
    if met.rule in ("initials", "part", "class"):
        score += 0.06 if both else -0.06 if first and second else 0
    elif met.rule == "spelling" and both:
        score -= 0.3  # an article rarely writes one name in two ways
    if _same_ids(one, other):
        score = 1.0
    if score < LEAST:
        return None
    counts = {one.id: len(of_one), other.id: len(of_other)}
    gone, into = (one, other) if _precedes(other, one, counts, fuller=met.into) else (other, one)
    of_gone, of_into = (of_one, of_other) if gone is one else (of_other, of_one)
    return Proposal(gone, into, round(score, 3), met.rule, met.why, both, of_gone, of_into)


@once
def _order(briefing: Briefing) -> Mapping[str, int]:
    """Which source came out first, which next."""
    return {id_: n for n, id_ in enumerate(briefing.sources)}


def _precedes(into: Entity, gone: Entity, counts: Mapping[str, int], *, fuller: bool) -> bool:
    """Whether one is rather kept than the other: confirmed, the fuller name, named more often, first by its id."""

    def rank(entity: Entity, full: bool) -> tuple[object, ...]:
        return (entity.status == "confirmed", full, counts[entity.id])

    one, other = rank(into, fuller), rank(gone, False)
    return one > other or (one == other and into.id < gone.id)


def _named(entity: Entity, briefing: Briefing) -> tuple[Statement, ...]:
    return briefing.about(entity)


def _apart(one: Entity, other: Entity, briefing: Briefing) -> bool:
    """Whether anything says that two entities are two."""
    registry, lexicons = briefing.registry, briefing.lexicons
    if _said_apart(one, other, registry) or _said_apart(other, one, registry):
        return True
    if not _alike(one.kind, other.kind, lexicons):
        return True
    if any(one.ids[name] != other.ids[name] for name in one.ids.keys() & other.ids.keys()):
        return True
    if one.at and other.at and kilometres(one.at, other.at) > FAR:
        return True
    above, beyond = _above(one, registry), _above(other, registry)
    if other.id in above or one.id in beyond:
        return True
    return bool(above and beyond) and not (set(above) <= set(beyond) or set(beyond) <= set(above))


def _said_apart(one: Entity, other: Entity, registry: Registry) -> bool:
    return any(id_ == other.id or ((to := follow(id_, registry)) and to.id == other.id) for id_ in one.not_)


def _same_ids(one: Entity, other: Entity) -> bool:
    return any(one.ids[name] == other.ids[name] for name in one.ids.keys() & other.ids.keys())


def _alike(one: str, other: str, lexicons: Lexicons) -> bool:
    """Whether two kinds of a family go together: one of them says no more than the family, or articles mix them up."""
    if one == other or one in FAMILIES or other in FAMILIES:
        return True
    return any(one in kinds and other in kinds for kinds in lexicons["identity"]["alike"])


def _above(entity: Entity, registry: Registry) -> list[str]:
    """Ids of what an entity lies in, nearest first."""
    found: list[str] = []
    at = entity.in_
    while at and (there := follow(at, registry)) and there.id not in found:
        found.append(there.id)
        at = there.in_
    return found


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """How far two places are apart on a sphere of 6,371 km, by the haversine formula."""
    (a, b), (c, d) = (tuple(map(radians, place)) for place in (one, other))
    half = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * 6371 * asin(sqrt(half))
