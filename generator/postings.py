"""Which of many numbered things hold a word: an inverted index in the store, a row of bits for each word and some hundred things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from generator.store import Store

ROW = 512
"""Things whose bits stand in one row: a change of one thing writes as many short rows as it has words."""


class Postings:
    """The index of one name in a store; things are numbered from 0."""

    def __init__(self, store: Store, name: str) -> None:
        self._name, self._connection = name, store.connection
        store.table(name, "word TEXT, part INTEGER, bits BLOB, PRIMARY KEY (word, part)")
        self._due: defaultdict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0])
        """Bits to set, and bits to take away."""

    def add(self, number: int, words: Iterable[str]) -> None:
        """A thing holds some words."""
        part, bit = number // ROW, 1 << number % ROW
        for word in words:
            due = self._due[word, part]
            due[0] |= bit
            due[1] &= ~bit

    def remove(self, number: int, words: Iterable[str]) -> None:
        """A thing holds some words no more."""
        part, bit = number // ROW, 1 << number % ROW
        for word in words:
            due = self._due[word, part]
            due[0] &= ~bit
            due[1] |= bit

    def _write(self) -> None:
        ask, name = self._connection.execute, self._name
        for (word, part), (more, less) in self._due.items():
            row = ask(f"SELECT bits FROM {name} WHERE word = ? AND part = ?", (word, part)).fetchone()
            there = int.from_bytes(row[0], "little") if row else 0
            bits = there & ~less | more
            if bits:
                raw = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
                ask(f"INSERT OR REPLACE INTO {name} VALUES (?, ?, ?)", (word, part, raw))
            elif row:
                ask(f"DELETE FROM {name} WHERE word = ? AND part = ?", (word, part))
        self._due.clear()

    def holding(self, words: Iterable[str]) -> set[int]:
        """The numbers of the things that hold all of some words."""
        self._write()
        found: dict[int, int] | None = None
        for word in words:
            rows = self._connection.execute(f"SELECT part, bits FROM {self._name} WHERE word = ?", (word,))
            held = {part: int.from_bytes(bits, "little") for part, bits in rows}
            found = held if found is None else {part: bits & held.get(part, 0) for part, bits in found.items()}
            if not any(found.values()):
                return set()
        return {
            part * ROW + at for part, bits in (found or {}).items() for at in range(bits.bit_length()) if bits >> at & 1
        }

    def close(self) -> None:
        """Write what was told since the last question."""
        self._write()
