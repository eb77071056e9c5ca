"""Pages rendered ahead, in several processes: from a file to HTML nothing is asked of MkDocs, and nothing depends on the other pages."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from mkdocs.utils import meta

from generator.engines import Failed
from generator.engines.processes import Processes
from generator.heads import refused
from generator.site.links import Places, Rendered, rendered

Ahead = tuple[str, dict[str, Any], Rendered | None]
"""Markdown without front matter, the front matter, and the HTML, None where a link is doubtful."""
Made = tuple[str, Ahead | None]
"""A page by its path; None where it cannot be read."""


def _renderer(given: tuple[str, Places]) -> Callable[[str], Made]:
    docs, places = given

    def render(path: str) -> Made:
        try:
            text = Path(docs, path).read_text(encoding="utf-8-sig")
            if refused(path, text):
                return path, None
            markdown, head = meta.get_data(text)
            return path, (markdown, dict(head), rendered(markdown, path, places))
        except (OSError, ValueError, RecursionError):  # MkDocs comes upon it again, and tells it
            return path, None

    return render


@contextmanager
def ahead(docs: str, places: Places, paths: Sequence[str], jobs: int) -> Iterator[Iterator[Made]]:
    """Pages of the folder `docs`, in the order of `paths`, rendered by `jobs` processes; after one that was killed there are no more."""
    # Processes of their own, and no forks: these hold a copy of whatever of a large briefing they come near.
    with closing(_until_one_fails(Processes(jobs).map(_renderer, (docs, places), paths))) as made:
        yield made


def _until_one_fails(pages: Iterator[Made]) -> Generator[Made, None, None]:
    try:
        yield from pages
    except Failed:
        return
