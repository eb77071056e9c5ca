"""Whether two statements tell of one event: of near sorts and one status, at times, places and of people that fit, in words alike."""

from __future__ import annotations

from datetime import date

from generator.aggregate.compared import (
    A_MONTH,
    CLOSE,
    ENOUGH,
    RECENT,
    ROUND,
    Compared,
    apart,
    copied,
    foreign,
    overlap,
    part_of_longer,
    shared,
)
from generator.aggregate.same_names import places_fit, same_names
from generator.model import Event
from generator.statement import Statement

NEXT = 400
"""Characters within which a sentence goes on from another."""
OPENS = frozenset(["open"])
STARTS = frozenset(["start", "open"])
"""Stems of words for a beginning."""
LEAST = 0.5
"""How much of the words two must share, whatever else agrees, if they do not give one day."""
ACTION = "action"
"""The sort of what no other sort names."""


def event_of(statement: Statement) -> Event:
    """The statement's event."""
    assert isinstance(statement.fact, Event)
    return statement.fact


def clash(a: Compared, b: Compared) -> bool:
    """Whether two events cannot be one."""
    one, other = event_of(a.statement), event_of(b.statement)
    if one.status != other.status or overlap(a.days, b.days) is False:
        return True
    if one.status == "happened" and any(c.days and c.days[0] > d.told for c, d in ((a, b), (b, a))):
        return True
    if (
        one.status in ("expected", "called-for")
        and a.voices
        and b.voices
        and not same_names(a.statement.voices, b.statement.voices, a.briefing.lexicons)
    ):
        return True
    return things_clash(a, b)


def things_clash(a: Compared, b: Compared) -> bool:
    """Whether two events are of two things, whenever they were: by place, numbers, ordinals, or who did it."""
    return places_fit(a.places, b.places, a.vocabulary, a.briefing) is False or things_but_place(a, b)


def things_but_place(a: Compared, b: Compared) -> bool:
    """The same, wherever they were."""
    if (a.numbers and b.numbers and not a.numbers & b.numbers) or (
        a.ordinals and b.ordinals and not a.ordinals & b.ordinals
    ):
        return True
    one, other = ([e for e in c.statement.who if e.kind == "person"] for c in (a, b))
    return (
        same_names(one, other, a.briefing.lexicons) is False
        or same_names(a.statement.about, b.statement.about, a.briefing.lexicons) is False
    )


def _goes_on(a: Compared, b: Compared) -> bool:
    """Whether one says more of the event that the sentence before it told: `It collapsed at Halden`."""
    first, then = sorted((a, b), key=lambda c: c.at)
    what = event_of(first.statement).what
    if 0 < then.at - first.at < NEXT and befalls(a, b) and not (a.days and b.days) and not then.introduces:
        part, count = core_shared(a, b)
        return part >= CLOSE and count >= 2
    near = 0 < then.at - first.at < NEXT and what == event_of(then.statement).what
    return near and what in a.vocabulary.once and then.statement.fact.text.startswith("It ")


def once(a: Compared, b: Compared) -> bool:
    """Whether both are of a sort that befalls one thing once, both the first of their sort, or both its beginning or end."""
    if a.ordinals & b.ordinals or a.words & b.words & a.vocabulary.edges:
        return True
    return all(event_of(c.statement).what in c.vocabulary.once for c in (a, b))


def befalls(a: Compared, b: Compared) -> frozenset[str]:
    """Stems of words, in both, for what befalls a thing once."""
    return a.words & b.words & a.vocabulary.befalls


def core_shared(a: Compared, b: Compared) -> tuple[float, int]:
    """How much of what the shorter tells up to such a word the longer tells, and by how many words; 0 where they name two things."""
    verbs = befalls(a, b)
    (one, names), (other, others) = a.core(verbs), b.core(verbs)
    if names and others and not names & others:
        return 0.0, 0
    core, longer = (one, b) if len(one) <= len(other) else (other, a)
    both = core & longer.wider
    return (len(both) / len(core) if core else 0.0), len(both)


def _long_ago(a: Compared, b: Compared) -> bool:
    """Whether one has no date, and its source came out long after, or before, what the other tells."""
    for c, d in ((a, b), (b, a)):
        if not c.days and not copied(a, b):
            day = d.days[1] if d.days and d.days[1] <= d.told else d.told
            if abs(c.told - day) > RECENT:
                return True
    return False


def _one_day(a: Compared, b: Compared) -> bool:
    """Whether both give the same day, or the same as the last one."""
    return a.days is not None and a.days == b.days and a.days[0] in (a.days[1], date.min)


def _but_edges(a: Compared, b: Compared) -> bool:
    """Whether one says no more than the other, besides that it begins: `the trial opens`, `the trial of the mayor begins`."""
    edges = [c.words & (a.vocabulary.edges | OPENS) for c in (a, b)]
    rest = [c.words - edge for c, edge in zip((a, b), edges, strict=True)]
    ends = [edge - STARTS for edge in edges]
    return ends[0] == ends[1] and bool(rest[0] and rest[1]) and (rest[0] <= b.wider or rest[1] <= a.wider)


def _by_then(a: Compared, b: Compared) -> bool:
    """Whether one tells what had come about by a day, and the other of a day long before: 900 by June, and the first in March."""
    for c, d in ((a, b), (b, a)):
        if (
            c.days
            and d.days
            and c.days[0] == date.min
            and d.days[0] != date.min
            and (c.days[1] - d.days[1]).days > A_MONTH
        ):
            return True
    return False


def agree(a: Compared, b: Compared) -> float:
    """How much two that do not clash say the same; 0 where it is not enough."""
    one, other = event_of(a.statement), event_of(b.statement)
    part, count = shared(a, b)
    one_day = _one_day(a, b)
    if a.source != b.source and not one_day and (part < LEAST or count < 2):
        return 0.0
    if a.source == b.source:
        if _goes_on(a, b):
            return CLOSE
        near = a.vocabulary.near_sorts(one.what, other.what)
        return part if near and part >= CLOSE and count >= 3 and part_of_longer(a, b) >= ENOUGH else 0.0
    if one.status == "happened" and ((not once(a, b) and _long_ago(a, b)) or _by_then(a, b)):
        return 0.0
    if strange := foreign(a, b):
        if strange > 1 and not once(a, b):
            return 0.0
        part -= 0.15
    if one_day and not strange:
        if a.words == b.words and len(a.words) > 1:
            return CLOSE
        if part == 1 and count > 1 and a.voices & b.voices and part_of_longer(a, b) >= ENOUGH:
            return CLOSE
        if one.what == other.what != ACTION and (part == 1 or _but_edges(a, b)):
            return CLOSE
        if befalls(a, b) and places_fit(a.places, b.places, a.vocabulary, a.briefing) and not a.named_apart(b):
            return ENOUGH
    counted = any(n > ROUND for n in a.numbers & b.numbers)
    if ACTION in (one.what, other.what) and part_of_longer(a, b) < ENOUGH:
        return 0.0  # what somebody did is told by a word that no sort stands for, so all of them count
    if ACTION in (one.what, other.what):
        needed, least = 0.7, 3
    elif a.vocabulary.near_sorts(one.what, other.what):
        needed, least = ENOUGH, 2 if once(a, b) or counted else 3
    else:
        return 0.0
    if a.days and b.days:
        needed -= 0.1 * (a.days == b.days)
    elif apart(a, b) > RECENT and not counted:
        needed, least = max(needed, CLOSE), 3
    return part if part >= needed and count >= least else 0.0
