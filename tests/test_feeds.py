"""Feeds: what readers of Atom and JSON Feed get, by reading it again."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from policy import runs
from test_calendar import at
from test_changes import SECOND
from test_corrections import MEETING, meeting, read
from test_outcomes import PLAN, with_fact
from test_render import told
from tiny import empty, tiny, with_policy

from generator import excerpt
from generator.downloads import DOWNLOADS, downloads
from generator.downloads.feeds import ENTRIES, atom, json_feed
from generator.link import Briefing

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://briefing.example/harbour/"
SITES = (SITE, None, "https://briefing.example", "https://briefing.example:8443/x/", "not an address")
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")  # RFC 3339
IRI = re.compile(r"(?:tag:[A-Za-z0-9.-]+,\d{4}-\d\d-\d\d:\S+|urn:uuid:[0-9a-f-]{36})")


class Content(HTMLParser):
    """Text, links and tags of an entry's HTML; fails where elements do not nest."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.items: list[str] = [""]
        self.links: list[str] = []
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]
        assert {name for name, _ in attrs} <= {"href"}
        if tag == "li":
            self.items.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.items[-1] += data


def valid(briefing: Briefing) -> tuple[ElementTree.Element, dict[str, Any]]:
    """Both feeds, read; each keeps what its standard asks for, and they say the same."""
    feed, other = ElementTree.fromstring(atom(briefing)), json.loads(json_feed(briefing))
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert IRI.fullmatch(element.findtext(f"{ATOM}id") or "")
        assert len(element.findall(f"{ATOM}link[@rel='alternate']")) <= 1
        for name in ("updated", "published"):
            assert all(DATE.fullmatch(found.text or "") for found in element.findall(f"{ATOM}{name}"))
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    entries = list(feed.iter(f"{ATOM}entry"))
    ids = [e.findtext(f"{ATOM}id") for e in entries]
    assert len(ids) == len(set(ids)) <= ENTRIES
    assert other["version"] == "https://jsonfeed.org/version/1.1"
    assert set(other) <= {"version", "title", "home_page_url", "feed_url", "description", "language", "authors", "items"}  # fmt: skip
    assert other["title"]
    assert [item["id"] for item in other["items"]] == ids
    for item, entry in zip(other["items"], entries, strict=True):
        content = entry.find(f"{ATOM}content")
        assert content is not None
        assert content.get("type") == "html"
        assert content.text == item["content_html"]
        assert set(item) <= {"id", "url", "title", "summary", "content_html", "date_published", "date_modified"}
        assert DATE.fullmatch(item["date_published"])
        assert DATE.fullmatch(item["date_modified"])
        assert datetime.fromisoformat(item["date_published"]) <= datetime.fromisoformat(item["date_modified"])
        assert Content(item["content_html"]).tags <= {"div", "p", "ul", "li", "a", "cite"}
    return feed, other


@pytest.mark.parametrize("site", SITES)
def test_both_are_valid_with_and_without_an_address(site: str | None) -> None:
    feed, other = valid(at(site))
    links = {e.get("href") or "" for e in feed.iter(f"{ATOM}link")}
    links |= {link for item in other["items"] for link in Content(item["content_html"]).links}
    if site and site.startswith("https"):
        assert links
        assert all(link.startswith(site) for link in links)
        assert other["feed_url"] == f"{site.rstrip('/')}/feed.json"
        assert feed.find(f"{ATOM}link[@rel='self']") is not None
        assert all("url" in item for item in other["items"])
    else:
        assert links == set()
        assert not {"home_page_url", "feed_url"} & set(other)
    valid(replace(empty(), settings=replace(empty().settings, site_url=site)))


def test_an_entry_for_each_source_and_each_dated_review() -> None:
    _, other = valid(at(SITE))
    assert [item["title"] for item in other["items"]] == [
        "Health Minister Ines Varga opened three village clinics in Brenn …",
        "Confirmed: Varga opened three village clinics in Brenn Province.",
        "Auditors doubt pace of <village> clinics | a report",
    ]
    source, review, newest = other["items"]
    assert (source["date_published"][:10], source["date_modified"][:10]) == ("2031-05-02", "2031-05-21")
    assert review["summary"] == "Confirmed by A. Editor on 21 May 2031"
    assert review["id"].startswith("tag:briefing.example,2031-05-02:/harbour/reviews/2031-05-02-health-minister-ines-")
    assert review["url"].endswith("-three.html#event-aaaaaaaaa3")
    assert newest["id"] == f"tag:briefing.example,2031-05-20:/harbour/sources/{SECOND}"
    assert newest["summary"] == "The Brenn Post, 20 May 2031: 2 events, 1 figure, 1 assessment, 1 role"
    said = Content(newest["content_html"]).items
    assert said[1:3] == [
        "Newer figure: at most 15 clinics, before: 18 clinics (Ines Varga via Tessaly Wire, 2 May 2031). "
        "Only 15 clinics are in daily use. (National Audit Board via The Brenn Post, 20 May 2031)",
        "Another date: 24 June 2031, before: 11–20 June 2031 (Tessaly Wire, 2 May 2031). "
        "Planned: The council meeting has been moved to 24 June 2031. (The Brenn Post, 20 May 2031)",
    ]
    assert not [line for line in said if "hid a shortage" in line], "what was taken back is no news"
    assert len(said) == len(set(said))


