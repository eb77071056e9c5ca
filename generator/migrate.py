"""Fact files of an older format brought to the present one, within their own text.

A step turns a file of one version into the next by edits, as merging does, so that every comment, quotation mark and blank line
of a person's stays. The base of a file takes the same steps: what a person changed is still what differs.

Version 0 is a file that does not say its version: one that a person began by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from generator.model import SCHEMA, Edit, Mark
from generator.problems import Problem, problem
from generator.sheet import Edits, Sheet
from generator.splice import set_value
from generator.yamlfile import Table, data, read_yaml

Step = Callable[[Sheet, Table], Edits]
"""From a file and its root to the edits that bring it to the next version, that number itself left out."""

VERSION = "schema"


def version_of(root: Table) -> int | None:
    """The version that a file states, 0 where it states none; None where that is no number."""
    entry = root.get(VERSION)
    stated = data(entry.value) if entry else None
    if stated is None:
        return 0
    return int(stated) if isinstance(stated, str) and stated.isdecimal() and len(stated) < 9 else None


def later(mark: Mark, version: int) -> Problem:
    """A file that only a later version of this program can read; nothing of it is touched."""
    message = f"schema {version} was written by a later version of this program, which reads schema {SCHEMA}"
    return problem(mark, message, valid="install the later version", check="schema-version")


def say_version(sheet: Sheet, root: Table) -> Edits:
    """From 0 to 1: nothing else changes."""
    return []


STEPS: Mapping[int, Step] = {0: say_version}
"""By version, the step to the next one."""


def migrated(text: str, root: Table, to: int = SCHEMA, steps: Mapping[int, Step] = STEPS) -> str | None:
    """The text in format `to`; None where it is no older one, or a step cannot be made safely: then it stays as it is."""
    version = version_of(root)
    if version is None or version >= to or not root.entries:
        return None
    if "\r" in text.replace("\r\n", ""):  # lines that end as nowhere since 2001
        return None
    while version < to:
        sheet = Sheet(text, root)
        step, number = steps[version](sheet, root), _number(sheet, root, version + 1)
        changed = sheet.apply([*step, *number]) if step is not None and number is not None else None
        read, problems = read_yaml("", changed) if changed is not None else (None, [])
        if changed is None or problems or not isinstance(read, Table) or version_of(read) != version + 1:
            return None
        text, root, version = changed, read, version + 1
    return text


def line_before(before: str, after: str, line: int) -> int:
    """The line of a text that became line `line` of another; of a new one the line that it came before."""
    for tag, start, end, there, stop in _opcodes(before, after):
        if there < line <= stop:
            return min(start + (line - there if tag in ("equal", "replace") else 1), max(end, start + 1))
    return line


@lru_cache(maxsize=4)
def _opcodes(before: str, after: str) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, before.split("\n"), after.split("\n"), autojunk=False).get_opcodes()


def _number(sheet: Sheet, root: Table, version: int) -> Edits:
    if root.get(VERSION):
        return set_value(sheet, root, VERSION, version)
    first = root.entries[0].key.start
    if root.flow:
        return [Edit(first, first, f"{VERSION}: {version}, ")]
    at = sheet.line_start(first)
    return [
        sheet.line(
            max(at, int(sheet.text.startswith("\ufeff"))),
            f"{sheet.text[at:first].lstrip(chr(0xFEFF))}{VERSION}: {version}\n",
        )
    ]
