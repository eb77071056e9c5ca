"""A page for MkDocs: rendered by `generator.markup` if it is due; else it answers from what is kept of it, and nothing is read."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from functools import cached_property, lru_cache
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from urllib.parse import urljoin, urlsplit

from mkdocs.structure.pages import Page, _RelativePathTreeprocessor
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import get_build_date, weak_property
from msgspec.msgpack import Decoder

from generator.heads import refused, without
from generator.markup import to_html
from generator.settings import PLUGIN
from generator.site.links import Places, Rendered, Targets, rendered
from generator.site.memory import Asked, joined, split
from generator.site.rendering import Ahead
from generator.spool import Place, Spool
from generator.store import packed

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files

log = logging.getLogger(f"mkdocs.plugins.{PLUGIN}")
_TARGETS = Decoder(Targets)
PLAIN = re.compile(r"[\w%~-]+(?:/[\w%~-]+)*\.html")
"""An address of a page below another that is put behind it as it stands."""


@lru_cache(maxsize=8)
def _above(base: str) -> tuple[str, str] | None:
    """What an address is put behind, with the host and without; None where it takes more than that."""
    base = base if base.endswith("/") else f"{base}/"
    return (base, urlsplit(base).path) if urljoin(base, "a.html") == f"{base}a.html" else None


def toc_of(headings: Iterable[tuple[int, str, str]]) -> TableOfContents:
    """Headings as (level, id, text), in order, as MkDocs nests them."""
    top: list[AnchorLink] = []
    path: list[AnchorLink] = []
    for level, anchor, text in headings:
        item = AnchorLink(escape(text), anchor, level)
        while path and path[-1].level >= level:
            path.pop()
        (path[-1].children if path else top).append(item)
        path.append(item)
    return TableOfContents(top)


class Listed(NamedTuple):
    """All that MkDocs' own sitemap asks of a page, and of the file of one, made quickly: it asks all."""

    canonical_url: str | None
    abs_url: str | None
    update_date: str

    @property
    def is_link(self) -> bool:
        """Whether it leads out of the site."""
        return False

    @property
    def page(self) -> Listed:
        """Of a file."""
        return self


def listed(files: Iterable[File], config: MkDocsConfig) -> Any:
    """The pages of some files for the sitemap."""
    above, date = _above(config.site_url) if config.site_url else None, get_build_date()
    pages = ((file.url, file.page) for file in files if file.page)
    if above is None:
        return [Listed(page.canonical_url, page.abs_url, page.update_date) for _, page in pages]
    return [
        Listed(above[0] + url, above[1] + url, date)
        if PLAIN.fullmatch(url)
        else Listed(page.canonical_url, page.abs_url, date)
        for url, page in pages
    ]


class Keeper(Protocol):
    """What pages have in common, where nobody but this program has a hand in them."""

    date: str
    """The day of the build, `YYYY-MM-DD`."""
    places: Places
    spool: Spool

    def ready(self, path: str) -> Ahead | None:
        """A page that was rendered ahead."""

    def asked(self, path: str) -> Asked | None:
        """What is kept of a page."""

    def settled(self, path: str, asked: Asked) -> None:
        """A page was rendered."""


