"""What of a source may be published."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import excerpt
from generator.model import Span

TEXT = " ".join(f"w{n:02}" for n in range(100))
WHOLE = Span(0, len(TEXT))


def words(first: int, last: int) -> Span:
    """From the first word to the one before the last."""
    return Span(4 * first, 4 * last - 1)


def shown(
    facts: list[Span], direct: list[Span] | None = None, sentences: list[Span] | None = None
) -> list[tuple[int, int]]:
    """Shown stretches as numbers of words."""
    found = excerpt.shown(TEXT, WHOLE, facts, direct or [], sentences or [WHOLE], "excerpts")
    return [(s.start // 4, (s.end + 1) // 4) for s in found]


def test_a_short_sentence_is_shown_whole_around_its_fact() -> None:
    assert shown([words(3, 6)], sentences=[words(0, 20), words(20, 40)]) == [(0, 20)]


def test_of_a_long_sentence_only_the_words_of_the_fact() -> None:
    assert shown([words(40, 60)]) == [(40, 60)]


def test_a_long_quote_is_cut_and_the_run_ends() -> None:
    assert shown([words(0, 60)]) == [(0, 25), (28, 53), (56, 60)]


def test_direct_speech_is_whole_and_not_counted() -> None:
    assert shown([words(0, 60)], [words(5, 50)]) == [(0, 60)]


def test_other_policies() -> None:
    assert excerpt.shown(TEXT, WHOLE, [], [], [WHOLE], "full") == [WHOLE]
    assert excerpt.shown(TEXT, WHOLE, [WHOLE], [], [WHOLE], "none") == []
    assert excerpt.shown("  ", Span(0, 2), [], [], [], "full") == []


SPANS = st.lists(
    st.tuples(st.integers(0, 99), st.integers(1, 40)).map(lambda p: words(p[0], min(100, p[0] + p[1]))), max_size=8
)


@given(facts=SPANS, direct=SPANS, cuts=st.sets(st.integers(1, 99), max_size=6))
def test_no_run_is_longer_than_the_limit(facts: list[Span], direct: list[Span], cuts: set[int]) -> None:
    edges = [0, *sorted(cuts), 100]
    found = shown(facts, direct, [words(a, b) for a, b in itertools.pairwise(edges)])
    free = {n for s in direct for n in range(s.start // 4, (s.end + 1) // 4)}
    for first, last in found:
        assert len([n for n in range(first, last) if n not in free]) <= excerpt.LIMIT
    assert all(a[1] < b[0] for a, b in itertools.pairwise(found))


@given(facts=SPANS.map(sorted), direct=SPANS)
def test_each_excerpt_shows_its_facts_whole(facts: list[Span], direct: list[Span]) -> None:
    groups = excerpt.lines(TEXT, WHOLE, facts, direct)
    assert sorted(n for group in groups for n in group) == list(range(len(facts)))
    free = {n for s in direct for n in range(s.start // 4, (s.end + 1) // 4)}
    for group in groups:
        found = shown([facts[n] for n in group], direct)
        for fact in (facts[n] for n in group):
            first, last = fact.start // 4, (fact.end + 1) // 4
            if len([n for n in range(first, last) if n not in free]) <= excerpt.LIMIT:
                assert any(a <= first and last <= b for a, b in found)


@given(spans=SPANS)
def test_touched(spans: list[Span]) -> None:
    every = [Span(m.start(), m.end()) for m in re.finditer(r"\S+", TEXT)]
    assert excerpt.touched(every, spans) == [any(word.overlaps(span) for span in spans) for word in every]


SOURCE = (
    "The council, which met in secret for nine hours, "
    + " ".join(f"agreed {n}" for n in "abcdefghijklmnop")
    + " at last."
)


@pytest.mark.parametrize(
    ("text", "policy", "told"),
    [
        ("The council met.", "excerpts", "The council met."),
        (SOURCE, "full", SOURCE),
        (SOURCE, "excerpts", " ".join(SOURCE.split()[:25]).rstrip(",") + " …"),
        (SOURCE, "none", ""),
        ("It agreed on many things. " * 9, "excerpts", "It agreed on many things. " * 9),
        ("The council, which met in secret", "none", "The council, which met in secret"),
        (f'He said "{SOURCE}" twice.', "excerpts", f'He said "{SOURCE}" twice.'),
    ],
)
def test_statement(text: str, policy: str, told: str) -> None:
    assert excerpt.statement(text, lambda: SOURCE, policy) == told


def test_direct_speech_in_a_statement_is_not_cut_whether_marked_or_not() -> None:
    source = "They said ¶ in the end, and nobody laughed."
    told = f"They said {' '.join(SOURCE.split())} in the end."
    assert excerpt.statement(told, lambda: source, "excerpts") == told


def test_long_text_takes_no_time() -> None:
    text = "word " * 200_000
    assert excerpt.statement(text, lambda: text, "excerpts").endswith("…")
    assert len(excerpt.shown(text, Span(0, len(text)), [Span(0, len(text))], [], [], "excerpts")) > 1000
