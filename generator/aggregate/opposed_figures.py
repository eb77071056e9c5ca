"""Whether two figures measure one thing for one time, and their amounts, as wide as their words leave them, do not meet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

from generator.aggregate.claim import Claim
from generator.aggregate.compared import (
    CLOSE,
    ENOUGH,
    RECENT,
    Compared,
    Days,
    apart,
    foreign,
    gap,
    overlap,
    part_of_longer,
)
from generator.aggregate.figures import SHARES
from generator.aggregate.figures import fact as figure_of
from generator.aggregate.opposed_events import width
from generator.aggregate.same_event import ACTION, NEXT
from generator.aggregate.same_figure import grown, meet, moment, one_unit, subjects_clash, things, to_come, unit_stems

PART = re.compile(
    r"\b(?:\d[\d,.]{0,30}+|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en) of (?:the|them|those|its|their)\b"
    r"|\balone\b"
)
"""What makes a number a part of another."""
SOME = 0.4
"""How much of the words of two figures must be shared where both name the same time for the same thing counted."""
A_DAY = timedelta(days=1)


def one_measure(a: Compared, b: Compared) -> bool:
    """Whether two figures measure one thing, and cannot both be right."""
    one, other = figure_of(a.statement), figure_of(b.statement)
    places = frozenset() if a.measures and b.measures else a.placed | b.placed
    part, count = things(a, b, places)
    if part < SOME or not count or one.per != other.per or _one_unit(a, b) is False:
        return False
    dated = bool(moment(a)) and moment(a) == moment(b)
    if one.role != other.role and not (a.lasts and b.lasts) and not dated:
        return False
    if not _enough(a, b, part, count, dated=dated):
        return False
    if _ahead(a) or _ahead(b) or PART.search(f"{one.text} {other.text}"):
        return False
    if a.named_apart(b) or subjects_clash(a, b):
        return False
    if not (a.lasts and b.lasts) and _other_deed(a, b):
        return False
    return not meet(a.amount, b.amount)


def _enough(a: Compared, b: Compared, part: float, count: int, *, dated: bool) -> bool:
    """Whether the words that two figures share are enough to tell that they measure one thing."""
    if _one_unit(a, b) is None and count < 3:
        return False
    if a.source == b.source:
        return part == 1 and abs(a.at - b.at) < NEXT
    if dated and a.sorts == b.sorts and a.sorts - {ACTION} and part == 1 and count:
        return True
    if dated:
        return (part >= SOME and count >= 3) or (part >= ENOUGH and count >= 2)
    return part >= (ENOUGH if foreign(a, b) < 2 else CLOSE) and count >= 2


def _ahead(c: Compared) -> bool:
    """Whether a figure is a target, or reckoned of what is to come."""
    given = figure_of(c.statement)
    said = bool(c.vocabulary.future & set(given.text.split()))
    return (
        given.role == "target"
        or to_come(c)
        or (given.role == "estimate" and said)
        or bool(c.words & c.vocabulary.ahead)
    )


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


def one_time(a: Compared, b: Compared, one: Claim, other: Claim, known: Mapping[str, Compared]) -> bool:
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
        return not known_day and _shrunk(a, b)
    if known_day and known_day[0] == known_day[1] and undated.told - A_DAY <= known_day[0] <= undated.told:
        return True  # what has no date is of the day of its source
    return not grown(dated, undated)


def _shrunk(a: Compared, b: Compared) -> bool:
    """Whether the later of two counts of what was done once and for all is the smaller, which no count becomes."""
    older, newer = sorted((a, b), key=lambda c: c.told)
    if figure_of(newer.statement).value >= figure_of(older.statement).value or figure_of(a.statement).unit in SHARES:
        return False
    if not all(c.sorts - {ACTION} for c in (a, b)) or bool(a.places) != bool(b.places):
        return False
    part, count = things(a, b)
    return part == 1 and count >= 3 and part_of_longer(a, b) >= ENOUGH


def _moment(claim: Claim, known: Mapping[str, Compared]) -> Days | None:
    found = [m for s in claim.statements if (m := moment(known[s.fact.id]))]
    return min(found, key=width, default=None)
