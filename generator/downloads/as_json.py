"""The data as JSON, and its JSON Schema (draft 2020-12)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import json

from generator.addresses import address
from generator.downloads.columns import Column, Row, Table, empty
from generator.downloads.portion import Portion
from generator.downloads.tables import BRIEFING, TABLES, rows
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
    told: dict[str, Any] = {"$schema": ("../" if portion.year else "") + SCHEMA.rpartition("/")[2]}
    for table in TABLES:
        if table.json:
            objects = [_object(table, row) for row in rows(portion)[table.name]]
            told[table.name] = objects[0] if table is BRIEFING else objects
    return _text(told)


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
