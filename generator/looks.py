"""How files look from outside: their size, times and inode, which a scan of folders tells without reading any.

A briefing of ten thousand sources has some forty thousand files, and asking the system about each takes longer than most of what a
build then does. So a run looks once, and whoever wants to know of a folder asks what was seen; what the run itself writes is
looked at again.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from stat import S_ISREG

from generator.folders import CACHE
from generator.reach import leads_out, leads_round

Look = tuple[int, int, int, int]
"""Size in bytes, time of the last change of its content and of its inode in nanoseconds, number of the inode."""
NUMBERS = 4
"""Of a look."""
_NAME = attrgetter("name")


def look(path: str) -> Look | None:
    """How a file looks; None where there is none."""
    try:
        at = os.stat(path)
    except OSError:
        return None
    return (at.st_size, at.st_mtime_ns, at.st_ctime_ns, at.st_ino) if S_ISREG(at.st_mode) else None


class Folder:
    """What stands in one folder, hidden things too, each in order of names."""

    __slots__ = ("files", "folders", "linked", "numbers", "others", "out")

    def __init__(self) -> None:
        self.files: list[str] = []
        self.numbers: list[int] = []
        """The looks of the files, one behind the other: there may be tens of thousands, and mostly nobody asks for a single one."""
        self.folders: list[str] = []
        self.linked: set[str] = set()
        """Which of the folders are links to some."""
        self.others: list[str] = []
        """What is neither, or cannot be looked at."""
        self.out: list[str] = []
        """Links that are not followed, as they lead out of the root or to a folder that they stand in."""

    def looks(self) -> Iterator[tuple[str, Look]]:
        """Its files, each with its look."""
        numbers = iter(self.numbers)
        return zip(self.files, zip(numbers, numbers, numbers, numbers, strict=True), strict=True)

    def seen(self, name: str) -> Look | None:
        """How a file looks; None where there is none."""
        at = bisect_left(self.files, name)
        if at == len(self.files) or self.files[at] != name:
            return None
        size, changed, touched, inode = self.numbers[at * NUMBERS : (at + 1) * NUMBERS]
        return size, changed, touched, inode

    def set(self, name: str, seen: Look | None) -> None:
        """Have a file look so, or be gone."""
        at = bisect_left(self.files, name)
        known = at < len(self.files) and self.files[at] == name
        self.files[at : at + known] = [name] if seen else []
        self.numbers[at * NUMBERS : (at + known) * NUMBERS] = seen or ()


class Looks:
    """What is seen below a folder, each folder being looked into once, when it is asked about."""

    def __init__(self, root: object) -> None:
        self.root = str(root)
        self.before = _changed(f"{self.root}/{CACHE}/lock")
        """When the last run ended that had the lock, in nanoseconds: what is seen here is of use to one that comes next."""
        self._folders: dict[str, Folder] = {}

    def folder(self, path: str) -> Folder:
        """The folder of a path below the root, which has `/`; one without anything where there is none."""
        found = self._folders.get(path)
        if found is None:
            found = self._folders[path] = _scanned(self.root, path) if self._is_reached(path) else Folder()
        return found

    def _is_reached(self, path: str) -> bool:
        """Whether a folder is one of the root's own; of one that was met in another that is known."""
        above, _, name = path.rpartition("/")
        known = self._folders.get(above) if path else None
        return (known is not None and name in known.folders) or not leads_out(self.root, f"{self.root}/{path}")

    def below(
        self, path: str, above: str = "", *, without: Sequence[str] = (), hidden: bool = False
    ) -> Iterator[tuple[str, Look]]:
        """How every file below a folder looks, by its path there behind `above`, but for what is named in `without` at the top, and
        for what is hidden unless it is wanted."""
        for within, folder in self.walk(path, without=without, hidden=hidden):
            begin = above + within
            for name, seen in folder.looks():
                if (hidden or not name.startswith(".")) and (within or name not in without):
                    yield begin + name, seen

    def walk(
        self, path: str, *, without: Sequence[str] = (), hidden: bool = False, links: bool = True
    ) -> Iterator[tuple[str, Folder]]:
        """A folder and all below it, each with its path there, which is empty or ends with `/`; with those that are links or not.

        Behind one that is a link no other is followed, so that links among each other lead nowhere for ever.
        """
        due = [("", links)]
        while due:
            within, follow = due.pop()
            folder = self.folder(f"{path}/{within}".rstrip("/"))
            yield within, folder
            due += (
                (f"{within}{name}/", follow and name not in folder.linked)
                for name in folder.folders
                if (hidden or not name.startswith("."))
                and (within or name not in without)
                and (follow or name not in folder.linked)
            )

    def out(self, *folders: str) -> Iterator[str]:
        """The paths of all links that are not followed, in some folders and those themselves."""
        for path in folders:
            if leads_out(self.root, f"{self.root}/{path}"):
                yield path
            for within, folder in self.walk(path, hidden=True):
                yield from (f"{path}/{within}{name}" for name in folder.out)

    def see(self, *folders: str) -> None:
        """Look at all below some folders now: what is changed after it was read must look otherwise than is known."""
        for path in folders:
            for _ in self.walk(path, hidden=True):
                pass

    def seen(self, path: str) -> Look | None:
        """How a file looks, by its path below the root."""
        above, _, name = path.rpartition("/")
        return self.folder(above).seen(name)

    def again(self, paths: Iterable[str]) -> None:
        """Look once more at files, by their paths below the root: they were written, or removed."""
        for path in paths:
            above, _, name = path.rpartition("/")
            seen = look(f"{self.root}/{path}")
            if above in self._folders:
                self._folders[above].set(name, seen)
            if seen:
                self._add(above)

    def _add(self, path: str) -> None:
        """Know that there is a folder, which may have come with a file in it, as may those above it."""
        while path:
            path, _, name = path.rpartition("/")
            folder = self._folders.get(path)
            if folder is not None and name not in folder.folders:
                folder.folders = sorted([*folder.folders, name])


def _changed(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return 0


def _scanned(root: str, below: str) -> Folder:
    found, path = Folder(), f"{root}/{below}"
    files, numbers = found.files, found.numbers
    try:
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)  # names from here are looked up quicker than whole paths
    except OSError:
        return found
    try:
        with os.scandir(handle) as entries:
            for entry in sorted(entries, key=_NAME):
                if entry.is_symlink() and (
                    leads_out(root, f"{path}/{entry.name}") or leads_round(f"{path}/{entry.name}")
                ):
                    found.out.append(entry.name)
                    continue
                if entry.is_dir():
                    found.folders.append(entry.name)
                    if entry.is_symlink():
                        found.linked.add(entry.name)
                    continue
                try:
                    at = entry.stat()
                except OSError:
                    found.others.append(entry.name)
                    continue
                if S_ISREG(at.st_mode):
                    files.append(entry.name)
                    numbers += (at.st_size, at.st_mtime_ns, at.st_ctime_ns, at.st_ino)
                else:
                    found.others.append(entry.name)
    finally:
        os.close(handle)
    return found
