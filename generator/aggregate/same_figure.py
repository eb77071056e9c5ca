"""Whether two figures are of one thing, and whether their numbers can both be right."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from generator.aggregate.amounts import Amount
from generator.aggregate.compared import CLOSE, ENOUGH, RECENT, ROUND, Compared, Days, apart, overlap
from generator.aggregate.figures import SHARES
from generator.aggregate.figures import fact as figure_of
from generator.aggregate.same_event import ACTION
from generator.aggregate.same_names import places_fit, same_names
from generator.phrases import is_currency, is_duration, is_measure

WIDE = 0.25
"""How much more than a bound the number may be that another gives for the same."""
SLACK = Fraction(1, 20)
"""How far off a number may be that is about so much."""


def moment(c: Compared) -> Days | None:
    """For when a figure holds."""
    return c.moment


def to_come(c: Compared) -> bool:
    """Whether the time of a figure lay ahead when its source came out."""
    day = moment(c)
    return day is not None and not c.measures and day[0] > c.told


def same_time(a: Compared, b: Compared) -> bool | None:
    """Whether two figures hold for one time; None where one has no date of its own, or is an attribute, which lasts."""
    if a.measures and b.measures:
        return None
    return overlap(moment(a), moment(b))


def unit_stems(c: Compared) -> frozenset[str]:
    """What a figure counts."""
    return c.counted


def one_unit(a: Compared, b: Compared) -> bool | None:
    """Whether two figures count the same; None where one does not say what it counts."""
    one, other = figure_of(a.statement), figure_of(b.statement)
    if one.unit and other.unit and (one.unit == other.unit or unit_stems(a) == unit_stems(b) != frozenset()):
        return True
    if measured(a) or measured(b):
        return False
    names = unit_stems(a), unit_stems(b)
    if not all(names):
        return None
    if names[0] <= names[1] or names[1] <= names[0] or all(name & a.vocabulary.people for name in names):
        return True
    return False if one.unit and other.unit else None


def measured(c: Compared) -> bool:
    """Whether a figure is of money, a share or a measure, where the unit does not tell what is counted."""
    unit, lexicons = figure_of(c.statement).unit or "", c.briefing.lexicons
    return unit in SHARES or is_currency(unit) or is_measure(unit, lexicons) or is_duration(unit, lexicons)


def meet(one: Amount, other: Amount) -> bool:
    """Whether two amounts can both be right: they share a number, or the rounder of the two is what the other rounds to."""
    if one.exact and other.exact and not one.about and not other.about:
        a, b = one.low or Fraction(0), other.low or Fraction(0)
        fine, coarse = sorted((grain(a), grain(b)))
        return a == b or (fine < coarse and abs(a - b) <= coarse / 2)
    (low, high), (least, most) = _stretch(one), _stretch(other)
    return (high is None or least is None or least <= high) and (most is None or low is None or low <= most)


def _stretch(amount: Amount) -> tuple[Fraction | None, Fraction | None]:
    low, high = amount.low, amount.high
    if not amount.about or low is None or high is None:
        return low, high
    return low - max(low * SLACK, grain(low) / 2), high + max(high * SLACK, grain(high) / 2)


@lru_cache(maxsize=20_000)
def grain(value: Fraction) -> Fraction:
    """The place that a number is rounded to, at the most: of 4.6 billion a hundred million; of 412 and of 410 nothing."""
    if not value or (value.denominator == 1 and value % 100):
        return Fraction(0)
    step = Fraction(1)
    while (value / step).denominator > 1:
        step /= 10
    while (value / step / 10).denominator == 1:
        step *= 10
    return step


def clash(a: Compared, b: Compared) -> bool:
    """Whether two figures cannot be one."""
    one, other = figure_of(a.statement), figure_of(b.statement)
    if {one.role, other.role} - {"reported", "estimate"} and one.role != other.role:
        return True
    if one.per != other.per or one_unit(a, b) is False or same_time(a, b) is False:
        return True
    if moment(a) and moment(b) and to_come(a) != to_come(b):
        return True
    if not meet(a.amount, b.amount):
        return True
    return subjects_clash(a, b)


def subjects_clash(a: Compared, b: Compared) -> bool:
    """Whether two figures are of two things: by place, or by what they are about."""
    if places_fit(a.places, b.places, a.vocabulary, a.briefing) is False:
        return True
    if a.measures != b.measures and a.measures and b.measures:
        return True
    one, other = (c.sorts - {ACTION} for c in (a, b))
    near = any(a.vocabulary.near_sorts(x, y) for x in one for y in other)
    if one and other and not near and not (a.lasts and b.lasts):
        return True
    return (
        bool(a.ordinals and b.ordinals and not a.ordinals & b.ordinals)
        or same_names(a.statement.about, b.statement.about, a.briefing.lexicons) is False
    )


def things(a: Compared, b: Compared, without: frozenset[str] = frozenset()) -> tuple[float, int]:
    """How much two figures tell of one thing, besides what they count and what is left out, and by how many words."""
    unit = unit_stems(a) | unit_stems(b) | without
    one, other = a.words - unit, b.words - unit
    both = (one & b.wider) | (other & a.wider)
    least = min(len(one), len(other))
    return (min(1.0, len(both) / least) if least else 0.0), len(both)


def agree(a: Compared, b: Compared) -> float:
    """How much two that do not clash say the same; 0 where it is not enough."""
    one, other = figure_of(a.statement), figure_of(b.statement)
    exact = one.value == other.value and one.high == other.high
    low, high = sorted((one.value, other.value))
    if not exact and (high > low * (1 + WIDE) or {one.bound, other.bound} <= {"at-least", "more-than"}):
        return 0.0  # at least 120 is true of 60,000, and is not said of it
    part, count = things(a, b)
    needed, least = 0.5, 2
    if exact and one.value > ROUND and not measured(a) and one_unit(a, b):
        needed, least = 0.3, 1
    if not exact:
        needed = ENOUGH
    dated = moment(a) is not None and moment(a) == moment(b)
    if exact and dated and part == 1 and one.value > ROUND:
        least = 1
    if one_unit(a, b) is None:
        needed, least = max(needed, 0.5), 2
    if same_time(a, b) is None and apart(a, b) > RECENT and (measured(a) or one.value <= ROUND):
        needed, least = CLOSE, 2 if exact and part == 1 and one.value > ROUND else 3
    return part if part >= needed and count >= least else 0.0


def grown(a: Compared, b: Compared) -> bool:
    """Whether the one that came out later may be what the count of the other has grown to since."""
    if measured(a) or measured(b) or a.lasts or b.lasts or a.told == b.told:
        return False
    older, newer = sorted((a, b), key=lambda c: c.told)
    return figure_of(newer.statement).value > figure_of(older.statement).value
