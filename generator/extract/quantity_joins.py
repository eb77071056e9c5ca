"""Numbers that belong together: ranges, proportions and scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from generator.extract import bounds
from generator.extract.number_tokens import DASHES, hyphen
from generator.extract.numerals import times
from generator.extract.quantity_scene import Item, Scene

Join = Callable[[Scene, Item, Item], Item | None]


def gap_between(scene: Scene, a: Item, b: Item) -> tuple[str, ...]:
    """The words between two items, a lone dash as "-"; hyphens beside words left out: `six-to-eight`."""
    if b.first - a.after > 4:
        return ("…",)
    words = tuple("-" if t.text in DASHES or t.text == "—" else t.lower for t in scene.tokens[a.after : b.first])
    return words if len(words) == 1 else tuple(w for w in words if w != "-")


def proportion(scene: Scene, a: Item, b: Item) -> Item | None:
    """`one in four households`, `nine out of 10`."""
    gap = gap_between(scene, a, b)
    if gap not in (("in",), ("out", "of"), ("in", "every"), ("out", "of", "every")) or not a.bare or b.kind != "count":
        return None
    low, high = a.number.value, b.number.value
    if a.number.scaled or not (a.number.whole and b.number.whole and 0 < low < high <= 1000):
        return None
    if gap == ("in",) and low > 10:
        return None
    number = replace(a.number, value=low / high, after=b.number.after)
    return Item(a.first, b.number.after, number, "multiple", None, b.noun, rule="proportion")


def score(scene: Scene, a: Item, b: Item) -> Item | None:
    """`2-1`, `by 31 votes to 12`; the other side is `high`."""
    gap, first, second = gap_between(scene, a, b), a.number, b.number
    if (
        a.kind != "count"
        or b.kind != "count"
        or not (first.whole and second.whole)
        or second.scaled
        or second.value > 999
    ):
        return None
    noun = a.unit is not None and a.unit.rpartition(" ")[2] in scene.known.labels.score_nouns
    tally = noun and b.bare and gap in (("to",), ("against",))
    touching = gap == ("-",) and a.bare and a.after + 1 == b.first and hyphen(scene.tokens, a.after)
    close = touching and (b.bare or b.rule == "modifier" or first.value >= second.value)
    voted = a.bare and b.bare and gap == ("to",) and first.value > second.value and scene.lower(a.first - 1) != "from"
    if not (tally or close or voted):
        return None
    return Item(a.first, second.after, first, "score", None, a.noun, second.value, "score")


def between(scene: Scene, a: Item, b: Item) -> Item | None:
    """`15-22 miles`, `1 to 1.5 degrees`, `between 5 and 8 million dollars`, `three or four years`."""
    gap, before = gap_between(scene, a, b), scene.lower(a.first - 1)
    if a.kind is None or b.kind is None or {a.kind, b.kind} & {"ordinal", "model", "score", "multiple"}:
        return None
    if gap == ("or",):
        shares = a.bare or (a.unit == b.unit and a.after == a.number.after)
        return _range(scene, a, b, b, a.number.value) if shares and not b.bare and b.kind != "money" else None
    if gap not in (("to",), ("-",)) and not (gap == ("and",) and before == "between"):
        return None
    framed = before in ("between", "from")
    own = b if a.bare or (a.kind == b.kind and a.unit == b.unit) else None
    if own is None and b.bare and (a.kind == "age" or (a.kind == "money" and (gap == ("-",) or framed))):
        own = a  # `$7-9`, `aged 18 to 25`
    if own is None or (gap == ("to",) and _moved(scene, a, before)):
        return None
    if (
        gap == ("-",)
        and own.bare
        and len(scene.tokens[b.number.first].text) > 3
        and "," not in scene.tokens[b.number.first].text
    ):
        return replace(a, after=b.after, kind=None)  # `555-1234`
    low = a.number.value
    if b.number.scale > a.number.scale == 1 and low < 1000 and low * b.number.scale <= b.number.value:
        low = times(low, b.number.scale)
    return _range(scene, a, b, own, low)


def _range(scene: Scene, a: Item, b: Item, own: Item, low: int | float) -> Item | None:
    if low >= b.number.value or b.high is not None or a.high is not None:
        return None
    framed = scene.lower(a.first - 1) in ("between", "from")
    outer = a.first - 1 if framed else a.outer
    number = replace(a.number, value=low)
    return Item(a.first, b.after, number, own.kind, own.unit, b.noun, b.number.value, "range", outer)


def _moved(scene: Scene, a: Item, before: str) -> bool:
    """Whether the two are steps of a change, not ends of a range: `rose from 5 to 7`, `up $3 to $58`, `by 3% to 12%`."""
    known, changes = scene.known.around, scene.known.around.changes
    if before == "from":
        return any(scene.lower(n) in changes for n in range(max(0, a.first - 5), a.first - 1))
    return not a.bare and (before == "by" or bounds.change_before(scene.tokens, a.first, known, rate=True) is not None)


JOINS: tuple[Join, ...] = (proportion, score, between)


def _days(scene: Scene, a: Item, b: Item) -> bool:
    """Whether a number beside a date is a day as well: `12 and 13 May`, `May 12 to 15`."""
    if not ((a.rule == "date" and b.bare) or (a.bare and b.rule == "date")) or max(a.number.value, b.number.value) > 31:
        return False
    return gap_between(scene, a, b) in (("and",), ("to",), ("or",), ("-",), (",",))


def _continued(scene: Scene, before: Item, item: Item) -> bool:
    """Whether a hyphen joins the item to digits that are no quantity."""
    if before.kind not in (None, "model") or before.number.form != "digits":
        return False
    if _days(scene, before, item):
        return True
    return hyphen(scene.tokens, before.after) and item.first == before.after + 1


def joined(scene: Scene, items: Sequence[Item]) -> list[Item]:
    """The items with neighbours made one where a join says so."""
    out: list[Item] = []
    for item in items:
        before = out[-1] if out else None
        if before and item.rule == "date" and _days(scene, before, item):
            out[-1] = before = replace(before, kind=None, rule="date")
        if before and _continued(scene, before, item):
            item = replace(item, kind=None, rule=before.rule)  # `Sept. 20-24`, `2017-18`, `Flight 737-800`
        found = before and next((found for join in JOINS if (found := join(scene, before, item))), None)
        if found:
            out[-1] = found
        else:
            out.append(item)
    return out
