"""The ledger of a briefing that changes, made of what was kept of it before, is that of the briefing made from scratch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any

import pytest
from ahead import briefing, cases
from hypothesis import given
from hypothesis import strategies as st
from series_gold import folders
from series_score import built

from generator.aggregate.ledger import fingerprint, ledger
from generator.link import Briefing
from generator.store import Store

LINKS = ("outcome", "unrelated", "same-as")
KINDS = {"vell": "person", "tor-vell": "person", "una-vell": "person"}


def all_facts() -> list[dict[str, Any]]:
    """The facts of all cases, with ids of their own, so that those of several cases may stand together."""
    found = []
    for n, (_, case) in enumerate(cases()):
        for fact in case["facts"]:
            linked = {key: [f"{n}-{id_}" for id_ in fact[key]] for key in LINKS if key in fact}
            days = {key: str(fact[key]) for key in ("told", "when") if key in fact}
            found.append({**fact, "id": f"{n}-{fact['id']}", **linked, **days})
    return found


FACTS = all_facts()


def dump(found: Briefing) -> list[object]:
    """All that the ledger says."""
    entries = [
        (
            [[s.fact.id for s in stage.statements] for stage in course.stages],
            course.state,
            [s.fact.id for s in course.told],
            course.came,
            course.timely,
            course.by_hand,
            [s.fact.id for s in course.reports],
        )
        for course in ledger(found).entries
    ]
    return [entries, {s.fact.id: fingerprint(s.fact.id, found) for s in found.current}]


def edited(fact: Mapping[str, Any], draw: st.DrawFn) -> dict[str, Any]:
    """A fact as a person or a newer article may leave it."""
    return {
        **fact,
        **draw(
            st.sampled_from(
                [
                    {"when": "2031-05-01"},
                    {"when": "2031-06"},
                    {"review": "retracted"},
                    {"text": "Orel Bridge will open after all, Vell said."},
                    {"where": ["orel-bridge"]},
                    {"about": ["vell"]},
                    {"about": ["tor-vell"]},
                    {"about": ["una-vell"]},
                    {"told": "2031-05-20"},
                    {"unrelated": [FACTS[0]["id"]]},
                ]
            )
        ),
    }


@st.composite
def histories(draw: st.DrawFn) -> list[list[dict[str, Any]]]:
    """A briefing's facts after each of some edits: some come, some go, some are changed."""
    start = draw(st.integers(0, len(FACTS) - 12))
    pool = FACTS[start : start + 12] if draw(st.booleans()) else draw(st.permutations(FACTS))[:12]
    present = {fact["id"]: fact for fact in pool if draw(st.booleans())}
    states = [list(present.values())]
    for _ in range(draw(st.integers(1, 4))):
        for fact in draw(st.lists(st.sampled_from(pool), min_size=1, max_size=3, unique_by=lambda f: str(f["id"]))):
            if fact["id"] not in present:
                present[fact["id"]] = fact
            elif draw(st.booleans()):
                present[fact["id"]] = edited(fact, draw)
            else:
                del present[fact["id"]]
        states.append(list(present.values()))
    return [state for state in states if state]


@given(states=histories())
def test_what_was_kept_changes_nothing(states: Sequence[Sequence[Mapping[str, Any]]]) -> None:
    store = Store()
    for facts in states:
        made = briefing(facts, KINDS)
        assert dump(replace(made, store=store)) == dump(made)


@cache
def series() -> tuple[Briefing, ...]:
    return tuple(map(built, folders()))


def only(whole: Briefing, names: frozenset[str], store: Store) -> Briefing:
    """The briefing of some of the sources of another."""
    return replace(
        whole,
        sources={id_: source for id_, source in whole.sources.items() if id_ in names},
        seeds={id_: seed for id_, seed in whole.seeds.items() if id_ in names},
        statements=tuple(s for s in whole.statements if s.source.id in names),
        store=store,
    )


@pytest.mark.parametrize("seed", range(4))
def test_articles_may_come_and_go_in_any_order(seed: int) -> None:
    whole, draw, store = series()[seed], Random(seed), Store()
    names = sorted(whole.sources)
    present = frozenset(draw.sample(names, len(names) // 2))
    for _ in range(8):
        present ^= frozenset(draw.sample(names, draw.randint(0, 3)))
        assert dump(only(whole, present, store)) == dump(only(whole, present, Store()))


def test_a_briefing_without_facts_forgets_all() -> None:
    store = Store()
    whole = series()[0]
    dump(only(whole, frozenset(whole.sources), store))
    assert ledger(only(whole, frozenset(), store)).entries == ()
    assert store.connection.execute("SELECT count(*) FROM ledger_ties").fetchone() == (0,)
