"""What is made of kept pairs after any edits is what is made of all statements from nothing, to the letter."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from itertools import combinations, combinations_with_replacement
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from test_claims import CASES
from together import REGISTRY, briefing

from generator.aggregate import sharing
from generator.aggregate.claims import claims
from generator.aggregate.contradictions import by_fact, contradictions
from generator.aggregate.neighbours import copied_otherwise
from generator.aggregate.stories import stories
from generator.link import Briefing
from generator.store import Store

NAME = re.compile(r"(?<=[a-z] )[A-Z]\w+(?: [A-Z]\w+)*")
Told = dict[str, dict[str, Any]]
STORIES = ("", *(" ".join(f"{word}{n}" for n in range(80)) for word in ("quay", "mill")))
NAME = re.compile(r"(?<=[a-z] )[A-Z]\w+(?: [A-Z]\w+)*")
Told = dict[str, dict[str, Any]]
STORIES = (
    "",
    "The harbour was shut. " * 3,
    "The market stayed open all day, and nobody complained of it but the mayor.",
)


def cases() -> Told:
    """The sources of all cases, each with ids of its own."""
    found: Told = {}
    for n, case in enumerate(CASES.values()):
        for id_, source in yaml.safe_load(yaml.safe_dump(case["told"])).items():
            facts = [{**fact, "id": f"{fact['id']}-{n}"} for fact in source["facts"]]
            for fact in facts:
                for key in {"same-as", "unrelated"} & fact.keys():
                    fact[key] = [f"{other}-{n}" for other in fact[key]]
            found[f"{id_}-{n}"] = {**source, "facts": facts}
    return found


ALL = cases()
NAMES: dict[str, dict[str, Any]] = yaml.safe_load(REGISTRY)


class Desk:
    """A briefing that is edited again and again."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.told: Told = {id_: deepcopy(ALL[id_]) for id_ in random.sample(sorted(ALL), 40)}
        self.names = deepcopy(NAMES)

    def fact(self) -> dict[str, Any]:
        """Any fact."""
        return self.random.choice(self.facts())

    def facts(self) -> list[dict[str, Any]]:
        """All facts."""
        return [fact for source in self.told.values() for fact in source["facts"]]

    def add(self) -> None:
        """Sources come, or come again."""
        for id_ in self.random.sample(sorted(ALL), 3):
            self.told[id_] = deepcopy(ALL[id_])

    def remove(self) -> None:
        """Sources go."""
        for id_ in self.random.sample(sorted(self.told), min(len(self.told) - 1, 3)):
            del self.told[id_]

    def reword(self) -> None:
        """A fact says what another one says."""
        one, other = self.fact(), self.fact()
        one["text"] = other.get("text", "Nothing is said.")

    def date(self) -> None:
        """A fact gets another day, or none."""
        fact = self.fact()
        fact.pop("when", None)
        if self.random.random() < 0.7:
            fact["when"] = f"2031-05-0{self.random.randint(1, 5)}"

    def review(self) -> None:
        """A fact is retracted, or no more."""
        fact = self.fact()
        if fact.pop("review", None) != "retracted":
            fact["review"] = "retracted"

    def link(self) -> None:
        """A person says that two are the same, or are not."""
        one, other = self.fact(), self.fact()
        if one is not other:
            one[self.random.choice(["same-as", "unrelated"])] = [other["id"]]

    def copy(self) -> None:
        """Articles are copies of one text, or are not."""
        for id_ in self.random.sample(sorted(self.told), min(len(self.told), 3)):
            self.told[id_]["rest"] = self.random.choice(STORIES)

    def name(self) -> None:
        """A name is found that several texts hold, or goes."""
        word = self.random.choice(["Sorn", "Market", "Orel", "Halden", "North Quay", "Council", "Tollen Bridge"])
        id_ = f"found-{word.lower().replace(' ', '-')}"
        if self.names.pop(id_, None) is None:
            self.names[id_] = {
                "name": word,
                "kind": self.random.choice(["town", "person", "organisation", "programme"]),
            }

    def place(self) -> None:
        """A place lies elsewhere."""
        self.names["veld"] = {
            "name": "Veld",
            "kind": "town",
            **self.random.choice([{}, {"in": "osk-province"}, {"in": "tollen"}]),
        }

    def person(self) -> None:
        """Somebody else has a last name, or no more."""
        if self.names.pop("ada-holm", None) is None:
            self.names["ada-holm"] = {"name": self.random.choice(["Ada Holm", "Ole Lind"]), "kind": "person"}

    def edit(self) -> None:
        """Any of these."""
        edits: list[Callable[[], None]] = [
            self.add, self.remove, self.reword, self.date, self.review, self.link, self.copy, self.name, self.place, self.person,
        ]  # fmt: skip
        for edit in self.random.choices(edits, k=self.random.randint(1, 3)):
            edit()

    def briefing(self, store: Store) -> Briefing:
        """The briefing as it stands."""
        made = briefing(dict(sorted(self.told.items())), yaml.safe_dump(self.names, sort_keys=False))
        return replace(made, store=store)


