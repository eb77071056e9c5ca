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


def openings(expression: str) -> frozenset[str]:
    """The letters that what an expression matches may begin with; it matches no empty text."""
    return _choice(expression, 0)[0]


def _choice(text: str, at: int) -> tuple[frozenset[str], bool, int]:
    """Of alternatives from `at` to the closing bracket: first letters, whether they may be empty, and where they end."""
    first, empty = frozenset[str](), False
    while True:
        found, may_be_empty, at = _sequence(text, at)
        first, empty = first | found, empty or may_be_empty
        if at == len(text) or text[at] == ")":
            return first, empty, at
        at += 1  # beyond the bar


def _sequence(text: str, at: int) -> tuple[frozenset[str], bool, int]:
    first, empty = frozenset[str](), True
    while at < len(text) and text[at] not in "|)":
        if text[at] == "(":
            found, skipped, at = _choice(text, at + len("(?:"))
        else:
            found, skipped = frozenset(text[at]), False
        at += 1
        while at < len(text) and text[at] in "?*+":
            skipped = skipped or text[at] in "?*"
            at += 1
        if empty:
            first, empty = first | found, skipped
    return first, empty, at
