"""Fact files: what stands in `site_src/facts/*.yml`, one file a source, edited by people."""

from __future__ import annotations

import re
from base64 import b32encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from generator import edtf
from generator.base import Base, read_bases
from generator.model import FACT_TYPES, KINDS, SCHEMA, Fact, Kind, Mark, Source, mapping
from generator.problems import Problem, did_you_mean, problem
from generator.validate import ID, at, record_of, table, unknown_key
from generator.yamlfile import Items, Node, Scalar, Table, data, read_yaml
from generator.yamltext import block, item

__all__ = ["Base", "FactFile", "fact_id", "parse_fact_file", "read_bases", "read_fact_files", "write_fact_file"]

FOLDER = "site_src/facts"
MODELINE = "# yaml-language-server: $schema=../schema/source.json\n"
DATED = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}(?=-)")
KEYS = ("schema", "source", "facts")
DATE_KEYS = ("when", "reviewed-on")


@dataclass(frozen=True, slots=True, kw_only=True)
class FactFile:
    """One file: its text to the byte, and what it says. A bad fact is not among `facts`, but never lost from `text`."""

    path: str
    """Below the briefing's folder."""
    text: str
    source: Source
    facts: tuple[Fact, ...]
    marks: Mapping[str, Mark]
    """By fact id and by `id/key`; the source's are at `source` and `source/key`."""
    bad_ids: frozenset[str] = frozenset()
    """Ids of facts left out: they are there, so nobody deleted them."""
    nameless: int = 0
    """How many of the facts left out have no id that can be read."""
    broken: bool = False
    """Whether more than single facts could not be read; merging then leaves the file alone."""
    root: Table | None = field(default=None, repr=False, compare=False)


def fact_id(source_id: str, kind: Kind, quote: str, rank: int) -> str:
    """The kind and ten base32 characters of a hash; `rank` counts facts of one kind and quote from 0."""
    digest = sha256("\0".join([source_id, kind, quote, str(rank)]).encode()).digest()
    return f"{kind}-{b32encode(digest)[:10].decode().lower()}"


def write_fact_file(source: Source, facts: Sequence[Fact]) -> str:
    """The text of a new file."""
    head = f"{MODELINE}schema: {SCHEMA}\n{block({'source': mapping(source)})}"
    if not facts:
        return f"{head}facts: []\n"
    return f"{head}facts:\n" + "".join(item(mapping(fact)) for fact in facts)


def read_fact_files(folder: Path) -> tuple[dict[str, FactFile], list[Problem]]:
    """The files of a folder by source id, in the order of their names.

    A file that cannot be read stands under the source id that its name gives, `broken`, so that nobody
    takes its source for a new one; where its name is no source id it is left out.
    """
    files: dict[str, FactFile] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yml")) if folder.is_dir() else ():
        file, found = read_fact_file(f"{FOLDER}/{path.name}", path.read_bytes())
        problems += found
        if file and file.source.id in files:
            first = files[file.source.id].path
            mark = file.marks.get("source/id", Mark(file.path))
            message = f"the source '{file.source.id}' has the file {first} already; this one is left out"
            problems.append(problem(mark, message, valid="keep one of the two files", check="source-twice"))
        elif file:
            files[file.source.id] = file
    return files, problems


