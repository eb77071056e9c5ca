"""The table of claims: what is told more than once, with all who tell it and how many origins they have.

A claim has its row where its first fact stands, so that a fact's own row stays as it is whoever repeats it later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from generator import telling
from generator.aggregate.claims import claims
from generator.aggregate.shown import shown
from generator.downloads.columns import Column, Row, Table
from generator.downloads.ids import fact_id, fact_ids
from generator.downloads.portion import Portion
from generator.link import Briefing
from generator.model import KINDS
from generator.once import once

COLUMNS = (
    Column("id", "text", "The fact that told it first.", refers="facts", needed=True),
    Column("kind", "text", "What sort of fact it is.", needed=True, values=KINDS),
    Column("statement", "text", "The sentence that told it first.", needed=True),
    Column("facts", "list", "All facts that state it, that first told first.", refers="facts", beyond=True),
    Column("sources", "integer", "How many sources tell it.", needed=True),
    Column("origins", "integer", "How many of those are independent of each other.", needed=True),
    Column("first_told", "text", "When the first of them was published.", needed=True),
    Column("last_told", "text", "When the last of them was published.", needed=True),
    Column("link", "text", "Where its first words stand on this site, with all who tell it.", needed=True),
)


def of_source(source: str, portion: Portion) -> Iterator[Row]:
    """The claims that it told first."""
    briefing = portion.briefing
    ids, found = fact_ids(briefing), claims(briefing)
    for s in briefing.by_source.get(source, ()):
        claim = found.of(s)
        if claim.first is s and len(claim.statements) > 1:
            yield {
                "id": fact_id(s, ids),
                "kind": s.fact.kind,
                "statement": telling.sentence(s, briefing),
                "facts": tuple(fact_id(one, ids) for one in claim.statements),
                "sources": len(claim.sources),
                "origins": len(claim.origins),
                "first_told": s.source.date,
                "last_told": claim.statements[-1].source.date,
                "link": telling.permalink(s, briefing),
            }


@once
def _told(briefing: Briefing) -> Mapping[str, bytes]:
    told, found = claims(briefing), defaultdict[str, list[bytes]](list)
    for first, digest in shown(briefing).claims.items():
        found[told.known[first].source.id].append(digest)
    return {source: b"".join(digests) for source, digests in found.items()}


def told(portion: Portion) -> Mapping[str, bytes]:
    """What others tell of what a source told first."""
    return _told(portion.briefing)


CLAIMS = Table(
    "claims",
    "What several facts state: each once, with how many independent origins it has.",
    COLUMNS,
    of_source=of_source,
    told=told,
    csv="data/claims.csv",
)
