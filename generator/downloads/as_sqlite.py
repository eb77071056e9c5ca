"""The data as a SQLite database: keys, indexes, a view of facts with their sources, full text search.

The same briefing gives the same bytes, as long as the SQLite library is the same.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.msgpack import Decoder

from generator.downloads.columns import Column, Row, Table, Value, empty
from generator.downloads.portion import Portion
from generator.downloads.tables import TABLES, others, rows_of_source
from generator.store import packed

TYPES = {"text": "TEXT", "integer": "INTEGER", "number": "NUMERIC", "yes or no": "INTEGER"}
PAGE, LARGER = 1024, 4096
"""Bytes of a page of the file: small, as most tables are; in a year of a large briefing they are not."""
LARGEST = 2**63
"""What SQLite's integers end before; larger ones are kept as floating point."""
_VALUES = Decoder(list[list[Any]])
VIEW = """\
CREATE VIEW "cited_facts" AS
SELECT f."id", f."kind", f."statement", f."words", f."date", f."review", f."chain",
  s."title" AS "source_title", s."publisher", s."date" AS "published", s."url" AS "source_url", f."link", f."citation"
FROM "facts" f JOIN "sources" s ON s."id" = f."source"
ORDER BY s."date", s."id", f."position\""""
SEARCH = """\
CREATE VIRTUAL TABLE "facts_search" USING fts5(
  "statement", "words", "chain", content="facts", tokenize="unicode61 remove_diacritics 2")"""
FILL = """INSERT INTO "facts_search"("facts_search") VALUES ('rebuild')"""


def database(portion: Portion) -> bytes:
    """The file, made in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.execute(f"PRAGMA page_size = {LARGER if portion.year else PAGE}")
        connection.execute(
            "PRAGMA ignore_check_constraints = ON"
        )  # what is put in is made here, and checks take a third of the time
        connection.execute("BEGIN")
        for table in TABLES:
            connection.execute(_create(table, portion))
            _fill(connection, table, portion)
            for statement in _indexes(table):
                connection.execute(statement)
        connection.execute(_dictionary())
        for table in TABLES:
            described = [(table.name, column.name, column.type, column.about) for column in table.flat]
            connection.executemany('INSERT INTO "dictionary" VALUES (?, ?, ?, ?)', described)
        for statement in (VIEW, SEARCH, FILL):
            connection.execute(statement)
        connection.execute("COMMIT")
        return connection.serialize()
    finally:
        connection.close()


def _create(table: Table, portion: Portion) -> str:
    lines = [_column(column, table, whole=not portion.year) for column in table.flat]
    if len(table.key) > 1:
        lines.append("PRIMARY KEY (" + ", ".join(f'"{name}"' for name in table.key) + ")")
    return f'CREATE TABLE "{table.name}" (\n  ' + ",\n  ".join(lines) + "\n)"


def _column(column: Column, table: Table, *, whole: bool) -> str:
    parts = [f'"{column.name}"', TYPES[column.type]]
    if column.needed:
        parts.append("NOT NULL")
    if table.key == (column.name,):
        parts.append("PRIMARY KEY")
    if column.refers and (whole or not column.beyond):
        parts.append(f'REFERENCES "{column.refers}" ("id")')
    if column.values:
        values = ", ".join(f"'{value}'" for value in column.values)
        parts.append(f'CHECK ("{column.name}" IN ({values}))')
    return " ".join(parts)


def _indexes(table: Table) -> Iterator[str]:
    """One for each column that refers to another table, so that both ways of a join are quick."""
    for column in table.flat:
        if column.refers and column.name != table.key[0]:
            yield f'CREATE INDEX "{table.name}_{column.name}" ON "{table.name}" ("{column.name}")'


def _fill(connection: sqlite3.Connection, table: Table, portion: Portion) -> None:
    places = ", ".join("?" for _ in table.flat)
    insert = f'INSERT INTO "{table.name}" VALUES ({places})'
    if table.of_source:
        for piece in portion.pieces(
            f"sqlite/{table.name}",
            lambda source: packed([*values(table, rows_of_source(table, source, portion))]),
            portion.keys(table.told),
        ):
            connection.executemany(insert, _VALUES.decode(piece))
    connection.executemany(insert, values(table, others(table, portion)))


def values(table: Table, rows: Iterable[Row]) -> Iterator[list[str | int | float | None]]:
    """What a database holds of some rows."""
    return ([_value(row[column.name], column) for column in table.flat] for row in rows)


def _value(value: Value, column: Column) -> str | int | float | None:
    if isinstance(value, int) and abs(value) >= LARGEST:
        return float(value)
    if isinstance(value, int | float):
        return value
    return None if empty(value) and not column.needed else str(value or "")


def _dictionary() -> str:
    return (
        'CREATE TABLE "dictionary" (\n  "table" TEXT NOT NULL,\n  "column" TEXT NOT NULL,\n  "type" TEXT NOT NULL,\n'
        '  "about" TEXT NOT NULL,\n  PRIMARY KEY ("table", "column")\n)'
    )
