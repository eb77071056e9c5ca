"""Quantities of a text: numbers with their units, bounds, rates and ranges.

One pass over the tokens of each sentence that holds a number. Every number goes to the first rule that knows
what it is (`quantity_rules`), neighbours are joined (`quantity_joins`), then the words around are read (`bounds`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, Protocol

from msgspec import Struct
from msgspec.structs import replace

from generator.extract import bounds, units
from generator.extract.bounds import Change
from generator.extract.number_tokens import glued, tokenise
from generator.extract.quantity_changes import changes, restated
from generator.extract.quantity_joins import joined
from generator.extract.quantity_labels import no_year
from generator.extract.quantity_rules import read_items
from generator.extract.quantity_scene import NUMBERING, Item, QuantityKind, Scene, known
from generator.extract.quantity_sharing import shared
from generator.extract.segment import Segments
from generator.lexicon import Lexicons
from generator.model import Bound, Span

__all__ = ["Quantity", "QuantityKind", "TimeLike", "find_quantities"]


class TimeLike(Protocol):
    """A temporal expression, as `generator.extract.times` finds them."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def type(self) -> str: ...
    @property
    def value(self) -> str: ...


class Quantity(Struct, frozen=True, gc=False):
    """A number and what it counts or measures, at `text[start:end]`: bounds and rates stand outside."""

    start: int
    end: int
    value: int | float
    high: int | float | None
    """The upper end of a range; of a score, the other side."""
    unit: str | None
    """ISO 4217 code of money, `percent`, a unit, or the noun phrase counted as written; None for a bare number."""
    per: str | None
    bound: Bound | None
    change: Change | None
    kind: QuantityKind
    noun: Span | None
    """What is counted or measured: `sealed letters`, the ore in `80 grams of ore`."""
    bound_words: Span | None
    per_words: Span | None
    rule: str


@dataclass(frozen=True, slots=True)
class Rate:
    """The unit per which something is told, at `tokens[first:after]`."""

    unit: str
    first: int
    after: int


def _span(scene: Scene, first: int, after: int) -> Span:
    return Span(scene.tokens[first].start, scene.tokens[after - 1].end)


def _rate(scene: Scene, item: Item) -> Rate | None:
    """The rate behind the unit, or behind the noun it measures: `5,000 tonnes of steel a year`."""
    if not item.unit or item.kind == "age":
        return None
    for k in (item.after, item.noun[1] if item.noun and item.noun[0] >= item.after else item.after):
        if found := bounds.rate_behind(scene.tokens, k, scene.known.around):
            return Rate(found[0], k, found[1])
        if glued(scene.tokens, k) and scene.lower(k) == "/":  # `1.3 A/cm2`
            unit = units.unit_after(scene.tokens, k + 1, scene.known.units, digits=True)
            if unit:
                return Rate(unit.unit.name or unit.text, k, unit.after)
    return None


def _bound(scene: Scene, item: Item, behind: int) -> tuple[Bound, int, Span] | None:
    """The bound, the token before which changes stand, and its words."""
    tokens, around = scene.tokens, scene.known.around
    for k in (item.first if item.outer is None else item.outer, item.first):
        if found := bounds.bound_before(tokens, k, around):
            return found[0], found[1], _span(scene, found[1], item.first)
    for k in (item.number.after, behind):
        if found := bounds.bound_behind(tokens, k, around):
            return found[0], item.first, _span(scene, k, found[1])
    return None


def _finished(scene: Scene, item: Item, kind: QuantityKind, around: Surroundings, change: Change | None) -> Quantity:
    """The quantity with what stands around it."""
    span, noun = _span(scene, item.first, item.after), _span(scene, *item.noun) if item.noun else None
    rate, bound = around.rate, around.bound
    return Quantity(
        span.start,
        span.end,
        item.number.value,
        item.high,
        item.unit,
        rate.unit if rate else None,
        bound[0] if bound else None,
        change,
        kind,
        noun,
        bound[2] if bound else None,
        _span(scene, rate.first, rate.after) if rate else None,
        item.rule,
    )


