"""Fact files: what stands in `site_src/facts/*.yml`, one file a source, edited by people."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator import edtf
from generator.base import SEED, Base, read_bases
from generator.factlist import FactList, bad_date, fact_id
from generator.listing import files as reachable
from generator.migrate import later, line_before, migrated, version_of
from generator.model import SCHEMA, Fact, Mark, Source, mapping
from generator.problems import Problem, problem, slip, too_large
from generator.reach import contents
from generator.store import digest
from generator.validate import (
    MOST_KEYS,
    MOST_LETTERS,
    at,
    is_id,
    keys_of,
    record_of,
    table,
    too_many_keys,
    unknown_key,
    written_as,
)
from generator.yamlbounds import BYTES
from generator.yamlfile import Table, data, read_yaml
from generator.yamltext import block, item

__all__ = ["Base", "FactFile", "fact_id", "parse_fact_file", "read_bases", "read_fact_files", "write_fact_file"]

FOLDER = "site_src/facts"
MODELINE = "# yaml-language-server: $schema=../schema/source.json\n"
DATED = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}(?=-)")
STATED = re.compile(r"""^[ \t]++id:[ ]*+["']?([0-9]{4}[a-z0-9-]*)["']?[ ]*\r?$""", re.MULTILINE)
KEYS = ("schema", "source", "facts")


@dataclass(frozen=True, slots=True)
class Written:
    """The text of a fact file to the byte, and where its values stand."""

    text: str
    marks: Mapping[str, Mark] = field(default_factory=dict)
    """By fact id and by `id/key`; the source's are at `source` and `source/key`."""
    root: Table | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactFile:
    """One file: what it says, and its text to the byte. A bad fact is not among `facts`, but never lost from `text`."""

    path: str
    """Below the briefing's folder."""
    source: Source
    facts: tuple[Fact, ...]
    places: tuple[tuple[int, int], ...] = ()
    """Line and column of each of the facts."""
    bad_ids: frozenset[str] = frozenset()
    """Ids of facts left out: they are there, so nobody deleted them."""
    nameless: int = 0
    """How many of the facts left out have no id that can be read."""
    broken: bool = False
    """Whether more than single facts could not be read; merging then leaves the file alone."""
    before: str | None = None
    """The text as it stands on disk, where that is of an older format; `text` is then what it is in the present one."""
    key: bytes = b""
    """The hash of its text."""
    written: Callable[[], Written] = field(repr=False, compare=False)
    """Gives the text; that of a file which is as it was when it was read last is read only when asked."""

    @property
    def text(self) -> str:
        """Its text, to the byte."""
        return self.written().text

    @property
    def marks(self) -> Mapping[str, Mark]:
        """Where values stand: by fact id and by `id/key`; the source's are at `source` and `source/key`."""
        return self.written().marks

    @property
    def root(self) -> Table | None:
        """Its YAML, where it could be read."""
        return self.written().root

    @property
    def seen(self) -> str:
        """The text as it stands on disk."""
        return self.text if self.before is None else self.before


Reading = Callable[[str], tuple[FactFile | None, list[Problem]]]
"""What the file of a name says, and what is wrong with it."""


def write_fact_file(source: Source, facts: Sequence[Fact]) -> str:
    """The text of a new file."""
    head = f"{MODELINE}schema: {SCHEMA}\n{block({'source': mapping(source)})}"
    if not facts:
        return f"{head}facts: []\n"
    return f"{head}facts:\n" + "".join(item(mapping(fact)) for fact in facts)


def read_fact_files(folder: Path, read: Reading | None = None) -> tuple[dict[str, FactFile], list[Problem]]:
    """The files of a folder by source id, in the order of their names; `read` gives what a file of some name says.

    A file that cannot be read stands under the source id that its name gives, `broken`, so that nobody
    takes its source for a new one; where its name is no source id it is left out.
    """
    files: dict[str, FactFile] = {}
    problems: list[Problem] = []
    for name, wrong in reachable(folder, FOLDER):
        shown = f"{FOLDER}/{name}"
        if wrong:
            problems.append(wrong)
            file, found = _unread(shown, "") if wrong.check == "link-out" else None, list[Problem]()
        else:
            file, found = read(name) if read else read_fact_file(shown, contents(folder / name, BYTES))
        problems += found
        if file and file.source.id in files:
            twin = files[file.source.id]
            if name == f"{file.source.id}.yml":  # the other is a copy of this one
                files[file.source.id], file, twin = file, twin, file
            mark = file.marks.get("source/id", Mark(file.path))
            message = f"the source '{file.source.id}' has the file {twin.path} already; this one is left out"
            problems.append(problem(mark, message, valid="keep one of the two files", check="source-twice"))
        elif file:
            files[file.source.id] = file
    return files, problems


def with_known_ids(
    files: Mapping[str, FactFile], bases: Mapping[str, Base]
) -> tuple[dict[str, FactFile], list[Problem]]:
    """The files under the ids their sources had when they were written last; one that a person gave another id is left alone.

    An id is the name of a page and of a base, so a new one would make another source, and what was deleted would come back.
    """
    known: dict[str, FactFile] = {}
    problems = []
    for id_, file in files.items():
        was = file.path.rpartition("/")[2].removesuffix(".yml")
        if was == id_ or was not in bases or id_ in bases or was in files:
            known[id_] = file
            continue
        mark = file.marks.get("source/id", Mark(file.path))
        message = f"the source '{was}' is called '{id_}' here; the id of a source does not change"
        entry = file.root.get("source") if file.root else None
        node = entry.value.get("id") if entry and isinstance(entry.value, Table) else None
        fix = written_as(node.value, was) if node else ()
        problems.append(
            problem(mark, message, valid="write it as it was", example=f"id: {was}", check="source-id", fix=fix)
        )
        known[was] = replace(file, source=replace(file.source, id=was), broken=True)
    return known, problems


def unclaimed(folder: Path, files: Mapping[str, FactFile]) -> bool:
    """Whether a fact file is there of which nobody can tell whose it is: then no other counts as deleted."""
    known = {file.path.rpartition("/")[2] for file in files.values()}
    return folder.is_dir() and any(path.name not in known for path in folder.glob("*.yml"))


def read_fact_file(path: str, raw: bytes) -> tuple[FactFile | None, list[Problem]]:
    """One file from its bytes, of which there need be but one more than are read."""
    if len(raw) > BYTES:
        return _unread(path, raw[:BYTES].decode("utf-8", "replace")), [too_large(path, len(raw), BYTES)]
    try:
        return parse_fact_file(path, raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"byte {error.start + 1} is not UTF-8"
        return _unread(path, ""), [problem(Mark(path, line), message, valid="save the file as UTF-8", check="facts")]


def _unread(path: str, text: str) -> FactFile | None:
    """A file that could not be read, under the source id that it states, or that its name gives."""
    stated = STATED.search(text.partition("\nfacts:")[0])
    stem = stated[1] if stated else path.rpartition("/")[2].removesuffix(".yml")
    dated = DATED.match(stem)
    if not dated or not is_id(stem):
        return None
    seed = SEED.search(text.partition("\nfacts:")[0])
    source = Source(id=stem, date=dated.group(), seed=seed[1] if seed else "", sha256="")
    written = Written(text)
    return FactFile(path=path, source=source, facts=(), broken=True, key=digest(text), written=lambda: written)


def parse_fact_file(path: str, text: str) -> tuple[FactFile | None, list[Problem]]:
    """One file from its text; None only where it has no source and its name gives none."""
    root, problems = read_yaml(path, text)
    top, found = table(path, root, "a fact file", "facts")
    problems += found
    if not top:
        empty = problem(
            Mark(path),
            "an empty file",
            valid="bring it back from version control, or by `briefing restore` once it is deleted",
            check="facts",
        )
        return _unread(path, text), problems or [empty]
    newer = migrated(text, top)
    if newer is not None:
        file, problems = parse_fact_file(path, newer)
        if not file or file.broken:  # it will not be written, so its problems are told where they stand now
            problems = [replace(found, line=line_before(text, newer, found.line)) for found in problems]
        if not file or not file.root:  # a mend is of a text that nobody has then
            problems = [replace(found, fix=()) for found in problems]
        return (replace(file, before=text) if file else None), problems
    problems += _bad_top(path, top)
    if version := [p for p in problems if p.check == "schema-version"]:  # what the rest means is not for us to say
        return _unread(path, text), version
    source, found = _source(path, top)
    problems += found
    if not source:
        return _unread(path, text), problems
    broken = any(p.severity == "error" for p in problems)
    reader = FactList(path, source)
    listed = top.get("facts")
    if listed:
        broken |= not reader.read(listed.value)
    written = Written(text, _source_marks(path, top) | reader.marks, top)
    return FactFile(
        path=path,
        source=source,
        facts=tuple(reader.facts.values()),
        places=tuple((reader.marks[id_].line, reader.marks[id_].column) for id_ in reader.facts),
        bad_ids=frozenset(reader.bad),
        nameless=reader.nameless,
        broken=broken,
        key=digest(text),
        written=lambda: written,
    ), sorted(problems + reader.problems)


def _bad_top(path: str, top: Table) -> list[Problem]:
    """What is wrong with the keys of the file itself; any of it makes merging unsafe, so most is an error."""
    there = [entry.name for entry in top.entries]
    if len(there) > MOST_KEYS:
        return [too_many_keys(path, top, KEYS, "facts")]
    problems = [unknown_key(path, e, KEYS, "facts", beside=there) for e in top.entries if e.name not in KEYS]
    version = top.get("schema")
    if not version:
        message = "the key 'schema' is missing"
        example = f"schema: {SCHEMA}"
        problems.append(
            problem(at(path, top), message, example=example, valid="begin with it", severity="warning", check="facts")
        )
    elif data(version.value) != str(SCHEMA):
        mark, number = at(path, version.value), version_of(top)
        problems.append(later(mark, number) if number and number > SCHEMA else _bad_version(mark, data(version.value)))
    meant = {slip(name, KEYS) for name in there if name not in KEYS}
    for name, example in (("source", "source: {id: 2025-12-05-port-opens, …}"), ("facts", "facts: []")):
        if not top.get(name) and name not in meant:
            problems.append(
                problem(at(path, top), f"the key '{name}' is missing", valid="add it", example=example, check="facts")
            )
    return problems


def _bad_version(mark: Mark, found: object) -> Problem:
    return problem(mark, f"no schema is called '{found}'", example=f"schema: {SCHEMA}", check="schema-version")


def _source(path: str, top: Table) -> tuple[Source | None, list[Problem]]:
    entry = top.get("source")
    if not entry:
        return None, []
    node, problems = table(path, entry.value, "the source", "facts")
    if not node:
        return None, problems or [problem(at(path, entry.key), "an empty source", check="facts")]
    source, problems = record_of(Source, path, node, "facts")
    if not source:  # what is known of it is enough to show its facts; the file itself is left alone until it is mended
        known = node.having(entry for entry in node.entries if entry.name in keys_of(Source))
        source = record_of(Source, path, known, "facts")[0]
        if source and edtf.parse(source.date) and is_id(source.id):
            return source, problems
    if source and not edtf.parse(source.date):
        value = node.get("date")
        there = value.value if value else node
        problems.append(bad_date(at(path, there), "date", source.date, there))
    if source and not is_id(source.id):
        value = node.get("id")
        message, example = f"'{source.id}' is no id of a source", "id: 2025-12-05-port-opens"
        valid = f"a-z, 0-9 and single hyphens, at most {MOST_LETTERS}; it is the name of files"
        mark = at(path, value.value if value else node)
        problems.append(problem(mark, message, valid=valid, example=example, check="source-id"))
    return (source if not problems else None), problems


def _source_marks(path: str, top: Table) -> dict[str, Mark]:
    entry = top.get("source")
    inner = entry.value.entries if entry and isinstance(entry.value, Table) else ()
    marks = {f"source/{e.name}": at(path, e.value) for e in inner}
    return marks | ({"source": at(path, entry.key)} if entry else {})