class Held:
    """An attribute of a page that may have been let go of, and is read back from the spool."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, page: BriefingPage | None, owner: type | None = None) -> Any:
        if page is None:
            return self
        return page.read_back().get(self.name)


class BriefingPage(Page):
    """A page whose text has no raw HTML. Targets of links are resolved as MkDocs does; where it would tell of one, by its own
    resolver, which logs bad ones. What is asked of it later, of anchors above all, is kept in little room."""

    markdown, content, meta, toc = Held(), Held(), Held(), Held()
    previous_page = next_page = None
    _Page__active = False
    _title_from_render = None
    _place: Place | None = None
    _ids: str | None = None
    _targets: bytes | None = None
    _rendered: Rendered | None = None
    is_told_of = False
    """Whether a problem of this page is told, so that the next build has to tell it, too."""
    _is_refused = False
    """Whether its front matter goes too far, and is not read."""
    is_moved = False
    """Whether it only leads on to another page; known when it is rendered."""

    def __init__(self, title: str | None, file: File, config: MkDocsConfig, keeper: Keeper | None = None) -> None:
        # MkDocs' own constructor works out addresses and asks the clock, for each page, whether anybody wants them or not.
        file.page = self
        self.file = file
        self._config, self._keeper = config, keeper
        if title is not None:
            self.title = title

    @cached_property
    def update_date(self) -> str:  # type: ignore[override]
        """The day of the build."""
        return self._keeper.date if self._keeper else get_build_date()

    @cached_property
    def canonical_url(self) -> str | None:  # type: ignore[override]
        """The whole address, where the site has one."""
        self._set_canonical_url(self._config.site_url)
        return self.__dict__["canonical_url"]  # type: ignore[no-any-return]

    @cached_property
    def abs_url(self) -> str | None:  # type: ignore[override]
        """The address without the host."""
        self._set_canonical_url(self._config.site_url)
        return self.__dict__["abs_url"]  # type: ignore[no-any-return]

    @cached_property
    def edit_url(self) -> str | None:  # type: ignore[override]
        """Where the page can be edited."""
        config = self._config
        self._set_edit_url(config.repo_url, config.edit_uri, config.edit_uri_template)
        return self.__dict__["edit_url"]  # type: ignore[no-any-return]

    def _set_canonical_url(self, base: str | None) -> None:
        """As MkDocs does; of most addresses nothing has to be worked out, and a sitemap asks of every page."""
        url = self.url
        above = _above(base) if base and PLAIN.fullmatch(url) else None
        if above is None:
            super()._set_canonical_url(base)
        else:
            self.canonical_url, self.abs_url = above[0] + url, above[1] + url

    @weak_property
    def title(self) -> str | None:
        """As MkDocs finds it; of a page that is not rendered, as it was found when it was."""
        if self.markdown is None:
            asked = self._asked
            return asked.title if asked else None
        return Page.title.func(self)  # type: ignore[no-any-return]

    @weak_property
    def present_anchor_ids(self) -> set[str] | None:
        """Every id on the page."""
        ids = self.ids
        return None if ids is None else split(ids)

    @weak_property
    def links_to_anchors(self) -> dict[File, dict[str, str]] | None:
        """Anchors that the page links to, by file."""
        if self._targets is None:
            return None
        found = ((self._files.get_file_from_path(path), anchors) for path, anchors in self.targets.items() if anchors)
        return {file: anchors for file, anchors in found if file is not None}

    @property
    def targets(self) -> Targets:
        """Where the links of a page that was rendered lead."""
        return _TARGETS.decode(self._targets) if self._targets else {}

    @property
    def ids(self) -> str | None:
        """Every id on the page, each between two line feeds."""
        if self._ids is not None:
            return self._ids
        asked = self._asked
        return asked.ids if asked else None

    @property
    def is_rendered(self) -> bool:
        """Whether it was rendered in this build."""
        return self._ids is not None

    @cached_property
    def _asked(self) -> Asked | None:
        return self._keeper.asked(self.file.src_uri) if self._keeper else None

    def read_source(self, config: MkDocsConfig) -> None:
        """Read the Markdown and its front matter."""
        ready = self._keeper.ready(self.file.src_uri) if self._keeper else None
        if ready is not None:
            self.markdown, self.meta, self._rendered = ready
            return
        try:
            wrong = refused(self.file.src_uri, self.file.content_string)
        except (OSError, ValueError):
            wrong = None  # MkDocs comes upon it, too, and tells it
        if wrong is None:
            super().read_source(config)
        else:
            log.error("%s", wrong)
            self.markdown, self.meta, self._is_refused = without(self.file.content_string), {}, True

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Make HTML of the Markdown."""
        text, path, self._files = self.markdown or "", self.file.src_uri, files
        places = self._keeper.places if self._keeper else None
        if places and path in places.urls and self._rendered is None:
            self._rendered = rendered(text, path, places)
        self.is_told_of = self._rendered is None or self._is_refused
        html, targets = self._rendered or self._by_mkdocs(text, config, files)
        self._rendered = None
        self.content = html.content
        self.toc = toc_of(html.toc)
        self._title_from_render = html.title
        self._ids, self._targets = joined(html.ids), packed(targets)
        self.is_moved = bool(self.meta.get("moved"))
        if self._keeper:
            title = self.title
            self._keeper.settled(path, Asked(None if title is None else str(title), html.toc, self._ids, targets))

    def _by_mkdocs(self, text: str, config: MkDocsConfig, files: Files) -> Rendered:
        links = _RelativePathTreeprocessor(self.file, files, config)
        html = to_html(text, links.path_to_url)
        return html, {file.src_uri: anchors for file, anchors in links.links_to_anchors.items()}

    def validate_anchor_links(self, *, files: Files, log_level: int) -> None:
        """Tell of links to anchors that are not there."""
        for path, anchors in self.targets.items():
            file = files.get_file_from_path(path) if anchors else None
            page = file.page if file else None
            ids = page.ids if isinstance(page, BriefingPage) else None
            if ids is not None and any(f"\n{anchor}\n" not in ids for anchor in anchors):
                self.is_told_of = True
                super().validate_anchor_links(files=files, log_level=log_level)
                return

    def let_go(self) -> None:
        """Hold no more of what was read and made than fits for all pages; the rest is read back when it is asked for."""
        if self._keeper is None or self._ids is None:
            return
        made = self.__dict__
        if self._place is None:
            made.setdefault("title", self.title)
            held = {name: made[name] for name in ("content", "meta", "toc")}
            self._place = self._keeper.spool.put({**held, "markdown": ""})
        for name in ("content", "meta", "toc", "markdown"):
            made.pop(name, None)

    def read_back(self) -> dict[str, Any]:
        """What was let go of; held again from now on."""
        if self._place is None or self._keeper is None:
            return {"meta": {}, "toc": TableOfContents([])}
        held: dict[str, Any] = self._keeper.spool.get(self._place)
        self.__dict__.update(held)
        return held
