"""Whether two quotations, judgements or roles are one: by their words, and by whose they are."""

from __future__ import annotations

from generator.aggregate import likeness
from generator.aggregate.compared import CLOSE, ENOUGH, Compared, copied, overlap, shared
from generator.aggregate.same_names import may_be_one, one_person, same_names
from generator.model import Role

RUN = 3
"""Words in a row by which quotations are compared."""
LEAST = 3
"""Telling words that two judgements must share."""


def quotations_clash(a: Compared, b: Compared) -> bool:
    """Whether two people said it."""
    one, other = a.statement.speaker, b.statement.speaker
    return bool(one and other and not may_be_one(one, other, a.briefing.lexicons))


def quotations(a: Compared, b: Compared) -> float:
    """How much of the shorter is words of the longer, in a row."""
    shorter, longer = sorted((a.said, b.said), key=len)
    if len(shorter) < RUN:
        return float(shorter == longer and copied(a, b))
    one, other = ({" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)} for words in (shorter, longer))
    part = likeness.containment(one, other)
    return part if part >= CLOSE else 0.0


def assessments_clash(a: Compared, b: Compared) -> bool:
    """Whether two hold it, or it is about two times."""
    one, other = (c.statement.by or c.statement.voices for c in (a, b))
    return overlap(a.days, b.days) is False or same_names(one, other, a.briefing.lexicons) is False


def assessments(a: Compared, b: Compared) -> float:
    """How much two say the same."""
    part, count = shared(a, b)
    known = a.hedges & b.hedges and (a.voices & b.voices or copied(a, b))
    needed = ENOUGH if known else CLOSE
    return part if part >= needed and count >= LEAST else 0.0


def roles_clash(a: Compared, b: Compared) -> bool:
    """Whether it is two people, two bodies, two times, or a deputy and the head."""
    if overlap(a.days, b.days) is False:
        return True
    one, other = a.statement, b.statement
    words = [frozenset(likeness.WORD.findall(_title(c).casefold())) & a.vocabulary.apart for c in (a, b)]
    people = any(one_person(x, y, a.briefing) for x in one.who for y in other.who)
    if words[0] != words[1] or not people:
        return True
    return bool(one.org and other.org and not may_be_one(one.org, other.org, a.briefing.lexicons))


def roles(a: Compared, b: Compared) -> float:
    """Whether one title is the other, or a part of it."""
    one, other = a.titled, b.titled
    same = {e.id for e in a.statement.who} & {e.id for e in b.statement.who}
    return float(likeness.containment(one, other) == 1 if same else one == other and bool(one))


def _title(c: Compared) -> str:
    fact = c.statement.fact
    assert isinstance(fact, Role)
    return fact.title
