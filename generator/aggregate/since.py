"""What is new since an earlier edition: what newer sources tell of older plans, figures and facts, sources, dated corrections.

An edition shows today's corrections, so what a person did is new only where its day lies between the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from generator import edtf
from generator.aggregate.changes import changes
from generator.aggregate.claims import claims
from generator.aggregate.contradictions import contradictions
from generator.aggregate.corrections import Correction
from generator.aggregate.difference import Beyond, SourceChange, difference
from generator.link import Briefing
from generator.statement import Statement

ORDER = {"reported-since": "outcome", "another-date": "moved-plan", "newer-figure": "newer-figure"}
"""How a statement goes beyond an older one, the most telling first, and what each is counted as."""


@dataclass(frozen=True)
class Differ:
    """A contradiction that the edition had not, or had with fewer sides."""

    new: Statement
    """Of the side that was reported last."""
    other: Statement
    """Of another side."""


@dataclass(frozen=True)
class Since:
    """What a briefing has that an earlier edition of it had not."""

    before: Briefing
    beyond: tuple[Beyond, ...]
    """The most telling first, of one sort those of the newest source first; of several that tell one fact, or go beyond one, the newest."""
    differ: tuple[Differ, ...]
    """That with the newest side first."""
    sources: tuple[SourceChange, ...]
    """New ones, the newest first."""
    corrections: tuple[Correction, ...]
    """Made after the day of the edition, those in newer sources first."""
    counts: Mapping[str, int]
    """How many there are of what, where there are any: `source`, `fact`, `name`, `outcome`, `moved-plan`, `newer-figure`,
    `contradiction`, `correction`."""

    def first(self, size: int) -> Since:
        """The same with at most `size` entries in all, the most telling; the counts are of all."""
        beyond = self.beyond[:size]
        differ = self.differ[: size - len(beyond)]
        sources = self.sources[: size - len(beyond) - len(differ)]
        corrections = self.corrections[: size - len(beyond) - len(differ) - len(sources)]
        return replace(self, beyond=beyond, differ=differ, sources=sources, corrections=corrections)


def since(before: Briefing, after: Briefing) -> Since:
    """What is new in a briefing since an edition of it."""
    found = difference(before, after)
    beyond = tuple(sorted(_once(found.beyond, before, after), key=lambda one: list(ORDER).index(one.what)))
    differ = tuple(_differing(before, after))
    sources = tuple(change for change in found.sources if change.what == "new")
    corrected = tuple(_corrected(before, after))
    counts = {
        "source": len(sources),
        "fact": len(after.current) - len(before.current),
        "name": sum(len(change.news.names) for change in sources if change.news),
        **{name: sum(one.what == what for one in beyond) for what, name in ORDER.items()},
        "contradiction": len(differ),
        "correction": len(corrected),
    }
    return Since(before, beyond, differ, sources, corrected, {name: n for name, n in counts.items() if n})


def previous(briefing: Briefing) -> Briefing | None:
    """The newest edition of a day before the briefing's own."""
    return next((e for e in briefing.editions[::-1] if e.as_of < briefing.as_of), None)


def _once(found: Iterable[Beyond], before: Briefing, after: Briefing) -> Iterator[Beyond]:
    """Each fact and each that it goes beyond once, as its earliest new source states it; what an older one told already is no news."""
    known = claims(after)
    seen: set[tuple[str, str]] = set()
    for one in found:
        new, old = known.of(one.pair.new), known.of(one.pair.old)
        told = {(one.what, new.id), (one.what, old.id)}
        if not told & seen and new.first.source.id not in before.sources:
            yield replace(one, pair=replace(one.pair, new=new.first))
        seen |= told


def _differing(before: Briefing, after: Briefing) -> Iterator[Differ]:
    """Contradictions with a side that no source of the edition states."""
    for found in contradictions(after):
        sides = sorted(found.sides, key=lambda side: (edtf.sort_key(side.first.source.date), side.id))
        if any(side.first.source.id not in before.sources for side in sides):
            yield Differ(sides[-1].first, sides[0].first)


def _corrected(before: Briefing, after: Briefing) -> Iterator[Correction]:
    """What people are known to have corrected since; what an edition shows later than its own day is no news in it."""
    for news in changes(after):
        for correction in news.corrections:
            on = edtf.parse(correction.on or "")
            day = edtf.day(on.latest) if on and not on.open_end else ""
            if before.as_of < day and (not after.edition or day <= after.edition):
                yield correction
