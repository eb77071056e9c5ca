"""Quantities of a text: numbers with their units, bounds, rates and ranges.

One pass over the tokens of each sentence. Every number goes to the first of `RULES` that knows what it is;
`JOINS` then look at neighbours (ranges, proportions, scores, units shared in a list).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal, Protocol

from generator.extract import bounds, counted, numbers, units
from generator.extract.bounds import Change
from generator.extract.numbers import DASHES, Number, Tokens, glued, hyphen
from generator.extract.segment import Segments
from generator.lexicon import Lexicons
from generator.model import Bound, Span

QuantityKind = Literal[
    "count", "money", "percent", "measure", "duration", "ordinal", "age", "score", "multiple", "model"
]


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


@dataclass(frozen=True, slots=True)
class Quantity:
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
    """What is counted or measured: `written warnings`, the dust in `60 grams of dust`."""
    bound_words: Span | None
    per_words: Span | None
    rule: str


@dataclass(frozen=True, slots=True)
class Item:
    """A number that a rule has read, at `tokens[first:after]`; kind None where it is no quantity."""

    first: int
    after: int
    number: Number
    kind: QuantityKind | None
    unit: str | None = None
    noun: tuple[int, int] | None = None
    high: int | float | None = None
    rule: str = ""
    partitive: bool = False
    """Whether its unit is that of the number behind it: `40 of the 200 gauges`."""
    outer: int | None = None
    """Where its introducing word stands: `between`, `from`."""

    @property
    def bare(self) -> bool:
        """Whether it has no unit of its own."""
        return self.kind == "count" and self.unit is None


@dataclass(frozen=True, slots=True)
class Labels:
    """What makes a number a name, a date or a time of day: lexicon `quantities: models, months, year-after`."""

    nouns: frozenset[str]
    or_counts: frozenset[str]
    clock: frozenset[str]
    months: frozenset[str]
    year_after: frozenset[str]
    age_before: frozenset[str]
    age_units: frozenset[str]
    score_nouns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Known:
    """Everything compiled from the lexicons."""

    numerals: numbers.Numerals
    units: units.Units
    nouns: counted.Nouns
    around: bounds.Around
    labels: Labels
    openers: re.Pattern[str]


@lru_cache(maxsize=4)
def _known(lexicons: Lexicons) -> Known:
    table: Mapping[str, Any] = lexicons["quantities"]
    numerals, models, ages = numbers.numerals(lexicons), table["models"], table["ages"]
    words = "|".join(sorted(re.escape(w) for w in numerals.openers - numerals.indefinite))
    scales = "|".join(sorted(re.escape(w) for w in numerals.scales))
    return Known(
        numerals,
        units.units(lexicons),
        counted.nouns(lexicons),
        bounds.around(lexicons),
        Labels(
            frozenset(models["nouns"]),
            frozenset(models["week-counts"]),
            frozenset(models["time-of-day"]),
            frozenset(table["months"]),
            frozenset(table["year-after"]),
            frozenset(ages["before"]),
            frozenset(ages["year-units"]),
            frozenset(table["scores"]["nouns"]),
        ),
        re.compile(rf"[0-9{''.join(numbers.VULGAR)}]|\b(?:{words}|an? (?:{scales}|third|quarter|fifth|tenth))\b", re.I),
    )


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence in which numbers are read."""

    text: str
    tokens: Tokens
    known: Known

    def lower(self, k: int) -> str:
        """The lower-case token `k`; empty beyond either end."""
        return self.tokens[k].lower if 0 <= k < len(self.tokens) else ""

    def words(self, first: int, after: int) -> str:
        """Tokens as written, white space made plain."""
        return " ".join(self.text[self.tokens[first].start : self.tokens[after - 1].end].split())


Rule = Callable[[Scene, Number], Item | None]


def _sign(scene: Scene, number: Number) -> int:
    """The token at which a minus before the number begins; the number's own first where there is none."""
    k, tokens = number.first - 1, scene.tokens
    if k >= 0 and tokens[k].text in DASHES and glued(tokens, k + 1):
        if scene.lower(k - 1) in scene.known.numerals.minus:
            return k - 1
        if not glued(tokens, k) or tokens[k - 1].text in "($€£¥":
            return k
    return k if scene.lower(k) in scene.known.numerals.minus else number.first


