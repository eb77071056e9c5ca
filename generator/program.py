"""The program itself: whether it is the one that it was, by its files and the packages beside it."""

from __future__ import annotations

import os
import sys
from errno import EAGAIN
from functools import cache
from hashlib import blake2b

from generator.reach import opened

PACKAGE = os.path.dirname(__file__)
SIZE = 16
"""Bytes of a hash."""
CHUNK = 1 << 20
"""Bytes that are hashed at a time."""


def digest(*parts: bytes | str) -> bytes:
    """A hash of some parts, told apart by their lengths: `SIZE` bytes of BLAKE2b."""
    made = blake2b(digest_size=SIZE)
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        made.update(b"%d:" % len(raw))
        made.update(raw)
    return made.digest()


def digest_of(path: str | os.PathLike[str]) -> bytes:
    """The same of what an ordinary file holds, which may be larger than memory; raises `OSError` for what is none."""
    with os.fdopen(opened(path), "rb") as file:
        size, made = os.fstat(file.fileno()).st_size, blake2b(digest_size=SIZE)
        made.update(b"%d:" % size)
        while chunk := file.read(CHUNK):
            made.update(chunk)
            size -= len(chunk)
    if size:
        raise OSError(EAGAIN, "it changed while it was read", os.fspath(path))
    return made.digest()


@cache
def code_digest() -> bytes:
    """A hash of all that shapes what is made, whatever the briefing: the program's files, the packages beside it, Python's version."""
    above = os.path.dirname(PACKAGE)
    files = [_read(path) for path in _files()]
    return digest(sys.version, *_packages(), *(os.path.relpath(path, above) for path in _files()), *files)


def look() -> bytes:
    """A hash of how the program's files look without being read, which is quick; where it is as it was, so are they."""
    seen = ((path, os.stat(path)) for path in _files())
    told = (f"{path} {at.st_size} {at.st_mtime_ns} {at.st_ctime_ns} {at.st_ino}" for path, at in seen)
    return digest(sys.version, *_packages(), *told)


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


@cache
def _files() -> tuple[str, ...]:
    folders = (PACKAGE, f"{os.path.dirname(PACKAGE)}/templates")
    walked = (f"{folder}/{name}" for top in folders for folder, _, names in os.walk(top) for name in names)
    return tuple(sorted(path for path in walked if not path.endswith(".pyc")))


def _packages() -> list[str]:
    """What is installed, with versions: the names of its `dist-info` folders."""
    folders = [folder for folder in dict.fromkeys(sys.path) if folder and os.path.isdir(folder)]
    return sorted(name for folder in folders for name in os.listdir(folder) if name.endswith(".dist-info"))
