"""The article of a web page, found as seeds in `.html` are read, so that a seed holds what a reader would read."""

from __future__ import annotations

import re
import shlex
from hashlib import sha256
from html import unescape
from urllib.parse import urljoin, urlsplit

from generator.intake.address import clean, host_of
from generator.intake.seedfile import Article, one_line, paragraphs
from generator.lexicon import packaged_lexicons
from generator.model import Mark
from generator.problems import Problem, problem
from generator.seeds.normal import LIMIT
from generator.seeds.page import encoding_of, read_page
from generator.seeds.publisher import publisher_of

SHORTEST = 25
"""Words of an article: what a page without one says instead is shorter (`Please enable JavaScript`)."""
HEAD = 100_000
"""Characters in which a page names its feeds."""
LINK = re.compile(r"<link\b[^<>]{1,1000}>", re.IGNORECASE)
FEED = re.compile(r"type\s*=\s*[\"']?application/(?:rss|atom)\+xml", re.IGNORECASE)
HREF = re.compile(r"""href\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
NO_ARTICLE = "open it in a browser, save what you read as a .txt that begins with its date, and add that"


def decoded(raw: bytes, charset: str = "") -> str:
    """The characters of a page: by its byte order mark, the server's word, its own, UTF-8, whichever fits all bytes.

    Where none does, the bytes that do not fit are U+FFFD.
    """
    names = [charset, encoding_of(raw), "utf-8"]
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        names = ["utf-16"]
    for name in names:
        # Browsers take Latin-1 for what Windows made of it, and the web is written for browsers.
        known = (
            "cp1252"
            if name.lower().replace("_", "-") in ("iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii")
            else name
        )
        try:
            return raw.decode(known)
        except (LookupError, ValueError):
            continue
    return raw.decode("utf-8", "replace")


def page_article(
    given: str,
    raw: bytes,
    *,
    url: str | None = None,
    charset: str = "",
    publisher: str | None = None,
    retrieved: str | None = None,
) -> tuple[Article | None, list[Problem]]:
    """The article of a page; `given` is what messages call it, `url` where it was found, if over the net.

    `publisher` and then the host stand in where neither the page nor its article names one.
    """
    if len(raw) > LIMIT:
        found = f"a page of more than {LIMIT // 1_000_000} MB"
        return None, [problem(Mark(given), found, valid=NO_ARTICLE, check="intake")]
    content = decoded(raw, charset)
    if "\0" in content:
        return None, [problem(Mark(given), "not a text, although it calls itself a page", check="intake")]
    draft = read_page(given, content)
    text = paragraphs(draft.text)
    count = sum(len(paragraph.split()) for paragraph in text)
    if url and draft.date is None and urlsplit(url).path in ("", "/"):
        return None, [_front_page(given, content, url)]
    if count < SHORTEST:
        what = f"no article in the page, only {count} words" if count else "no article in the page"
        return None, [problem(Mark(given), what, valid=NO_ARTICLE, entry=draft.text[:200], check="intake")]
    if "\ufffd" in draft.text:
        what = "characters of the article cannot be read: the page is not in the encoding it names"
        return None, [problem(Mark(given), what, valid=NO_ARTICLE, check="intake")]
    address = _address(draft.url, url)
    own = publisher_of(draft.text, packaged_lexicons()["seeds"]["not-publishers"])
    return Article(
        paragraphs=text,
        original=sha256(raw).hexdigest(),
        title=one_line(draft.title),
        date=one_line(draft.date),
        publisher=one_line(draft.publisher or own or publisher) or host_of(address or "") or None,
        url=address,
        author=one_line(draft.author),
        retrieved=retrieved,
    ), []


def _front_page(given: str, content: str, url: str) -> Problem:
    """What to say of a site's front page: its feed, where it names one."""
    links = (link for link in map(re.Match.group, LINK.finditer(content[:HEAD])) if FEED.search(link))
    feeds = (clean(urljoin(url, unescape(found[1]))) for link in links if (found := HREF.search(link)))
    feed = next(filter(None, feeds), None)
    valid = "add its feed, or an article" if feed else "the address of an article, or of a feed"
    example = f"briefing add {shlex.quote(feed)}" if feed else ""
    return problem(Mark(given), "a front page, and no article", valid=valid, example=example, check="intake")


def _address(named: str | None, found: str | None) -> str | None:
    """Where the article stands: as the page names it, unless that is another site or no more than its front page."""
    own, here = clean(named), clean(found)
    if own is None or (own.count("/") < 4 and own.endswith("/") and "?" not in own):
        return here
    return own if here is None or host_of(own) == host_of(here) else here
