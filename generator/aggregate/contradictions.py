"""Where sources differ: claims about one thing that cannot both be right. They are shown, and not resolved.

A contradiction is what every two of its sides make, as `opposed` tells; what a person ranks stands first or last in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator import edtf
from generator.aggregate import paging
from generator.aggregate.claims import Claim, claims, compared, pairs
from generator.aggregate.opposed import Difference, differences
from generator.aggregate.paging import Part
from generator.link import Briefing

SIZE = 30
"""Contradictions on one page."""


@dataclass(frozen=True)
class Contradiction:
    """Claims that cannot all be right, and in what they differ."""

    sides: tuple[Claim, ...]
    """What a person follows first, what a person deprecates last; else the earliest reported first."""
    differ: tuple[Difference, ...]

    @property
    def id(self) -> str:
        """Lasts as long as the earliest facts of its first two sides."""
        first, second, *_ = sorted(self.sides, key=_reported)
        return f"differ-{first.id}-{second.id}"

    @property
    def facts(self) -> frozenset[str]:
        """The ids of all facts in it."""
        return frozenset(s.fact.id for side in self.sides for s in side.statements)


def rank(side: Claim) -> str | None:
    """What a person says of a side: `preferred` or `deprecated`."""
    ranks = {s.fact.rank for s in side.statements}
    return next((name for name in ("deprecated", "preferred") if name in ranks), None)


def _reported(side: Claim) -> tuple[object, ...]:
    start = side.first.span.start if side.first.span else 1 << 40
    return (edtf.sort_key(side.first.source.date), side.first.source.id, start, side.id)


def newest(contradiction: Contradiction) -> str:
    """The day on which the last of its sides was first reported."""
    return max((side.first.source.date for side in contradiction.sides), key=edtf.sort_key)


@lru_cache(maxsize=4)  # every page asks, of the present and of each edition
def contradictions(briefing: Briefing) -> tuple[Contradiction, ...]:
    """All contradictions, that with the newest side first."""
    found: dict[tuple[str, str], set[Difference]] = {}
    sides: dict[str, Claim] = {}
    known, told = compared(briefing), claims(briefing)
    for a, b in pairs(known):
        one, other = told.of(a.statement), told.of(b.statement)
        if one is other:
            continue
        differ = set(differences(a, b, one, other, known))
        if differ:
            one, other = sorted((one, other), key=_reported)
            sides |= {one.id: one, other.id: other}
            found.setdefault((one.id, other.id), set()).update(differ)
    made = [Contradiction(_ranked(group), differ) for group, differ in _together(found, sides)]
    made.sort(key=lambda c: c.id)
    return tuple(sorted(made, key=lambda c: edtf.sort_key(newest(c)), reverse=True))


@lru_cache(maxsize=4)
def by_fact(briefing: Briefing) -> Mapping[str, tuple[Contradiction, ...]]:
    """The contradictions in which each fact has a part, by its id; one that says the same sentence has it, too."""
    alike: dict[tuple[str, str], list[str]] = {}
    for s in briefing.current:
        alike.setdefault((s.source.id, s.fact.text or s.fact.quote), []).append(s.fact.id)
    found: dict[str, list[Contradiction]] = {}
    for contradiction in contradictions(briefing):
        told = (s for side in contradiction.sides for s in side.statements)
        for id_ in sorted({id_ for s in told for id_ in alike[s.source.id, s.fact.text or s.fact.quote]}):
            found.setdefault(id_, []).append(contradiction)
    return {id_: tuple(many) for id_, many in found.items()}


def _ranked(group: Sequence[Claim]) -> tuple[Claim, ...]:
    order = {"preferred": 0, None: 1, "deprecated": 2}
    return tuple(sorted(group, key=lambda side: (order[rank(side)], _reported(side))))


def _together(
    found: Mapping[tuple[str, str], set[Difference]], sides: Mapping[str, Claim]
) -> Iterator[tuple[list[Claim], tuple[Difference, ...]]]:
    """Sides each of which contradicts every other, in the same respects, as one."""
    groups: list[tuple[list[str], set[Difference]]] = []

    def order(pair: tuple[str, str]) -> tuple[object, ...]:
        return tuple(_reported(sides[id_]) for id_ in pair)

    for one, other in sorted(found, key=order):
        differ = found[one, other]
        for ids, known in groups:
            if known == differ and {one, other} & set(ids):
                new = [id_ for id_ in (one, other) if id_ not in ids]
                if all(differ in (found.get((i, n)), found.get((n, i))) for n in new for i in ids):
                    ids += new
                    break
        else:
            groups.append(([one, other], differ))
    for ids, known in groups:
        yield [sides[id_] for id_ in ids], tuple(name for name in ("number", "day", "place") if name in known)


@lru_cache(maxsize=4)
def paged(briefing: Briefing) -> tuple[Part[Contradiction], ...]:
    """All contradictions, by year and month where they are many."""

    def year(contradiction: Contradiction) -> str:
        return paging.year(newest(contradiction))

    def month(contradiction: Contradiction) -> str:
        return paging.month(newest(contradiction))

    return tuple(paging.parts(contradictions(briefing), year, size=SIZE, finer=month, newest_first=True))


@lru_cache(maxsize=4)
def part_of(briefing: Briefing) -> Mapping[str, str]:
    """The end of the name of the page on which each contradiction stands, by its id."""
    return {c.id: part.slug for part in paged(briefing) for c in part.entries}
