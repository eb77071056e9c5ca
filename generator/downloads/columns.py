"""What a column and a table of the data are. CSV headers, SQLite, JSON Schema and dictionary all come from these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from generator.downloads.portion import Portion

Type = Literal["text", "integer", "number", "yes or no", "list", "pairs"]
Value = str | int | float | bool | tuple[str, ...] | Mapping[str, str] | None
Row = Mapping[str, Value]
"""A value for every column, in their order; what is not known is None or empty."""


@dataclass(frozen=True, slots=True)
class Column:
    """One value of every row."""

    name: str
    type: Type
    about: str
    """What it says: a sentence or two, for the dictionary."""
    refers: str = ""
    """The table whose `id` it holds."""
    needed: bool = False
    """Whether every row has it."""
    values: tuple[str, ...] = ()
    """All that it may be, where that is a fixed list."""
    beyond: bool = False
    """Whether what it refers to may stand in the data of another year."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one sort."""

    name: str
    about: str
    columns: tuple[Column, ...]
    rows: Callable[[Portion], Iterable[Row]] | None = None
    """Those that belong to no single source; they stand behind those that do."""
    of_source: Callable[[str, Portion], Iterable[Row]] | None = None
    """Those of the source of an id."""
    made_of: Callable[[Portion], bytes] | None = None
    """A hash of what `rows` are made of; without it they are made to be hashed, so only where they are few."""
    told: Callable[[Portion], Mapping[str, bytes]] | None = None
    """By source id, what its rows say besides what its article, its fact file and its names do."""
    key: tuple[str, ...] = ("id",)
    """The columns that tell its rows apart."""
    csv: str = ""
    """Its file of comma-separated values, below the site's folder; empty where it has none."""
    json: bool = True
    """Whether JSON holds it as a list of its own; else its rows are lists within those of other tables."""

    @property
    def flat(self) -> tuple[Column, ...]:
        """The columns of a database: lists and pairs are tables of their own there."""
        return tuple(column for column in self.columns if column.type not in ("list", "pairs"))


def empty(value: Value) -> bool:
    """Whether nothing is known."""
    return value is None or value == "" or value == () or value == {}
