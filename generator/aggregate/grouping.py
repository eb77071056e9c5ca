"""Which statements are one claim: those that agree most join first, and two groups only if nothing in one clashes with anything in the other.

Ids break ties, so the result does not depend on the order of anything. What a person says is the same comes first, unless a person says
that it is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.aggregate.agreement import agree, clash
from generator.aggregate.compared import Compared


def grouped(
    ids: Iterable[str],
    said: Iterable[tuple[str, str]],
    scored: Iterable[tuple[float, str, str]],
    known: Mapping[str, Compared],
) -> list[list[str]]:
    """Statements, by the ids of their facts, in groups; `said` are pairs that are one by hand, `scored` those that agree, and how much."""
    group = {id_: [id_] for id_ in ids}

    def join(one: str, other: str) -> None:
        if group[one] is not group[other]:
            group[one] += group[other]
            group.update(dict.fromkeys(group[other], group[one]))

    def may(one: str, other: str) -> bool:
        both = ((known[a], known[b]) for a in group[one] for b in group[other])
        return all(agree(a, b) if a.source == b.source else not clash(a, b) for a, b in both)

    for one, other in said:
        join(one, other)
    for _, one, other in sorted((-score, min(a, b), max(a, b)) for score, a, b in scored):
        if group[one] is not group[other] and may(one, other):
            join(one, other)
    return list({id(found): found for found in group.values()}.values())


def by_hand(one: Compared, other: Compared) -> bool:
    """Whether a person says that two are the same, and none that they are not."""
    a, b = one.statement.fact, other.statement.fact
    said = a.id in b.same_as or b.id in a.same_as
    return said and a.id not in b.unrelated and b.id not in a.unrelated
