"""Which files have which bytes, without reading those that look as they did when they were read last.

As in the index of git, the look of a file, its size, times and inode, only ever says that its bytes are the same ones: where it is
another one, the bytes are read and hashed. A file that was written shortly before it was looked at is read again, since a later write
may leave it with the same look (git's documentation, Racy Git).
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from stat import S_ISREG

from msgspec.msgpack import Decoder

from generator.store import Store, digest, packed

Look = tuple[int, int, int, int]
"""Size in bytes, time of the last change of its content and of its inode in nanoseconds, number of the inode."""
RACY = 2_000_000_000
"""Nanoseconds within which times of files are too coarse to tell two writes apart."""
_KNOWN = Decoder(dict[str, tuple[Look, bytes]])


def digests(
    store: Store, root: Path, folder: str, suffixes: Sequence[str] = (), without: Sequence[str] = ()
) -> dict[str, bytes]:
    """The hash of every file below `root/folder`, by path below that folder with `/`, in order of paths; hidden files and folders are
    left out, all but those with one of `suffixes` if any are given, and what is named in `without` at the top. What can neither be looked
    at nor read has none."""
    name = f"{folder}/{','.join(suffixes)}" + (f"/{','.join(without)}" if without else "")
    there = below(root / folder, without=without)
    kept = ((path, seen) for path, seen in there if not suffixes or path.endswith(tuple(suffixes)))
    return digests_of(store, name, root / folder, kept)


def digests_of(store: Store, name: str, folder: Path, looks: Iterable[tuple[str, Look]]) -> dict[str, bytes]:
    """The hash of every file below `folder` of which the look is given, in order of paths; `name` is what they are known by together."""
    name = f"looks/{name}"
    kept = store.state(name)
    known = _KNOWN.decode(kept) if kept else {}
    found: dict[str, tuple[Look, bytes]] = {}
    sure: dict[str, tuple[Look, bytes]] = {}
    now = time.time_ns()
    for path, look in sorted(looks):
        before = known.get(path)
        if before is not None and before[0] == look:
            found[path] = sure[path] = before
            continue
        try:
            found[path] = look, digest((folder / path).read_bytes())
        except OSError:
            continue
        if max(look[1], look[2]) < now - RACY:
            sure[path] = found[path]
    if sure != known:
        store.keep({name: packed(sure)})
    return {path: hashed for path, (_, hashed) in found.items()}


def below(
    folder: Path | str, above: str = "", *, without: Sequence[str] = (), hidden: bool = False
) -> Iterator[tuple[str, Look]]:
    """How every file below a folder looks, by its path there behind `above`, but for what is named in `without` at the top, and for
    what is hidden unless it is wanted."""
    due = [(str(folder), above)]
    while due:
        here, above_ = due.pop()
        try:
            entries = list(os.scandir(here))
        except OSError:
            continue
        for entry in entries:
            name = entry.name
            if (name.startswith(".") and not hidden) or (name in without and above_ == above):
                continue
            if entry.is_dir():
                due.append((entry.path, f"{above_}{name}/"))
                continue
            try:  # as `look` does, without a call for each: there may be tens of thousands
                at = entry.stat()
            except OSError:
                continue
            if S_ISREG(at.st_mode):
                yield above_ + name, (at.st_size, at.st_mtime_ns, at.st_ctime_ns, at.st_ino)


def look(entry: os.DirEntry[str]) -> Look | None:
    """How an entry of a folder looks; None where nobody can tell, and for what is no file."""
    try:
        at = entry.stat()
    except OSError:
        return None
    return (at.st_size, at.st_mtime_ns, at.st_ctime_ns, at.st_ino) if S_ISREG(at.st_mode) else None
