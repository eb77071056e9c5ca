"""`.html` seeds: the article of a saved web page, found by trafilatura."""

from __future__ import annotations

import re

from generator import edtf
from generator.model import Mark
from generator.seeds.draft import Draft
from generator.seeds.normal import normalise

CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
BULLET = re.compile(r"^[-•] ")
RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")
"""What stands below the head of a table."""
FOOTNOTE = re.compile(
    r"<sup\b[^<>]{0,99}>\s*<a\b[^<>]{0,300}>[^<>]{1,6}</a>\s*</sup>|<a\b[^<>]{0,300}>\s*<sup\b[^<>]{0,99}>[^<>]{1,6}</sup>\s*</a>",
    re.IGNORECASE,
)
"""A raised link, the mark of a footnote: read along, it would be the end of the number or word before it."""
HEAD = 4096
"""Bytes in which a page must declare its encoding (HTML asks for the first 1024)."""
DATES = {"original_date": True, "extensive_search": False, "max_date": "2999-12-31"}
"""Declared dates alone, no guesses from copyright lines; the latest one allowed does not hang on today's."""


def encoding_of(raw: bytes) -> str:
    """The encoding a page declares, if Python knows it; else UTF-8."""
    declared = CHARSET.search(raw[:HEAD])
    name = declared[1].decode("ascii").lower() if declared and not raw.startswith(b"\xef\xbb\xbf") else "utf-8"
    try:
        "".encode(name)
    except (LookupError, UnicodeError):
        return "utf-8"
    return name


DECLARED = re.compile(r"published_time[\"'][^<>]{0,40}?content=[\"'](\d{4}-\d\d-\d\d)")


def _impossible(content: str) -> str | None:
    """The date a page declares, where there is no such day: a library would take the nearest for it."""
    declared = DECLARED.search(content)
    return declared[1] if declared and not edtf.parse(declared[1]) else None


def _people(written: str | None) -> str | None:
    """The authors of a page without the dates that bylines trail: `Ada Solvik; April 5`."""
    names = (normalise(name) for name in (written or "").split(";"))
    return ", ".join(name for name in names if name and not any(c.isdigit() for c in name)) or None


TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*+)[^<>]*+>")
BLOCKS = frozenset(
    "address article aside blockquote body dd details div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 head header html"
    " iframe legend li link main meta nav noscript ol option p pre script section select style summary table tbody td template"
    " textarea tfoot th thead title tr ul".split()
)
INLINE = 500
"""Tags within one block. A paragraph has a tenth of that; what reads pages takes time by the square of their number."""
TAGS = 60_000
"""Tags of a page. The longest reports have half of that; headings and what is closed in another order than it was opened take
time by the square of their number, too."""
TAG_LENGTH = 20_000
"""Characters of one tag: its attributes, too, are compared with one another."""


def _slim(content: str) -> str:
    """A page without the tags that a block has beyond `INLINE` and the page beyond `TAGS`, and without attributes that
    nobody can have written. Its words stay."""
    run = count = 0

    def kept(tag: re.Match[str]) -> str:
        nonlocal run, count
        run = 0 if tag[2].lower() in BLOCKS else run + 1
        if run > INLINE or count >= TAGS:
            return ""
        count += 1
        return tag[0] if len(tag[0]) <= TAG_LENGTH else f"<{tag[1]}{tag[2]}>"

    return TAG.sub(kept, content)


def read_page(path: str, content: str) -> Draft:
    """The article of a page: its main text block by block, title, date, author, site and address as the page says."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    found = bare_extraction(
        _slim(FOOTNOTE.sub("", content.lstrip("\ufeff"))),
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        date_extraction_params=DATES,
    )
    if not isinstance(found, Document):  # None where it finds no article
        return Draft(date=None, date_mark=Mark(path), text="")
    title = normalise(found.title or "") or None
    lines = (BULLET.sub("", normalise(line)) for line in (found.text or "").splitlines())
    blocks = [line for line in lines if line and not RULE.fullmatch(line)]
    return Draft(
        date=_impossible(content) or found.date or None,
        date_mark=Mark(path),
        text="\n\n".join(blocks[1:] if blocks and blocks[0] == title else blocks),
        title=title,
        publisher=normalise(found.sitename or "") or None,
        url=found.url or None,
        author=_people(found.author),
    )