def _no_quantity(scene: Scene, number: Number) -> Item | None:
    """Decades, clock times, dates by month, versions, addresses."""
    k, n, tokens, labels = number.first, number.after, scene.tokens, scene.known.labels
    none = Item(k, n, number, None, rule="none")
    if number.form == "none":
        return none
    if number.form != "digits":
        return None
    if n < len(tokens) and glued(tokens, n) and tokens[n].text in ":/._@" and _digit(tokens, n + 1):
        return none
    if glued(tokens, k) and tokens[k - 1].text in ":/._@#'’" and (tokens[k - 1].text in "@#_'’" or _digit(tokens, k - 2)):
        return none
    if scene.lower(n) in labels.clock or (scene.lower(n) in ("a", "p") and scene.lower(n + 1) == "."):
        return none if scene.lower(n) in labels.clock or scene.lower(n + 2) == "m" else None
    before = k - 2 if scene.lower(k - 1) == "." else k - 1
    for m in (before, n):
        if scene.lower(m) in labels.months and tokens[m].text[0].isupper() and number.whole and not number.scaled:
            return none if number.value <= 31 or _year_like(number) else None
    return none if _year(scene, number) else None


def _digit(tokens: Tokens, k: int) -> bool:
    return 0 <= k < len(tokens) and tokens[k].kind == "number"


def _year_like(number: Number) -> bool:
    return number.whole and 1550 < number.value < 2100 and not number.scaled


def _year(scene: Scene, number: Number) -> bool:
    """A bare number of four digits, unless a unit or, out of the reach of "in" and "the", a plural follows."""
    tokens, k = scene.tokens, number.first
    if not _year_like(number) or number.after != k + 1 or len(tokens[k].text) != 4:
        return False
    if units.currency_before(tokens, k, scene.known.units) or hyphen(tokens, k + 1):
        return hyphen(tokens, k + 1) and _digit(tokens, k + 2)
    if units.unit_after(tokens, k + 1, scene.known.units, digits=True):
        return False
    plural = counted.phrase(tokens, k + 1, scene.known.nouns)
    before = scene.lower(k - 1)
    capital = k > 1 and tokens[k - 1].text[0].isupper()
    return not plural or before in scene.known.labels.year_after or before.endswith("'s") or capital


def _ordinal(scene: Scene, number: Number) -> Item | None:
    if number.form != "ordinal":
        return None
    kind: QuantityKind | None = None if scene.lower(number.first - 1) == "per" else "ordinal"
    return Item(number.first, number.after, number, kind, rule="ordinal")


def _age(scene: Scene, number: Number) -> Item | None:
    """`45-year-old`, `45 years old`, `five years of age`, `aged 45`, `the age of 45`, `Ms Lund, 45,`."""
    k, n, tokens, labels = number.first, number.after, scene.tokens, scene.known.labels
    m = n + hyphen(tokens, n)
    unit = scene.lower(m)
    if unit.removesuffix("s") in labels.age_units:
        m += 1
        old = m + hyphen(tokens, m)
        if scene.lower(old) in ("old", "olds"):
            return Item(k, old + 1, number, "age", unit.removesuffix("s") + "s old", rule="years-old")
        if scene.lower(m) == "of" and scene.lower(m + 1) == "age":
            return Item(k, m + 2, number, "age", unit.removesuffix("s") + "s old", rule="years-of-age")
    if not 0 <= number.value < 120 or number.scaled:
        return None
    told = scene.lower(k - 1) in labels.age_before or scene.lower(k - 2) in ("age", "ages") and scene.lower(k - 1) == "of"
    apart = (
        number.form == "digits"
        and k > 1
        and scene.lower(k - 1) == ","
        and tokens[k - 2].text[0].isupper()
        and scene.lower(n) in (",", ".", ";")
        and tokens[k].text.isdigit()
    )
    if told or apart:
        return Item(k, n + (unit == "years"), number, "age", "years old", rule="aged" if told else "name-age")
    return None


def _money(scene: Scene, number: Number) -> Item | None:
    """A currency in front of the number: `$1.2bn`, `EUR 50m`, `-£3m`."""
    sign = _sign(scene, number)
    found = units.currency_before(scene.tokens, sign, scene.known.units)
    if found is None:
        return None
    unit, first = found
    if first and scene.tokens[first - 1].text in DASHES and glued(scene.tokens, first) and not glued(scene.tokens, first - 1):
        sign, first = first - 1, first - 1
    number = _scaled(scene, number)
    return Item(first, number.after, _signed(number, sign < number.first), "money", unit.name, rule="currency-before")


