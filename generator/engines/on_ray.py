"""Work on a Ray cluster: that of an address, or one of some processes of this machine."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from generator.engines.work import AHEAD, Failed, Work, chunks, done, in_order

G = TypeVar("G")
T = TypeVar("T")
R = TypeVar("R")
STORE = 100_000_000
"""Bytes of shared memory that a cluster on this machine gets: chunks are small, and few are on their way."""
SILENT = {"RAY_USAGE_STATS_ENABLED": "0"}
ALONE = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0"}
"""Whatever its name says, on every system this lets a cluster listen on this machine alone."""


class Ray:
    """The cluster at `address`, else `jobs` processes of this machine."""

    def __init__(self, jobs: int | None = None, address: str | None = None) -> None:
        self._jobs, self._address = jobs or os.cpu_count() or 1, address
        for name, value in (SILENT if address else SILENT | ALONE).items():
            os.environ.setdefault(name, value)  # read when Ray is imported
        import ray

        self._ray = ray

    def map(self, make: Callable[[G], Callable[[T], R]], given: G, things: Sequence[T]) -> Iterator[R]:
        """See `Engine`. Work of a worker that goes away is done by others. Raises Failed where those go away too."""
        ray, work = self._ray, Work(make, given)
        with self._cluster():
            remote = ray.remote(num_cpus=1, max_retries=3)(done)
            packed = ray.put(work.packed)
            workers = max(1, int(ray.cluster_resources().get("CPU", 1)))

            def send(chunk: Sequence[Any]) -> Any:
                return remote.remote(packed, work.token, chunk)

            try:
                yield from in_order(chunks(things), send, ray.get, AHEAD * workers)
            except ray.exceptions.WorkerCrashedError as error:
                raise Failed("workers went away again and again while they read") from error

    @contextmanager
    def _cluster(self) -> Iterator[None]:
        quiet: dict[str, Any] = {"logging_level": logging.ERROR, "log_to_driver": False}
        if self._address:
            self._ray.init(address=self._address, **quiet)
        else:
            self._ray.init(num_cpus=self._jobs, include_dashboard=False, object_store_memory=STORE, **quiet)
        try:
            yield
        finally:
            self._ray.shutdown()
