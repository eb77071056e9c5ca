"""JSON Schema (draft-07) of a fact file, made from the model: editors complete and check with it while one types."""

from __future__ import annotations

import json
from typing import Annotated, Any

from generator.model import FACT_TYPES, KEY_ORDER, SCHEMA, Assessment, Event, Figure, Quotation, Role, Source, key
from generator.validate import EXAMPLES

DRAFT = "http://json-schema.org/draft-07/schema#"
WHAT = {
    "id": "Its permanent name: the kind and ten letters or digits; of a fact of your own, any name of a-z, 0-9 and -.",
    "kind": "What sort of fact this is; it says which other keys there may be.",
    "what": "The sort of event, from the lexicon of events.",
    "text": "The statement as the site shows it.",
    "quote": "Words of the source, verbatim: the authority for all the rest.",
    "nth": "Which occurrence of the quote is meant, from 1, if there are several.",
    "who": "Registry ids of those who act or are acted on.",
    "where": "Registry ids of places.",
    "about": "Ids of programmes or topics.",
    "when": "EDTF: 2025-12-03, 2025-12, 2025, 2025-12-11/2025-12-20, ../2025-12-31, 2034-21 (spring).",
    "when-words": "The words of the source that say when.",
    "according-to": "Who says so: the chain of attribution, nearest first.",
    "note": "Published beside the fact. Comments (#) never are.",
    "review": "Your judgement of the fact.",
    "rank": "Where sources differ: the side you take, or do not; say why in note.",
    "same-as": "Ids of facts that state the same.",
    "outcome": "Of what was ahead: ids of the facts that tell what came of it.",
    "unrelated": "Ids of facts that are not to be paired with this one.",
    "status": "Whether it happened, or who would have it so.",
    "high": "The upper end of a range; value is the lower.",
    "value": "The number, in digits.",
    "unit": "What is counted; of a price its ISO 4217 code.",
    "sha256": "Of the article's normalised text; the generator's.",
    "seed": "The article's file in seeds/.",
}
"""What editors show beside a key."""


def fact_file_schema() -> dict[str, Any]:
    """The schema of a whole file."""
    from pydantic import ConfigDict, Field, TypeAdapter

    config = ConfigDict(alias_generator=key, extra="forbid")
    some_fact = Annotated[Event | Figure | Quotation | Assessment | Role, Field(discriminator="kind")]
    made = TypeAdapter(tuple[Source, some_fact], config=config).json_schema(ref_template="#/definitions/{model}")
    definitions = {name: _plain(schema) for name, schema in sorted(made["$defs"].items())}
    refs = [{"$ref": f"#/definitions/{record.__name__}"} for record in FACT_TYPES.values()]
    return {
        "$schema": DRAFT,
        "title": "Facts of one source",
        "type": "object",
        "additionalProperties": False,
        "required": ["schema", "source", "facts"],
        "properties": {
            "schema": {"const": SCHEMA, "description": "Version of this format."},
            "source": {"$ref": "#/definitions/Source"},
            "facts": {"type": ["array", "null"], "items": {"oneOf": refs}},
        },
        "definitions": definitions,
    }


def source_schema() -> str:
    """The text of `site_src/schema/source.json`."""
    return json.dumps(fact_file_schema(), indent=2, ensure_ascii=False) + "\n"


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a record in the terms of draft-07, keys in the order they are written in."""
    order = [key(name) for name in KEY_ORDER]
    needed = {*schema.get("required", ()), *({"kind"} & schema["properties"].keys())}
    properties = {name: _property(name, value, name in needed) for name, value in schema["properties"].items()}
    if "quote" in properties:
        properties = dict(sorted(properties.items(), key=lambda pair: order.index(pair[0])))
    required = [name for name in properties if name in needed]
    return {
        "type": "object",
        "description": schema.get("description", ""),
        "additionalProperties": False,
        "required": required,
        "properties": properties,
    }


def _property(name: str, schema: dict[str, Any], needed: bool) -> dict[str, Any]:
    """The schema of a key: what reading accepts, one name in place of a list and an empty value included."""
    parts = [part for part in schema.get("anyOf", [schema]) if part.get("type") != "null"]
    types = [part.get("type") for part in parts]
    empty = [] if needed else ["null"]
    told: dict[str, Any] = {"description": WHAT[name]} if name in WHAT else {}
    if "const" in parts[0]:
        return {"const": parts[0]["const"], **told}
    if "enum" in parts[0]:
        return {"enum": [*parts[0]["enum"], *([] if needed else [None])], **told}
    if name in EXAMPLES:
        told["examples"] = [EXAMPLES[name].partition(": ")[2]]
    if types == ["array"]:
        names = {"type": "array", "items": {"type": ["string", "number"]}}
        return {"anyOf": [names, {"type": ["string", *empty]}], **told}
    if types == ["string"]:  # YAML readers take `when: 2021` for a number; this one does not mind
        return {"type": ["string", "number", *empty], **told}
    return {"type": ["integer" if types == ["integer"] else "number", *empty], **told}
