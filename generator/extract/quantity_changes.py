"""Numbers that tell by how much something rose or fell: "slid 3 percent", "cut its forecast by 12"."""

from __future__ import annotations

from collections.abc import Sequence

from generator.extract import bounds, counted
from generator.extract.bounds import Change
from generator.extract.quantity_scene import Item, Scene

FAR = 9
"""Tokens between a verb of change and its "by"."""
GAP = 8
"""Tokens between two numbers of which the second lacks the verb of the first."""
AMOUNTS = ("percent", "money", "measure", "count")


def change(scene: Scene, item: Item, before: int) -> Change | None:
    """The rise or fall that the item measures; bounds and the like stand from token `before`."""
    if item.kind not in AMOUNTS or item.rule == "modifier":
        return None
    points = (item.unit or "").rpartition(" ")[2] in ("point", "points")
    rate = item.kind in ("percent", "money") or points or not item.number.whole
    if item.kind == "percent" and item.number.value < 0:
        return "fall"
    return bounds.change_before(scene.tokens, before, scene.known.around, rate=rate) or _by(scene, before)


def _by(scene: Scene, k: int) -> Change | None:
    """`raised its key rate by 25 points`: the verb in front of what it changes, and no other verb between."""
    if scene.lower(k - 1) != "by":
        return None
    nouns, changes = scene.known.nouns, scene.known.around.changes
    for n in range(k - 2, max(-1, k - 2 - FAR), -1):
        token = scene.tokens[n]
        if found := changes.get(token.lower):
            return found
        if token.kind != "word" or token.lower in nouns.verbs or counted.participle(token.lower):
            return None
        if token.lower in scene.known.around.clause_ends:
            return None
    return None


def restated(scene: Scene, before: Item, after: int, item: Item, begins: int) -> bool:
    """Whether an item tells the one before it once more; they end and begin, with bounds and rates, at the two tokens.

    `fell 9 points, or 2 percent`; `under 300 horsepower (224 kilowatts)`.
    """
    if item.kind not in AMOUNTS or item.bare or (item.kind, item.unit) == (before.kind, before.unit):
        return False
    return tuple(token.lower for token in scene.tokens[after:begins]) in ((",", "or"), ("or",), ("(",))


def _gapped(scene: Scene, before: Item, after: int, item: Item, begins: int) -> bool:
    """Whether it lacks only the verb of the one before it: `lost 2 percent, the Harl index 3 percent`."""
    between = scene.tokens[after:begins]
    if not 0 < len(between) <= GAP or item.kind != "percent" or before.kind != "percent" or item.noun:
        return False
    return between[0].text in (",", "and", ";") and all(
        token.lower in scene.known.around.gapped or token.text[0].isupper() or token.kind == "number"
        for token in between
    )


def changes(scene: Scene, items: Sequence[Item], extents: Sequence[tuple[int, int]]) -> list[Change | None]:
    """The change of each item, its own or that of the one before it; extents are the items with bounds and rates."""
    out: list[Change | None] = []
    last: tuple[Item, int, Change] | None = None
    for item, (begins, after) in zip(items, extents, strict=True):
        own = change(scene, item, begins)
        if own is None and last:
            before, end, carried = last
            again = restated(scene, before, end, item, begins) or _gapped(scene, before, end, item, begins)
            own = carried if again else None
        if own:
            last = item, after, own
        elif item.kind not in (None, "model", "ordinal"):
            last = None
        out.append(own)
    return out
