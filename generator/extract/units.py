"""Units and currencies beside a number: `km`, `per cent`, `-tonne`, `US$`, `Australian dollars`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from generator.extract.number_tokens import Tokens, glued, hyphen, tokenise
from generator.lexicon import Lexicons
from generator.model import Span

UnitKind = Literal["measure", "percent", "duration", "money", "multiple"]
Spelling = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number measures in."""

    kind: UnitKind
    name: str | None
    """Its one name; None where the words of the text stand for themselves."""


class Match(NamedTuple):
    """A unit up to `tokens[after]`."""

    unit: Unit
    after: int
    text: str


Table = Mapping[str, tuple[tuple[Spelling, Unit], ...]]
"""Spellings by their first token, the longest first."""


@dataclass(frozen=True, slots=True)
class Units:
    """The units of the lexicons `quantities` and `world/currencies`."""

    words: Table
    """By lower-case token."""
    symbols: Table
    """By token as written; these follow digits only."""
    touching: Table
    """Symbols that must touch the digits."""
    before: Table
    """Currencies in front of the number, by their last token."""
    touching_before: frozenset[str]
    """Codes that are common words as well."""
    adjectives: frozenset[str]
    or_noun: frozenset[str]
    """Units that are materials before a plural noun."""
    large: Mapping[str, int]
    """The least number with which a word is a currency."""
    or_measure: frozenset[str]
    """Currencies that are measures too, unless a word of `money_words` is near."""
    money_words: frozenset[str]


def _spelling(text: str) -> Spelling:
    return tuple(t.text for t in tokenise(text, Span(0, len(text))))


def _table(entries: Iterable[tuple[str, Unit]], *, last: bool = False) -> Table:
    table: dict[str, dict[Spelling, Unit]] = {}
    for text, unit in entries:
        spelling = _spelling(text)
        table.setdefault(spelling[-1 if last else 0], {}).setdefault(spelling, unit)
    return {key: tuple(sorted(group.items(), key=lambda e: (-len(e[0]), e[0]))) for key, group in table.items()}


def _plurals(word: str) -> Iterator[str]:
    yield word
    yield word + "s"


GROUPS: Mapping[str, UnitKind] = {
    "durations": "duration",
    "measures": "measure",
    "percent": "percent",
    "multiples": "multiple",
}


def _measures(lexicon: Mapping[str, Any], key: str) -> Iterator[tuple[str, Unit]]:
    for group, kind in GROUPS.items():
        for name, entry in lexicon[group].items():
            for text in entry.get(key, ()):
                own = name if key != "words" or kind in ("duration", "percent") else None
                yield from ((form, Unit(kind, own)) for form in (_plurals(text) if key == "words" else [text]))


def _currency_words(lexicon: Mapping[str, Any], currencies: Mapping[str, Any]) -> Iterator[tuple[str, Unit]]:
    money, nouns = lexicon["money"], dict[str, set[str]]()
    for code, entry in currencies.items():
        if not entry.get("unit", True):
            continue
        for name in (entry["name"], *entry.get("also", ())):
            yield from ((form.lower(), Unit("money", code)) for form in (*_plurals(name), *entry.get("plural", ())))
            nouns.setdefault(name.split()[-1].lower(), set()).add(code)
    for word, code in money["bare"].items():
        yield from ((form, Unit("money", code)) for form in _plurals(word))
    for word in money["open-words"]:
        yield from ((form, Unit("money", None)) for form in _plurals(word))
    for word, codes in nouns.items():
        if len(codes) == 1 and word not in money["common-words"]:
            yield from ((form, Unit("money", next(iter(codes)))) for form in _plurals(word))


def _currency_symbols(lexicon: Mapping[str, Any], currencies: Mapping[str, Any]) -> Iterator[tuple[str, Unit]]:
    money = lexicon["money"]
    for code, entry in currencies.items():
        if entry.get("unit", True):
            yield code, Unit("money", code)
            yield from ((symbol, Unit("money", code)) for symbol in entry.get("symbols", ()))
    yield from ((symbol, Unit("money", code)) for symbol, code in money["symbols"].items())
    yield from ((symbol, Unit("money", name)) for symbol, name in money["open"].items())


