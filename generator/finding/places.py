"""Where a page stands in the index: a number that hangs on its path and day alone, so that it stays when others come and go.

Pages of one day share 64 places, by a hash of their paths; pages without a day share the first 16,384. Where two meet they share
a place, in order of their paths.
"""

from __future__ import annotations

from datetime import date
from zlib import crc32

WITHIN = 6
"""Bits of a place that are within its day."""
UNDATED = 14
"""Bits of a place without a day."""
FIRST_DAY = 1 << (UNDATED - WITHIN)
"""The first day that has places of its own, counted from the year 1; pages of earlier ones stand there."""
CHUNK = 48
"""Records that a file should hold."""


def day_of(text: str) -> int:
    """A day `YYYY-MM-DD` as the number of days since the year 1; 0 where it is none."""
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return 0


def place(path: str, day: int) -> int:
    """The place of a page of a day, 0 for none."""
    hashed = crc32(path.encode())
    if not day:
        return hashed % (1 << UNDATED)
    return max(day, FIRST_DAY) << WITHIN | hashed % (1 << WITHIN)


def shelf(place: int) -> int:
    """What places are kept together by: their day, or 0."""
    return place >> WITHIN if place >> UNDATED else 0


def parts(shelf: int, records: int) -> int:
    """In how many files the records of a shelf are, as a power of two."""
    wanted = max(0, (records - 1) // CHUNK).bit_length()
    return min(wanted, WITHIN if shelf else UNDATED)


def part(place: int, parts: int) -> int:
    """In which of them a place is."""
    bits = WITHIN if place >> UNDATED else UNDATED
    return (place & ((1 << bits) - 1)) >> (bits - parts)


def year(shelf: int) -> str:
    """The year of a shelf; empty for that of pages without a day."""
    return str(date.fromordinal(shelf).year) if shelf else ""
