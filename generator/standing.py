"""Whether a build would find all as the last one left it; then there is nothing to do, and what was told is told again.

All files that a build reads or writes are looked at and none is read, as in `unchanged`: a look that differs only means that the
build is not left out. A build notes how all looked when it began, and looks once more only at what it wrote itself, which it reads, too: so an edit
that a person made meanwhile is not taken for the build's own, nor for something that it has read.
"""

from __future__ import annotations

import json
import os
import re
import time
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from generator import program
from generator.folders import CACHE, CONFIG, PAGES, SEEDS, TEMPLATES
from generator.looks import Looks
from generator.reach import contents, own
from generator.tracked import tracked

FILE = f"{CACHE}/last"
READ = (SEEDS, PAGES, TEMPLATES)
"""Folders that a build reads, beside `mkdocs.yml`; what it writes into the second of them it reads, too."""
GRAIN, COARSE = 10_000_000, 1_000_000_000
"""Nanoseconds: Linux counts times of files in ticks of at most 10 milliseconds; disks that count in seconds are not trusted."""
FROM_OUTSIDE = (b"!ENV", b"INHERIT")
"""What lets `mkdocs.yml` say something else without being changed."""
LARGE = 1_000_000
"""Bytes of a `mkdocs.yml` beyond which no build is left out."""
SITE_DIR = b"site_dir"
NAMED = re.compile(rb"""^site_dir: +(["']?)([\w./~-][\w ./~-]*?)\1[ \t]*(?:#.*)?\r?$""", re.MULTILINE)
"""How `mkdocs.yml` mostly names the folder of the site. It is not parsed where a build may have nothing to do, as that takes longer than the rest."""


class Last(NamedTuple):
    """What the last build told, and how all looked when it had ended."""

    site: str
    """The folder of the site, absolute."""
    problems: tuple[str, ...]
    lines: tuple[str, ...]
    """What it printed, but for problems."""
    errors: int
    warnings: int
    looks: str = ""


def _hashed(found: Looks, site: str) -> str:
    """A hash of how all looks: what is read, the folders of the site, the program.

    A folder looks otherwise once a file in it comes or goes. What a person's own tool then does with the site's files is their affair.
    """
    made = blake2b(program.look(), digest_size=program.SIZE)
    config = dict(found.folder("").looks()).get(CONFIG)
    made.update(repr((config, [*_folders(site)])).encode("utf-8", "surrogatepass"))
    for name in READ:
        for path, folder in found.walk(name, hidden=True):
            if folder.files or folder.others or folder.out:
                told = "\0".join((name, path, *folder.files, "", *folder.others, *folder.out))
                made.update(told.encode("utf-8", "surrogatepass"))
                made.update(_packed(folder.numbers))
    return made.hexdigest()


def _packed(numbers: list[int]) -> bytes:
    try:
        return array("q", numbers).tobytes()
    except OverflowError:  # an inode of more than 63 bits
        return repr(numbers).encode()


def _folders(folder: str) -> Iterator[tuple[str, int, int]]:
    """A folder and all below it, with the times of their last changes."""
    due = [folder]
    while due:
        path = due.pop()
        try:
            at = os.stat(path)
            with os.scandir(path) as entries:
                inner = [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]
        except OSError:
            continue
        yield path, at.st_mtime_ns, at.st_ino
        due += sorted(inner, reverse=True)


def _site(root: Path, raw: bytes) -> str:
    """The folder of the site that a `mkdocs.yml` names, absolute; empty where it says that otherwise than most do."""
    found = NAMED.findall(raw)
    if len(found) != raw.count(SITE_DIR) or len(found) > 1 or len(raw) > LARGE:
        return ""
    return os.path.realpath(root / os.fsdecode(found[0][1] if found else b"site"))


def last(root: Path, found: Looks) -> Last | None:
    """What the last build told, if one now would find all as it left it; `found` is how the files in `root` look, and all are looked at.

    A note that came with the repository is not read, and one of another folder than the settings name as that of the site is of no use.
    """
    told = None
    with suppress(OSError, ValueError, TypeError):
        if not tracked(root):
            told = Last(*json.loads(contents(root / FILE, handle=own)))
            told = told if told.site == _site(root, contents(root / CONFIG, LARGE)) else None
    # Without a note, too: a build is to know how all looked before it read anything.
    now = _hashed(found, told.site if told else "")
    return told if told and told.looks == now else None


def keep(root: Path, found: Looks, written: Mapping[str, bytes], pages: Iterable[str], told: Last) -> bool:
    """Note what a build told, for as long as all stays as it left it; False where it may not be left out the next time.

    `found` is how all looked when it began, `written` the hash of every file that it wrote, but of `pages`, which carry their own.
    """
    from generator import publish

    if tracked(root):
        return False
    time.sleep(GRAIN / 1e9)  # so that a later write cannot leave a file looking as it does now
    changed = {*written, *pages}
    found.again(changed)
    raw = publish.read(root / CONFIG) or b""
    sure = (
        not any(word in raw for word in FROM_OUTSIDE)
        and told.site == _site(root, raw)
        and not any(_is_coarse(found, path) for path in changed)
        and all(_is_ours(root, path, written) for path in changed)
    )
    if sure:
        note = told._replace(looks=_hashed(found, told.site))
        publish.replace(root / FILE, json.dumps(note).encode())
    else:
        (root / FILE).unlink(missing_ok=True)
    return sure


def _is_coarse(found: Looks, path: str) -> bool:
    seen = found.seen(path)
    return seen is not None and seen[1] % COARSE == 0


def _is_ours(root: Path, path: str, written: Mapping[str, bytes]) -> bool:
    """Whether a file that a build wrote or removed is as the build left it."""
    from generator import publish
    from generator.store import digest

    raw = publish.read(root / path)
    if path in written:
        return raw is not None and written[path] == digest(raw)
    return raw is None or publish.is_marked(path.removeprefix(f"{PAGES}/"), raw)