def shown(made: Briefing) -> object:
    """All that is made of pairs."""
    return (
        [(id_, [source.id for source in story.sources]) for id_, story in sorted(stories(made).items())],
        [[s.fact.id for s in claim.statements] for claim in claims(made).all],
        [
            [(o.entity, [s.fact.id for s in o.statements]) for o in claim.origins]
            for claim in claims(made).all
            if len(claim.statements) > 1
        ],
        [(c.id, [side.id for side in c.sides], c.differ) for c in contradictions(made)],
        [(id_, [c.id for c in found]) for id_, found in by_fact(made).items()],
    )


@settings(max_examples=5, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from([3, 40]))
def test_after_any_edits_all_is_as_if_made_from_nothing(random: Random, common: int) -> None:
    """Also where most words are common."""
    desk, store = Desk(random), Store()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sharing, "COMMON", common)
        for _ in range(4):
            assert shown(desk.briefing(store)) == shown(desk.briefing(Store()))
            desk.edit()


def small(told: Told, names: dict[str, dict[str, Any]], store: Store) -> Briefing:
    """A briefing of a case, as it is after an edit."""
    return replace(briefing(told, yaml.safe_dump(names, sort_keys=False)), store=store)


@pytest.mark.parametrize("name", CASES)
def test_a_case_is_told_as_ever_when_names_and_texts_around_it_change(name: str) -> None:
    """Each edit alone, and taken back: names that its words hold, where places lie, who has a last name, what is a copy of what, what is gone."""
    told: Told = yaml.safe_load(yaml.safe_dump(CASES[name]["told"]))
    words = {
        word for source in told.values() for fact in source["facts"] for word in NAME.findall(fact.get("text", ""))
    }
    edits: list[tuple[Told, dict[str, dict[str, Any]]]] = [
        *(
            (told, {**NAMES, "found": {"name": word, "kind": kind}})
            for word in sorted(words)
            for kind in ("town", "organisation")
        ),
        *(
            (told, {**NAMES, id_: {**NAMES[id_], "in": other}})
            for id_, other in combinations(("osk-province", "veld", "tollen"), 2)
        ),
        (told, {**NAMES, "tollen": {"name": "Tollen", "kind": "town"}}),
        (
            told,
            {
                **NAMES,
                "ada-holm": {"name": "Paul Holm", "kind": "person"},
                "ole-lind": {"name": "Ole Lind", "kind": "person"},
            },
        ),
        *(({id_: source for id_, source in told.items() if id_ != gone}, NAMES) for gone in told if not _linked(told)),
    ]
    store, untouched = Store(), shown(small(told, NAMES, Store()))
    for changed, names in edits:
        assert shown(small(told, NAMES, store)) == untouched
        assert shown(small(changed, names, store)) == shown(small(changed, names, Store()))
    last = max(told)
    copies = {id_: {**source, "rest": STORIES[1]} for id_, source in told.items()}
    for sources in ({**copies, last: told[last]}, copies, {**copies, last: told[last]}):
        assert shown(small(sources, NAMES, store)) == shown(small(sources, NAMES, Store()))


def test_what_a_claim_gains_may_settle_in_what_it_differs_from_another() -> None:
    """Whoever is behind the other side says the same as this one now."""
    collapse = {"kind": "event", "what": "collapse", "status": "happened", "according-to": ["ada-solvik"]}
    told: Told = {
        "2031-05-04-a": {"publisher": "courier", "facts": [{**collapse, "id": "a", "when": "2031-05-03", "text": "The Sorn tunnel collapsed on Tuesday.", "according-to": ["jonas-reed"]}]},
        "2031-05-04-b": {"publisher": "tribune", "facts": [{**collapse, "id": "b", "when": "2031-05-02", "text": "The Sorn tunnel had collapsed late on Monday."}]},
    }  # fmt: skip
    third = {"2031-05-05-c": {"facts": [{**collapse, "id": "c", "text": "Nothing else is known.", "same-as": ["a"]}]}}
    store = Store()
    for sources, found in ((told, 1), ({**told, **third}, 0), (told, 1)):
        assert len(contradictions(small(sources, NAMES, store))) == found


def _linked(told: Told) -> bool:
    return any(key in fact for source in told.values() for fact in source["facts"] for key in ("same-as", "unrelated"))


LABELS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 3), max_size=8)


@given(LABELS, LABELS)
def test_of_any_two_that_became_copies_or_ceased_to_be_one_is_compared_again(
    one: dict[str, int], other: dict[str, int]
) -> None:
    def stories_of(told: dict[str, int]) -> dict[str, str]:
        together = {n: sorted(id_ for id_ in told if told[id_] == n) for n in told.values()}
        return {id_: together[n][0] if n and len(together[n]) > 1 else "" for id_, n in told.items()}

    before, after = stories_of(one), stories_of(other)
    moved = copied_otherwise(before, after)
    assert moved <= after.keys()
    for a, b in combinations_with_replacement(sorted(before.keys() & after.keys()), 2):
        copies = [bool(stories[a]) and stories[a] == stories[b] for stories in (before, after)]
        assert copies[0] == copies[1] or moved & {a, b}
    assert copied_otherwise(after, after) == set()


def test_what_joins_a_story_is_compared_again_and_what_was_in_it_is_not() -> None:
    assert copied_otherwise({"a": "a", "b": "a", "c": ""}, {"a": "a", "b": "a", "c": "a"}) == {"c"}
    assert copied_otherwise({"b": "b", "c": "b", "a": ""}, {"a": "a", "b": "a", "c": "a"}) == {"a"}
