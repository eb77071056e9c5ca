"""Work in a process of its own, whose memory goes with it: Python gives little of it back once it is in pieces."""

from __future__ import annotations

import atexit
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from generator.engines import Failed
from generator.engines.processes import end_idle
from generator.parent import serve_only

T = TypeVar("T")


def can_be_apart() -> bool:
    """Whether this process can be copied: the system knows how, and no other thread is in the middle of something."""
    return "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1


def apart(work: Callable[[], T]) -> T:
    """What `work` gives, done by a copy of this process; it raises what that raises, and `Failed` where the copy was killed.

    Where this one is interrupted the copy ends in order, where it is killed the copy ends at once.
    """
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_done, args=(work, here, there, os.getpid()))
    child.start()
    there.close()
    try:
        is_done, found = here.recv()
    except EOFError:
        raise Failed("a process that read articles was killed, perhaps for want of memory") from None
    except BaseException:
        child.terminate()
        raise
    finally:
        here.close()
        child.join()
    if not is_done:
        raise found
    result: T = found
    return result


def _done(work: Callable[[], Any], here: Connection, told: Connection, parent: int) -> None:
    here.close()  # else nobody would tell that the other one is gone
    serve_only(parent)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    atexit._clear()  # what the other one has to do at its end
    try:
        told.send((True, work()))
    except (SystemExit, BrokenPipeError):
        pass
    except Exception as error:
        told.send((False, error))
    finally:
        end_idle()
        atexit._run_exitfuncs()  # which multiprocessing leaves out
