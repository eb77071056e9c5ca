"""Where sources differ: claims about one thing that cannot both be right. They are shown, and not resolved.

Numbers differ where two figures measure one thing for one time and their amounts, as wide as bounds, ranges and rounding make
them, do not meet. Days or places differ where two claims tell of one event that befalls a thing once. What only looks like a
difference is none: a target and a count, a forecast and its outcome, a later and larger count of what grows, what one voice later says
otherwise, plans that moved, figures in other units or of other places; and what one source says twice, unless it gives two voices for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Literal

from generator import edtf
from generator.aggregate import paging
from generator.aggregate.amounts import of_figure
from generator.aggregate.claims import Claim, claims, compared, pairs
from generator.aggregate.compared import (
    CLOSE,
    ENOUGH,
    RECENT,
    Compared,
    Days,
    apart,
    copied,
    foreign,
    gap,
    overlap,
    shared,
)
from generator.aggregate.figures import fact as figure_of
from generator.aggregate.paging import Part
from generator.aggregate.same_event import ACTION, NEXT, event_of, once, things_but_place
from generator.aggregate.same_figure import grown, meet, moment, one_unit, subjects_clash, things, unit_stems
from generator.aggregate.same_names import places_fit
from generator.aggregate.vocabulary import telling_stems
from generator.link import Briefing
from generator.model import Entity, Figure

Difference = Literal["number", "day", "place"]
SIZE = 30
"""Contradictions on one page."""
PART = re.compile(
    r"\b(?:\d[\d,.]*|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en) of (?:the|them|those|its|their)\b"
)
"""What makes a number a part of another."""
SOME = 0.4
"""How much of the words of two figures must be shared where both name the same time for the same thing counted."""
NEAR = 14
"""Days between two days that sources give for one event, at the most."""
FEW = timedelta(days=2)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Contradiction:
    """Claims that cannot all be right, and in what they differ."""

    sides: tuple[Claim, ...]
    """What a person follows first, what a person deprecates last; else the earliest reported first."""
    differ: tuple[Difference, ...]

    @property
    def id(self) -> str:
        """Lasts as long as its earliest fact."""
        return f"differ-{min(self.sides, key=_reported).id}"

    @property
    def facts(self) -> frozenset[str]:
        """The ids of all facts in it."""
        return frozenset(s.fact.id for side in self.sides for s in side.statements)


def rank(side: Claim) -> str | None:
    """What a person says of a side: `preferred` or `deprecated`."""
    ranks = {s.fact.rank for s in side.statements}
    return next((name for name in ("deprecated", "preferred") if name in ranks), None)


def _reported(side: Claim) -> tuple[object, ...]:
    return (edtf.sort_key(side.first.source.date), side.first.source.id, side.id)


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


def differences(
    a: Compared, b: Compared, one: Claim, other: Claim, known: Mapping[str, Compared]
) -> Iterator[Difference]:
    """In what two claims differ, of each of which a statement is given; nothing where they tell of two things."""
    if a.statement.fact.kind != b.statement.fact.kind or _apart(one, other) or not opposed(one, other, known):
        return
    if isinstance(a.statement.fact, Figure):
        if _one_measure(a, b) and _one_time(a, b, one, other, known):
            yield "number"
    elif a.statement.fact.kind == "event" and _one_event(a, b):
        days = [days_of(claim, known) for claim in (one, other)]
        elsewhere = places_fit(places_of(one, known), places_of(other, known), a.vocabulary, a.briefing) is False
        together = overlap(*days)
        if once(a, b) and days[0] and days[1] and not together and gap(days[0], days[1]) <= NEAR:
            yield "day"
        if elsewhere and (together or _near(a, b, days)):
            yield "place"


def _near(a: Compared, b: Compared, days: Sequence[Days | None]) -> bool:
    """Whether two events are dated within a few days, one of them perhaps by its source alone."""
    one, other = ((c.days or known or (c.told - FEW, c.told)) for c, known in zip((a, b), days, strict=True))
    return gap(one, other) <= FEW.days


def _apart(one: Claim, other: Claim) -> bool:
    """Whether a person says that they are of two things."""
    named = [{id_ for s in claim.statements for id_ in s.fact.unrelated} for claim in (one, other)]
    ids = [{s.fact.id for s in claim.statements} for claim in (one, other)]
    return bool(named[0] & ids[1] or named[1] & ids[0])


def opposed(one: Claim, other: Claim, known: Mapping[str, Compared]) -> bool:
    """Whether two voices differ, and not one that says something else later, nor one source in its own words."""
    many = [[known[s.fact.id] for s in claim.statements] for claim in (one, other)]
    both = [(a, b) for a in many[0] for b in many[1]]
    if any(a.voices & b.voices for a, b in both):
        return False
    return any(not copied(a, b) and (a.voices or b.voices or a.outlet != b.outlet) for a, b in both)


def _one_measure(a: Compared, b: Compared) -> bool:
    """Whether two figures measure one thing, and cannot both be right."""
    one, other = figure_of(a.statement), figure_of(b.statement)
    if (
        _ahead(a)
        or _ahead(b)
        or one.per != other.per
        or _one_unit(a, b) is False
        or PART.search(f"{one.text} {other.text}")
    ):
        return False
    if one.role != other.role and not (a.lasts and b.lasts):
        return False
    if meet(of_figure(one), of_figure(other)) or subjects_clash(a, b):
        return False
    if not (a.lasts and b.lasts) and _other_deed(a, b):
        return False
    places = frozenset() if a.measures and b.measures else placed(a) | placed(b)
    part, count = things(a, b, places)
    if _one_unit(a, b) is None and count < 3:
        return False
    if a.source == b.source:
        return part == 1 and abs(a.at - b.at) < NEXT
    if moment(a) and moment(a) == moment(b):
        return (part >= SOME and count >= 3) or (part >= ENOUGH and count >= 2)
    return part >= (ENOUGH if foreign(a, b) < 2 else CLOSE) and count >= 2


def _ahead(c: Compared) -> bool:
    """Whether a figure is a target, or reckoned of what is to come."""
    given = figure_of(c.statement)
    return given.role == "target" or (given.role == "estimate" and bool(c.vocabulary.future & set(given.text.split())))


def _other_deed(a: Compared, b: Compared) -> bool:
    """Whether one tells of a sort of event, and the other of a deed for which no sort stands."""
    for c, d in ((a, b), (b, a)):
        if c.sorts == {ACTION} and d.sorts and not any(c.vocabulary.near_sorts(ACTION, sort) for sort in d.sorts):
            return True
    return False


def _one_unit(a: Compared, b: Compared) -> bool | None:
    """Whether two figures count the same, and not the one a part of what the other counts: children, people; None as in `one_unit`."""
    one, other, anybody = unit_stems(a), unit_stems(b), a.vocabulary.anybody
    if not one or not other:
        return one_unit(a, b)
    return one == other or bool(one & anybody and other & anybody)


def _one_time(a: Compared, b: Compared, one: Claim, other: Claim, known: Mapping[str, Compared]) -> bool:
    """Whether two figures hold for one time, and the later one is not what the earlier has grown to."""
    times = [_moment(claim, known) for claim in (one, other)]
    if a.measures and b.measures:
        return True
    if times[0] and times[1] and not overlap(*times):
        return False
    if times[0] and times[1]:
        return times[0] == times[1] or not grown(a, b)
    dated, undated = (a, b) if times[0] else (b, a)
    known_day = times[0] or times[1]
    distant = known_day and gap(known_day, (undated.told, undated.told)) > RECENT.days
    if (distant or apart(a, b) > RECENT) and not (a.lasts and b.lasts):
        return False
    if known_day and known_day[0] == known_day[1] and undated.told - A_DAY <= known_day[0] <= undated.told:
        return True  # what has no date is of the day of its source
    return not grown(dated, undated)


def _one_event(a: Compared, b: Compared) -> bool:
    """Whether two events that befall a thing once befall one thing, whatever day and place are given."""
    one, other = event_of(a.statement), event_of(b.statement)
    if one.status != "happened" or other.status != "happened" or foreign(a, b) > 1:
        return False
    if not a.vocabulary.near_sorts(one.what, other.what) or things_but_place(a, b):
        return False
    part, count = shared(a, b)
    if once(a, b):
        return part >= ENOUGH and count >= 2
    words = [c.words - placed(a) - placed(b) for c in (a, b)]
    return words[0] == words[1] and len(words[0]) >= 2


def placed(c: Compared) -> frozenset[str]:
    """The stems of the names of its places."""
    return telling_stems(" ".join(name for e in c.places for name in e.names()), c.briefing.lexicons)


def days_of(claim: Claim, known: Mapping[str, Compared]) -> Days | None:
    """The narrowest stretch that a claim gives for its event."""
    found = [days for s in claim.statements if (days := known[s.fact.id].days)]
    return min(found, key=_width, default=None)


def _moment(claim: Claim, known: Mapping[str, Compared]) -> Days | None:
    found = [m for s in claim.statements if (m := moment(known[s.fact.id]))]
    return min(found, key=_width, default=None)


def _width(days: Days) -> tuple[object, ...]:
    return (days[1] - days[0], days)


def places_of(claim: Claim, known: Mapping[str, Compared]) -> tuple[Entity, ...]:
    """All places that a claim gives."""
    return tuple({e.id: e for s in claim.statements for e in known[s.fact.id].places}.values())


@lru_cache(maxsize=4)
def paged(briefing: Briefing) -> tuple[Part[Contradiction], ...]:
    """All contradictions, by year and month where they are many."""

    def year(contradiction: Contradiction) -> str:
        return paging.year(newest(contradiction))

    def month(contradiction: Contradiction) -> str:
        return paging.month(newest(contradiction))

    return tuple(paging.parts(contradictions(briefing), year, size=SIZE, finer=month))


@lru_cache(maxsize=4)
def part_of(briefing: Briefing) -> Mapping[str, str]:
    """The end of the name of the page on which each contradiction stands, by its id."""
    return {c.id: part.slug for part in paged(briefing) for c in part.entries}
