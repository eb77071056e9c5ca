"""What a run reaches: ordinary files within the briefing's folder, and of each no more than somebody may want.

A briefing's folder may come from a stranger, as a proposed change that CI builds and publishes. So a link that leads out of the folder is
neither read nor written through, and is told; one that stays within is followed. The folder itself may be a link, and what `mkdocs.yml` names outright may stand
anywhere. What is no file, a pipe or a device, is never waited for.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from errno import EACCES, EINVAL, ELOOP
from pathlib import Path
from stat import S_ISREG

OUT = "a link leads out of the briefing's folder"


class OutOfReach(OSError):
    """Something that a run neither reads nor writes: which, and why."""

    def __init__(self, path: object, why: str = OUT, number: int = EACCES) -> None:
        super().__init__(number, why, str(path))


def leads_out(root: str | Path, path: str | Path) -> bool:
    """Whether a path below a folder leads out of it, by links or by `..`; one that no disk can have, with a NUL in it, leads nowhere."""
    try:
        home, real = os.path.realpath(root), os.path.realpath(path)
    except ValueError:
        return True
    return real != home and not real.startswith(home.rstrip(os.sep) + os.sep)


def leads_round(path: str) -> bool:
    """Whether a link leads to a folder that it stands in."""
    real, here = os.path.realpath(path), os.path.realpath(path.rpartition("/")[0])
    return here == real or here.startswith(real.rstrip(os.sep) + os.sep)


def within(root: Path, path: str | Path) -> Path:
    """A path below the root that may be read and written; raises `OutOfReach` for another one."""
    place = root / path
    if leads_out(root, place):
        raise OutOfReach(place)
    return place


def opened(path: str | os.PathLike[str], flags: int = os.O_RDONLY) -> int:
    """A handle on an ordinary file; raises `OutOfReach` for what is none, without waiting for it."""
    handle = os.open(path, flags | os.O_NONBLOCK | os.O_CLOEXEC, 0o666)
    if not S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OutOfReach(path, "not a file", EINVAL)
    return handle


def own(path: str | os.PathLike[str], flags: int = os.O_RDONLY) -> int:
    """The same of a file that the program alone makes; one that is a link is out of reach."""
    try:
        return opened(path, flags | os.O_NOFOLLOW)
    except OSError as error:
        if error.errno == ELOOP:
            raise OutOfReach(path, "a link to another file") from None
        raise


def contents(
    path: str | os.PathLike[str], limit: int = -1, handle: Callable[[str | os.PathLike[str]], int] = opened
) -> bytes:
    """The bytes of an ordinary file; where there is a `limit`, one more than that of a larger one. Raises `OSError`."""
    with os.fdopen(handle(path), "rb") as file:
        return file.read(limit + 1 if limit >= 0 else -1)
