"""`feed.xml` (Atom, RFC 4287) and `feed.json` (JSON Feed 1.1): the same entries, one for each source and dated review.

Dates come from sources and reviews. Entries keep their ids over builds. Where `site_url` is not set there are no
links, since a feed reader has nothing to resolve relative ones against; the words and citations are all there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from xml.etree import ElementTree

from generator import edtf, phrases, telling, telling_changes
from generator.addresses import source_path
from generator.aggregate.changes import Confirmed, News
from generator.aggregate.changes import news as news_of
from generator.aggregate.corrections import Correction
from generator.downloads.written import address, lasting, line, moment, permalink
from generator.link import DATE_WITHOUT_SOURCES, Briefing
from generator.model import Source
from generator.statement import Statement

ENTRIES = 50
"""The newest entries that a feed holds."""


@dataclass(frozen=True)
class Item:
    """An entry of a feed; texts are one line each, `html` is serialised."""

    id: str
    title: str
    summary: str
    html: str
    published: datetime
    updated: datetime
    url: str


def items(briefing: Briefing) -> tuple[Item, ...]:
    """The newest entries, those that changed last first."""
    made: list[tuple[datetime, Callable[[], Item]]] = []
    for source in _lately(briefing):
        news = news_of(source, briefing)
        made.append((_updated(news), partial(_source, news, briefing)))
        made += [
            (moment(c.on), partial(_review, c, c.statement, c.on, briefing))
            for c in news.corrections
            if c.on and c.statement
        ]
        made += [(moment(c.on), partial(_confirmed, c, c.on, briefing)) for c in news.confirmed if c.on]
    newest = sorted(made, key=lambda entry: entry[0], reverse=True)[:ENTRIES]
    return tuple(make() for _, make in newest)


def _lately(briefing: Briefing) -> Iterator[Source]:
    """The sources that may have an entry, the newest first: the last that came out, and those with facts that were reviewed on a day."""
    order = list(briefing.sources.values())[::-1]
    last = sorted(order, key=lambda source: moment(source.date), reverse=True)[:ENTRIES]
    ids = {source.id for source in last} | {s.source.id for s in briefing.statements if s.fact.reviewed_on}
    return (source for source in order if source.id in ids)


def _updated(news: News) -> datetime:
    """When a source came out, or a person last looked at its facts."""
    days = (news.source.date, *(c.on for c in news.corrections), *(c.on for c in news.confirmed))
    return max(moment(day) for day in days if day)


def _source(news: News, briefing: Briefing) -> Item:
    source = news.source
    counted = ", ".join(
        phrases.plural(n, phrases.label("kind", kind, briefing.lexicons).lower()) for kind, n in news.counts.items()
    )
    head = f"{telling.publisher_name(source.id, briefing)}, {edtf.human(source.date)}"
    facts = [s for s in briefing.by_source.get(source.id, ()) if s.fact.review != "retracted"]
    return Item(
        id=lasting(briefing, source.date, f"sources/{source.id}"),
        title=line(telling.source_title(source.id, briefing)) or source.id,
        summary=line(f"{head}: {counted or 'no facts'}"),
        html=_html(line(head), _once([*_news(news, briefing), *(_cited(s, briefing) for s in facts)])),
        published=moment(source.date),
        updated=_updated(news),
        url=address(briefing, source_path(source.id)),
    )


Said = tuple[str, str, str]
"""A sentence, its citation, and the address where its words stand, if that is known."""


def _once(said: Iterable[Said]) -> list[Said]:
    """Of what is said twice by the same source, the first: several facts may share a sentence."""
    found: dict[tuple[str, str], str] = {}
    for words, citation, link in said:
        found.setdefault((words, citation), link)
    return [(words, citation, link) for (words, citation), link in found.items()]


def _cited(statement: Statement, briefing: Briefing, before: str = "") -> Said:
    words = telling_changes.said(statement, briefing)
    return line(f"{before} {words}"), line(telling.citation(statement)), permalink(statement, briefing)


def _news(news: News, briefing: Briefing) -> Iterator[Said]:
    """Figures and plans that go beyond older ones, and what was looked ahead to."""
    for what, pair in news.beyond():
        yield _cited(pair.new, briefing, telling_changes.beyond(what, pair, briefing))


def _review(correction: Correction, statement: Statement, day: str, briefing: Briefing) -> Item:
    """The entry of a correction that was reviewed on a day."""
    fact = statement.fact
    what = telling_changes.label(correction.review, briefing)
    turned = [telling.turned(turn, statement, briefing) for turn in correction.turns]
    noted = fact.note and "note" not in {turn.key for turn in correction.turns}
    note = f"Note: {fact.note}" if noted else ""
    said = (_cited(statement, briefing), *((line(text), "", "") for text in (*turned, note) if text))
    summary = line(telling_changes.reviewed(correction.review, fact.reviewed_by, day, briefing))
    return Item(
        id=lasting(briefing, statement.source.date, f"reviews/{fact.id}/{correction.review}"),
        title=line(f"{what}: {telling.qualified(statement, briefing)}"),
        summary=summary,
        html=_html(summary, said),
        published=moment(day),
        updated=moment(day),
        url=permalink(statement, briefing),
    )


def _confirmed(confirmed: Confirmed, day: str, briefing: Briefing) -> Item:
    """The entry of facts that somebody confirmed on one day as they are read."""
    first, *others = confirmed.statements
    source = first.source
    by = f" by {confirmed.by}" if confirmed.by else ""
    title = (
        f"{phrases.plural(len(confirmed.statements), 'fact')} confirmed"
        if others
        else f"{telling_changes.label('confirmed', briefing)}: {telling.qualified(first, briefing)}"
    )
    summary = line(telling_changes.reviewed("confirmed", confirmed.by, day, briefing))
    return Item(
        id=lasting(briefing, source.date, f"reviews/{source.id}/confirmed/{day}{by}"),
        title=line(title),
        summary=summary,
        html=_html(summary, _once(_cited(s, briefing) for s in confirmed.statements)),
        published=moment(day),
        updated=moment(day),
        url=address(briefing, source_path(source.id)) if others else permalink(first, briefing),
    )


def _html(head: str, said: Iterable[Said]) -> str:
    """A paragraph and a list, each item with its citation."""
    division = ElementTree.Element("div")
    ElementTree.SubElement(division, "p").text = head
    listed = ElementTree.SubElement(division, "ul")
    for words, citation, link in said:
        item = ElementTree.SubElement(listed, "li")
        item.text = words
        if citation:
            item.text += " ("
            place = ElementTree.SubElement(item, "a", {"href": link}) if link else ElementTree.SubElement(item, "cite")
            place.text, place.tail = citation, ")"
    if not len(listed):
        division.remove(listed)
    return ElementTree.tostring(division, encoding="unicode", method="html")


def _title(briefing: Briefing) -> str:
    return line(briefing.settings.title) or "Briefing"


def _newest(found: Iterable[Item]) -> datetime:
    return max((item.updated for item in found), default=moment(DATE_WITHOUT_SOURCES))


def atom(briefing: Briefing) -> bytes:
    """The feed as Atom."""
    from feedgen.feed import FeedGenerator

    found = items(briefing)
    feed = FeedGenerator()
    feed.id(lasting(briefing, DATE_WITHOUT_SOURCES, "feed"))
    feed.title(_title(briefing))
    if subtitle := line(briefing.settings.description):
        feed.subtitle(subtitle)
    feed.updated(_newest(found))
    feed.author({"name": _title(briefing)})
    feed.generator("briefing")
    feed.language("en")
    if home := address(briefing, "index.md"):
        feed.link(href=address(briefing, "feed.xml"), rel="self", type="application/atom+xml")
        feed.link(href=home, rel="alternate", type="text/html")
    for item in found:
        entry = feed.add_entry(order="append")
        entry.id(item.id)
        entry.title(item.title)
        entry.updated(item.updated)
        entry.published(item.published)
        entry.summary(item.summary)
        entry.content(item.html, type="html")
        if item.url:
            entry.link(href=item.url, rel="alternate", type="text/html")
    text: bytes = feed.atom_str(pretty=True)
    return text


def json_feed(briefing: Briefing) -> bytes:
    """The feed as JSON Feed."""
    feed: dict[str, Any] = {"version": "https://jsonfeed.org/version/1.1", "title": _title(briefing)}
    if home := address(briefing, "index.md"):
        feed |= {"home_page_url": home, "feed_url": address(briefing, "feed.json")}
    if description := line(briefing.settings.description):
        feed["description"] = description
    feed |= {"language": "en", "authors": [{"name": _title(briefing)}]}
    feed["items"] = [
        {
            "id": item.id,
            **({"url": item.url} if item.url else {}),
            "title": item.title,
            "summary": item.summary,
            "content_html": item.html,
            "date_published": item.published.isoformat(),
            "date_modified": item.updated.isoformat(),
        }
        for item in items(briefing)
    ]
    return json.dumps(feed, ensure_ascii=False, indent=1).encode() + b"\n"
