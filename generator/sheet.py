"""A fact file laid out for changes: its lines, its comments, and the cuts to make in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from generator.model import Edit
from generator.yamlfile import Items, Table, leaves

COMMENT = re.compile(r"#[^\n]*+")

Edits = list[Edit] | None
"""What to cut and put; None where that is not safe."""


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
        return text.rstrip("\r\n") if self.open else text  # blank lines before what went at the end go with it


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
    """Keys that a person marked: with a comment on their lines or right above them, or with an anchor or alias."""
    found, done = set(), record.start
    following = [entry.key.start for entry in record.entries[1:]] + [record.end]
    for entry, stop in zip(record.entries, following, strict=True):
        end = sheet.line_end(entry.value.end)
        end = min(end, stop) if record.flow else end
        if entry.value.tied or sheet.commented(done, end):
            found.add(entry.name)
        done = end
    return found


def item_commented(sheet: Sheet, items: Items, at: int) -> bool:
    """Whether a comment belongs to an item: within it, or between it and its neighbours, save on the line before.

    An anchor or alias of it counts as one.
    """
    if items.items[at].tied:
        return True
    start = past_comments(sheet, sheet.line_end(items.items[at - 1].end), items.column - 1) if at else items.start
    stop = items.items[at + 1].start if at + 1 < len(items.items) else len(sheet.text)
    own = sheet.line_end(items.items[at].end)
    if at == 0:  # what stands above the first item, below the key of the list
        key = next((entry.key for entry in sheet.root.entries if entry.value is items), None)
        start = key.end if key else items.start
        start = sheet.line_end(start) if sheet.line_end(start) <= sheet.line_start(items.start) else start
    # A comment between two items is the next one's, unless it is indented deeper than the dash, or nothing follows.
    deeper = (n for n in sheet.comments[bisect_left(sheet.comments, own) :] if n < stop)
    last = at + 1 == len(items.items)
    return sheet.commented(start, own) or any(last or _column(sheet, n) > items.column for n in deeper)


def _column(sheet: Sheet, offset: int) -> int:
    return offset - sheet.line_start(offset) + 1


def past_comments(sheet: Sheet, offset: int, dash: int) -> int:
    """Past the lines of comments that are indented deeper than the dash: they belong to the item above, after blank lines too."""
    at = offset
    while at < len(sheet.text):
        line = sheet.text[at : sheet.line_end(at)]
        stripped = line.lstrip(" ")
        at += len(line)
        if stripped.startswith("#") and len(line) - len(stripped) > dash:
            offset = at
        elif stripped.strip():
            break
    return offset
