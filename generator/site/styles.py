"""Style sheets without their comments and blanks."""

from __future__ import annotations

import posixpath
from pathlib import Path

FOLDER = "assets"


def is_style(path: str) -> bool:
    """Whether a file of the site, by its path there, is one of the theme's style sheets."""
    return posixpath.dirname(path) == FOLDER and path.endswith(".css")


def small(raw: bytes) -> bytes:
    """The same style sheet in fewer bytes."""
    from rcssmin import cssmin

    return str(cssmin(raw.decode("utf-8"))).encode()


def make_small(site: Path) -> None:
    """Replace the style sheets of a site."""
    for path in sorted((site / FOLDER).glob("*.css")):
        path.write_bytes(small(path.read_bytes()))
