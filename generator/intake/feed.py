"""Feeds: RSS, RDF and Atom as entries with an address, a day and what the feed itself tells of each article."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from html import escape
from io import BytesIO
from typing import Any

from generator.intake.address import clean, host_of
from generator.intake.seedfile import Article, one_line, paragraphs
from generator.model import Mark
from generator.problems import Problem, problem
from generator.seeds.page import read_page

LIMIT = 5_000_000
"""Bytes of a feed."""
WHOLE = 80
"""Words from which the content of an entry may be the whole article and not its summary."""
CUT = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|read (?:more|on)|continue reading|full (?:story|article))\W{0,20}+$", re.IGNORECASE
)
"""How a summary ends that breaks off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article of a feed."""

    title: str | None
    url: str | None
    day: str | None
    """As the entry writes it, in its own time zone: `YYYY-MM-DD`."""
    author: str | None
    publisher: str | None
    """The name of the feed."""
    content: str
    """HTML; empty where the entry has none."""


def read_feed(given: str, raw: bytes, url: str | None = None) -> tuple[list[Entry], list[Problem]]:
    """The entries of a feed, the newest first and those without a day last; `url` is where it was found."""
    import feedparser

    if len(raw) > LIMIT:
        return [], [problem(Mark(given), f"a feed of more than {LIMIT // 1_000_000} MB", check="intake")]
    # Never the bytes themselves: feedparser takes those that are a path or an address for one, and opens it.
    found = feedparser.parse(BytesIO(raw), response_headers={"content-location": url or ""})
    if not found.get("version") and not found.entries:
        valid, example = "an RSS or Atom feed", "https://news.example/rss.xml"
        return [], [problem(Mark(given), "not a feed that can be read", valid=valid, example=example, check="intake")]
    name = one_line(found.feed.get("title")) or host_of(url or "") or None
    entries = [_entry(entry, name) for entry in found.entries]
    return sorted(entries, key=lambda entry: entry.day or "", reverse=True), []


def _entry(entry: Mapping[str, Any], name: str | None) -> Entry:
    contents = [part.get("value") or "" for part in entry.get("content") or ()]
    return Entry(
        title=one_line(_words(entry.get("title") or "")),
        url=clean(entry.get("link")),
        day=_day(entry),
        author=one_line(entry.get("author")),
        publisher=one_line(_words((entry.get("source") or {}).get("title") or "")) or name,
        content=max([*contents, entry.get("summary") or ""], key=len),
    )


def _words(html: str) -> str:
    """A title without the markup that feeds put there."""
    from lxml.html import fragment_fromstring

    return str(fragment_fromstring(html, create_parent="p").text_content()) if "<" in html else html


def _day(entry: Mapping[str, Any]) -> str | None:
    """The day an entry is of. Its own words come first: feedparser turns all times into those of Greenwich."""
    for key in filter(entry.__contains__, ("published", "updated")):
        written = str(entry.get(key) or "").strip()
        for read in (datetime.fromisoformat, parsedate_to_datetime):
            try:
                return read(written).date().isoformat()
            except (ValueError, TypeError, IndexError):
                continue
        if parsed := entry.get(f"{key}_parsed"):
            return date(*parsed[:3]).isoformat()
    return None


def own_article(entry: Entry, retrieved: str | None) -> tuple[Article | None, str]:
    """The article that stands in the feed itself; None where that is no more than a summary, and why it is taken for one."""
    title = escape(entry.title or "")
    page = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{entry.content}</article></body></html>"
    found = paragraphs(read_page("", page).text) if entry.content else ()
    count = sum(len(paragraph.split()) for paragraph in found)
    if count < WHOLE:
        return None, f"the feed holds {f'only {count} words' if count else 'no words'} of it"
    if CUT.search(found[-1]):
        return None, f"what the feed holds of it, {count} words, breaks off"
    article = Article(
        paragraphs=found,
        original=sha256(entry.content.encode("utf-8", "replace")).hexdigest(),
        title=entry.title,
        date=entry.day,
        publisher=entry.publisher,
        url=entry.url,
        author=entry.author,
        retrieved=retrieved,
        remark="taken from the feed itself",
    )
    return article, ""
