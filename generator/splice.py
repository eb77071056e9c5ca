"""Changes to a fact file within its own text: what no change touches stays to the byte.

Each function says what to cut and what to put there, or None where that is not safe, as with a comment
inside the value: the caller then leaves the value alone and tells. Nothing is ever dumped anew.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import Edit
from generator.sheet import Edits, Sheet, past_comments
from generator.splice_names import DASH, amend, flow_list, reorder
from generator.yamlfile import Entry, Items, Node, Scalar, Table
from generator.yamltext import DATE_KEYS, FULL_DATE, Value, scalar_text, value_text


def set_value(sheet: Sheet, record: Table, name: str, value: Value) -> Edits:
    """Give a key that is there another value."""
    entry = record.get(name)
    if entry is None or entry.value.tied or record.alias or sheet.commented(entry.value.start, entry.value.end):
        return None
    node = entry.value
    if isinstance(value, (str, int, float)):
        if not isinstance(node, Scalar):
            return None
        return [_put(node, _scalar(name, value, record.flow, node.style))]
    if isinstance(node, Scalar):
        return [_put(node, flow_list(sheet, [node], value))]
    if not isinstance(node, Items) or not all(isinstance(item, Scalar) for item in node.items):
        return None
    there = [item.value for item in node.items if isinstance(item, Scalar)]
    kept = [n for n in there if n in value]
    if list(value[: len(kept)]) != kept or len(set(there)) < len(there):
        return reorder(sheet, node, value)
    return amend(sheet, node, value)


def _put(node: Scalar, new: str) -> Edit:
    """A value in the place of a scalar, with the space that an empty one lacks."""
    return Edit(node.start, node.end, new if node.end > node.start else " " + new)


def _scalar(name: str, value: str | int | float, flow: bool, style: str) -> str:
    if isinstance(value, str) and name in DATE_KEYS and FULL_DATE.fullmatch(value) and not style:
        return value
    return scalar_text(value, flow=flow, style=style if style in ("'", '"') else "")


def add_key(sheet: Sheet, record: Table, name: str, value: Value, order: Sequence[str]) -> Edits:
    """Put a key in after the last one that comes before it in `order`."""
    if record.flow and isinstance(value, (str, int, float)):
        return add_written(sheet, record, name, _scalar(name, value, True, ""), order)
    return add_written(sheet, record, name, value_text(name, value), order)


def add_written(sheet: Sheet, record: Table, name: str, written: str, order: Sequence[str]) -> Edits:
    """The same, its value given as YAML writes it on one line."""
    if record.alias:
        return None
    before = [e for e in record.entries if e.name in order and order.index(e.name) < order.index(name)]
    entry = max(before, key=lambda e: order.index(e.name)) if before else record.entries[0]
    if record.flow:
        return [Edit(entry.value.end, entry.value.end, f", {name}: {written}")]
    indent = " " * (record.column - 1)
    return [sheet.line(sheet.line_end(entry.value.end), f"{indent}{name}: {written}\n")]


def remove_key(sheet: Sheet, record: Table, name: str) -> Edits:
    """Take a key and its value out."""
    entry = record.get(name)
    if entry is None or len(record.entries) == 1 or entry.value.tied or record.alias:
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
        if this.tied or not DASH.fullmatch(sheet.text[sheet.line_start(this.start) : this.start]):
            return None
        edits.append(sheet.cut_lines(this.start, this.end))
    if gone and len(gone) == len(items.items) and not filled:
        colon = sheet.text.index(":", entry.key.end) + 1
        edits.append(Edit(colon, colon, " []"))
    return edits


def insert_item(sheet: Sheet, entry: Entry, after: int | None, written: Sequence[str]) -> Edits:
    """Put items in, given as `item()` writes them at the margin, after the one at a place, or first of all."""
    node = entry.value
    if node.alias or not (isinstance(node, Items) or (isinstance(node, Scalar) and node.value is None)):
        return None
    if not isinstance(node, Items) or not node.items:
        return _first_items(sheet, entry, "".join(written))
    first = node.items[0]
    dash = DASH.fullmatch(sheet.text[sheet.line_start(first.start) : first.start])
    if node.flow or not dash:
        return None
    apart = "\n" if len(node.items) > 1 and _blank_between(sheet, first, node.items[1]) else ""
    made = ["".join(dash[1] + line for line in text.splitlines(keepends=True)) for text in written]
    if after is None:
        return [sheet.line(sheet.line_end(entry.key.end), "".join(text + apart for text in made))]
    at = past_comments(sheet, sheet.line_end(node.items[after].end), len(dash[1]))
    return [sheet.line(at, "".join(apart + text for text in made))]


def _first_items(sheet: Sheet, entry: Entry, written: str) -> Edits:
    """Items put into a list that has none, written as `[]`, `~` or not at all; comments around it stay."""
    node, colon = entry.value, sheet.text.index(":", entry.key.end) + 1
    if node.start == node.end:
        return [sheet.line(sheet.line_end(entry.key.end), written)]
    if node.tied or sheet.commented(node.start, node.end):
        return None
    start, end = sheet.line_start(node.start), sheet.line_end(node.end)
    if start > colon and sheet.text[start:end].strip() == sheet.text[node.start : node.end]:  # on a line of its own
        return [sheet.line(start, written), Edit(start, end, "")]
    if sheet.commented(colon, node.start):
        return None
    return [Edit(colon, node.end, ""), sheet.line(end, written)]


def _blank_between(sheet: Sheet, a: Node, b: Node) -> bool:
    between = sheet.text[sheet.line_end(a.end) : b.start]
    return any(not line.strip() for line in between.split("\n")[:-1])
