"""How much two statements say the same: by the stems of their telling words, and by whom and what they name.

Stems are those of Snowball's English stemmer (Porter 2). Numbers are left out, as they are what statements of one thing may
differ in; so are the function words of lexicon `english`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Any

from generator.lexicon import Lexicons
from generator.link import Statement

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    from snowballstemmer import stemmer

    return stemmer("english")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a word in small letters."""
    return str(_stemmer().stemWord(word))


def stems(text: str, lexicons: Lexicons) -> frozenset[str]:
    """The stems of the telling words of a text."""
    words = {word.casefold().removesuffix("'s").removesuffix("’s") for word in WORD.findall(text)}
    return frozenset(stem(word) for word in words.difference(lexicons["english"]))


def containment(one: Collection[str], other: Collection[str]) -> float:
    """How much of the smaller of two sets lies in the other, 0 to 1 (Broder 1997); nothing lies in an empty one."""
    smaller, larger = sorted((set(one), set(other)), key=len)
    return len(smaller & larger) / len(smaller) if smaller else 0.0


def named(statement: Statement) -> frozenset[str]:
    """The ids of whom and what a statement is about, without those who merely vouch for it."""
    single = (entity for entity in (statement.speaker, statement.org) if entity)
    entities = (*statement.who, *statement.where, *statement.about, *statement.by, *single)
    return frozenset(entity.id for entity in entities if entity.id)
