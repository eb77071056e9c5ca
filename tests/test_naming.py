"""Names settle: one run reads what the next would, and what a person took out stays out everywhere."""

from __future__ import annotations

import re
from pathlib import Path

from builder import make, tree

from generator.base import Base
from generator.lexicon import packaged_lexicons
from generator.model import Entity, Source
from generator.naming import needed, read_all, withheld
from generator.pipeline import generate
from generator.registry import RegistryFile
from generator.seeds import read_seed

SHORT = "date 2031-05-03 Tolle opened the Linden Bridge in Port Ellery on Friday, the Harbour Board of Ellery said.\n"
FULL = "date 2031-05-02 Mira Tolle, who chairs the Harbour Board of Ellery, said on Thursday that the bridge will open in June.\n"


def test_a_second_run_reads_the_same_although_the_registry_has_grown(tmp_path: Path) -> None:
    generate(make(tmp_path, seeds={"a.txt": SHORT, "b.txt": FULL}))
    before = tree(tmp_path / "site_src")
    assert generate(tmp_path).changed == ()
    assert tree(tmp_path / "site_src") == before


def test_what_a_person_took_out_is_withheld_from_new_articles_too(tmp_path: Path) -> None:
    generate(make(tmp_path, seeds={"b.txt": FULL}))
    people = tmp_path / "site_src/entities/people.yml"
    assert "mira-tolle" in people.read_text()
    people.write_text("")
    generate(make(tmp_path, seeds={"c.txt": FULL.replace("June", "July")}))
    assert people.read_text() == ""
    written = "".join(path.read_text() for path in (tmp_path / "site_src/facts").glob("*.yml"))
    assert not re.search(r"(?:\[|, |: )mira-tolle\b", written)


def test_reading_ends_with_the_candidates_that_facts_name() -> None:
    seeds = [seed for name, text in (("a.txt", SHORT), ("b.txt", FULL)) if (seed := read_seed(name, text.encode())[0])]
    read, known = read_all(seeds, {"a.txt": "one", "b.txt": "two"}, {}, packaged_lexicons(), {}, iter)
    assert list(read.keys) == ["one", "two"]
    assert "mira-tolle" in known
    who = {id_ for source in read.keys for found in read.extraction(source).facts for id_ in found.fact.who}
    assert who <= known.keys()


NAMED = "date 2031-06-02 A\n\nThe Harl Power Board (HPB) opened a dam on Monday."
OWN = "date 2031-06-03 B\n\nIts builder HPB said on Tuesday that it would close the dam on July 1."


def test_an_acronym_that_one_article_explains_is_that_body_in_all() -> None:
    seeds = [seed for name, text in (("a.txt", NAMED), ("b.txt", OWN)) if (seed := read_seed(name, text.encode())[0])]
    ids = {"a.txt": "one", "b.txt": "two"}
    _, known = read_all(seeds, ids, {}, packaged_lexicons(), {}, iter)
    assert known["harl-power-board"].aka == ("HPB",)
    assert "hpb" not in known
    _, alone = read_all(seeds[1:], ids, {}, packaged_lexicons(), {}, iter)
    assert alone["hpb"].kind == "organisation"
    entity = Entity(id="hpb", name="HPB", kind="organisation")
    own = {"organisations.yml": RegistryFile(path="", text="", entities={"hpb": entity}, marks={})}
    _, kept = read_all(seeds, ids, own, packaged_lexicons(), {}, iter)
    assert "hpb" not in kept or kept["hpb"] == entity


def test_withheld_is_what_a_base_remembers_and_the_registry_lacks() -> None:
    source = Source(id="a", date="2031", seed="a.txt", sha256="")
    base = Base(source=source, sha256="", entities=("x", "y"))
    assert withheld([base, base], {"y": Entity(id="y", name="Y", kind="person")}) == ["x"]


def test_nothing_is_needed_where_nothing_is_named() -> None:
    assert needed({"x": Entity(id="x", name="X", kind="place")}, []) == {}
