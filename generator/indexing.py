"""The search index in a site's folder: `finding/`, of which only the files that changed are written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec.msgpack import Decoder

from generator.finding.index import MANIFEST, Files, Index
from generator.finding.record import Findable
from generator.store import Store, digest, packed

FOLDER = "finding"
LEFT = f"{FOLDER}/left"
Look = tuple[int, int, int]
"""Size in bytes, time of the last change in nanoseconds, number of the inode."""
_LEFT = Decoder(tuple[dict[str, Look], bytes])
"""How files look, and a hash of what they are, as the tables have it."""


class IndexFailed(Exception):
    """There is no index; the message says why and what to do."""


def write_index(
    pages: Iterable[Findable], site: Path, url: Callable[[str], str], store: Store, tree: Store | None = None
) -> None:
    """Bring the index in a site's folder up to what can be found; without any there is none.

    `url` gives a page's address below the site's root. What is made is kept in `store`; how the files look, in `tree`, if that is another one. All are
    made again where one does not look as it was left, and where the tables were brought up to date for another folder meanwhile. Raises
    IndexFailed; there is no index then, nor the former one.
    """
    folder = site / FOLDER
    try:
        index, tree = Index(store), tree or store
        kept, looks = tree.state(LEFT), _looks(folder)
        sound = kept is not None and _LEFT.decode(kept) == (looks, _told(index.files()))
        touched = index.update(pages, url)
        if sound and not touched.places:
            return
        for name, raw in index.made(touched if sound else None):
            looks[name] = _written(folder / name, raw)
        made = index.files()
        left = {*made, MANIFEST} if made else set()
        for name in looks.keys() - left:
            (folder / name).unlink()
            del looks[name]
        if not left:
            shutil.rmtree(folder, ignore_errors=True)
        tree.keep({LEFT: packed((looks, _told(made)))})
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise IndexFailed(f"no search index: {error}; the site stands, and its search leads to A–Z") from error


def _told(files: Files) -> bytes:
    return digest(packed(files)) if files else b""


def _looks(folder: Path) -> dict[str, Look]:
    """How every file below a folder looks, by its path there. What no index has and writing would go through, links above all, is taken away."""
    found: dict[str, Look] = {}
    if folder.is_symlink():
        folder.unlink()
    for inner in ("", "words/", "years/", "records/"):
        if (folder / inner).is_dir():
            with os.scandir(folder / inner) as entries:
                for entry in entries:
                    if entry.is_file(follow_symlinks=False):
                        found[inner + entry.name] = _look(entry.stat())
                    elif not entry.is_dir(follow_symlinks=False):
                        Path(entry.path).unlink()
    return found


def _look(at: os.stat_result) -> Look:
    return at.st_size, at.st_mtime_ns, at.st_ino


def _written(path: Path, raw: bytes) -> Look:
    """Write a file unless it is there, in one step for whoever reads it meanwhile; how it looks then."""
    try:
        if path.read_bytes() == raw:
            return _look(path.stat())
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(raw)
    part.replace(path)
    return _look(path.stat())
