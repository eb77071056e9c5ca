"""What the HTML of a page is made of beside its own source, as a hash: settings, theme, navigation."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.pages import Page
from pathspec import PathSpec

from generator.store import digest, packed

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure import StructureItem

IDLE = ("site_dir", "docs_dir", "config_file_path", "strict", "watch", "dev_addr", "plugins", "theme")
"""Settings that say where things are, or that are looked at by themselves."""


def frame(config: MkDocsConfig, nav: Iterable[StructureItem], *more: object) -> bytes:
    """The hash, for pages with this navigation and whatever `more` they are made of."""
    settings = {key: _plain(value) for key, value in sorted(config.items()) if key not in IDLE}
    # Hooks stand among the plugins; they are modules and have no settings.
    plugins = {name: _plain(dict(getattr(plugin, "config", {}))) for name, plugin in config.plugins.items()}
    theme = {key: _plain(config.theme[key]) for key in sorted(config.theme)}
    return digest(packed([settings, plugins, theme, [*_items(nav)], _plain(more)]), _files(config.theme.dirs))


def _plain(value: object) -> object:
    """A setting as something that can be packed; what is of no kind of setting counts by its kind alone."""
    if isinstance(value, Mapping):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(entry) for entry in (sorted(value, key=str) if isinstance(value, set | frozenset) else value)]
    if isinstance(value, PathSpec):
        return [str(pattern.regex.pattern if pattern.regex else "") for pattern in value.patterns]
    return value if isinstance(value, str | int | float | bytes | None) else f"{type(value).__name__} {value}"


def _items(nav: Iterable[StructureItem]) -> Iterable[object]:
    for item in nav:
        path = item.file.src_uri if isinstance(item, Page) else ""
        yield [item.title, str(getattr(item, "url", "")), path, [*_items(getattr(item, "children", None) or ())]]


def _files(folders: Iterable[str]) -> bytes:
    """The hash of all files of a theme, with their places."""
    walked = (
        (top, Path(folder, name)) for top in folders for folder, _, names in os.walk(top) for name in sorted(names)
    )
    parts = [
        (path.relative_to(top).as_posix(), path.read_bytes())
        for top, path in walked
        if path.suffix not in (".pyc", ".py")
    ]
    return digest(*(part for pair in sorted(parts) for part in pair))
