"""Words of a stretch of text, by offset, with the little of their shape that rules ask for."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.extract.memo import Memo
from generator.model import Span

# A possessive ending is a word of its own, so that a name stands free of it; hyphens and inner stops join,
# and so do the groups and decimals of a number. Two hyphens are the dash of a typewriter.
TOKEN = re.compile(
    r"['’]s\b|\d++(?:[.,:]\d++)++(?!\w)|\w+(?:[.&/-]\w+|['’](?!s\b)\w+)*+(?:(?<=\b[A-Z]\.[A-Z])\.)?|--|[^\w\s]"
)


class Word(NamedTuple):  # a tuple: they are made by the thousand, and a frozen dataclass takes three times as long
    """A word or a punctuation mark at `text[start:end]`."""

    start: int
    end: int
    text: str
    lower: str
    """In lower case, with a plain apostrophe."""
    capital: bool
    """Whether it begins in upper case, as a name does."""
    alphabetic: bool
    """Whether it is a word rather than a mark or a number."""


def _shape(word: str) -> tuple[str, str, bool, bool]:
    """All of a word but its place."""
    return word, word.casefold().replace("’", "'"), word[0].isupper(), word[0].isalpha()


_shapes = Memo(_shape)


def words(text: str, span: Span) -> tuple[Word, ...]:
    """The words and marks of a stretch, in order; offsets are those of the whole text."""
    new, shapes = tuple.__new__, _shapes  # without the call of a constructor for each word: a text has thousands
    return tuple([new(Word, m.span() + shapes[m[0]]) for m in TOKEN.finditer(text, span.start, span.end)])
