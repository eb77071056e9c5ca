"""Two entities made one in the files of a briefing, by splices: what refers to the one then refers to the other."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import time
from pathlib import Path

import pytest
from builder import make, tree
from hypothesis import given, settings
from hypothesis import strategies as st
from test_cli import run

from generator.pipeline import generate
from generator.registry import read_registry
from generator.renaming import of_facts, of_registry, of_topics, renamed
from generator.uniting import merge_entities
from generator.yamlfile import data, read_yaml

FIRST = """date 2031-03-14 Yards

Minister Ada Solvik opened the northern yard in Port Ellery on Monday. Ada Solvik visited Port Ellery on Tuesday.

"The yard is safe," said Ada Solvik.
"""
SECOND = """date 2031-03-16 More

Ada Solvick visited Port Ellery on Friday. Ada Solvick and Odo Brant opened a quay on Saturday.

"The quay is safe," said Ada Solvick.
"""
LATER = "date 2031-03-19 Later\n\nAda Solvick closed the southern yard in Port Ellery on Tuesday.\n"
TOPICS = """# curated
yards:
  title: The yards   # theirs
  facts: {who: [ada-solvick, 'odo-brant'], words: [yard]}
"""


def built(folder: Path) -> Path:
    root = make(folder, seeds={"a.txt": FIRST, "b.txt": SECOND}, files={"site_src/topics.yml": TOPICS})
    report = generate(root)
    assert report.errors == 0
    assert {"ada-solvik", "ada-solvick"} <= report.briefing.registry.keys()
    return root


def merged(root: Path, *more: str) -> str:
    done = run("merge-entities", "ada-solvick", "ada-solvik", *more, "--root", root)
    assert (done.exit_code, done.stderr) == (0, "")
    return done.stdout


def facts(root: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in (root / "site_src/facts").glob("*.yml")}


def by_hand(root: Path) -> dict[str, str]:
    """All that people edit, and what the generator remembers of it."""
    return {path: h for path, h in tree(root / "site_src").items() if path.endswith(".yml")}


def test_every_reference_is_rewritten_and_a_build_has_nothing_to_do(tmp_path: Path) -> None:
    root = built(tmp_path)
    told = merged(root)
    assert told.splitlines() == [
        "site_src/entities/people.yml: ada-solvick leads to ada-solvik, ada-solvik takes its names",
        "site_src/topics.yml: 1 reference",
        "site_src/facts/2031-03-16-more.yml: 3 references, and 1 sentence that the program wrote",
        "Next: briefing build",
    ]
    registry, problems = read_registry(root / "site_src/entities")
    assert not problems
    assert (registry["ada-solvick"].merged_into, registry["ada-solvik"].aka) == ("ada-solvik", ("Ada Solvick",))
    assert "who: [ada-solvik, 'odo-brant']" in (root / "site_src/topics.yml").read_text()
    assert "title: The yards   # theirs\n" in (root / "site_src/topics.yml").read_text()
    assert not any("solvick]" in text or "solvick," in text for text in facts(root).values())
    before = by_hand(root)
    report = generate(root)
    assert (report.changes, report.briefing.conflicts, report.errors, report.warnings) == ((), (), 0, 0)
    assert by_hand(root) == before


def test_it_is_done_once(tmp_path: Path) -> None:
    root = built(tmp_path)
    merged(root)
    before = by_hand(root)
    assert merged(root) == "Nothing is left to rewrite: ada-solvick leads to ada-solvik.\n"
    assert by_hand(root) == before


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    root = built(tmp_path)
    before = tree(root, ".cache")
    told = merged(root, "--dry-run")
    assert "site_src/facts/2031-03-16-more.yml: 3 references\n" in told
    assert told.endswith("Nothing was written. Next: briefing merge-entities ada-solvick ada-solvik\n")
    assert tree(root, ".cache") == before
    done = merged(root).splitlines()
    assert [line.split(", and ")[0] for line in done[:-1]] == told.splitlines()[:-1]


def test_a_later_article_names_the_one_that_is_left(tmp_path: Path) -> None:
    root = built(tmp_path)
    merged(root)
    (root / "seeds/c.txt").write_text(LATER)
    report = generate(root)
    assert report.briefing.registry.keys() == read_registry(root / "site_src/entities")[0].keys()
    (text,) = (text for name, text in facts(root).items() if "later" in name)
    assert "ada-solvik" in text
    assert "ada-solvick" not in text
    assert not any(found.severity == "note" for found in report.problems)


def edited(root: Path, **changes: str) -> Path:
    """A person's edits of the second source's facts, by what they replace."""
    path = root / "site_src/facts/2031-03-16-more.yml"
    text = path.read_text()
    for now, then in changes.items():
        assert now in text, text
        text = text.replace(now, then)
    path.write_text(text)
    return path


def test_what_is_a_persons_stays_a_persons_and_what_is_the_machines_the_machines(tmp_path: Path) -> None:
    root = built(tmp_path)
    path = edited(
        root,
        **{
            "who: [ada-solvick, odo-brant]": "who: [ odo-brant,  ada-solvick ]   # in this order",
            "what: visit": "what: inspection",
            "speaker: ada-solvick": "speaker: 'ada-solvick'\n  note: |\n    as heard\n",
        },
    )
    generate(root)
    before = path.read_text()
    merged(root)
    assert path.read_text() == before.replace("ada-solvick", "ada-solvik").replace("Ada Solvick: ", "Ada Solvik: ")
    state = by_hand(root)
    report = generate(root)
    assert (report.changes, report.briefing.conflicts) == ((), ())
    assert by_hand(root) == state
    seed = root / "seeds/b.txt"  # what only the machine wrote follows a new reading; what a person wrote does not
    seed.write_text(seed.read_text().replace("Ada Solvick visited", "Odo Brant visited"))
    generate(root)
    text = path.read_text()
    assert "what: inspection" in text
    assert re.search(r"what: inspection\n(?:  .*\n)*?  who: \[odo-brant\]", text)
    assert "who: [ odo-brant,  ada-solvik ]   # in this order" in text


def test_a_list_that_would_hold_it_twice_holds_it_once(tmp_path: Path) -> None:
    root = built(tmp_path)
    path = edited(
        root, **{"who: [ada-solvick, odo-brant]": "who:\n  - ada-solvick\n  # the mayor\n  - odo-brant\n  - ada-solvik"}
    )
    merged(root)
    assert "who:\n  - ada-solvik\n  # the mayor\n  - odo-brant\n" in path.read_text()
    state = by_hand(root)
    generate(root)
    generate(root)
    assert facts(root) == {
        name.removeprefix("facts/"): (root / "site_src" / name).read_text()
        for name in state
        if name.startswith("facts/2")
    }


def test_what_cannot_be_spliced_is_told_and_leads_to_the_heir_all_the_same(tmp_path: Path) -> None:
    root = built(tmp_path)
    path = edited(root, **{"who: [ada-solvick, odo-brant]": "who: &both [ada-solvick, odo-brant]"})
    generate(root)
    done = run("merge-entities", "ada-solvick", "ada-solvik", "--root", root)
    assert done.exit_code == 0
    assert re.search(
        r"2031-03-16-more\.yml:\d+:1: warning: a reference to 'ada-solvick' cannot be changed safely", done.stderr
    )
    assert "who: &both [ada-solvick, odo-brant]" in path.read_text()
    report = generate(root)
    assert (report.errors, report.changes, report.briefing.conflicts) == (0, (), ())
    assert all(s.who[0].id == "ada-solvik" for s in report.briefing.by_source["2031-03-16-more"] if s.who)


def test_a_file_that_cannot_be_read_is_left_and_told(tmp_path: Path) -> None:
    root = built(tmp_path)
    path = edited(root, **{"facts:\n": "facts:\n\t- [\n"})
    broken = path.read_text()
    done = run("merge-entities", "ada-solvick", "ada-solvik", "--root", root)
    assert done.exit_code == 1
    assert "2031-03-16-more.yml:1:1: error: 'ada-solvick' stands in a file that cannot be read; mend it" in done.stderr
    assert path.read_text() == broken
    path.write_text(broken.replace("facts:\n\t- [\n", "facts:\n"))
    assert merged(root).splitlines()[0].startswith("site_src/facts/2031-03-16-more.yml: 3 references")
    assert generate(root).changes == ()


@pytest.mark.parametrize(
    ("people", "asked", "told"),
    [
        ("", ("ada-solvic", "ada-solvik"), "no entity has the id 'ada-solvic'; did you mean 'ada-solvi"),
        ("", ("ada-solvik", "ada-solvik"), "'ada-solvik' cannot be merged into itself"),
        ("", ("ada-solvik", "port-ellery"), "'ada-solvik' is a person, and 'port-ellery' a place; correct the kind"),
        ("x: {name: X, kind: bank}\n", ("x", "port-ellery"), "'x' is an organisation, and 'port-ellery' a place; correct"),
        ("x: {name: X, kind: person, not: [ada-solvik]}\n", ("ada-solvik", "x"), "are said to be two; take the id out"),
        ("x: {name: X, kind: person, merged-into: odo-brant}\n", ("x", "ada-solvik"), "'x' is merged into 'odo-brant' already"),
        ("x: {name: X, kind: person, merged-into: odo-brant}\n", ("ada-solvik", "x"), "is itself merged into 'odo-brant'; name 'odo-brant'"),
        ("x: {name: X, kind: person, in: ada-solvik}\n", ("x", "ada-solvik"), "'x' lies in 'ada-solvik'"),
        ("x: {name: X, kind: person, aka: &a [Y]}\n", ("ada-solvick", "x"), "'x' cannot be changed safely; write it as a block"),
    ],
)  # fmt: skip
def test_refusals(tmp_path: Path, people: str, asked: tuple[str, str], told: str) -> None:
    root = built(tmp_path)
    path = root / "site_src/entities/people.yml"
    path.write_text(path.read_text() + people)
    before = tree(root / "site_src")
    done = run("merge-entities", *asked, "--root", root)
    assert (done.exit_code, done.stdout) == (1, "")
    assert told in done.stderr
    assert tree(root / "site_src") == before


REGISTRY = """\
# by hand
one:   # the old one
  name: Harbour Board
  kind: organisation
  aka: ["the board", HB]
  in: ellery
  ids: {wikidata: Q1, viaf: 7}
  at: [1.5, 2]
  not: [three]
  note: 'seen twice'  # mine

