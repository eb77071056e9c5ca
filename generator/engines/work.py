"""What every engine does: chunks of things, a function that a worker makes once, and results in order."""

from __future__ import annotations

import gc
import pickle
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from generator.store import digest

T = TypeVar("T")
H = TypeVar("H")

CHUNK = 25
"""Things in a chunk: some tenths of a second of reading, so that little is lost with a worker and little is idle at the end."""
AHEAD = 4
"""Chunks for each worker that are on their way, so that memory does not grow with what there is to do."""


SELDOM = 200_000
"""Things that are made between two looks of the collector."""


class Failed(Exception):
    """Workers went away, and went again when others did their work."""


class Work:
    """A function as it travels: how it is made, and of what."""

    def __init__(self, make: Callable[[Any], Callable[[Any], Any]], given: object) -> None:
        self.packed = pickle.dumps((make, given), protocol=pickle.HIGHEST_PROTOCOL)
        self.token = digest(self.packed)
        """By which a worker knows that it has made this function."""


_held: dict[bytes, Callable[[Any], Any]] = {}
"""The function that this process made last."""


def done(packed: bytes, token: bytes, chunk: Sequence[Any]) -> list[Any]:
    """What a worker makes of a chunk."""
    work = _held.get(token)
    if work is None:
        make, given = pickle.loads(packed)
        work = make(given)
        _held.clear()
        _held[token] = work
    with seldom_collected():
        return [work(thing) for thing in chunk]


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Let the collector of cycles look seldom: a build makes many small things and few cycles, and is a tenth quicker so."""
    usual = gc.get_threshold()
    gc.set_threshold(SELDOM, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def chunks(things: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """The things in order, so many at a time."""
    for first in range(0, len(things), size):
        yield things[first : first + size]


def in_order(
    pending: Iterator[Sequence[Any]],
    send: Callable[[Sequence[Any]], H],
    take: Callable[[H], list[Any]],
    ahead: int,
) -> Iterator[Any]:
    """Results in order, of chunks of which so many are on their way at a time."""
    sent: deque[H] = deque()
    for chunk in pending:
        sent.append(send(chunk))
        if len(sent) >= ahead:
            yield from take(sent.popleft())
    while sent:
        yield from take(sent.popleft())
