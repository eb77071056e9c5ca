"""The table of sources."""

from __future__ import annotations

from collections.abc import Iterator

from generator import telling
from generator.addresses import address, source_path
from generator.downloads.columns import Column, Row, Table
from generator.downloads.portion import Portion

COLUMNS = (
    Column("id", "text", "Its permanent name.", needed=True),
    Column("date", "text", "When it was published.", needed=True),
    Column("title", "text", "Its title; where it has none, its first words or its publisher.", needed=True),
    Column("publisher", "text", "Who published it, by name."),
    Column("outlet", "text", "The publisher among the names of this briefing.", refers="entities"),
    Column("author", "text", "Who wrote it."),
    Column("url", "text", "Where it was published, if that is known."),
    Column("facts", "integer", "How many facts it gave; retracted ones are not counted.", needed=True),
    Column("at_hand", "yes or no", "Whether its text was at hand when this was made.", needed=True),
    Column("sha256", "text", "SHA-256 of its text, to which “start” and “end” of facts refer, as UTF-8.", needed=True),
    Column("link", "text", "Its page on this site.", needed=True),
    Column("citation", "text", "How to cite it.", needed=True),
)


def of_source(id_: str, portion: Portion) -> Iterator[Row]:
    """Its one row."""
    briefing, source = portion.briefing, portion.sources[id_]
    outlet = telling.outlet(id_, briefing)
    yield {
        "id": id_,
        "date": source.date,
        "title": telling.source_title(id_, briefing),
        "publisher": outlet.name if outlet else None,
        "outlet": outlet.id if outlet else None,
        "author": source.author,
        "url": source.url,
        "facts": sum(s.fact.review != "retracted" for s in briefing.by_source.get(id_, ())),
        "at_hand": id_ in briefing.seeds,
        "sha256": source.sha256,
        "link": address(source_path(id_), briefing.settings),
        "citation": telling.source_reference(id_, briefing) + ".",
    }


SOURCES = Table(
    "sources",
    "The articles that this briefing is made from.",
    COLUMNS,
    of_source=of_source,
    csv="data/sources.csv",
)
