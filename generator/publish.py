"""Writing to disk so that nothing is half written and nothing of a person's is written over.

A file changes by a temporary file in its own folder, synced and renamed, and only when its bytes do.
Generated pages may be replaced and removed: those that stand in a manifest, `.cache/pages.json`, with the hash
they have, and those that carry a mark with the hash of their other lines. A person's edit changes either.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from errno import EACCES
from hashlib import sha256
from pathlib import Path

from generator import swap
from generator.folders import CACHE as CACHE
from generator.folders import PAGES
from generator.model import Mark
from generator.problems import Problem, link_out, not_a_file, problem
from generator.reach import OutOfReach, contents, leads_out, own, within
from generator.tracked import tracked

OPENING = "---\n"
"""How a page with front matter begins; its mark is the first key."""
MARK = re.compile(rb"---\ngenerated: ([0-9a-f]{16})\n")
PATIENCE = 20.0
"""Seconds to wait for another run to end."""


class Busy(Exception):
    """Another run holds the lock; the message says which."""


def refused(error: OSError, left: str = "nothing is half written") -> str:
    """What to say where the disk refuses: which file, and why, and what is `left`."""
    return f"{error.filename or 'the disk'}: {error.strerror or error}; {left}, mend that and try again"


def read(path: Path) -> bytes | None:
    """The bytes of a file, or None where there is none; raises `OSError` for what is there and no file."""
    try:
        return contents(path)
    except FileNotFoundError:
        return None


def digest(raw: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(raw).hexdigest()


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace(path: Path, raw: bytes, allowed: Callable[[bytes | None], bool] = lambda _: True) -> bool:
    """Make `raw` the content of `path`; False where `allowed`, asked about the bytes that give way, says no.

    Nothing is written where the bytes are the same already. The file's permissions stay. Raises `PermissionError` for a file
    that nobody may write, although its folder would allow it.
    """
    if read(path) == raw:
        return True
    if why := sealed(path):
        raise PermissionError(EACCES, f"it is {why}", path.as_posix())
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fchmod(file.fileno(), path.stat().st_mode & 0o777 if path.exists() else 0o644)
            os.fsync(file.fileno())
        there = read(path)
        if not allowed(there):
            return False
        done = swap.created(temporary, path) if there is None else swap.put(temporary, path, raw, allowed)
    finally:
        temporary.unlink(missing_ok=True)
    _sync(path.parent)
    return done


READ_ONLY, LINK = "read-only", "a link to another file"


def sealed(path: Path) -> str:
    """Why a file is not to be replaced although its folder would allow it; empty where nothing speaks against it.

    Nobody may write it: somebody meant it to stay as it is. Or it is a link: then it would no longer be one.
    """
    if path.is_symlink():
        return LINK
    try:
        return "" if path.stat().st_mode & 0o222 else READ_ONLY
    except FileNotFoundError:
        return ""


@contextmanager
def lock(root: Path, patience: float = PATIENCE) -> Iterator[int]:
    """Hold the briefing in `root` for this process.

    The kernel keeps the lock, so that it ends with its holder, however that ends; the file only tells who it is. What a holder
    that was killed left half-written beside its files is removed.
    Gives when its last holder let go, as `Looks.before` has it.
    Raises `Busy` where another process still holds it after `patience` seconds, and `OutOfReach` where a folder that is written into
    leads out of the root.
    """
    import fcntl

    for folder in WRITTEN:
        within(root, folder)
    path = root / CACHE / "lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(own(path, os.O_RDWR | os.O_CREAT | os.O_APPEND), "a+", encoding="ascii") as file:
        deadline = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    file.seek(0)
                    raise Busy(f"process {file.read().strip() or '?'} is at work here; wait for it to end") from None
                time.sleep(0.05)
        before = os.fstat(file.fileno()).st_mtime_ns
        file.seek(0)
        if file.read():  # its holder died: one that ends leaves it empty
            _sweep(root)
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        try:
            yield before
        finally:
            file.truncate(0)


WRITTEN = (
    CACHE,
    f"{CACHE}/journal",
    PAGES,
    f"{PAGES}/facts",
    f"{PAGES}/facts/.base",
    f"{PAGES}/entities",
    f"{PAGES}/schema",
)
"""Folders that a run writes into, beside those of pages, which are looked at one by one."""
TEMPORARY = re.compile(r"\..{1,40}\.[a-z0-9_]{8}\.tmp")


def _sweep(root: Path) -> None:
    """Remove what a run that was killed had begun to write beside the files it was for."""
    for top in root.iterdir():
        if top.name == CACHE or not (top.name.startswith(".") or top.is_symlink()):
            for folder, _, names in os.walk(top):  # links are not followed
                for name in names:
                    if TEMPORARY.fullmatch(name):
                        Path(folder, name).unlink(missing_ok=True)


def _manifest(root: Path) -> dict[str, list[str]]:
    raw = None if tracked(root) else read(root / CACHE / "pages.json")
    try:
        table = json.loads(raw) if raw else {}
    except ValueError:  # cut short by a full disk, say: then pages on disk count as a person's
        return {}
    pages = table.items() if isinstance(table, dict) else ()
    return {path: [str(v) for v in vs] for path, vs in pages if isinstance(vs, list) and _is_inside(path)}


def _is_inside(path: str) -> bool:
    """Whether a path of the manifest stays in the folder of pages, as every one that was written there does."""
    return path.endswith(".md") and not path.startswith("/") and ".." not in path.split("/")


def generated(root: Path) -> frozenset[str]:
    """Paths of the pages that stand in the manifest."""
    return frozenset(_manifest(root))


def _save(root: Path, manifest: Mapping[str, list[str]]) -> None:
    text = json.dumps(manifest, indent=0, sort_keys=True, ensure_ascii=False) + "\n"
    replace(root / CACHE / "pages.json", text.encode())


def marked(name: str, text: str) -> str:
    """A page with the mark of the generator, if it has front matter to hold it; `name` is its path in the pages' folder."""
    if not text.startswith(OPENING):
        return text
    rest = text.removeprefix(OPENING)
    return f"{OPENING}generated: {_mark(name, rest.encode())}\n{rest}"


