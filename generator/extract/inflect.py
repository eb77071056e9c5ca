"""Forms of English verbs and nouns from their lemma: spelling rules, and the lexicon's irregular ones.

The spelling rules are those of Quirk et al., A Comprehensive Grammar of the English Language, §3.5–3.10 and §5.79–81.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from generator.lexicon import Lexicons

Tag = Literal["base", "s", "past", "part", "ing"]
VOWELS = "aeiou"


def third_person(lemma: str) -> str:
    """`visit` → `visits`, `pass` → `passes`, `deny` → `denies`; nouns form their plural the same way."""
    if lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
        return lemma[:-1] + "ies"
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        return lemma + "es"
    return lemma + "s"


def _suffixed(lemma: str, suffix: str, doubles: bool) -> str:
    if doubles:
        return lemma + lemma[-1] + suffix
    if lemma.endswith("ie") and suffix == "ing":
        return lemma[:-2] + "ying"
    if lemma.endswith("e") and not (suffix == "ing" and lemma.endswith(("ee", "oe", "ye"))):
        return lemma[:-1] + suffix
    if lemma.endswith("y") and lemma[-2:-1] not in VOWELS and suffix == "ed":
        return lemma[:-1] + "ied"
    return lemma + suffix


def verb_forms(lemma: str, lexicons: Lexicons) -> Iterator[tuple[str, Tag]]:
    """Every form of a verb with its tag; the same form may come twice, as past and as participle."""
    table = lexicons["verbs"]
    irregular = table["irregular"].get(lemma)
    doubles = lemma in table["doubling"]
    yield lemma, "base"
    yield third_person(lemma), "s"
    yield _suffixed(lemma, "ing", doubles), "ing"
    if irregular:
        yield irregular[0], "past"
        yield irregular[1], "part"
    else:
        regular = _suffixed(lemma, "ed", doubles)
        yield regular, "past"
        yield regular, "part"
