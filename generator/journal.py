"""Fact files and their bases, written so that a crash at any point neither loses an edit nor invents one.

The base is what the machine last wrote; what differs from it in the fact file is a person's doing. If the
fact file were on disk without its base, the machine's own changes would look like a person's for ever. So
the new base is journaled first, together with the hash of the fact file it belongs to, and `recover`
promotes it if that fact file arrived.
"""

from __future__ import annotations

from pathlib import Path

from generator.publish import CACHE, digest, read, replace

JOURNAL = f"{CACHE}/journal"


def recover(root: Path, facts: Path, bases: Path) -> None:
    """Finish or forget what an interrupted run left in the journal; needs the lock.

    `facts` and `bases` are the folders of `<source-id>.yml`.
    """
    folder = root / JOURNAL
    for entry in sorted(folder.glob("*.yml")) if folder.is_dir() else ():
        belongs, _, base = entry.read_bytes().partition(b"\n")
        written = read(facts / entry.name)
        if written is not None and digest(written).encode() == belongs:
            replace(bases / entry.name, base)
        entry.unlink()


def write(root: Path, path: Path, base_path: Path, text: bytes, base: bytes, seen: bytes | None) -> bool:
    """Write a fact file and its base; False, and nothing is written, where the file is no longer what was `seen`."""
    if read(path) == text and read(base_path) == base:
        return True
    entry = root / JOURNAL / path.name
    replace(entry, digest(text).encode() + b"\n" + base)
    done = read(path) == seen and replace(path, text, lambda now: now == seen)
    if done:
        replace(base_path, base)
    entry.unlink()
    return done
