"""One entity merged into another in the text of the registry, and in what the generator remembers of facts.

The one becomes a stub that leads to the other: `merged-into`. Its names go to the other's `aka`, and what it has and the other
lacks goes there too. Nothing is dumped anew; each text is read again and must say exactly what was meant.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import fields, replace
from functools import partial
from typing import Any

from generator.base import Base, Conflict, Known, Names, write_base
from generator.lexicon import Lexicons
from generator.model import NAME_KEYS, Entity, Fact, Registry, key, mapping
from generator.registry import family, parse_registry_file
from generator.renaming import FACT_NAMES
from generator.sheet import Edits, Sheet
from generator.splice import add_key, add_written, remove_key, set_value
from generator.statement import follow
from generator.yamlfile import Table, read_yaml
from generator.yamltext import scalar_text

KEYS = tuple(key(field.name) for field in fields(Entity))
"""Keys of an entity, in the order in which they are written."""


def refusal(one: Entity, other: Entity, registry: Registry, lexicons: Lexicons) -> tuple[str, str]:
    """Why one is not to be merged into the other, and what to do; two empty texts where nothing speaks against it."""
    ends = follow(one.id, registry)
    if one.merged_into and ends and ends.id != other.id:
        return (
            f"'{one.id}' is merged into '{ends.id}' already",
            f"merge that: briefing merge-entities {ends.id} {other.id}",
        )
    if other.merged_into:
        end = follow(other.id, registry)
        return (
            f"'{other.id}' is itself merged into '{other.merged_into}'",
            f"name '{end.id}'" if end else "break the ring",
        )
    if other.id in one.not_ or one.id in other.not_:
        return f"'{one.id}' and '{other.id}' are said to be two", "take the id out of `not` first"
    kinds = [family(entity.kind, lexicons) for entity in (one, other)]
    if kinds[0] != kinds[1]:
        sides = [_a(kind or entity.kind) for kind, entity in zip(kinds, (one, other), strict=True)]
        told = f"'{one.id}' is {sides[0]}, and '{other.id}' {sides[1]}"
        return told, "correct the kind of one of them first"
    for inner, outer in ((one, other), (other, one)):
        if outer.id in _above(inner, registry):
            return f"'{inner.id}' lies in '{outer.id}'", "take it out of `in` first, if they are one"
    return "", ""


def _a(noun: str) -> str:
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def _above(entity: Entity, registry: Registry) -> list[str]:
    found: list[str] = []
    at = follow(entity.in_ or "", registry)
    while at and at.id not in found:
        found.append(at.id)
        at = follow(at.in_ or "", registry)
    return found


def heir(one: Entity, other: Entity) -> tuple[Entity, dict[str, str]]:
    """The other with all that the one brings; and, by field, what of the one has no room there."""
    names = dict.fromkeys([*other.aka, *(name for name in one.names() if name not in other.names())])
    ids = {**one.ids, **other.ids}
    clash = ", ".join(f"{name}: {value}" for name, value in one.ids.items() if ids[name] != value)
    left = {"ids": clash} if clash else {}
    values: dict[str, Any] = {}
    for name in ("in_", "at", "note"):
        ours, theirs = getattr(other, name), getattr(one, name)
        values[name] = theirs if ours is None else ours
        if theirs is not None and values[name] != theirs:
            left[name] = str(list(theirs)) if isinstance(theirs, tuple) else str(theirs)
    apart = tuple(dict.fromkeys([*other.not_, *(id_ for id_ in one.not_ if id_ != other.id)]))
    return replace(other, aka=tuple(names), ids=ids, not_=apart, **values), left


def with_heir(text: str, before: Entity, after: Entity, lexicons: Lexicons) -> str | None:
    """The text of a registry file with an entity as it is to be; None where that cannot be spliced in safely."""
    now, then = mapping(before), mapping(after)
    keys = [name for name in KEYS if now.get(name) != then.get(name)]

    def edits(sheet: Sheet, record: Table) -> Edits:
        made = [_written(sheet, record, name, then[name]) for name in keys]
        return None if None in made else [edit for some in made for edit in some or ()]

    return _proved(text, after, edits, lexicons) if keys else text


def _written(sheet: Sheet, record: Table, name: str, value: Any) -> Edits:
    entry = record.get(name)
    if isinstance(value, Mapping):
        if entry and isinstance(entry.value, Table) and not entry.value.tied:
            inner, order = entry.value, tuple(value)
            new = {k: v for k, v in value.items() if not inner.get(k)}
            made = [add_key(sheet, inner, k, v, order) for k, v in new.items()]
            return None if None in made else [edit for some in made for edit in some or ()]
        text = ", ".join(f"{scalar_text(k, flow=True)}: {scalar_text(v, flow=True)}" for k, v in value.items())
        return None if entry else add_written(sheet, record, name, f"{{{text}}}", KEYS)
    value = value if isinstance(value, str) else list(value)
    return set_value(sheet, record, name, value) if entry else add_key(sheet, record, name, value, KEYS)


def with_stub(text: str, one: Entity, other: Entity, kept: Collection[str], lexicons: Lexicons) -> str | None:
    """The text of a registry file in which one is a stub: its name, and where it leads.

    Keys that are `kept`, and those that a comment or an anchor holds, stay there without effect.
    """
    now = replace(one, merged_into=other.id)
    made = _proved(text, now, lambda sheet, record: _written(sheet, record, "merged-into", other.id), lexicons)
    for name, nothing in NOTHING.items():
        if made is None or name in kept:
            continue
        then = replace(now, **{name: nothing})
        shorter = _proved(made, then, partial(_removed, name=key(name)), lexicons)
        made, now = (shorter, then) if shorter is not None else (made, now)
    return made


NOTHING: Mapping[str, Any] = {
    "aka": (), "in_": None, "at": None, "ids": {}, "status": "candidate", "not_": (), "note": None,
}  # fmt: skip
"""What a stub has no use for, as it is where nothing is written."""


def _removed(sheet: Sheet, record: Table, name: str) -> Edits:
    return remove_key(sheet, record, name)


def with_apart(text: str, one: Entity, id_: str, lexicons: Lexicons) -> str | None:
    """The text of a registry file in which one entity is said not to be another; None where that cannot be spliced in safely."""
    return with_heir(text, one, replace(one, not_=(*one.not_, id_)), lexicons)


def _proved(text: str, meant: Entity, edit: Callable[[Sheet, Table], Edits], lexicons: Lexicons) -> str | None:
    """The text with an edit of an entity's entry, if it then says what is meant of it, and of the others what it said."""
    root, problems = read_yaml("", text)
    entry = root.get(meant.id) if isinstance(root, Table) and not problems else None
    if not isinstance(root, Table) or entry is None or not isinstance(entry.value, Table) or entry.value.alias:
        return None
    sheet = Sheet(text, root)
    edits = edit(sheet, entry.value)
    made = sheet.apply(edits) if edits is not None else None
    if made is None:
        return None
    (before, told), (after, still) = (parse_registry_file("", t, lexicons) for t in (text, made))
    same = dict(before.entities) | {meant.id: meant} == after.entities and len(told) == len(still)
    return made if same else None