two: {name: Harbour Board of Ellery, kind: organisation, ids: {wikidata: Q2}, aka: HB}\r
three:
  name: Harbour Bank
  kind: bank
  in: one
  not:
    - one
    - two   # sure
ellery: {name: Ellery, kind: town}
four: {name: HB, kind: organisation, merged-into: one}
"""


def test_the_heir_takes_what_it_lacks_and_the_rest_is_told(tmp_path: Path) -> None:
    root = make(tmp_path, seeds={}, files={"site_src/entities/a.yml": REGISTRY.encode()})
    done = run("merge-entities", "one", "two", "--root", root)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "  ids: wikidata: Q1 stays with one, as two has its own\n" in done.stdout
    registry, problems = read_registry(root / "site_src/entities")
    assert not problems
    two = registry["two"]
    assert two.aka == ("HB", "Harbour Board", "the board")
    assert (two.in_, two.at, two.note, two.not_) == ("ellery", (1.5, 2), "seen twice", ("three",))
    assert dict(two.ids) == {"wikidata": "Q2", "viaf": "7"}
    assert (registry["three"].in_, registry["three"].not_) == ("two", ("two",))
    assert registry["four"].merged_into == registry["one"].merged_into == "two"
    text = (root / "site_src/entities/a.yml").read_bytes().decode()
    for kept in (
        "# by hand\none:   # the old one\n  name: Harbour Board\n",
        "  not:\n    - two   # sure\n",
        "note: 'seen twice'  # mine\n\ntwo: {",
        "}\r\nthree:",
    ):
        assert kept in text


ID = st.sampled_from(["one", "two", "three", "no", "ünd"])
SPACE = st.sampled_from(["", " ", "   "])


@st.composite
def flow(draw: st.DrawFn) -> str:
    names = draw(st.lists(ID, min_size=1, max_size=4, unique=True))
    quote = draw(st.sampled_from(["", "'", '"']))
    return "[" + ",".join(f"{draw(SPACE)}{quote}{name}{quote}{draw(SPACE)}" for name in names) + "]"


@st.composite
def fact_file(draw: st.DrawFn) -> str:
    end = draw(st.sampled_from(["\n", "\r\n"]))
    lines = ["# first", "facts:"]
    for n in range(draw(st.integers(1, 4))):
        lines += [f"- id: event-{n}" + draw(st.sampled_from(["", "   # one"])), "  quote: one two"]
        lines += [f"  who: {draw(flow())}"] if draw(st.booleans()) else []
        if draw(st.booleans()):
            lines += ["  where:"] + [f"  - {name}" for name in draw(st.lists(ID, min_size=1, max_size=3, unique=True))]
        lines += [f"  speaker: {draw(ID)}" + draw(st.sampled_from(["", " # said one"]))] if draw(st.booleans()) else []
        lines += [""] if draw(st.booleans()) else []
    return end.join(lines) + draw(st.sampled_from(["", end]))


@settings(max_examples=60, deadline=None)
@given(fact_file())
def test_nothing_but_references_changes(text: str) -> None:
    made = renamed(text, of_facts(), "one", "two")
    assert made
    assert made.left == ()
    root, problems = read_yaml("", made.text)
    assert not problems
    for fact in data(root)["facts"]:
        for key in ("who", "where"):
            assert "one" not in fact.get(key, [])
            assert len(set(fact.get(key, []))) == len(fact.get(key, []))
        assert fact.get("speaker") != "one"
        assert fact["quote"] == "one two"
    again = renamed(made.text, of_facts(), "one", "two")
    assert again
    assert (again.text, again.done) == (made.text, 0)

    end = "\r\n" if "\r\n" in text else "\n"

    def bare(what: str) -> list[str]:
        """All lines that hold neither name, and the comments."""
        lines = f"{what}{end}".splitlines(keepends=True)
        return [line for line in lines if not re.search(r"\b(one|two)\b", line.split("#")[0])] + re.findall("#.*", what)

    assert bare(text.rstrip("\r\n")) == bare(made.text.rstrip("\r\n"))
    assert text.endswith("\n") == made.text.endswith("\n")


def test_a_topics_own_id_is_no_entity() -> None:
    text = "yards:\n  facts: {about: [yards, one], who: [yards]}\n"
    made = renamed(text, of_topics(["about"]), "yards", "two")
    assert made
    assert made.text == "yards:\n  facts: {about: [yards, one], who: [two]}\n"


def test_a_comment_within_a_list_is_never_lost() -> None:
    text = "a:\n  name: A\n  not: [one, # the first\n    two]\n"
    made = renamed(text, of_registry, "one", "two")
    assert made
    assert (made.text, made.left) == (text, (3,))


CRASHES = int(os.environ.get("CRASHES", "30")) // 5


def test_a_kill_at_any_moment_is_mended_by_a_second_run(tmp_path: Path) -> None:
    begun = built(tmp_path / "begun")
    whole = shutil.copytree(begun, tmp_path / "whole")
    started = time.monotonic()
    merged(whole)
    lasts, _ = time.monotonic() - started, generate(whole)
    wanted = by_hand(whole)
    chance, hit = random.Random(1), 0
    for n in range(CRASHES):
        root = shutil.copytree(begun, tmp_path / f"root{n}")
        child = os.fork()
        if child == 0:
            try:
                merge_entities(root, "ada-solvick", "ada-solvik", write=True)
            finally:
                os._exit(0)
        time.sleep(chance.uniform(0, lasts * 1.1))
        os.kill(child, signal.SIGKILL)
        hit += os.WIFSIGNALED(os.waitpid(child, 0)[1])
        registry, problems = read_registry(root / "site_src/entities")
        assert not problems
        names = {name for e in registry.values() for name in e.names()}
        assert {"Ada Solvik", "Ada Solvick"} <= names
        merged(root)
        generate(root)
        assert by_hand(root) == wanted
    assert hit


def test_what_is_merged_or_one_is_not_said_to_be_two(tmp_path: Path) -> None:
    root = built(tmp_path)
    merged(root)
    before = tree(root / "site_src")
    for asked in (("ada-solvick", "ada-solvik"), ("ada-solvik", "ada-solvick")):
        done = run("merge-entities", "--not", *asked, "--root", root)
        assert done.exit_code == 1
        assert "are merged into one already; to undo that, take merged-into out of ada-solvick, and" in done.stderr
    done = run("merge-entities", "--not", "ada-solvik", "ada-solvik", "--root", root)
    assert (done.exit_code, "'ada-solvik' is one entity; name two" in done.stderr) == (1, True)
    assert tree(root / "site_src") == before
