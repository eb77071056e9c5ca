"""A whole site as one HTML file that needs nothing beside it: to mail, to keep, to print.

Every page becomes an article; ids carry the page's address in front (`people.ada-solvik.what-happened`), so that links
between pages become links within the file. Style and script stand inside, allowed by their hashes alone.
"""

from __future__ import annotations

import posixpath
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from generator import edtf
from generator.addresses import EDITIONS
from generator.link import Briefing
from generator.pages import FOOTER, NAV, section

if TYPE_CHECKING:
    from lxml.html import HtmlElement

ID_LISTS = ("id", "for", "headers", "aria-labelledby", "aria-describedby", "aria-controls")
"""Attributes that hold ids of the same page."""
COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
TEMPLATE = "theme/one-file.html"
LEFT = frozenset({"404.html", "data-dictionary.html"})
"""Pages that speak of what is not in the file: the columns of data to download are of no use to who got it by mail."""


@dataclass(frozen=True, slots=True)
class Article:
    """A page within the file."""

    id: str
    title: str
    kind: str
    """As the theme knows it; the class that its style hangs on."""
    html: str


def name_of(path: str) -> str:
    """The id of a page's article: `people/ada-solvik.html` → `people.ada-solvik`."""
    return path.removesuffix(".html").replace("/", ".")


def target(href: str, page: str, pages: Mapping[str, str], site_url: str | None) -> str | None:
    """Where a link of a page leads in the one file; None for a file beside the site whose address nobody knows."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return href
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path))) if parts.path else page
    if path in pages:
        anchor = unquote(parts.fragment)
        return f"#{name_of(path)}" + (f".{anchor}" if anchor else "")
    return urljoin(site_url, path) if site_url else None


def article(path: str, pages: Mapping[str, str], site_url: str | None) -> Article:
    """The main part of a page, its ids and links made those of the file."""
    from lxml import html

    document = html.document_fromstring(pages[path])
    main = document.find(".//main")
    for element in main.iter():
        if isinstance(element.tag, str):
            _rewrite(element, path, pages, site_url)
    heading = main.find(".//h1")
    title = heading.text_content() if heading is not None else path
    inner = (main.text or "") + "".join(html.tostring(child, encoding="unicode") for child in main)
    return Article(name_of(path), " ".join(title.split()), document.body.get("class", ""), inner.strip())


def _rewrite(element: HtmlElement, path: str, pages: Mapping[str, str], site_url: str | None) -> None:
    for name in ID_LISTS:
        if ids := element.get(name, "").split():
            element.set(name, " ".join(f"{name_of(path)}.{id_}" for id_ in ids))
    href = element.get("href")
    if href is None:
        return
    found = target(href, path, pages, site_url)
    if found is not None:
        element.set("href", found)
    else:  # its words stay
        element.tag = "span"
        del element.attrib["href"]


def style_of(css: str) -> str:
    """The style of the site for articles in place of its pages' `main`; an element's selector for an element's, so the cascade stays."""
    return re.sub(r"(?<![\w.#-])main(?![\w-])", "article", COMMENT.sub("", css)).strip()


BETWEEN = ".whole div+div>article{border-top:5px solid var(--accent)}"
"""Each page begins with the rule of the masthead."""


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def one_file(
    pages: Mapping[str, str],
    nav: Sequence[tuple[str, str]],
    head: Mapping[str, str],
    assets: Mapping[str, str],
    templates: Sequence[Path],
    site_url: str | None = None,
) -> str:
    """One HTML document of all pages, in their order.

    `pages` are HTML by path, the front page first; `nav` the sections as (title, path); `head` what the template says of the whole
    (`title`, `description`, `as_of`, `as_of_words`); `assets` the theme's `briefing.css` and its scripts; `templates` the folders that are
    looked up for `theme/one-file.html`.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    jinja = Environment(
        loader=FileSystemLoader([str(folder) for folder in templates]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=True,
    )
    style = style_of(assets["briefing.css"]) + BETWEEN
    script = COMMENT.sub("", assets.get("clock.js", "")).strip()
    return jinja.get_template(TEMPLATE).render(
        head=head,
        style=Markup(style),  # both are files of the theme
        script=Markup(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
        nav=[(title, name_of(path)) for title, path in nav if path in pages],
        articles=[article(path, pages, site_url) for path in pages],
    )


def of_site(site: Path, briefing: Briefing, templates: Sequence[Path]) -> str:
    """The one file of a site that was built into a folder: pages in the order of the navigation, each index before its pages."""
    rank = {md.removesuffix(".md") + ".html": n for n, (_, md) in enumerate((*NAV, *FOOTER))}
    paths = [path.relative_to(site).as_posix() for path in site.rglob("*.html")]
    known = (path for path in paths if path not in LEFT and not path.startswith(f"{EDITIONS}/"))

    def order(path: str) -> tuple[int, bool, str]:
        of = section(path.removesuffix(".html") + ".md").removesuffix(".md") + ".html"
        return rank.get(of, len(rank)), path != of, path

    pages = {path: (site / path).read_text(encoding="utf-8") for path in sorted(known, key=order)}
    assets = {
        path.name: path.read_text(encoding="utf-8")
        for path in (site / "assets").iterdir()
        if path.suffix in (".css", ".js")
    }
    settings = briefing.settings
    head = {
        "title": settings.title,
        "description": settings.description,
        "as_of": briefing.as_of,
        "as_of_words": edtf.human(briefing.as_of) if briefing.sources else "",
        "site_url": settings.site_url or "",
    }
    nav = [(title, md.removesuffix(".md") + ".html") for title, md in (*NAV, *FOOTER)]
    return one_file(pages, nav, head, assets, templates, settings.site_url)