def _scaled(scene: Scene, number: Number) -> Number:
    """The number with a scale that only money and counts have: the m of `£3m`."""
    k = number.after
    factor = scene.known.numerals.money_suffixes.get(scene.tokens[k].text) if glued(scene.tokens, k) else None
    if factor is None:
        return number
    return replace(number, after=k + 1, value=numbers.times(number.value, factor), scale=factor)


def _signed(number: Number, negative: bool) -> Number:
    return replace(number, value=-number.value) if negative else number


def _label(scene: Scene, number: Number) -> Item | None:
    """A number that is part of a name: `Boeing 737`, `Covid-19`, `S23`, `category 4`, `5G`, `No. 10`."""
    k, n, tokens, known = number.first, number.after, scene.tokens, scene.known
    model = Item(k, n, number, "model", rule="label")
    if number.form not in ("digits", "words"):
        return None
    if _sign(scene, number) < k:
        return None
    digits = number.form == "digits"
    if digits and glued(tokens, k):
        if tokens[k - 1].kind == "word":
            return model
        if tokens[k - 1].text in DASHES and glued(tokens, k - 1) and tokens[k - 2].kind == "word" and _own_word(scene, k - 2):
            return model
    unit = units.unit_after(tokens, n, known.units, digits=digits)
    if unit:
        return None
    if digits and glued(tokens, n) and tokens[n].kind == "word" and not scene.known.numerals.money_suffixes.get(tokens[n].text):
        return replace(model, after=n + 1)
    before = scene.lower(k - 1)
    if before == "." and scene.lower(k - 2) in known.labels.nouns and len(scene.lower(k - 2)) < 4:
        return model
    if before in known.labels.nouns and number.whole and not number.scaled:
        if before not in known.labels.or_counts or not counted.phrase(tokens, n, known.nouns):
            return model
    return model if digits and _named(scene, number) else None


def _own_word(scene: Scene, k: int) -> bool:
    """Whether token `k` is a word by itself, and not the unit of a number: `Covid-19`, but `3m-4m`."""
    return not (glued(scene.tokens, k) and _digit(scene.tokens, k - 1))


def _named(scene: Scene, number: Number) -> bool:
    """Whether a small number follows a capitalised word that is no function word: `the Stoxx 600 index`."""
    k, tokens, known = number.first, scene.tokens, scene.known
    if k == 0 or not number.whole or number.scaled or not tokens[k].text.isdigit() or number.after != k + 1:
        return False
    word = tokens[k - 1]
    if word.kind != "word" or not word.text[0].isupper() or glued(tokens, k) or word.lower.endswith(("'s", "ly", "ing")):
        return False
    if word.lower in known.nouns.stops | known.nouns.verbs or word.lower in known.around.before:
        return False
    plural = counted.phrase(tokens, number.after, known.nouns)
    if plural is None:
        return True
    # `In Kolm 300 people marched`; at the start of a sentence any word is capitalised
    return k > 1 and not (k == 2 and scene.lower(0) in ("in", "at", "from", "near"))


def _measured(scene: Scene, number: Number) -> Item | None:
    """A unit behind the number: `60 grams`, `12 percent`, `690 million euros`, `10-year`, `3km`."""
    tokens, known = scene.tokens, scene.known.units
    digits = number.form == "digits"
    longer = _scaled(scene, number)
    if longer.after > number.after:  # `12.3m tonnes`, `2.7m sales`, but `a 100m sprint`
        follows = units.unit_after(tokens, longer.after, known, digits=digits)
        if (follows and not glued(tokens, longer.after)) or counted.phrase(tokens, longer.after, scene.known.nouns):
            number = longer
    match = units.unit_after(tokens, number.after, known, digits=digits)
    if match is None or number.value < known.large.get(match.text, number.value):
        return None if match or number is not longer else _count(scene, number)
    sign = _sign(scene, number)
    kind, unit = match.unit.kind, match.unit.name or match.text
    if match.text in known.or_measure and not number.scaled and not _near_money(scene, number.first):
        kind, unit = "measure", match.text
    if match.unit.name and kind == "duration" and scene.lower(match.after) in ("ago", "later", "earlier"):
        pass
    noun = counted.of_phrase(tokens, match.after, scene.known.nouns) if kind in ("percent", "measure", "multiple") else None
    return Item(
        sign,
        match.after,
        _signed(number, sign < number.first),
        kind,
        unit,
        (noun.first, noun.after) if noun else None,
        rule=f"{kind}-behind",
    )


