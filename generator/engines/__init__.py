"""Where work is done: in this process, in some processes of this machine, or on a cluster that is there already.

All do the same with a pure function: what it needs is sent to each worker once, things are worked on in chunks, and what is made of
them comes back in their order. So the result is the same whatever does the work, and however many do it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from generator.engines.work import Failed

__all__ = ["ENGINES", "Engine", "Failed", "Missing", "engine"]

G = TypeVar("G")
T = TypeVar("T")
R = TypeVar("R")

ENGINES = ("dask", "ray")
"""Clusters that are known; each is an extra of the package."""


class Engine(Protocol):
    """Something that does work."""

    def map(self, make: Callable[[G], Callable[[T], R]], given: G, things: Sequence[T]) -> Iterator[R]:
        """What `make(given)` makes of each thing, in order. `make` stands at the top of a module, so that workers find it."""
        ...


class Missing(Exception):
    """A package is not installed that an engine needs."""


def engine(name: str | None = None, *, jobs: int | None = None, scheduler: str | None = None) -> Engine:
    """The engine of that name, else processes of this machine: `jobs` of them, or as many as it has cores where there is much to do.

    `scheduler` is the address of a cluster; without one an engine starts one on this machine. Raises Missing.
    """
    from generator.engines.processes import Processes

    if name is None:
        return Processes(jobs)
    try:
        if name == "dask":
            from generator.engines.on_dask import Dask

            return Dask(jobs, scheduler)
        from generator.engines.on_ray import Ray

        return Ray(jobs, scheduler)
    except ModuleNotFoundError as error:
        raise Missing(f"{name} is not installed: pip install 'briefing[{name}]'") from error
