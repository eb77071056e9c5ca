"""What was read of the files of the registry, kept by their bytes and by those of each entry: a file that grew by an entry costs one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from msgspec import Raw, Struct
from msgspec.msgpack import Decoder

from generator.model import Entity, Mark
from generator.problems import Problem
from generator.store import Store, packed

Places = tuple[tuple[str, int, int], ...]
"""Names with line and column, as in `Mark`."""
Shifted = tuple[tuple[int, Raw], ...]
"""Places below so many lines; packed, as few of them are looked at."""


class Row(Struct, frozen=True, array_like=True):
    """What one entry says; lines and offsets are those within its text."""

    text: str
    entity: Entity | None
    """None where it has a problem."""
    places: Raw
    problems: tuple[Problem, ...]


class Listing(Struct, frozen=True, array_like=True):
    """What one file says."""

    entities: tuple[Entity, ...]
    problems: tuple[Problem, ...]
    broken: bool
    names: frozenset[str] | None
    """The keys of its entries, where each was read by itself."""


_PLACES = Decoder(Places)
_SHIFTED = Decoder(Shifted)
_LISTING = Decoder(Listing)
_ROWS = Decoder(tuple[Row, ...])


class Marks(Mapping[str, Mark]):
    """Marks that are made when the first of them is asked for."""

    def __init__(self, make: Callable[[], dict[str, Mark]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> dict[str, Mark]:
        return self._make()

    def __getitem__(self, name: str) -> Mark:
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


def _marks(path: str, shifted: bytes) -> dict[str, Mark]:
    return {
        name: Mark(path, line + above, column)
        for above, places in _SHIFTED.decode(shifted)
        for name, line, column in _PLACES.decode(places)
    }


class Entries:
    """What the store holds of the files of the registry, by path."""

    def __init__(self, store: Store, vocabulary: bytes) -> None:
        """`vocabulary` is the hash of what the kinds of entities are judged by."""
        self._vocabulary = vocabulary
        self._listings, self._places = store.stage("registry"), store.stage("registry/places")
        self._rows = store.stage("registry/rows")

    def listing(self, path: str, key: bytes) -> tuple[Listing, Marks] | None:
        """What a file of some bytes says, if it was read before."""
        listing, places = self._listings.get(path, key), self._places.get(path, key)
        if listing is None or places is None:
            return None
        return _LISTING.decode(listing), Marks(lambda: _marks(path, places))

    def keep(self, path: str, key: bytes, listing: Listing, places: Shifted, rows: tuple[Row, ...]) -> Marks:
        """Keep what a file says, and each of its entries where they were read by themselves."""
        shifted = packed(places)
        self._listings.put([(path, key, packed(listing))])
        self._places.put([(path, key, shifted)])
        self._rows.put([(path, self._vocabulary, packed(rows))])
        return Marks(lambda: _marks(path, shifted))

    def rows(self, path: str) -> dict[str, Row]:
        """What is known of the entries of a file, by their texts."""
        kept = self._rows.get(path, self._vocabulary)
        return {row.text: row for row in _ROWS.decode(kept)} if kept else {}

    def keep_only(self, paths: frozenset[str]) -> None:
        """Forget other files."""
        for stage in (self._listings, self._places, self._rows):
            stage.keep_only(paths)
