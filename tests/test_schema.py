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
from generator.model import Role
from generator.schema import fact_file_schema, source_schema

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
