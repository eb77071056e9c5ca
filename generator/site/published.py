"""The published tree: which files it holds, with which bytes, and how a new state of it comes from a staging folder.

A file is taken for the one that was published by its size, the time of its last change, and its inode. It was written into
the staging folder, where nobody else writes, so no later write can leave it with the same ones.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from errno import EXDEV
from pathlib import Path
from stat import S_ISREG

from msgspec.msgpack import Decoder

from generator.store import Store, digest, packed

Look = tuple[int, int, int]
"""Size in bytes, time of the last change in nanoseconds, number of the inode."""
NO_FILE = -1
"""The size of what is no file, such as a link, which no build makes: it gives way, and is neither read nor written through."""
_KNOWN = Decoder(tuple[dict[str, Look], dict[str, bytes]])


class Published:
    """The files below a site's folder as they stand when this is made. What is hidden there at the top stays, as MkDocs leaves it,
    and so does what stands in the folders `apart`, which others look after."""

    def __init__(self, folder: Path, store: Store, apart: Collection[str] = ()) -> None:
        self.folder, self.store = folder, store
        kept = store.state(self._name)
        self._known: tuple[dict[str, Look], dict[str, bytes]] = _KNOWN.decode(kept) if kept else ({}, {})
        self._looks = dict(_looks(folder, apart))
        self._hashes = self._same()

    @property
    def _name(self) -> str:
        return f"site/tree/{self.folder}"

    def _same(self) -> dict[str, bytes]:
        """The hashes of the files that look as they did."""
        looks, hashes = self._known
        if looks == self._looks:
            return dict(hashes)
        return {path: hashes[path] for path, _ in looks.items() & self._looks.items()}

    def take(self, other: Published) -> None:
        """Hold what another tree holds that this program made, as links to the same files where the disk can: none of them is ever written to."""
        for path, hashed in other._hashes.items():
            if path not in self._looks:
                target = self.folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                try:
                    os.link(other.folder / path, target)
                except OSError:  # another disk
                    shutil.copyfile(other.folder / path, target)
                at = target.stat()
                self._looks[path], self._hashes[path] = (at.st_size, at.st_mtime_ns, at.st_ino), hashed

    def digest(self, path: str) -> bytes | None:
        """A hash of a file's bytes, None where there is no such file."""
        found = self._hashes.get(path)
        if found is None and path in self._looks and self._looks[path][0] != NO_FILE:
            found = self._hashes[path] = digest((self.folder / path).read_bytes())
        return found

    def publish(self, staging: Path, kept: Collection[str], known: Mapping[str, bytes] | None = None) -> None:
        """Make the tree hold what is in the staging folder, and those of its files that are `kept`, and no others; of some of the former the
        hashes may be `known`."""
        known = known or {}
        staged = {path: known.get(path) or digest((staging / path).read_bytes()) for path, _ in _looks(staging)}
        for path in self._looks.keys() - staged.keys() - set(kept):
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
                self._hashes[path] = hashed
        now = {path: self._looks[path] for path in self._hashes}, self._hashes
        if now != self._known:
            self.store.keep({self._name: packed(now)})

    def _remove(self, path: str) -> None:
        (self.folder / path).unlink(missing_ok=True)
        del self._looks[path]
        self._hashes.pop(path, None)
        for folder in Path(path).parents:
            if not folder.name:
                break
            try:
                (self.folder / folder).rmdir()
            except OSError:
                break


def _looks(folder: Path, apart: Collection[str] | None = None) -> Iterator[tuple[str, Look]]:
    """How all files below a folder look; but, where something is `apart`, for that and what is hidden at the top."""
    due = [(str(folder), "")]
    while due:
        here, above = due.pop()
        try:
            handle = os.open(
                here, os.O_RDONLY | os.O_DIRECTORY
            )  # names from here are looked up quicker than whole paths
        except OSError:
            continue
        try:
            with os.scandir(handle) as entries:
                for entry in entries:
                    name = entry.name
                    if apart is not None and not above and (name.startswith(".") or name in apart):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        due.append((f"{here}/{name}", f"{above}{name}/"))
                    else:
                        at = entry.stat(follow_symlinks=False)
                        size = at.st_size if S_ISREG(at.st_mode) else NO_FILE
                        yield above + name, (size, at.st_mtime_ns, at.st_ino)
        finally:
            os.close(handle)


def _move(path: Path, target: Path) -> None:
    """Put a file in the place of another in one step, on another disk too."""
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
    try:
        path.replace(target)
    except OSError as error:
        if error.errno != EXDEV:
            raise
        beside = target.with_name(f".{target.name}.tmp")
        beside.unlink(missing_ok=True)
        try:
            shutil.copyfile(path, beside)
            beside.replace(target)
        finally:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
