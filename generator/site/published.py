"""The published tree: which files it holds, with which bytes, and how a new state of it comes from a staging folder.

A file is taken for the one that was published by its size, the time of its last change, and its inode. It was written into
the staging folder, where nobody else writes, so no later write can leave it with the same ones.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import suppress
from errno import EXDEV
from pathlib import Path

from msgspec.msgpack import Decoder

from generator.store import Store, digest, packed

Look = tuple[int, int, int]
"""Size in bytes, time of the last change in nanoseconds, number of the inode."""
_KNOWN = Decoder(dict[str, tuple[Look, bytes]])


class Published:
    """The files below a site's folder as they stand when this is made. What is hidden there at the top stays, as MkDocs leaves it,
    and so does what stands in the folders `apart`, which others look after."""

    def __init__(self, folder: Path, store: Store, apart: Collection[str] = ()) -> None:
        self.folder, self.store = folder, store
        kept = store.state(self._name)
        self._known = _KNOWN.decode(kept) if kept else {}
        self._before = dict(self._known)
        self._looks = {path: look for path, look in _looks(folder, "") if _counts(path, apart)}

    @property
    def _name(self) -> str:
        return f"site/published/{self.folder}"

    def digest(self, path: str) -> bytes | None:
        """A hash of a file's bytes, None where there is no such file."""
        look = self._looks.get(path)
        if look is None:
            return None
        known = self._known.get(path)
        if known is None or known[0] != look:
            known = self._known[path] = look, digest((self.folder / path).read_bytes())
        return known[1]

    def publish(self, staging: Path, kept: Collection[str]) -> dict[str, bytes]:
        """Make the tree hold what is in the staging folder, and those of its files that are `kept`, and no others; the hashes of all."""
        staged = {path: digest((staging / path).read_bytes()) for path, _ in _looks(staging, "")}
        wanted = {*staged, *kept}
        for path in [path for path in self._looks if path not in wanted]:
            self._remove(path)
        made_folders: set[Path] = set()
        for path, hashed in staged.items():
            if self.digest(path) != hashed:
                target = self.folder / path
                if target.parent not in made_folders:
                    target.parent.mkdir(parents=True, exist_ok=True)
                    made_folders.add(target.parent)
                _move(staging / path, target)
                at = target.stat()
                self._looks[path] = (at.st_size, at.st_mtime_ns, at.st_ino)
                self._known[path] = self._looks[path], hashed
        hashes = {path: self.digest(path) for path in sorted(wanted)}
        made = {path: hashed for path, hashed in hashes.items() if hashed is not None}
        known = {path: self._known[path] for path in made}
        if known != self._before:
            self.store.keep({self._name: packed(known)})
        return made

    def _remove(self, path: str) -> None:
        (self.folder / path).unlink(missing_ok=True)
        del self._looks[path]
        for folder in Path(path).parents:
            if not folder.name:
                break
            try:
                (self.folder / folder).rmdir()
            except OSError:
                break


def _counts(path: str, apart: Collection[str]) -> bool:
    return not path.startswith(".") and path.partition("/")[0] not in apart


def _looks(folder: Path | str, above: str) -> Iterator[tuple[str, Look]]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _looks(entry.path, f"{above}{entry.name}/")
        else:
            at = entry.stat(follow_symlinks=False)
            yield f"{above}{entry.name}", (at.st_size, at.st_mtime_ns, at.st_ino)


def _move(path: Path, target: Path) -> None:
    """Put a file in the place of another in one step, on another disk too."""
    if target.is_dir():
        shutil.rmtree(target)
    try:
        path.replace(target)
    except OSError as error:
        if error.errno != EXDEV:
            raise
        beside = target.with_name(f".{target.name}.tmp")
        try:
            shutil.copyfile(path, beside)
            beside.replace(target)
        finally:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
