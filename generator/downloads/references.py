"""The sources as references for word processors and LaTeX: CSL-JSON and BibTeX."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from generator import edtf, telling
from generator.addresses import WEB, address, source_path
from generator.downloads.portion import Portion
from generator.model import Source

SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # a bare brace, even after a backslash, would count for BibTeX
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    **{mark: f"\\{mark}" for mark in "&%$#_"},
}
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
KEY = re.compile(r"[^A-Za-z0-9:.+-]+")


def csl(portion: Portion) -> bytes:
    """Every source as an item of CSL-JSON (CSL 1.0.2)."""
    items = [_item(source, portion) for source in portion.sources.values()]
    return (json.dumps(items, ensure_ascii=False, indent=1) + "\n").encode()


def _item(source: Source, portion: Portion) -> dict[str, Any]:
    briefing = portion.briefing
    outlet = telling.outlet(source.id, briefing)
    item: dict[str, Any] = {
        "id": source.id,
        "type": "article-newspaper",
        "title": telling.source_title(source.id, briefing),
        "container-title": outlet.name if outlet else "",
        "author": [{"literal": source.author}] if source.author else [],
        "issued": {"date-parts": [_date(source)]} if _date(source) else {},
        "URL": source.url if source.url and WEB.match(source.url) else "",
        "note": _note(source, portion),
    }
    return {name: value for name, value in item.items() if value}


def _date(source: Source) -> list[int]:
    """Year, month and day, as far as they are known."""
    return [int(part) for part in source.date.split("-")] if edtf.parse(source.date) and "/" not in source.date else []


def _note(source: Source, portion: Portion) -> str:
    where = address(source_path(source.id), portion.briefing.settings)
    return f"Cited in: {telling.briefing_reference(portion.briefing, portion.as_of)}" + (
        f", {where}" if where.startswith("http") else ""
    )


def bibtex(portion: Portion) -> bytes:
    """Every source as an entry of BibTeX, in UTF-8."""
    keys: set[str] = set()
    entries = []
    for source in portion.sources.values():
        key = name = KEY.sub("-", source.id) or "source"
        number = 1
        while key.casefold() in keys:  # BibTeX takes keys that differ in case alone for one
            number += 1
            key = f"{name}-{number}"
        keys.add(key.casefold())
        entries.append(_entry(key, source, portion))
    return "\n".join(entries).encode()


def _entry(key: str, source: Source, portion: Portion) -> str:
    outlet = telling.outlet(source.id, portion.briefing)
    fields = "".join(f",\n  {name} = {{{value}}}" for name, value in _fields(source, portion) if value)
    return f"@{'article' if outlet else 'misc'}{{{key}{fields}\n}}\n"


def _fields(source: Source, portion: Portion) -> Iterator[tuple[str, str]]:
    briefing = portion.briefing
    outlet = telling.outlet(source.id, briefing)
    numbers: Mapping[int, str] = dict(enumerate(map(str, _date(source))))
    yield "title", f"{{{escaped(telling.source_title(source.id, briefing))}}}"
    yield "author", f"{{{escaped(source.author)}}}" if source.author else ""
    yield "journal", escaped(outlet.name) if outlet else ""
    yield "year", numbers.get(0, "")
    yield "month", numbers.get(1, "")
    yield "day", numbers.get(2, "")
    yield "url", quote(source.url, safe="/:?#@!$&'()*+,;=%-._~") if source.url and WEB.match(source.url) else ""
    yield "note", escaped(_note(source, portion))


def escaped(text: str) -> str:
    """Text that LaTeX prints as it is: its special characters by name, white space as one space."""
    plain = " ".join(CONTROL.sub(" ", text).split())
    return "".join(SPECIAL.get(character, character) for character in plain)
