"""From the text of a YAML mapping to a record of `model`, with problems that teach.

pydantic reads the types of the dataclasses themselves, so the model is stated once; its errors are
placed at the key or value they are about and put in the words of those who edit the files.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import fields
from difflib import get_close_matches
from functools import cache
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from generator.model import Edit, Mark, Source, key
from generator.problems import Problem, did_you_mean, problem, slip
from generator.problems import shown as cut
from generator.yamlfile import Entry, Items, Node, Scalar, Table, data

Record = TypeVar("Record")
THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})++(?:\.[0-9]++)?")
ID = re.compile(r"[a-z0-9]++(?:-[a-z0-9]++)*+")
MOST_LETTERS = 200
"""Of an id, which is the name of a file, with up to 255 bytes, and of one that is written beside it."""

EXAMPLES = {
    "id": "id: event-7k3qa9x2mf",
    "kind": "kind: event",
    "what": "what: visit",
    "status": "status: happened",
    "value": "value: 40",
    "high": "high: 50",
    "bound": "bound: at-least",
    "role": "role: target",
    "words": "words: Work begins in spring.",
    "hedge": "hedge: is likely to",
    "title": "title: Minister of Works",
    "quote": "quote: the minister visited the port on Monday",
    "nth": "nth: 2",
    "when": "when: 2025-12-03",
    "reviewed-on": "reviewed-on: 2025-12-08",
    "date": "date: 2025-12-05",
    "review": "review: confirmed",
    "rank": "rank: preferred",
    "same-as": "same-as: [event-7k3qa9x2mf]",
    "outcome": "outcome: [event-7k3qa9x2mf]",
    "unrelated": "unrelated: [event-7k3qa9x2mf]",
    "at": "at: [39.575, 126.342]",
    "name": "name: Ministry of Works",
    "facts": "facts: {who: [alpha-works]}",
}
"""What a right entry looks like, by key."""

SOURCE_ID = "id: 2025-12-05-port-opens"
MOST_KEYS = 100
"""Of a mapping whose keys are known; no record has a quarter of it, and each unknown key is told with what was meant."""
MERGE_KEY = "<<"
"""YAML 1.1 takes it for the keys of another mapping; YAML 1.2 for a key like any."""
AT_PYDANTIC = {"missing": "missing", "unexpected_keyword_argument": "unknown", "literal_error": "choice"}


@cache
def _adapter(record: Any) -> Any:
    """pydantic's reader of one record type; imported here because `extract` has no use for it."""
    from pydantic import ConfigDict, TypeAdapter

    # Inside a tuple, because a bare dataclass may not be given a configuration from outside.
    return TypeAdapter(tuple[record], config=ConfigDict(alias_generator=key, extra="forbid", allow_inf_nan=False))


def keys_of(record: type[Any]) -> tuple[str, ...]:
    """The YAML keys of a record type."""
    return tuple(key(field.name) for field in fields(record))


@cache
def _hints(record: Any) -> dict[str, Any]:
    return {key(name): hint for name, hint in get_type_hints(cast(Hashable, record)).items()}


def is_list(record: type[Any], name: str) -> bool:
    """Whether a key of the record holds a list of any length."""
    hint = _hints(cast(Hashable, record)).get(name)
    return get_origin(hint) is tuple and get_args(hint)[-1] is Ellipsis


def choices(record: type[Any], name: str) -> tuple[str, ...]:
    """The values a key may have, where the type lists them."""
    hint = _hints(cast(Hashable, record))[name]
    options = [option for part in (hint, *get_args(hint)) for option in get_args(part) or (part,)]
    return tuple(dict.fromkeys(option for option in options if isinstance(option, str)))


def is_id(word: str) -> bool:
    """Whether a word is an id: small letters, digits, single hyphens, and short enough for the name of a file."""
    return len(word) <= MOST_LETTERS and ID.fullmatch(word) is not None


def at(path: str, node: Node) -> Mark:
    """The mark of a node."""
    return Mark(path, node.line, node.column)


def record_of(
    record: type[Record], path: str, node: Table, check: str, *, given: Mapping[str, Any] | None = None
) -> tuple[Record | None, list[Problem]]:
    """The record that a mapping states; None with problems where it states none.

    An empty value counts as an absent key; one value where a list belongs is a list of one; `given`
    are values that stand elsewhere, such as the id that is the key of the mapping.
    """
    from pydantic import ValidationError

    if len(node.entries) > MOST_KEYS:
        return None, [too_many_keys(path, node, [name for name in keys_of(record) if name not in (given or {})], check)]
    values = {name: _value(record, name, entry.value) for entry in node.entries for name in [entry.name]}
    values = {name: value for name, value in values.items() if value is not None} | dict(given or {})
    try:
        (made,) = _adapter(cast(Hashable, record)).validate_python((values,))
        return made, []
    except ValidationError as error:
        told = {_place(e["loc"]): e["type"] for e in error.errors(include_url=False, include_input=False)}
        for name in [name for name, kind in told.items() if AT_PYDANTIC.get(kind) == "unknown"]:
            for meant in get_close_matches(name, keys_of(record), n=1):  # said once: as the key that is misspelt
                told = {key: kind for key, kind in told.items() if key != meant or kind != "missing"}
        own = {"id", "marks"} & set(given or {})  # keys that do not stand in the mapping itself
        known = [name for name in keys_of(record) if name not in own]
        return None, [_told(record, path, node, name, kind, check, known) for name, kind in told.items()]


