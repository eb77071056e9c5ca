"""The words around a number: bounds ("at least"), changes ("rose by"), rates ("a year")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from generator.extract.number_tokens import Tokens, glued, hyphen, tokenise
from generator.lexicon import Lexicons
from generator.model import Bound, Span

Change = Literal["rise", "fall"]
Spelling = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """The lexicon `quantities: bounds, bounds-after, changes, rates`."""

    before: Mapping[str, tuple[tuple[Spelling, Bound], ...]]
    """By the last word, the longest first."""
    behind: Mapping[str, tuple[tuple[Spelling, Bound], ...]]
    """By the first word."""
    no_article: frozenset[str]
    not_behind: Mapping[str, frozenset[str]]
    changes: Mapping[str, Change]
    between: frozenset[str]
    rates_only: frozenset[str]
    gapped: frozenset[str]
    """What may stand between numbers that share a verb."""
    settles: frozenset[str]
    """What may stand between a rise and what it came to."""
    gap_ends: frozenset[str]
    """What follows a number that lacks its unit: `4 million crowns for roads and 3 million for schools`."""
    clause_ends: frozenset[str]
    """What ends the search for the verb in front of "by"."""
    per: frozenset[str]
    rate_units: frozenset[str]
    rate_shapes: frozenset[str]
    """Words before a unit: `a cubic metre`."""
    adverbs: Mapping[str, str]
    no_rate: frozenset[str]
    """Words behind "a year" that make it none: `a year earlier`."""


def _index(table: Mapping[Bound, list[str]], at: int) -> Mapping[str, tuple[tuple[Spelling, Bound], ...]]:
    index: dict[str, list[tuple[Spelling, Bound]]] = {}
    for bound, texts in table.items():
        for text in texts:
            spelling = tuple(t.lower for t in tokenise(text, Span(0, len(text))))
            index.setdefault(spelling[at], []).append((spelling, bound))
    return {word: tuple(sorted(group, key=lambda e: (-len(e[0]), e[0]))) for word, group in index.items()}


@lru_cache(maxsize=4)
def around(lexicons: Lexicons) -> Around:
    """The words, once for each set of lexicons."""
    table = lexicons["quantities"]
    changes, rates = table["changes"], table["rates"]
    return Around(
        _index(table["bounds"], -1),
        _index(table["bounds-after"], 0),
        frozenset(table["no-article"]),
        {word: frozenset(words) for word, words in table["not-bound-after"].items()},
        {word: change for change in ("rise", "fall") for word in changes[change]},
        frozenset(changes["between"]),
        frozenset(changes["rates-only"]),
        frozenset(changes["gapped"]),
        frozenset(changes["settles"]),
        frozenset(changes["gap-ends"]),
        frozenset(changes["clause-ends"]),
        frozenset(rates["before"]),
        frozenset(rates["units"]),
        frozenset(rates["shapes"]),
        rates["adverbs"],
        frozenset(rates["not-before"]),
    )


def bound_before(tokens: Tokens, k: int, known: Around) -> tuple[Bound, int] | None:
    """The bound that ends before token `k`, and the token it begins at; an article may stand between."""
    found = _bound_at(tokens, k, known)
    if found is None and k > 1 and tokens[k - 1].lower in ("a", "an", "the"):
        vague = tokens[k - 1].lower == "the" and tokens[k - 2].lower in (
            "about",
            "around",
        )  # `lied about the 3 million`
        found = None if vague or tokens[k - 2].lower in known.no_article else _bound_at(tokens, k - 1, known)
    if found is None:
        return None
    # `up to about 400`: the outer one bounds, unless it is the vaguer
    outer = _bound_at(tokens, found[1], known)
    return (found[0] if outer[0] == "about" else outer[0], outer[1]) if outer else found


def _bound_at(tokens: Tokens, k: int, known: Around) -> tuple[Bound, int] | None:
    if k == 0:
        return None
    for spelling, bound in known.before.get(tokens[k - 1].lower, ()):
        first = k - len(spelling)
        if first < 0 or any(t.lower != part for t, part in zip(tokens[first:k], spelling, strict=True)):
            continue
        if first and tokens[first - 1].lower in known.not_behind.get(spelling[0], ()):
            continue
        return bound, first
    return None


def bound_behind(tokens: Tokens, k: int, known: Around) -> tuple[Bound, int] | None:
    """The bound that begins at token `k`, and the token after it: `or more`, `-plus`."""
    if hyphen(tokens, k):
        k += 1
    if k >= len(tokens):
        return None
    for spelling, bound in known.behind.get(tokens[k].lower, ()):
        after = k + len(spelling)
        if after <= len(tokens) and all(t.lower == p for t, p in zip(tokens[k:after], spelling, strict=True)):
            if spelling == ("+",) and not glued(tokens, k):
                continue
            if len(spelling) == 1 and not glued(tokens, k) and after < len(tokens) and tokens[after].kind == "word":
                continue  # `20 plus new ones`
            return bound, after
    return None


def change_before(tokens: Tokens, k: int, known: Around, *, rate: bool) -> Change | None:
    """Whether the number before which token `k` stands is that of a rise or fall: `rose by`, `up`.

    `rate` says that it is a share, points or money, with which words such as "up" and "lost" are enough.
    """
    for n in range(k - 1, max(-1, k - 6), -1):
        word = tokens[n].lower
        change = known.changes.get(word)
        if change and (rate or word not in known.rates_only or tokens[n + 1].lower == "by"):
            return change
        if word not in known.between and not word.endswith("ly"):
            return None
    return None


def rate_behind(tokens: Tokens, k: int, known: Around) -> tuple[str, int] | None:
    """The "per" at token `k` and the token after it: `a year`, `per share`, `/hour`, `annually`, `-an-hour`."""
    if hyphen(tokens, k):
        k += 1
    if k >= len(tokens):
        return None
    if tokens[k].lower == "per" and k + 1 < len(tokens) and tokens[k + 1].lower == "annum":
        return "year", k + 2
    if tokens[k].lower in known.adverbs:
        return known.adverbs[tokens[k].lower], k + 1
    slash = tokens[k].text == "/" and glued(tokens, k) and glued(tokens, k + 1)
    if not slash and tokens[k].lower not in known.per:
        return None
    n = k + 2 if hyphen(tokens, k + 1) else k + 1
    shape = tokens[n].lower if n + 1 < len(tokens) and tokens[n].lower in known.rate_shapes else ""
    n += bool(shape)
    if n >= len(tokens) or tokens[n].kind != "word":
        return None
    word = tokens[n].lower
    if n + 1 < len(tokens) and tokens[n + 1].lower in known.no_rate:
        return None
    # `5 percent per household` names any unit; `a`, `each` and `every` only common ones
    return (
        (f"{shape} {word}".strip(), n + 1)
        if word in known.rate_units or (tokens[k].lower == "per" and word != "cent")
        else None
    )
