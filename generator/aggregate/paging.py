"""Index pages in parts of a readable size: by year, or by letter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from generator import edtf
from generator.statement import Statement
from generator.stream_safe import stream_safe

T = TypeVar("T")

ENTRIES = 100
"""Entries on one page; some sixty compressed bytes each, so that a page stays below ten kilobytes."""
SLUG = re.compile(r"[A-Za-z0-9-]+")


@dataclass(frozen=True)
class Part(Generic[T]):
    """One page of an index: what it is called, the end of its file name, its entries."""

    label: str
    slug: str
    entries: tuple[T, ...]


def parts(
    entries: Sequence[T],
    label: Callable[[T], str],
    size: int | None = None,
    finer: Callable[[T], str] | None = None,
    *,
    newest_first: bool = False,
) -> list[Part[T]]:
    """One unnamed part where there are at most `size` entries, `ENTRIES` unless given, else one for each label, in order of first entries.

    A part that is too long is split by its `finer` labels, and what is still too long into pages that are numbered, so that no page
    grows with the briefing. Pages are numbered from the oldest, so that one that is full stays as it is when others come: where
    entries are `newest_first`, from the end. A label that is an EDTF date is shown as people write it.
    """
    size = size or ENTRIES
    if len(entries) <= size:
        return [Part("", "", tuple(entries))]
    found: list[Part[T]] = []
    for name, group in _grouped(entries, label):
        whole = [(name, group)] if len(group) <= size or not finer else _grouped(group, finer)
        for inner, members in whole:
            found += _pages(inner, members, size, newest_first)
    return found


def _grouped(entries: Sequence[T], label: Callable[[T], str]) -> list[tuple[str, list[T]]]:
    groups: dict[str, list[T]] = {}
    for entry in entries:
        groups.setdefault(label(entry), []).append(entry)
    return list(groups.items())


def _pages(name: str, entries: Sequence[T], size: int, newest_first: bool) -> list[Part[T]]:
    title = edtf.human(name) if edtf.parse(name) else name
    slug = name.casefold() if SLUG.fullmatch(name) else "other"
    return numbered(title, slug, entries, size, newest_first=newest_first)


def numbered(
    label: str, slug: str, entries: Sequence[T], size: int = ENTRIES, *, newest_first: bool = False
) -> list[Part[T]]:
    """Entries on as many pages as they need, in their order: `Ahead`, `Ahead, 2`; the first page holds the oldest."""
    count, short = -(-len(entries) // size), len(entries) % size or size
    # Where the oldest come last, the newest page is the one that is not full.
    starts = [0, *range(short, len(entries), size)] if newest_first else [*range(0, len(entries), size)]
    ends = [*starts[1:], len(entries)]
    numbers = range(count, 0, -1) if newest_first else range(1, count + 1)
    return [
        Part(f"{label}, {n}" if n > 1 else label, f"{slug}-{n}" if n > 1 else slug, tuple(entries[start:end]))
        for n, start, end in zip(numbers, starts, ends, strict=False)
    ]


@lru_cache(maxsize=65_536)
def year(text: str | None) -> str:
    """The year of an EDTF date, `undated` without one."""
    read = edtf.parse(text) if text else None
    if not read:
        return "undated"
    return str((read.latest if read.open_start else read.earliest).year)


@lru_cache(maxsize=65_536)
def month(text: str | None) -> str:
    """The month of an EDTF date, `2031-05`; of a less exact one its year, `undated` without one."""
    read = edtf.parse(text) if text else None
    if not read:
        return "undated"
    day = read.latest if read.open_start else read.earliest
    return (
        f"{day:%Y-%m}" if read.open_start or read.open_end or read.earliest.month == read.latest.month else year(text)
    )


def statement_month(statement: Statement) -> str:
    """The month in which its source came out."""
    return month(statement.source.date)


def statement_year(statement: Statement) -> str:
    """The year in which its source came out."""
    return year(statement.source.date)


@lru_cache(maxsize=50_000)
def plain(name: str) -> str:
    """A name for sorting: without accents, case, or an article in front."""
    bare = (
        name
        if name.isascii()
        else unicodedata.normalize("NFKD", stream_safe(name)).encode("ascii", "ignore").decode("ascii")
    )
    return bare.casefold().removeprefix("the ").strip()


def alphabetical(name: str) -> tuple[bool, str, str]:
    """Sorts names: those that start with a letter first, then as they are read."""
    return (letter(name) == "#", plain(name), name)


def letter(name: str) -> str:
    """The letter a name stands under, `#` where it starts with none of A to Z."""
    first = plain(name)[:1].upper()
    return first if first.isalpha() else "#"


def letters(name: str) -> str:
    """The first two letters of a name, `Ba`; so many as it has, `#` where it starts with none."""
    return "".join(filter(str.isalnum, plain(name)))[:2].capitalize() if letter(name) != "#" else "#"
