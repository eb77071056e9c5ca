"""Whether the files of a site repeat more of their sources than the policy `excerpts` allows.

A run is what stands together in one place of a file: a block of a page, a value of JSON, a cell of a table. Words are compared
without case and punctuation, as they stand between white space. Direct speech (the `words` of quotation facts) may be
whole: its words do not count, and do not end a run either.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree, html

LIMIT = 25
SEED = 6
"""Words by which a place in a source is found."""
INLINE = "a abbr b cite code em i mark q s small span strong sub sup time u wbr button label dfn".split()
FOUND = b"searched("
"""What stands before the JSON in a file of the search index, and is closed behind it."""


def words(text: str) -> list[str]:
    """Words for comparison; what has no letter or digit is none."""
    return [word for part in text.split() if (word := re.sub(r"[\W_]+", "", part).casefold())]


@dataclass(frozen=True)
class Source:
    """The words of an article, and which of them are direct speech."""

    name: str
    words: tuple[str, ...]
    direct: tuple[bool, ...]


def source(name: str, text: str, quotations: Iterable[str]) -> Source:
    """An article with the words of its quotation facts."""
    spans = [(m.start(), m.end()) for q in quotations if q for m in re.finditer(re.escape(q), text)]
    found = [(re.sub(r"[\W_]+", "", m[0]).casefold(), m.start(), m.end()) for m in re.finditer(r"\S+", text)]
    kept = [(word, any(a < end and start < b for a, b in spans)) for word, start, end in found if word]
    return Source(name, tuple(word for word, _ in kept), tuple(direct for _, direct in kept))


class Sources:
    """Articles in which runs of words are looked up."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self.places: dict[tuple[str, ...], list[tuple[Source, int]]] = {}
        self.longest = cache(self._longest)
        for one in sources:
            for at in range(len(one.words) - SEED + 1):
                self.places.setdefault(one.words[at : at + SEED], []).append((one, at))

    def _longest(self, text: str) -> tuple[int, str]:
        """The most words of an article, direct speech not counted, that stand in a run in a text; and the run."""
        told = words(text)
        best, run = 0, ""
        for start in range(len(told) - SEED + 1):
            for one, at in self.places.get(tuple(told[start : start + SEED]), ()):
                if start and at and told[start - 1] == one.words[at - 1]:
                    continue  # seen from its beginning
                length = SEED
                while told[start + length : start + length + 1] == list(one.words[at + length : at + length + 1]) != []:
                    length += 1
                count = one.direct[at : at + length].count(False)
                if count > best:
                    best, run = count, " ".join(told[start : start + length])
        return best, run


def texts(path: Path) -> Iterator[str]:
    """The texts of a file, one for each place in it; a sort of file that is not known here is an error."""
    raw = path.read_bytes()
    if raw[:2] == b"\x1f\x8b":
        raw = gzip.decompress(raw)
    if raw.startswith(b"SQLite format 3"):
        yield from _sqlite(path)
    elif raw.startswith(FOUND):
        yield from _json(json.loads(raw.removeprefix(FOUND).rstrip().removesuffix(b")")))
    elif path.suffix == ".html":
        yield from _html(raw.decode())
    elif path.suffix in (".json", ".jsonld", ".webmanifest", ".geojson"):
        yield from _json(json.loads(raw))
    elif path.suffix == ".csv":
        yield from (cell for row in csv.reader(io.StringIO(raw.decode("utf-8-sig"))) for cell in row)
    elif path.suffix == ".ics":
        lines = re.sub(r"\r?\n[ \t]", "", raw.decode()).splitlines()
        yield from (re.sub(r"^[A-Z-]+[;:]", "", line).replace("\\n", " ").replace("\\", "") for line in lines)
    elif path.suffix in (".xml", ".atom", ".rss", ".svg") or path.name.endswith(".xml.gz"):
        yield from _xml(raw)
    elif path.suffix in (".txt", ".md", ".bib", ".js", ".css"):
        yield from re.split(r"\n\s*\n|\n(?=[-*#>@])", raw.decode())
    elif path.suffix not in (".png", ".ico"):
        raise AssertionError(f"{path.name}: nobody knows how to read the words of such a file")


def _sqlite(path: Path) -> Iterator[str]:
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
        tables = [name for (name,) in db.execute("select name from sqlite_master where type in ('table', 'view')")]
        for table in tables:
            for row in db.execute(f'select * from "{table}"'):
                yield from (cell for cell in row if isinstance(cell, str))


def _html(text: str) -> Iterator[str]:
    """Text block by block, and the attributes that hold words."""
    if not text.strip():
        return
    yield from re.findall(r"<!--(.*?)-->", text, re.DOTALL)
    page = html.document_fromstring(text)
    parts: list[str] = []
    for event, e in etree.iterwalk(page, events=("start", "end", "comment")):
        if event != "comment" and e.tag not in INLINE:
            yield "".join(parts)
            parts.clear()
        if event == "start":
            yield from (value for name, value in e.attrib.items() if " " in value)
            if e.tag == "script" and "json" in (e.get("type") or ""):
                yield from _json(json.loads(e.text or "null"))
            else:
                parts.append(e.text or "")
        else:
            parts.append(e.tail or "")
    yield "".join(parts)


def _json(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (text for item in value.values() for text in _json(item))
    elif isinstance(value, list):
        yield from (text for item in value for text in _json(item))
    elif isinstance(value, str):
        yield from _html(value) if re.search(r"<\w+[^>]*>", value) else [value]


def _xml(raw: bytes) -> Iterator[str]:
    for e in etree.fromstring(raw).iter():
        for text in (e.text, e.tail, *map(str, e.attrib.values())):
            if text:
                yield from _html(text) if re.search(r"<\w+[^>]*>", text) else [text]


def breaches(site: Path, sources: Sources) -> list[str]:
    """Files of a site that hold a longer run than `LIMIT`, each with the longest."""
    found = []
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        long = {text for text in texts(path) if len(text.split()) > LIMIT}
        count, run = max(map(sources.longest, sorted(long)), default=(0, ""))
        if count > LIMIT:
            found.append(f"{path.relative_to(site).as_posix()}: {count} words of a source in a run: {run}")
    return found
