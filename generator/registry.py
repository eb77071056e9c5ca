"""The registry of names and the curated topics, which people edit in `site_src/entities/` and `site_src/topics.yml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

from msgspec import Raw

from generator.lexicon import Lexicons, packaged_lexicons
from generator.listing import files as reachable
from generator.model import Entity, Mark, Registry
from generator.problems import Problem, problem, slip, too_large
from generator.reach import contents
from generator.registry_entries import Entries, Listing, Marks, Row, Shifted
from generator.store import Store, digest, packed
from generator.topics import parse_topics, read_topics
from generator.validate import at, entry_table, record_of, table, unknown_key
from generator.yamlbounds import BYTES
from generator.yamlfile import Entry, Node, Table, read_yaml
from generator.yamlparts import parts

__all__ = ["entity_file", "family", "parse_topics", "read_registry", "read_topics"]

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
    names: frozenset[str] | None = None
    """The keys of its entries, where each was read by itself; one that is added need not look at the others."""


@lru_cache(maxsize=4096)
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


def registry_marks(files: Mapping[str, RegistryFile]) -> Mapping[str, Mark]:
    """Where each entity stands, by id and by `id/key`."""
    return Marks(lambda: {name: mark for file in files.values() for name, mark in file.marks.items()})


def read_registry_files(
    folder: Path, lexicons: Lexicons | None = None, store: Store | None = None
) -> tuple[dict[str, RegistryFile], list[Problem]]:
    """The files of the registry by name. An id that a second file claims stays with the first.

    What was read before is in the store, and what is read anew goes there.
    """
    files: dict[str, RegistryFile] = {}
    problems: list[Problem] = []
    claimed: dict[str, str] = {}
    lexicons = lexicons or packaged_lexicons()
    kept = Entries(store, lexicons.digest) if store else None
    for name, wrong in reachable(folder, FOLDER):
        if wrong:
            problems.append(wrong)
            continue
        file, found = read_registry_file(f"{FOLDER}/{name}", contents(folder / name, BYTES), lexicons, kept)
        twice = {id_ for id_ in file.entities if id_ in claimed}
        if twice:
            found += [_claimed_twice(file.marks[i], i, files[claimed[i]].marks[i]) for i in file.entities if i in twice]
            file = replace(
                file,
                entities={id_: entity for id_, entity in file.entities.items() if id_ not in twice},
                marks={key: mark for key, mark in file.marks.items() if key.partition("/")[0] not in twice},
            )
        claimed |= dict.fromkeys(file.entities, name)
        files[name] = file
        problems += found
    if kept:
        kept.keep_only(frozenset(file.path for file in files.values()))
    return files, problems


def _claimed_twice(mark: Mark, id_: str, first: Mark) -> Problem:
    return problem(
        mark,
        f"the id '{id_}' stands in {first.path}:{first.line} already",
        valid="keep one of the two entries",
        check="registry",
    )


def read_registry_file(
    path: str, raw: bytes, lexicons: Lexicons | None = None, kept: Entries | None = None
) -> tuple[RegistryFile, list[Problem]]:
    """One file from its bytes, or from what is kept of them."""
    if len(raw) > BYTES:
        return RegistryFile(path=path, text="", entities={}, marks={}, broken=True), [too_large(path, len(raw), BYTES)]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found = problem(Mark(path, line), f"byte {error.start + 1} is not UTF-8", valid="save the file as UTF-8")
        return RegistryFile(path=path, text="", entities={}, marks={}, broken=True), [found]
    lexicons = lexicons or packaged_lexicons()
    if kept is None:
        return parse_registry_file(path, text, lexicons)
    key = digest(lexicons.digest, raw)
    if before := kept.listing(path, key):
        return _file(path, text, *before)
    listing, places, rows = parse_entries(path, text, lexicons, kept.rows(path)) or _whole(path, text, lexicons)
    return _file(path, text, listing, kept.keep(path, key, listing, places, rows))


def _file(path: str, text: str, listing: Listing, marks: Marks) -> tuple[RegistryFile, list[Problem]]:
    file = RegistryFile(
        path=path,
        text=text,
        entities={entity.id: entity for entity in listing.entities},
        marks=marks,
        broken=listing.broken,
        names=listing.names,
    )
    return file, list(listing.problems)


def _whole(path: str, text: str, lexicons: Lexicons) -> tuple[Listing, Shifted, tuple[Row, ...]]:
    file, problems = parse_registry_file(path, text, lexicons)
    listing = Listing(tuple(file.entities.values()), tuple(problems), file.broken, None)
    return listing, ((0, _places(file.marks)),), ()


def _places(marks: Mapping[str, Mark]) -> Raw:
    return Raw(packed([(name, mark.line, mark.column) for name, mark in marks.items()]))


def parse_entries(
    path: str, text: str, lexicons: Lexicons, known: Mapping[str, Row]
) -> tuple[Listing, Shifted, tuple[Row, ...]] | None:
    """What a file says, read entry by entry; None where it must be read as a whole. `known` are entries by their texts."""
    entities: list[Entity] = []
    problems: list[Problem] = []
    places: list[tuple[int, Raw]] = []
    rows: list[Row] = []
    found = parts(text)
    for part in found or ():
        row = known.get(part.text) or _row(path, part.text, lexicons)
        if row is None:
            return None
        rows.append(row)
        entities += [row.entity] if row.entity else []
        places.append((part.lines, row.places))
        problems += [found.moved(part.lines, part.start) for found in row.problems]
    if found is None:
        return None
    names = frozenset(part.name for part in found)
    return Listing(tuple(entities), tuple(problems), False, names), tuple(places), tuple(rows)


def _row(path: str, text: str, lexicons: Lexicons) -> Row | None:
    root, unread = read_yaml(path, text)
    if unread or not isinstance(root, Table):
        return None
    (entry,) = root.entries
    entity, problems = _entity(path, entry, lexicons)
    return Row(text, entity, _places(_marks(path, entry)), tuple(problems))


def parse_registry_file(path: str, text: str, lexicons: Lexicons | None = None) -> tuple[RegistryFile, list[Problem]]:
    """One file from its text, read as a whole; an entity with a problem is left out, the others stay."""
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
