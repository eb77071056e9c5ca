"""References to an id within the text of a YAML file, made references to another: all else stays to the byte.

The new text is read again and must say exactly what was meant. A reference that cannot be spliced safely, in or beside an
anchor, an alias or a comment, stays and is told with its line.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.model import NAME_KEYS, Edit, key
from generator.sheet import Sheet
from generator.splice_names import cut_name
from generator.yamlfile import Entry, Items, Node, Scalar, Table, data, read_yaml
from generator.yamltext import scalar_text

Places = Callable[[Table], Iterable[tuple[Table, Sequence[str]]]]
"""The mappings of a file that hold references, and the keys they do it under."""

FACT_NAMES = tuple(map(key, NAME_KEYS))
SELECTORS = ("who", "where", "about")
ENTITY_NAMES = ("in", "not", "merged-into")


@dataclass(frozen=True, slots=True)
class Renamed:
    """A text with its references rewritten."""

    text: str
    done: int
    """How many were."""
    left: tuple[int, ...]
    """Lines of those that were not."""


def of_facts(but: Collection[str] = ()) -> Places:
    """Where a fact file names entities; `but` are keys under which the id means something else."""
    names = tuple(name for name in FACT_NAMES if name not in but)

    def places(root: Table) -> Iterator[tuple[Table, Sequence[str]]]:
        source, facts = root.get("source"), root.get("facts")
        if source and isinstance(source.value, Table):
            yield source.value, ("publisher",)
        for node in facts.value.items if facts and isinstance(facts.value, Items) else ():
            if isinstance(node, Table):
                yield node, names

    return places


def of_topics(but: Collection[str] = ()) -> Places:
    """Where the curated topics do."""
    names = tuple(name for name in SELECTORS if name not in but)

    def places(root: Table) -> Iterator[tuple[Table, Sequence[str]]]:
        for entry in root.entries:
            facts = entry.value.get("facts") if isinstance(entry.value, Table) else None
            if facts and isinstance(facts.value, Table):
                yield facts.value, names

    return places


def of_registry(root: Table) -> Iterator[tuple[Table, Sequence[str]]]:
    """Where entities name each other."""
    for entry in root.entries:
        if isinstance(entry.value, Table):
            yield entry.value, ENTITY_NAMES


def renamed(text: str, places: Places, old: str, new: str) -> Renamed | None:
    """The text with `new` for `old` wherever that is referred to; None where it cannot be read.

    A list that would then hold a name twice holds it once.
    """
    root, problems = read_yaml("", text)
    if problems or not (root is None or isinstance(root, Table)):
        return None
    due = _due(root, places, old) if root else []
    whole = _spliced(text, root, due, old, new) if root and due else text
    if whole is not None:
        return Renamed(whole, len(due), ())
    return _one_by_one(text, places, old, new)


def _one_by_one(text: str, places: Places, old: str, new: str) -> Renamed:
    """The same where some cannot be made: each is tried by itself."""
    done, at = 0, 0
    while True:
        root, _ = read_yaml("", text)
        assert isinstance(root, Table)
        due = _due(root, places, old)
        if at >= len(due):
            return Renamed(text, done, tuple(entry.value.line for _, entry in due))
        made = _spliced(text, root, due[at : at + 1], old, new)
        if made is None:
            at += 1
        else:
            text, done = made, done + 1


def _due(root: Table, places: Places, old: str) -> list[tuple[Table, Entry]]:
    """Keys that refer to an id; what an alias repeats is referred to where its anchor is."""
    keys = ((table, entry) for table, names in places(root) for entry in table.entries if entry.name in names)
    return [(table, entry) for table, entry in keys if not table.alias and old in _ids(entry.value)]


def _ids(node: Node) -> Sequence[Any]:
    items = node.items if isinstance(node, Items) else (node,)
    return [item.value for item in items if isinstance(item, Scalar)]


def _spliced(text: str, root: Table, due: Sequence[tuple[Table, Entry]], old: str, new: str) -> str | None:
    """The text with some keys rewritten, if it then says what is meant."""
    sheet, edits, meant = Sheet(text, root), list[Edit](), dict[int, Any]()
    for table, entry in due:
        node = entry.value
        made = _scalar(node, old, new, flow=table.flow) if isinstance(node, Scalar) else _list(sheet, node, old, new)
        if made is None or node.tied:
            return None
        edits += made[0]
        meant[id(node)] = made[1]
    result = sheet.apply(edits)
    read, problems = read_yaml("", result) if result is not None else (None, [])
    return result if not problems and read and data(read) == _with(root, meant) else None


def _with(node: Node, meant: Mapping[int, Any]) -> Any:
    """A node as plain data, with other values at some places of it."""
    if id(node) in meant:
        return meant[id(node)]
    if isinstance(node, Items):
        return [_with(item, meant) for item in node.items]
    if isinstance(node, Table):
        return {entry.name: _with(entry.value, meant) for entry in node.entries}
    return data(node)


Made = tuple[list[Edit], Any]
"""Edits of a value, and what it then says."""


def _scalar(node: Scalar, old: str, new: str, *, flow: bool) -> Made:
    style = node.style if node.style in ("'", '"') else ""
    edits = [Edit(node.start, node.end, scalar_text(new, flow=flow, style=style))] if node.value == old else []
    return edits, new


def _list(sheet: Sheet, node: Node, old: str, new: str) -> Made | None:
    """The new name where the first of the two stands, and no second; or, if a comment hinders that, where it stands already."""
    assert isinstance(node, Items)
    places = [i for i, item in enumerate(node.items) if isinstance(item, Scalar) and item.value in (old, new)]
    stands = [i for i in places if data(node.items[i]) == new]
    return next(
        (made for at in dict.fromkeys([places[0], *stands]) if (made := _kept(sheet, node, places, at, new))), None
    )


def _kept(sheet: Sheet, node: Items, places: Sequence[int], at: int, new: str) -> Made | None:
    """A list in which the name at one of the places is the new one, and those at the others are gone."""
    gone = [i for i in places if i != at]
    cuts = [
        edit for i in gone if (edit := cut_name(sheet, node, i, gone)) and not sheet.commented(edit.start, edit.end)
    ]
    kept = node.items[at]
    if len(cuts) < len(gone) or not isinstance(kept, Scalar) or kept.tied:
        return None
    edits, _ = _scalar(kept, kept.value or "", new, flow=node.flow) if kept.value != new else ([], None)
    return cuts + edits, [new if i == at else data(item) for i, item in enumerate(node.items) if i not in gone]
