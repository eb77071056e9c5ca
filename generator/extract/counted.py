"""The noun phrase that a number counts: "12 *towns and villages*", "nine *sealed letters*", "two of Harl's *deputies*"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from generator.extract.number_tokens import Token, Tokens, glued, hyphen
from generator.extract.numerals import numerals
from generator.lexicon import Lexicons

FURTHER = frozenset(["more", "fewer", "additional", "further", "extra"])
"""Words before a counted noun that are no part of what it names: `900 more flats`."""
LONGEST = 7
"""Words that a counted noun phrase may have."""


@dataclass(frozen=True, slots=True)
class Nouns:
    """What the lexicon `quantities: nouns` says of words."""

    plurals: frozenset[str]
    singulars: frozenset[str]
    stops: frozenset[str]
    verbs: frozenset[str]
    soft: frozenset[str]
    not_units: frozenset[str]
    ly_nouns: frozenset[str]
    owners: frozenset[str]
    """Determiners that "of" may bring: `three of the`."""

    def ends(self, word: Token) -> bool:
        """Whether a noun phrase ends before this token."""
        return word.kind != "word" or word.lower in self.stops or word.lower in self.verbs

    def adverb(self, word: Token) -> bool:
        """Whether it is an adverb in -ly."""
        return word.lower.endswith("ly") and word.lower not in self.ly_nouns

    def plural(self, word: str) -> bool:
        """Whether a lower-case word looks like a plural noun."""
        if word in self.plurals:
            return True
        if word in self.singulars or word in self.verbs or "'" in word:
            return False
        return word.endswith("s") and len(word) > 2 and not word.endswith(("ss", "us", "is"))


@lru_cache(maxsize=4)
def nouns(lexicons: Lexicons) -> Nouns:
    """The words, once for each set of lexicons. Number words end a noun phrase too."""
    table: Mapping[str, list[str]] = lexicons["quantities"]["nouns"]
    sets = {key.replace("-", "_"): frozenset(words) for key, words in table.items()}
    known = numerals(lexicons)
    sets["stops"] |= known.openers.difference(known.ordinals) | frozenset(known.scales)
    sets["verbs"] -= sets["plurals"]
    return Nouns(**sets)


class Phrase(NamedTuple):
    """A noun phrase at `tokens[first:after]`."""

    first: int
    after: int
    plural: bool


def phrase(tokens: Tokens, k: int, known: Nouns) -> Phrase | None:
    """The plural noun phrase that begins at token `k`: up to its first plural, and one coordinated with it."""
    if k + 1 < len(tokens) and tokens[k].lower in FURTHER:
        k += 1
    first, words = k, 0
    while k < len(tokens) and words < LONGEST:
        while (
            k + 1 < len(tokens) and tokens[k].kind == "word" and tokens[k + 1].kind == "number" and glued(tokens, k + 1)
        ):
            k += 2  # `12 Corvid C30 jets`
        if k >= len(tokens):
            return None
        word = tokens[k]
        built = k == first + 1 and known.adverb(tokens[first]) and word.lower in known.verbs  # `newly built homes`
        if (known.ends(word) and not built) or (known.adverb(word) and k > first):
            if word.lower in ("and", "or", ",") and k > first and words < LONGEST - 2:
                return _shared_head(tokens, first, k, known)
            return Phrase(first, k, True) if words == 1 and _foreign(tokens[k - 1], known) else None
        while hyphen(tokens, k + 1) and tokens[k + 2].kind == "word":
            k += 2
        words += 1
        if known.plural(tokens[k].lower) and tokens[k].lower not in known.soft:
            k += 1
            # `two sports cars`: a plural may modify another, but not a verb that looks like one
            if k < len(tokens) and not known.ends(tokens[k]) and known.plural(tokens[k].lower):
                k += 1
            return Phrase(first, _coordinated(tokens, k, known), True)
        k += 1
    return None


def _foreign(word: Token, known: Nouns) -> bool:
    """Whether the one word behind a number is a plural that does not look like one: `64 million kronar`."""
    return (
        word.text.islower()
        and len(word.lower) > 3
        and not participle(word.lower)
        and not known.adverb(word)
        and word.lower not in known.singulars
        and word.lower not in known.soft
        and word.lower not in known.not_units
    )


def _shared_head(tokens: Tokens, first: int, k: int, known: Nouns) -> Phrase | None:
    """`combined digital and physical sales`: adjectives joined before the one plural."""
    n = k + 1
    for m in range(n, min(n + 2, len(tokens))):
        if known.ends(tokens[m]):
            return None
        if known.plural(tokens[m].lower):
            return Phrase(first, m + 1, True) if tokens[k].lower == "and" else None
    return None


def _coordinated(tokens: Tokens, k: int, known: Nouns) -> int:
    """The end of `towns and villages`, given that of `towns`."""
    if k + 1 < len(tokens) and tokens[k].lower in ("and", "or", "&"):
        word = tokens[k + 1]
        if not known.ends(word) and known.plural(word.lower) and not word.text[0].isupper():
            return k + 2
    return k


def single(tokens: Tokens, k: int, known: Nouns) -> Phrase | None:
    """The noun phrase behind "one": `one bridge`, `one point of order`; up to what may be its verb."""
    first = k
    while k < len(tokens) and k - first < 4:
        word = tokens[k]
        if known.ends(word) or (known.adverb(word) and k > first):
            break
        if k > first and (participle(word.lower) or known.plural(word.lower)):
            break
        while hyphen(tokens, k + 1) and tokens[k + 2].kind == "word":
            k += 2
        k += 1
    return Phrase(first, k, False) if k > first and tokens[k - 1].lower not in known.soft else None


def modifier(tokens: Tokens, k: int, known: Nouns) -> Phrase | None:
    """The one word that a number in front of a singular counts: `a 12-page report`, `a five speed gearbox`."""
    if k >= len(tokens):
        return None
    word, joined = tokens[k], glued(tokens, k)
    if known.ends(word) and not (joined and word.kind == "word" and word.lower not in known.stops):
        return None
    if word.lower in known.not_units or word.lower in known.soft or known.adverb(word):
        return None
    if joined:
        return Phrase(k, k + 1, False)
    follows = k + 1 < len(tokens) and not known.ends(tokens[k + 1])
    if word.text[0].isupper() or participle(word.lower) or not follows:
        return None
    return Phrase(k, k + 1, False)


def participle(word: str) -> bool:
    """Whether it looks like `stalled` or `growing` rather than `speed` or `king`."""
    return len(word) > 4 and word.endswith(("ed", "ing")) and not word.endswith("eed")


def of_phrase(tokens: Tokens, k: int, known: Nouns) -> Phrase | None:
    """What stands behind "of" at token `k`: `of ore`, `of the valley's stone wells`, `of Harl's deputies`."""
    if k >= len(tokens) or tokens[k].lower != "of":
        return None
    k = skip_owner(tokens, k + 1, known)
    found = phrase(tokens, k, known)
    if found:
        return found
    return single(tokens, k, known)


def skip_owner(tokens: Tokens, k: int, known: Nouns) -> int:
    """The token behind determiners and possessives: `the country's`, `its`, `Harl's own`."""
    for _ in range(2):
        while k < len(tokens) and tokens[k].lower in known.owners:
            k += 1
        for n in range(k, min(k + 4, len(tokens))):
            if tokens[n].kind != "word":
                break
            if tokens[n].lower.endswith("'s"):
                k = n + 1
                break
            if n + 1 < len(tokens) and tokens[n].lower.endswith("s") and tokens[n + 1].text in "'’":
                k = n + 2
                break
        else:
            break
    return k
