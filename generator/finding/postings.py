"""Where a term stands: for every place the records that hold it, as text that is edited where it changes.

`where` has for each place what it adds to the one before, then for each record its rank there and the weight of the term; `at` has
for each record the term's places in its text. Places end with `;`, records of `at` with `,`.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from generator.finding.coding import number

Held = tuple[str, str, int]
"""Of one place: its part of `where` without the place, its part of `at`, and how many records."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Of one term."""

    records: int = 0
    places: bytes = b""
    """Four bytes each, in order."""
    where: str = ""
    at: str = ""

    def edited(self, changes: Mapping[int, Held | None]) -> Postings:
        """The same with other records at some places; None is none."""
        places = array("I", self.places)
        where, at = self.where.split(";"), self.at.split(";")  # both end with an empty one
        records = self.records
        for place in sorted(changes):
            n = bisect_left(places, place)
            before = places[n - 1] if n else 0
            after = n
            if n < len(places) and places[n] == place:
                records -= at[n].count(",")
                after = n + 1
            inner = ""
            if after < len(places):
                inner = where[after].removeprefix(number(places[after] - (places[after - 1] if after else 0)))
            new = changes[place]
            places[n:after] = array("I", [place] if new else [])
            where[n:after] = [number(place - before) + new[0]] if new else []
            at[n:after] = [new[1]] if new else []
            records += new[2] if new else 0
            follower = n + bool(new)
            if follower < len(places):
                where[follower] = number(places[follower] - (place if new else before)) + inner
        return Postings(records, places.tobytes(), ";".join(where), ";".join(at))
