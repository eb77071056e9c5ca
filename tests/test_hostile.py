"""What attackers write into a briefing stays text in every file of its site beside the pages, and in the terminal.

`browser/test_hostile_site.py` looks at the pages.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from builder import HARBOUR, make
from click.testing import CliRunner
from hostile import PAYLOADS, numbers, written
from icalendar import Calendar
from lxml import etree, html

from generator.cli import main
from generator.downloads.as_csv import FORMULA, GUARD
from generator.model import Fact
from generator.sites import build_site
from generator.visible import ACTING

OURS = "https://briefing.example/sub/path/"
ATOM = {
    "id", "title", "updated", "published", "summary", "content", "link", "author", "name", "generator", "subtitle", "feed", "entry",
}  # fmt: skip
ENTRY = {
    "UID", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND", "STATUS", "TRANSP", "CATEGORIES", "SUMMARY", "DESCRIPTION", "URL",
}  # fmt: skip


COLUMNS = {name: name for name in ("note", "reviewed_by", "unit", "per", "measure", "hedge", "likelihood")}
COLUMNS["when_words"] = "date_words"


def by_hand() -> Iterator[Fact]:
    """The facts of the fact files."""
    return (fact for number in numbers() for fact in written(number).facts)


def test_a_feed_has_the_elements_that_it_was_given(hostile_site: Path) -> None:
    raw = (hostile_site / "feed.xml").read_bytes()
    assert b"<!DOCTYPE" not in raw
    feed = etree.fromstring(raw, etree.XMLParser(resolve_entities=False))
    assert {etree.QName(e).localname for e in feed.iter()} <= ATOM
    told = json.loads((hostile_site / "feed.json").read_bytes())["items"]
    atom = "{http://www.w3.org/2005/Atom}"
    assert [e.findtext(f"{atom}id") for e in feed.iter(f"{atom}entry")] == [item["id"] for item in told]
    pages = [item["content_html"] for item in told]
    assert pages == [e.findtext(f"{atom}content") for e in feed.iter(f"{atom}entry")]
    for page in pages:
        parts = html.fragment_fromstring(page)
        assert {e.tag for e in parts.iter()} <= {"div", "p", "ul", "li", "a", "cite"}
        assert {name for e in parts.iter() for name in e.attrib} <= {"href"}
        assert all(e.get("href").startswith(OURS) for e in parts.iter("a"))


def test_a_calendar_has_the_entries_and_properties_that_it_was_given(hostile_site: Path) -> None:
    raw = (hostile_site / "watch.ics").read_bytes()
    lines = raw.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    calendar = Calendar.from_ical(raw)
    assert {c.name for c in calendar.walk()} == {"VCALENDAR", "VEVENT"}
    entries = calendar.walk("VEVENT")
    assert all(set(entry) <= ENTRY for entry in entries)
    assert all(str(entry.get("URL", OURS)).startswith(OURS) for entry in entries)
    told = json.loads((hostile_site / "data/briefing.json").read_bytes())["facts"]
    named = [str(entry["UID"]).partition(".")[0] for entry in entries]
    assert len(named) == len(set(named))
    assert set(named) <= {row["id"] for row in told}
    assert len(named) > 0.8 * len(numbers())  # two texts that share nearly all words are one plan


def test_no_cell_of_a_table_is_a_formula_and_each_gives_back_its_text(hostile_site: Path) -> None:
    told = json.loads((hostile_site / "data/briefing.json").read_bytes())
    for path in sorted((hostile_site / "data").glob("*.csv")):
        names, *rows = csv.reader(io.StringIO(path.read_bytes().decode(), newline=""))
        assert all(len(row) == len(names) for row in rows), path.name
        records = told[path.stem]
        assert len(rows) == len(records), path.name
        for row, record in zip(rows, records, strict=True):
            for name, cell in zip(names, row, strict=True):
                if isinstance(text := record.get(name), str):
                    assert not cell.startswith(FORMULA), (path.name, name, cell)
                    assert cell.removeprefix(GUARD) if text.startswith((*FORMULA, GUARD)) else cell == text


def test_the_data_holds_every_text_as_it_is_written(hostile_site: Path) -> None:
    told = json.loads((hostile_site / "data/briefing.json").read_bytes())
    rows = {row["id"]: row for row in told["facts"]}
    for fact in by_hand():
        for name, column in COLUMNS.items():
            assert rows[fact.id].get(column) == getattr(fact, name, None), (fact.id, name)
    with sqlite3.connect(f"file:{hostile_site / 'data/briefing.sqlite'}?mode=ro", uri=True) as db:
        assert db.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert dict(db.execute("select id, note from facts")) == {id_: row.get("note") for id_, row in rows.items()}


def test_what_programs_read_holds_no_more_than_it_was_given(hostile_site: Path) -> None:
    entries = re.findall(r"(?m)^@(\w+)\{", (hostile_site / "data/sources.bib").read_text(encoding="utf-8"))
    assert entries == ["article"] * len(numbers())
    assert len(json.loads((hostile_site / "data/sources.csl.json").read_bytes())) == len(numbers())
    for address in re.findall(r"\]\(([^)]*)\)", (hostile_site / "llms.txt").read_text(encoding="utf-8")):
        assert address.startswith(OURS)
    for path in (hostile_site / "finding").rglob("*.js"):
        raw = path.read_bytes()
        raw = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
        text = raw.decode().strip()
        assert text.startswith("searched("), path.name
        json.loads(text.removeprefix("searched(").removesuffix(")"))
    for page in hostile_site.rglob("*.html"):
        for block in re.findall(
            r'<script type="application/ld\+json">(.*?)</script>', page.read_text(encoding="utf-8"), re.DOTALL
        ):
            assert "<" not in block
            assert json.loads(block)["@context"] == "https://schema.org"


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_nothing_acts_in_the_terminal_that_checks_it(hostile_site: Path, form: str) -> None:
    found = CliRunner().invoke(main, ["check", "--root", hostile_site.parent.as_posix(), "--format", form, "--all"])
    lines = found.output.splitlines()
    assert len(lines) > len(numbers())
    assert [line for line in lines if ACTING.search(line.replace("\u2060", ""))] == []
    if form == "json":
        assert all("path" in json.loads(line) for line in lines if line.startswith("{"))
    if form == "text":
        assert [line for line in lines if line.lstrip().startswith("::") or "##[" in line] == []
    if form == "github":
        assert all(
            re.match(r"::(error|warning|notice) file=[^:]*,line=\d+,col=\d+,title=[\w-]*::", x) for x in lines[:-2]
        )


def shape(site: Path) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Of each page its elements in order, each with the names of its attributes."""
    return {
        path.relative_to(site).as_posix(): [
            (str(e.tag), tuple(e.attrib))
            for e in html.document_fromstring(path.read_text(encoding="utf-8")).iter()
            if isinstance(e.tag, str)
        ]
        for path in sorted(site.rglob("*.html"))
    }