def read_fact_file(path: str, raw: bytes) -> tuple[FactFile | None, list[Problem]]:
    """One file from its bytes."""
    try:
        return parse_fact_file(path, raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"byte {error.start + 1} is not UTF-8"
        return _unread(path, ""), [problem(Mark(path, line), message, valid="save the file as UTF-8", check="facts")]


def _unread(path: str, text: str) -> FactFile | None:
    """A file that could not be read, under the source id its name gives, if it is one."""
    stem = path.rpartition("/")[2].removesuffix(".yml")
    dated = DATED.match(stem)
    if not dated:
        return None
    source = Source(id=stem, date=dated.group(), seed="", sha256="")
    return FactFile(path=path, text=text, source=source, facts=(), marks={}, broken=True)


def parse_fact_file(path: str, text: str) -> tuple[FactFile | None, list[Problem]]:
    """One file from its text; None only where it has no source and its name gives none."""
    root, problems = read_yaml(path, text)
    top, found = table(path, root, "a fact file", "facts")
    problems += found
    if not top:
        empty = problem(Mark(path), "an empty file", valid="delete it, or give it a source and facts", check="facts")
        return _unread(path, text), problems or [empty]
    problems += _bad_top(path, top)
    if version := [p for p in problems if p.check == "schema-version"]:  # what the rest means is not for us to say
        return _unread(path, text), version
    source, found = _source(path, top)
    problems += found
    if not source:
        return _unread(path, text), problems
    broken = any(p.severity == "error" for p in problems)
    reader = _Facts(path, source)
    listed = top.get("facts")
    if listed:
        broken |= not reader.read(listed.value)
    return FactFile(
        path=path,
        text=text,
        source=source,
        facts=tuple(reader.facts.values()),
        marks=_source_marks(path, top) | reader.marks,
        bad_ids=frozenset(reader.bad),
        nameless=reader.nameless,
        broken=broken,
        root=top,
    ), sorted(problems + reader.problems)


def _bad_top(path: str, top: Table) -> list[Problem]:
    """What is wrong with the keys of the file itself; any of it makes merging unsafe, so most is an error."""
    problems = [unknown_key(path, entry, KEYS, "facts") for entry in top.entries if entry.name not in KEYS]
    version = top.get("schema")
    if not version:
        message = "the key 'schema' is missing"
        example = f"schema: {SCHEMA}"
        problems.append(
            problem(at(path, top), message, example=example, valid="begin with it", severity="warning", check="facts")
        )
    elif data(version.value) != str(SCHEMA):
        problems.append(_bad_version(at(path, version.value), data(version.value)))
    for name, example in (("source", "source: {id: 2025-12-05-port-opens, …}"), ("facts", "facts: []")):
        if not top.get(name):
            problems.append(
                problem(at(path, top), f"the key '{name}' is missing", valid="add it", example=example, check="facts")
            )
    return problems


def _bad_version(mark: Mark, found: object) -> Problem:
    if isinstance(found, str) and found.isdecimal() and int(found[:9]) > SCHEMA:
        message = f"schema {found} was written by a later version of this program, which reads schema {SCHEMA}"
        return problem(mark, message, valid="install the later version", check="schema-version")
    return problem(mark, f"no schema is called '{found}'", example=f"schema: {SCHEMA}", check="schema-version")


def _source(path: str, top: Table) -> tuple[Source | None, list[Problem]]:
    entry = top.get("source")
    if not entry:
        return None, []
    node, problems = table(path, entry.value, "the source", "facts")
    if not node:
        return None, problems or [problem(at(path, entry.key), "an empty source", check="facts")]
    source, problems = record_of(Source, path, node, "facts")
    if source and not edtf.parse(source.date):
        value = node.get("date")
        problems.append(bad_date(at(path, value.value if value else node), "date", source.date))
    return (source if not problems else None), problems


def _source_marks(path: str, top: Table) -> dict[str, Mark]:
    entry = top.get("source")
    inner = entry.value.entries if entry and isinstance(entry.value, Table) else ()
    marks = {f"source/{e.name}": at(path, e.value) for e in inner}
    return marks | ({"source": at(path, entry.key)} if entry else {})


def bad_date(mark: Mark, name: str, text: str) -> Problem:
    """A date that is not EDTF, or an interval that ends before it begins."""
    a, _, b = text.partition("/")
    start, end = edtf.parse(a), edtf.parse(b)
    if start and end:
        message = f"'{text}' ends before it begins"
        return problem(mark, message, valid="the earlier date first", example=f"{name}: {b}/{a}", check="interval")
    return problem(
        mark,
        f"'{text}' is no date",
        valid="a year, month, day or season (21 spring … 24 winter), or an interval of them, either end open (..)",
        example=f"{name}: 2025-12-03, 2025-12, 2025-12-11/2025-12-20, ../2025-12-31",
        check="edtf",
    )


class _Facts:
    """Collects the facts of one file, those left out, and what is wrong with them."""

    def __init__(self, path: str, source: Source) -> None:
        self.path, self.source = path, source
        self.facts: dict[str, Fact] = {}
        self.bad: set[str] = set()
        self.nameless = 0
        self.marks: dict[str, Mark] = {}
        self.problems: list[Problem] = []

    def read(self, node: Node) -> bool:
        """Take the facts of a list; False where there is something that is none."""
        if isinstance(node, Items):
            for entry in node.items:
                self._take(entry)
            return True
        if isinstance(node, Scalar) and node.value is None:
            return True
        message = "the facts are no list"
        example = "facts:\n- id: event-one\n  kind: event"
        self.problems.append(problem(at(self.path, node), message, valid="a list", example=example, check="facts"))
        return False

    def _take(self, node: Node) -> None:
        fields, problems = table(self.path, node, "a fact", "facts")
        if not fields and not problems:
            problems = [problem(at(self.path, node), "an empty fact", valid="delete the '-'", check="facts")]
        id_ = data(entry.value) if fields and (entry := fields.get("id")) else None
        if fields and not problems:
            fact, problems = _fact(self.path, fields, self.source.id)
            if fact and fact.id in self.facts:
                problems = [self._twice(fields, fact.id)]
            elif fact:
                self.facts[fact.id] = fact
                self.marks |= _fact_marks(self.path, fields, fact.id)
        self.problems += problems
        if problems and isinstance(id_, str):
            self.bad.add(id_)
        elif problems:
            self.nameless += 1

    def _twice(self, node: Table, id_: str) -> Problem:
        message = f"the id '{id_}' stands in line {self.marks[id_].line} already"
        return problem(
            self._at(node, "id"), message, valid="give a copied fact an id of its own", check="fact-id-twice"
        )

    def _at(self, node: Table, name: str) -> Mark:
        entry = node.get(name)
        return at(self.path, entry.value if entry else node)


def _fact_marks(path: str, node: Table, id_: str) -> dict[str, Mark]:
    return {id_: at(path, node)} | {f"{id_}/{entry.name}": at(path, entry.value) for entry in node.entries}


def _fact(path: str, node: Table, source_id: str) -> tuple[Fact | None, list[Problem]]:
    """The fact that a mapping states; its kind first, because that says which keys it has."""
    named = node.get("kind")
    kind = data(named.value) if named else None
    if kind not in KINDS:
        found = f"'{kind}' is no kind of fact" if isinstance(kind, str) else "the key 'kind' is missing"
        near = did_you_mean(kind, KINDS) if isinstance(kind, str) else ""
        valid = (near + " " if near else "") + "valid: " + ", ".join(KINDS)
        mark = at(path, named.value if named else node)
        return None, [problem(mark, found, valid=valid, example="kind: event", check="facts")]
    fact, problems = record_of(FACT_TYPES[kind], path, node, "facts")
    if not fact:
        return None, [_with_id(p, node, source_id, kind) for p in problems]
    problems = _ill_formed(path, node, fact)
    return (fact if not problems else None), problems


def _with_id(found: Problem, node: Table, source_id: str, kind: Kind) -> Problem:
    """A missing id comes with one that fits."""
    entry = node.get("quote")
    quote = data(entry.value) if entry else None
    if "'id' is missing" not in found.message or not isinstance(quote, str):
        return found
    return replace(found, example=f"id: {fact_id(source_id, kind, quote, 0)}")


def _ill_formed(path: str, node: Table, fact: Fact) -> list[Problem]:
    """What types cannot say: the form of ids, dates and counts."""
    problems = []
    for entry in node.entries:
        mark, value = at(path, entry.value), data(entry.value)
        if entry.name in DATE_KEYS and isinstance(value, str) and not edtf.parse(value):
            problems.append(bad_date(mark, entry.name, value))
        elif entry.name == "id" and not ID.fullmatch(fact.id):
            valid = "small letters a to z, digits and hyphens"
            problems.append(
                problem(mark, f"'{fact.id}' is no id", valid=valid, example="id: event-port-opens", check="facts")
            )
        elif entry.name == "nth" and fact.nth is not None and fact.nth < 1:
            problems.append(
                problem(mark, "'nth' counts from 1", valid="1 is the first", example="nth: 2", check="facts")
            )
        elif entry.name == "quote" and not fact.quote.strip():
            problems.append(problem(mark, "an empty quote", valid="words of the source, verbatim", check="facts"))
    return problems
