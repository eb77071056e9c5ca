"""Whether a build would find all as the last one left it; then there is nothing to do, and what was told is told again.

All files that a build reads or writes are looked at and none is read, as in `unchanged`: a look that differs only means that the
build is not left out. What the last build wrote itself is looked at once more when it ends, and read, so that an edit that a
person made meanwhile is not taken for the build's own.
"""

from __future__ import annotations

import os
import time
from array import array
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path

from msgspec import DecodeError, Struct
from msgspec.msgpack import Decoder
from msgspec.structs import replace

from generator import publish, store
from generator.settings import CONFIG
from generator.store import digest, packed
from generator.unchanged import Look, below, look

FILE = f"{publish.CACHE}/last"
READ = ("seeds", "site_src", "templates")
"""Folders that a build reads, beside `mkdocs.yml`; what it writes into the second of them it reads, too."""
PAGES = "site_src/"
GRAIN, COARSE = 10_000_000, 1_000_000_000
"""Nanoseconds: Linux counts times of files in ticks of at most 10 milliseconds; disks that count in seconds are not trusted."""
FROM_OUTSIDE = (b"!ENV", b"INHERIT")
"""What lets `mkdocs.yml` say something else without being changed."""


class Last(Struct, frozen=True):
    """What the last build told, and how all looked when it had ended."""

    site: str
    """The folder of the site, absolute."""
    problems: tuple[str, ...]
    lines: tuple[str, ...]
    """What it printed, but for problems."""
    errors: int
    warnings: int
    looks: bytes = b""


_LAST = Decoder(Last)
Looks = Mapping[str, Look]


def looks(root: Path) -> dict[str, Look]:
    """How every file that a build reads looks, by path below `root`."""
    found = {path: seen for name in READ for path, seen in below(root / name, f"{name}/", hidden=True)}
    return found | {entry.name: seen for entry in os.scandir(root) if entry.name == CONFIG and (seen := look(entry))}


def _hashed(found: Looks, site: str) -> bytes:
    """A hash of how all looks: what is read, the folders of the site, the program.

    A folder looks otherwise once a file in it comes or goes. What a person's own tool then does with the site's files is their affair.
    """
    made = blake2b(store.look(), digest_size=store.SIZE)
    made.update("\0".join(found).encode("utf-8", "surrogatepass"))
    made.update(_numbers(found))
    made.update(repr([*_folders(site)]).encode("utf-8", "surrogatepass"))
    return made.digest()


def _numbers(found: Looks) -> bytes:
    numbers = [number for seen in found.values() for number in seen]
    try:
        return array("q", numbers).tobytes()
    except OverflowError:  # an inode of more than 63 bits
        return repr(numbers).encode()


def _folders(folder: str) -> Iterator[tuple[str, int, int]]:
    """A folder and all below it, with the times of their last changes."""
    try:
        at, entries = os.stat(folder), list(os.scandir(folder))  # noqa: PTH116 – as all here, without a Path for each
    except OSError:
        return
    yield folder, at.st_mtime_ns, at.st_ino
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _folders(entry.path)


def last(root: Path, found: Looks) -> Last | None:
    """What the last build told, if one now would find all as it left it; `found` is how what it reads looks."""
    raw = publish.read(root / FILE)
    try:
        told = _LAST.decode(raw) if raw else None
    except DecodeError:
        return None
    return told if told and told.looks == _hashed(found, told.site) else None


def keep(root: Path, before: Looks, written: Mapping[str, bytes], told: Last) -> bool:
    """Note what a build told, for as long as all stays as it left it; False where it may not be left out the next time.

    `before` is how all looked when it began, `written` the hash of every file that it wrote, but of pages, which carry their own.
    """
    time.sleep(GRAIN / 1e9)  # so that a later write cannot leave a file looking as it does now
    after = looks(root)
    changed = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    coarse = any(after[path][1] % COARSE == 0 for path in changed & after.keys())
    raw = publish.read(root / CONFIG) or b""
    sure = (
        not coarse
        and not any(word in raw for word in FROM_OUTSIDE)
        and all(_is_ours(root, path, written) for path in changed)
    )
    if sure:
        publish.replace(root / FILE, packed(replace(told, looks=_hashed(after, told.site))))
    else:
        (root / FILE).unlink(missing_ok=True)
    return sure


def _is_ours(root: Path, path: str, written: Mapping[str, bytes]) -> bool:
    """Whether a file that came, went or changed while a build ran is as the build left it."""
    raw = publish.read(root / path)
    if path.startswith(PAGES) and path.endswith(".md"):
        return raw is None or publish.is_marked(path.removeprefix(PAGES), raw)
    return (raw is None and path not in written) or (raw is not None and written.get(path) == digest(raw))
