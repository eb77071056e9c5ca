"""Index pages in parts of a readable size: by year, or by letter."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from generator import edtf
from generator.link import Statement

T = TypeVar("T")

ENTRIES = 150
"""Entries on one page."""


@dataclass(frozen=True)
class Part(Generic[T]):
    """One page of an index: what it is called, the end of its file name, its entries."""

    label: str
    slug: str
    entries: tuple[T, ...]


def parts(entries: Sequence[T], label: Callable[[T], str], size: int = ENTRIES) -> list[Part[T]]:
    """One unnamed part where there are at most `size` entries, else one for each label, in order of first entries."""
    if len(entries) <= size:
        return [Part("", "", tuple(entries))]
    groups: dict[str, list[T]] = {}
    for entry in entries:
        groups.setdefault(label(entry), []).append(entry)
    return [
        Part(name, name.casefold() if name.isalnum() and name.isascii() else "other", tuple(g))
        for name, g in groups.items()
    ]


def year(text: str | None) -> str:
    """The year of an EDTF date, `undated` without one."""
    read = edtf.parse(text) if text else None
    if not read:
        return "undated"
    return str((read.latest if read.open_start else read.earliest).year)


def statement_year(statement: Statement) -> str:
    """The year in which its source came out."""
    return year(statement.source.date)


def plain(name: str) -> str:
    """A name for sorting: without accents, case, or an article in front."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").casefold()
    return folded.removeprefix("the ").strip()


def letter(name: str) -> str:
    """The letter a name stands under, `#` where it starts with none of A to Z."""
    first = plain(name)[:1].upper()
    return first if first.isalpha() else "#"
