"""What was made before, kept so that it need not be made again: one SQLite file in `.cache/`, which may be deleted at any time.

A stage keeps one value a slot, the path of a page or the id of a source, under the hash of all that the value was made of. So
nothing here can be out of date, only of no use: a value whose key is another one is made anew. All of it goes when the program changes,
code or data. A run is one transaction; one that is killed leaves what the run before it left.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from msgspec import DecodeError, json, to_builtins
from msgspec.msgpack import Encoder

from generator.folders import CACHE
from generator.looks import Looks
from generator.program import code_digest as code_digest
from generator.program import digest as digest
from generator.program import digest_of as digest_of
from generator.program import look as look
from generator.reach import own

FILE = "made.sqlite"
_ENCODER = Encoder(order="deterministic")
TORN = (sqlite3.DatabaseError, DecodeError)
"""What is met in a file that is damaged behind its beginning, or that the disk does not let grow; and what only passes: see `is_torn`."""
PASSING = frozenset([sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_INTERRUPT])
"""What SQLite says of a file that is whole: another holds it, or there is no memory."""
UNKEPT = b"\xc1"
"""How a value begins that is not kept; no MessagePack does."""


def packed(record: object) -> bytes:
    """A record, or what is made of records, as MessagePack: the same bytes for equal ones."""
    try:
        return _ENCODER.encode(record)
    except OverflowError:  # a number of more than 64 bits: good to be hashed, and not kept
        return UNKEPT + repr(record).encode("utf-8", "surrogatepass")
    except UnicodeEncodeError:  # half a character, which no file in UTF-8 holds
        return _ENCODER.encode(whole(to_builtins(record, builtin_types=(bytes,))))


def whole(value: Any) -> Any:
    """A text, or what holds texts, with a sign in the place of each half of a character."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {whole(name): whole(entry) for name, entry in value.items()}
    return [whole(entry) for entry in value] if isinstance(value, list | tuple) else value


class Stage:
    """What one stage made: a value a slot, each under its key."""

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self._connection, self._name = connection, name

    def get(self, slot: str, key: bytes) -> bytes | None:
        """The value of a slot if it was made of what `key` is the hash of."""
        row = self._connection.execute(
            "SELECT value FROM made WHERE stage = ? AND slot = ? AND key = ?", (self._name, slot, key)
        ).fetchone()
        return None if row is None else bytes(row[0])

    def value(self, slot: str) -> bytes | None:
        """The value of a slot, whatever it was made of."""
        row = self._connection.execute(
            "SELECT value FROM made WHERE stage = ? AND slot = ?", (self._name, slot)
        ).fetchone()
        return None if row is None else bytes(row[0])

    def keys(self) -> dict[str, bytes]:
        """The key of every slot."""
        rows = self._connection.execute("SELECT slot, key FROM made WHERE stage = ?", (self._name,))
        return dict(rows)

    def values(self) -> Iterator[tuple[str, bytes, bytes]]:
        """Every slot with its key and value, by slot."""
        return self._connection.execute(
            "SELECT slot, key, value FROM made WHERE stage = ? ORDER BY slot", (self._name,)
        )

    def holding(self, words: Sequence[bytes]) -> Iterator[tuple[str, bytes, bytes]]:
        """Those of which the value holds any of a few words somewhere, by slot."""
        held = " OR ".join(["instr(value, ?)"] * len(words)) or "0"
        rows = self._connection.execute(
            f"SELECT slot, key, value FROM made WHERE stage = ? AND ({held}) ORDER BY slot", (self._name, *words)
        )
        return ((slot, bytes(key), bytes(value)) for slot, key, value in rows)

    def some(self, slots: Iterable[str]) -> dict[str, tuple[bytes, bytes]]:
        """Those of some slots that have a value, each with its key and value."""
        rows = self._connection.execute(
            "SELECT slot, key, value FROM made WHERE stage = ? AND slot IN (SELECT value FROM json_each(?))",
            (self._name, json.encode(list(slots)).decode()),
        )
        return {slot: (key, value) for slot, key, value in rows}

    def put(self, made: Iterable[tuple[str, bytes, bytes]]) -> None:
        """Keep values: slot, key, value each."""
        rows = ((self._name, slot, key, value) for slot, key, value in made if not value.startswith(UNKEPT))
        self._connection.executemany("INSERT OR REPLACE INTO made (stage, slot, key, value) VALUES (?, ?, ?, ?)", rows)

    def __len__(self) -> int:
        """How many slots it has."""
        rows = self._connection.execute("SELECT count(*) FROM made WHERE stage = ?", (self._name,))
        return int(rows.fetchone()[0])

    def drop(self, slots: Iterable[str]) -> None:
        """Forget slots."""
        rows = ((self._name, slot) for slot in slots)
        self._connection.executemany("DELETE FROM made WHERE stage = ? AND slot = ?", rows)

    def keep_only(self, slots: Collection[str]) -> None:
        """Forget every slot but these."""
        self.drop([slot for slot in self.keys() if slot not in slots])


