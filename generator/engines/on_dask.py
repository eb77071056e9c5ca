"""Work on a Dask cluster: that of a scheduler's address, or one of some processes of this machine."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import dask
from distributed import Client, LocalCluster
from distributed.scheduler import KilledWorker

from generator.engines.work import AHEAD, Failed, Work, chunks, done, in_order

G = TypeVar("G")
T = TypeVar("T")
R = TypeVar("R")


class Dask:
    """The cluster at `scheduler`, else `jobs` processes of this machine."""

    def __init__(self, jobs: int | None = None, scheduler: str | None = None) -> None:
        self._jobs, self._scheduler = jobs or os.cpu_count() or 1, scheduler

    def map(self, make: Callable[[G], Callable[[T], R]], given: G, things: Sequence[T]) -> Iterator[R]:
        """See `Engine`. Work of a worker that goes away is done by others. Raises Failed where those go away too."""
        work = Work(make, given)
        with self._client() as client:
            # A task of its own, not scattered data: if the workers that hold it go away, another makes it again.
            packed = client.submit(bytes, work.packed, pure=False)
            workers = max(1, len(client.scheduler_info(n_workers=-1)["workers"]))

            def send(chunk: Sequence[Any]) -> Any:
                return client.submit(done, packed, work.token, chunk, pure=False)

            try:
                yield from in_order(chunks(things), send, _result, AHEAD * workers)
            except KilledWorker as error:
                raise Failed(f"workers went away again and again while they read: {error}") from error

    @contextmanager
    def _client(self) -> Iterator[Client]:
        if self._scheduler:
            with Client(self._scheduler, set_as_default=False) as client:
                yield client
            return
        quiet = {"distributed.worker.daemon": False, "distributed.admin.large-graph-warning-threshold": "100MB"}
        with (
            dask.config.set(quiet),
            LocalCluster(
                n_workers=self._jobs,
                threads_per_worker=1,
                host="127.0.0.1",
                dashboard_address=None,
                silence_logs=logging.CRITICAL,
            ) as cluster,
            Client(cluster, set_as_default=False) as client,
        ):
            yield client


def _result(future: Any) -> list[Any]:
    made: list[Any] = future.result()
    return made
