"""Draws that depend on nothing but what is asked: the seed and a label, such as `story 12`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")
EARLY = 20.0
"""Of Zipf's law as Mandelbrot wrote it: how much the first ranks are held back."""


class Draw:
    """A stream of draws of its own; only `Random.random` is used, whose values never change with Python's version."""

    def __init__(self, seed: int, label: str) -> None:
        self._next = Random(f"{seed} {label}").random

    def share(self) -> float:
        """A number from 0 up to 1."""
        return self._next()

    def whole(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return least + int(self._next() * (most - least + 1))

    def one(self, among: Sequence[T]) -> T:
        """One of them, each as likely."""
        return among[int(self._next() * len(among))]

    def shuffled(self, among: Sequence[T]) -> list[T]:
        """All of them, in any order."""
        rest = list(among)
        return [rest.pop(int(self._next() * len(rest))) for _ in among]

    def rank(self, ranks: int) -> int:
        """A rank below `ranks`, by Zipf's law: the chance of rank r is as 1 / (r + `EARLY`)."""
        return min(ranks - 1, int(EARLY * (math.exp(self._next() * math.log1p(ranks / EARLY)) - 1)))


def pool(index: int, first: int, each: float) -> int:
    """How many names are known by the article of that index: Heaps' law with exponent 0.95."""
    return first + int(each * index**0.95)
