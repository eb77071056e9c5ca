"""New entries at the end of a file of the registry, whose text stays as it is to the byte."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.model import Entity, mapping
from generator.registry import RegistryFile
from generator.yamlfile import Table, read_yaml
from generator.yamlparts import first_two
from generator.yamltext import block


def added_to(file: RegistryFile, entities: Sequence[Entity]) -> str:
    """The text of a file as it was read, with `entities`; as `add_candidates` gives it, without a look at every entry."""
    if not file.names:
        return add_candidates(file.text, entities)
    new = {entity.id: entity for entity in entities if entity.id not in file.names}
    text, count = first_two(file.text)
    first = read_yaml("", text)[0]
    apart = count > 1 and isinstance(first, Table) and "\n\n" in text[first.entries[0].value.end :]
    result = _with(file.text, new.values(), "", "\n", apart)
    read = read_yaml("", result[len(file.text) :])[0]
    return result if isinstance(read, Table) and {e.name for e in read.entries} == new.keys() else file.text


def add_candidates(text: str | None, entities: Sequence[Entity]) -> str:
    """The text of a registry file with entries appended for the entities whose ids it lacks.

    What stands there stays to the byte. A text that cannot be read, or not appended to, comes back as it is.
    """
    text, given = text or "", text or ""
    root, problems = read_yaml("", text)
    if isinstance(root, Table) and not text[root.start : root.end].strip(" {}\r\n"):
        text = text[: root.start] + text[root.end :].lstrip("\r\n ")
        root, problems = read_yaml("", text)
    rows = root.entries if isinstance(root, Table) else ()
    there = {entry.name for entry in rows}
    new = {entity.id: entity for entity in entities if entity.id not in there}
    if problems or not (root is None or (isinstance(root, Table) and not root.flow)) or not new:
        return given
    indent = " " * (rows[0].key.column - 1) if rows else ""
    newline = "\r\n" if "\r\n" in text else "\n"
    apart = len(rows) > 1 and "\n\n" in text[rows[0].value.end : rows[1].key.start].replace("\r", "")
    result = _with(text, new.values(), indent, newline, apart)
    read, problems = read_yaml("", result)
    ids = {entry.name for entry in read.entries} if isinstance(read, Table) else set()
    return result if not problems and ids == there | new.keys() else given


def _with(text: str, new: Iterable[Entity], indent: str, newline: str, apart: bool) -> str:
    added = [
        (newline if apart else "") + block({entity.id: _written(entity)}, indent).replace("\n", newline)
        for entity in new
    ]
    return text + (newline if text and not text.endswith("\n") else "") + "".join(added)


def _written(entity: Entity) -> dict[str, object]:
    values = mapping(entity)
    del values["id"]
    return values
