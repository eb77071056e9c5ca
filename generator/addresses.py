"""Where pages stand: the path of each, relative to `site_src/`, and the way from one to another."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from urllib.parse import quote, urlsplit, urlunsplit

from generator.lexicon import Lexicons
from generator.model import Entity
from generator.registry import family
from generator.settings import Settings

WEB = re.compile(r"https?://[^\s<>\"]+$")
"""An address that a browser can open."""
BARE = "#"
"""The target of a link that is a directive; where the page is built without them it leads to the top."""
FOLDERS = {
    "person": "people",
    "organisation": "organisations",
    "place": "places",
    "programme": "programmes",
    "meeting": "topics",
}
"""Folder of each family; meetings are topics, and so is what has no family."""

EDITIONS = "as-of"
"""The folder of all editions."""
PLACED = re.compile(EDITIONS + r"/(\d{4}-\d\d-\d\d)/(.+)")
ONCE = ("about.md", "data-dictionary.md", "editing.md", "editions.md", "method.md", "review.md")
"""Pages that no edition has its own of: they are of the present, or of no day at all."""


TAKEN = re.compile(r"index(?:-.+)?|con|prn|aux|nul|com[0-9]|lpt[0-9]")
"""Names that no page of an id has: those of its folder's index and the parts of that, and devices of Windows, where nobody could check a site out that has them."""


def _file(name: str) -> str:
    return f"{name}-.md" if TAKEN.fullmatch(name) else f"{name}.md"  # no id ends so


def folder(entity: Entity, lexicons: Lexicons) -> str:
    """The folder of an entity's page."""
    return FOLDERS.get(family(entity.kind, lexicons) or "", "topics")


def anchor(fact_id: str) -> str:
    """The id of the element that holds a fact's words."""
    return re.sub(r"[^A-Za-z0-9_-]", "-", fact_id)


def entity_path(entity: Entity, lexicons: Lexicons) -> str:
    """`people/x.md`."""
    return f"{folder(entity, lexicons)}/{_file(entity.id)}"


def topic_path(topic_id: str) -> str:
    """`topics/x.md`."""
    return f"topics/{_file(topic_id)}"


def source_path(source_id: str) -> str:
    """`sources/x.md`."""
    return f"sources/{_file(source_id)}"


def part_path(path: str, slug: str) -> str:
    """One part of an index that is too long for a page: `timeline.md` → `timeline-2025.md`; the page itself without a slug."""
    return f"{path.removesuffix('.md')}-{slug}.md" if slug else path


def placed(path: str, edition: str) -> str:
    """Where an edition, named by its day, has its own page: `watch.md` → `as-of/2031-05-02/watch.md`.

    Downloads, the pages of `ONCE` and those of other editions stand where they are; all pages do where `edition` is empty.
    """
    alone = path in ONCE or not path.endswith(".md") or path.startswith(f"{EDITIONS}/")
    return path if alone or not edition else f"{EDITIONS}/{edition}/{path}"


def edition_of(path: str) -> tuple[str, str]:
    """The day of the edition that a page belongs to, empty for the present, and its path there: what `placed` was given."""
    found = PLACED.fullmatch(path)
    return (found[1], found[2]) if found else ("", path)


def relative(path: str, page: str, anchor: str = "") -> str:
    """The link from one page to another, or to an anchor on it: `../sources/x.md#fact`."""
    target = "" if path == page and anchor else _way(path, page.rpartition("/")[0])
    return target + (f"#{quote(anchor, safe='-_.~')}" if anchor else "")


@lru_cache(maxsize=65_536)  # a page is cited from many, and the pages of a folder go the same way
def _way(path: str, folder: str) -> str:
    return quote(posixpath.relpath(path, folder or "."), safe="/-_.~")


def html_path(path: str, settings: Settings) -> str:
    """Where the built page of a path below `site_src/` stands in the site: `sources/x.md` → `sources/x.html`; the rest as it is."""
    stem = path.removesuffix(".md")
    if stem == path or not settings.directory_urls:
        return path if stem == path else f"{stem}.html"
    folder = stem.removesuffix("index") if posixpath.basename(stem) == "index" else f"{stem}/"
    return folder or "./"


def address(path: str, settings: Settings, anchor: str = "") -> str:
    """The address of a page or file of the site: whole where `site_url` is set, else relative to the site's root."""
    target = quote(html_path(path, settings), safe="/-_.~") + (f"#{quote(anchor, safe='-_.~')}" if anchor else "")
    base = (settings.site_url or "").strip()
    return f"{base.rstrip('/')}/{target.removeprefix('./')}" if WEB.match(base) else target


def address_from(path: str, page: str, settings: Settings, anchor: str = "") -> str:
    """The same, but relative to a page where `site_url` is not set."""
    whole = address(path, settings, anchor)
    if WEB.match(whole):
        return whole
    target, mark, fragment = whole.partition("#")
    folder = posixpath.dirname(quote(html_path(page, settings), safe="/-_.~"))
    return posixpath.relpath(target, folder or ".") + mark + fragment


def line_address(repository: str, path: str, line: int) -> str:
    """Where a line of a file stands on the web, in the newest state of its repository: GitHub's form, or GitLab's by the host's name."""
    parts = urlsplit(repository)
    between = "/-/blob/HEAD/" if "gitlab" in (parts.hostname or "").split(".") else "/blob/HEAD/"
    base = parts.path.rstrip("/").removesuffix(".git")
    return urlunsplit((parts.scheme, parts.netloc, f"{base}{between}{quote(path, safe='/-_.~')}", "", f"L{line}"))
