"""Text to the words that search knows it by. The theme's `words.js` does the same to what a reader types.

Words are letters and digits without case and accents, stemmed where they are English letters alone. A word with hyphens is found by
its parts, and as one word.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from generator.stream_safe import stream_safe

WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
THOUSANDS = re.compile(r"(\d),(?=\d{3}(?!\d))")
LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"})
"""Letters that no accent can be taken off."""
APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-"})
LONGEST = 40
"""Letters of a word that count."""
ENGLISH = re.compile(r"[a-z]+")


def folded(text: str) -> str:
    """A text in small letters without accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", stream_safe(text.translate(APOSTROPHES)))
    return "".join(c for c in apart if not unicodedata.category(c).startswith("M")).lower().translate(LETTERS)


@cache
def _stemmer() -> Any:
    from snowballstemmer import stemmer

    return stemmer("english")


@lru_cache(maxsize=1 << 16)
def terms(word: str) -> tuple[tuple[str, ...], int]:
    """What a folded word is found by: the term of each of its parts, then that of the whole if it has several; and how many parts."""
    parts = [part for part in (part.removesuffix("'s").replace("'", "") for part in word.split("-")) if part]
    joined = "".join(parts)
    whole = (joined,) if len(parts) > 1 and joined.isalpha() else ()
    return tuple(_term(part[:LONGEST]) for part in (*parts, *whole)), len(parts)


def _term(word: str) -> str:
    return str(_stemmer().stemWord(word)) if ENGLISH.fullmatch(word) else word


def split(text: str) -> list[tuple[str, int]]:
    """The terms of a text with their places, counted from 0; a word with hyphens stands where its first part does, too."""
    at, told = 0, []
    for word in WORD.findall(THOUSANDS.sub(r"\1", folded(text)) if "," in text else folded(text)):
        found, parts = terms(word)
        if parts == 1:
            told.append((found[0], at))
        else:
            told += [(term, at + (n if n < parts else 0)) for n, term in enumerate(found)]
        at += parts
    return told
