"""JSON Schemas (draft-07) of the registry's files and of `topics.yml`, as people edit them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, get_args

from generator.model import EntityStatus

DRAFT = "http://json-schema.org/draft-07/schema#"
ID = "^[a-z0-9]+(-[a-z0-9]+)*$"
NAMES: dict[str, Any] = {
    "anyOf": [{"type": "array", "items": {"type": ["string", "number"]}}, {"type": ["string", "null"]}]
}
"""What reading accepts for a list of names: one name in place of a list, too."""
TEXT: dict[str, Any] = {"type": ["string", "number", "null"]}
NEEDED: dict[str, Any] = {"type": ["string", "number"]}


def _told(schema: Mapping[str, Any], description: str, *examples: object) -> dict[str, Any]:
    return {**schema, "description": description} | ({"examples": list(examples)} if examples else {})


ENTITY = {
    "name": _told(NEEDED, "Its name as the site writes it.", "Ministry of Works"),
    "kind": _told(
        NEEDED,
        "person, organisation, place, programme, meeting, or a kind of one that lexicon 'kinds' knows.",
        *("person", "organisation", "ministry", "place", "city", "programme", "meeting"),
    ),
    "aka": _told(NAMES, "What else it is called in the articles."),
    "in": _told(TEXT, "The id of the place or the body that it is in."),
    "at": {
        "description": "Latitude and longitude in degrees, WGS 84.",
        "type": ["array", "null"],
        "items": [{"type": "number", "minimum": low, "maximum": -low} for low in (-90, -180)],
        "minItems": 2,
        "maxItems": 2,
        "examples": [[39.575, 126.342]],
    },
    "ids": {
        "description": "What other registries call it.",
        "type": ["object", "null"],
        "additionalProperties": {"type": ["string", "number"]},
        "examples": [{"wikidata": "Q1"}],
    },
    "status": {
        "enum": [*get_args(EntityStatus), None],
        "description": "candidate as long as only the machine has seen it; confirmed once a person has.",
    },
    "not": _told(NAMES, "Ids of entries that it is not the same as."),
    "merged-into": _told(TEXT, "The id of the entry that it is the same as; this one leads there."),
    "note": _told(TEXT, "Published beside it. Comments (#) never are."),
}
"""The keys of an entry of the registry."""
SELECTOR = {
    "who": _told(NAMES, "Registry ids of those who act or are acted on."),
    "where": _told(NAMES, "Registry ids of places."),
    "about": _told(NAMES, "Ids of programmes or topics."),
    "what": _told(NAMES, "Sorts of events."),
    "kind": _told(NAMES, "Kinds of facts: event, figure, quotation, assessment, role."),
    "source": _told(NAMES, "Ids of sources."),
    "words": _told(NAMES, "Words that stand in the quote or the text."),
}
TOPIC = {
    "title": _told(NEEDED, "The title of its page.", "Harbour works"),
    "lead": _told(TEXT, "One sentence at its head."),
    "facts": {
        "type": "object",
        "additionalProperties": False,
        "minProperties": 1,
        "properties": SELECTOR,
        "description": "Facts that hold any of the values in any of these keys.",
    },
}


def _file(title: str, keys: Mapping[str, Any], required: list[str]) -> dict[str, Any]:
    entry = {"type": "object", "additionalProperties": False, "required": required, "properties": keys}
    return {
        "$schema": DRAFT,
        "title": title,
        "type": ["object", "null"],
        "propertyNames": {"pattern": ID},
        "additionalProperties": entry,
    }


def entities_file_schema() -> dict[str, Any]:
    """The schema of a file in `site_src/entities/`."""
    return _file("Names by id", ENTITY, ["name", "kind"])


def topics_file_schema() -> dict[str, Any]:
    """The schema of `site_src/topics.yml`."""
    return _file("Topics by id", TOPIC, ["title", "facts"])


def printed(schema: Mapping[str, Any]) -> str:
    """The text of a schema's file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
