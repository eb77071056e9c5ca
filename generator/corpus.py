"""Corpora that outgrow one machine: seeds from one shared folder, what is read out of each into another, one file a seed.

A file is named after the hash of all that it was made of, so work that was cut short goes on where it was, and what has changed
is read again beside what it was before. It holds the seed's name, its id, facts and candidates, and its problems as MessagePack.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from generator.engines import Engine
from generator.extract.article import Reader
from generator.reach import contents
from generator.reading import ReaderSpec
from generator.seeds import read_seed, seed_files, source_id
from generator.seeds.normal import LIMIT
from generator.seeds.reading import is_seed_name
from generator.store import code_digest, digest, packed

SUFFIX = ".msgpack"


class Shelf(Protocol):
    """A folder that every worker reaches."""

    def names(self) -> Iterator[str]:
        """The seeds on it, in order, with `/`."""
        ...

    def read(self, name: str) -> bytes:
        """The bytes of a file."""
        ...

    def holds(self, name: str) -> bool:
        """Whether a file is there."""
        ...

    def write(self, name: str, raw: bytes) -> None:
        """Make a file, whole or not at all."""
        ...


class Folder:
    """A path that is the same on every machine."""

    def __init__(self, path: str) -> None:
        self._path = Path(path).resolve()  # who names a link means what it leads to

    def names(self) -> Iterator[str]:
        """See `Shelf`."""
        return (name for name, _ in seed_files(self._path))

    def read(self, name: str) -> bytes:
        """See `Shelf`."""
        return contents(self._path / name, LIMIT)

    def holds(self, name: str) -> bool:
        """See `Shelf`."""
        return (self._path / name).is_file()

    def write(self, name: str, raw: bytes) -> None:
        """See `Shelf`."""
        path = self._path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
        Path(temporary).replace(path)


class Remote:
    """An address that fsspec knows: `s3://bucket/seeds`, `memory://seeds`."""

    def __init__(self, address: str) -> None:
        from fsspec.core import url_to_fs

        self._system, self._path = url_to_fs(address)

    def names(self) -> Iterator[str]:
        """See `Shelf`."""
        found = (path[len(self._path) :].lstrip("/") for path in self._system.find(self._path))
        return iter(sorted(name for name in found if is_seed_name(name)))

    def read(self, name: str) -> bytes:
        """See `Shelf`."""
        return bytes(self._system.cat_file(f"{self._path}/{name}"))

    def holds(self, name: str) -> bool:
        """See `Shelf`."""
        return bool(self._system.exists(f"{self._path}/{name}"))

    def write(self, name: str, raw: bytes) -> None:
        """See `Shelf`. What stores whole objects does so at once; elsewhere a file is moved to where it belongs."""
        path = f"{self._path}/{name}"
        self._system.makedirs(path.rpartition("/")[0], exist_ok=True)
        self._system.pipe_file(f"{path}.part", raw)
        self._system.mv(f"{path}.part", path)


def shelf(address: str) -> Shelf:
    """The folder of a path, or of an address with `://`, for which fsspec must be installed."""
    return Remote(address) if "://" in address else Folder(address)


@dataclass(frozen=True, slots=True)
class Task:
    """What all workers need to know."""

    seeds: str
    out: str
    spec: ReaderSpec
    token: bytes
    """A hash of the program, and of the names and words that it reads with."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one seed."""

    name: str
    file: str
    """Where what was read stands, in the other folder."""
    facts: int = 0
    is_new: bool = True
    """Whether it was read just now."""
    problems: tuple[Any, ...] = ()


def taking(task: Task) -> Callable[[str], Outcome]:
    """A function that reads the seed of a name."""
    seeds, out = shelf(task.seeds), shelf(task.out)
    reader = Reader(task.spec.registry, task.spec.lexicons)

    def take(name: str) -> Outcome:
        raw = seeds.read(name)
        key = digest(task.token, name, raw).hex()
        file = f"{key[:2]}/{key[2:]}{SUFFIX}"
        if out.holds(file):
            return Outcome(name, file, is_new=False)
        seed, problems = read_seed(name, raw)
        extraction = reader.read(seed, source_id(seed), task.spec.withheld) if seed else None
        out.write(file, packed({"seed": name, "extraction": extraction, "problems": problems}))
        return Outcome(name, file, len(extraction.facts) if extraction else 0, problems=tuple(problems))

    return take


def take_all(engine: Engine, seeds: str, out: str, spec: ReaderSpec) -> Iterator[Outcome]:
    """Read every seed of one folder into another, by paths or addresses; what is there already is left."""
    known = packed([spec.registry, {name: spec.lexicons[name] for name in sorted(spec.lexicons)}, spec.withheld])
    task = Task(seeds, out, spec, digest(code_digest(), known))
    return engine.map(taking, task, list(shelf(seeds).names()))
