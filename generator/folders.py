"""Where things stand in a briefing's folder."""

from __future__ import annotations

from pathlib import Path

CONFIG = "mkdocs.yml"
SEEDS, PAGES, TEMPLATES = "seeds", "site_src", "templates"
CACHE = ".cache"


def find_root(start: Path) -> Path | None:
    """The briefing's folder that a path is in: the nearest one above it with a `mkdocs.yml`."""
    home = start.resolve()
    return next((folder for folder in (home, *home.parents) if (folder / CONFIG).is_file()), None)
