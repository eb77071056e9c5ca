"""Fact files and their bases, written so that a crash at any point neither loses an edit nor invents one.

The base is what the machine last wrote; what differs from it in the fact file is a person's doing. If the
fact file were on disk without its base, the machine's own changes would look like a person's for ever. So
the new base is journaled first, together with the hash of the fact file it belongs to, and `recover`
promotes it if that fact file arrived, even if a person has edited it since.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from generator.folders import PAGES
from generator.publish import CACHE, digest, read, replace
from generator.reach import OutOfReach, contents, own
from generator.tracked import tracked

JOURNAL, FACTS = f"{CACHE}/journal", f"{PAGES}/facts"
PAIR = re.compile(rf"{FACTS}/[^/\n]+\.yml\n{FACTS}/\.base/[a-z0-9-]+\.yml")
INTENT, DONE = ".yml", ".done"
"""What is about to be written, and what has been but for its base."""


def recover(root: Path) -> bool:
    """Finish or forget what an interrupted run left in the journal, and say whether there was any; needs the lock.

    One that came with the repository is left as it is.
    """
    folder = root / JOURNAL
    if tracked(root):
        return False
    entries = sorted(folder.iterdir()) if folder.is_dir() else []
    for entry in entries:
        if entry.suffix not in (INTENT, DONE):
            continue
        base = b""
        try:
            head, _, base = contents(entry, handle=own).partition(b"\n")
            belongs, path, base_path, came, went = json.loads(head)
            if not _is_pair(path, base_path):
                raise ValueError
            written = read(root / path)
            lines = set(written.splitlines()) if written is not None else set()
            arrived = entry.suffix == DONE or (written is not None and digest(written) == belongs)
            # Edited since, and nobody noted that it had arrived: told by the lines that it has.
            arrived |= len(lines & set(map(str.encode, came))) > len(lines & set(map(str.encode, went)))
        except (
            ValueError,
            TypeError,
            AttributeError,
            OutOfReach,
        ):  # not what `write` leaves, which renames it into place whole
            arrived = False
        if arrived:
            replace(root / base_path, base)
        entry.unlink()
    return bool(entries)


def _is_pair(path: object, base_path: object) -> bool:
    """Whether paths are those of a fact file and of a base, wherever the entry comes from."""
    pair = isinstance(path, str) and isinstance(base_path, str) and PAIR.fullmatch(f"{path}\n{base_path}")
    return bool(pair)


def write(root: Path, path: str, base_path: str, text: str, base: str, seen: str | None) -> bool:
    """Write a fact file and its base, both below `root`.

    False, and nothing is written, where the file no longer holds the text that was `seen` (None: no file).
    """
    new, known = text.encode(), None if seen is None else seen.encode()
    if read(root / path) == new and read(root / base_path) == base.encode():
        return True
    entry = root / JOURNAL / Path(base_path).with_suffix(INTENT).name
    was, now = set((seen or "").splitlines()), set(text.splitlines())
    head = json.dumps([digest(new), path, base_path, sorted(now - was), sorted(was - now)])
    replace(entry, f"{head}\n{base}".encode())
    done = read(root / path) == known and replace(root / path, new, lambda now: now == known)
    if done:
        entry = entry.rename(entry.with_suffix(DONE))  # from here on an edit of the file takes nothing away
        replace(root / base_path, base.encode())
    entry.unlink()
    return done
