"""The person's side of a merge: the facts of a file with what people noted beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from generator.base import Known
from generator.facts import FactFile
from generator.match import head
from generator.model import Fact, mapping
from generator.sheet import Sheet, commented_keys, item_commented
from generator.yamlfile import Items, Table


@dataclass(frozen=True, slots=True)
class Ours:
    """A fact as it stands in the file."""

    fact: Fact
    commented: frozenset[str]
    """Keys with comments."""
    remarked: bool
    """Whether any comment belongs to it."""


def ours_of(file: FactFile | None) -> dict[str, Ours]:
    """The facts of a file by id, with what people noted beside them."""
    if not file or not file.root:
        return {}
    sheet, nodes = Sheet(file.text, file.root), nodes_of(file.root)
    listed = file.root.get("facts")
    items = listed.value if listed else None
    assert isinstance(items, Items) or not file.facts
    found = {}
    for fact in file.facts:
        at, node = nodes[fact.id]
        keys = frozenset(commented_keys(sheet, node))
        remarked = bool(keys) or (isinstance(items, Items) and item_commented(sheet, items, at))
        found[fact.id] = Ours(fact, keys, remarked)
    return found


def nodes_of(root: Table) -> dict[str, tuple[int, Table]]:
    """Place and node of each fact by id; of facts with one id the first."""
    listed = root.get("facts")
    items = listed.value.items if listed and isinstance(listed.value, Items) else ()
    found: dict[str, tuple[int, Table]] = {}
    for at, node in enumerate(items):
        entry = node.get("id") if isinstance(node, Table) else None
        if isinstance(node, Table) and entry:
            found.setdefault(getattr(entry.value, "value", None) or "", (at, node))
    return found


def renamed(known: Mapping[str, Known], ours: Mapping[str, Ours], file: FactFile | None) -> dict[str, Known]:
    """The base with the ids that people gave its facts: one gone from the file, one new there, quote and gist the same."""
    bad = file.bad_ids if file else frozenset()
    missing = [k for id_, k in known.items() if id_ not in ours and id_ not in bad]
    names: dict[str, str] = {}
    for id_, our in ours.items():
        if id_ in known:
            continue
        same = [
            k
            for k in missing
            if k.id not in names and k.found.fact.kind == our.fact.kind and k.found.fact.quote == our.fact.quote
        ]
        same = [k for k in same if head(k.found.fact) == head(our.fact)]
        if same:
            names[max(same, key=lambda k: _alike(k.found.fact, our.fact)).id] = id_
    result = {}
    for id_, k in known.items():
        new = names.get(id_, id_)
        result[new] = replace(k, found=replace(k.found, fact=replace(k.found.fact, id=new)))
    return result


def _alike(a: Fact, b: Fact) -> int:
    one, other = mapping(a), mapping(b)
    return sum(one[name] == other.get(name) for name in one)
