"""Names that are probably one: which pairs meet, which do not, and what is told of them."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from builder import make
from hypothesis import given, settings
from hypothesis import strategies as st
from test_cli import run

from generator.extract.gazetteer import slug
from generator.identity import proposals
from generator.identity.notes import SHOWN, note, shortened
from generator.identity.spoken import Spoken
from generator.lexicon import packaged_lexicons
from generator.link import Briefing, link
from generator.model import Entity, Mark, Seed
from generator.pipeline import generate
from generator.problems import problem
from generator.reports import as_annotation
from generator.settings import Settings
from generator.store import Store

CASES = Path(__file__).parent / "cases" / "identity"
PAIRS, UNSEEN = (
    [(family, case) for family, cases in yaml.safe_load(path.read_text()).items() for case in cases]
    for path in (CASES / "pairs.yml", CASES / "unseen.yml")
)


def briefing(*entities: Entity) -> Briefing:
    settings = Settings(title="Names", site_name="Names")
    return link(settings, {}, [], {e.id: e for e in entities}, [], packaged_lexicons())[0]


def entity(name: str, kind: str = "person", **more: Any) -> Entity:
    return Entity(id=more.pop("id", slug(name)), name=name, kind=kind, **more)


def proposed(family: str, case: dict[str, Any]) -> bool:
    kinds = case.get("kinds", [family, family])
    one, other = (entity(case[k], kind, id=k) for k, kind in zip(("one", "other"), kinds, strict=True))
    others = [entity(name, "country" if name == "Halvora" else family) for name in case.get("others", ())]
    return any({p.gone.id, p.into.id} == {"one", "other"} for p in proposals(briefing(one, other, *others)))


@pytest.mark.parametrize(("family", "case"), PAIRS, ids=[f"{c['one']} / {c['other']}" for _, c in PAIRS])
def test_pairs(family: str, case: dict[str, Any]) -> None:
    if case["is"] != "unsure":
        assert proposed(family, case) == (case["is"] == "same")


def test_pairs_that_no_rule_was_made_for() -> None:
    found = {(case["is"], proposed(family, case)) for family, case in UNSEEN}
    assert ("two", True) not in found
    same = [proposed(family, case) for family, case in UNSEEN if case["is"] == "same"]
    assert sum(same) >= 0.9 * len(same)


def between(*entities: Entity) -> list[tuple[str, str]]:
    return [(p.gone.id, p.into.id) for p in proposals(briefing(*entities))]


SOLVIK, SHORT = entity("Ada Solvik"), entity("Solvik")


def test_the_confirmed_the_fuller_and_the_sound_name_stay() -> None:
    assert between(SOLVIK, SHORT) == [("solvik", "ada-solvik")]
    assert between(SOLVIK, replace(SHORT, status="confirmed")) == [("ada-solvik", "solvik")]
    party, short = entity("Workers' Party of Halvora", "party"), entity("WPH", "organisation")
    assert between(short, party) == [("wph", "workers-party-of-halvora")]


def test_what_a_person_said_stands() -> None:
    for one, other in ((SOLVIK, replace(SHORT, not_=("ada-solvik",))), (replace(SOLVIK, not_=("solvik",)), SHORT)):
        assert between(one, other) == []
    stub = entity("A. Solvik", merged_into="ada-solvik")
    assert between(SOLVIK, stub, replace(SHORT, not_=(stub.id,))) == []  # it is not what the stub leads to
    assert between(SOLVIK, replace(SHORT, merged_into="ada-solvik")) == []


def test_what_speaks_against_it() -> None:
    port, other = entity("Kiev", "place"), entity("Kyiv", "place")
    assert between(port, other) == [("kyiv", "kiev")]
    assert between(replace(port, ids={"geonames": 1}), replace(other, ids={"geonames": 2})) == []
    assert between(replace(port, at=(50.0, 30.0)), replace(other, at=(50.0, 40.0))) == []
    assert between(replace(port, at=(50.0, 30.0)), replace(other, at=(50.0, 30.5))) == [("kyiv", "kiev")]
    assert between(port, replace(other, in_="kiev")) == []
    lands = [entity(name, "country") for name in ("Halvora", "Tessaly")]
    assert between(replace(port, in_="halvora"), replace(other, in_="tessaly"), *lands) == []
    assert between(replace(port, in_="halvora"), other, *lands) == [("kyiv", "kiev")]


def test_the_same_id_of_a_register_says_it_all() -> None:
    one, other = (entity(name, "place", ids={"geonames": 1}) for name in ("North Halvora", "Northern Halvora"))
    for proposal in proposals(briefing(one, other)):
        assert proposal.score == 1.0


def test_three_names_of_one_need_two_proposals() -> None:
    names = [entity(name) for name in ("Ravo Jun Il", "Ravo Jun-il", "Junil Ravo")]
    names = [replace(e, id=f"{n}") for n, e in enumerate(names)]
    assert len(between(*names)) == 2


YARDS = "date 2031-03-14 Yards\n\nMinister Ada Solvik opened the northern yard on Monday. "
AGAIN = "date 2031-03-16 More\n\nAda Solvick visited the southern yard on Friday.\n"


def noted(root: Path) -> list[str]:
    return [found.message for found in generate(root, write=False).problems if found.severity == "note"]


def test_a_proposal_is_a_note_with_its_evidence(tmp_path: Path) -> None:
    root = make(tmp_path, seeds={"a.txt": YARDS, "b.txt": AGAIN})
    generate(root)
    told = run("check", "--root", root, "--strict")
    assert told.exit_code == 0
    line = next(line for line in told.stdout.splitlines() if ": note: " in line)
    assert line.startswith("site_src/entities/people.yml:")
    assert "ada-solvik is probably ada-solvick: " in line or "ada-solvick is probably ada-solvik: " in line
    assert "e.g. briefing merge-entities ada-solvi" in line
    assert "‘Ada Solvick’: in 2031-03-16-more: “Ada Solvick visited the southern yard on Friday”" in told.stdout
    assert ", 0 errors, 1 note\n" in told.stdout
    assert run("check", "--root", root, "--format", "github").stdout.startswith(
        "::notice file=site_src/entities/people"
    )
    built = run("build", "--root", root, "--strict")
    assert (built.exit_code, built.stderr) == (0, "")
    page = (root / "site_src/review.md").read_text()
    assert "## Probably one" in page
    assert "`briefing merge-entities ada-solvi" in page


def test_what_is_said_to_be_two_is_never_proposed_again(tmp_path: Path) -> None:
    root = make(tmp_path, seeds={"a.txt": YARDS, "b.txt": AGAIN})
    generate(root)
    assert len(noted(root)) == 1
    done = run("merge-entities", "--not", "ada-solvick", "ada-solvik", "--root", root)
    assert (done.exit_code, done.stdout.splitlines()[0]) == (
        0,
        "site_src/entities/people.yml: ada-solvick is not ada-solvik",
    )
    (root / "seeds/c.txt").write_text("date 2031-03-18 All\n\nAda Solvik met Ada Solvick on Monday.\n")
    generate(root)
    assert noted(root) == []
    assert run("merge-entities", "--not", "ada-solvik", "ada-solvick", "--root", root).stdout.startswith(
        "site_src/entities/people.yml: ada-solvik and ada-solvick are said to be two already\n"
    )


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("The ministry of ports closed a quay on Monday.", "Port Ministry officials opened a yard on Monday."), set()),
        (
            ("Norline Ferries opened a yard on Monday.", "Norline's shares fell on Tuesday. Norline closed a yard."),
            {"norline"},
        ),
    ],
)
def test_short_forms_in_articles(tmp_path: Path, texts: tuple[str, ...], found: set[str]) -> None:
    seeds = {f"{n}.txt": f"date 2031-03-1{n} Title {n}\n\n{text}\n" for n, text in enumerate(texts, 2)}
    root = make(tmp_path, seeds=seeds)
    generate(root)
    assert {p.gone.id for p in proposals(generate(root, write=False).briefing)} == found


ELSEWHERE = "date 2031-03-1{} Title {}\n\nThe government opened a yard with 1{} berths in {} on Monday.\n"


def test_what_sources_of_different_places_name_is_probably_several(tmp_path: Path) -> None:
    places = ("Port Ellery", "Port Lask", "Port Ellery")
    root = make(tmp_path, seeds={f"{n}.txt": ELSEWHERE.format(n, n, n, place) for n, place in enumerate(places, 2)})
    generate(root)
    (found,) = (p for p in generate(root, write=False).problems if p.severity == "note")
    assert found.message == "government is probably several: sources that name it have no place in common"
    assert found.entry == "in 2031-03-12-title-2, 2031-03-14-title-4\nin 2031-03-13-title-3"
    path = root / "site_src/entities/organisations.yml"
    path.write_text(path.read_text().replace("status: candidate", "status: confirmed"))
    assert noted(root) == []


def test_descriptions_are_one_only_where_an_article_shows_it() -> None:
    lower = [entity(name, "plan", id=name[:5]) for name in ("harbour-renewal plan", "harbour renewal plan")]
    assert between(*(replace(e, id=str(n)) for n, e in enumerate(lower))) == []


def test_only_the_surest_are_told_unless_all_are_asked_for() -> None:
    said = ("Brant", "Dornik", "Falgo", "Gurmat", "Harvel")
    whole = [f"{chr(65 + n)}rnald {name}" for n in range(5) for name in said]
    names = [entity(name, id=f"a{n}") for n, name in enumerate(whole)]
    names += [entity(name.replace(" ", "-"), id=f"b{n}") for n, name in enumerate(whole)]
    found = proposals(briefing(*names))
    assert len(found) == 25
    problems = [note(proposal, Mark("a.yml")) for proposal in found]
    kept, more = shortened(problems, found)
    assert (len(kept), more) == (SHOWN, 5)
    assert shortened(problems, ()) == (problems, 0)


def test_a_note_is_a_notice_to_pull_requests() -> None:
    assert as_annotation(problem(Mark("a.yml"), "b", severity="note")).startswith("::notice file=a.yml,")


def test_time_grows_with_the_names() -> None:
    def seconds(count: int) -> float:
        letters = [chr(97 + n) for n in range(26)]
        sounds = [f"{a}{b}" for a in letters for b in "aeiou" if a not in "aeiou"]
        names = (
            f"{sounds[n % 100]}{sounds[n * 7 % 97]} {sounds[n // 100 % 100]}{sounds[n * 13 % 89]}rk".title()
            for n in range(count)
        )
        made = briefing(*(entity(name, id=str(n)) for n, name in enumerate(names)))
        begun = time.process_time()
        proposals(made)
        return time.process_time() - begun

    seconds(100)
    small, large = (min(seconds(count) for _ in range(3)) for count in (1000, 4000))
    assert large < 10 * small


NAMED = [
    *(entity(name) for name in ("Ada Solvik", "Solvik", "A. Solvik", "Ada Solviksaid", "Ada Sollvik", "Bram Solvik")),
    *(entity(name, "organisation") for name in ("Weavers' Party of Halvora", "WPH", "Norline", "Norline Ferries")),
    *(entity(name, "organisation") for name in ("the audit board", "National Audit Board", "Central Audit Board")),
    *(entity(name, "place") for name in ("Port Ellery", "Ellery", "North Halvora", "The North")),
]
ARTICLES = ["She said it here.", "The audit was long.", "A board met.", "Solvik and the board said no.", "Nothing."]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sets(st.sampled_from(range(len(NAMED)))), st.sets(st.sampled_from(ARTICLES))), max_size=6))
def test_what_was_found_before_changes_nothing(states: list[tuple[set[int], set[str]]]) -> None:
    store = Store()
    for names, articles in states:
        made = replace(briefing(*(NAMED[n] for n in sorted(names))), store=store)
        made = replace(made, seeds={t: Seed(path=t, date="2031", text=t, sha256=t.encode().hex()) for t in articles})
        met = [(p.gone.id, p.into.id, p.rule, p.score) for p in proposals(made)]
        assert met == [(p.gone.id, p.into.id, p.rule, p.score) for p in proposals(replace(made, store=Store()))]


def test_articles_are_read_once_for_their_words() -> None:
    store, texts = Store(), {"a": "the barge", "b": "the lock"}

    def asked(*words: str) -> list[bool]:
        seeds = {i: Seed(path=i, date="2031", text=t, sha256=t.encode().hex()) for i, t in texts.items()}
        spoken = Spoken(replace(briefing(), seeds=seeds, store=store))
        return [spoken(word) for word in words]

    assert asked("barge", "lock", "weir") == [True, True, False]
    kept = store.stage("spoken/").keys()
    texts["b"] = "the weir"
    assert asked("barge", "lock", "weir", "the") == [True, False, True, True]
    assert store.stage("spoken/").keys()["a"] == kept["a"]
    del texts["a"], texts["b"]
    assert asked("barge", "the") == [False, False]
