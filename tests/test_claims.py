"""What several sources tell together: one fact, or two sides, or two things. Cases stand in `cases/claims`."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import tiny
from together import briefing

from generator.aggregate.claims import claims
from generator.aggregate.contradictions import contradictions
from generator.check_links import preferred_once
from generator.link import Briefing

CASES = {
    f"{path.stem}: {name}": case
    for path in sorted((Path(__file__).parent / "cases" / "claims").glob("*.yml"))
    for name, case in yaml.safe_load(path.read_text("utf-8")).items()
}


def told(case: dict[str, Any]) -> Briefing:
    """The facts of a case; YAML reads days as dates, and fact files write them as text."""
    return briefing(yaml.safe_load(yaml.safe_dump(case["told"])))


def same(made: Briefing) -> set[frozenset[str]]:
    """Facts that are put together, without those that stand alone."""
    groups = (frozenset(s.fact.id for s in claim.statements) for claim in claims(made).all)
    return {group for group in groups if len(group) > 1}


def differ(made: Briefing) -> set[tuple[frozenset[str], tuple[str, ...]]]:
    """Pairs of sides, each by its earliest fact, and in what they differ."""
    return {
        (frozenset((one.id, other.id)), c.differ)
        for c in contradictions(made)
        for one, other in combinations(c.sides, 2)
    }


@pytest.mark.parametrize("name", CASES)
def test_case(name: str) -> None:
    case = CASES[name]
    made = told(case)
    assert same(made) == {frozenset(group) for group in case.get("same", [])}
    assert differ(made) == {(frozenset((a, b)), tuple(what)) for a, b, what in case.get("differ", [])}


def everything() -> Briefing:
    """All cases as one briefing, each with ids and a text of its own."""
    sources: dict[str, Any] = {}
    for n, case in enumerate(CASES.values()):
        for id_, source in case["told"].items():
            facts = [{**fact, "id": f"{fact['id']}-{n}"} for fact in source["facts"]]
            for fact in facts:
                for key in ("same-as", "unrelated"):
                    if key in fact:
                        fact[key] = [f"{other}-{n}" for other in fact[key]]
            sources[f"{id_}-{n}"] = {**source, "facts": facts}
    return briefing(sources)


ALL = everything()


@settings(max_examples=12, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_nothing_matters(random: Any) -> None:
    shuffled = list(ALL.statements)
    random.shuffle(shuffled)
    made = replace(ALL, statements=tuple(shuffled))
    assert same(made) == same(ALL)
    assert differ(made) == differ(ALL)


def test_facts_of_a_claim_alone_are_that_claim() -> None:
    for claim in claims(ALL).all:
        alone = replace(ALL, statements=claim.statements)
        assert [s.fact.id for c in claims(alone).all for s in c.statements] == [s.fact.id for s in claim.statements]


def test_every_current_fact_has_one_claim_and_the_earliest_is_its_first() -> None:
    found = [s for claim in claims(ALL).all for s in claim.statements]
    assert sorted(s.fact.id for s in found) == sorted(s.fact.id for s in ALL.current)
    for claim in claims(ALL).all:
        assert claim.first.source.date == min(s.source.date for s in claim.statements)
        assert len(claim.sources) == len({s.source.id for s in claim.statements})
        assert sum(len(origin.statements) for origin in claim.origins) == len(claim.statements)


def test_the_earliest_of_some_statements_stands_for_the_others() -> None:
    case = told(CASES["events: the same event in other words, days later"])
    first, second = case.statements
    known = claims(case)
    assert known.once([second, first]) == (first,)
    assert known.once([second]) == (second,)
    assert known.count([first, second]) == 1


def test_a_retracted_fact_is_told_by_itself() -> None:
    case = told(CASES["by-hand: what is retracted states nothing"])
    retracted = next(s for s in case.statements if s.fact.id == "c")
    assert claims(case).of(retracted).statements == (retracted,)
    assert claims(case).once([retracted]) == (retracted,)


def test_what_many_share_leads_to_no_pairs_without_end() -> None:
    """Two thousand articles with one sentence each are compared in a time that grows with them, not with their pairs."""
    from generator.aggregate.compared import compared
    from generator.aggregate.found_by import found_by
    from generator.aggregate.kept import Kept
    from generator.aggregate.sharing import Sharing

    def facts(n: int) -> list[dict[str, Any]]:
        text = f"The council opened hall {n} of the market in quarter Q{n % 50}x."
        return [{"id": f"e{n}", "kind": "event", "what": "opening", "status": "happened", "text": text}]

    def count(size: int) -> int:
        made = briefing({f"2031-05-03-a{n}": {"publisher": "wire", "facts": facts(n)} for n in range(size)})
        known, index = compared(made), Sharing(Kept(made))
        keys = {n: found_by(known[s.fact.id]) for n, s in enumerate(made.current)}
        index.replace({}, {n: (s.fact.id, keys[n]) for n, s in enumerate(made.current)})
        return sum(len(index.candidates(n, keys[n])) for n in keys) // 2

    assert count(600) <= 4 * count(300) + 1000


def test_the_tiny_briefing_has_none() -> None:
    assert contradictions(tiny()) == ()


@pytest.mark.parametrize(("ranks", "found"), [(("preferred", "preferred"), 1), (("preferred", "deprecated"), 0)])
def test_two_sides_of_one_difference_are_not_both_preferred(ranks: tuple[str, str], found: int) -> None:
    collapse = {"kind": "event", "what": "collapse", "status": "happened", "note": "So the mayor."}
    made = briefing({
        "2031-05-04-a": {"publisher": "courier", "facts": [collapse | {"id": "a", "when": "2031-05-03", "rank": ranks[0], "text": "The Sorn tunnel collapsed on Tuesday."}]},
        "2031-05-04-b": {"publisher": "tribune", "facts": [collapse | {"id": "b", "when": "2031-05-02", "rank": ranks[1], "text": "The Sorn tunnel had collapsed late on Monday."}]},
    })  # fmt: skip
    assert len(contradictions(made)) == 1
    assert [str(one).partition("warning: ")[2] for one in preferred_once(made)] == [
        "b is preferred, and so is a, which says otherwise; prefer one of the two"
    ] * found
