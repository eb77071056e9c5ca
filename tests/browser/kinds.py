"""The pages of a site by kind, and a sample of each kind."""

from __future__ import annotations

import os
import re
from pathlib import Path

BODY = re.compile(r'<body class="([^"]*)"')


def names(site: Path) -> list[str]:
    """Every page, by its path below the site's folder."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def kind(site: Path, name: str) -> str:
    """What a page is: its class, its folder, and whether it is the index of it or one part of an index."""
    found = BODY.search((site / name).read_text(encoding="utf-8"))
    assert found, name
    folder, _, last = name.rpartition("/")
    part = "part" if re.fullmatch(r"(timeline|figures|quotations|a-z)-.+", last) and not folder else ""
    return " ".join(filter(None, (found[1], folder, "index" if folder and last == "index.html" else part)))


def kinds(site: Path) -> dict[str, list[str]]:
    """The pages of each kind, the heaviest first."""
    found: dict[str, list[str]] = {}
    for name in names(site):
        found.setdefault(kind(site, name), []).append(name)
    for pages in found.values():
        pages.sort(key=lambda name: (-(site / name).stat().st_size, name))
    return dict(sorted(found.items()))


EVERY_PAGE = "EVERY_PAGE" in os.environ
"""Whether to take all pages where a part of them stands for the rest: `make soak`."""


def some(site: Path, each: int = 3) -> list[str]:
    """Of each kind the heaviest pages and the lightest."""
    if EVERY_PAGE:
        return names(site)
    return list(dict.fromkeys(name for pages in kinds(site).values() for name in (*pages[:each], *pages[-each:])))


def sample(site: Path, most: int = 12_000) -> list[str]:
    """Of each kind the heaviest page of at most so many bytes; beyond that there are only more rows of the same."""
    if EVERY_PAGE:
        return names(site)
    return [
        next((name for name in pages if (site / name).stat().st_size <= most), pages[-1])
        for pages in kinds(site).values()
    ]


def heaviest(site: Path) -> dict[str, str]:
    """Of each kind the heaviest page."""
    return {kind: pages[0] for kind, pages in kinds(site).items()}
