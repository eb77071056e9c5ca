"""A seed that is written reads back as what was found, whatever stands in it."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.intake.seedfile import LONGEST, Article, one_line, paragraphs, written
from generator.seeds import read_draft
from generator.seeds.normal import normalise

# Words and signs that mean something to Markdown or YAML, among all other characters.
SIGNS = st.sampled_from(
    "* _ ` [ ] ( ) < > & &amp; &#42; \\ \\* # ## - + = --- ... ~~~ ``` 1. 1) 12. | |-|-| > ! ![a](b) [a]: <a> </p> <!-- --> : ' \" {x} \u00a0 \u2028 \x85".split(
        " "
    )
)
TEXTS = st.lists(st.one_of(SIGNS, st.text(max_size=12), st.sampled_from([" ", "\n", "    ", "\t"])), max_size=12).map(
    "".join
)


@given(TEXTS, TEXTS, TEXTS, TEXTS)
@example("=", "a\n---\ndate: 1999", "'", "no")
@example("a\n\n    indented\n\n1. one\n\n***\n\n<b>x</b>", "~", "2031-05-02", "12:30")
def test_what_is_written_reads_back(text: str, title: str, publisher: str, author: str) -> None:
    found = Article(
        paragraphs=paragraphs(text),
        original="0" * 64,
        title=one_line(title),
        date="2031-05-02",
        publisher=one_line(publisher),
        url="https://news.example/a?b=c",
        author=one_line(author),
        retrieved="2031-05-03",
    )
    draft, problems = read_draft("seeds/x.md", ".md", written(found).encode())
    assert problems == []
    assert draft is not None
    assert draft.text == normalise(found.text) == found.text
    read = (draft.title, draft.date, draft.publisher, draft.url, draft.author, draft.original)
    assert read == (found.title, found.date, found.publisher, found.url, found.author, "sha256:" + "0" * 64)


@given(TEXTS)
def test_a_paragraph_has_no_edges_and_no_lines(text: str) -> None:
    for paragraph in paragraphs(text):
        assert paragraph == paragraph.strip() != ""
        assert "\n" not in paragraph
    assert paragraphs("\n\n".join(paragraphs(text))) == paragraphs(text)


def test_ordinary_text_stands_as_it_is() -> None:
    plain = 'The board said: "We have waited", at 12.30 & paid £40m - half of it (so far).'
    found = Article(paragraphs=(plain, "2031 was dry."), original=sha256(b"").hexdigest(), date="2031-05-02")
    assert written(found).endswith(f"---\n\n{plain}\n\n2031 was dry.\n")


@pytest.mark.parametrize("halves", ["\ud83d", "a\udc00b"])
def test_halves_of_characters_can_be_written(halves: str) -> None:
    written(Article(paragraphs=paragraphs(halves), original="", title=one_line(halves))).encode()


def test_a_title_is_cut_where_it_would_fill_the_front_matter() -> None:
    title = one_line("word " * 5_000)
    assert title is not None
    assert len(title) <= LONGEST
