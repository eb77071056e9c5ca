"""A briefing while it is served: which files a person has changed, all but those that the generator writes; and pages that may reload themselves."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedNoWriteEvent,
    FileOpenedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from generator import publish
from generator.looks import Looks
from generator.pipeline import PAGES, SCHEMAS, SEEDS, TEMPLATES
from generator.store import digest

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

DEEP = (SEEDS, TEMPLATES, f"{PAGES}/lexicons")
"""Folders that are looked at with all that is below them."""
FLAT = ("", PAGES, f"{PAGES}/facts", f"{PAGES}/entities")
"""Folders of which only the files count: below them the generator keeps its own."""

POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')
OURS = frozenset(f"{PAGES}/{schema}" for schema in SCHEMAS)
MOUNTS = Path("/proc/self/mounts")
"""What is mounted where, one to a line: device, folder, sort, more."""
TELLING = frozenset({"bcachefs", "btrfs", "ext2", "ext3", "ext4", "f2fs", "overlay", "tmpfs", "xfs", "zfs"})
"""Sorts of file systems of which Linux hears of every change; of others, such as those of a network, somebody else may make it."""
SPACE = "\\040"
"""How a space is written there."""


def tells(folder: Path, mounts: Path = MOUNTS) -> bool:
    """Whether the system tells of every change below a folder, so that nobody needs to look."""
    if sys.platform != "linux":
        return True
    above = {folder.resolve(), *folder.resolve().parents}
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return False
    known = [(Path(at.replace(SPACE, " ")), sort) for _, at, sort, *_ in map(str.split, lines)]
    sorts = [(len(at.parts), n, sort) for n, (at, sort) in enumerate(known) if at in above]
    return bool(sorts) and max(sorts)[-1] in TELLING  # the one that lies nearest, and was put over others


class Edits(FileSystemEventHandler):
    """Calls `changed` for each edit in the briefing in `root`, also in folders that come later.

    While a run is at work, nobody can tell an edit from what it writes itself: between `pause` and `resume` all waits.
    """

    def __init__(self, root: Path, observer: BaseObserver, changed: Callable[[], None]) -> None:
        self.root, self.observer, self.changed = root.resolve(), observer, changed
        self.ours = publish.generated(self.root)
        self.watched: dict[Path, ObservedWatch] = {}
        self._lock = Lock()
        self._waiting: set[Path] | None = None
        self._written: dict[str, bytes] = {}
        """The hashes of files that a run wrote and nobody since, by path below the briefing's folder."""
        self.watch()

    def pause(self) -> None:
        """A run is at work."""
        with self._lock:
            self._waiting = self._waiting or set()

    def resume(self, written: Mapping[str, bytes]) -> None:
        """It is done; the hashes of what it wrote, by path below the briefing's folder."""
        with self._lock:
            waiting, self._waiting = self._waiting or set(), None
            self._written |= written
            self.ours |= publish.generated(self.root)
        if any(map(self.is_edit, sorted(waiting))):
            self.changed()

    def watch(self) -> None:
        """Look at every folder that is there and not looked at yet, and no longer at those that are gone."""
        for folder in [folder for folder in self.watched if not folder.is_dir()]:
            with suppress(KeyError, OSError):  # the system has forgotten it, too
                self.observer.unschedule(self.watched[folder])
            del self.watched[folder]
        for folder, deep in self._folders():
            if folder.is_dir() and folder not in self.watched:
                with suppress(OSError):  # too many are watched on this machine: what is in it is seen by the next build
                    self.watched[folder] = self.observer.schedule(self, str(folder), recursive=deep)

    def _folders(self) -> Iterator[tuple[Path, bool]]:
        yield from ((self.root / name, True) for name in DEEP)
        yield from ((self.root / name, False) for name in FLAT)
        folder = self.root / PAGES
        found = (name for name, _ in Looks(self.root).below(PAGES) if name.endswith(".md") and name not in self.ours)
        pages = (path for path in map(folder.joinpath, sorted(found)) if not self._is_ours(path))
        yield from ((above, False) for above in dict.fromkeys(path.parent for path in pages))

    def on_any_event(self, event: FileSystemEvent) -> None:
        """A file or folder came, changed or went."""
        if isinstance(event, FileOpenedEvent | FileClosedNoWriteEvent):
            return
        if event.is_directory:
            if isinstance(event, DirCreatedEvent | DirDeletedEvent | DirMovedEvent):
                before = set(self.watched)
                self.watch()
                if set(self.watched) != before:
                    self.changed()
            return
        paths = [Path(str(path)) for path in (event.src_path, event.dest_path) if path]
        with self._lock:
            if self._waiting is not None:
                self._waiting.update(paths)
                return
        if any(self.is_edit(path) for path in paths):
            self.changed()

    def is_edit(self, path: Path) -> bool:
        """Whether a change of this file is a person's."""
        name = path.relative_to(self.root).as_posix()
        above = name.partition("/")[0]
        if (
            path.name.startswith(".")
            or path.name.endswith("~")
            or name in OURS
            or above not in (PAGES, SEEDS, TEMPLATES)
        ):
            return False
        if name in self._written:
            raw = publish.read(path)
            if raw is not None and digest(raw) == self._written[name]:
                return False
            del self._written[name]  # from now on a person writes it, the same bytes too
            return True
        return above != PAGES or not self._is_ours(path)

    def _is_ours(self, path: Path) -> bool:
        """Whether the generator writes a page: it carries the mark, or did before it was removed."""
        if path.suffix != ".md":
            return False
        name = path.relative_to(self.root / PAGES).as_posix()
        raw = publish.read(path)
        if raw is None:  # who removes a page that is to be there wants it made anew
            return name in self.ours and name not in publish.generated(self.root)
        if publish.is_marked(name, raw):
            self.ours |= {name}
            return True
        return False


def watching(root: Path, polling: BaseObserver, changed: Callable[[], None]) -> Edits:
    """The edits of a briefing from now on: told by the system where it tells of all and may be asked, else found by `polling`.

    To look at tens of thousands of files twice a second takes half a processor.
    """
    if tells(root):
        native = Observer()
        try:
            edits = Edits(root, native, changed)
            native.start()
        except OSError:  # no more folders can be watched on this machine
            native.stop()
        else:
            return edits
    return Edits(root, polling, changed)


def let_reload(server: LiveReloadServer) -> None:
    """Have pages sent without their content policy, under which the script that MkDocs puts into them would not run; on disk they keep it."""
    put_in = server._inject_js_into_html
    server._inject_js_into_html = lambda content, epoch: put_in(POLICY.sub(b"", content, count=1), epoch)  # type: ignore[method-assign, no-untyped-call]


def let_see(server: LiveReloadServer) -> None:
    """Let browsers load pages again while a build goes on, which keeps them waiting otherwise: some pages are there already."""
    with server._epoch_cond:
        server._visible_epoch = server._wanted_epoch
        server._epoch_cond.notify_all()


def let_see_again(server: LiveReloadServer) -> None:
    """Have browsers load pages once more when the build is done."""
    server._wanted_epoch += 1  # milliseconds of MkDocs' clock, which has gone on by the next build
