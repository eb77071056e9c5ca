"""Whether what the program keeps for itself, in `.cache/`, came with the repository: then somebody else may have made it.

The store holds compiled templates, which are run, and finished pages, which are published, so it is believed only where this machine made it.
A `.gitignore` keeps nobody from adding it. git's index says what was added; it is read without git, which may not be there and takes longer to
start than all else here takes. Anything in the folder counts, and the folder itself: SQLite takes in a log that lies beside a store, and a link
leads to files of other names.

Entries of the index's versions 2 and 3 hold whole paths, so their bytes are searched, and a hit counts if it stands where a path begins and is
as long as is written before it. Version 4 leaves out what a path has in common with the one before it, which anybody can choose: its entries are
read one by one. See gitformat-index(5).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import takewhile
from pathlib import Path

from generator.folders import CACHE
from generator.reach import contents

GIT = ".git"
ELSEWHERE = b"gitdir:"
"""How the file begins that stands for the folder of git in a work tree of several, and in a submodule."""
POINTER = 4096
"""Bytes of such a file, at most."""
HEADER, STAT = 12, 40
"""Bytes before the first entry, and of each before its hash."""
HASHES = (20, 32)
"""Bytes of a hash: SHA-1, SHA-256."""
LENGTH = 0xFFF
"""The bits of an entry's flags that hold the length of its path, or are all set for a longer one."""
EXTENDED = 0x4000
"""The bit that says that two more bytes of flags follow."""


def tracked(root: str | os.PathLike[str]) -> bool:
    """Whether a briefing's `.cache/`, or anything in it, is under version control; then nothing is believed that stands there."""
    home = Path(root).resolve()
    folder = home / CACHE
    if not os.path.lexists(folder):
        return False
    folders = {folder, folder.resolve()}
    return any(
        _holds(index, os.fsencode(folder.relative_to(tree)))
        for tree, index in _indexes(home)
        for folder in folders
        if folder.is_relative_to(tree)
    )


def _indexes(home: Path) -> Iterator[tuple[Path, Path]]:
    """The work trees of git that a folder is in, each with the files of its index; a tree within another does not hide what that has."""
    for tree in (home, *home.parents):
        if folder := _git(tree / GIT):
            yield tree, folder / "index"
            yield from ((tree, shared) for shared in folder.glob("sharedindex.*"))  # of an index that is split


def _git(path: Path) -> Path | None:
    """The folder of git that is, or is named at, a path."""
    if path.is_dir():
        return path
    try:
        raw = contents(path, POINTER) if path.is_file() else b""
    except OSError:
        return None
    named = raw.removeprefix(ELSEWHERE).strip() if raw.startswith(ELSEWHERE) else b""
    return path.parent / os.fsdecode(named) if named and b"\0" not in named else None


def _holds(index: Path, path: bytes) -> bool:
    """Whether an index has an entry of a path, or of one below it. One that cannot be read may have."""
    try:
        at = index.stat()
        is_blind = index.with_name(index.name.swapcase()).exists()  # to case: then `.CACHE` is `.cache`, too
        return _read(index, (at.st_size, at.st_mtime_ns, at.st_ctime_ns, at.st_ino), path, is_blind)
    except FileNotFoundError:
        return False
    except (OSError, ValueError, IndexError):
        return True


@lru_cache(maxsize=16)
def _read(index: Path, look: tuple[int, int, int, int], path: bytes, folded: bool) -> bool:
    """The same; `look` is how the index looks, so that a run reads it once."""
    raw = contents(index)
    if raw[:4] != b"DIRC":
        raise ValueError(index.name)
    version = int.from_bytes(raw[4:8], "big")
    if folded:
        path = path.lower()
    if version in (2, 3):
        return _is_found(raw, raw.lower() if folded else raw, path)
    if version != 4:
        raise ValueError(index.name)
    found = []
    for hashed in HASHES:
        with suppress(ValueError, IndexError):  # of the other length
            listed = (name.lower() if folded else name for name in names(raw, hashed))
            found.append(any(_is_at(name, path) for name in _until(path, listed, folded)))
    return any(found) or not found


def _until(path: bytes, names: Iterator[bytes], folded: bool) -> Iterator[bytes]:
    """Paths up to where one could stand, as they are in order."""
    return names if folded else takewhile(lambda name: name[: len(path)] <= path, names)


def _is_at(name: bytes, path: bytes) -> bool:
    return name.startswith(path) and name[len(path) : len(path) + 1] in (b"", b"/")


def _is_found(raw: bytes, shown: bytes, path: bytes) -> bool:
    """Whether an entry of an index that holds whole paths is at a path; it is searched as it is `shown`."""
    at = shown.find(path, HEADER)
    while at >= 0:
        end = raw.index(b"\0", at)
        length = min(end - at, LENGTH)
        flags = (int.from_bytes(raw[at - 2 : at], "big"), int.from_bytes(raw[at - 4 : at - 2], "big"))
        if raw[at + len(path)] in b"/\0" and (flags[0] & LENGTH == length or flags[1] & LENGTH == length):
            return True
        at = shown.find(path, at + 1)
    return False


def names(raw: bytes, hashed: int) -> Iterator[bytes]:
    """The paths of an index of version 4, with hashes of so many bytes; raises `ValueError` or `IndexError` where it is none."""
    at, name = HEADER, b""
    for _ in range(int.from_bytes(raw[8:12], "big")):
        at += STAT + hashed
        flags = raw[at] << 8 | raw[at + 1]
        at += 4 if flags & EXTENDED else 2
        byte = raw[at]
        gone, at = byte & 127, at + 1
        while byte & 128:
            byte = raw[at]
            gone, at = (gone + 1 << 7) | byte & 127, at + 1
        end = raw.index(b"\0", at)
        if gone > len(name):
            raise ValueError(gone)
        name = name[: len(name) - gone] + raw[at:end]
        if flags & LENGTH != min(len(name), LENGTH):
            raise ValueError(flags)
        at = end + 1
        yield name