def is_marked(name: str, raw: bytes) -> bool:
    """Whether a page is as the generator wrote it, and where it did: a copy under another name is a person's."""
    mark = MARK.match(raw)
    return mark is not None and _mark(name, raw[mark.end() :]).encode() == mark[1]


def _mark(name: str, rest: bytes) -> str:
    return digest(name.encode() + b"\0" + rest)[:16]


def _forgotten(base: Path) -> list[str]:
    """Pages below `base` that carry the mark, for when there is no manifest to tell."""
    found = (Path(folder, name) for folder, _, names in os.walk(base) for name in names if name.endswith(".md"))
    pages = sorted(path for path in found if path.is_file() and not path.is_symlink())
    return [name for path in pages if is_marked(name := path.relative_to(base).as_posix(), path.read_bytes())]


def _foreign(path: str, name: str) -> Problem:
    return problem(
        Mark(f"{path}/{name}"),
        "a page of this name is to be generated, and this one was written or changed by hand; it was left alone",
        valid="rename what you wrote, or say it in facts, topics.yml or a template; delete the file to have it made anew",
        check="page-by-hand",
    )


def _in_the_way(root: Path, folder: str, name: str, reached: dict[str, bool]) -> Problem | None:
    """What keeps a page from being read and written: it is no file, or a link is on the way to it; `reached` are folders that were looked at."""
    above = name.rpartition("/")[0]
    if above not in reached:
        reached[above] = not leads_out(root, root / folder / above)
    if not reached[above]:
        return link_out(f"{folder}/{above}")
    try:
        os.close(own(root / folder / name))
    except FileNotFoundError:
        return None
    except (OutOfReach, IsADirectoryError):
        return not_a_file(Mark(f"{folder}/{name}"))
    return None


def write_pages(
    root: Path,
    folder: str,
    pages: Mapping[str, str],
    defaults: Mapping[str, str] | None = None,
    kept: Collection[str] = (),
) -> tuple[list[str], list[Problem]]:
    """Make the generated pages under `root/folder` be `pages` (path → text); the paths that changed, and problems.

    Pages written earlier and no longer wanted are removed. A page that the generator did not write, or that a
    person has changed since, is left as it is: a problem where its name is wanted. `defaults` are pages that
    people are meant to write; they are there as long as nobody does. `kept` are pages that stand as they are to be; they are not read.
    """
    before, base, defaults = _manifest(root), root / folder, defaults or {}
    before = before or {name: [] for name in _forgotten(base)}
    after = {name: before.pop(name, []) or [digest((base / name).read_bytes())] for name in kept}
    changed, problems = [], []
    reached: dict[str, bool] = {}
    for name in sorted({*defaults, *pages, *before}):
        if wrong := _in_the_way(root, folder, name, reached):
            problems += [wrong] if name in pages or name in defaults else []
            continue
        there, wanted = read(base / name), _wanted(name, pages, defaults)
        ours = there is None or digest(there) in before.get(name, ()) or is_marked(name, there)
        if not ours and not (there == wanted and name not in defaults):
            if name in pages and name not in defaults:
                problems.append(_foreign(folder, name))
            continue
        if wanted is not None:
            after[name] = [digest(wanted)]
        if there != wanted:
            changed.append(name)
    if changed:  # written first with old and new, so that a page is known whichever of the two is on disk after a crash
        either = {name: sorted({*before.get(name, ()), *after.get(name, ())}) for name in {*before, *after}}
        _save(root, either)
    for name in changed:
        _put(base, name, _wanted(name, pages, defaults))
    _save(root, after)
    return changed, problems


def _wanted(name: str, pages: Mapping[str, str], defaults: Mapping[str, str]) -> bytes | None:
    text = pages.get(name, defaults.get(name))
    return None if text is None else marked(name, text).encode()


def _put(base: Path, name: str, raw: bytes | None) -> None:
    if raw is not None:
        replace(base / name, raw)
        return
    path = base / name
    path.unlink(missing_ok=True)
    for folder in path.relative_to(base).parents:
        if folder.name and not any((base / folder).iterdir()):
            (base / folder).rmdir()
