"""Numbers as running text writes them: digits, number words, scales, fractions and ordinals, by token."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from generator.extract.number_tokens import VULGAR, Tokens, glued, hyphen
from generator.extract.numerals import MOST, Number, Numerals, and_part, plain, scaled, share, slashed

LONGEST = 24
"""More digits than this are an identifier, not a quantity."""


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
    if token.lower in known.orders:
        return _order(tokens, k, known)
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
        while after - k < 6 and _spaced_group(tokens, after):
            value, after = value * 1000 + Decimal(tokens[after].text), after + 1
    if part := slashed(tokens, after - 1):  # `1/2`
        return Number(k, after + 2, plain(part), "digits")
    if after < len(tokens) and not glued(tokens, after) and (part := slashed(tokens, after)):  # `2 1/2`
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
    number = scaled(tokens, Number(k, after, plain(value), "digits", factor), value, known)
    return and_part(tokens, number, known)


def _spaced_group(tokens: Tokens, k: int) -> bool:
    """Whether token `k` is a further group of three, as in `10 000` and `7 687.5`."""
    return (
        k < len(tokens)
        and tokens[k].kind == "number"
        and len(tokens[k].text) >= 3
        and tokens[k].text[:3].isdigit()
        and tokens[k].text[3:4] in ("", ".")
        and tokens[k].start - tokens[k - 1].end == 1
        and not (k > 2 and tokens[k - 2].text[0].isupper())  # `Stoxx 600 500 points`
    )


def _read_words(tokens: Tokens, k: int, known: Numerals) -> Number:
    """`twenty-eight thousand six hundred and two`."""
    total, current, lowest, after, factor = 0, 0, 10**18, k, 1
    while after < len(tokens) and total <= MOST:
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
            if total == current == 0:  # `a million`
                current = 1
            if current == 0 or scale > lowest:
                total, current = (total + current) * scale, 0
            else:
                total, current, lowest = total + current * scale, 0, scale
        else:
            break
        after = n + 1
    n = after + hyphen(tokens, after)
    if n > after and current >= 20 and current % 10 == 0 and (last := known.ordinals.get(tokens[n].lower, 10)) < 10:
        return Number(k, n + 1, total + current + last, "ordinal")  # `twenty-first`
    number = Number(k, after, total + current, "words", factor)
    return and_part(tokens, share(tokens, number, known), known)


def _indefinite(tokens: Tokens, k: int, known: Numerals) -> Number | None:
    """`a million`, `a dozen`, `a third of`, `by a quarter`."""
    if k + 1 >= len(tokens):
        return None
    word = tokens[k + 1].lower
    if word in known.scales and not glued(tokens, k + 1) and len(word) > 3:
        return replace(_read_words(tokens, k + 1, known), first=k)
    of = k + 2 < len(tokens) and tokens[k + 2].lower == "of"
    by = k > 0 and tokens[k - 1].lower == "by" and word != "half"
    if (of or by) and (below := known.parts.get(word)):
        return Number(k, k + 2, plain(Decimal(1) / below), "share")
    return None


def _order(tokens: Tokens, k: int, known: Numerals) -> Number | None:
    """`thousands of`, `tens of thousands of`, `hundreds of millions of`: at least so many, and less than ten times more."""
    value, after, of = 1, k, True
    while of and after < len(tokens) and value <= MOST and (order := known.orders.get(tokens[after].lower)):
        value, of = value * order, after + 1 < len(tokens) and tokens[after + 1].lower == "of"
        after += 2 if of else 1
    if value < 100 or not (of or after > k + 2):
        return None
    return Number(k, after - of, value, "order")


def _half(tokens: Tokens, k: int, known: Numerals) -> Number | None:
    """`half of`, `half the`, `half a million`, `half an hour`, `half-hour`; not `the first half`."""
    if k + 1 >= len(tokens) or (k and tokens[k - 1].lower in known.not_half):
        return None
    if hyphen(tokens, k + 1):
        n = k + 2 + (tokens[k + 2].lower in known.indefinite and hyphen(tokens, k + 3)) * 2
        return scaled(tokens, Number(k, n, 0.5, "words"), Decimal("0.5"), known)
    word = tokens[k + 1].lower
    if word in known.indefinite:
        return scaled(tokens, Number(k, k + 2, 0.5, "words"), Decimal("0.5"), known)
    return Number(k, k + 1, 0.5, "share") if word in known.halves else None
