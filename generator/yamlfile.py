"""YAML as people write it, read with the place of every value.

Every scalar is text until a schema says otherwise, as `no`, `12:30` and `2025-12-03` are meant when a
person types them; only a plain `null`, `~` or nothing at all is None. An alias reads as what its anchor
stands for, and both are `tied`: no machine splices into them. What nobody can be sure of (tags, duplicate
keys, tabs as indentation, unresolved merges) is refused with its place.

Positions come from libyaml's events and count characters of the text as given, its byte order mark and
carriage returns included, so that a change can be spliced in and every other byte stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import yaml

from generator.problems import Problem, problem
from generator.yamlerrors import explained, line_at, mark_at

MAX_DEPTH = 64
MAX_WEIGHT = 100_000
"""Values that all aliases of a file may stand for."""
NULLS = frozenset(["", "~", "null", "Null", "NULL"])
CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7}|={7})(?= |\r?$)", re.MULTILINE)
# What libyaml's reader refuses; lone surrogates too, which cannot be encoded for it at all.
UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
# Line breaks in YAML 1.1 (libyaml), ordinary characters in YAML 1.2: swapped for unused ones while reading.
OLD_BREAKS = "\x85\u2028\u2029"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A value with its place: 1-based line and column, half-open character offsets into the text."""

    line: int
    column: int
    start: int
    end: int
    tied: bool = False
    """Whether an anchor (`&name`) or an alias (`*name`) stands here or within."""
    alias: bool = False
    """Whether it is an alias: what it holds stands elsewhere in the file."""
    weight: int = 1
    """How many values it stands for, aliases written out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar(Node):
    """A text, or None where nothing is written. A block scalar ends with its last line that is not blank."""

    value: str | None
    style: str
    """The character YAML marks it with: `'`, `"`, `|`, `>`, or nothing for a plain one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Items(Node):
    """A list."""

    items: tuple[Node, ...]
    flow: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value."""

    key: Scalar
    value: Node

    @property
    def name(self) -> str:
        """The key's text."""
        return self.key.value or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Node):
    """A mapping in the order of the file; no key occurs twice."""

    entries: tuple[Entry, ...]
    flow: bool

    def get(self, name: str) -> Entry | None:
        """The entry of that key."""
        return next((entry for entry in self.entries if entry.name == name), None)


def data(node: Node | None) -> Any:
    """The node as plain str, None, list and dict."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Items):
        return [data(item) for item in node.items]
    if isinstance(node, Table):
        return {entry.name: data(entry.value) for entry in node.entries}
    return None


def leaves(node: Node) -> Iterator[Scalar]:
    """All keys and scalar values under a node, in the order of the file; an alias is one, whatever it stands for."""
    if isinstance(node, Scalar):
        yield node
    elif node.alias:
        yield Scalar(value=None, style="", line=node.line, column=node.column, start=node.start, end=node.end)
    elif isinstance(node, Items):
        for item in node.items:
            yield from leaves(item)
    elif isinstance(node, Table):
        for entry in node.entries:
            yield entry.key
            yield from leaves(entry.value)


class _Refused(Exception):
    """Ends reading with the one problem that makes the rest unreadable."""

    def __init__(self, found: Problem) -> None:
        super().__init__(str(found))
        self.found = found


def read_yaml(path: str, text: str) -> tuple[Node | None, list[Problem]]:
    """The document's root; None where it is empty, or where a problem (one: the first) makes it unreadable."""
    try:
        _screen(path, text)
        return _Reader(path, text).root(), []
    except _Refused as refused:
        return None, [refused.found]


def _screen(path: str, text: str) -> None:
    """Refuse what libyaml would report in its own words, or not at all."""
    if found := CONFLICT.search(text):
        raise _Refused(
            problem(
                mark_at(path, text, found.start()),
                f"a merge conflict stands in the file: '{found.group()}'",
                valid="resolve the merge first: keep one side and delete the lines with the marks",
                entry=UNREADABLE.sub("\ufffd", line_at(text, found.start())),
                check="yaml-conflict",
            )
        )
    if found := UNREADABLE.search(text, 1 if text.startswith("\ufeff") else 0):
        raise _Refused(
            problem(
                mark_at(path, text, found.start()),
                f"a character that no YAML file may hold: U+{ord(found.group()):04X}",
                valid="delete it, or write it as an escape in double quotes",
                example=f'"\\u{ord(found.group()):04x}"',
                check="yaml-character",
            )
        )