class Store:
    """What stages made, in a file, or in memory where there is none; a context, whose end without an error keeps what was made since.

    A file that is no store, or of another program, is emptied; one that nobody may write, or that another run holds, stays as
    it is, and this one lives in memory. With `write` False nothing is kept, and no file made.
    """

    def __init__(self, path: Path | None = None, *, write: bool = True) -> None:
        self.write = write
        self.looks: Looks | None = None
        """How files look that a run has to do with, where somebody has looked already."""
        self.connection = _opened(path if write or (path and path.is_file()) else None)

    def stage(self, name: str) -> Stage:
        """The stage of a name."""
        return Stage(self.connection, name)

    def stages(self, beginning: str) -> list[Stage]:
        """All stages whose names begin so."""
        rows = self.connection.execute(
            "SELECT DISTINCT stage FROM made WHERE stage >= ? AND stage < ?", (beginning, beginning + "\U0010ffff")
        )
        return [self.stage(name) for (name,) in rows.fetchall()]

    def table(self, name: str, columns: str, *indexes: str) -> None:
        """Make a module's own table if there is none: its columns as in SQL, and what it is looked up by."""
        self.connection.execute(f"CREATE TABLE IF NOT EXISTS {name} ({columns}) WITHOUT ROWID")
        for at, index in enumerate(indexes):
            self.connection.execute(f"CREATE INDEX IF NOT EXISTS {name}_{at} ON {name} ({index})")

    def state(self, name: str) -> bytes | None:
        """A single value of a module."""
        row = self.connection.execute("SELECT value FROM made WHERE stage = '' AND slot = ?", (name,)).fetchone()
        return None if row is None else bytes(row[0])

    def keep(self, states: Mapping[str, bytes]) -> None:
        """Keep single values."""
        self.stage("").put((name, b"", value) for name, value in states.items())

    def commit(self) -> None:
        """Keep all that was made since."""
        self.connection.commit()
        self.connection.execute("BEGIN")

    def finish(self) -> None:
        """Keep all that was made, where anything is kept; it can still be asked for."""
        if self.write:
            with suppress(sqlite3.Error):  # a disk that is full: the next run makes it again
                self.commit()

    def close(self) -> None:
        """Forget what was made since the last `commit`."""
        with suppress(sqlite3.Error):
            self.connection.rollback()
        self.connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.finish()
        self.close()


def is_torn(error: BaseException) -> bool:
    """Whether what was met, one of `TORN`, speaks of the file, so that it may be removed."""
    if isinstance(error, sqlite3.ProgrammingError):
        return False
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    return isinstance(error, TORN) and code & 0xFF not in PASSING


def forget(root: Path) -> Path:
    """Remove what was made before in the briefing in `root`; its path. A later run makes all of it again."""
    path = root / CACHE / FILE
    with suppress(OSError):
        _remove(path)
    return path


def _remove(path: Path) -> None:
    for name in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
        name.unlink(missing_ok=True)


def _opened(path: Path | None) -> sqlite3.Connection:
    """A connection with a transaction begun."""
    if path is not None and not _is_ours(path):
        path = None
    if path is not None:
        for _ in range(2):
            try:
                return _begun(path)
            except sqlite3.OperationalError:  # held by another run, or nobody may write there
                break
            except sqlite3.DatabaseError:  # no store, or a torn one
                _remove(path)
            except OSError:
                break
    return _begun(None)


def _is_ours(path: Path) -> bool:
    """Whether a database may be opened: nothing is there, or an ordinary file; through a link one of anybody's would be emptied."""
    try:
        os.close(own(path))
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def _begun(path: Path | None) -> sqlite3.Connection:
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path or ":memory:", timeout=0.2, isolation_level=None, check_same_thread=False)
    try:
        if path is not None:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA mmap_size = 33554432")
        connection.execute("BEGIN IMMEDIATE")
        _emptied_if_other(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _emptied_if_other(connection: sqlite3.Connection) -> None:
    """Make the tables, after all that another program made has gone."""
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    row = connection.execute("SELECT look, digest FROM program").fetchone() if "program" in tables else None
    seen = look()
    if row is not None and bytes(row[0]) == seen:
        return
    wanted = code_digest()
    if row is None or bytes(row[1]) != wanted:
        for name in tables:
            connection.execute(f'DROP TABLE "{name}"')
        connection.execute("CREATE TABLE program (look BLOB NOT NULL, digest BLOB NOT NULL)")
        connection.execute(
            "CREATE TABLE made (stage TEXT NOT NULL, slot TEXT NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL)"
        )
        # It holds all but the values, so keys are read without them.
        connection.execute("CREATE UNIQUE INDEX made_slots ON made (stage, slot)")
        connection.execute("CREATE INDEX made_keys ON made (stage, slot, key)")
    connection.execute("DELETE FROM program")
    connection.execute("INSERT INTO program VALUES (?, ?)", (seen, wanted))
