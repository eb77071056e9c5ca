"""The registry of names and the curated topics, which people edit in `site_src/entities/` and `site_src/topics.yml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from generator.lexicon import Lexicons, packaged_lexicons
from generator.model import Entity, Mark, Registry, mapping
from generator.problems import Problem, not_a_file, problem, slip
from generator.topics import parse_topics, read_topics
from generator.validate import at, entry_table, record_of, table, unknown_key
from generator.yamlfile import Entry, Node, Table, read_yaml
from generator.yamltext import block

__all__ = ["add_candidates", "entity_file", "family", "parse_topics", "read_registry", "read_topics"]

FOLDER = "site_src/entities"
MODELINE = "# yaml-language-server: $schema=../schema/entities.json\n"
"""How a file of the registry begins that the generator makes."""

Family = Literal["person", "organisation", "place", "programme", "meeting"]
FILES: Mapping[str, str] = {
    "person": "people.yml",
    "organisation": "organisations.yml",
    "place": "places.yml",
    "programme": "programmes.yml",
    "meeting": "meetings.yml",
}

EXAMPLES: Mapping[str, str] = {
    "person": "person",
    "organisation": "company",
    "place": "county",
    "programme": "policy",
    "meeting": "congress",
}
"""A kind of each family, as an example."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryFile:
    """One file of the registry: its text as it stands, what it says, and where."""

    path: str
    text: str
    entities: Mapping[str, Entity]
    marks: Mapping[str, Mark]
    """By entity id, and by `id/key`."""
    broken: bool = False
    """Whether the file could not be read as YAML; nothing is added to it until it can."""


def family(kind: str, lexicons: Lexicons) -> Family | None:
    """Which of the five families a kind belongs to; None where lexicon `kinds` does not know it."""
    return next((name for name in get_args(Family) if kind in lexicons["kinds"].get(name, ())), None)


def entity_file(kind: str, lexicons: Lexicons) -> str:
    """The file of `site_src/entities/` that holds entities of a kind; `others.yml` for one that nobody knows."""
    found = family(kind, lexicons)
    return FILES[found] if found else "others.yml"


def read_registry(folder: Path, lexicons: Lexicons | None = None) -> tuple[Registry, list[Problem]]:
    """All entities of `folder/*.yml` by id, in the order of the files' names; a bad one is left out."""
    files, problems = read_registry_files(folder, lexicons)
    return {id_: entity for file in files.values() for id_, entity in file.entities.items()}, problems


def as_written(files: Mapping[str, RegistryFile], new: Iterable[Entity], lexicons: Lexicons) -> Registry:
    """The registry as it will be read once new entities stand in the files of their kinds: of two that claim a name, the first has it."""
    added: dict[str, list[Entity]] = {}
    for entity in new:
        added.setdefault(entity_file(entity.kind, lexicons), []).append(entity)
    there = {name: file.entities.values() for name, file in files.items()}
    order = (entity for name in sorted({*there, *added}) for entity in (*there.get(name, ()), *added.get(name, ())))
    found: dict[str, Entity] = {}
    for entity in order:
        found.setdefault(entity.id, entity)
    return found


def registry_marks(files: Mapping[str, RegistryFile]) -> dict[str, Mark]:
    """Where each entity stands, by id and by `id/key`."""
    return {name: mark for file in files.values() for name, mark in file.marks.items()}


def read_registry_files(
    folder: Path, lexicons: Lexicons | None = None
) -> tuple[dict[str, RegistryFile], list[Problem]]:
    """The files of the registry by name. An id that a second file claims stays with the first."""
    files: dict[str, RegistryFile] = {}
    problems: list[Problem] = []
    claimed: dict[str, Mark] = {}
    for path in sorted(folder.glob("*.yml")) if folder.is_dir() else ():
        if not path.is_file():
            problems.append(not_a_file(Mark(f"{FOLDER}/{path.name}")))
            continue
        file, found = read_registry_file(f"{FOLDER}/{path.name}", path.read_bytes(), lexicons)
        twice = [id_ for id_ in file.entities if id_ in claimed]
        found += [_claimed_twice(file.marks[id_], id_, claimed[id_]) for id_ in twice]
        kept = {id_: entity for id_, entity in file.entities.items() if id_ not in claimed}
        claimed |= {id_: file.marks[id_] for id_ in kept}
        marks = {name: mark for name, mark in file.marks.items() if name.partition("/")[0] not in twice}
        files[path.name] = RegistryFile(path=file.path, text=file.text, entities=kept, marks=marks, broken=file.broken)
        problems += found
    return files, problems


