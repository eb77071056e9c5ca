"""Number words, and what a number is made of: scales and parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from generator.extract.number_tokens import Tokens, glued, hyphen
from generator.lexicon import Lexicons

Form = Literal["digits", "words", "ordinal", "share", "multiple", "order", "none"]
"""How a number is written; `multiple` is "sixfold", `order` "tens of thousands of", `none` one that counts nothing, such as "the 1970s"."""
SLASHED = frozenset({"2", "3", "4", "5", "6", "8", "10", "16"})
"""Denominators of fractions written with a slash: `1/2`, but neither `24/7` nor `9/11`."""
MOST = 10**15
"""Scales that multiply to more are not read on."""


class Number(Struct, frozen=True, gc=False):
    """A number at `tokens[first:after]`."""

    first: int
    after: int
    value: int | float
    form: Form
    scale: int = 1
    """The product of the scales in it: of "1.5 million" a million."""

    @property
    def whole(self) -> bool:
        """Whether it is an integer."""
        return isinstance(self.value, int)

    @property
    def scaled(self) -> bool:
        """Whether a scale such as "million" is in it."""
        return self.scale > 1


@dataclass(frozen=True, slots=True)
class Numerals:
    """The lexicon `quantities: numerals`."""

    words: Mapping[str, int]
    scales: Mapping[str, int]
    suffixes: Mapping[str, int]
    money_suffixes: Mapping[str, int]
    ordinals: Mapping[str, int]
    parts: Mapping[str, int]
    halves: frozenset[str]
    not_half: frozenset[str]
    minus: frozenset[str]
    indefinite: frozenset[str]
    endings: frozenset[str]
    folds: tuple[str, ...]
    orders: Mapping[str, int]
    """Words for orders of magnitude: `thousands of tents`."""
    openers: frozenset[str]
    """Every word that a number may begin with."""


@lru_cache(maxsize=4)
def numerals(lexicons: Lexicons) -> Numerals:
    """The number words, once for each set of lexicons."""
    table = lexicons["quantities"]["numerals"]
    words = table["small"] | table["tens"]
    openers = {*words, *table["ordinals"], *table["indefinite"], *table["orders"], "half"}
    openers |= {number + ending for number in words for ending in table["multiple-endings"]}
    return Numerals(
        words,
        table["scales"],
        table["suffixes"],
        table["money-suffixes"],
        table["ordinals"],
        table["parts"],
        frozenset(table["halves"]),
        frozenset(table["not-half"]),
        frozenset(table["minus"]),
        frozenset(table["indefinite"]),
        frozenset(table["ordinal-endings"]),
        tuple(table["multiple-endings"]),
        table["orders"],
        frozenset(openers),
    )


def plain(value: Decimal) -> int | float:
    """An int where the value is whole, else the nearest float."""
    return int(value) if value == value.to_integral_value() else float(value)


def times(value: int | float, factor: int) -> int | float:
    """The product in decimal arithmetic: 12.3 × 1,000,000 is 12300000 to the digit."""
    return plain(Decimal(str(value)) * factor)


def scaled(tokens: Tokens, number: Number, value: Decimal, known: Numerals) -> Number:
    """The number with the scales behind it: `1.5 million`, `4 hundred million`, `a $10-million project`."""
    after, factor = number.after, number.scale
    while after < len(tokens) and factor <= MOST:
        k = after + 1 if hyphen(tokens, after) else after
        scale = known.scales.get(tokens[k].lower)
        if scale is None or (k == after and glued(tokens, k)):
            break
        value, after, factor = value * scale, k + 1, factor * scale
    return replace(number, after=after, value=plain(value), scale=factor)


def slashed(tokens: Tokens, k: int) -> Decimal | None:
    if k + 2 >= len(tokens) or tokens[k + 1].text != "/" or tokens[k + 2].text not in SLASHED:
        return None
    if not (tokens[k].text.isdigit() and glued(tokens, k + 1) and glued(tokens, k + 2)) or len(tokens[k].text) > 2:
        return None
    if k + 3 < len(tokens) and glued(tokens, k + 3) and tokens[k + 3].text in ("/", "-"):
        return None
    above, below = int(tokens[k].text), int(tokens[k + 2].text)
    return Decimal(above) / below if 0 < above < below else None


def share(tokens: Tokens, number: Number, known: Numerals) -> Number:
    """`two-thirds`, `three quarters of`: a count of parts, by a hyphen or before "of"."""
    k = number.after + hyphen(tokens, number.after)
    if number.scaled or k >= len(tokens) or not (below := known.parts.get(tokens[k].lower)):
        return number
    of = k + 1 < len(tokens) and tokens[k + 1].lower == "of"
    if not (0 < number.value < below and (k > number.after or of or tokens[k].lower == "thirds")):
        return number
    return replace(number, after=k + 1, value=plain(Decimal(number.value) / below), form="share")


def and_part(tokens: Tokens, number: Number, known: Numerals) -> Number:
    """`two and a half (million)`."""
    k = number.after
    if k + 2 >= len(tokens) or tokens[k].lower != "and" or tokens[k + 1].lower not in ("a", "one"):
        return number
    below = known.parts.get(tokens[k + 2].lower)
    if below not in (2, 4) or number.form == "share":
        return number
    value = Decimal(str(number.value)) + Decimal(1) / below
    return scaled(tokens, replace(number, after=k + 3, value=plain(value)), value, known)
