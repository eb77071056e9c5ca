"""The table of figures: every number with its source beside it, and the totals that follow from a rate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from generator import phrases, telling
from generator.aggregate import figures
from generator.aggregate.shown import shown
from generator.downloads.columns import Column, Row, Table
from generator.downloads.ids import fact_id, fact_ids
from generator.downloads.portion import Portion
from generator.link import Briefing
from generator.model import Bound, Figure, FigureRole, Review
from generator.statement import Statement
from generator.store import digest

COLUMNS = (
    Column("id", "text", "Its permanent name.", needed=True),
    Column("fact", "text", "The fact that states it; of a derived total, the rate.", refers="facts", needed=True),
    Column(
        "times",
        "text",
        "Of a derived total: the duration that the rate is multiplied with.",
        refers="facts",
        beyond=True,
    ),
    Column("derived", "yes or no", "Whether it follows from two figures, and no source states it.", needed=True),
    Column("sum", "text", "Of a derived total: how it follows."),
    Column("value", "number", "The number; of a range its lower end.", needed=True),
    Column("high", "number", "The upper end of a range."),
    Column("unit", "text", "What is counted; of a price its ISO 4217 code."),
    Column("per", "text", "Of a rate: for each what."),
    Column("bound", "text", "What the number is a limit of.", values=get_args(Bound)),
    Column("role", "text", "Whether it is aimed at, reported or estimated.", needed=True, values=get_args(FigureRole)),
    Column("measure", "text", "What the unit is a measure of."),
    Column("statement", "text", "The sentence that it stands in.", needed=True),
    Column("date", "text", "When it held or will hold, as EDTF."),
    Column("review", "text", "What a person says of the fact.", needed=True, values=get_args(Review)),
    Column("source", "text", "The source that states it.", refers="sources", needed=True),
    Column("source_title", "text", "Its title, or its first words.", needed=True),
    Column("publisher", "text", "Who published it.", needed=True),
    Column("published", "text", "When it was published.", needed=True),
    Column("chain", "text", "Names from who said it to who published it, with arrows between."),
    Column("link", "text", "Where it stands on this site, with its words in place.", needed=True),
)


def rows(portion: Portion) -> Iterator[Row]:
    """Derived totals: a rate and its duration may stand in two sources."""
    briefing = portion.briefing
    ids = fact_ids(briefing)
    for target in figures.targets(briefing):
        if target.duration and target.stated.fact.id in portion.facts:
            s, rate, lasting = (
                target.stated,
                telling.own(target.stated, briefing),
                telling.own(target.duration, briefing),
            )
            fact, times = fact_id(s, ids), fact_id(target.duration, ids)
            told = " × ".join(
                phrases.figure(figure, briefing.lexicons) for figure in (rate, lasting) if isinstance(figure, Figure)
            )
            derived: Row = {
                "id": f"{fact}-times-{times}",
                "fact": fact,
                "times": times,
                "derived": True,
                "sum": f"{told} = {phrases.number(target.value)}",
                "value": target.value,
            }
            yield _row(s, derived, None, None, briefing)


def made_of(portion: Portion) -> bytes:
    """A hash of the totals that `rows` tells."""
    bare, facts = shown(portion.briefing).bare, portion.facts
    told = (
        bare[target.stated.fact.id] + bare[target.duration.fact.id]
        for target in figures.targets(portion.briefing)
        if target.duration and target.stated.fact.id in facts
    )
    return digest(*told)


def of_source(source: str, portion: Portion) -> Iterator[Row]:
    """The figures that it states."""
    briefing = portion.briefing
    ids = fact_ids(briefing)
    for s in briefing.by_source.get(source, ()):
        if isinstance(s.fact, Figure):
            id_ = fact_id(s, ids)
            own = {"id": id_, "fact": id_, "times": None, "derived": False, "sum": None, "value": s.fact.value}
            yield _row(s, own, s.fact.high, s.fact.per, briefing)


def _row(s: Statement, own: Row, high: float | None, per: str | None, briefing: Briefing) -> Row:
    fact = telling.own(s, briefing)
    assert isinstance(fact, Figure)
    return {
        **own,
        "high": high,
        "unit": fact.unit,
        "per": per,
        "bound": fact.bound,
        "role": fact.role,
        "measure": fact.measure,
        "statement": telling.sentence(s, briefing),
        "date": fact.when,
        "review": fact.review,
        "source": s.source.id,
        "source_title": telling.source_title(s.source.id, briefing),
        "publisher": telling.publisher_name(s.source.id, briefing),
        "published": s.source.date,
        "chain": " → ".join(entity.name for entity in s.chain),
        "link": telling.permalink(s, briefing),
    }


FIGURES = Table(
    "figures",
    "Every number with its source beside it, and totals that follow from a rate and a duration.",
    COLUMNS,
    rows,
    of_source,
    made_of=made_of,
    csv="data/figures.csv",
)
