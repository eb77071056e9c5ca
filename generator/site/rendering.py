"""Pages rendered ahead, in several processes: from a file to HTML nothing is asked of MkDocs, and nothing depends on the other pages."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mkdocs.utils import meta

from generator.site.links import Places, Rendered, rendered

AT_ONCE = 16
"""Pages that a process is handed at once."""
Ahead = tuple[str, dict[str, Any], Rendered | None]
"""Markdown without front matter, the front matter, and the HTML, None where a link is doubtful."""

_docs, _places = "", Places({}, False)
"""Of the process."""


def _begin(docs: str, places: Places) -> None:
    global _docs, _places
    _docs, _places = docs, places


def _done(path: str) -> tuple[str, Ahead | None]:
    try:
        markdown, head = meta.get_data(Path(_docs, path).read_text(encoding="utf-8-sig"))
        return path, (markdown, dict(head), rendered(markdown, path, _places))
    except (OSError, ValueError, RecursionError):  # MkDocs comes upon it again, and tells it
        return path, None


@contextmanager
def ahead(docs: str, places: Places, paths: Sequence[str], jobs: int) -> Iterator[Iterator[tuple[str, Ahead | None]]]:
    """Pages of the folder `docs`, in the order of `paths`, rendered by `jobs` processes; None for one that cannot be read."""
    # A process that is forked holds the places already; for others they would be packed with each handful of pages.
    with multiprocessing.get_context("fork").Pool(jobs, _begin, (docs, places)) as pool:
        yield pool.imap(_done, paths, AT_ONCE)
