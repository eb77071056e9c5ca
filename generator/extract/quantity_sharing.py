"""Bare numbers that take the unit of a neighbour: lists, parts, what it was before, what it came to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from generator.extract import bounds
from generator.extract.quantity_changes import restated
from generator.extract.quantity_joins import gap_between
from generator.extract.quantity_scene import Item, Scene

LISTS = (("and",), ("or",), ("to",), ("&",), (",", "and"), (",", "or"))


def shared(scene: Scene, items: Sequence[Item]) -> list[Item]:
    """Bare numbers with the unit of a neighbour: `three or five percent`, `30 of the 90 gauges`, `down from 60`."""
    out: list[Item] = []
    listed = False
    for item in reversed(items):
        last = out[-1] if out else None
        if last and item.bare:
            gap = gap_between(scene, item, last)
            listed = gap in LISTS or (listed and gap == (",",))
            if item.rule == "part-of-number":
                item = replace(item, unit=last.unit, noun=last.noun) if last.kind == "count" else item
            elif listed and last.unit and last.kind not in ("age", None):
                item = replace(item, unit=last.unit, kind=last.kind, noun=last.noun, rule="shared")
        else:
            listed = False
        out.append(item)
    return _taken(scene, out[::-1])


def _taken(scene: Scene, items: Sequence[Item]) -> list[Item]:
    """The items, those that are bare with the unit of the one that a rule finds it in."""
    out: list[Item] = []
    whole: Item | None = None
    after = 0  # where the whole ends, with what tells it once more: `9 points, or 2 percent,`
    for item in items:
        begins = _begins(scene, item)
        if item.bare and whole:
            rule = next((name for name, takes in TAKES.items() if takes(scene, whole, item, after, begins)), None)
            if rule:
                item = replace(item, unit=whole.unit, kind=whole.kind, noun=whole.noun, rule=rule)
        elif item.unit and item.kind in ("count", "money", "percent", "measure"):
            whole, after = whole if whole and restated(scene, whole, after, item, begins) else item, item.after
        out.append(item)
    return out


def _begins(scene: Scene, item: Item) -> int:
    found = bounds.bound_before(scene.tokens, item.first, scene.known.around)
    return found[1] if found else item.first


def _from_before(scene: Scene, whole: Item, item: Item, after: int, begins: int) -> bool:
    """`40 gauges, up from 12`; `rose to 40 gauges from 12`: what it was before is counted in the same unit."""
    if scene.lower(begins - 1) != "from":
        return False
    if scene.lower(begins - 2) in ("up", "down"):
        return True
    changes = scene.known.around.changes
    return begins - after <= 4 and any(scene.lower(n) in changes for n in range(max(0, whole.first - 6), whole.first))


def _parallel(scene: Scene, whole: Item, item: Item, after: int, begins: int) -> bool:
    """`4 billion crowns for roads and 1.2 billion for schools`: as large, and nothing of its own that it counts."""
    if not (item.number.scaled and whole.number.scaled) or begins - after > NEAR:
        return False
    if scene.lower(begins - 1) not in ("and", "or", ",", "from", "versus", "against"):
        return False
    behind = scene.tokens[item.after] if item.after < len(scene.tokens) else None
    return behind is None or behind.kind == "mark" or behind.lower in scene.known.around.gap_ends


def _or_rate(scene: Scene, whole: Item, item: Item, after: int, begins: int) -> bool:
    """`800 crowns a month, or 9,600 a year`."""
    if whole.kind != "money" or scene.lower(begins - 1) != "or" or begins - after > 5:
        return False
    return bounds.rate_behind(scene.tokens, item.after, scene.known.around) is not None


def _included(scene: Scene, whole: Item, item: Item, after: int, begins: int) -> bool:
    """`60 ships, including 12 in Harl`; `60 ships, of which 12 sank`; `60 ships, 12 of them old`."""
    if whole.kind != "count" or item.number.value >= whole.number.value or begins - after > NEAR:
        return False
    among = (scene.lower(begins - 2), scene.lower(begins - 1)) in (("of", "which"), ("of", "whom"), ("of", "them"))
    pointing = scene.lower(item.after) == "of" and scene.lower(item.after + 1) in ("them", "those", "which", "whom")
    return among or pointing or scene.lower(begins - 1) == "including"


def _came_to(scene: Scene, whole: Item, item: Item, after: int, begins: int) -> bool:
    """`rose 64 points to 4,577`: what it came to, after a rise or fall."""
    if whole.kind not in ("count", "measure") or scene.lower(begins - 1) not in ("to", "at"):
        return False
    between = {token.lower for token in scene.tokens[after : begins - 1]}
    if not between <= scene.known.around.settles or begins - after > NEAR:
        return False
    return bounds.change_before(scene.tokens, _begins(scene, whole), scene.known.around, rate=True) is not None


def _as_much(scene: Scene, whole: Item, item: Item, after: int, begins: int) -> bool:
    """`wages grew by 4 percent and prices by 6`."""
    return (
        whole.kind == "percent"
        and scene.lower(begins - 1) == "by"
        and not item.number.scaled
        and item.number.value < 100
    )


def _compared(scene: Scene, whole: Item, item: Item, after: int, begins: int) -> bool:
    """`planted 40 trees, short of its target of 90`, `short of the 90 that were promised`, `against 60 last year`."""
    at = item.first - 1
    if whole.kind not in ("count", "money") or begins - after > AIMED:
        return False
    at -= scene.lower(at) == "the"
    before, further = scene.lower(at), scene.lower(at - 1)
    if before == "of":
        return further in ("target", "goal", "quota", "short", "instead", "ahead")
    return before in ("against", "versus")


AIMED = 24
"""Tokens between what was reached and what was aimed at."""
NEAR = 10
"""Tokens between a number and one that takes its unit."""
TAKES: Mapping[str, Callable[[Scene, Item, Item, int, int], bool]] = {
    "from-before": _from_before,
    "parallel": _parallel,
    "or-rate": _or_rate,
    "included": _included,
    "came-to": _came_to,
    "as-much": _as_much,
    "compared": _compared,
}
