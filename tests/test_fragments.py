"""Directives that lead to words: how they are written, and that they lead there and nowhere else."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tiny import tiny

from generator.fragments import Article, Directive, decoded, link, whole_words
from generator.model import Span

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "fragments" / "directives.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_cases(case: dict[str, str]) -> None:
    start, end = case["text"].index("⟦"), case["text"].index("⟧") - 1
    found = Article(case["text"].replace("⟦", "").replace("⟧", "")).directive(Span(start, end))
    assert (found and str(found)) == case["directive"]


def plain(text: str) -> str:
    """Base letters in lower case, each white space one blank; as long as the text."""
    return "".join(" " if c.isspace() else unicodedata.normalize("NFD", c)[0].lower() for c in text)


def first_place(text: str, seek: Directive) -> Span | None:
    """Character by character, by the steps of the draft; the words of each part with one blank between."""
    told = plain(text)

    def at(part: str, i: int) -> bool:
        edges = (told[max(0, i - 1) : i], part[:1]), (part[-1:], told[i + len(part) : i + len(part) + 1])
        inside = any(one.isalnum() and other.isalnum() for one, other in edges)
        return told.startswith(plain(part), i) and not inside and "\n" not in text[i : i + len(part)]

    for start in range(len(told)):
        before = told[:start].rstrip()
        prefix = len(before) - len(seek.prefix)
        if not at(seek.start, start) or (seek.prefix and not (prefix >= 0 and at(seek.prefix, prefix))):
            continue
        head = start + len(seek.start)
        ends = [i + len(seek.end) for i in range(head, len(told)) if at(seek.end, i)] if seek.end else [head]
        for end in ends:
            behind = end + len(told[end:]) - len(told[end:].lstrip())
            if not seek.suffix or at(seek.suffix, behind):
                return Span(start, end)
    return None


WORDS = st.sampled_from(["a", "b", "A", "mill", "Mill", "mills", "café", "dry-dock", "x,", "y.", "“z”", "R&D", "10%"])
TEXTS = st.lists(st.tuples(WORDS, st.sampled_from([" ", " ", " ", "\n\n"])), min_size=1, max_size=40).map(
    lambda parts: "".join(word + space for word, space in parts).strip()
)


@given(text=TEXTS, data=st.data())
def test_a_directive_leads_to_its_words_and_nowhere_else(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    article = Article(text)
    found = article.directive(span)
    if found is None:
        return
    words = whole_words(span, text)
    written = str(found)
    assert decoded(written) == found
    assert set(written) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789%=,-._~")
    assert article.find(decoded(written)) == words == first_place(text, found)


@given(text=TEXTS, data=st.data())
def test_words_that_stand_there_once_have_a_directive(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    text = f"{text[:start].rstrip()} the only one {text[start:].lstrip()}"
    at = text.index("the only one")
    assert Article(text).directive(Span(at, at + 12)) == Directive("the only one")


def test_every_fact_of_the_tiny_briefing_has_one_of_few_words() -> None:
    for statement in tiny().statements:
        assert statement.span
        found = Article(tiny().seeds[statement.source.id].text).directive(statement.span)
        assert found
        assert max(len(f"{found.prefix} {found.start}".split()), len(f"{found.end} {found.suffix}".split())) <= 14


def test_an_address_keeps_its_own_fragment() -> None:
    assert link("https://x.example/a", Directive("b")) == "https://x.example/a#:~:text=b"
    assert link("https://x.example/a#c", Directive("b")) == "https://x.example/a#c:~:text=b"
    assert link("https://x.example/a", None) == "https://x.example/a"
