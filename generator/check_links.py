"""What people write of how facts stand to each other: ranks and links that say nothing, or two things at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

from generator.aggregate.contradictions import contradictions
from generator.link import Briefing
from generator.model import LINK_KEYS, key
from generator.problems import Problem, problem


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
                    found, valid = f"no fact has the id '{id_}'", _meant(briefing, id_, s.fact.id, known)
                else:
                    continue
                yield problem(
                    briefing.mark(s, key(field)),
                    f"{key(field)}: {found}",
                    valid=valid,
                    severity="warning",
                    check="fact-link",
                )


def _meant(briefing: Briefing, id_: str, own: str, known: Iterable[str]) -> str:
    """Where an unknown id stands, or which one is meant: ids are of chance, so that but one character may differ."""
    for file in briefing.files.values():
        if id_ in file.bad_ids or (file.broken and re.search(rf"\bid: *['\"]?{re.escape(id_)}(?![\w-])", file.text)):
            return f"it stands in {file.path}, which has an error"
    near = [other for other in known if other != own and OSA.distance(id_, other, score_cutoff=1) == 1]
    return f"did you mean '{near[0]}'?" if len(near) == 1 else "take it from the permanent link of the fact"


def preferred_once(briefing: Briefing) -> Iterator[Problem]:
    """Two sides of one contradiction that are both preferred leave readers where they were without a rank."""
    if sum(s.fact.rank == "preferred" for s in briefing.current) < 2:
        return
    for contradiction in contradictions(briefing):
        ranked = ([s for s in side.statements if s.fact.rank == "preferred"] for side in contradiction.sides)
        first = [side[0] for side in ranked if side]
        for s in first[1:]:
            yield problem(
                briefing.mark(s, "rank"),
                f"{s.fact.id} is preferred, and so is {first[0].fact.id}, which says otherwise",
                valid="prefer one of the two",
                severity="warning",
                check="rank",
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


LINK_CHECKS = (preferred_once, links_lead, one_or_two)
