"""An article as a `.md` seed that reads back as the same text, title, date, publisher, address and author."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from generator.seeds.markdown import HEADER_LIMIT
from generator.seeds.normal import normalise
from generator.yamltext import block

MARKUP = re.compile(r"[\\`*_\[\]<>]|&(?=[#A-Za-z])")
"""What means something to CommonMark wherever it stands in a paragraph."""
OPENING = re.compile(r"(?P<sign>[#+=-]|~(?=~~))|(?P<number>\d{1,9})(?=[.)])")
"""What means something at the start of a line."""
LONGEST = HEADER_LIMIT // 20
"""Characters of one value: a title is none that fills the front matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What was found of an article, wherever it came from."""

    paragraphs: tuple[str, ...]
    """As `paragraphs` makes them."""
    original: str
    """SHA-256 of the bytes that it was read from, in hexadecimal."""
    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    url: str | None = None
    author: str | None = None
    retrieved: str | None = None
    """The day on which it came over the net, `YYYY-MM-DD`."""
    remark: str = ""
    """What whoever adds it should know."""
    dated_by: str = ""
    """Where its date comes from, if not from the article."""

    @property
    def text(self) -> str:
        """The normalised text."""
        return "\n\n".join(self.paragraphs)


def _sound(text: str) -> str:
    """A text without halves of surrogate pairs, which no file can hold, normalised."""
    return normalise(text.encode("utf-8", "replace").decode("utf-8"))


def paragraphs(text: str) -> tuple[str, ...]:
    """The lines of a text that hold anything, each a paragraph."""
    return tuple(filter(None, (line.strip() for line in _sound(text).split("\n"))))


def one_line(text: str | None) -> str | None:
    """A value of the front matter: one line, of a length that fits; None where nothing is said."""
    return normalise(" ".join(_sound(text or "").split())[:LONGEST]) or None


def escaped(paragraph: str) -> str:
    """Markdown that says just that paragraph."""
    plain = MARKUP.sub(r"\\\g<0>", paragraph)
    opening = OPENING.match(plain)
    if opening is None:
        return plain
    at = opening.end("number") if opening["number"] else 0
    return f"{plain[:at]}\\{plain[at:]}"


def written(article: Article) -> str:
    """The text of the seed."""
    head = {
        "title": article.title,
        "date": article.date,
        "publisher": article.publisher,
        "url": article.url,
        "author": article.author,
        "original": f"sha256:{article.original}",
        "retrieved": article.retrieved,
    }
    return f"---\n{block({name: value for name, value in head.items() if value})}---\n\n" + _body(article.paragraphs)


def _body(lines: Iterable[str]) -> str:
    return "\n\n".join(map(escaped, lines)) + "\n"
