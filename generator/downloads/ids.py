"""The ids that facts have in the data, where each is there once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from generator.link import Briefing
from generator.once import once
from generator.statement import Statement


@once
def fact_ids(briefing: Briefing) -> dict[tuple[str, str], str]:
    """The id of each fact by source and id; where two sources have the same, the later one's has its source in front."""
    seen: Counter[str] = Counter()
    names = {}
    for s in briefing.statements:
        names[s.source.id, s.fact.id] = f"{s.source.id}/{s.fact.id}" if seen[s.fact.id] else s.fact.id
        seen[s.fact.id] += 1
    return names


def fact_id(statement: Statement, ids: Mapping[tuple[str, str], str]) -> str:
    """The id of one of them."""
    return ids[statement.source.id, statement.fact.id]