@lru_cache(maxsize=4)
def units(lexicons: Lexicons) -> Units:
    """The units, once for each set of lexicons."""
    lexicon, currencies = lexicons["quantities"], lexicons["world/currencies"]
    money, symbols = lexicon["money"], list(_currency_symbols(lexicon, currencies))
    touching = [*_measures(lexicon, "glued"), *((s, Unit("money", n)) for s, n in money["open-symbols"].items())]
    words = [*_currency_words(lexicon, currencies), *_measures(lexicon, "words")]
    return Units(
        _table((text.lower(), unit) for text, unit in words),
        _table([*_measures(lexicon, "symbols"), *symbols]),
        _table(touching),
        _table(symbols, last=True),
        frozenset(money["code-like-words"]),
        frozenset(lexicon["duration-adjectives"]),
        frozenset(lexicon["or-noun"]),
        money["large-from"],
        frozenset(money["or-measure"]),
        frozenset(money["is-money"]),
    )


def _lookup(tokens: Tokens, k: int, table: Table, *, lower: bool) -> tuple[Unit, int] | None:
    first = tokens[k].lower if lower else tokens[k].text
    for spelling, unit in table.get(first, ()):
        n = k + len(spelling)
        if n <= len(tokens) and all(
            (t.lower if lower else t.text) == part for t, part in zip(tokens[k:n], spelling, strict=True)
        ):
            # `8 kms`, not `8 km sprinters`; `m2`, not `m 2`: what is written as one must stand as one.
            if not lower and len(spelling) == 2 and spelling[1].isdigit() and not glued(tokens, k + 1):
                continue
            if n < len(tokens) and glued(tokens, n) and tokens[n].kind != "mark":
                continue
            return unit, n
    return None


def unit_after(tokens: Tokens, k: int, known: Units, *, digits: bool) -> Match | None:
    """The unit at `tokens[k:]`, behind a number or behind its hyphen."""
    if hyphen(tokens, k):
        k += 1
    if k >= len(tokens):
        return None
    touches, found = glued(tokens, k), None
    if digits:
        found = (touches and _lookup(tokens, k, known.touching, lower=False)) or _lookup(
            tokens, k, known.symbols, lower=False
        )
        if found and tokens[k].kind == "mark" and not touches and tokens[k].text in "$£€¥":
            found = None  # the sign belongs to the number after it
    spoken = _lookup(tokens, k, known.words, lower=True)
    found = spoken if spoken and not (found and found[1] >= spoken[1]) else found
    if found is None and tokens[k].lower in known.adjectives:
        return _after_adjectives(tokens, k, known)
    if found is None:
        return None
    unit, after = found
    return Match(unit, after, _written(tokens, k, after))


def _after_adjectives(tokens: Tokens, k: int, known: Units) -> Match | None:
    """`six more months`, `ten working days`."""
    for n in (k + 1, k + 2):
        if n >= len(tokens):
            return None
        found = _lookup(tokens, n, known.words, lower=True)
        if found:
            return Match(found[0], found[1], _written(tokens, n, found[1])) if found[0].kind == "duration" else None
        if tokens[n].lower not in known.adjectives:
            return None
    return None


def _written(tokens: Tokens, k: int, after: int) -> str:
    words = "".join((" " if n > k and not glued(tokens, n) else "") + tokens[n].text for n in range(k, after))
    return words.lower()


def currency_before(tokens: Tokens, k: int, known: Units) -> tuple[Unit, int] | None:
    """The currency that ends just before token `k`, and the token it begins at: `US $`, `EUR`, `Rs.`."""
    if k == 0:
        return None
    touches = glued(tokens, k)
    for spelling, unit in known.before.get(tokens[k - 1].text, ()):
        first = k - len(spelling)
        if first < 0 or any(t.text != part for t, part in zip(tokens[first:k], spelling, strict=True)):
            continue
        if spelling[0] == "A" and len(spelling) > 1 and not glued(tokens, first + 1):
            continue  # `A $5 bill`
        if not touches and (
            spelling[-1] in known.touching_before or (len(spelling[-1]) == 1 and spelling[-1].isalpha())
        ):
            continue
        if first and glued(tokens, first) and tokens[first - 1].kind != "mark":
            continue
        return unit, first
    return None
