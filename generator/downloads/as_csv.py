"""A table as comma-separated values (RFC 4180, UTF-8), safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence

from generator.downloads.columns import Row, Table, Value, empty
from generator.downloads.portion import Portion
from generator.downloads.tables import others, rows_of_source

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a text begins with that a spreadsheet would compute (OWASP, CSV injection)."""
GUARD = "'"
"""Stands before such a text, and before one that begins with itself, so that it can be taken off again."""
BETWEEN = "; "
"""Between the entries of a list."""


def maker(table: Table) -> Callable[[Portion], bytes]:
    """What makes the file of a table."""

    def make(portion: Portion) -> bytes:
        own = portion.pieces(
            f"csv/{table.name}",
            lambda source: lines(table, rows_of_source(table, source, portion)).encode(),
            portion.keys(table.told),
        )
        names = _written([[column.name for column in table.columns]])
        return b"".join((names.encode(), *own, lines(table, others(table, portion)).encode()))

    return make


def lines(table: Table, rows: Iterable[Row]) -> str:
    """Some rows, each in its line."""
    return _written([cell(row[column.name]) for column in table.columns] for row in rows)


def _written(rows: Iterable[Sequence[object]]) -> str:
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\r\n").writerows(rows)
    return file.getvalue()


def cell(value: Value) -> str | int | float:
    """What stands in a cell: numbers bare, `true` and `false`, lists with `; ` between."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    return guarded(_text(value))


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return GUARD + text if text.startswith((*FORMULA, GUARD)) else text


def _text(value: Value) -> str:
    if empty(value):
        return ""
    if isinstance(value, Mapping):
        return BETWEEN.join(f"{name}={entry}" for name, entry in value.items())
    return BETWEEN.join(value) if isinstance(value, tuple) else str(value)
