"""What readers can find: a record of text with facets, and what is found on one page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.aggregate.subjects import GROUPS

FACETS = ("kind", *GROUPS, "year")
UNDATED = "0000"
"""Sorts before every day: what has no day of its own comes last where the newest comes first."""


@dataclass(frozen=True, slots=True)
class Record:
    """One thing to find. All text is plain."""

    path: str
    """The page it leads to, below `site_src/`: `sources/x.md`."""
    anchor: str
    """The element on that page; empty for the page itself."""
    content: str
    """What a result shows, with the words that were searched for marked."""
    meta: Mapping[str, str]
    """Also searched: `title` of a page; `kind`, `date` (in words), `cite`, `names`, `more` of a fact."""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of `FACETS`: the values as readers see them; at most one `kind` and one `year`."""
    day: str = UNDATED
    """`YYYY-MM-DD`, to sort by; `UNDATED` where it has none."""


class Findable(NamedTuple):
    """A page with what can be found on it."""

    path: str
    day: str
    """The day of the page, `YYYY-MM-DD`, or `UNDATED`; it says where in the index its records stand."""
    key: bytes
    """A hash of all that its records are made of."""
    records: Callable[[], Sequence[Record]]
    """Makes them, all of that path."""
