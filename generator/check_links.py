"""What people write of how facts stand to each other: ranks and links that say nothing, or two things at once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from generator.link import Briefing
from generator.model import LINK_KEYS, key
from generator.problems import Problem, did_you_mean, problem

NEAR = 20_000
"""How many ids are looked at for the one that was meant."""


def rank_explained(briefing: Briefing) -> Iterator[Problem]:
    """Readers are told which side an editor follows: without a reason they can only take it on trust."""
    for s in briefing.statements:
        if s.fact.rank and not s.fact.note:
            yield problem(
                briefing.mark(s, "rank"),
                f"{s.fact.id} is ranked {s.fact.rank} without a reason",
                valid="say why in a note, which is published",
                example="note: The hospital counts from its own records.",
                severity="warning",
                check="rank",
            )


def links_lead(briefing: Briefing) -> Iterator[Problem]:
    """A link to no fact, or to the fact itself, says nothing, and the machine's own finding goes on."""
    known = dict.fromkeys(s.fact.id for s in briefing.statements)
    for s in briefing.statements:
        for field in LINK_KEYS:
            for id_ in getattr(s.fact, field):
                if id_ == s.fact.id:
                    found, valid = f"{id_} names itself", "name another fact, or take it out"
                elif id_ not in known:
                    found = f"no fact has the id '{id_}'"
                    valid = did_you_mean(id_, islice(known, NEAR)) or "take it from the permanent link of the fact"
                else:
                    continue
                yield problem(
                    briefing.mark(s, key(field)),
                    f"{key(field)}: {found}",
                    valid=valid,
                    severity="warning",
                    check="fact-link",
                )


def one_or_two(briefing: Briefing) -> Iterator[Problem]:
    """Two facts that are said to be the same, and not to belong together, are kept apart: one of the two is a slip."""
    apart = {frozenset((s.fact.id, other)) for s in briefing.statements for other in s.fact.unrelated}
    for s in briefing.statements:
        for other in s.fact.same_as:
            if frozenset((s.fact.id, other)) in apart:
                yield problem(
                    briefing.mark(s, "same-as"),
                    f"{s.fact.id} is the same as {other}, and unrelated to it",
                    valid="take one of the two out; until then they are kept apart",
                    severity="warning",
                    check="fact-link",
                )


LINK_CHECKS = (rank_explained, links_lead, one_or_two)
