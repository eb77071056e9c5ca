"""Words of a stretch of text, by offset, with the little of their shape that rules ask for."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from generator.model import Span

# A possessive ending is a word of its own, so that a name stands free of it; hyphens and inner stops join,
# and so do the groups and decimals of a number.
TOKEN = re.compile(
    r"['’]s\b|\d++(?:[.,:]\d++)++(?!\w)|\w+(?:[.&/-]\w+|['’](?!s\b)\w+)*+(?:(?<=\b[A-Z]\.[A-Z])\.)?|[^\w\s]"
)


class Word(NamedTuple):  # a tuple: they are made by the thousand, and a frozen dataclass takes three times as long
    """A word or a punctuation mark at `text[start:end]`."""

    start: int
    end: int
    text: str
    lower: str

    @property
    def capital(self) -> bool:
        """Whether it begins in upper case, as a name does."""
        return self.text[0].isupper()

    @property
    def alphabetic(self) -> bool:
        """Whether it is a word rather than a mark or a number."""
        return self.text[0].isalpha()


@lru_cache(maxsize=100_000)
def _folded(word: str) -> str:
    """In lower case, with a plain apostrophe; a text says most of its words again."""
    return word.casefold().replace("’", "'")


def words(text: str, span: Span) -> tuple[Word, ...]:
    """The words and marks of a stretch, in order; offsets are those of the whole text."""
    new, folded = tuple.__new__, _folded  # without the call of a function for each word: a text has thousands
    return tuple(
        [new(Word, (*m.span(), word := m.group(), folded(word))) for m in TOKEN.finditer(text, span.start, span.end)]
    )
