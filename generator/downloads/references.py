"""The sources as references for word processors and LaTeX: CSL-JSON and BibTeX."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from msgspec.msgpack import Decoder

from generator import edtf, telling
from generator.addresses import WEB, address, source_path
from generator.downloads.portion import Portion
from generator.model import Source
from generator.store import packed

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


_ITEM, _ENTRY = Decoder(tuple[str, str]), Decoder(tuple[str, str, str])


def csl(portion: Portion) -> bytes:
    """Every source as an item of CSL-JSON (CSL 1.0.2)."""
    reference = f"Cited in: {telling.briefing_reference(portion.briefing, portion.as_of)}"
    pieces = map(
        _ITEM.decode, portion.pieces("csl", lambda id_: packed(_item(portion.sources[id_], portion)), portion.keys())
    )
    items = (f'{item},\n  "note": {_json(reference + where)}\n }}' for item, where in pieces)
    told = ",\n ".join(items)
    return (f"[\n {told}\n]\n" if told else "[]\n").encode()


def _item(source: Source, portion: Portion) -> tuple[str, str]:
    """All of an item but its note and its end, and what the note ends with."""
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
    }
    told = _json([{name: value for name, value in item.items() if value}])
    return told.removeprefix("[\n ").removesuffix("\n }\n]"), _where(source, portion)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _date(source: Source) -> list[int]:
    """Year, month and day, as far as they are known."""
    return [int(part) for part in source.date.split("-")] if edtf.parse(source.date) and "/" not in source.date else []


def _where(source: Source, portion: Portion) -> str:
    """Where a source stands on this site, behind a comma; empty where the site has no address."""
    where = address(source_path(source.id), portion.briefing.settings)
    return f", {where}" if where.startswith("http") else ""


def bibtex(portion: Portion) -> bytes:
    """Every source as an entry of BibTeX, in UTF-8."""
    reference = f"Cited in: {telling.briefing_reference(portion.briefing, portion.as_of)}"
    pieces = portion.pieces("bibtex", lambda id_: packed(_entry(portion.sources[id_], portion)), portion.keys())
    keys: set[str] = set()
    entries = []
    for source, (kind, fields, where) in zip(portion.sources, map(_ENTRY.decode, pieces), strict=True):
        key = name = KEY.sub("-", source) or "source"
        number = 1
        while key.casefold() in keys:  # BibTeX takes keys that differ in case alone for one
            number += 1
            key = f"{name}-{number}"
        keys.add(key.casefold())
        entries.append(f"@{kind}{{{key}{fields},\n  note = {{{escaped(reference + where)}}}\n}}\n")
    return "\n".join(entries).encode()


def _entry(source: Source, portion: Portion) -> tuple[str, str, str]:
    """The kind of an entry, its fields but for the note, and what that ends with."""
    outlet = telling.outlet(source.id, portion.briefing)
    fields = "".join(f",\n  {name} = {{{value}}}" for name, value in _fields(source, portion) if value)
    return "article" if outlet else "misc", fields, _where(source, portion)


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


def escaped(text: str) -> str:
    """Text that LaTeX prints as it is: its special characters by name, white space as one space."""
    plain = " ".join(CONTROL.sub(" ", text).split())
    return "".join(SPECIAL.get(character, character) for character in plain)
