"""Words of a stretch of text, by offset, with the little of their shape that rules ask for."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.extract.pieces import Pieces
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


def _shape(found: re.Match[str]) -> tuple[str, str, bool, bool]:
    """All of a word but its place."""
    word = found[0]
    return word, word.casefold().replace("’", "'"), word[0].isupper(), word[0].isalpha()


_pieces = Pieces(Word, TOKEN, _shape)


def words(text: str, span: Span) -> tuple[Word, ...]:
    """The words and marks of a stretch, in order; offsets are those of the whole text."""
    return tuple(_pieces.tokens(text, span))
