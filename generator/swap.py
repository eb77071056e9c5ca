"""Putting a file in the place of another without ever losing what somebody saves there at that moment.

A look at the file and a rename after it are two steps, and an editor may save between them. Where the system can exchange two
files in one step, what was there is in hand afterwards, to be looked at and put back.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

EXCHANGE = 2
"""`RENAME_EXCHANGE` of Linux's renameat2(2), and `RENAME_SWAP` of macOS's renamex_np(2)."""
HERE = -100
"""`AT_FDCWD` of Linux: paths are as given."""


@cache
def _exchange() -> Callable[[bytes, bytes], int] | None:
    """The system's exchange of two paths, 0 where it is done; None where it has none."""
    import ctypes

    system = ctypes.CDLL(None)
    if sys.platform == "darwin" and hasattr(system, "renamex_np"):
        return lambda a, b: int(system.renamex_np(a, b, EXCHANGE))
    if hasattr(system, "renameat2"):
        return lambda a, b: int(system.renameat2(HERE, a, HERE, b, EXCHANGE))
    return None


def exchanged(a: Path, b: Path) -> bool:
    """Exchange two files in one step; False, and nothing is changed, where one is missing or the system cannot."""
    exchange = _exchange()
    return exchange is not None and exchange(os.fsencode(a), os.fsencode(b)) == 0


def created(temporary: Path, path: Path) -> bool:
    """Give a file its name; False, and nothing is changed, where somebody has made one of that name meanwhile."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        temporary.replace(path)
    return True


def put(temporary: Path, path: Path, raw: bytes, allowed: Callable[[bytes], bool]) -> bool:
    """Put a file whose bytes are `raw` in the place of another; False where `allowed`, asked about what was there, says no.

    What was there then stays there; and where somebody saves once more at that very moment, the later one stays.
    """
    if not exchanged(temporary, path):
        if not path.exists():  # somebody has just taken it away
            return False
        temporary.replace(path)
        return True
    try:
        if allowed(temporary.read_bytes()):
            return True
    except BaseException:
        exchanged(temporary, path)
        raise
    exchanged(temporary, path)
    if temporary.read_bytes() != raw:
        exchanged(temporary, path)
    return False
