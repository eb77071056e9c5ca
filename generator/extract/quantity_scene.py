"""What the rules about quantities share: a sentence with its vocabulary, and what a rule makes of a number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from msgspec import Struct

from generator.extract import bounds, counted, units
from generator.extract.memo import Holding
from generator.extract.number_tokens import DASHES, VULGAR, Tokens, glued
from generator.extract.numerals import Number, Numerals, numerals
from generator.extract.segment import PLAIN
from generator.lexicon import Lexicons

QuantityKind = Literal[
    "count",
    "money",
    "percent",
    "measure",
    "duration",
    "ordinal",
    "age",
    "score",
    "multiple",
    "model",
    "vague",
    "offset",
]
"""`vague` is an order of magnitude, `offset` a duration that dates something: "two years later"."""
NUMBERING: tuple[QuantityKind, ...] = ("ordinal", "model", "score")
"""Kinds of numbers that order or name something: neither bounded nor counted per anything."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What makes a number a name, a date, a time of day or an age."""

    nouns: frozenset[str]
    or_counts: frozenset[str]
    """Those of `nouns` after which a number may count as well: `the top 3 seeds`."""
    clock: frozenset[str]
    months: frozenset[str]
    year_after: frozenset[str]
    of_counts: frozenset[str]
    """Words before "of" with which four digits are no year."""
    age_before: frozenset[str]
    age_units: frozenset[str]
    age: Mapping[str, frozenset[str]]
    """The words of the lexicon `quantities: ages`."""
    score_nouns: frozenset[str]
    alone: frozenset[str]
    """Words before "one" with which it counts nothing: `no one`, `this one`."""


@dataclass(frozen=True, slots=True)
class Known:
    """Everything compiled from the lexicons."""

    numerals: Numerals
    units: units.Units
    nouns: counted.Nouns
    around: bounds.Around
    labels: Labels
    openers: Holding
    """Digits, and words of which a text with numbers has one, if no digit."""


DIGIT = re.compile(f"[0-9{''.join(VULGAR)}]")


@lru_cache(maxsize=4)
def known(lexicons: Lexicons) -> Known:
    """The vocabulary, once for each set of lexicons."""
    table: Mapping[str, Any] = lexicons["quantities"]
    words_of, models, ages = numerals(lexicons), table["models"], table["ages"]
    return Known(
        words_of,
        units.units(lexicons),
        counted.nouns(lexicons),
        bounds.around(lexicons),
        Labels(
            frozenset(models["nouns"]),
            frozenset(models["or-counts"]),
            frozenset(models["time-of-day"]),
            frozenset(table["months"]),
            frozenset(table["year-after"]),
            frozenset(table["of-counts"]),
            frozenset(ages["before"]),
            frozenset(ages["units"]),
            {key: frozenset(words) for key, words in ages.items()},
            frozenset(table["scores"]),
            frozenset(table["alone"]),
        ),
        Holding(words_of.openers - words_of.indefinite | {*words_of.scales, *words_of.parts}, PLAIN, DIGIT),
    )


class Item(Struct, frozen=True, gc=False):
    """A number that a rule has read, at `tokens[first:after]`."""

    first: int
    after: int
    number: Number
    kind: QuantityKind | None
    """None where it is no quantity."""
    unit: str | None = None
    noun: tuple[int, int] | None = None
    high: int | float | None = None
    rule: str = ""
    outer: int | None = None
    """The token of an introducing word, which bounds stand before: `between`, `the age of`."""

    @property
    def bare(self) -> bool:
        """Whether it is a number without a unit."""
        return self.kind == "count" and self.unit is None


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence in which numbers are read."""

    text: str
    tokens: Tokens
    known: Known

    def lower(self, k: int) -> str:
        """The lower-case token `k`; empty beyond either end."""
        return self.tokens[k].lower if 0 <= k < len(self.tokens) else ""

    def capital(self, k: int) -> bool:
        """Whether token `k` is there and begins in upper case."""
        return 0 <= k < len(self.tokens) and self.tokens[k].text[0].isupper()

    def digits(self, k: int) -> bool:
        """Whether token `k` is a number in digits."""
        return 0 <= k < len(self.tokens) and self.tokens[k].kind == "number"

    def words(self, first: int, after: int) -> str:
        """Tokens as written, white space made plain."""
        return " ".join(self.text[self.tokens[first].start : self.tokens[after - 1].end].split())

    def sign(self, number: Number) -> int:
        """The token at which a minus before the number begins; the number's own first where there is none."""
        k, tokens = number.first - 1, self.tokens
        if self.lower(k) in self.known.numerals.minus:
            return (
                number.first if (self.lower(k - 2), self.lower(k - 1)) == ("plus", "or") else k
            )  # `plus or minus 3 points`
        if k < 0 or tokens[k].text not in DASHES or not glued(tokens, k + 1):
            return number.first
        if self.lower(k - 1) in self.known.numerals.minus and glued(tokens, k):  # `minus-5 degrees`
            return k - 1
        return k if not glued(tokens, k) or tokens[k - 1].text in "($€£¥" else number.first
