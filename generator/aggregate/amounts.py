"""Numbers as wide as the words leave them, `at least 40`, `19–20`, and sums of them.

An amount is the stretch in which a number lies. Sums go by its ends (interval arithmetic): at least 40 of 200
are at least 20%, and 40 in less than 2 years are more than 20 a year. Exact fractions, so no sum is off by a rounding.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from generator.model import Bound, Figure


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, not negative, that lies from `low` to `high`; an end that nobody knows is None."""

    low: Fraction | None
    high: Fraction | None
    above: bool = False
    """Whether it is more than `low`, not at least that."""
    below: bool = False
    """Whether it is less than `high`, not at most that."""
    about: bool = False
    """Whether it rests on a number that its source gives as about so much."""

    @property
    def known(self) -> bool:
        """Whether anything is known of it: some least that is not nothing, or some most."""
        return bool(self.low) or self.high is not None

    @property
    def exact(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high is not None

    @property
    def bound(self) -> Bound | None:
        """How a number of it is to be told: the word before its only known end, or before the number."""
        if self.high is None:
            return "more-than" if self.above else "at-least"
        if not self.low and not self.exact:
            return "less-than" if self.below else "at-most"
        return "about" if self.about else None

    def times(self, factor: Fraction | int) -> Amount:
        """So many times as much; the factor is above nothing."""
        low, high = (None if end is None else end * factor for end in (self.low, self.high))
        return Amount(low, high, self.above, self.below, self.about)

    def by(self, other: Amount) -> Amount:
        """The product of two."""
        low = None if self.low is None or other.low is None else self.low * other.low
        high = None if self.high is None or other.high is None else self.high * other.high
        about = self.about or other.about
        return Amount(low, high, self.above or other.above, self.below or other.below, about)

    def over(self, other: Amount) -> Amount:
        """The quotient; what may be divided by nothing has no upper end."""
        low = None if self.low is None or other.high is None or not other.high else self.low / other.high
        high = None if self.high is None or not other.low else self.high / other.low
        about = self.about or other.about
        return Amount(low, high, self.above or other.below, self.below or other.above, about)

    def minus(self, other: Amount) -> Amount:
        """The rest; None as lower end where nothing may be left."""
        low = None if self.low is None or other.high is None else self.low - other.high
        high = None if self.high is None or other.low is None else max(Fraction(0), self.high - other.low)
        low = None if low is None or low < 0 else low
        about = self.about or other.about
        return Amount(low, high, self.above or other.below, self.below or other.above, about)


def number(value: int | float) -> Fraction:
    """A number of a fact file as it is written there: 0.1 is a tenth."""
    return Fraction(str(value))


def exactly(value: int | float | Fraction) -> Amount:
    """One number."""
    whole = value if isinstance(value, Fraction) else number(value)
    return Amount(whole, whole)


def of_figure(fact: Figure) -> Amount:
    """What a figure states, as wide as its bound and its range make it."""
    low, high = number(fact.value), number(fact.value if fact.high is None else fact.high)
    if fact.bound in ("at-least", "more-than"):
        return Amount(low, None, above=fact.bound == "more-than")
    if fact.bound in ("at-most", "less-than"):
        return Amount(None, high, below=fact.bound == "less-than")
    return Amount(low, high, about=fact.bound == "about")


def _step(value: Fraction) -> Fraction:
    """To what numbers are rounded: whole from 10, tenths from 1, hundredths below."""
    return Fraction(1) if value >= 10 else Fraction(1, 10) if value >= 1 else Fraction(1, 100)


def rounded(amount: Amount) -> tuple[float | None, float | None]:
    """Both ends for readers: the lower rounded down and the upper up, so that nothing is told more exactly than it is known.

    One exact number is rounded to the nearest tenth, or hundredth below 1.
    """
    low, high = amount.low, amount.high
    if low is not None and low == high:
        step = min(_step(low), Fraction(1, 10))
        nearest = float(floor(low / step + Fraction(1, 2)) * step)
        return nearest, nearest
    down = None if low is None else float(floor(low / _step(low)) * _step(low))
    up = None if high is None else float(ceil(high / _step(high)) * _step(high))
    return down, up
