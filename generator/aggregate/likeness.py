"""How much two statements say the same: by the stems of their telling words, and by whom and what they name.

Stems are those of Snowball's English stemmer (Porter 2). Numbers are left out, as they are what statements of one thing may
differ in; so are the function words of lexicon `english`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Any

from msgspec.msgpack import Decoder

from generator.lexicon import Lexicons
from generator.statement import Statement
from generator.store import Store, packed

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    from snowballstemmer import stemmer

    return stemmer("english")


_STEMS: dict[str, str] = {}
MOST = 100_000
"""Words whose stems are known at once."""
STATE = "stems"
_KNOWN = Decoder(dict[str, str])


def stem(word: str) -> str:
    """The stem of a word in small letters."""
    found = _STEMS.get(word)
    if found is None:
        if len(_STEMS) >= MOST:
            _STEMS.clear()
        found = _STEMS[word] = str(_stemmer().stemWord(word))
    return found


def remember(store: Store) -> None:
    """Take stems from a store."""
    if kept := store.state(STATE):
        _STEMS.update(_KNOWN.decode(kept))


def keep(store: Store) -> None:
    """Let a store keep the stems that were found, if it has none."""
    if store.state(STATE) is None:
        store.keep({STATE: packed(_STEMS)})


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
