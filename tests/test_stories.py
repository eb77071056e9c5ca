"""Copies of one story: what is a copy, and what only has the same subject or the same boilerplate."""

from __future__ import annotations

from random import Random
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reported import briefing

from generator.aggregate.stories import contained, shingles, stories

STORY = (
    "The harbour board will close the northern dock on Monday, its chair Mira Tolle said. The dock was built in 1954 and "
    "is used by eleven boats. Fishermen will have to land their catch at the southern quay until the works are done. "
    "The board expects the works to cost 40 million crowns. A ferry to Linden Island will sail from the old pier. "
    "Nobody will lose a berth, Tolle said. The council has not yet agreed to the plan and will vote on it in June."
)
SENTENCES = STORY.split(". ")
CUT = ". ".join(SENTENCES[:3]) + "."
EDITED = (
    STORY.replace("will close", "is to close")
    .replace("eleven", "a dozen")
    .replace("Nobody will lose", "In the harbour tavern the talk was of little else. Nobody will lose")
)
RETOLD = (
    "Eleven boats lose their home for a while: from Monday the northern dock, a work of 1954, stays shut. So Mira Tolle, "
    "who chairs the board of the harbour, announced. What it will cost is put at 40 million crowns. The catch goes to the "
    "southern quay, islanders to the old pier. In June it is for the council to agree, or not, to what has begun."
)
OTHER = (
    "The school board will close the northern gym on Friday, its chair Odo Brant said. The gym was built in 1961 and is "
    "used by nine clubs. Gymnasts will have to train in the town hall until the roof is mended. The mayor was not asked."
)
TAIL = " This newspaper is published by the Ellery Press Trust, which is independent of all parties and owned by its readers."


def told(**texts: str) -> set[frozenset[str]]:
    """The stories of articles, by id, all of one day."""
    found = stories(briefing(texts={id_: f"2031-05-02 {text}" for id_, text in texts.items()}))
    return {frozenset(source.id for source in story.sources) for story in found.values()}


@pytest.mark.parametrize(
    "text",
    [STORY, CUT, EDITED, STORY.upper(), " ".join(STORY.split()[20:])],
    ids=["whole", "cut", "edited", "case", "tail"],
)
def test_a_copy_is_one_story(text: str) -> None:
    assert told(a=STORY, b=text) == {frozenset("ab")}


@pytest.mark.parametrize("text", [RETOLD, OTHER, ""], ids=["retold", "other", "nothing"])
def test_what_is_no_copy(text: str) -> None:
    assert told(a=STORY, b=text) == set()


def test_boilerplate_makes_no_story() -> None:
    assert told(a=STORY + TAIL, b=OTHER + TAIL) == set()


def test_a_copy_of_a_copy_is_the_same_story() -> None:
    half = ". ".join(SENTENCES[:5])
    assert told(a=STORY, b=half, c=". ".join(SENTENCES[:3]), d=OTHER) == {frozenset("abc")}


def test_the_first_is_the_earliest_and_of_one_day_the_longest() -> None:
    texts = {"a": f"2031-05-03 {STORY}", "b": f"2031-05-02 {CUT}", "c": f"2031-05-02 {EDITED}"}
    story = stories(briefing(texts=texts))["a"]
    assert [source.id for source in story.sources] == ["c", "b", "a"]
    assert story.first.id == "c"


def test_a_text_that_many_outlets_carry_is_one_story() -> None:
    carriers = {f"n{n:03}": STORY + f" So wrote paper {n}." for n in range(120)}
    assert told(**carriers, other=OTHER) == {frozenset(carriers)}


@settings(max_examples=20)
@given(st.permutations(["a", "b", "c", "d", "e"]))
def test_the_order_of_articles_does_not_matter(order: list[str]) -> None:
    texts = {"a": STORY, "b": CUT, "c": EDITED, "d": RETOLD, "e": OTHER}
    assert told(**{id_: texts[id_] for id_ in order}) == {frozenset("abc")}


@given(st.lists(st.sampled_from(["dock", "quay", "boat", "ferry", "pier"]), max_size=30))
def test_a_text_contains_itself_and_its_parts(words: list[str]) -> None:
    whole, part = shingles(" ".join(words)), shingles(" ".join(words[: len(words) // 2]))
    assert contained(whole, whole) == (1.0 if words else 0.0)
    assert contained(part, whole) == (1.0 if len(words) >= 8 else contained(part, whole))


def _seconds(articles: int) -> float:
    """How long the stories of so many articles take; every fifth is a copy."""
    chance = Random(7)
    vocabulary = [f"w{n}" for n in range(5000)]
    texts: dict[str, str] = {}
    for n in range(articles):
        known = texts.get(f"a{n - 3:05}")
        words = known.split(" ", 1)[1].split()[:60] if known and n % 5 == 0 else chance.choices(vocabulary, k=90)
        texts[f"a{n:05}"] = f"2031-05-02 {' '.join(words)}{TAIL}"
    made = briefing(texts=texts)
    begun = process_time()
    found = stories(made)
    assert len(found) == 2 * ((articles - 1) // 5)
    return process_time() - begun


def test_time_grows_with_the_articles_not_with_their_pairs() -> None:
    _seconds(50)  # imports
    few, many = min(_seconds(500) for _ in range(2)), _seconds(2000)
    assert many < 8 * few + 0.5
