"""The person's side of a merge: the facts of a file with what people noted beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from generator.base import Known
from generator.facts import FactFile
from generator.match import HEADS, head
from generator.model import Fact, key, mapping
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


def renamed(known: Mapping[str, Known], ours: Collection[Fact], bad: Collection[str]) -> dict[str, str]:
    """The ids that people gave facts of the base, by those they had: one gone from the file, one new there, quote and gist the same.

    `bad` are ids of facts that stand in the file but cannot be read.
    """
    there = {fact.id for fact in ours}
    missing = [k for id_, k in known.items() if id_ not in there and id_ not in bad]
    names: dict[str, str] = {}
    for our in ours:
        if our.id in known:
            continue
        same = [
            k
            for k in missing
            if k.id not in names and k.found.fact.kind == our.kind and k.found.fact.quote == our.quote
        ]
        same = [k for k in same if head(k.found.fact) == head(our) and _much_alike(k.found.fact, our)]
        if same:
            names[max(same, key=lambda k: _alike(k.found.fact, our)).id] = our.id
    return names


def with_names(known: Iterable[Known], names: Mapping[str, str]) -> dict[str, Known]:
    """Facts of a base by the ids that people gave them: such a fact is theirs from then on."""
    found = {}
    for k in known:
        if id_ := names.get(k.id):
            fact = replace(k.found.fact, id=id_)
            k = replace(k, found=replace(k.found, fact=fact), held=tuple(sorted({*k.held, "id"})))
        found[k.id] = k
    return found


def _much_alike(a: Fact, b: Fact) -> bool:
    """Whether two facts of one quote and gist are one that was renamed, rather than one deleted and another written.

    Told by what they say besides: half of it at least is the same.
    """
    one, other = mapping(a), mapping(b)
    besides = (one.keys() | other.keys()) - {"id", "kind", "quote", *map(key, HEADS[a.kind])}
    same = [name for name in besides if one.get(name) == other.get(name)]
    return 2 * len(same) >= len(besides)


def _alike(a: Fact, b: Fact) -> int:
    one, other = mapping(a), mapping(b)
    return sum(one[name] == other.get(name) for name in one)