def _value(record: type[Any], name: str, node: Node) -> Any:
    value = data(node)
    if isinstance(value, str) and is_list(record, name):
        return [value]
    return value


def _place(loc: Sequence[str | int]) -> str:
    """The key an error is about: the first one below the tuple."""
    return str(loc[1]) if len(loc) > 1 else ""


def _told(record: type[Any], path: str, node: Table, name: str, kind: str, check: str, known: Sequence[str]) -> Problem:
    """One error of pydantic as a problem."""
    entry = node.get(name)
    what = AT_PYDANTIC.get(kind, "type")
    if what == "missing" or entry is None:
        empty = entry is not None
        return problem(
            at(path, entry.value if entry else node),
            f"the key '{name}' is {'empty' if empty else 'missing'}",
            valid="write its value" if empty else "add it",
            example=SOURCE_ID if record is Source and name == "id" else EXAMPLES.get(name, f"{name}: …"),
            check=check,
        )
    if what == "unknown":
        return unknown_key(path, entry, known, check, beside=[e.name for e in node.entries])
    if what == "choice":
        return _wrong_choice(path, entry, choices(record, name), check)
    hint, plain = _hints(cast(Hashable, record))[name], data(entry.value)
    number = isinstance(plain, str) and float in get_args(hint) and THOUSANDS.fullmatch(plain)
    return problem(
        at(path, entry.value),
        f"{_shown(entry.value)} is no value for '{name}'",
        valid=_expected(hint),
        example=EXAMPLES.get(name, ""),
        check=check,
        fix=written_as(entry.value, plain.replace(",", "")) if number else (),
    )


def too_many_keys(path: str, node: Table, known: Sequence[str], check: str) -> Problem:
    """A mapping that cannot be meant as what it is read as."""
    mark, found = at(path, node.entries[MOST_KEYS].key), f"{len(node.entries):,} keys in one mapping"
    return problem(mark, found, valid="valid keys: " + ", ".join(known), check=check)


def unknown_key(path: str, entry: Entry, known: Sequence[str], check: str, *, beside: Sequence[str] = ()) -> Problem:
    """A key that nothing reads; `beside` are all that the mapping has."""
    near, meant = did_you_mean(entry.name, known), slip(entry.name, known)
    valid = near or "valid keys: " + ", ".join(known)
    if entry.name == MERGE_KEY:
        valid = "the keys of another entry are not taken over; write them out"
    fix = written_as(entry.key, meant) if meant and meant not in beside else ()
    return problem(at(path, entry.key), f"unknown key '{cut(entry.name)}'", valid=valid, check=check, fix=fix)


def written_as(node: Node, word: str) -> tuple[Edit, ...]:
    """The change that puts a word in the place of one on a single line."""
    single = isinstance(node, Scalar) and node.style not in ("|", ">") and node.end > node.start and not node.tied
    return (Edit(node.start, node.end, word),) if single else ()


def _wrong_choice(path: str, entry: Entry, options: Sequence[str], check: str) -> Problem:
    shown = _shown(entry.value)
    near, meant = did_you_mean(shown.strip("'"), options), slip(shown.strip("'"), options)
    return problem(
        at(path, entry.value),
        f"{shown} is no {entry.name}",
        valid=(near + " " if near else "") + "valid: " + ", ".join(options),
        example=EXAMPLES.get(entry.name, f"{entry.name}: {options[0]}"),
        check=check,
        fix=written_as(entry.value, meant) if meant else (),
    )


def _shown(node: Node) -> str:
    if isinstance(node, Scalar):
        value = node.value or ""
        return f"'{value[:60]}…'" if len(value) > 60 else f"'{value}'"
    return "a list" if isinstance(node, Items) else "a mapping"


def _expected(hint: Any) -> str:
    """What a key of that type holds, in words."""
    parts = {hint, *get_args(hint)}
    for part in parts:
        if get_origin(part) is tuple:
            return "a list of names" if str in get_args(part) else "two numbers: latitude, longitude in degrees"
    if float in parts:
        return "a number in digits, without separators or units"
    if int in parts:
        return "a whole number"
    return "one text" if str in parts or (get_args(hint) and get_origin(hint) is not Mapping) else "a mapping"


def table(path: str, node: Node | None, what: str, check: str) -> tuple[Table | None, list[Problem]]:
    """The node if it is a mapping; an empty document or value is None without a problem."""
    if isinstance(node, Table):
        return node, []
    if node is None or (isinstance(node, Scalar) and node.value is None):
        return None, []
    return None, [problem(at(path, node), f"{_shown(node)} where {what} belongs", valid="a mapping", check=check)]


def entry_table(path: str, entry: Entry, what: str, example: str, check: str) -> tuple[Table | None, list[Problem]]:
    """The mapping below an id, and what is wrong with either."""
    if not is_id(entry.name):
        found = problem(
            at(path, entry.key),
            f"'{cut(entry.name)}' is no id",
            valid=f"small letters a to z, digits and hyphens, at most {MOST_LETTERS} of them",
            example="port-of-alpha",
            check=check,
        )
        return None, [found]
    node, problems = table(path, entry.value, what, check)
    if not node and not problems:
        problems = [problem(at(path, entry.key), f"'{entry.name}' is empty", example=example, check=check)]
    return node, problems
