"""Words of a stretch of text, by offset, with the little of their shape that rules ask for."""

from __future__ import annotations

import re

from msgspec import Struct

from generator.extract.memo import Memo
from generator.model import Span

# A possessive ending is a word of its own, so that a name stands free of it; hyphens and inner stops join,
# and so do the groups and decimals of a number. Two hyphens are the dash of a typewriter.
TOKEN = re.compile(
    r"['’]s\b|\d++(?:[.,:]\d++)++(?!\w)|\w+(?:[.&/-]\w+|['’](?!s\b)\w+)*+(?:(?<=\b[A-Z]\.[A-Z])\.)?|--|[^\w\s]"
)


class Word(Struct, frozen=True, gc=False):
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


Shape = tuple[str, str, bool, bool]
"""All of a word but its place."""
Cut = tuple[tuple[int, int, Shape], ...]
"""The words of a piece of text, and where they start and end in it."""


def _cut(piece: str) -> Cut:
    return tuple([(m.start(), m.end(), _shape(m[0])) for m in TOKEN.finditer(piece)])


def _shape(word: str) -> Shape:
    return word, word.casefold().replace("’", "'"), word[0].isupper(), word[0].isalpha()


_pieces = Memo(_cut)
"""Of what stands between two spaces. No word reaches over one, so a piece says by itself which words it holds; most were met before."""


def words(text: str, span: Span) -> tuple[Word, ...]:
    """The words and marks of a stretch, in order; offsets are those of the whole text."""
    pieces, made, at = _pieces, list[Word](), span.start
    for piece in text[at : span.end].split(" "):
        for start, end, (word, lower, capital, alphabetic) in pieces[piece]:
            made.append(Word(at + start, at + end, word, lower, capital, alphabetic))
        at += len(piece) + 1
    return tuple(made)
