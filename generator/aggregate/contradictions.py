"""Where sources differ: claims about one thing that cannot both be right. They are shown, and not resolved.

A contradiction is what every two of its sides make, as `opposed` tells; what a person ranks stands first or last in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator import edtf
from generator.aggregate import paging
from generator.aggregate.claim import Claim
from generator.aggregate.claims import claims
from generator.aggregate.compared import compared
from generator.aggregate.kept import Kept
from generator.aggregate.neighbours import FIRST
from generator.aggregate.opposed import Difference, differences
from generator.aggregate.paging import Part
from generator.link import Briefing
from generator.once import once

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


@once
def contradictions(briefing: Briefing) -> tuple[Contradiction, ...]:
    """All contradictions, that with the newest side first."""
    found: dict[tuple[str, str], set[Difference]] = {}
    sides: dict[str, Claim] = {}
    told = claims(briefing)
    known = told.known
    for a, b, differ in _opposed(briefing):
        one, other = sorted((told.of(known[a]), told.of(known[b])), key=_reported)
        sides |= {one.id: one, other.id: other}
        found.setdefault((one.id, other.id), set()).update(differ)
    made = [Contradiction(_ranked(group), differ) for group, differ in _together(found, sides)]
    made.sort(key=lambda c: c.id)
    return tuple(sorted(made, key=lambda c: edtf.sort_key(newest(c)), reverse=True))


def _opposed(briefing: Briefing) -> Iterator[tuple[str, str, tuple[Difference, ...]]]:
    """Pairs of facts of two claims that differ, and in what; of pairs around which nothing changed, as it was told last."""
    kept, told, known = Kept(briefing), claims(briefing), compared(briefing)
    rows = kept.run("SELECT one, other FROM same_pairs WHERE scope = ? AND opposed = ? AND differ IS NULL", FIRST)
    unsettled = list(rows)
    facts = dict(kept.look("number, fact", "same_items", "number", sorted({n for pair in unsettled for n in pair})))
    for n, m in unsettled:
        a, b = known[facts[n]], known[facts[m]]
        one, other = told.of(a.statement), told.of(b.statement)
        differ = () if one is other else tuple(differences(a, b, one, other, known))
        kept.run(
            "UPDATE same_pairs SET differ = ?4 WHERE scope = ?1 AND one = ?2 AND other = ?3", n, m, " ".join(differ)
        )
    rows = kept.run("SELECT one, other, differ FROM same_pairs WHERE scope = ? AND opposed = ? AND differ > ''", FIRST)
    settled = list(rows)
    facts = dict(kept.look("number, fact", "same_items", "number", sorted({n for *pair, _ in settled for n in pair})))
    return ((facts[n], facts[m], differ.split()) for n, m, differ in settled)


@once
def by_fact(briefing: Briefing) -> Mapping[str, tuple[Contradiction, ...]]:
    """The contradictions in which each fact has a part, by its id; one that says the same sentence has it, too."""
    alike: dict[tuple[str, str], list[str]] = {}
    told_in = {s.source.id for c in contradictions(briefing) for side in c.sides for s in side.statements}
    for s in (s for id_ in told_in for s in briefing.by_source[id_] if s.fact.review != "retracted"):
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
    having: dict[str, list[int]] = {}
    """The groups in which each side is, the first first."""

    def order(pair: tuple[str, str]) -> tuple[object, ...]:
        return tuple(_reported(sides[id_]) for id_ in pair)

    for one, other in sorted(found, key=order):
        differ = found[one, other]
        for at in sorted({*having.get(one, ()), *having.get(other, ())}):
            ids, known = groups[at]
            new = [id_ for id_ in (one, other) if id_ not in ids]
            if known == differ and all(differ in (found.get((i, n)), found.get((n, i))) for n in new for i in ids):
                ids += new
                break
        else:
            at, new = len(groups), [one, other]
            groups.append((new, differ))
        for id_ in new:
            having.setdefault(id_, []).append(at)
    for ids, known in groups:
        yield [sides[id_] for id_ in ids], tuple(name for name in ("number", "day", "place") if name in known)


@once
def paged(briefing: Briefing) -> tuple[Part[Contradiction], ...]:
    """All contradictions, by year and month where they are many."""

    def year(contradiction: Contradiction) -> str:
        return paging.year(newest(contradiction))

    def month(contradiction: Contradiction) -> str:
        return paging.month(newest(contradiction))

    return tuple(paging.parts(contradictions(briefing), year, size=SIZE, finer=month, newest_first=True))


@once
def part_of(briefing: Briefing) -> Mapping[str, str]:
    """The end of the name of the page on which each contradiction stands, by its id."""
    return {c.id: part.slug for part in paged(briefing) for c in part.entries}
