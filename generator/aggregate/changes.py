"""What is new, by source: names, figures and plans that no older source had, and what people corrected by hand.

A *newer figure* has the role, unit, rate and measure of one that an older source states about the same subject, and
each of the two is the only such figure of its source, so that no part is taken for a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.aggregate.corrections import Correction, corrections
from generator.aggregate.figures import SHARES, fact, unit
from generator.aggregate.ledger import ledger
from generator.link import Briefing
from generator.model import KINDS, Entity, Source
from generator.once import once
from generator.phrases import is_currency, is_measure
from generator.statement import Statement

Series = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class Newer:
    """A statement with the older one that it goes beyond."""

    new: Statement
    old: Statement


@dataclass(frozen=True)
class Confirmed:
    """Facts that somebody confirmed as they are read, on one day."""

    by: str | None
    on: str | None
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class News:
    """What one source brought, and what became of its facts."""

    source: Source
    counts: Mapping[str, int]
    """Current facts by kind."""
    names: tuple[Entity, ...]
    """Named here for the first time, in order of their places."""
    figures: tuple[Newer, ...]
    plans: tuple[Newer, ...]
    """Plans that got another date."""
    outcomes: tuple[Newer, ...]
    """What tells what came of things that older sources looked ahead to."""
    corrections: tuple[Correction, ...]
    """Of facts that stand in the fact file, all but mere confirmations."""
    confirmed: tuple[Confirmed, ...]
    deleted: Mapping[str, int]
    """How many facts people deleted, by kind."""

    def beyond(self) -> Iterator[tuple[str, Newer]]:
        """Statements that go beyond older ones, each with how: a key of labels `change`."""
        for what, pairs in (
            ("newer-figure", self.figures),
            ("another-date", self.plans),
            ("reported-since", self.outcomes),
        ):
            yield from ((what, pair) for pair in pairs)


def counts(source: Source, briefing: Briefing) -> Mapping[str, int]:
    """How many current facts of each kind a source gave."""
    current = (s for s in briefing.by_source.get(source.id, ()) if s.fact.review != "retracted")
    return _tally([s.fact.kind for s in current])


def _tally(kinds: Sequence[str]) -> Mapping[str, int]:
    return {kind: kinds.count(kind) for kind in KINDS if kind in kinds}


@dataclass(frozen=True)
class Brought:
    """What goes beyond older sources, by the source that brings it."""

    names: Mapping[str, tuple[Entity, ...]]
    figures: Mapping[str, tuple[Newer, ...]]
    plans: Mapping[str, tuple[Newer, ...]]
    outcomes: Mapping[str, tuple[Newer, ...]]


@once
def brought(briefing: Briefing) -> Brought:
    """What every source brings beyond older ones."""
    entries = ledger(briefing).entries
    plans = (
        Newer(new.dated, old.dated)
        for course in entries
        for old, new in pairwise(course.stages)
        if new.when and old.when
    )
    outcomes = (
        Newer(new, course.last) for course in entries if course.is_told for new in course.told if new != course.last
    )
    return Brought(first_names(briefing), _by_source(newer_figures(briefing)), _by_source(plans), _by_source(outcomes))


def changes(briefing: Briefing) -> tuple[News, ...]:
    """The news of every source, the newest first."""
    return tuple(news(source, briefing) for source in list(briefing.sources.values())[::-1])


def news(source: Source, briefing: Briefing) -> News:
    """The news of one source."""
    found, by_hand = brought(briefing), corrections(source.id, briefing)
    return News(
        source=source,
        counts=counts(source, briefing),
        names=found.names.get(source.id, ()),
        figures=found.figures.get(source.id, ()),
        plans=found.plans.get(source.id, ()),
        outcomes=found.outcomes.get(source.id, ()),
        corrections=tuple(c for c in by_hand if c.statement and not _is_mere(c)),
        confirmed=_confirmed(by_hand),
        deleted=_tally([c.kind for c in by_hand if c.deleted]),
    )


def _is_mere(correction: Correction) -> bool:
    """Whether somebody confirmed a fact and left it as it is read."""
    return correction.review == "confirmed" and not correction.turns and not correction.added


def _confirmed(made: Iterable[Correction]) -> tuple[Confirmed, ...]:
    groups: dict[tuple[str | None, str | None], list[Statement]] = {}
    for c in made:
        if c.statement and _is_mere(c):
            groups.setdefault((c.statement.fact.reviewed_by, c.on), []).append(c.statement)
    return tuple(Confirmed(by, on, tuple(statements)) for (by, on), statements in groups.items())


def _by_source(pairs: Iterable[Newer]) -> dict[str, tuple[Newer, ...]]:
    found: dict[str, list[Newer]] = {}
    for pair in pairs:
        found.setdefault(pair.new.source.id, []).append(pair)
    return {source: tuple(many) for source, many in found.items()}


def first_names(briefing: Briefing) -> Mapping[str, tuple[Entity, ...]]:
    """By source id, whom and what it is the first to name, in order of their places; nothing of sources that are the first of nobody."""
    found: dict[str, list[Entity]] = {}
    for (
        id_,
        statements,
    ) in briefing.by_entity.items():  # names in the order in which they first stand, statements of each in theirs
        found.setdefault(statements[0].source.id, []).append(briefing.registry[id_])
    return {source: tuple(names) for source, names in found.items()}


def newer_figures(briefing: Briefing) -> list[Newer]:
    """Figures with those of older sources that they go beyond, in order of their sources."""
    by_series: dict[Series, dict[str, list[Statement]]] = {}
    for statement in briefing.by_kind.get("figure", ()):
        for series in _series(statement, briefing):
            by_series.setdefault(series, {}).setdefault(statement.source.id, []).append(statement)
    found: dict[str, Newer] = {}
    for by_source in by_series.values():
        before: Statement | None = None
        for group in by_source.values():
            if len(group) > 1:
                continue
            new = group[0]
            if before and new.source.date > before.source.date and _number(new) != _number(before):
                found.setdefault(new.fact.id, Newer(new, before))
            before = new
    return [found[s.fact.id] for s in briefing.by_kind.get("figure", ()) if s.fact.id in found]


def _series(statement: Statement, briefing: Briefing) -> set[Series]:
    """What a figure goes on with: nothing where its unit alone does not tell what is counted."""
    figure, counted = fact(statement), unit(statement)
    vague = counted in SHARES or is_currency(figure.unit) or is_measure(counted, briefing.lexicons)
    if not counted or (vague and not figure.measure):
        return set()
    return {(figure.role, counted, figure.per or "", figure.measure or "", entity.id) for entity in statement.about}


def _number(statement: Statement) -> tuple[object, ...]:
    figure = fact(statement)
    return (figure.value, figure.high, figure.bound)
