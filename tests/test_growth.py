"""Twice the text takes twice the time, whatever the text: every stage that reads articles or pages, by every attack on it.

Briefly, each stage meets a part of the attacks, at small sizes; with `ENOUGH` (`make soak`) all of them, at larger ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from attacks import HTML, MARKDOWN, texts
from growth import ENOUGH, growth

from generator.extract.article import Reader
from generator.extract.segment import segment
from generator.finding.words import split
from generator.lexicon import packaged_lexicons
from generator.literal import literal
from generator.markup import to_html
from generator.model import Seed
from generator.seeds.english import is_english
from generator.seeds.markdown import read_markdown
from generator.seeds.normal import normalise
from generator.seeds.page import read_page
from generator.seeds.plain import read_plain
from generator.seeds.publisher import publisher_of


@cache
def _reader() -> Reader:
    return Reader({}, packaged_lexicons())


def _facts(text: str) -> object:
    return _reader().read(Seed(path="a.txt", date="2031-03-14", text=text.strip() or "a", sha256="0" * 64), "a-source")


STAGES: dict[str, tuple[Callable[[str], object], tuple[str, ...], int, int]] = {
    "plain": (lambda text: read_plain("a.txt", f"date 2031-05-02 {text}"), ("text",), 1_000_000, 40),
    "normal": (normalise, ("text",), 1_000_000, 40),
    "english": (lambda text: is_english(text, packaged_lexicons()["english"]), ("text",), 1_000_000, 60),
    "publisher": (lambda text: publisher_of(text, frozenset()), ("text",), 1_000_000, 60),
    "segments": (lambda text: segment(text, packaged_lexicons()), ("text",), 400_000, 30),
    "literal": (literal, ("text", "markdown"), 400_000, 30),
    "search": (split, ("text",), 400_000, 30),
    "markdown seed": (lambda text: read_markdown("a.md", text), ("markdown",), 200_000, 9),
    "page": (to_html, ("markdown",), 200_000, 9),
    "web page": (lambda text: read_page("a.html", text), ("html",), 200_000, 9),
    "facts": (_facts, ("text",), 64_000, 30),
}
"""What runs, the attacks on it, the most characters it is given, and of how many attacks the brief profile takes one."""
ATTACKS = {"text": texts, "markdown": lambda: MARKDOWN, "html": lambda: HTML}
ALWAYS = {
    ("normal", "marks out of order"),
    ("search", "marks out of order"),
    ("page", "md headings"),
    ("page", "md brackets"),
    ("markdown seed", "md brackets"),
    ("web page", "html links"),
    ("web page", "html attributes"),
    ("facts", "asides"),
    ("facts", "sums among brackets"),
}
"""What was quadratic once."""
BOUNDED = {"md ragged table"}
"""What is made of these stops growing: markdown-it completes rows by so many cells and no more."""


def _pairs() -> Iterator[Any]:
    for rank, (stage, (_, kinds, _, every)) in enumerate(STAGES.items()):
        names = [name for kind in kinds for name in ATTACKS[kind]() if name not in BOUNDED]
        for number, name in enumerate(names):
            if ENOUGH > 0.05 or number % every == rank % every or (stage, name) in ALWAYS:
                yield pytest.param(stage, name, id=f"{stage}-{name}")


@pytest.mark.parametrize(("stage", "name"), list(_pairs()))
def test_time_grows_with_the_size(stage: str, name: str) -> None:
    run, kinds, most, _ = STAGES[stage]
    make = next(ATTACKS[kind]()[name] for kind in kinds if name in ATTACKS[kind]())
    made: dict[int, str] = {}
    assert growth(lambda size: run(made.setdefault(size, make(size))), most) < 2.3


@pytest.mark.parametrize("text", ["He was over", "The war was over.", "was over"])
def test_a_state_may_end_a_text(text: str) -> None:
    assert not _reader().read(Seed(path="a.txt", date="2031", text=text, sha256="0" * 64), "a-source").facts


def test_a_sentence_of_numbers_has_no_figures() -> None:
    counts = [f"{n} ships" for n in range(2, 60)]
    few, many = (f"The port took in {', '.join(counts[:of])} and 77 barges." for of in (9, 50))
    assert [
        len(_reader().read(Seed(path="a.txt", date="2031", text=text, sha256="0" * 64), "a-source").facts)
        for text in (few, many)
    ] == [10, 0]


def test_headings_that_end_in_a_long_number_have_ids() -> None:
    heading = "a_" + "1" * 5000
    assert to_html(f"# {heading}\n\n# {heading}\n").ids == {heading, f"{heading}_1"}


def test_a_word_with_marks_without_end_keeps_them() -> None:
    marks = "\u0301\u0323" * 40
    assert normalise("a" + marks).count("\u0301") + normalise("á" + marks).count("\u0301") > 70
    assert normalise(normalise("a" + marks)) == normalise("a" + marks)


def test_a_long_paragraph_of_a_seed_keeps_its_words() -> None:
    paragraph = "The board *opened* [the bridge](https://a.example/b) in May. " * 300
    assert (
        read_markdown("a.md", paragraph)[0].text
        == "The board opened the bridge in May. " * 299 + "The board opened the bridge in May."
    )
