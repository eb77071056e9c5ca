"""Patterns over classes of words, compiled: each class is one letter, so a sentence is a short string.

A pattern names classes of the lexicon, and units of what an earlier pass read, as a regular expression would name
letters: `the? ordinal (hyphen|dash)? unit:quarter of? year+`.
"""

from __future__ import annotations

import re

LETTERS: dict[str, str] = {}
"""The letter of each class that patterns name, given out as they are compiled."""
OTHER = "x"
MACROS = {
    "NUM": "(?:(?:number|small|digits|fraction)(?:hyphen?and?hyphen?a?hyphen?(?:number|small|fraction|half))*+|year|couple of?|half)",
    "MONTH": "(?:month|name-month|short-month)",
    "DAY": "(?:small|ordinal)",
    "UNIT": "(?:unit|unit-day|unit-week|unit-month|unit-quarter|unit-year|unit-weekend)",
    "UNITS": "(?:units|UNIT)",
    "DASH": "(?:hyphen|dash)",
    "CALENDAR": "(?:Day|Week|Weekend|Month|Quarter|Half|Season|Year|Decade|Century)",
}
NAME = re.compile(r"[A-Za-z][A-Za-z-]*")


def lettered(pattern: str) -> str:
    """A pattern over class names as a regular expression over letters."""
    for _ in range(2):  # a macro may hold macros
        pattern = NAME.sub(lambda m: MACROS.get(m.group(), m.group()), pattern)
    return NAME.sub(lambda m: LETTERS.setdefault(m.group(), chr(0x4E00 + len(LETTERS))), pattern).replace(" ", "")


AHEAD = 2
"""Letters by which rules are told apart before they are tried: `the` opens half of them, `the mill` none."""


def openings(expression: str) -> frozenset[str]:
    """The first two letters of all that an expression matches; one, where one letter alone is matched."""
    return _choice(expression, 0)[0]


def _choice(text: str, at: int) -> tuple[frozenset[str], int]:
    """The openings of alternatives from `at` to the closing bracket, the empty one among them, and where they end."""
    found = frozenset[str]()
    while True:
        more, at = _sequence(text, at)
        found |= more
        if at == len(text) or text[at] == ")":
            return found, at
        at += 1  # beyond the bar


def _sequence(text: str, at: int) -> tuple[frozenset[str], int]:
    found = EMPTY
    while at < len(text) and text[at] not in "|)":
        if text[at] == "(":
            part, at = _choice(text, at + len("(?:"))
        else:
            part = frozenset(text[at])
        at += 1
        once, many = part, False
        while at < len(text) and text[at] in "?*+":
            many = many or (text[at] in "*+" and once is part)
            once = once | EMPTY if text[at] in "?*" else once
            at += 1
        found = _then(found, _then(once, part | EMPTY) if many else once)
    return found, at


EMPTY = frozenset({""})


def _then(first: frozenset[str], second: frozenset[str]) -> frozenset[str]:
    """The openings of one thing and another behind it."""
    full = {a for a in first if len(a) == AHEAD}
    return frozenset(full | {(a + b)[:AHEAD] for a in first - full for b in second})