def _near_money(scene: Scene, k: int) -> bool:
    return any(scene.lower(n) in scene.known.units.money_words for n in range(max(0, k - 8), k))


def _part(scene: Scene, number: Number) -> Item | None:
    """Shares and multiples: `two-thirds of voters`, `half the fleet`, `sixfold`."""
    if number.form == "multiple":
        return Item(number.first, number.after, number, "multiple", "fold", rule="fold")
    if number.form != "share":
        return None
    k = number.after
    noun = counted.of_phrase(scene.tokens, k, scene.known.nouns)
    noun = noun or counted.phrase(scene.tokens, counted.skip_owner(scene.tokens, k), scene.known.nouns)
    return Item(number.first, k, number, "multiple", None, (noun.first, noun.after) if noun else None, rule="share")


def _count(scene: Scene, number: Number) -> Item | None:
    """A number before a noun phrase, or by itself."""
    k, n, tokens, nouns = number.first, number.after, scene.tokens, scene.known.nouns
    joined = hyphen(tokens, n)
    if scene.lower(n) == "of":
        behind = counted.skip_owner(tokens, n + 1)
        if behind < len(tokens) and numbers.read(tokens, behind, scene.known.numerals):
            return Item(k, n, number, "count", rule="part-of-number", partitive=True)
        found = counted.phrase(tokens, behind, nouns)
        if found:
            return _counted(scene, number, found, "part-of")
    elif joined:
        if scene.lower(n + 1) in nouns.not_units:
            return Item(k, n + 2, number, None, rule="none")
        found = counted.modifier(tokens, n + 1, nouns)
        if found:
            return _counted(scene, number, found, "hyphen")
    elif found := counted.phrase(tokens, n, nouns):
        return _counted(scene, number, found, "counted")
    if number.form == "words" and number.value == 1:
        lone = scene.lower(k - 1) in ("no", "each", "every", "any", "this", "that", "the", "which", "another", "some", "number")
        found = None if lone else counted.single(tokens, n, nouns)
        return _counted(scene, number, found, "one") if found else Item(k, n, number, None, rule="none")
    found = counted.single(tokens, n, nouns) if number.value == 1 else counted.modifier(tokens, n, nouns)
    if found:
        return _counted(scene, number, found, "modifier")
    sign = _sign(scene, number)
    return Item(sign, n, _signed(number, sign < k), "count" if number.value or number.form == "digits" else None, rule="bare")


def _counted(scene: Scene, number: Number, noun: counted.Phrase, rule: str) -> Item:
    unit = scene.words(noun.first, noun.after)
    sign = _sign(scene, number)
    number = _signed(number, sign < number.first)
    return Item(sign, noun.after, number, "count", unit, (noun.first, noun.after), rule=rule)


RULES: tuple[Rule, ...] = (_no_quantity, _ordinal, _age, _money, _label, _part, _measured, _count)


def _items(scene: Scene) -> list[Item]:
    items: list[Item] = []
    k = 0
    while k < len(scene.tokens):
        number = numbers.read(scene.tokens, k, scene.known.numerals)
        if number is None:
            k += 1
            continue
        item = next(item for rule in RULES if (item := rule(scene, number)))
        items.append(item)
        k = max(number.after, item.after)
    return items


Join = Callable[[Scene, Item, Item], Item | None]


def _gap(scene: Scene, a: Item, b: Item) -> tuple[str, ...]:
    """The words between two items, dashes as "-"; hyphens around "to" left out: `six-to-eight`."""
    if b.first - a.after > 3:
        return ("…",)
    words = ["-" if t.text in DASHES or t.text == "—" else t.lower for t in scene.tokens[a.after : b.first]]
    return tuple(w for w in words if w != "-") if len(words) > 1 else tuple(words)


