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
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

import yaml
from msgspec import Struct
from msgspec.structs import replace

from generator.problems import Problem, problem, shown, too_large
from generator.yamlbounds import BYTES, MAX_VALUES, TooMuch, events, told
from generator.yamlerrors import explained, line_at, mark_at

NULLS = frozenset(["", "~", "null", "Null", "NULL"])
CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7}|={7})(?= |\r?$)", re.MULTILINE)
# What libyaml's reader refuses; lone surrogates too, which cannot be encoded for it at all.
UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
# Line breaks in YAML 1.1 (libyaml), ordinary characters in YAML 1.2: swapped for unused ones while reading.
OLD_BREAKS = "\x85\u2028\u2029"


class Node(Struct, frozen=True, kw_only=True, gc=False):
    """A value with its place: 1-based line and column, half-open character offsets into the text."""

    line: int
    column: int
    start: int
    end: int
    tied: bool = False
    """Whether an anchor (`&name`) or an alias (`*name`) stands here or within."""
    alias: bool = False
    """Whether it is an alias: what it holds stands elsewhere in the file."""


class Scalar(Node, frozen=True, kw_only=True, gc=False):
    """A text, or None where nothing is written. A block scalar ends with its last line that is not blank."""

    value: str | None
    style: str
    """The character YAML marks it with: `'`, `"`, `|`, `>`, or nothing for a plain one."""


class Items(Node, frozen=True, kw_only=True, gc=False):
    """A list."""

    items: tuple[Node, ...]
    flow: bool


class Entry(Struct, frozen=True, gc=False):
    """A key with its value."""

    key: Scalar
    value: Node

    @property
    def name(self) -> str:
        """The key's text."""
        return self.key.value or ""


