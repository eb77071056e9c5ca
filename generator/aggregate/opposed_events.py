"""In what two claims of one event that befalls a thing once differ: the day, or the place.

What befalls a thing once is told by the sort of the event, or by a word for it. Then two sentences are of one event if what they
tell up to that word, and of what it does to what, is the same; where and how it was may be told otherwise, as that is what
they differ in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Literal

from generator.aggregate.claim import Claim
from generator.aggregate.compared import CLOSE, ENOUGH, Compared, Days, foreign, gap, overlap, part_of_longer, shared
from generator.aggregate.same_event import befalls, core_shared, event_of, once, things_but_place
from generator.aggregate.same_names import places_fit
from generator.model import Entity

NEAR = 14
"""Days between two days that sources give for one event, at the most."""
FEW = timedelta(days=2)
LEAST = 3
"""Words that two sentences must share where only their words tell that they are of one event."""


def event_differences(
    a: Compared, b: Compared, one: Claim, other: Claim, known: Mapping[str, Compared]
) -> Iterator[Literal["day", "place"]]:
    """In what two claims of `one_event` differ, of each of which a statement is given."""
    days = [days_of(claim, known) for claim in (one, other)]
    elsewhere = places_fit(places_of(one, known), places_of(other, known), a.vocabulary, a.briefing) is False
    together = overlap(*days)
    whole = once(a, b) or _word_for_word(a, b)
    if not whole and elsewhere and together is False and not _names(one, known) & _names(other, known):
        return  # in neither the same: perhaps two of a kind
    near = days[0] and days[1] and not together and gap(days[0], days[1]) <= NEAR
    if near and (whole or befalls(a, b)) and not _another(a, b, days):
        yield "day"
    if elsewhere and (together or _near(a, b, days)):
        yield "place"


def _names(claim: Claim, known: Mapping[str, Compared]) -> frozenset[str]:
    """The names of things that a claim gives."""
    return frozenset[str]().union(*(known[s.fact.id].proper for s in claim.statements))


def _another(a: Compared, b: Compared, days: Sequence[Days | None]) -> bool:
    """Whether the later of two events is told as a new one: `a fire broke out`, days after the first."""
    if not days[0] or not days[1] or gap(days[0], days[1]) <= FEW.days:
        return False
    later = b if days[0] < days[1] else a
    return later.introduces


def _near(a: Compared, b: Compared, days: Sequence[Days | None]) -> bool:
    """Whether two events are dated within a few days, one of them perhaps by its source alone."""
    one, other = ((c.days or known or (c.told - FEW, c.told)) for c, known in zip((a, b), days, strict=True))
    return gap(one, other) <= FEW.days


def one_event(a: Compared, b: Compared) -> bool:
    """Whether two events that befall a thing once befall one thing, whatever day and place are given."""
    one, other = event_of(a.statement), event_of(b.statement)
    happened = one.status == other.status == "happened"
    return happened and _words_of_one(a, b) and not things_but_place(a, b)


def _words_of_one(a: Compared, b: Compared) -> bool:
    """Whether the words of two events tell of one thing that befalls it once."""
    one, other = event_of(a.statement), event_of(b.statement)
    if befalls(a, b):
        part, count = core_shared(a, b)
        if part >= ENOUGH and count >= 2:
            return True
    if foreign(a, b) > 1 or not a.vocabulary.near_sorts(one.what, other.what):
        return False
    part, count = shared(a, b)
    if once(a, b) and part >= ENOUGH and count >= 2:
        return True
    if _word_for_word(a, b):
        return True
    words = [c.words - a.placed - b.placed for c in (a, b)]
    if once(a, b) and not foreign(a, b) > 1:
        both = (words[0] & b.wider) | (words[1] & a.wider)
        return len(both) >= 2 and min(len(words[0] - b.wider), len(words[1] - a.wider)) == 0
    return words[0] == words[1] and len(words[0]) >= 2


def _word_for_word(a: Compared, b: Compared) -> bool:
    """Whether two sentences say the same of an event that hardly befalls a thing again, and give two days for it, at the most two apart."""
    sorts = {event_of(c.statement).what for c in (a, b)}
    if (
        len(sorts) > 1
        or sorts & a.vocabulary.again
        or not a.days
        or not b.days
        or not 0 < gap(a.days, b.days) <= FEW.days
    ):
        return False
    return shared(a, b)[0] == 1 and shared(a, b)[1] >= LEAST and part_of_longer(a, b) >= CLOSE


def days_of(claim: Claim, known: Mapping[str, Compared]) -> Days | None:
    """The narrowest stretch that a claim gives for its event."""
    found = [days for s in claim.statements if (days := known[s.fact.id].days)]
    return min(found, key=width, default=None)


def width(days: Days) -> tuple[object, ...]:
    """How long a stretch is; of two that are as long, the earlier first."""
    return (days[1] - days[0], days)


def places_of(claim: Claim, known: Mapping[str, Compared]) -> tuple[Entity, ...]:
    """All places that a claim gives."""
    return tuple({e.id: e for s in claim.statements for e in known[s.fact.id].places}.values())
