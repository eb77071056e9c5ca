"""Problems for programs and pull requests."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from builder import make
from test_cli import run

from generator.model import Mark
from generator.problems import problem
from generator.reports import as_annotation, as_json, with_entries

FOUND = problem(
    Mark("site_src/facts/a, b.yml", 3, 7),
    "50% of\nit: odd",
    valid="say all",
    example="x: 1",
    severity="warning",
    check="odd",
)


def test_an_annotation_is_escaped_as_workflow_commands_are() -> None:
    assert as_annotation(FOUND) == (
        "::warning file=site_src/facts/a%2C b.yml,line=3,col=7,title=odd::50%25 of it: odd; say all, e.g. x: 1"
    )
    assert as_annotation(replace(FOUND, entry="a\n::error::b")).endswith("e.g. x: 1%0Aa%0A::error::b")


def test_what_a_file_says_breaks_no_line_and_moves_no_cursor() -> None:
    told = problem(
        Mark("a\x1b[2J.yml"), "'x\r\n::error::\x1b[2J\u202e'", valid="no\ttab", entry="a\x1b]0;b\x07\n::error::c"
    )
    assert str(told) == (
        "a<U+001B>[2J.yml:1:1: error: 'x  ::error::<U+001B>[2J<U+202E>'; no tab\n    a<U+001B>]0;b<U+0007>\n    ::error::c"
    )


def test_json_has_all_of_a_problem() -> None:
    told = json.loads(as_json(FOUND))
    assert told["path"] == "site_src/facts/a, b.yml"
    assert (told["line"], told["column"], told["severity"], told["check"]) == (3, 7, "warning", "odd")
    assert (told["message"], told["valid"], told["example"]) == ("50% of\nit: odd", "say all", "x: 1")


def test_check_prints_every_problem_in_the_form_that_is_asked_for(tmp_path: Path) -> None:
    root = make(tmp_path, seeds={"a.txt": "no date here", "b.txt": "date 2031-13-01 A."})
    asked = run("check", "--root", root, "--format", "json")
    told = [json.loads(line) for line in asked.stdout.splitlines()]
    assert asked.exit_code == 1
    assert [(t["path"], t["severity"]) for t in told] == [("seeds/a.txt", "error"), ("seeds/b.txt", "error")]
    annotated = run("check", "--root", root, "--format", "github").stdout.splitlines()
    assert [line.split(",")[0] for line in annotated] == ["::error file=seeds/a.txt", "::error file=seeds/b.txt"]


YAML = "# top\nfacts:\n- id: event-a\n  kind: event\n  who:\n  - reed\n  # c\n  - rede\nsource: {id: a}\n"


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        (3, "- id: event-a"),
        (4, "- id: event-a\n  kind: event"),
        (8, "- id: event-a\n  who:\n  - rede"),
        (9, "source: {id: a}"),
        (2, "facts:"),
        (10, ""),
        (99, ""),
    ],
)
def test_the_entry_is_shown_with_what_it_belongs_to(line: int, entry: str) -> None:
    found = problem(Mark("f.yml", line, 1), "odd")
    assert with_entries([found], {"f.yml": YAML})[0].entry == entry
    assert with_entries([found], {"f.yml": YAML.replace("\n", "\r\n")})[0].entry == entry
    assert with_entries([found], {})[0].entry == ""


def test_an_entry_that_is_there_stays() -> None:
    assert with_entries([replace(FOUND, entry="own")], {FOUND.path: YAML})[0].entry == "own"
