"""Outcomes that people link: whether each makes sense of what was ahead."""

from __future__ import annotations

from collections.abc import Iterator

from generator.aggregate.courses import source_days
from generator.aggregate.events import AHEAD, status
from generator.link import Briefing
from generator.problems import Problem, problem
from generator.statement import Statement


def outcome_fits(briefing: Briefing) -> Iterator[Problem]:
    """An outcome on what is not ahead says nothing, and one that is older than its plan, or retracted, tells of something else."""
    by_id = {s.fact.id: s for s in briefing.statements}
    for s in briefing.current:
        for id_ in s.fact.outcome:
            linked = by_id.get(id_)
            if linked and linked is not s and (wrong := _wrong(s, linked)):
                yield problem(
                    briefing.mark(s, "outcome"),
                    f"outcome: {wrong[0]}",
                    valid=wrong[1],
                    severity="warning",
                    check="outcome",
                )


def _wrong(plan: Statement, linked: Statement) -> tuple[str, str] | None:
    """What is wrong with a link, and what to do."""
    if status(plan) not in AHEAD and getattr(plan.fact, "role", "") != "target":
        return f"{plan.fact.id} looks ahead to nothing", "write it on the plan, forecast, demand or target"
    if linked.fact.review == "retracted":
        return f"{linked.fact.id} is retracted, so it counts nowhere", "name another fact, or take it out"
    told, before = source_days(linked), source_days(plan)
    if told and before and told.latest < before.earliest:
        return f"{linked.fact.id} is of an older source than {plan.fact.id}", "name a fact that tells what came of it"
    return None


OUTCOME_CHECKS = (outcome_fits,)
