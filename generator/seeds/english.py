"""Whether a text is English, by the share of its small words: the rules of extraction read nothing else."""

from __future__ import annotations

import re
from collections.abc import Collection

WORD = re.compile(r"[^\W\d_]+")
SAMPLE = 20_000
"""Characters looked at."""
ENOUGH = 12
"""Words below which a text is too short to tell, unless its letters are not Latin."""
SHARE = 0.18
"""English news has 0.25 and more of the words in lexicon `english`; other European languages under 0.10."""


def is_english(text: str, small_words: Collection[str]) -> bool:
    """Whether enough of the words are English function words."""
    words = [word.casefold() for word in WORD.findall(text[:SAMPLE])]
    if len(words) < ENOUGH:
        letters = "".join(words)
        return sum(letter.isascii() for letter in letters) >= len(letters) / 2
    return sum(word in small_words for word in words) >= SHARE * len(words)