def _proportion(scene: Scene, a: Item, b: Item) -> Item | None:
    """`one in four households`, `nine out of 10`."""
    gap = _gap(scene, a, b)
    if gap not in (("in",), ("out", "of"), ("in", "every"), ("out", "of", "every")) or b.kind != "count":
        return None
    if a.unit or a.number.scaled or not (a.number.whole and b.number.whole and 0 < a.number.value < b.number.value <= 1000):
        return None
    if (gap == ("in",) and a.number.value > 10) or a.kind not in ("count", None) or a.number.form == "none":
        return None
    number = replace(a.number, value=a.number.value / b.number.value, after=b.number.after)
    return Item(a.first, b.number.after, number, "multiple", None, b.noun, rule="proportion")


def _score(scene: Scene, a: Item, b: Item) -> Item | None:
    """`2-1`, `by 14 votes to 3`."""
    gap = _gap(scene, a, b)
    if a.kind != "count" or b.kind != "count" or not (a.number.whole and b.number.whole):
        return None
    noun = a.unit is not None and a.unit.rpartition(" ")[2] in scene.known.labels.score_nouns
    tally = noun and b.bare and gap in (("to",), ("against",))
    touching = gap == ("-",) and a.bare and a.after + 1 == b.first and hyphen(scene.tokens, a.after)
    close = touching and (b.bare or b.rule == "modifier" or a.number.value >= b.number.value)
    voted = a.bare and b.bare and gap == ("to",) and a.number.value > b.number.value and scene.lower(a.first - 1) != "from"
    if not (tally or close or voted):
        return None
    return Item(a.first, b.number.after, a.number, "score", None, a.noun, b.number.value, "score")


def _range(scene: Scene, a: Item, b: Item) -> Item | None:
    """`15-22 miles`, `1 to 1.5 degrees`, `between 9 and 11 million dollars`, `three or four years`."""
    gap, before = _gap(scene, a, b), scene.lower(a.first - 1)
    if a.kind is None or b.kind is None or a.kind in ("ordinal", "model", "score", "multiple"):
        return None
    same = a.kind == b.kind and a.unit == b.unit
    joined = gap in (("to",), ("-",)) or (gap == ("and",) and before == "between")
    either = gap == ("or",) and a.bare and not b.bare and b.kind != "money"
    forward = b.bare and a.kind in ("money", "age") and joined and (gap == ("-",) or before in ("between", "from"))
    if not ((joined and (same or a.bare or forward)) or either):
        return None
    low = a.number.value
    if b.number.scale > a.number.scale == 1 and low < 1000 and low * b.number.scale <= b.number.value and not either:
        low = numbers.times(low, b.number.scale)
    if low >= b.number.value or (before == "from" and _moved(scene, a.first - 1)):
        return None
    outer = a.first - 1 if before in ("between", "from") else None
    number = replace(a.number, value=low)
    source = a if forward else b
    return Item(a.first, b.after, number, source.kind, source.unit, b.noun, b.number.value, "range", outer=outer)


def _moved(scene: Scene, k: int) -> bool:
    """Whether "from" at token `k` tells where a change began: `rose from 5 to 7`."""
    return any(scene.lower(n) in scene.known.around.changes for n in range(max(0, k - 4), k))


JOINS: tuple[Join, ...] = (_proportion, _score, _range)


def _joined(scene: Scene, items: Sequence[Item]) -> list[Item]:
    out: list[Item] = []
    for item in items:
        while out:
            before = out[-1]
            if before.kind is None and _gap(scene, before, item) == ("-",) and before.number.form == "digits":
                item = replace(item, kind=None)  # `Sept. 20-24`, `2017-18`
            joined = next((found for join in JOINS if (found := join(scene, before, item))), None)
            if joined is None:
                break
            item = joined
            out.pop()
        out.append(item)
    return out


LISTS = (("and",), ("or",), ("to",), ("&",), (",", "and"), (",", "or"))


def _shared(scene: Scene, items: Sequence[Item]) -> list[Item]:
    """The unit of a list's last number given to those before it: `two, three or five percent`."""
    out: list[Item] = []
    listed = False
    for item in reversed(items):
        if out and item.kind == "count" and item.unit is None:
            last, gap = out[-1], _gap(scene, item, out[-1])
            listed = gap in LISTS or (listed and gap == (",",))
            if item.partitive and last.kind == "count":
                item = replace(item, unit=last.unit, noun=last.noun)
            elif listed and last.unit and last.kind in ("count", "money", "percent", "measure", "duration", "multiple"):
                item = replace(item, unit=last.unit, kind=last.kind, noun=last.noun, rule=item.rule + "-shared")
        else:
            listed = False
        out.append(item)
    return out[::-1]