def test_a_dated_correction_tells_what_was_read() -> None:
    changed = read(with_fact(MEETING, review="confirmed", reviewed_on="2031-06-01", note="Seen."), event_baaaaaaaa6=replace(meeting(), when="2031-07"))  # fmt: skip
    (_, first, *_) = json.loads(json_feed(changed))["items"]  # after its source, which changed that day, too
    assert first["title"] == "Confirmed: Planned: The council meeting has been moved to 24 June 2031."
    assert Content(first["content_html"]).items[1:] == [
        "Planned: The council meeting has been moved to 24 June 2031. (The Brenn Post, 20 May 2031)",
        "when: July 2031 → 24 June 2031",
        "note added: Seen.",
    ]
    retracted = with_fact("event-baaaaaaaa7", reviewed_on="2031-06-02")
    assert json.loads(json_feed(retracted))["items"][1]["title"].startswith("Retracted: Two officials hid")


def test_what_was_looked_ahead_to_is_named() -> None:
    happened = with_fact(MEETING, status="happened", when=None, text="The council met.")
    item = next(i for i in valid(happened)[1]["items"] if i["date_published"].startswith("2031-05-20"))
    said = (
        "Reported since, looked ahead to as planned, 11–20 June 2031 (Tessaly Wire, 2 May 2031): "
        "The council met. (The Brenn Post, 20 May 2031)"
    )
    assert said in Content(item["content_html"]).items


def test_facts_confirmed_on_one_day_are_one_entry() -> None:
    both = with_fact(PLAN, review="confirmed", reviewed_by="A. Editor", reviewed_on="2031-05-21")
    item = next(i for i in valid(replace(both, settings=at(SITE).settings))[1]["items"] if "confirmed" in i["id"])
    assert item["title"] == "2 facts confirmed"
    assert item["summary"] == "Confirmed by A. Editor on 21 May 2031"
    assert len(Content(item["content_html"]).links) == 2


def test_no_clock_and_ids_that_last() -> None:
    feed, _ = valid(at(None))
    assert feed.findtext(f"{ATOM}updated") == "2031-05-21T00:00:00+00:00"
    assert atom(at(None)) == atom(at(None))
    before, after = (json.loads(json_feed(b))["items"] for b in (at(None), with_fact(MEETING, text="Other words.")))
    assert {i["id"] for i in json.loads(json_feed(at(None)))["items"]} == {i["id"] for i in before}
    assert len(after) == len(before)


@pytest.mark.parametrize(("policy", "limit"), [("excerpts", excerpt.LIMIT), ("none", 7)])
def test_no_feed_publishes_more_than_it_may(policy: str, limit: int) -> None:
    speech = [s.fact.quote for s in tiny().statements if s.fact.kind == "quotation"]
    for item in json.loads(json_feed(with_policy(policy)))["items"]:
        for line in (item["title"], item["summary"], *Content(item["content_html"]).items):
            for seed in tiny().seeds.values():
                text = seed.text
                for words in speech if policy == "excerpts" else ():
                    text, line = text.replace(words, ""), line.replace(words, "")
                assert runs(line, text) <= limit


def test_a_long_feed_holds_the_newest() -> None:
    copies = {f"{SECOND}-{n}": replace(tiny().sources[SECOND], id=f"{SECOND}-{n}", date=f"2031-06-{n % 30 + 1:02d}") for n in range(2 * ENTRIES)}  # fmt: skip
    files = {id_: replace(tiny().files[SECOND], source=source, facts=()) for id_, source in copies.items()}
    many = replace(tiny(), sources={**tiny().sources, **copies}, files={**tiny().files, **files})
    feed, _ = valid(many)
    entries = list(feed.iter(f"{ATOM}entry"))
    assert len(entries) == ENTRIES
    assert min(e.findtext(f"{ATOM}updated") or "" for e in entries) > "2031-06-10"


NASTY = st.sampled_from(["<img src=x onerror=1>", "</div>", "]]>", "&lt;", "\x00", "\x0b", "\ud800", "\ufffe", "\r\n", '"', "'"])  # fmt: skip


@settings(max_examples=40)
@given(parts=st.lists(NASTY | st.text(max_size=6), min_size=1, max_size=5))
def test_hostile_text_stays_text(parts: list[str]) -> None:
    valid(told("".join(parts)))


def test_the_table_of_downloads() -> None:
    made = downloads(tiny())
    assert [d.path for d in DOWNLOADS] == list(made)
    assert {"watch.ics", "feed.xml", "feed.json"} <= set(made)
    assert all(re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", d.media_type) and d.title for d in DOWNLOADS)
