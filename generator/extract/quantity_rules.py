"""What a number is, by what stands beside it: money, a measure, a share, a count."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from generator.extract import bounds, counted, units
from generator.extract.number_tokens import DASHES, glued, hyphen
from generator.extract.numbers import read
from generator.extract.numerals import Number, times
from generator.extract.quantity_labels import age, label, no_quantity, ordinal
from generator.extract.quantity_scene import Item, Scene

Rule = Callable[[Scene, Number], Item | None]


def money(scene: Scene, number: Number) -> Item | None:
    """A currency in front of the number: `$1.2bn`, `EUR 50m`, `-£3m`, `$-3m`."""
    sign = scene.sign(number)
    found = units.currency_before(scene.tokens, sign, scene.known.units)
    if found is None:
        return None
    unit, first = found
    if (
        first
        and scene.tokens[first - 1].text in DASHES
        and glued(scene.tokens, first)
        and not glued(scene.tokens, first - 1)
    ):
        sign = first = first - 1
    number = _scaled(scene, number)
    return Item(first, number.after, _signed(number, sign < number.first), "money", unit.name, rule="currency-before")


def _scaled(scene: Scene, number: Number) -> Number:
    """The number with a scale that only money and counts have: the m of `£3m`."""
    k = number.after
    factor = scene.known.numerals.money_suffixes.get(scene.tokens[k].text) if glued(scene.tokens, k) else None
    if factor is None or number.scaled:
        return number
    return replace(number, after=k + 1, value=times(number.value, factor), scale=factor)


def _signed(number: Number, negative: bool) -> Number:
    return replace(number, value=-number.value) if negative else number


def measured(scene: Scene, number: Number) -> Item | None:
    """A unit behind the number: `80 grams`, `9 percent`, `340 million euros`, `10-year`, `3km`."""
    tokens, known, digits = scene.tokens, scene.known.units, number.form == "digits"
    if (longer := _scaled(scene, number)) is not number:
        # `12.3m tonnes`, `2.7m sales`, but `a 100m sprint`
        apart = not glued(tokens, longer.after)
        if apart and units.unit_after(tokens, longer.after, known, digits=digits):
            number = longer
        elif apart and counted.phrase(tokens, longer.after, scene.known.nouns):
            return count(scene, longer)
    behind = bounds.bound_behind(tokens, number.after, scene.known.around)
    match = units.unit_after(tokens, number.after, known, digits=digits)
    if match is None and behind:  # `18 or more months`
        match = units.unit_after(tokens, behind[1], known, digits=digits)
    if match is None or number.value < known.large.get(match.text, number.value):
        return None
    if match.text in known.or_noun and counted.phrase(tokens, match.after, scene.known.nouns):
        return None
    sign, kind, unit = scene.sign(number), match.unit.kind, match.unit.name or match.text
    if match.text in known.or_measure and not number.scaled and not _near_money(scene, number.first):
        kind, unit = "measure", match.text
    shares = kind in ("percent", "measure", "multiple")
    noun = counted.of_phrase(tokens, match.after, scene.known.nouns) if shares else None
    return Item(
        sign,
        match.after,
        _signed(number, sign < number.first),
        kind,
        unit,
        (noun.first, noun.after) if noun else None,
        rule=f"{kind}-behind",
    )


NEAR = 8
"""Tokens before a number in which "paid" or "cost" tells pounds of money from those of weight."""


def _near_money(scene: Scene, k: int) -> bool:
    for n in range(k - 1, max(-1, k - NEAR), -1):
        if scene.lower(n) == ";":
            return False
        if scene.lower(n) in scene.known.units.money_words:
            return True
    return False


def part(scene: Scene, number: Number) -> Item | None:
    """Shares and multiples: `two-thirds of voters`, `half the fleet`, `sixfold`."""
    if number.form == "multiple":
        return Item(number.first, number.after, number, "multiple", "fold", rule="fold")
    if number.form != "share":
        return None
    k, nouns = number.after, scene.known.nouns
    behind = counted.skip_owner(scene.tokens, k + (scene.lower(k) == "of"), nouns)
    noun = counted.phrase(scene.tokens, behind, nouns) or counted.single(scene.tokens, behind, nouns)
    return Item(number.first, k, number, "multiple", None, (noun.first, noun.after) if noun else None, rule="share")


def order(scene: Scene, number: Number) -> Item | None:
    """`tens of thousands of tents`: from one order of magnitude to the next."""
    if number.form != "order":
        return None
    k, known = number.after + (scene.lower(number.after) == "of"), scene.known
    unit = units.unit_after(scene.tokens, k, known.units, digits=False)
    behind = counted.skip_owner(scene.tokens, k, known.nouns)
    noun = None if unit else counted.phrase(scene.tokens, behind, known.nouns)
    name = unit.unit.name or unit.text if unit else scene.words(noun.first, noun.after) if noun else None
    after = unit.after if unit else noun.after if noun else number.after
    span, high = (noun.first, noun.after) if noun else None, number.value * 10
    return Item(number.first, after, number, "vague", name, span, high, "order")


def count(scene: Scene, number: Number) -> Item | None:
    """A number before a noun phrase, or by itself."""
    if number.form == "words" and number.value == 0.5:  # `half-brother`, `half a loaf`
        return Item(number.first, number.after, number, None, rule="none")
    n, tokens, nouns = number.after, scene.tokens, scene.known.nouns
    if scene.lower(n) == "of":
        return _part_of(scene, number)
    to = hyphen(tokens, n) and hyphen(tokens, n + 2) and scene.lower(n + 1) == "to"  # `six-to-eight`
    if hyphen(tokens, n) and scene.lower(n + 1) in nouns.not_units and not to:
        return Item(number.first, n + 2, number, None, rule="none")
    behind = bounds.bound_behind(tokens, n, scene.known.around)
    one = number.value == 1 and not hyphen(tokens, n)
    if not one and (found := counted.phrase(tokens, behind[1] if behind else n, nouns)):
        return _counted(scene, number, found, "counted")
    if hyphen(tokens, n):
        found = counted.modifier(tokens, n + 1, nouns)
    elif one:
        found = None if scene.lower(number.first - 1) in scene.known.labels.alone else counted.single(tokens, n, nouns)
    else:
        found = counted.modifier(tokens, n, nouns)
    return _counted(scene, number, found, "modifier") if found else _bare(scene, number)


def _part_of(scene: Scene, number: Number) -> Item:
    """`two of Harl's deputies`, `30 of the 90 gauges`, `one of them`."""
    behind = counted.skip_owner(scene.tokens, number.after + 1, scene.known.nouns)
    if number.value == 1 and number.form == "words" and behind == number.after + 1:
        return Item(number.first, number.after, number, None, rule="none")  # `one of fraud`
    if behind < len(scene.tokens) and read(scene.tokens, behind, scene.known.numerals):
        return replace(_bare(scene, number), rule="part-of-number", kind="count")
    found = counted.phrase(scene.tokens, behind, scene.known.nouns)
    return _counted(scene, number, found, "part-of") if found else _bare(scene, number)


def _bare(scene: Scene, number: Number) -> Item:
    """A number without a unit. "One" is none unless a neighbour makes something of it: `one or two years`."""
    sign = scene.sign(number)
    lone = number.form == "words" and number.value in (0, 1)
    return Item(sign, number.after, _signed(number, sign < number.first), "count", rule="lone" if lone else "bare")


def _counted(scene: Scene, number: Number, noun: counted.Phrase, rule: str) -> Item:
    sign = scene.sign(number)
    number = _signed(number, sign < number.first)
    unit = scene.words(noun.first, noun.after)
    return Item(sign, noun.after, number, "count", unit, (noun.first, noun.after), rule=rule)


RULES: tuple[Rule, ...] = (no_quantity, ordinal, age, money, label, part, order, measured, count)
"""In order: the first that knows what a number is. The last always does."""


def read_items(scene: Scene) -> list[Item]:
    """Every number of the sentence, each by the first rule that knows it."""
    items: list[Item] = []
    after, openers = 0, scene.known.numerals.openers
    for k, token in enumerate(scene.tokens):
        if k < after or not (token.kind == "number" or token.lower in openers):
            continue
        number = read(scene.tokens, k, scene.known.numerals)
        item = number and next((found for rule in RULES if (found := rule(scene, number))), None)
        if number and item:
            items.append(item if item.first >= after else replace(item, first=after))
            after = max(number.after, item.after)
    return items