def _finished(scene: Scene, item: Item, kind: QuantityKind) -> Quantity:
    """The quantity with what stands around it."""
    tokens, around = scene.tokens, scene.known.around
    start, end = tokens[item.first].start, tokens[item.after - 1].end
    noun = Span(tokens[item.noun[0]].start, tokens[item.noun[1] - 1].end) if item.noun else None
    value, unit = item.number.value, item.unit
    if kind in ("ordinal", "model", "score"):
        return Quantity(start, end, value, item.high, unit, None, None, None, kind, noun, None, None, item.rule)
    outer = item.first if item.outer is None else item.outer
    bound = bounds.bound_before(tokens, outer, around) or bounds.bound_before(tokens, item.first, around)
    words = Span(tokens[bound[1]].start, tokens[item.first - 1].end) if bound else None
    rate, behind = None, item.after
    if unit and kind != "age":
        ends = (item.after, item.noun[1]) if item.noun and item.noun[0] >= item.after else (item.after,)
        rate = next(((found, n) for n in ends if (found := bounds.rate_behind(tokens, n, around))), None)
        behind = rate[0][1] if rate else behind
    if bound is None and (after := bounds.bound_behind(tokens, behind, around)):
        bound, words = after, Span(tokens[behind].start, tokens[after[1] - 1].end)
    trend = kind in ("percent", "money") or (unit or "").rpartition(" ")[2] in ("point", "points") or not item.number.whole
    change = bounds.change_before(tokens, min(outer, bound[1]) if bound else outer, around, rate=trend)
    return Quantity(
        start,
        end,
        value,
        item.high,
        unit,
        rate[0][0] if rate else None,
        bound[0] if bound else None,
        change,
        kind,
        noun,
        words,
        Span(tokens[rate[1]].start, tokens[rate[0][1] - 1].end) if rate else None,
        item.rule,
    )


PERIOD = re.compile(r"P[0-9.]*([YMWD])|PT[0-9.]*([HMS])")
PERIODS = {"Y": "year", "M": "month", "W": "week", "D": "day", "H": "hour", "S": "second"}


class _Calendar:
    """Which temporal expression holds an offset."""

    def __init__(self, times: Sequence[TimeLike]) -> None:
        self._times = sorted(times, key=lambda time: (time.start, time.end))
        self._starts = [time.start for time in self._times]

    def at(self, offset: int) -> TimeLike | None:
        k = bisect_right(self._starts, offset) - 1
        return self._times[k] if k >= 0 and offset < self._times[k].end else None


def _timed(scene: Scene, item: Item, calendar: _Calendar) -> Item:
    """The item as the temporal layer has it: no quantity in a date, a duration in a duration."""
    time = calendar.at(scene.tokens[item.number.first].start)
    if time is None or item.kind is None:
        return item
    if time.type in ("DATE", "TIME"):
        return replace(item, kind=None)
    if time.type == "DURATION" and item.kind == "count":
        period = PERIOD.match(time.value)
        unit = ("minute" if period[2] == "M" else PERIODS[period[1] or period[2]]) if period else item.unit
        return replace(item, kind="duration", unit=unit)
    return item


def find_quantities(segments: Segments, times: Sequence[TimeLike], lexicons: Lexicons) -> tuple[Quantity, ...]:
    """The quantities of a text in order, without overlaps.

    Numbers inside DATE and TIME spans are none; those inside DURATION spans have the kind `duration`.
    """
    known, calendar, found = _known(lexicons), _Calendar(times), list[Quantity]()
    for sentence in segments.sentences:
        if not known.openers.search(segments.text, sentence.start, sentence.end):
            continue
        scene = Scene(segments.text, numbers.tokenise(segments.text, sentence), known)
        items = [_timed(scene, item, calendar) for item in _items(scene)]
        items = _shared(scene, _joined(scene, items))
        found.extend(_finished(scene, item, item.kind) for item in items if item.kind)
    return tuple(found)
