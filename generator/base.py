"""What the generator last wrote into a fact file, kept in `site_src/facts/.base/` for merging.

What differs between base and file is a person's doing. That is inferred anew at each merge, but what it
found is kept here for ever: a person's value stays theirs when a later extraction happens to agree
with it for a while, and a fact that a person deleted stays in the base so that it is known again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from generator.listing import files as reachable
from generator.migrate import later, migrated, version_of
from generator.model import FACT_TYPES, SCHEMA, Fact, Found, Mark, Source, Span, mapping
from generator.problems import Problem, problem, too_large
from generator.reach import contents
from generator.validate import at, is_id, record_of
from generator.yamlbounds import BYTES
from generator.yamlfile import Items, Node, Table, data, read_yaml
from generator.yamltext import block, item

FOLDER = "site_src/facts/.base"
HEAD = "# Written by the generator for merging. Edit the fact file instead.\n"
SEED = re.compile(
    r"""^[ \t]++seed:[ ]*+["']?([^\s"'#](?:[^\n\r"'# ]++|[ ]++(?=[^\n\r"'# ]))*+)["']?[ ]*+\r?$""", re.MULTILINE
)
"""Where a file that cannot be read as YAML names its article."""
MACHINE_KEYS = ("start", "end", "rule", "proof", "held", "added", "dropped", "kept")

Names = tuple[str, ...]
NOWHERE = Span(0, 0)
"""The span of a fact that was read from words which its article has no longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A person and the machine say different things, and the person's stands until they settle it."""

    source: str
    fact: str
    """Fact id, or `source`."""
    key: str
    """Its YAML key; empty where the whole fact is meant."""
    ours: str | Names | None
    """What stands in the file; None where nothing does."""
    theirs: str | Names | None
    """What the machine says; None where nothing any more."""
    rule: str
    """Why the person's stands: `edited`, `deleted-key`, `commented`, `reviewed`, `no-longer-extracted`, `withheld`."""

    @property
    def subject(self) -> str:
        """The id by which it is settled: the fact's, or that of the source whose own key it is."""
        return self.source if self.fact == "source" else self.fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A fact as the machine last stated it, under the id it has in the file, and what a person made theirs."""

    found: Found
    held: Names = ()
    """Keys that a person changed or deleted, sorted."""
    added: Mapping[str, Names] = field(default_factory=dict)
    """Items that a person added, by list key."""
    dropped: Mapping[str, Names] = field(default_factory=dict)
    """Items that a person removed, by list key."""
    kept: bool = False
    """Whether a person said that it stays although its article is not read to state it."""

    @property
    def id(self) -> str:
        """Its id in the file."""
        return self.found.fact.id

    def displaced(self) -> Known:
        """The same, its article corrected: where it stood means nothing any more."""
        return replace(self, found=replace(self.found, span=NOWHERE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """All that merging must remember of one source."""

    source: Source
    sha256: str
    """Of the fact file it belongs to, UTF-8, in hexadecimal."""
    facts: tuple[Known, ...] = ()
    """In the order of the text; those a person deleted, too."""
    entities: Names = ()
    """Candidates that this source ever put into the registry, sorted; one that is gone was taken out by a person."""
    held: Names = ()
    """Keys of the source that a person changed."""
    conflicts: tuple[Conflict, ...] = ()
    broken: bool = False
    """Whether it could not be read; merging then leaves file and base alone."""


def write_base(base: Base) -> str:
    """The text of a base."""
    head: dict[str, Any] = {"schema": SCHEMA, "sha256": base.sha256, "source": mapping(base.source)}
    head |= {name: value for name, value in (("entities", base.entities), ("held", base.held)) if value}
    parts = [HEAD, block(head)]
    parts += ["facts:\n", *(item(_fact_values(known)) for known in base.facts)] if base.facts else ["facts: []\n"]
    if base.conflicts:
        parts += ["conflicts:\n", *(item(_present(mapping(conflict))) for conflict in base.conflicts)]
    return "".join(parts)


def _present(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, (), [], "", {})}


def _fact_values(known: Known) -> dict[str, Any]:
    found = known.found
    return (
        mapping(found.fact)
        | {"start": found.span.start, "end": found.span.end}
        | _present(
            {
                "rule": found.rule,
                "proof": found.proof,
                "held": known.held,
                "added": dict(sorted(known.added.items())),
                "dropped": dict(sorted(known.dropped.items())),
                "kept": "yes" if known.kept else "",
            }
        )
    )


def read_bases(folder: Path) -> tuple[dict[str, Base], list[Problem]]:
    """The bases of a folder by source id; one that cannot be read stands under its file's name, `broken`."""
    bases, problems = {}, []
    for name, wrong in reachable(folder, FOLDER):
        base, found = read_base(name, contents(folder / name, BYTES)) if wrong is None else out_of_reach(name, wrong)
        problems += found
        if base:
            bases[name.removesuffix(".yml")] = base
    return bases, problems


