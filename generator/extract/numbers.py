"""Numbers as running text writes them: digits, number words, scales, fractions and ordinals, by token."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from generator.lexicon import Lexicons
from generator.model import Span

Form = Literal["digits", "words", "ordinal", "share", "multiple", "none"]
"""How a number is written; `multiple` is "sixfold", `none` one that counts nothing, such as "the 1970s"."""

VULGAR = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8)}
SLASHED = frozenset({"2", "3", "4", "5", "6", "8", "10", "16"})
"""Denominators of fractions written with a slash: `1/2`, but neither `24/7` nor `9/11`."""
LONGEST = 24
"""More digits than this are an identifier, not a quantity."""
DASHES = frozenset("-‐‑–−")

# Groups are bounded so that a long row of them is not read again from each of its commas.
TOKEN = re.compile(
    r"(?P<number>(?:[0-9]{1,3}(?:,[0-9]{3}){1,6}+(?![0-9])|[0-9]{1,2}(?:,[0-9]{2}){1,5},[0-9]{3}(?![0-9])|[0-9]++)"
    rf"(?:\.[0-9]++)?+[{''.join(VULGAR)}]?+|(?<![\w.])\.[0-9]++|[{''.join(VULGAR)}])"
    r"|(?P<word>[^\W\d_]++(?:['’][^\W\d_]++)*+)|\S"
)


class Token(NamedTuple):
    """A number in digits, a word or a mark at `text[start:end]`."""

    start: int
    end: int
    text: str
    lower: str
    kind: str
    """`number`, `word` or `mark`."""


Tokens = Sequence[Token]


def tokenise(text: str, span: Span) -> Tokens:
    """The tokens of a stretch, in order. A hyphen is a token of its own."""
    return [
        Token(m.start(), m.end(), word := m.group(), word.lower().replace("’", "'"), m.lastgroup or "mark")
        for m in TOKEN.finditer(text, span.start, span.end)
    ]


def glued(tokens: Tokens, k: int) -> bool:
    """Whether token `k` touches the one before it."""
    return 0 < k < len(tokens) and tokens[k - 1].end == tokens[k].start


def hyphen(tokens: Tokens, k: int) -> bool:
    """Whether token `k` is a hyphen that joins the tokens around it."""
    return k + 1 < len(tokens) and tokens[k].text in DASHES and glued(tokens, k) and glued(tokens, k + 1)


@dataclass(frozen=True, slots=True)
class Number:
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
    openers: frozenset[str]
    """Every word that a number may begin with."""


@lru_cache(maxsize=4)
def numerals(lexicons: Lexicons) -> Numerals:
    """The number words, once for each set of lexicons."""
    table = lexicons["quantities"]["numerals"]
    words = table["small"] | table["tens"]
    openers = {*words, *table["ordinals"], *table["indefinite"], "half"}
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
        frozenset(openers),
    )


def plain(value: Decimal) -> int | float:
    """An int where the value is whole, else the nearest float."""
    return int(value) if value == value.to_integral_value() else float(value)


def times(value: int | float, factor: int) -> int | float:
    """The product in decimal arithmetic: 12.3 × 1,000,000 is 12300000 to the digit."""
    return plain(Decimal(str(value)) * factor)


def _digits(text: str) -> Decimal | None:
    part = VULGAR.get(text[-1])
    digits = (text[:-1] if part else text).replace(",", "")
    if len(digits) > LONGEST:
        return None
    return Decimal(digits or 0) + (Decimal(part[0]) / part[1] if part else 0)


def read(tokens: Tokens, k: int, known: Numerals) -> Number | None:
    """The number that begins at token `k`; None if none does."""
    token = tokens[k]
    if token.kind == "number":
        return _read_digits(tokens, k, known)
    if token.kind != "word" or token.lower not in known.openers:
        return None
    if token.lower == "half":
        return _half(tokens, k, known)
    if token.lower in known.indefinite:
        return _indefinite(tokens, k, known)
    if (ordinal := known.ordinals.get(token.lower)) is not None:
        return Number(k, k + 1, ordinal, "ordinal")
    for ending in known.folds:
        if token.lower.endswith(ending):
            return Number(k, k + 1, known.words[token.lower.removesuffix(ending)], "multiple")
    return _read_words(tokens, k, known)


def _read_digits(tokens: Tokens, k: int, known: Numerals) -> Number | None:
    value = _digits(tokens[k].text)
    if value is None:
        return None
    after, factor = k + 1, 1
    if len(tokens[k].text) <= 3 and tokens[k].text.isdigit():
        while _spaced_group(tokens, after):
            value, after = value * 1000 + int(tokens[after].text), after + 1
    if part := _slashed(tokens, after - 1):  # `1/2`
        return Number(k, after + 2, plain(part), "digits")
    if after < len(tokens) and not glued(tokens, after) and (part := _slashed(tokens, after)):  # `2 1/2`
        value, after = value + part, after + 3
    if after < len(tokens) and glued(tokens, after) and tokens[after].kind == "word":
        word = tokens[after]
        if word.lower in known.endings:
            return Number(k, after + 1, plain(value), "ordinal")
        if word.lower == "s":
            return Number(k, after + 1, plain(value), "none")
        if scale := known.suffixes.get(word.text):
            value, after, factor = value * scale, after + 1, scale
        else:
            return Number(k, after, plain(value), "digits")
    number = _scale(tokens, Number(k, after, plain(value), "digits", factor), value, known)
    return _and_part(tokens, number, known)


def _spaced_group(tokens: Tokens, k: int) -> bool:
    """Whether token `k` is a further group of three, as in `10 000`."""
    return (
        k < len(tokens)
        and tokens[k].kind == "number"
        and len(tokens[k].text) == 3
        and tokens[k].text.isdigit()
        and tokens[k].start - tokens[k - 1].end == 1
        and not (k > 1 and tokens[k - 2].text[0].isupper())  # `Stoxx 600 500 points`
    )


def _slashed(tokens: Tokens, k: int) -> Decimal | None:
    if k + 2 >= len(tokens) or tokens[k + 1].text != "/" or tokens[k + 2].text not in SLASHED:
        return None
    if not (tokens[k].text.isdigit() and glued(tokens, k + 1) and glued(tokens, k + 2)) or len(tokens[k].text) > 2:
        return None
    if k + 3 < len(tokens) and glued(tokens, k + 3) and tokens[k + 3].text in ("/", "-"):
        return None
    above, below = int(tokens[k].text), int(tokens[k + 2].text)
    return Decimal(above) / below if 0 < above < below else None


def _scale(tokens: Tokens, number: Number, value: Decimal, known: Numerals) -> Number:
    """The number with the scales behind it: `1.5 million`, `4 hundred million`, `a $10-million project`."""
    after, factor = number.after, number.scale
    while after < len(tokens):
        k = after + 1 if hyphen(tokens, after) else after
        scale = known.scales.get(tokens[k].lower)
        if scale is None or (k == after and glued(tokens, k)):
            break
        value, after, factor = value * scale, k + 1, factor * scale
    return replace(number, after=after, value=plain(value), scale=factor)


def _read_words(tokens: Tokens, k: int, known: Numerals) -> Number | None:
    """`twenty-eight thousand six hundred and two`."""
    total, current, lowest, after, factor = 0, 0, 10**18, k, 1
    while after < len(tokens):
        n = after
        if after > k:
            n += hyphen(tokens, after) or (factor > 1 and tokens[after].lower == "and" and after + 1 < len(tokens))
        word = tokens[n].lower
        value, scale = known.words.get(word), known.scales.get(word)
        if value is not None:
            room = 100 if current % 100 == 0 else 10 if current % 10 == 0 and current % 100 >= 20 else 0
            if value >= room or (value == 0 and after > k):
                break
            current += value
        elif scale is not None and n != after and tokens[after].lower == "and":
            break
        elif scale == 100 and current < 100:
            current, factor = (current or 1) * scale, max(factor, scale)
        elif scale is not None and scale != 100:
            factor = max(factor, scale)
            if current == 0 or scale > lowest:
                total, current = (total + current) * scale, 0
            else:
                total, current, lowest = total + current * scale, 0, scale
        else:
            break
        after = n + 1
    number = Number(k, after, total + current, "words", factor)
    return _and_part(tokens, _share(tokens, number, known), known)


def _share(tokens: Tokens, number: Number, known: Numerals) -> Number:
    """`two-thirds`, `three quarters of`: a count of parts, by a hyphen or before "of"."""
    k = number.after + hyphen(tokens, number.after)
    if number.scaled or k >= len(tokens) or not (below := known.parts.get(tokens[k].lower)):
        return number
    of = k + 1 < len(tokens) and tokens[k + 1].lower == "of"
    if not (0 < number.value < below and (k > number.after or of or tokens[k].lower == "thirds")):
        return number
    return replace(number, after=k + 1, value=plain(Decimal(number.value) / below), form="share")


def _and_part(tokens: Tokens, number: Number, known: Numerals) -> Number:
    """`two and a half (million)`."""
    k = number.after
    if k + 2 >= len(tokens) or tokens[k].lower != "and" or tokens[k + 1].lower not in ("a", "one"):
        return number
    below = known.parts.get(tokens[k + 2].lower)
    if below not in (2, 4) or number.form == "share":
        return number
    value = Decimal(str(number.value)) + Decimal(1) / below
    return _scale(tokens, replace(number, after=k + 3, value=plain(value)), value, known)


def _indefinite(tokens: Tokens, k: int, known: Numerals) -> Number | None:
    """`a million`, `a dozen`, `a third of`, `a quarter of`."""
    if k + 1 >= len(tokens):
        return None
    word = tokens[k + 1].lower
    if word in known.scales and not glued(tokens, k + 1) and len(word) > 3:
        number = _scale(tokens, Number(k, k + 1, 1, "words"), Decimal(1), known)
        return _and_part(tokens, number, known)
    of = k + 2 < len(tokens) and tokens[k + 2].lower == "of"
    if of and (below := known.parts.get(word)):
        return Number(k, k + 2, plain(Decimal(1) / below), "share")
    return None


def _half(tokens: Tokens, k: int, known: Numerals) -> Number | None:
    """`half of`, `half the`, `half a million`, `half an hour`, `half-hour`; not `the first half`."""
    if k + 1 >= len(tokens) or (k and tokens[k - 1].lower in known.not_half):
        return None
    if hyphen(tokens, k + 1):
        n = k + 2 + (tokens[k + 2].lower in known.indefinite and hyphen(tokens, k + 3)) * 2
        return _scale(tokens, Number(k, n, 0.5, "words"), Decimal("0.5"), known)
    word = tokens[k + 1].lower
    if word in known.indefinite:
        return _scale(tokens, Number(k, k + 2, 0.5, "words"), Decimal("0.5"), known)
    return Number(k, k + 1, 0.5, "share") if word in known.halves else None
