"""Changes to a fact file within its own text: what no change touches stays to the byte.

Each function says what to cut and what to put there, or None where that is not safe, as with a comment
inside the value: the caller then leaves the value alone and tells. Nothing is ever dumped anew.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.yamlfile import Entry, Items, Node, Scalar, Table, leaves
from generator.yamltext import DATE_KEYS, FULL_DATE, Value, scalar_text, value_text

COMMENT = re.compile(r"#[^\n]*+")
DASH = re.compile(r"(\s*)-[^\S\n]+")


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """`text[start:end]` gives way to `new`."""

    start: int
    end: int
    new: str


Edits = list[Edit] | None


class Sheet:
    """A text with its nodes: where its lines begin, and where its comments are.

    A missing final line break is put in while working, so that all lines are whole, and taken out by `apply`.
    """

    def __init__(self, text: str, root: Table) -> None:
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self.open = not text.endswith("\n")
        self.text, self.root = text + (self.newline if self.open else ""), root
        self.comments = list(_comments(text, root))

    def commented(self, start: int, end: int) -> bool:
        """Whether a comment begins in `text[start:end]`."""
        at = bisect_left(self.comments, start)
        return at < len(self.comments) and self.comments[at] < end

    def line_start(self, offset: int) -> int:
        """Where the line of an offset begins."""
        return self.text.rfind("\n", 0, offset) + 1

    def line_end(self, offset: int) -> int:
        """Where the next line begins, or the text ends."""
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end + 1

    def line(self, offset: int, new: str) -> Edit:
        """Whole lines put in where a line begins."""
        return Edit(offset, offset, new.replace("\n", self.newline))

    def cut_lines(self, start: int, end: int) -> Edit:
        """The whole lines from that of `start` to that of `end`, gone."""
        return Edit(self.line_start(start), self.line_end(end), "")

    def apply(self, edits: Iterable[Edit]) -> str | None:
        """The text with all edits made; None where two of them meet in the same characters."""
        parts, done = [], 0
        for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
            if edit.start < done:
                return None
            parts += [self.text[done : edit.start], edit.new]
            done = edit.end
        text = "".join([*parts, self.text[done:]])
        return text.removesuffix(self.newline) if self.open else text


def _comments(text: str, root: Table) -> Iterable[int]:
    """Between scalars stand only white space, punctuation and comments; and one may follow the | of a block."""
    done = 0
    for leaf in leaves(root):
        yield from (found.start() for found in COMMENT.finditer(text, done, leaf.start))
        if leaf.style in ("|", ">"):
            head = text.find("\n", leaf.start, leaf.end)
            yield from (found.start() for found in COMMENT.finditer(text, leaf.start, max(head, leaf.start)))
        done = max(done, leaf.end)
    yield from (found.start() for found in COMMENT.finditer(text, done))


def commented_keys(sheet: Sheet, record: Table) -> set[str]:
    """Keys with a comment on their lines, or on lines of its own right above them."""
    found, done = set(), record.start
    for entry in record.entries:
        end = sheet.line_end(entry.value.end)
        if sheet.commented(done, end if not record.flow else entry.value.end):
            found.add(entry.name)
        done = end if not record.flow else entry.value.end
    return found


def item_commented(sheet: Sheet, items: Items, at: int) -> bool:
    """Whether a comment belongs to an item: within it, or between it and its neighbours, save on the line before."""
    start = _past_comments(sheet, sheet.line_end(items.items[at - 1].end), items.column - 1) if at else items.start
    stop = items.items[at + 1].start if at + 1 < len(items.items) else len(sheet.text)
    own = sheet.line_end(items.items[at].end)
    if at == 0:  # what stands above the first item, below the key of the list
        start = sheet.text.rfind(":", 0, items.start) + 1
        start = sheet.line_end(start) if sheet.line_end(start) <= sheet.line_start(items.start) else start
    # A comment between two items is the next one's, unless it is indented like this one's keys, or nothing follows.
    deeper = (n for n in sheet.comments[bisect_left(sheet.comments, own) :] if n < stop)
    last = at + 1 == len(items.items)
    return sheet.commented(start, own) or any(last or _column(sheet, n) >= items.items[at].column for n in deeper)


def _column(sheet: Sheet, offset: int) -> int:
    return offset - sheet.line_start(offset) + 1


def set_value(sheet: Sheet, record: Table, name: str, value: Value) -> Edits:
    """Give a key that is there another value."""
    entry = record.get(name)
    if entry is None or sheet.commented(entry.value.start, entry.value.end):
        return None
    node = entry.value
    if isinstance(value, (str, int, float)):
        if not isinstance(node, Scalar):
            return None
        return [_put(node, _scalar(name, value, record.flow, node.style))]
    if isinstance(node, Scalar):
        return [_put(node, _flow_list(sheet, [node], value))]
    if not isinstance(node, Items) or not all(isinstance(item, Scalar) for item in node.items):
        return None
    there = [item.value for item in node.items if isinstance(item, Scalar)]
    kept = [n for n in there if n in value]
    if list(value[: len(kept)]) != kept or len(set(there)) < len(there):
        return _reorder(sheet, node, value)
    return _amend(sheet, node, value)


def _put(node: Scalar, new: str) -> Edit:
    """A value in the place of a scalar, with the space that an empty one lacks."""
    return Edit(node.start, node.end, new if node.end > node.start else " " + new)


def _scalar(name: str, value: str | int | float, flow: bool, style: str) -> str:
    if isinstance(value, str) and name in DATE_KEYS and FULL_DATE.fullmatch(value) and not style:
        return value
    return scalar_text(value, flow=flow, style=style if style in ("'", '"') else "")


def _flow_list(sheet: Sheet, nodes: Sequence[Node], value: Sequence[str]) -> str:
    """A list on one line; names that stand already keep their spelling."""
    there = {n.value: sheet.text[n.start : n.end] for n in nodes if isinstance(n, Scalar) and n.style not in ("|", ">")}
    return "[" + ", ".join(there.get(v) or scalar_text(v, flow=True) for v in value) + "]"


def _reorder(sheet: Sheet, node: Items, value: Sequence[str]) -> Edits:
    """A list with its names in another order, or others: place by place if it is a block, else anew on one line."""
    if node.flow:
        return [Edit(node.start, node.end, _flow_list(sheet, node.items, value))]
    if any(isinstance(n, Scalar) and n.style in ("|", ">") for n in node.items):
        return None
    put = [Edit(n.start, n.end, scalar_text(v)) for n, v in zip(node.items, value, strict=False)]
    cut = [_cut_name(sheet, node, i, ()) for i in range(len(value), len(node.items))]
    more = _add_lines(sheet, node, value[len(node.items) :])
    return None if None in cut or more is None else [*put, *(edit for edit in cut if edit), *more]


def _add_lines(sheet: Sheet, node: Items, names: Sequence[str]) -> Edits:
    """Names at the end of a block list."""
    last = node.items[-1]
    dash = DASH.fullmatch(sheet.text[sheet.line_start(last.start) : last.start])
    if not dash:
        return None if names else []
    lines = "".join(f"{dash[1]}- {scalar_text(name)}\n" for name in names)
    return [sheet.line(sheet.line_end(last.end), lines)] if names else []


def _amend(sheet: Sheet, node: Items, value: Sequence[str]) -> Edits:
    """Some names fewer, some more at the end; the lines or places of the others stay as they are."""
    gone = [i for i, n in enumerate(node.items) if isinstance(n, Scalar) and n.value not in value]
    more = value[len(node.items) - len(gone) :]
    if len(gone) == len(node.items):
        return _reorder(sheet, node, value)
    edits = []
    for i in gone:
        cut = _cut_name(sheet, node, i, gone)
        if cut is None:
            return None
        edits.append(cut)
    if node.flow:
        end = node.items[-1].end
        return [*edits, Edit(end, end, "".join(", " + scalar_text(name, flow=True) for name in more))]
    lines = _add_lines(sheet, node, more)
    return None if lines is None else edits + lines


def _cut_name(sheet: Sheet, node: Items, i: int, gone: Sequence[int]) -> Edit | None:
    this = node.items[i]
    if not node.flow:
        start = sheet.line_start(this.start)
        if not DASH.fullmatch(sheet.text[start : this.start]) or sheet.commented(start, sheet.line_end(this.end)):
            return None
        return sheet.cut_lines(this.start, this.end)
    if all(j in gone for j in range(i)):  # with the comma after it, as no kept name comes before
        return Edit(this.start, node.items[i + 1].start, "")
    return Edit(node.items[i - 1].end, this.end, "")


def add_key(sheet: Sheet, record: Table, name: str, value: Value, order: Sequence[str]) -> Edits:
    """Put a key in after the last one that comes before it in `order`."""
    before = [e for e in record.entries if e.name in order and order.index(e.name) < order.index(name)]
    entry = max(before, key=lambda e: order.index(e.name)) if before else record.entries[0]
    if record.flow:
        written = _scalar(name, value, True, "") if isinstance(value, (str, int, float)) else value_text(name, value)
        return [Edit(entry.value.end, entry.value.end, f", {name}: {written}")]
    indent = " " * (record.column - 1)
    return [sheet.line(sheet.line_end(entry.value.end), f"{indent}{name}: {value_text(name, value)}\n")]


def remove_key(sheet: Sheet, record: Table, name: str) -> Edits:
    """Take a key and its value out."""
    entry = record.get(name)
    if entry is None or len(record.entries) == 1:
        return None
    at = record.entries.index(entry)
    following = record.entries[at + 1] if at + 1 < len(record.entries) else None
    if record.flow:
        return _cut_between(sheet, entry, record.entries[at - 1] if at else None, following)
    if sheet.commented(entry.key.start, sheet.line_end(entry.value.end)):
        return None
    if not sheet.text[sheet.line_start(entry.key.start) : entry.key.start].strip(" \ufeff"):
        return [sheet.cut_lines(entry.key.start, entry.value.end)]
    return _cut_between(sheet, entry, None, following)  # on the line of the dash


def _cut_between(sheet: Sheet, entry: Entry, before: Entry | None, after: Entry | None) -> Edits:
    if before:
        start, end = before.value.end, entry.value.end
    elif after:
        start, end = entry.key.start, after.key.start
    else:
        return None
    return None if sheet.commented(start, end) else [Edit(start, end, "")]


def remove_items(sheet: Sheet, entry: Entry, gone: Sequence[int], *, filled: bool = False) -> Edits:
    """Take items of a block list out, by place; `[]` remains where none is left and none is put in (`filled`)."""
    items = entry.value
    if not isinstance(items, Items) or items.flow:
        return None
    edits = []
    for at in gone:
        this = items.items[at]
        if not DASH.fullmatch(sheet.text[sheet.line_start(this.start) : this.start]):
            return None
        edits.append(sheet.cut_lines(this.start, this.end))
    if gone and len(gone) == len(items.items) and not filled:
        colon = sheet.text.index(":", entry.key.end) + 1
        edits.append(Edit(colon, colon, " []"))
    return edits


def insert_item(sheet: Sheet, entry: Entry, after: int | None, written: Sequence[str]) -> Edits:
    """Put items in, given as `item()` writes them at the margin, after the one at a place, or first of all."""
    node = entry.value
    if isinstance(node, Scalar) and node.value is None and node.start == node.end:
        return [sheet.line(sheet.line_end(entry.key.end), "".join(written))]
    if not isinstance(node, Items):
        return None
    if not node.items:
        colon = sheet.text.index(":", entry.key.end) + 1
        return [Edit(colon, node.end, ""), sheet.line(sheet.line_end(node.end), "".join(written))]
    first = node.items[0]
    dash = DASH.fullmatch(sheet.text[sheet.line_start(first.start) : first.start])
    if node.flow or not dash:
        return None
    apart = "\n" if len(node.items) > 1 and _blank_between(sheet, first, node.items[1]) else ""
    made = ["".join(dash[1] + line for line in text.splitlines(keepends=True)) for text in written]
    if after is None:
        return [sheet.line(sheet.line_end(entry.key.end), "".join(text + apart for text in made))]
    at = _past_comments(sheet, sheet.line_end(node.items[after].end), len(dash[1]))
    return [sheet.line(at, "".join(apart + text for text in made))]


def _blank_between(sheet: Sheet, a: Node, b: Node) -> bool:
    between = sheet.text[sheet.line_end(a.end) : b.start]
    return any(not line.strip() for line in between.split("\n")[:-1])


def _past_comments(sheet: Sheet, offset: int, dash: int) -> int:
    """Past the lines of comments that are indented deeper than the dash: they belong to the item above them."""
    while offset < len(sheet.text):
        line = sheet.text[offset : sheet.line_end(offset)]
        stripped = line.lstrip(" ")
        if not stripped.startswith("#") or len(line) - len(stripped) <= dash:
            break
        offset += len(line)
    return offset
