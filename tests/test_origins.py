"""Origins: what goes back to one who said it is one, however many articles carry it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reported import briefing, source, statement

from generator.aggregate.origins import independent
from generator.aggregate.voices import as_one
from generator.model import Source
from generator.statement import Statement

A, B, C, D = (
    source(id_, day)
    for id_, day in [("a", "2031-05-02"), ("b", "2031-05-02"), ("c", "2031-05-03"), ("d", "2031-05-20")]
)
DOCK = "The northern dock of the harbour was closed to boats on Friday morning"


def groups(given: Sequence[Statement], more: Sequence[Statement] = (), **texts: str) -> list[set[str]]:
    """The origins of some statements, each as the ids of its sources; `more` the briefing knows besides."""
    made = briefing([*given, *more], texts)
    return [{s.source.id for s in origin.statements} for origin in independent(given, made)]


def test_one_official_told_by_two_outlets_is_one_origin() -> None:
    assert groups(
        [statement("dock shut", A, ["Mira Tolle"], "Post"), statement("it is shut", B, ["Mira Tolle"], "Star")]
    ) == [{"a", "b"}]


def test_two_officials_are_two() -> None:
    assert groups([statement("dock shut", A, ["Mira Tolle"]), statement("it is shut", B, ["Odo Brant"])]) == [
        {"a"},
        {"b"},
    ]


def test_a_chain_and_the_agency_alone_are_one() -> None:
    chain, agency = statement("dock shut", A, ["Mira Tolle", "Orb"]), statement("it is shut", B, ["Orb"])
    assert groups([chain, agency]) == [{"a", "b"}]


def test_an_agency_between_makes_no_two_one() -> None:
    one, other = statement("dock shut", A, ["Mira Tolle", "Orb"]), statement("it is shut", B, ["Odo Brant", "Orb"])
    assert groups([one, other]) == [{"a"}, {"b"}]


def test_one_article_may_have_two_origins() -> None:
    told = [statement("dock shut", A, ["Harbour Ministry"]), statement("we counted none", A, ["Odo Brant"])]
    assert groups(told) == [{"a"}, {"a"}]


@pytest.mark.parametrize(
    "role",
    [("spokeswoman", "Harbour Ministry"), ("harbour minister", None), ("minister of the harbour", None)],
    ids=["of a body", "named like it", "of its field"],
)
def test_who_speaks_for_a_body_is_no_origin_beside_it(role: tuple[str, str | None]) -> None:
    told = [statement("dock shut", A, ["Mira Tolle"]), statement("it is shut", B, ["Harbour Ministry"])]
    assert groups(told) == [{"a"}, {"b"}]
    assert groups(told, [statement("Tolle", C, ["Mira Tolle"], role=role)]) == [{"a", "b"}]


@pytest.mark.parametrize("title", ["analyst", "former minister of fish", "minister"])
def test_other_posts_speak_for_nobody(title: str) -> None:
    body = "Harbour Ministry" if title == "analyst" else None
    told = [statement("dock shut", A, ["Mira Tolle"]), statement("it is shut", B, ["Harbour Ministry"])]
    assert groups(told, [statement("Tolle", C, ["Mira Tolle"], role=(title, body))]) == [{"a"}, {"b"}]


def test_the_same_long_words_have_one_origin() -> None:
    assert groups([statement(DOCK, A, ["Mira Tolle"]), statement(f"So it was: {DOCK.lower()}", B, ["Odo Brant"])]) == [
        {"a", "b"}
    ]


def test_two_outlets_of_one_day_with_nobody_behind_them_are_two() -> None:
    assert groups([statement("dock shut", A, outlet="Post"), statement("it is shut", C, outlet="Star")]) == [
        {"a"},
        {"c"},
    ]


def test_what_is_told_later_with_nobody_behind_it_repeats_the_first() -> None:
    first, other, late = (
        statement("dock shut", A, ["Mira Tolle"]),
        statement("it is shut", B, ["Odo Brant"]),
        statement("no dock", D),
    )
    assert groups([late, other, first]) == [{"a", "d"}, {"b"}]


def test_what_is_told_later_by_somebody_is_another() -> None:
    assert groups([statement("dock shut", A, outlet="Post"), statement("no dock", D, ["Odo Brant"])]) == [{"a"}, {"d"}]


def test_an_outlet_belongs_to_what_it_carries() -> None:
    told = [
        statement("dock shut", A, ["Mira Tolle"], "Post"),
        statement("it is shut", B, ["Odo Brant"], "Star"),
        statement("shut", C, outlet="Star"),
    ]
    assert groups(told) == [{"a"}, {"b", "c"}]
    assert groups([statement("dock shut", A, ["Mira Tolle", "Orb"]), statement("it is shut", B, outlet="Orb")]) == [
        {"a", "b"}
    ]


def test_copies_of_a_story_have_one_origin() -> None:
    text = "The northern dock is shut and the boats lie at the quay, where there is no crane, so that all fish is carried by hand"
    told = [statement("dock is shut", A, outlet="Post"), statement("is shut", B, outlet="Star")]
    assert groups(told) == [{"a"}, {"b"}]
    assert groups(told, a=f"2031-05-02 {text}", b=f"2031-05-02 {text}") == [{"a", "b"}]


def test_what_is_or_may_be_one_entity_has_one_voice() -> None:
    made = briefing([statement("shut", A, ["Northern Rivers Authority"]), statement("shut", B, ["NRA"])])
    long, short = made.registry["northern-rivers-authority"], made.registry["nra"]
    assert as_one([short], made) == as_one([long], made)  # probably one
    apart = replace(made, registry={long.id: replace(long, not_=("nra",)), short.id: short})
    assert as_one([short], apart) == {"nra"}
    listed = replace(made, registry={long.id: replace(long, aka=("NRA",)), short.id: short})
    assert as_one([short], listed) == as_one([long], listed)


NAMES = st.sampled_from(["Mira Tolle", "Odo Brant", "Harbour Ministry", "Orb"])
OUTLETS = {"a": None, "b": "Post", "c": "Orb", "d": "Post"}


def _told(words: str, article: Source, voices: Sequence[str]) -> Statement:
    return statement(words, article, voices, OUTLETS[article.id])


TOLD = st.builds(
    _told,
    st.sampled_from(["dock shut", "it is shut", DOCK]),
    st.sampled_from([A, B, C, D]),
    st.lists(NAMES, max_size=3, unique=True),
)


@given(st.lists(TOLD, max_size=8, unique_by=lambda s: s.fact.id), st.randoms())
def test_every_statement_has_one_origin_whatever_their_order(told: list[Statement], chance: object) -> None:
    made = briefing(told)
    origins = independent(told, made)
    assert sorted(s.fact.id for o in origins for s in o.statements) == sorted(s.fact.id for s in told)
    shuffled = list(told)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert independent(shuffled, made) == origins


@given(st.lists(TOLD, max_size=8, unique_by=lambda s: s.fact.id))
def test_an_article_that_says_it_again_adds_no_origin(told: list[Statement]) -> None:
    more = [_told("again", s.source, [e.name for e in s.voices]) for s in told[:1]]
    made = briefing([*told, *more])
    assert len(independent([*told, *more], made)) <= max(1, len(independent(told, made)))
