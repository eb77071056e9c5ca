"""The JSON Schema accepts what reading accepts, and what the writer writes."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from edits import SOURCE, a_fact

from generator.facts import parse_fact_file, write_fact_file
from generator.model import Entity, Role, Selector, Topic
from generator.registry import parse_registry_file
from generator.schema import fact_file_schema, source_schema
from generator.schema_names import entities_file_schema, printed, topics_file_schema
from generator.topics import parse_topics
from generator.validate import keys_of

SCHEMA = fact_file_schema()


class Loader(yaml.SafeLoader):
    """As a YAML 1.2 language server reads: dates and `no` are text."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, shape) for tag, shape in found if not tag.endswith((":timestamp", ":bool", ":merge", ":value"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def errors(text: str) -> list[str]:
    document: Any = yaml.load(text, Loader)
    return [error.message for error in jsonschema.Draft7Validator(SCHEMA).iter_errors(document)]


def test_the_file_that_briefings_get_is_current() -> None:
    shipped = Path(__file__).parents[1] / "site_src" / "schema" / "source.json"
    assert shipped.read_text(encoding="utf-8") == source_schema(), "write it anew: make schema"


def test_it_is_draft_7_and_the_same_every_time() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    assert source_schema() == source_schema()
    assert json.loads(source_schema()) == SCHEMA


@pytest.mark.parametrize("seed", range(20))
def test_what_the_machine_writes_is_valid(seed: int) -> None:
    rng = random.Random(seed)
    facts = [a_fact(rng, place).fact for place in range(6)]
    role = Role(id="role-a", title="Mayor", who=("reed",), quote="q", when="2031", review="disputed")
    assert errors(write_fact_file(SOURCE, [*facts, role])) == []


@pytest.mark.parametrize("name", ["as-people-write"])
def test_what_people_write_is_valid(name: str) -> None:
    case = yaml.safe_load((Path(__file__).parent / "cases" / "facts" / f"{name}.yml").read_text("utf-8"))
    assert errors(case["file"]) == []


HEAD = "schema: 1\nsource: {id: 2031-05-02-a, date: 2031-05-02, seed: a.txt, sha256: a1}\nfacts:\n"


@pytest.mark.parametrize(
    "fact",
    [
        "{id: a, kind: event, what: visit, status: hapened, quote: q}",
        "{id: a, kind: event, what: visit, quote: q}",
        "{id: a, kind: figure, value: many, quote: q}",
        "{id: a, kind: event, what: visit, status: happened, quote: q, hedge: may}",
        "{id: a, kind: claim, quote: q}",
    ],
)
def test_what_reading_refuses_is_invalid(fact: str) -> None:
    text = f"{HEAD}- {fact}\n"
    assert errors(text)
    file, problems = parse_fact_file("site_src/facts/a.yml", text)
    assert file
    assert problems
    assert not file.facts


def test_the_schemas_of_names_and_topics_are_current_and_know_every_key() -> None:
    folder = Path(__file__).parents[1] / "site_src" / "schema"
    for name, schema in (("entities", entities_file_schema()), ("topics", topics_file_schema())):
        jsonschema.Draft7Validator.check_schema(schema)
        assert (folder / f"{name}.json").read_text(encoding="utf-8") == printed(schema), "write it anew: make schema"
    entity, topic = (s()["additionalProperties"]["properties"] for s in (entities_file_schema, topics_file_schema))
    assert set(entity) == set(keys_of(Entity)) - {"id"}
    assert set(topic) == set(keys_of(Topic)) - {"id", "marks"}
    assert set(topic["facts"]["properties"]) == set(keys_of(Selector))


def test_the_names_and_topics_that_are_shipped_are_valid() -> None:
    base = Path(__file__).parents[1] / "site_src"
    for path in sorted((base / "entities").glob("*.yml")):
        assert valid(entities_file_schema(), path.read_text(encoding="utf-8")), path
    assert valid(topics_file_schema(), (base / "topics.yml").read_text(encoding="utf-8"))


def valid(schema: dict[str, Any], text: str) -> bool:
    return jsonschema.Draft7Validator(schema).is_valid(yaml.load(text, Loader))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# none yet\n",
        "a: {name: X, kind: city}",
        "a: {name: 1900, kind: city, aka: Y, in: b, at: [39.5, -12], ids: {geonames: 42}, status: confirmed, not: [c]}",
        "a: {name: X, kind: person, merged-into: b, note: x, aka: [no, 12:30]}",
        "a: {nmae: X, kind: city}",
        "a: {name: X}",
        "a: {name: X, kind: city, at: [200, 1]}",
        "a: {name: X, kind: city, at: north}",
        "a: {name: X, kind: city, status: sure}",
        "A b: {name: X, kind: city}",
        "a:",
        "a: [x]",
        "[x]",
    ],
)
def test_the_schema_of_names_accepts_what_reading_accepts(text: str) -> None:
    _, problems = parse_registry_file("a.yml", text)
    assert valid(entities_file_schema(), text) == (not problems), problems


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a: {title: X, lead: y, facts: {who: [b], words: harbour}}",
        "a: {title: X, facts: {whom: [b]}}",
        "a: {title: X}",
        "a: {facts: {who: [b]}}",
        "a: {title: X, facts: [b]}",
        "A: {title: X, facts: {who: [b]}}",
    ],
)
def test_the_schema_of_topics_accepts_what_reading_accepts(text: str) -> None:
    _, problems = parse_topics("topics.yml", text)
    assert valid(topics_file_schema(), text) == (not problems), problems
