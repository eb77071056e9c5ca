"""Which statements of a source rest on words that a stretch of its text touches, without looking at all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.link import Briefing
from generator.model import Span
from generator.once import once
from generator.statement import Statement


@dataclass(frozen=True, slots=True)
class _Placed:
    """The statements of one source that have a place, in order of where they begin; each with its rank in the source."""

    starts: Sequence[int]
    statements: Sequence[tuple[Span, int, Statement]]
    longest: int
    """Characters of the longest."""


def within(briefing: Briefing, source: str, span: Span) -> list[Statement]:
    """The statements of a source that share a character with a stretch of its text, in the order of the source."""
    placed = _placed(briefing).get(source)
    if placed is None:
        return []
    first, last = bisect_left(placed.starts, span.start - placed.longest), bisect_left(placed.starts, span.end)
    found = [(rank, s) for at, rank, s in placed.statements[first:last] if at.overlaps(span)]
    return [s for _, s in sorted(found, key=lambda pair: pair[0])]


@once
def _placed(briefing: Briefing) -> Mapping[str, _Placed]:
    made = {}
    for source, statements in briefing.by_source.items():
        own = sorted(
            ((s.span, rank, s) for rank, s in enumerate(statements) if s.span), key=lambda row: (row[0].start, row[1])
        )
        made[source] = _Placed([at.start for at, _, _ in own], own, max((len(at) for at, _, _ in own), default=0))
    return made
