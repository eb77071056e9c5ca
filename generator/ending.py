"""How a command ends where the machine fails it: one line that says what is wrong and what to do, and no traceback.

What it wrote is whole in any case: files come into place by a rename, and the next run goes on from there.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STREAMS = ("stdin", "stdout", "stderr")


def with_streams() -> None:
    """Open what is closed of standard input, output and error: else the next file that is opened takes its number, and what is said
    goes into that file."""
    for number, name in enumerate(STREAMS):
        if getattr(sys, name) is None:
            handle = os.open(os.devnull, os.O_RDWR)
            if handle != number:
                os.dup2(handle, number)
                os.close(handle)
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8", errors="replace"))


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Say what the machine refuses and end with 1; `folder` is the briefing's, or one in it."""
    from generator.publish import refused

    try:
        yield
    except BrokenPipeError:  # who reads along has enough
        raise
    except OSError as error:
        _end(refused(error))
    except MemoryError:
        _end("the machine has no memory left; nothing is half written, end something else that runs and try again")
    except Exception as error:
        if "generator.store" not in sys.modules:
            raise
        from generator.folders import find_root
        from generator.store import forget, is_torn

        root = find_root(folder) if is_torn(error) else None
        if root is None:
            raise
        _end(f"{forget(root)}: {error}; it was removed, since all of it can be made again: try again")


def _end(said: str) -> None:
    print(said, file=sys.stderr, flush=True)
    sys.exit(1)
