"""Which files have which bytes, without reading those that look as they did when they were read last.

As in the index of git, the look of a file, its size, times and inode, only ever says that its bytes are the same ones: where it is
another one, the bytes are read and hashed. A file that was written shortly before it was looked at is read again, since a later write
may leave it with the same look (git's documentation, Racy Git).
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec.msgpack import Decoder

from generator.looks import Look, Looks
from generator.store import Store, digest_of, packed

RACY = 2_000_000_000
"""Nanoseconds within which times of files are too coarse to tell two writes apart."""
_KNOWN = Decoder(tuple[dict[str, Look], dict[str, bytes]])
"""How files look, and the hashes of what they hold, in order of paths."""


def digests(
    store: Store, root: Path, folder: str, suffixes: Sequence[str] = (), without: Sequence[str] = ()
) -> dict[str, bytes]:
    """The hash of every file below `root/folder`, by path below that folder with `/`, in order of paths; hidden files and folders are
    left out, all but those with one of `suffixes` if any are given, and what is named in `without` at the top. What can neither be looked
    at nor read has none."""
    name = f"{folder}/{','.join(suffixes)}" + (f"/{','.join(without)}" if without else "")
    there = seen_in(store, root).below(folder, without=without)
    kept = ((path, seen) for path, seen in there if not suffixes or path.endswith(tuple(suffixes)))
    return digests_of(store, name, root / folder, kept)


def seen_in(store: Store, root: Path) -> Looks:
    """How the files in `root` look: as this run saw them, or now."""
    return store.looks if store.looks and store.looks.root == str(root) else Looks(root)


def digests_of(store: Store, name: str, folder: Path, looks: Iterable[tuple[str, Look]]) -> dict[str, bytes]:
    """The hash of every file below `folder` of which the look is given, in order of paths; `name` is what they are known by together."""
    name = f"seen/{name}"
    kept, now = store.state(name), time.time_ns()
    known, hashes = _KNOWN.decode(kept) if kept else ({}, {})
    seen = dict(looks)
    if seen == known:
        return hashes
    sure = {path: look for path, look in known.items() if seen.get(path) == look}
    found = hashes if len(sure) == len(known) else {path: hashes[path] for path in sure}
    for path in sorted(seen.keys() - sure.keys()):
        look = seen[path]
        try:
            found[path] = digest_of(folder / path)
        except OSError:
            continue
        if max(look[1], look[2]) < now - RACY:
            sure[path] = look
    if sure != known:
        store.keep({name: packed((sure, {path: found[path] for path in sure}))})
    return dict(sorted(found.items()))
