"""The data as JSON, and its JSON Schema (draft 2020-12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import json

from generator.addresses import address
from generator.downloads.columns import Column, Row, Table, empty
from generator.downloads.portion import Portion
from generator.downloads.tables import BRIEFING, TABLES, others, rows_of_source
from generator.link import Briefing

DATA = "data/briefing.json"
SCHEMA = "data/briefing.schema.json"
DRAFT = "https://json-schema.org/draft/2020-12/schema"
TYPES: Mapping[str, Mapping[str, Any]] = {
    "text": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "yes or no": {"type": "boolean"},
    "list": {"type": "array", "items": {"type": "string"}},
    "pairs": {"type": "object", "additionalProperties": {"type": "string"}},
}


def data(portion: Portion) -> bytes:
    """Every table as a list of objects, the briefing itself as one object; what is not known is left out."""
    parts = [_within({"$schema": ("../" if portion.year else "") + SCHEMA.rpartition("/")[2]})]
    for table in TABLES:
        if table is BRIEFING:
            parts.append(_within({table.name: _object(table, others(table, portion)[0])}))
        elif table.json:
            own = _own(table, portion)
            told = b",\n".join(filter(None, (*own, objects(table, others(table, portion)))))
            name = table.name.encode()
            parts.append(b' "%b": [\n%b\n ]' % (name, told) if told else b' "%b": []' % name)
    return b"{\n" + b",\n".join(parts) + b"\n}\n"


def _own(table: Table, portion: Portion) -> Iterable[bytes]:
    if not table.of_source:
        return ()
    return portion.pieces(
        f"json/{table.name}",
        lambda source: objects(table, rows_of_source(table, source, portion)),
        portion.keys(table.told),
    )


def objects(table: Table, rows: Iterable[Row]) -> bytes:
    """Some rows as they stand in the list of their table, with commas between; empty where there is none."""
    found = [_object(table, row) for row in rows]
    return _within([found], 2) if found else b""


def _within(value: object, depth: int = 1) -> bytes:
    """What stands within the brackets of a value, so many deep, with its indentation."""
    return b"\n".join(json.format(json.encode(value), indent=1).split(b"\n")[depth:-depth])


def schema(briefing: Briefing) -> bytes:
    """What the JSON holds: every object and key in words."""
    parts = {table.name: _reference(table) for table in TABLES if table.json}
    whole = {
        "$schema": DRAFT,
        **({"$id": where} if (where := address(SCHEMA, briefing.settings)).startswith("http") else {}),
        "title": "A briefing as data",
        "type": "object",
        "additionalProperties": False,
        "required": [*parts],
        "properties": {"$schema": {"type": "string"}, **parts},
        "$defs": {table.name: _definition(table) for table in TABLES if table.json},
    }
    return _text(whole)


def _object(table: Table, row: Row) -> dict[str, Any]:
    needed = {column.name for column in table.columns if column.needed}
    return {name: value for name, value in row.items() if name in needed or not empty(value)}


def _reference(table: Table) -> dict[str, Any]:
    one = {"$ref": f"#/$defs/{table.name}"}
    return one if table is BRIEFING else {"type": "array", "items": one, "description": table.about}


def _definition(table: Table) -> dict[str, Any]:
    return {
        "type": "object",
        "description": table.about,
        "additionalProperties": False,
        "required": [column.name for column in table.columns if column.needed],
        "properties": {column.name: _property(column) for column in table.columns},
    }


def _property(column: Column) -> dict[str, Any]:
    ids = f" Holds ids of `{column.refers}`." if column.refers else ""
    values = {"enum": [*column.values]} if column.values else {}
    return {**TYPES[column.type], **values, "description": column.about + ids}


def _text(value: object) -> bytes:
    return json.format(json.encode(value), indent=1) + b"\n"
