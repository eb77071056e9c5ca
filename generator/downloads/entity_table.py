"""The table of names: persons, organisations, places, programmes and meetings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from generator.addresses import address, entity_path
from generator.aggregate.shown import has_page, shown
from generator.downloads.columns import Column, Row, Table
from generator.downloads.portion import Portion
from generator.model import EntityStatus
from generator.registry import Family, family
from generator.statement import follow
from generator.store import digest, packed

COLUMNS = (
    Column("id", "text", "Its permanent name.", needed=True),
    Column("name", "text", "What it is called here.", needed=True),
    Column("family", "text", "What sort of thing it is.", values=get_args(Family)),
    Column("kind", "text", "What kind of its sort, such as “ministry”.", needed=True),
    Column("aka", "list", "What sources call it too."),
    Column("part_of", "text", "What it lies in or belongs to.", refers="entities"),
    Column("latitude", "number", "Degrees north, WGS 84."),
    Column("longitude", "number", "Degrees east, WGS 84."),
    Column("ids", "pairs", "What other registers call it, by register."),
    Column("status", "text", "Whether a person has confirmed the name.", needed=True, values=get_args(EntityStatus)),
    Column("note", "text", "What an editor adds."),
    Column("facts", "integer", "How many facts name it; retracted ones are not counted.", needed=True),
    Column("link", "text", "Its page on this site; empty where no fact that counts names it."),
)


def rows(portion: Portion) -> Iterator[Row]:
    """All names of the registry, or of a year; those that were merged into another are left out."""
    briefing = portion.briefing
    for entity in portion.entities:
        if entity.merged_into:
            continue
        above = follow(entity.in_, briefing.registry) if entity.in_ else None
        path = entity_path(entity, briefing.lexicons)
        yield {
            "id": entity.id,
            "name": entity.name,
            "family": family(entity.kind, briefing.lexicons),
            "kind": entity.kind,
            "aka": tuple(dict.fromkeys(entity.aka)),
            "part_of": above.id if above else None,
            "latitude": entity.at[0] if entity.at else None,
            "longitude": entity.at[1] if entity.at else None,
            "ids": {str(name): str(value) for name, value in entity.ids.items()},
            "status": entity.status,
            "note": entity.note,
            "facts": portion.named.get(entity.id, 0),
            "link": address(path, briefing.settings) if has_page(entity, briefing) else None,
        }


def made_of(portion: Portion) -> bytes:
    """A hash of the names that `rows` tells, with what they lie in and how often facts name them."""
    of, briefing, named = shown(portion.briefing), portion.briefing, portion.named
    counts = [(named.get(entity.id, 0), has_page(entity, briefing)) for entity in portion.entities]
    return digest(packed(counts), *map(of.name, portion.entities))


ENTITIES = Table(
    "entities",
    "Persons, organisations, places, programmes and meetings that sources name.",
    COLUMNS,
    rows,
    made_of=made_of,
    csv="data/entities.csv",
)
