"""Numbers as text that compresses well and a script reads at once: digits of five bits, the highest first, all but the last one marked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
"""The first half ends a number, the second half goes before."""
BITS = 5
HALF = 1 << BITS
NUMBER = r"(?<![g-z0-9_-])[g-z0-9_-]*+[A-Za-f]"
_VALUES = {digit: value for value, digit in enumerate(DIGITS)}


@lru_cache(maxsize=1 << 16)
def number(value: int) -> str:
    """A number from 0 as text."""
    text = DIGITS[value % HALF]
    while value := value >> BITS:
        text = DIGITS[HALF + value % HALF] + text
    return text


@lru_cache(maxsize=1 << 16)
def read(text: str) -> int:
    """The number that a text says."""
    value = 0
    for digit in text:
        value = value << BITS | _VALUES[digit] % HALF
    return value


def numbers(values: Iterable[int]) -> str:
    """Several, one after the other."""
    return "".join(map(number, values))


def steps(values: Iterable[int]) -> str:
    """Rising numbers, each as what it adds to the one before."""
    before, told = 0, []
    for value in values:
        told.append(number(value - before))
        before = value
    return "".join(told)


def read_all(text: str) -> list[int]:
    """The numbers of a text."""
    return [read(found) for found in re.findall(NUMBER, text)]
