"""The facts of one file: those that can be read, those left out, and why."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from generator import edtf
from generator.model import FACT_TYPES, KINDS, Fact, Kind, Mark, Source
from generator.problems import Problem, did_you_mean, problem, slip
from generator.validate import MERGE_KEY, at, is_id, record_of, table, unknown_key, written_as
from generator.yamlfile import Items, Node, Scalar, Table, data

BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
"""The alphabet of RFC 4648, in lower case."""
DATE_KEYS = ("when", "reviewed-on")


def fact_id(source_id: str, kind: Kind, quote: str, rank: int) -> str:
    """The kind and ten base32 characters of a hash; `rank` counts facts of one kind and quote from 0."""
    digest = sha256(f"{source_id}\0{kind}\0{quote}\0{rank}".encode()).digest()
    bits = int.from_bytes(digest[:7]) >> 6  # 50 of 56, as ten letters
    return f"{kind}-" + "".join([BASE32[bits >> shift & 31] for shift in range(45, -1, -5)])


def bad_date(mark: Mark, name: str, text: str, node: Node) -> Problem:
    """A date that is not EDTF, or an interval that ends before it begins; `node` is where it stands."""
    a, _, b = text.partition("/")
    start, end = edtf.parse(a), edtf.parse(b)
    if start and end:
        message = f"'{text}' ends before it begins"
        return problem(mark, message, valid="the earlier date first", example=f"{name}: {b}/{a}", check="interval")
    meant = edtf.written(text)
    return problem(
        mark,
        f"'{text}' is no date",
        valid="a year, month, day or season (21 spring … 24 winter), such as 2034-21, or an interval of them, either end open (..)",
        example=f"{name}: {meant or '2025-12-03, 2025-12, 2025-12-11/2025-12-20, ../2025-12-31'}",
        check="edtf",
        fix=written_as(node, meant) if meant else (),
    )


class FactList:
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
    if merged := node.get(MERGE_KEY):
        return None, [unknown_key(path, merged, (), "facts")]
    named = node.get("kind")
    if not named and (misspelt := [entry for entry in node.entries if slip(entry.name, ("kind",))]):
        return None, [unknown_key(path, misspelt[0], ("kind",), "facts")]
    kind = data(named.value) if named else None
    if kind not in KINDS:
        found = f"'{kind}' is no kind of fact" if isinstance(kind, str) else "the key 'kind' is missing"
        near, meant = (did_you_mean(kind, KINDS), slip(kind, KINDS)) if isinstance(kind, str) else ("", None)
        valid = (near + " " if near else "") + "valid: " + ", ".join(KINDS)
        mark = at(path, named.value if named else node)
        fix = written_as(named.value, meant) if named and meant else ()
        return None, [problem(mark, found, valid=valid, example="kind: event", check="facts", fix=fix)]
    fact, problems = record_of(FACT_TYPES[kind], path, node, "facts")
    problems = [_with_id(p, node, source_id, kind) for p in problems] + _bad_dates(path, node)
    problems += _ill_formed(path, node, fact) if fact else []
    return (fact if not problems else None), problems


def _bad_dates(path: str, node: Table) -> list[Problem]:
    """Dates that cannot be read, whatever else is wrong with the fact."""
    dates = [(entry, data(entry.value)) for entry in node.entries if entry.name in DATE_KEYS]
    return [
        bad_date(at(path, entry.value), entry.name, value, entry.value)
        for entry, value in dates
        if isinstance(value, str) and not edtf.parse(value)
    ]


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
        mark = at(path, entry.value)
        if entry.name == "id" and (fact.id == "source" or not is_id(fact.id)):
            valid = "another word" if fact.id == "source" else "small letters a to z, digits and hyphens"
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
