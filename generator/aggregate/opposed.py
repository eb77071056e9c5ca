"""In what two claims differ: the number, the day or the place of one thing, so that they cannot both be right.

What only looks like a difference is none: a target and a count, a forecast and its outcome, a later and larger count of what grows,
plans that moved, figures in other units or of other places; and what one voice later says otherwise, or one source twice in its own words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from generator.aggregate.claim import Claim
from generator.aggregate.compared import Compared, copied
from generator.aggregate.opposed_events import event_differences
from generator.aggregate.opposed_figures import one_time

Difference = Literal["number", "day", "place"]


def differences(
    a: Compared, b: Compared, one: Claim, other: Claim, known: Mapping[str, Compared]
) -> Iterator[Difference]:
    """In what two claims of one thing differ, of each of which a statement is given."""
    if _apart(one, other) or not opposed(one, other, known):
        return
    if a.statement.fact.kind == "event":
        yield from event_differences(a, b, one, other, known)
    elif not _named_apart(one, other, known) and one_time(a, b, one, other, known):
        yield "number"


def _named_apart(one: Claim, other: Claim, known: Mapping[str, Compared]) -> bool:
    """Whether all statements of two claims name things, and none of the one is one of the other."""
    names = [frozenset[str]().union(*(known[s.fact.id].proper for s in claim.statements)) for claim in (one, other)]
    return bool(names[0] and names[1] and not names[0] & names[1])


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
