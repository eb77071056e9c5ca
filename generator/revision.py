"""A briefing as it stands in a revision of git: its files brought into a temporary folder, and nothing of the work tree touched.

Blobs are taken as they are stored: no filter of the repository runs, and no link is followed.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from generator.link import Briefing
from generator.loading import PAGES, SEEDS, load
from generator.settings import CONFIG, Settings
from generator.yamlbounds import BYTES

TAKEN = (CONFIG, SEEDS, *(f"{PAGES}/{name}" for name in ("facts", "entities", "lexicons", "topics.yml")))
"""What a briefing is read from, below its folder."""
REGULAR = ("100644", "100755")
"""Modes of files in a tree of git; links and submodules have others."""


class NoRevision(Exception):
    """A revision cannot be read; the message says why, and what can be."""


def load_revision(root: Path, revision: str, settings: Settings) -> Briefing:
    """The briefing in `root` as it was at a revision (a commit, tag or branch), its words told under `settings`.

    Raises `NoRevision` where git knows no such state.
    """
    with checked_out(root, revision) as folder:
        return load(folder, (settings, []))[0]


@contextmanager
def checked_out(root: Path, revision: str) -> Iterator[Path]:
    """A temporary folder with what a briefing is read from, as it was at a revision."""
    tree = _resolved(root, revision)
    listed = _git(root, "ls-tree", "-r", "-l", "-z", tree, "--", *TAKEN).decode("utf-8", "surrogateescape")
    blobs: dict[str, str] = {}
    large: dict[str, int] = {}
    for entry in filter(None, listed.split("\0")):
        head, _, name = entry.partition("\t")
        mode, _, blob, size = head.split()
        if mode in REGULAR and not {"..", "", "/"} & set(PurePosixPath(name).parts):
            if size.isdecimal() and int(size) > BYTES:
                large[name] = int(size)
            else:
                blobs[name] = blob
    with TemporaryDirectory(prefix="briefing-") as made:
        folder = Path(made)
        for name, raw in zip(blobs, _contents(root, list(blobs.values())), strict=True):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(raw)
        for name, count in large.items():  # nobody reads it: it only has to be there, and too large
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            with (folder / name).open("wb") as file:
                file.truncate(count)
        yield folder


def _resolved(root: Path, revision: str) -> str:
    """The hash of a revision's tree."""
    _git(root, "rev-parse", "--git-dir")
    try:
        if revision.startswith(("-", "^")) or not revision.isprintable():
            raise NoRevision
        return _git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{tree}}").decode().strip()
    except NoRevision:
        found = "there is no commit yet" if revision == "HEAD" else f"git knows no revision {revision!r}"
        shallow = _git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"
        hint = "; this clone is shallow, so fetch more of it: git fetch --unshallow" if shallow else ""
        valid = "name a commit, tag or branch, e.g. briefing diff HEAD~1" if revision != "HEAD" else "commit first"
        raise NoRevision(f"{found}; {valid}{hint}") from None


def _contents(root: Path, blobs: list[str]) -> Iterator[bytes]:
    """The content of blobs, in their order."""
    stream = _git(root, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in blobs).encode()) if blobs else b""
    at = 0
    for blob in blobs:
        end = stream.index(b"\n", at)
        parts = stream[at:end].split(b" ")
        if len(parts) != 3:  # as in a clone that left blobs out
            raise NoRevision(f"git has not got the object {blob}; fetch it: git fetch --refetch")
        start = end + 1
        at = start + int(parts[2]) + 1
        yield stream[start : at - 1]


def _git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What git prints; `NoRevision` with its message where it fails."""
    try:
        done = subprocess.run(["git", *arguments], cwd=root, input=given, capture_output=True, check=True)
    except FileNotFoundError:
        raise NoRevision("there is no git on this machine; install it, or compare by hand") from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ")
        raise NoRevision(
            f"{said or 'git failed'}; briefing diff compares with a commit of the briefing's folder"
        ) from None
    return done.stdout


def short(root: Path, revision: str) -> str:
    """The short hash of a commit; the revision itself where it is none."""
    try:
        return _git(root, "rev-parse", "--verify", "--quiet", "--short", f"{revision}^{{commit}}").decode().strip()
    except NoRevision:
        return revision
