"""Targets of links in a page's Markdown, resolved as MkDocs does, without MkDocs where nothing is to be told of a link.

A link that MkDocs would tell of, or that it treats in a way of its own, is doubtful: such a page goes through MkDocs' resolver.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from mkdocs.utils import get_relative_url

from generator.markup import Html, to_html

ABSOLUTE = ("/", "\\")
PLAIN = re.compile(r"(?!/)[A-Za-z0-9_./-]*(?:#[A-Za-z0-9_./-]*)?")
"""A path with an anchor, and nothing else that an address may have."""
MARKED = "\x02"
"""Begins what Python-Markdown puts in place of characters in addresses of mail."""
LATELY = 4096
"""Ways that are remembered: pages of a folder that follow one another lead to the same."""


@dataclass(slots=True)
class Places:
    """Where the files of the site stand: address below the site's root, by path below the pages' folder."""

    urls: Mapping[str, str]
    directory_urls: bool
    _found: dict[tuple[str, str], tuple[str, str] | None] = field(default_factory=dict)

    def way(self, page: str, path: str) -> tuple[str, str] | None:
        """The file that a path on a page means, and the address from there to it; None where there is none."""
        folder = posixpath.dirname(page)
        if self.directory_urls:  # every page has a folder of its own to set out from
            return self._way(page, folder, path)
        key = folder, path
        if key not in self._found:
            if len(self._found) >= LATELY:
                self._found.clear()
            self._found[key] = self._way(page, folder, path)
        return self._found[key]

    def _way(self, page: str, folder: str, path: str) -> tuple[str, str] | None:
        target = posixpath.normpath(posixpath.join(folder, unquote(path)).lstrip("/"))
        url = self.urls.get(target)
        return None if url is None else (target, get_relative_url(url, self.urls[page]))


class Links:
    """The links of one page: where they lead, and whether any is doubtful."""

    def __init__(self, places: Places, page: str) -> None:
        self.places, self.page = places, page
        self.targets: dict[str, dict[str, str]] = {}
        """Anchors that the page links to, as written there, by path of the file; empty for a link to the whole file."""
        self.doubtful = False

    def __call__(self, url: str) -> str:
        """The address that a link has on the built page."""
        if PLAIN.fullmatch(url):
            path, _, anchor = url.partition("#")
            query = ""
        else:
            scheme, host, path, query, anchor = urlsplit(url)
            if scheme or host:
                return url
            if url.startswith(ABSOLUTE) or MARKED in url:
                self.doubtful = True
                return url
        if not path:
            if anchor:
                self.targets.setdefault(self.page, {}).setdefault(anchor, url)
            return url
        way = self.places.way(self.page, path)
        if way is None:
            self.doubtful = True
            return url
        target, relative = way
        anchors = self.targets.setdefault(target, {})
        if anchor:
            anchors.setdefault(anchor, url)
        return relative + (f"?{query}" if query else "") + (f"#{anchor}" if anchor else "")


Targets = dict[str, dict[str, str]]
Rendered = tuple[Html, Targets]


def rendered(markdown: str, page: str, places: Places) -> Rendered | None:
    """A page's Markdown (without front matter) as HTML, and the targets of its links; None where a link is doubtful."""
    links = Links(places, page)
    html = to_html(markdown, links)
    return None if links.doubtful else (html, links.targets)
