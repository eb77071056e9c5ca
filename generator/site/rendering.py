"""Pages rendered ahead, in several processes: from a file to HTML nothing is asked of MkDocs, and nothing depends on the other pages."""

from __future__ import annotations

import gc
import multiprocessing
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from multiprocessing.pool import Pool
from pathlib import Path
from typing import Any

from mkdocs.utils import meta

from generator.site.links import Places, Rendered, rendered

AT_ONCE = 16
"""Pages that a process is handed at once."""
AHEAD = 4
"""Handfuls for each process that wait or are being rendered."""
Ahead = tuple[str, dict[str, Any], Rendered | None]
"""Markdown without front matter, the front matter, and the HTML, None where a link is doubtful."""

_docs, _places = "", Places({}, False)
"""Of the process."""


def _begin(docs: str, places: Places) -> None:
    global _docs, _places
    _docs, _places = docs, places


def _all_done(paths: Sequence[str]) -> list[tuple[str, Ahead | None]]:
    return [_done(path) for path in paths]


def _done(path: str) -> tuple[str, Ahead | None]:
    try:
        markdown, head = meta.get_data(Path(_docs, path).read_text(encoding="utf-8-sig"))
        return path, (markdown, dict(head), rendered(markdown, path, _places))
    except (OSError, ValueError, RecursionError):  # MkDocs comes upon it again, and tells it
        return path, None


@contextmanager
def ahead(docs: str, places: Places, paths: Sequence[str], jobs: int) -> Iterator[Iterator[tuple[str, Ahead | None]]]:
    """Pages of the folder `docs`, in the order of `paths`, rendered by `jobs` processes; None for one that cannot be read."""
    # A process that is forked holds the places already; for others they would be packed with each handful of pages. What is there is
    # kept from the collector, which would write to all of it, so that each process would have a copy of its own.
    gc.collect()
    gc.freeze()
    try:
        with multiprocessing.get_context("fork").Pool(jobs, _begin, (docs, places)) as pool:
            yield _in_turn(pool, paths, jobs)
    finally:
        gc.unfreeze()


def _in_turn(pool: Pool, paths: Sequence[str], jobs: int) -> Iterator[tuple[str, Ahead | None]]:
    """The pages in their order; no more are rendered ahead of the one that is asked for than keep all processes at work."""
    handfuls = (paths[at : at + AT_ONCE] for at in range(0, len(paths), AT_ONCE))
    waiting = deque(pool.apply_async(_all_done, (some,)) for some in islice(handfuls, AHEAD * jobs))
    while waiting:
        made = waiting.popleft().get()
        waiting.extend(pool.apply_async(_all_done, (some,)) for some in islice(handfuls, 1))
        yield from made
