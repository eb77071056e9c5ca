"""Whether two statements state one fact: rules by kind, strict, as one entry of two facts is worse than two of one.

`clash` tells what cannot be one fact: what both give and does not fit. `agree` tells how much two that do not clash say the same,
0 to 1, and 0 where it is not enough. Words are compared by containment: the shorter statement's in the longer's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from generator.aggregate import likeness, same_event, same_figure, same_words
from generator.aggregate.compared import CLOSE, ENOUGH, Compared, copied, part_of_longer, shared
from generator.model import Kind

CLASHES: Mapping[Kind, Callable[[Compared, Compared], bool]] = {
    "event": same_event.clash,
    "figure": same_figure.clash,
    "quotation": same_words.quotations_clash,
    "assessment": same_words.assessments_clash,
    "role": same_words.roles_clash,
}
AGREEMENTS: Mapping[Kind, Callable[[Compared, Compared], float]] = {
    "event": same_event.agree,
    "figure": same_figure.agree,
    "quotation": same_words.quotations,
    "assessment": same_words.assessments,
    "role": same_words.roles,
}


def clash(a: Compared, b: Compared) -> bool:
    """Whether two statements cannot state one fact."""
    one, other = a.statement.fact, b.statement.fact
    if one.kind != other.kind or (a.source == b.source and (not a.span or not b.span or a.span.overlaps(b.span))):
        return True
    if one.id in other.unrelated or other.id in one.unrelated:
        return True
    return CLASHES[one.kind](a, b)


def agree(a: Compared, b: Compared) -> float:
    """How much two statements say the same, 0 to 1; 0 where they may be of two facts.

    Most pairs share too little, which is told sooner than a clash.
    """
    kind = a.statement.fact.kind
    if kind != b.statement.fact.kind:
        return 0.0
    found = AGREEMENTS[kind](a, b) or _in_copies(a, b)
    return found if found and not clash(a, b) else 0.0


def _in_copies(a: Compared, b: Compared) -> float:
    """The same of two statements of one text."""
    if not copied(a, b):
        return 0.0
    alike = likeness.containment(a.words, b.words) >= CLOSE and part_of_longer(a, b) >= ENOUGH
    return CLOSE if alike and shared(a, b)[1] else 0.0
