"""Front matter: of Markdown seeds, as people write it, and of pages, as the generator does."""

from __future__ import annotations

import unicodedata

from fuzz.places import stand_in
from mkdocs.utils import meta

from generator.intake.seedfile import Article, one_line, paragraphs, written
from generator.problems import errors
from generator.publish import is_marked, marked
from generator.render import front_matter
from generator.seeds import read_draft
from generator.seeds.markdown import KEYS
from generator.seeds.normal import normalise

NAMES = ("title", "description", "source", "also", "data")


def head(raw: bytes) -> None:
    """The bytes as a seed with front matter; then their lines as the values of a seed that is written, and of a page."""
    draft, problems = read_draft("seeds/x.md", ".md", raw)
    text = raw.decode("utf-8", "replace").lstrip("\ufeff")
    stand_in(problems, text)
    assert draft is not None or errors(problems)
    if draft is not None:
        for name in ("title", "date", "publisher", "url", "author", "original"):
            value = getattr(draft, name)
            assert value is None or value == normalise(value) != "", (name, value)
        assert draft.text == normalise(draft.text)
        assert all(
            name in problem.message for problem in problems for name in KEYS if f"'{name}' is not" in problem.message
        )
    lines = text.split("\n")
    seed_reads_back(lines)
    page_reads_back(lines)


def seed_reads_back(lines: list[str]) -> None:
    """An article that is written as a seed is read as it was."""
    title, publisher, author, *rest = [*lines, "", "", ""]
    found = Article(
        paragraphs=paragraphs("\n".join(rest)),
        original="0" * 64,
        title=one_line(title),
        date="2031-05-02",
        publisher=one_line(publisher),
        author=one_line(author),
    )
    draft, problems = read_draft("seeds/x.md", ".md", written(found).encode())
    assert not problems
    assert draft is not None
    read = (draft.text, draft.title, draft.date, draft.publisher, draft.author)
    assert read == (found.text, found.title, found.date, found.publisher, found.author)


def page_reads_back(lines: list[str]) -> None:
    """Front matter of a page is read by MkDocs as it was meant, and the page below it is as it was; its mark changes neither."""
    values = dict(zip(NAMES, lines, strict=False))
    listed = {**values, "tags": lines[:2], "more": dict(values)}
    text = front_matter(listed) + "# A page\n"
    body, read = meta.get_data(text)
    shown = {name: seen(value) for name, value in values.items()}
    assert body == "# A page\n"
    assert read == {**shown, "tags": [seen(line) for line in lines[:2]], "more": shown}
    made = marked("a.md", text)
    assert is_marked("a.md", made.encode("utf-8", "surrogatepass"))
    assert not is_marked("b.md", made.encode("utf-8", "surrogatepass"))
    body, read = meta.get_data(made)
    assert body == "# A page\n"
    assert read.keys() == {*listed, "generated"}


def seen(text: str) -> str:
    """The words of a value in one line: without controls, line ends, halves of characters, and marks of byte order."""
    gone = ("Cc", "Cs", "Zl", "Zp")
    kept = (" " if unicodedata.category(c) in gone or c in "\ufeff\ufffe\uffff" else c for c in text)
    return " ".join("".join(kept).split())
