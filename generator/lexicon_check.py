"""Whether a briefing's own lexicon fits the program's, entry by entry, with the place of each that does not.

The program's lexicon is the schema. A mapping whose values are all words or numbers, or all mappings, is a table that takes
new keys: `measures: {skep: …}`. Any other has the keys that the program reads, and no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from generator.model import Mark
from generator.problems import did_you_mean

OPEN = frozenset({"verbs/irregular", "verbs/unless-before"})
"""Tables of lists: their keys are words too, where the lists of other mappings are sections."""
UNREAD = frozenset({"plover"})
"""Keys by which entries of the program are compared with those of others; a briefing has no use for them."""
SORTS = {
    dict: "a mapping",
    list: "a list",
    str: "a word",
    bool: "true or false",
    int: "a number",
    float: "a number",
    type(None): "nothing",
}
EXAMPLES = {dict: "visit: {verbs: [call on]}", list: "verbs: [call on]", str: "'737'", int: "12"}


def misfits(node: yaml.Node, value: Any, known: Any, path: str, shown: str) -> Iterator[tuple[Mark, str, str]]:
    """Place, what is wrong and an example, for each entry that cannot be added to those of the program.

    `node` is where `value` was read from, `known` what the program has there, `path` its name (`verbs/irregular`),
    `shown` the path of the file.
    """
    mark = Mark(shown, node.start_mark.line + 1, node.start_mark.column + 1)
    if not _alike(value, known):
        name = path.rpartition("/")[2]
        yield mark, f"'{name}' is {_sort(value)}, where {_sort(known)} is due", EXAMPLES.get(type(known), "")
    elif isinstance(value, list):
        yield from _list(node, value, known, path, shown)
    elif isinstance(value, dict):
        yield from _mapping(node, value, known, path, shown)


def _sort(value: Any) -> str:
    return SORTS.get(type(value), "a date or something else")


def _alike(value: Any, known: Any) -> bool:
    """Whether two values are of one sort; any number does for another."""
    numbers = (int, float)
    if isinstance(known, numbers) and not isinstance(known, bool):
        return isinstance(value, numbers) and not isinstance(value, bool)
    return type(value) is type(known)


def _list(
    node: yaml.Node, value: list[Any], known: list[Any], path: str, shown: str
) -> Iterator[tuple[Mark, str, str]]:
    if not known:
        return
    for child, entry in zip(node.value, value, strict=True):
        yield from misfits(child, entry, known[0], f"{path}/{entry}" if isinstance(entry, str) else path, shown)


def _mapping(
    node: yaml.Node, value: dict[Any, Any], known: dict[Any, Any], path: str, shown: str
) -> Iterator[tuple[Mark, str, str]]:
    table = path in OPEN or _is_table(known)
    if len(node.value) != len(value):
        yield Mark(shown, node.start_mark.line + 1, node.start_mark.column + 1), "a key stands here twice", ""
        return
    for (key_node, child), (key, entry) in zip(node.value, value.items(), strict=True):
        mark = Mark(shown, key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        if not isinstance(key, str):
            yield mark, f"the key {key} is {_sort(key)}, where a word is due", f"'{key}'"
        elif key in known:
            yield from misfits(child, entry, known[key], f"{path}/{key}", shown)
        elif not table:
            keys = [name for name in map(str, known) if name not in UNREAD]
            near = did_you_mean(key, keys)
            yield mark, f"no key '{key}' here" + (f"; {near}" if near else ""), ", ".join(keys)
        else:
            like = _like(known)
            yield from misfits(child, entry, like, f"{path}/{key}", shown)
            yield from _lacking(mark, key, entry, known)


def _is_table(known: dict[Any, Any]) -> bool:
    sorts = {type(entry) for entry in known.values()}
    return sorts <= {str} or sorts <= {int, float} or sorts <= {dict} or sorts <= {str, type(None)}


def _like(known: dict[Any, Any]) -> Any:
    """What a new entry of a table may be: all keys that any of the others has."""
    entries = list(known.values())
    if isinstance(entries[0], dict):
        return {key: value for entry in reversed(entries) for key, value in entry.items()}
    return entries[0]


def _lacking(mark: Mark, key: str, entry: Any, known: dict[Any, Any]) -> Iterator[tuple[Mark, str, str]]:
    """What every other entry of a table has and this one lacks."""
    entries = list(known.values())
    if isinstance(entry, dict) and all(isinstance(other, dict) for other in entries):
        lacking = set.intersection(*(set(other) for other in entries)) - set(entry)
        if lacking:
            yield mark, f"'{key}' lacks " + ", ".join(sorted(lacking)), ""
    if isinstance(entry, list) and len(entry) < (least := min(len(other) for other in entries)):
        yield mark, f"'{key}' has {len(entry)} of {least} words", f"{key}: [{', '.join(map(str, entries[0]))}]"
