"""What is kept of how statements stand to one another: tables of a briefing's store, by the day of an edition, empty for the present."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from msgspec.msgpack import decode

from generator.link import Briefing
from generator.store import UNKEPT, packed, whole

T = TypeVar("T")

TABLES = {
    "same_states": ("name TEXT, value BLOB, PRIMARY KEY (scope, name)",),
    "same_texts": ("source TEXT, sha256 TEXT, runs INTEGER, sample BLOB, PRIMARY KEY (scope, source)",),
    "same_shingles": ("shingle INTEGER, source TEXT, PRIMARY KEY (scope, shingle, source)",),
    "same_copies": ("source TEXT, earlier TEXT, PRIMARY KEY (scope, source, earlier)",),
    "same_sources": ("source TEXT, digests BLOB, story TEXT, numbers BLOB, PRIMARY KEY (scope, source)",),
    "same_items": ("number INTEGER, fact TEXT, keys BLOB, PRIMARY KEY (scope, number)", "scope, fact"),
    "same_postings": ("key TEXT, items BLOB, PRIMARY KEY (scope, key)",),
    "same_pairs": (
        "one INTEGER, other INTEGER, score REAL, by_hand INTEGER, opposed INTEGER, differ TEXT, "
        "PRIMARY KEY (scope, one, other)",
        "scope, opposed, differ",
    ),
    "same_claims": ("first TEXT, members BLOB, told BLOB, PRIMARY KEY (scope, first)",),
}
"""Columns behind the scope, and what else each is looked up by."""
AT_ONCE = 500
"""Values in one question."""


class Kept:
    """The tables of one briefing; emptied where its vocabulary is another one."""

    def __init__(self, briefing: Briefing) -> None:
        self.scope, self._sql = briefing.edition, briefing.store.connection
        for name, (columns, *indexes) in TABLES.items():
            briefing.store.table(name, f"scope TEXT, {columns}", *indexes)
        wanted = briefing.lexicons.digest
        if self.state("lexicons", bytes) != wanted:
            for name in TABLES:
                self.run(f"DELETE FROM {name} WHERE scope = ?")
            self.keep("lexicons", wanted)

    def run(self, sql: str, *values: object) -> sqlite3.Cursor:
        """A statement of SQL, whose first value is the scope."""
        try:
            return self._sql.execute(sql, (self.scope, *values))
        except UnicodeEncodeError:
            return self._sql.execute(sql, (self.scope, *map(whole, values)))

    def put(self, table: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Rows of a table, in place of those with their key."""
        rows = list(rows)
        if rows:
            sql = f"INSERT OR REPLACE INTO {table} VALUES (?{', ?' * len(rows[0])})"
            try:
                self._sql.executemany(sql, ((self.scope, *row) for row in rows))
            except UnicodeEncodeError:
                self._sql.executemany(sql, ((self.scope, *map(whole, row)) for row in rows))

    def drop(self, table: str, column: str, values: Iterable[object]) -> None:
        """The rows of a table that have one of these values go."""
        self._sql.executemany(
            f"DELETE FROM {table} WHERE scope = ? AND {column} = ?", ((self.scope, value) for value in values)
        )

    def look(self, columns: str, table: str, column: str, values: Iterable[object]) -> Iterator[tuple[Any, ...]]:
        """Columns of the rows of a table that have one of these values."""
        rest = iter(values)
        while some := list(islice(rest, AT_ONCE)):
            marks = ", ".join("?" * len(some))
            yield from self.run(f"SELECT {columns} FROM {table} WHERE scope = ? AND {column} IN ({marks})", *some)

    def state(self, name: str, type_: type[T]) -> T | None:
        """A single value."""
        row = self.run("SELECT value FROM same_states WHERE scope = ? AND name = ?", name).fetchone()
        return None if row is None or row[0].startswith(UNKEPT) else decode(row[0], type=type_)

    def keep(self, name: str, value: object) -> None:
        """Keep a single value."""
        self.put("same_states", [(name, packed(value))])