class _Reader:
    """Builds nodes from libyaml's events, without recursion."""

    def __init__(self, path: str, text: str) -> None:
        self.path, self.text = path, text
        self.shift = 1 if text.startswith("\ufeff") else 0
        self.swaps = _swaps(text)
        self.back = {ord(new): old for old, new in self.swaps.items()}
        self.stack: list[tuple[Any, list[Node]]] = []
        self.anchors: dict[str, Node] = {}
        self.weight = 0

    def root(self) -> Node | None:
        source = self.text[self.shift :].translate({ord(old): new for old, new in self.swaps.items()})
        root: Node | None = None
        last: Any = None
        try:
            for event in yaml.parse(source, Loader=yaml.CSafeLoader):
                last = event
                if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                    raise self._refused(event, "a second document", "one document a file: delete the line '---'")
                root = self._take(event) or root
        except yaml.YAMLError as error:
            raise _Refused(explained(self.path, self.text, self.shift, error, last)) from error
        # An empty document is one empty plain scalar to libyaml.
        return None if isinstance(root, Scalar) and root.value is None and root.start == root.end else root

    def _take(self, event: Any) -> Node | None:
        """Take one event; the node it completes, if that is the root."""
        if isinstance(event, yaml.AliasEvent):
            return self._place(self._alias(event))
        if getattr(event, "tag", None):
            raise self._refused(
                event, f"a tag ('{event.tag}')", "leave tags out, or put text that begins with ! in quotes"
            )
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            if len(self.stack) >= MAX_DEPTH:
                raise self._refused(event, f"nested more than {MAX_DEPTH} deep", "a flat list of facts")
            self.stack.append((event, []))
            return None
        if isinstance(event, yaml.ScalarEvent):
            return self._place(self._anchored(event, self._scalar(event)))
        if isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            opened, children = self.stack.pop()
            return self._place(self._anchored(opened, self._collection(opened, event, children)))
        return None

    def _anchored(self, event: Any, node: Node) -> Node:
        """A node that is complete, known by its anchor from here on."""
        if not event.anchor:
            return node
        node = replace(node, tied=True)
        self.anchors[event.anchor] = node
        return node

    def _alias(self, event: Any) -> Node:
        """What an anchor stands for, in the place of the alias."""
        node = self.anchors.get(event.anchor)
        if node is None:
            raise self._refused(
                event, f"'*{event.anchor}', which nothing above is called", "put text that begins with * in quotes"
            )
        self.weight += node.weight
        if self.weight > MAX_WEIGHT:
            raise self._refused(event, f"aliases that stand for more than {MAX_WEIGHT:,} values", "write values out")
        start, end = event.start_mark.index + self.shift, event.end_mark.index + self.shift
        node = replace(node, tied=True, alias=True, start=start, end=end, **self._at(event))
        return replace(node, style="") if isinstance(node, Scalar) else node

    def _place(self, node: Node) -> Node | None:
        if not self.stack:
            return node
        opened, children = self.stack[-1]
        if isinstance(opened, yaml.MappingStartEvent) and len(children) % 2 == 0 and not _is_key(node):
            raise self._refused_at(
                node.start, "a key that is not a plain word", "a key is text, followed by a colon", "who: [alpha]"
            )
        children.append(node)
        return None

    def _scalar(self, event: Any) -> Scalar:
        start, end = event.start_mark.index + self.shift, event.end_mark.index + self.shift
        style = event.style or ""
        value: str | None = event.value.translate(self.back) if self.back else event.value
        if style in "|>" and style:
            end = start + len(self.text[start:end].rstrip(" \t\r\n"))
        elif not style and value in NULLS:
            value = None
        return Scalar(value=value, style=style, start=start, end=end, **self._at(event))

    def _collection(self, opened: Any, closed: Any, children: list[Node]) -> Node:
        start, flow = opened.start_mark.index + self.shift, bool(opened.flow_style)
        # A block collection ends for libyaml where the next thing begins, comments between them included.
        end = closed.end_mark.index + self.shift if flow else children[-1].end if children else start
        if isinstance(opened, yaml.SequenceStartEvent):
            return Items(items=tuple(children), flow=flow, start=start, end=end, **self._at(opened), **_held(children))
        keys: dict[str, Scalar] = {}
        entries = []
        for key, value in zip(children[::2], children[1::2], strict=True):
            assert isinstance(key, Scalar)
            entry = Entry(key, value)
            if entry.name in keys:
                first = keys[entry.name].line
                valid = (
                    "begin each fact with '- ', or keep one of the two" if entry.name == "id" else "keep one of the two"
                )
                raise self._refused_at(key.start, f"the key '{entry.name}' stands twice, first in line {first}", valid)
            keys[entry.name] = key
            entries.append(entry)
        return Table(entries=tuple(entries), flow=flow, start=start, end=end, **self._at(opened), **_held(children))

    def _at(self, event: Any) -> dict[str, Any]:
        return {"line": event.start_mark.line + 1, "column": event.start_mark.column + 1}

    def _refused(self, event: Any, found: str, valid: str) -> _Refused:
        return self._refused_at(event.start_mark.index + self.shift, found, valid)

    def _refused_at(self, offset: int, found: str, valid: str, example: str = "") -> _Refused:
        mark = mark_at(self.path, self.text, offset)
        entry = line_at(self.text, offset)
        return _Refused(problem(mark, found, valid=valid, example=example, entry=entry, check="yaml"))


def _held(children: Sequence[Node]) -> dict[str, Any]:
    """What a collection has of its values."""
    return {"tied": any(child.tied for child in children), "weight": 1 + sum(child.weight for child in children)}


def _is_key(node: Node) -> bool:
    return isinstance(node, Scalar) and node.value is not None and not node.tied


def _swaps(text: str) -> dict[str, str]:
    """For each old line break in the text a private character that the text does not hold."""
    found = [c for c in OLD_BREAKS if c in text]
    if not found:
        return {}
    unused = (chr(n) for n in range(0xE000, 0xF8FF) if chr(n) not in text)
    return dict(zip(found, unused, strict=False))
