"""Changes to a list of names: one more, one fewer, another order; the spelling and lines of the others stay."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.model import Edit
from generator.sheet import Edits, Sheet
from generator.yamlfile import Items, Node, Scalar
from generator.yamltext import scalar_text

DASH = re.compile(r"(\s*)-[^\S\n]+")
"""What stands on a line before an item of a block list."""


def flow_list(sheet: Sheet, nodes: Sequence[Node], value: Sequence[str]) -> str:
    """A list on one line; names that stand already keep their spelling."""
    there = {n.value: sheet.text[n.start : n.end] for n in nodes if isinstance(n, Scalar) and n.style not in ("|", ">")}
    return "[" + ", ".join(there.get(v) or scalar_text(v, flow=True) for v in value) + "]"


def reorder(sheet: Sheet, node: Items, value: Sequence[str]) -> Edits:
    """A list with its names in another order, or others: place by place if it is a block, else anew on one line."""
    if node.flow:
        return [Edit(node.start, node.end, flow_list(sheet, node.items, value))]
    if any(isinstance(n, Scalar) and n.style in ("|", ">") for n in node.items):
        return None
    put = [Edit(n.start, n.end, scalar_text(v)) for n, v in zip(node.items, value, strict=False)]
    cut = [cut_name(sheet, node, i, ()) for i in range(len(value), len(node.items))]
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


def amend(sheet: Sheet, node: Items, value: Sequence[str]) -> Edits:
    """Some names fewer, some more at the end; the lines or places of the others stay as they are."""
    gone = [i for i, n in enumerate(node.items) if isinstance(n, Scalar) and n.value not in value]
    more = value[len(node.items) - len(gone) :]
    if len(gone) == len(node.items):
        return reorder(sheet, node, value)
    edits = []
    for i in gone:
        cut = cut_name(sheet, node, i, gone)
        if cut is None:
            return None
        edits.append(cut)
    if node.flow:
        end = node.items[-1].end
        return [*edits, Edit(end, end, "".join(", " + scalar_text(name, flow=True) for name in more))]
    lines = _add_lines(sheet, node, more)
    return None if lines is None else edits + lines


def cut_name(sheet: Sheet, node: Items, i: int, gone: Sequence[int]) -> Edit | None:
    """Take out the name at a place, as one of those that are `gone`; None where that is not safe."""
    this = node.items[i]
    if not node.flow:
        start = sheet.line_start(this.start)
        if not DASH.fullmatch(sheet.text[start : this.start]) or sheet.commented(start, sheet.line_end(this.end)):
            return None
        return sheet.cut_lines(this.start, this.end)
    if all(j in gone for j in range(i)):  # with the comma after it, as no kept name comes before
        return Edit(this.start, node.items[i + 1].start, "")
    return Edit(node.items[i - 1].end, this.end, "")
