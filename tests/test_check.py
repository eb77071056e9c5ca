"""Checks over a whole briefing: one case a file, input and problems side by side."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import yaml

from generator.base import Conflict
from generator.check import OF_ALL, OF_SOURCES, check
from generator.check_names import NAME_CHECKS
from generator.check_quotes import nearest
from generator.facts import parse_fact_file
from generator.lexicon import packaged_lexicons
from generator.link import link
from generator.model import Seed
from generator.problems import Problem
from generator.registry import parse_registry_file, parse_topics
from generator.settings import Settings

CASES = sorted((Path(__file__).parent / "cases" / "check").glob("*.yml"))


def checked(case: dict[str, object]) -> list[Problem]:
    """What linking and checking find. `seeds` are texts by name, `files` fact files by source id; those of `bad` have an error.

    In a fact file `SEED` stands for the source's hash as it should be.
    """
    texts: dict[str, str] = case.get("seeds", {})  # type: ignore[assignment]
    hashes = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()}
    seeds = [Seed(path=name, date="2031-05-02", text=text, sha256=hashes[name]) for name, text in texts.items()]
    files = {}
    for id_, facts in case.get("files", {}).items():  # type: ignore[attr-defined]
        head = f"schema: 1\nsource: {{id: {id_}, date: 2031-05-02, seed: a.txt, sha256: {hashes.get('a.txt', 'x')}}}\n"
        file, problems = parse_fact_file(f"site_src/facts/{id_}.yml", head + "facts:\n" + facts)
        assert file
        assert bool(problems) == (id_ in case.get("bad", [])), problems  # type: ignore[operator]
        files[id_] = file
    names, problems = parse_registry_file("site_src/entities/all.yml", str(case.get("registry", "")))
    topics, more = parse_topics("site_src/topics.yml", str(case.get("topics", "")))
    assert not [*problems, *more]
    conflicts = [Conflict(**values) for values in case.get("conflicts", [])]  # type: ignore[attr-defined]
    settings = Settings(as_of=case.get("as-of"))  # type: ignore[arg-type]
    briefing, found = link(settings, files, seeds, names.entities, topics, packaged_lexicons(), conflicts=conflicts)
    return sorted([*found, *check(briefing, names.marks)])


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    assert [str(found).splitlines()[0] for found in checked(case)] == case.get("problems", [])


def test_every_check_says_why_it_matters() -> None:
    for one in (*OF_SOURCES, *OF_ALL, *NAME_CHECKS):
        assert one.__doc__
        assert one.__doc__.strip().endswith(".")


def test_problems_are_sorted_and_the_same_every_time() -> None:
    case = yaml.load((Path(__file__).parent / "cases/check/names.yml").read_text("utf-8"), yaml.BaseLoader)
    assert checked(case) == checked(case) == sorted(checked(case))


@pytest.mark.parametrize(
    ("quote", "advice"),
    [
        (
            "the quay of stone opens in July",
            "the article reads 'the quay of stone opens in June', which differs after 'the quay of stone opens in Ju'",
        ),
        ("boats", ""),
        ("", ""),
    ],
)
def test_the_nearest_words_are_shown(quote: str, advice: str) -> None:
    assert nearest(quote, "Mayor Reed said the quay of stone opens in June.") == advice
