"""What stands in `seeds/` already, by all that shows an article to be there: original, address, text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from generator.aggregate.stories import is_copy, shingles
from generator.edtf import sort_key
from generator.intake.address import same
from generator.model import Seed
from generator.reach import contents
from generator.seeds import read_seed, seed_files
from generator.seeds.normal import LIMIT
from generator.seeds.reading import FOLDER


@dataclass(frozen=True, slots=True)
class Shelved:
    """A file in `seeds/`."""

    seed: Seed | None
    """None where it cannot be read; it has its hash all the same."""
    originals: frozenset[str]
    """SHA-256 of the file, and of what it was made from."""
    runs: frozenset[int] = frozenset()
    """Shingles of its text."""


Shelf = Mapping[str, Shelved]
"""By name in `seeds/`."""


@dataclass(frozen=True, slots=True)
class Twin:
    """The seed that an article is already."""

    name: str
    why: str
    changed: bool = False
    """Whether its text is another by now."""


def shelved(seed: Seed | None, raw: bytes) -> Shelved:
    """A seed with what it is known by."""
    told = seed.original.removeprefix("sha256:") if seed and seed.original else ""
    return Shelved(seed, frozenset({sha256(raw).hexdigest(), told} - {""}), shingles(seed.text if seed else ""))


def read_shelf(root: Path, known: Shelf | None = None) -> Shelf:
    """All that is in `seeds/` now; what is `known` is not read again."""
    found: dict[str, Shelved] = {}
    folder = root / FOLDER
    for name, path in seed_files(folder) if folder.is_dir() else ():
        if known and name in known:
            found[name] = known[name]
        elif path.is_file():
            raw = contents(path, LIMIT)
            found[name] = shelved(read_seed(name, raw)[0], raw)
    return found


def by_address(url: str | None, shelf: Shelf) -> str | None:
    """The name of the seed with an address."""
    place = same(url)
    return next((n for n, s in shelf.items() if place and s.seed and same(s.seed.url) == place), None)


def twin(seed: Seed, originals: frozenset[str], shelf: Shelf) -> Twin | None:
    """The seed that this one would repeat. The same text of another publisher is no repetition, but a copy."""
    for name, other in shelf.items():
        if originals & other.originals:
            return Twin(name, "the same original")
        if other.seed and other.seed.sha256 == seed.sha256:
            publishers = {other.seed.publisher, seed.publisher} - {None}
            if len(publishers) < 2:
                return Twin(name, "the same text")
    if place := by_address(seed.url, shelf):
        there = shelf[place].seed
        return Twin(place, "the same address", changed=there is None or there.sha256 != seed.sha256)
    return None


def copied(seed: Seed, shelf: Shelf) -> str | None:
    """The name of the earliest seed with the same story in the same words."""
    runs = shingles(seed.text)
    copies = [
        (sort_key(there.seed.date), name)
        for name, there in shelf.items()
        if there.seed and is_copy(seed.text, there.seed.text, runs, there.runs)
    ]
    return min(copies)[1] if copies else None