def named(root: Path, title: str, settings: dict[str, str]) -> Path:
    """The site of a briefing with these settings."""
    config = {
        "site_name": title,
        "site_url": OURS,
        "docs_dir": "site_src",
        "plugins": [{"briefing": {"title": title, **settings}}],
    }
    outline = {
        "type": "Feature",
        "properties": {"name": title},
        "geometry": {"type": "Polygon", "coordinates": [[[20, 50], [21, 50], [21, 51], [20, 50]]]},
    }
    places = "port-ellery: {name: Port Ellery, kind: city, at: [50.2, 20.4], status: confirmed}\n"
    made = make(
        root,
        {"harbour.txt": HARBOUR},
        {
            "mkdocs.yml": yaml.safe_dump(config, allow_unicode=True),
            "map.geojson": json.dumps(outline),
            "site_src/entities/places.yml": places,
        },
    )
    return build_site(made, tell=lambda _: None).folder


def test_settings_are_text_in_every_place_of_the_theme(tmp_path: Path) -> None:
    """Of a site whose settings hold all payloads, each page has the elements of one whose settings are plain words."""
    shown = [payload for payload in PAYLOADS if payload.isprintable()]
    hostile = " · ".join(shown)
    plain = "Harbour Briefing"
    shapes = [
        shape(named(tmp_path / name, text, {"description": text, "map_credit": text, "map_outline": "map.geojson"}))
        for name, text in (("hostile", hostile), ("plain", plain))
    ]
    assert shapes[0].keys() == shapes[1].keys()
    for name, elements in shapes[1].items():
        assert shapes[0][name] == elements, name
    told = html.document_fromstring((tmp_path / "hostile/site/index.html").read_text(encoding="utf-8"))
    assert " ".join(hostile.split()) in " ".join(told.find(".//header").text_content().split())