class Table(Node, frozen=True, kw_only=True, gc=False):
    """A mapping in the order of the file; no key occurs twice."""

    entries: tuple[Entry, ...]
    flow: bool

    def get(self, name: str) -> Entry | None:
        """The entry of that key."""
        return next((entry for entry in self.entries if entry.name == name), None)

    def having(self, entries: Iterable[Entry]) -> Table:
        """The same mapping with other entries."""
        return replace(self, entries=tuple(entries))


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
    if len(text) > BYTES:
        raise _Refused(too_large(path, len(text), BYTES))
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
        self.stack: list[tuple[Any, bool, list[Node]]] = []
        """What is open: the event that opened it, whether it is a mapping, and what stands in it so far."""
        self.anchors: dict[str, Node] = {}

    def root(self) -> Node | None:
        source = self.text[self.shift :].translate({ord(old): new for old, new in self.swaps.items()})
        root: Node | None = None
        last: Any = None
        try:
            if len(source) > 2 * MAX_VALUES:  # a value takes two characters: shorter ones cannot hold too many
                deque(events(source), maxlen=0)
            for event in events(source):
                last = event
                if type(event) is yaml.DocumentStartEvent and root is not None:
                    raise self._refused(event, "a second document", "one document a file: delete the line '---'")
                root = self._take(event) or root
        except TooMuch as found:
            raise _Refused(told(self.path, self.text, self.shift, found)) from found
        except yaml.YAMLError as error:
            raise _Refused(explained(self.path, self.text, self.shift, error, last)) from error
        # An empty document is one empty plain scalar to libyaml.
        return None if isinstance(root, Scalar) and root.value is None and root.start == root.end else root

    def _take(self, event: Any) -> Node | None:
        """Take one event; the node it completes, if that is the root."""
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._untagged(event)
            node: Node = self._scalar(event)
            return self._place(self._anchored(event, node) if event.anchor else node)
        if kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._untagged(event)
            self.stack.append((event, kind is yaml.MappingStartEvent, []))
            return None
        if kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            opened, is_table, children = self.stack.pop()
            node = (self._table if is_table else self._items)(opened, event, children)
            return self._place(self._anchored(opened, node) if opened.anchor else node)
        return self._place(self._alias(event)) if kind is yaml.AliasEvent else None

    def _untagged(self, event: Any) -> None:
        if event.tag:
            valid = "leave tags out, or put text that begins with ! in quotes"
            raise self._refused(event, f"a tag ('{shown(event.tag)}')", valid)

    def _anchored(self, event: Any, node: Node) -> Node:
        """A node that is complete, known by its anchor from here on."""
        self.anchors[event.anchor] = node = replace(node, tied=True)
        return node

    def _alias(self, event: Any) -> Node:
        """What an anchor stands for, in the place of the alias."""
        node = self.anchors.get(event.anchor)
        if node is None:
            found = f"'*{shown(event.anchor)}', which nothing above is called"
            raise self._refused(event, found, "put text that begins with * in quotes")
        mark = event.start_mark
        start, end = mark.index + self.shift, event.end_mark.index + self.shift
        here = {"line": mark.line + 1, "column": mark.column + 1, "start": start, "end": end}
        node = replace(node, tied=True, alias=True, **here)
        return replace(node, style="") if isinstance(node, Scalar) else node

    def _place(self, node: Node) -> Node | None:
        if not self.stack:
            return node
        _, is_table, children = self.stack[-1]
        if is_table and len(children) % 2 == 0 and not _is_key(node):
            raise self._refused_at(
                node.start, "a key that is not a plain word", "a key is text, followed by a colon", "who: [alpha]"
            )
        children.append(node)
        return None

    def _scalar(self, event: Any) -> Scalar:
        mark = event.start_mark
        start, end = mark.index + self.shift, event.end_mark.index + self.shift
        style = event.style or ""
        value: str | None = event.value.translate(self.back) if self.back else event.value
        if style == "|" or style == ">":
            end = start + len(self.text[start:end].rstrip(" \t\r\n"))
        elif not style and value in NULLS:
            value = None
        return Scalar(value=value, style=style, start=start, end=end, line=mark.line + 1, column=mark.column + 1)

    def _items(self, opened: Any, closed: Any, children: list[Node]) -> Items:
        return Items(items=tuple(children), **self._around(opened, closed, children))

    def _table(self, opened: Any, closed: Any, children: list[Node]) -> Table:
        keys: dict[str, Scalar] = {}
        entries = []
        for key, value in zip(children[::2], children[1::2], strict=True):
            assert isinstance(key, Scalar)
            entry = Entry(key, value)
            first = keys.setdefault(entry.name, key)
            if first is not key:
                raise self._twice(entry.name, first, key)
            entries.append(entry)
        return Table(entries=tuple(entries), **self._around(opened, closed, children))

    def _twice(self, name: str, first: Scalar, key: Scalar) -> _Refused:
        valid = "begin each fact with '- ', or keep one of the two" if name == "id" else "keep one of the two"
        return self._refused_at(key.start, f"the key '{shown(name)}' stands twice, first in line {first.line}", valid)

    def _around(self, opened: Any, closed: Any, children: list[Node]) -> dict[str, Any]:
        """What a collection has of its place, its style and its values."""
        mark, flow = opened.start_mark, bool(opened.flow_style)
        start = mark.index + self.shift
        # A block collection ends for libyaml where the next thing begins, comments between them included.
        end = closed.end_mark.index + self.shift if flow else children[-1].end if children else start
        place = {"start": start, "end": end, "line": mark.line + 1, "column": mark.column + 1}
        return {**place, "flow": flow, "tied": any(child.tied for child in children)}

    def _refused(self, event: Any, found: str, valid: str) -> _Refused:
        return self._refused_at(event.start_mark.index + self.shift, found, valid)

    def _refused_at(self, offset: int, found: str, valid: str, example: str = "") -> _Refused:
        mark = mark_at(self.path, self.text, offset)
        entry = line_at(self.text, offset)
        return _Refused(problem(mark, found, valid=valid, example=example, entry=entry, check="yaml"))


def _is_key(node: Node) -> bool:
    return isinstance(node, Scalar) and node.value is not None and not node.tied


def _swaps(text: str) -> dict[str, str]:
    """For each old line break in the text a private character that the text does not hold."""
    found = [c for c in OLD_BREAKS if c in text]
    if not found:
        return {}
    unused = (chr(n) for n in range(0xE000, 0xF8FF) if chr(n) not in text)
    return dict(zip(found, unused, strict=False))
