"""Work in this process, or in some processes of this machine by way of joblib."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from generator.cycles import seldom_collected
from generator.engines.work import AHEAD, Failed, Work, chunks, done
from generator.parent import serve_only

IDLE = 10
"""Seconds after which a process that has nothing to do ends; with all that it remembers it holds some fifty megabytes."""
G = TypeVar("G")
T = TypeVar("T")
R = TypeVar("R")

ENOUGH = 200
"""Things for which it pays to start processes: each takes about as long to start as a hundred articles to read."""


class Processes:
    """`jobs` processes; None means all cores where there is enough to do, else this process alone."""

    def __init__(self, jobs: int | None = None) -> None:
        self._jobs = jobs

    def map(self, make: Callable[[G], Callable[[T], R]], given: G, things: Sequence[T]) -> Iterator[R]:
        """See `Engine`. Raises Failed where a process was killed."""
        if not things:
            return iter(())
        jobs = self._jobs if self._jobs or len(things) < ENOUGH else cores()
        if not jobs or jobs == 1 or len(things) < 2:
            return _here(make(given), things)
        return _mapped(Work(make, given), things, jobs)


def _here(work: Callable[[T], R], things: Sequence[T]) -> Iterator[R]:
    for chunk in chunks(things):
        with seldom_collected():
            made = [work(thing) for thing in chunk]
        yield from made


def cores() -> int:
    """Those that this process may use."""
    from joblib import cpu_count

    return int(cpu_count())


def _mapped(work: Work, things: Sequence[Any], jobs: int) -> Iterator[Any]:
    from joblib import Parallel, delayed
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    with tempfile.TemporaryDirectory(prefix="briefing-") as folder:
        path = Path(folder) / "work"
        path.write_bytes(work.packed)
        parallel = Parallel(
            jobs,
            backend="loky",
            return_as="generator",
            batch_size=1,
            pre_dispatch=AHEAD * jobs,
            max_nbytes=None,
            idle_worker_timeout=IDLE,
            initializer=serve_only,
            initargs=(os.getpid(),),
        )
        try:
            for made in parallel(delayed(_done)(path, work.token, chunk) for chunk in chunks(things)):
                yield from made
        except TerminatedWorkerError as error:
            raise Failed("a process that read articles was killed, perhaps for want of memory; try --jobs 1") from error


def end_idle() -> None:
    """End the processes that wait for more work."""
    if "joblib.executor" in sys.modules:
        from joblib.externals.loky import get_reusable_executor

        get_reusable_executor(reuse=True).shutdown(wait=True, kill_workers=True)


_packed: dict[bytes, bytes] = {}
"""What this process read from the file of the work that it did last."""


def _done(path: Path, token: bytes, chunk: Sequence[Any]) -> list[Any]:
    if token not in _packed:
        _packed.clear()
        _packed[token] = path.read_bytes()
    return done(_packed[token], token, chunk)