def _claimed_twice(mark: Mark, id_: str, first: Mark) -> Problem:
    return problem(
        mark,
        f"the id '{id_}' stands in {first.path}:{first.line} already",
        valid="keep one of the two entries",
        check="registry",
    )


def read_registry_file(path: str, raw: bytes, lexicons: Lexicons | None = None) -> tuple[RegistryFile, list[Problem]]:
    """One file from its bytes."""
    try:
        return parse_registry_file(path, raw.decode("utf-8"), lexicons)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found = problem(Mark(path, line), f"byte {error.start + 1} is not UTF-8", valid="save the file as UTF-8")
        return RegistryFile(path=path, text="", entities={}, marks={}, broken=True), [found]


def parse_registry_file(path: str, text: str, lexicons: Lexicons | None = None) -> tuple[RegistryFile, list[Problem]]:
    """One file from its text; an entity with a problem is left out, the others stay."""
    lexicons = lexicons or packaged_lexicons()
    root, problems = read_yaml(path, text)
    entries, found = table(path, root, "the registry", "registry")
    broken = bool(problems or found)
    entities: dict[str, Entity] = {}
    marks: dict[str, Mark] = {}
    problems += found
    for entry in entries.entries if entries else ():
        marks |= _marks(path, entry)
        entity, found = _entity(path, entry, lexicons)
        problems += found
        if entity:
            entities[entity.id] = entity
    return RegistryFile(path=path, text=text, entities=entities, marks=marks, broken=broken), problems


def _marks(path: str, entry: Entry) -> dict[str, Mark]:
    inner = entry.value.entries if isinstance(entry.value, Table) else ()
    return {entry.name: at(path, entry.key)} | {f"{entry.name}/{e.name}": at(path, e.value) for e in inner}


def _entity(path: str, entry: Entry, lexicons: Lexicons) -> tuple[Entity | None, list[Problem]]:
    node, problems = entry_table(path, entry, "an entity", "name: Port of Alpha", "registry")
    if not node:
        return None, problems
    if node.get("id"):
        return None, [unknown_key(path, node.entries[0], [], "registry")]
    entity, problems = record_of(Entity, path, node, "registry", given={"id": entry.name})
    if entity and not family(entity.kind, lexicons):
        problems += [_bad_kind(at(path, _value_of(node, "kind")), entity.kind, lexicons)]
    if entity and entity.at and not (abs(entity.at[0]) <= 90 and abs(entity.at[1]) <= 180):
        problems += [_bad_place(at(path, _value_of(node, "at")))]
    return (entity if not problems else None), problems


def _value_of(node: Table, name: str) -> Node:
    entry = node.get(name)
    return entry.value if entry else node


def _bad_kind(mark: Mark, kind: str, lexicons: Lexicons) -> Problem:
    """A word that is no kind: of the file of one family, that family's kinds; elsewhere the families."""
    own = next((name for name, file in FILES.items() if mark.path == f"{FOLDER}/{file}"), None)
    near = slip(kind, [word for name in get_args(Family) for word in lexicons["kinds"].get(name, ())])
    valid, example = (
        f"{', '.join(get_args(Family))}, or a kind of one, as site_src/editing.md lists them",
        "kind: county",
    )
    if own:
        example = f"kind: {EXAMPLES[own]}"
        valid = (
            f"in this file {', '.join(lexicons['kinds'].get(own, ()))}; site_src/editing.md lists those of other files"
        )
    valid = f"did you mean '{near}'? else {valid}" if near else valid
    return problem(mark, f"'{kind}' is no kind of entity", valid=valid, example=example, check="registry")


def _bad_place(mark: Mark) -> Problem:
    return problem(
        mark,
        "no place on earth",
        valid="latitude (-90 to 90), then longitude (-180 to 180), in degrees",
        example="at: [39.575, 126.342]",
        check="registry",
    )


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
    added = [
        (newline if apart else "") + block({entity.id: _written(entity)}, indent).replace("\n", newline)
        for entity in new.values()
    ]
    result = text + (newline if text and not text.endswith("\n") else "") + "".join(added)
    read, problems = read_yaml("", result)
    ids = {entry.name for entry in read.entries} if isinstance(read, Table) else set()
    return result if not problems and ids == there | new.keys() else given


def _written(entity: Entity) -> dict[str, object]:
    values = mapping(entity)
    del values["id"]
    return values