def read_base(file: str, raw: bytes) -> tuple[Base | None, list[Problem]]:
    """The base in a file of some name; `broken` where it cannot be read, and None where it is another source's."""
    if len(raw) > BYTES:
        return out_of_reach(file, _torn(too_large(f"{FOLDER}/{file}", len(raw), BYTES)))
    name, mark = file.removesuffix(".yml"), Mark(f"{FOLDER}/{file}")
    if not is_id(name):  # it would become the name of other files, and of pages
        return None, [_unnamed(mark)]
    text = raw.decode("utf-8", "replace")
    base, problems = (
        parse_base(mark.path, text) if text.encode("utf-8") == raw else (None, [_unreadable(mark, "not UTF-8")])
    )
    if base and base.source.id != name:
        return None, [*problems, _misnamed(mark, base.source.id)]
    if base:
        return base, problems
    seed = SEED.search(text.partition("\nfacts:")[0])  # so that its article is not taken for a new one
    source = Source(id=name, date="", seed=seed[1] if seed else "", sha256="")
    return Base(source=source, sha256="", broken=True), problems


def out_of_reach(file: str, why: Problem) -> tuple[Base, list[Problem]]:
    """A base that is there and is not read."""
    source = Source(id=file.removesuffix(".yml"), date="", seed="", sha256="")
    return Base(source=source, sha256="", broken=True), [why]


def parse_base(path: str, text: str) -> tuple[Base | None, list[Problem]]:
    """A base from its text; None, with the problem, where it is not as `write_base` leaves it."""
    root, problems = read_yaml(path, text)
    if problems or not isinstance(root, Table):
        return None, [_torn(found) for found in problems] or [_unreadable(Mark(path), "empty")]
    newer = migrated(text, root)
    if newer is not None:
        return parse_base(path, newer)
    values = data(root)
    if (version := version_of(root) or 0) > SCHEMA:
        return None, [later(Mark(path), version)]
    try:
        if version != SCHEMA:
            raise ValueError("of another version")
        source = _record(Source, path, root.get("source"))
        return Base(
            source=source,
            sha256=values["sha256"],
            facts=tuple(_known(path, node) for node in _items(root, "facts")),
            entities=_names(values.get("entities")),
            held=_names(values.get("held")),
            conflicts=tuple(_conflict(data(node)) for node in _items(root, "conflicts")),
        ), []
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return None, [_unreadable(Mark(path), str(error))]


def _torn(found: Problem) -> Problem:
    """Nobody can say which lines of a machine's file are right: it is taken whole, or not at all."""
    if found.check == "yaml-conflict":
        valid = f"take the side that was built last, whole: git checkout --ours (or --theirs) -- {found.path}"
    else:
        valid = f"bring it back from version control: git checkout -- {found.path}"
    return replace(found, valid=valid, example="")


def _misnamed(mark: Mark, id_: str) -> Problem:
    return problem(
        mark,
        f"what the generator wrote for '{id_}' under another name; it is left out",
        valid=f"delete this file, or call it {id_}.yml if that one is gone",
        severity="warning",
        check="base",
    )


def _unnamed(mark: Mark) -> Problem:
    return problem(
        mark,
        "a name that the generator gives to no file; it is left out",
        valid="delete this file",
        severity="warning",
        check="base",
    )


def _unreadable(mark: Mark, why: str) -> Problem:
    return problem(
        mark,
        f"what the generator last wrote cannot be read: {why}; the fact file of this source is left as it is",
        valid="bring the file back from version control; or delete it, and all in the fact file counts as yours",
        check="base",
    )


def _items(root: Table, name: str) -> Sequence[Node]:
    entry = root.get(name)
    return entry.value.items if entry and isinstance(entry.value, Items) else ()


def _record(record: type[Any], path: str, entry: Any) -> Any:
    made, problems = record_of(record, path, entry.value if hasattr(entry, "value") else entry, "base")
    if made is None:
        raise ValueError(f"line {problems[0].line}: {problems[0].message}")
    return made


def _known(path: str, node: Node) -> Known:
    if not isinstance(node, Table):
        raise ValueError(f"{at(path, node).line}: no fact")
    values = data(node)
    own = node.having(entry for entry in node.entries if entry.name not in MACHINE_KEYS)
    fact: Fact = _record(FACT_TYPES[values["kind"]], path, own)
    span = Span(int(values["start"]), int(values["end"]))
    return Known(
        found=Found(fact=fact, span=span, rule=values.get("rule") or "", proof=values.get("proof") or ""),
        held=_names(values.get("held")),
        added={name: _names(items) for name, items in (values.get("added") or {}).items()},
        dropped={name: _names(items) for name, items in (values.get("dropped") or {}).items()},
        kept=values.get("kept") == "yes",
    )


def _names(value: Any) -> Names:
    return tuple(value or ())


def _conflict(values: Mapping[str, Any]) -> Conflict:
    def side(name: str) -> str | Names | None:
        value = values.get(name)
        return tuple(value) if isinstance(value, list) else value

    return Conflict(
        source=values["source"],
        fact=values["fact"],
        key=values.get("key") or "",
        ours=side("ours"),
        theirs=side("theirs"),
        rule=values["rule"],
    )
