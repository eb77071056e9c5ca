"""The changes that a merge decided on, made in the text of a fact file, and proved.

The new text is read again and must say exactly what was decided. Where it does not, or a splice is not
safe, the changes at fault are withheld and the rest is made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

from generator.facts import FactFile, parse_fact_file
from generator.model import KEY_ORDER, Edit, Source, key, mapping
from generator.ours import nodes_of
from generator.sheet import Edits, Sheet
from generator.splice import add_key, insert_item, remove_items, remove_key, set_value
from generator.yamlfile import Entry, Table
from generator.yamltext import item

FACT_KEYS = tuple(key(name) for name in KEY_ORDER)
SOURCE_KEYS = tuple(key(f.name) for f in fields(Source))

Do = Literal["set", "add", "remove-key", "insert", "remove"]


@dataclass(frozen=True, slots=True)
class Op:
    """One change to one fact, or to the source."""

    do: Do
    id: str
    key: str = ""
    """The YAML key; empty for a whole fact."""
    value: Any = None
    """Of the key, or the whole new fact."""
    after: str | None = None
    """Id of the fact that a new one follows; None to stand first."""

    @property
    def field(self) -> str:
        """The name of the key's field in the record."""
        return self.key.replace("-", "_")


State = dict[str, dict[str, Any]]
"""What a file says: mappings by fact id, and at `source`."""


def patch(file: FactFile, ops: Sequence[Op]) -> tuple[str, list[Op]]:
    """The text with the changes, and those that were withheld."""
    left = list(ops)
    while left and file.root:
        desk = _Desk(file, file.root)
        safe = [op for op in left if desk.edits([op]) is not None]
        made = _together(desk, [], safe)
        if not made:
            break
        text = desk.made(made)
        assert text is not None
        left = [op for op in left if op not in made]
        read = parse_fact_file(file.path, text)[0] if left else None
        if not read:
            return text, left
        file = read  # two edits that meet in the same characters are made one after the other
    return file.text, left


def _together(desk: _Desk, good: list[Op], ops: list[Op]) -> list[Op]:
    """The changes that can be made beside some good ones; the culprits are found by halves."""
    if not ops or desk.made([*good, *ops]) is not None:
        return [*good, *ops]
    if len(ops) == 1:
        return good
    middle = len(ops) // 2
    return _together(desk, _together(desk, good, ops[:middle]), ops[middle:])


class _Desk:
    """A file laid out for splicing."""

    def __init__(self, file: FactFile, root: Table) -> None:
        self.file, self.sheet = file, Sheet(file.text, root)
        self.facts = root.get("facts")
        source = root.get("source")
        self.source = source.value if source and isinstance(source.value, Table) else None
        nodes = nodes_of(root)
        self.places = {id_: at for id_, (at, _) in nodes.items()}
        self.nodes = {id_: node for id_, (_, node) in nodes.items()}

    def made(self, ops: Sequence[Op]) -> str | None:
        """The text with these changes, if it then says what they mean."""
        edits = self.edits(ops)
        text = self.sheet.apply(edits) if edits is not None else None
        if text is None:
            return None
        if text == self.file.text:
            return text if not ops else None
        read, _ = parse_fact_file(self.file.path, text)
        same = (
            read is not None
            and not read.broken
            and (read.bad_ids, read.nameless) == (self.file.bad_ids, self.file.nameless)
        )
        return text if same and read and state(read) == changed(state(self.file), ops) else None

    def edits(self, ops: Sequence[Op]) -> Edits:
        """All edits of these changes; None where one of them is not safe."""
        edits: list[Edit] = []
        for op in ops:
            if op.key:
                made = self._key(op)
                if made is None:
                    return None
                edits += made
        whole = self._whole(ops)
        return None if whole is None else edits + whole

    def _key(self, op: Op) -> Edits:
        record = self.source if op.id == "source" else self.nodes.get(op.id)
        if record is None:
            return None
        there = record.get(op.key) is not None
        if op.do == "remove-key":
            return remove_key(self.sheet, record, op.key)
        if there:  # an empty value counts as absent, but its key stands there
            return set_value(self.sheet, record, op.key, op.value)
        return add_key(self.sheet, record, op.key, op.value, SOURCE_KEYS if op.id == "source" else FACT_KEYS)

    def _whole(self, ops: Sequence[Op]) -> Edits:
        """New facts, those that follow the same one together, and removed ones."""
        inserts, gone = [op for op in ops if op.do == "insert"], [op for op in ops if op.do == "remove"]
        if not inserts and not gone:
            return []
        if self.facts is None:
            return None
        if any(op.id not in self.places for op in gone):
            return None
        cut = remove_items(self.sheet, self.facts, sorted(self.places[op.id] for op in gone), filled=bool(inserts))
        if gone and cut is None:
            return None
        put = self._inserts(self.facts, inserts)
        return None if put is None else [*put, *(cut if gone and cut else [])]

    def _inserts(self, facts: Entry, inserts: Sequence[Op]) -> Edits:
        at: dict[str, int | None] = {}
        groups: dict[int | None, list[str]] = {}
        for op in inserts:
            # A new fact may follow another new one: then it goes where that one goes.
            place = None if op.after is None else at.get(op.after, self.places.get(op.after))
            at[op.id] = place
            groups.setdefault(place, []).append(item(mapping(op.value)))
        edits: list[Edit] = []
        for place, written in groups.items():
            made = insert_item(self.sheet, facts, place, written)
            if made is None:
                return None
            edits += made
        return edits


def state(file: FactFile) -> State:
    """What a file says, for comparison."""
    return {"source": mapping(file.source)} | {fact.id: mapping(fact) for fact in file.facts}


def changed(before: Mapping[str, Mapping[str, Any]], ops: Sequence[Op]) -> State:
    """The state with the changes made to it as data."""
    after = {id_: dict(values) for id_, values in before.items()}
    for op in ops:
        if op.do == "insert":
            after[op.id] = mapping(op.value)
        elif op.do == "remove":
            del after[op.id]
        elif op.do == "remove-key":
            after[op.id].pop(op.key, None)
        else:
            after[op.id][op.key] = op.value
    return after