def renamed_base(base: Base, old: str, new: str, sha256: str) -> str:
    """The text of a base in which one id stands for another; `sha256` is that of its fact file's new text.

    So what the machine wrote stays the machine's, and what a person did stays a person's. A question whose two sides are one
    then is settled.
    """
    publisher = new if base.source.publisher == old else base.source.publisher
    conflicts = (_conflict(conflict, old, new) for conflict in base.conflicts)
    return write_base(
        replace(
            base,
            sha256=sha256,
            source=replace(base.source, publisher=publisher),
            facts=tuple(_known(known, old, new) for known in base.facts),
            conflicts=tuple(c for c in conflicts if not c.key or c.ours != c.theirs),
        )
    )


def _ids(ids: Sequence[str], old: str, new: str) -> Names:
    return tuple(dict.fromkeys(new if id_ == old else id_ for id_ in ids)) if old in ids else tuple(ids)


def _known(known: Known, old: str, new: str) -> Known:
    def lists(items: Mapping[str, Names]) -> dict[str, Names]:
        return {name: _ids(ids, old, new) if name in FACT_NAMES else ids for name, ids in items.items()}

    fact: Fact = known.found.fact
    values: dict[str, Any] = {}
    for name in NAME_KEYS:
        value = getattr(fact, name, None)
        if value:
            values[name] = _ids(value, old, new) if isinstance(value, tuple) else new if value == old else value
    found = replace(known.found, fact=replace(fact, **values))
    return replace(known, found=found, added=lists(known.added), dropped=lists(known.dropped))


def _conflict(conflict: Conflict, old: str, new: str) -> Conflict:
    if conflict.key not in (*FACT_NAMES, "publisher"):
        return conflict

    def side(value: str | Names | None) -> str | Names | None:
        return _ids(value, old, new) if isinstance(value, tuple) else new if value == old else value

    return replace(conflict, ours=side(conflict.ours), theirs=side(conflict.theirs))