class Surroundings(NamedTuple):
    """What bounds an item or tells per what it is, and the tokens at which it begins and ends with all that."""

    rate: Rate | None
    bound: tuple[Bound, int, Span] | None
    begins: int
    after: int


def _surroundings(scene: Scene, item: Item) -> Surroundings:
    outer = item.first if item.outer is None else min(item.first, item.outer)
    if item.kind is None or item.kind in NUMBERING:
        return Surroundings(None, None, outer, item.after)
    rate = _rate(scene, item)
    after = rate.after if rate else item.after
    bound = _bound(scene, item, after)
    return Surroundings(rate, bound, min(outer, bound[1]) if bound else outer, after)


def _quantities(scene: Scene, items: Sequence[Item]) -> Iterator[Quantity]:
    around = [_surroundings(scene, item) for item in items]
    for n, (before, item) in enumerate(pairwise(items), 1):
        last, here = around[n - 1], around[n]
        if last.bound and here.bound is None and restated(scene, before, last.after, item, here.begins):
            around[n] = here._replace(bound=last.bound)
    every = changes(scene, items, [(a.begins, a.after) for a in around])
    for item, surroundings, change in zip(items, around, every, strict=True):
        if item.kind and item.rule != "lone":
            yield _finished(scene, item, item.kind, surroundings, change)


PERIOD = re.compile(r"P(T?)[0-9.]*([YMWDHS])")
PERIODS = {"Y": "year", "M": "month", "W": "week", "D": "day", "TH": "hour", "TM": "minute", "TS": "second"}


class _Calendar:
    """Which temporal expression holds an offset."""

    def __init__(self, times: Sequence[TimeLike]) -> None:
        self._times = sorted(times, key=lambda time: (time.start, time.end))
        self._starts = [time.start for time in self._times]

    def at(self, offset: int) -> TimeLike | None:
        k = bisect_right(self._starts, offset) - 1
        return self._times[k] if k >= 0 and offset < self._times[k].end else None


def _timed(scene: Scene, item: Item, calendar: _Calendar) -> Item:
    """The item as the temporal layer has it: no quantity in a date but an offset, a duration in a duration."""
    time = calendar.at(scene.tokens[item.number.first].start)
    if time is None or item.kind is None:
        return item
    if time.type in ("DATE", "TIME"):
        if item.kind == "duration":  # `three weeks later`
            return replace(item, kind="offset")
        # `1000 hp` is no year, whatever the temporal layer makes of its number
        measured = item.kind in ("measure", "percent", "money") and scene.tokens[item.after - 1].start >= time.end
        return item if measured or no_year(scene, item.number.first) else replace(item, kind=None, rule="date")
    if time.type == "DURATION" and item.kind == "count":
        period = PERIOD.match(time.value)
        unit = PERIODS.get(period[1] + period[2], item.unit) if period else item.unit
        return replace(item, kind="duration", unit=unit)
    return item


def find_quantities(segments: Segments, times: Sequence[TimeLike], lexicons: Lexicons) -> tuple[Quantity, ...]:
    """The quantities of a text in order, without overlaps.

    Numbers inside DATE and TIME spans are none, but for durations: `three weeks later` has the kind `offset`.
    Those inside DURATION spans have the kind `duration`.
    """
    vocabulary, calendar, found = known(lexicons), _Calendar(times), list[Quantity]()
    for sentence in segments.sentences:
        if not vocabulary.openers.any(sentence.of(segments.text)):
            continue
        scene = Scene(segments.text, tokenise(segments.text, sentence), vocabulary)
        items = [_timed(scene, item, calendar) for item in read_items(scene)]
        items = shared(scene, joined(scene, items))
        found.extend(_quantities(scene, items))
    return tuple(found)
