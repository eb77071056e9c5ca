"""What kind of thing a file or an answer is: its first bytes tell, where they do not its media type, then its suffix."""

from __future__ import annotations

import re
from typing import Literal

Format = Literal["page", "feed", "pdf", "docx", "markdown", "text"]

FEED = re.compile(
    rb"(?:\s++|<\?[^>]{0,400}\?>|<!--.{0,2000}?-->|<!DOCTYPE[^\[>]{0,300}>)*+<(?:rss|feed|rdf:RDF)\b",
    re.S,
)
PAGE = re.compile(
    rb"(?:\s++|<\?xml[^>]{0,200}\?>|<!--.{0,4000}?-->)*+<(?:!doctype\s+html|html|head|body|article)\b", re.S | re.I
)
HEAD = 20_000
"""Bytes that are looked at."""
MEDIA: dict[str, Format] = {
    "text/html": "page",
    "application/xhtml+xml": "page",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "text/markdown": "markdown",
    "text/plain": "text",
}
SUFFIXES: dict[str, Format] = {
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".rss": "feed",
    ".atom": "feed",
    ".rdf": "feed",
    ".xml": "feed",
    ".pdf": "pdf",
    ".docx": "docx",
    ".md": "markdown",
    ".txt": "text",
}


def format_of(raw: bytes, *, media: str = "", suffix: str = "") -> Format | None:
    """The format; None where nothing that can be read shows. A file's suffix decides between texts, as a seed's does."""
    head = raw[:HEAD].removeprefix(b"\xef\xbb\xbf")
    if head.lstrip().startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx" if b"word/" in raw or suffix == ".docx" else None
    told = MEDIA.get(media) or SUFFIXES.get(suffix)
    if suffix in (".md", ".txt") and not media:
        return told
    if FEED.match(head):
        return "feed"
    if PAGE.match(head):
        return "page"
    return None if told in ("pdf", "docx") or (told in ("text", "markdown") and b"\0" in head) else told
