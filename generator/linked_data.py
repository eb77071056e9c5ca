"""What a page is about in the terms of schema.org, as JSON-LD. Nothing is told that a source does not state.

A window in which something is expected is no stretch over which it lasts, so of a date only that part is given
which its first and last day share: `2031-06-11/2031-06-20` is `2031-06`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import takewhile
from typing import Any

from generator import edtf, phrases, telling
from generator.addresses import WEB, address_from, anchor, entity_path, source_path
from generator.aggregate.profiles import Profile
from generator.aggregate.watch import Watch
from generator.downloads import files as data_files
from generator.link import Briefing
from generator.model import Entity, Event, Quotation, Role, Source
from generator.page import Page
from generator.registry import family
from generator.statement import Statement

Thing = dict[str, Any]

CONTEXT = "https://schema.org"
MOST = 10
"""Entries of a list: pages stay light."""
LONGEST = 110
"""Characters of a headline."""
TYPES = {"person": "Person", "organisation": "Organization", "place": "Place", "meeting": "Event"}
ELSEWHERE = {
    "wikidata": (re.compile(r"Q[1-9]\d*"), "https://www.wikidata.org/entity/{}"),
    "geonames": (re.compile(r"[1-9]\d*"), "https://sws.geonames.org/{}/"),
}
"""Registers whose ids are addresses."""


def linked_data(page: Page, briefing: Briefing) -> Thing | None:
    """The JSON-LD of a page; None where there is nothing to say."""
    make = KINDS.get(page.kind)
    told = make(page, briefing) if make else None
    return {"@context": CONTEXT, **told} if told else None


def known(**values: object) -> Thing:
    """The properties that have a value; `type_` is `@type`."""
    named = {"@type" if name == "type_" else name: value for name, value in values.items()}
    return {name: value for name, value in named.items() if value not in (None, "", [], {}, ())}


def exact(text: str | None) -> str:
    """As much of a date as its first and its last day share; empty where they share no year, or an end is open."""
    read = edtf.parse(text or "")
    if not read or read.open_start or read.open_end:
        return ""
    first, last = (edtf.day(day).split("-") for day in (read.earliest, read.latest))
    return "-".join(part for part, _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=True)))


def _site(page: Page, briefing: Briefing) -> Thing:
    settings = briefing.settings
    where = address_from("index.md", page.path, settings)
    return known(type_="WebSite", name=settings.title, url=where, inLanguage="en")


def _front(page: Page, briefing: Briefing) -> Thing:
    site = _site(page, briefing) | known(description=briefing.settings.description)
    return {"@graph": [site, _dataset(page, briefing)]}


def _dataset(page: Page, briefing: Briefing) -> Thing:
    settings = briefing.settings
    dates = [source.date for source in briefing.sources.values()]
    files = [
        known(
            type_="DataDownload",
            name=file.title,
            encodingFormat=file.download.media_type,
            contentUrl=address_from(file.path, page.path, settings),
        )
        for file in data_files(briefing)
        if file.path.startswith("data/")
    ]
    return known(
        type_="Dataset",
        name=f"{settings.title}: the data",
        description=f"Statements of news articles, each with its source. {settings.description}".strip(),
        url=address_from("data.md", page.path, settings),
        temporalCoverage=f"{dates[0]}/{briefing.as_of}" if dates else "",
        distribution=files,
    )


def _source(page: Page, briefing: Briefing) -> Thing:
    source: Source = page.context["source"]
    return known(
        type_="WebPage",
        name=page.title,
        url=address_from(page.path, page.path, briefing.settings),
        isPartOf=_site(page, briefing),
        isBasedOn=_article(source, briefing),
    )


def _article(source: Source, briefing: Briefing) -> Thing:
    outlet = telling.outlet(source.id, briefing)
    return known(
        type_="NewsArticle",
        name=telling.source_title(source.id, briefing),
        headline=(source.title or "")[:LONGEST],
        datePublished=exact(source.date),
        author=known(type_="Person", name=source.author) if source.author else None,
        publisher=known(type_="Organization", name=outlet.name) if outlet else None,
        url=source.url if source.url and WEB.match(source.url) else None,
    )


def _profile(page: Page, briefing: Briefing) -> Thing:
    entity: Entity | None = page.context["entity"]
    told: Profile = page.context["profile"]
    where = address_from(page.path, page.path, briefing.settings)
    if not entity:
        about = known(type_="Thing", name=page.title)
        return known(type_="CollectionPage", name=page.title, url=where, about=about)
    named = _entity(entity, briefing) | known(url=where, alternateName=list(entity.aka[:MOST]), sameAs=_same(entity))
    if named["@type"] == "Person":
        roles = [s for s in told.roles if isinstance(s.fact, Role) and entity in s.who]
        titles = [telling.published(s.fact.title, s, briefing) for s in roles if isinstance(s.fact, Role)]
        bodies = {s.org.id: _body(s.org) for s in roles if s.org}
        return named | known(jobTitle=list(dict.fromkeys(titles))[:3], affiliation=list(bodies.values())[:3])
    if named["@type"] in ("Place", "Country"):
        above = briefing.registry.get(entity.in_ or "")
        geo = known(type_="GeoCoordinates", latitude=entity.at[0], longitude=entity.at[1]) if entity.at else None
        return named | known(geo=geo, containedInPlace=_entity(above, briefing) if above else None)
    return named


def _entity(entity: Entity, briefing: Briefing) -> Thing:
    kind = TYPES.get(family(entity.kind, briefing.lexicons) or "", "Thing")
    return known(type_="Country" if entity.kind == "country" else kind, name=entity.name)


def _body(entity: Entity) -> Thing:
    """What somebody holds a post in: also a country is a body then."""
    return known(type_="Organization", name=entity.name)


def _same(entity: Entity) -> list[str]:
    found = ((ELSEWHERE.get(name), str(value)) for name, value in entity.ids.items())
    return [form[1].format(value) for form, value in found if form and form[0].fullmatch(value)]


def _quotations(page: Page, briefing: Briefing) -> Thing | None:
    if not telling.may_quote(briefing):
        return None
    return _list(page, (_quotation(s, page, briefing) for s in page.context["entries"][:MOST]))


def _quotation(s: Statement, page: Page, briefing: Briefing) -> Thing:
    assert isinstance(s.fact, Quotation)
    speaker = _entity(s.speaker, briefing) if s.speaker else {}
    if s.speaker and speaker["@type"] in ("Person", "Organization"):
        path = entity_path(s.speaker, briefing.lexicons)
        speaker |= known(url=address_from(path, page.path, briefing.settings))
    else:
        speaker = {}
    return known(
        type_="Quotation",
        text=s.fact.words,
        creator=speaker,
        isPartOf=_article(s.source, briefing),
        url=_where(s, page, briefing),
    )


def _watch(page: Page, briefing: Briefing) -> Thing | None:
    ahead: Watch | None = page.context.get("watch")
    if not ahead:  # a further page of one of its lists
        return None
    return _list(page, (_event(c.last, page, briefing) for c in (*ahead.dated, *ahead.undated)[:MOST]))


def _event(s: Statement, page: Page, briefing: Briefing) -> Thing:
    """An event ahead; who says so is part of it, as what is expected or called for is scheduled by nobody."""
    assert isinstance(s.fact, Event)
    status = phrases.sentence_case(phrases.label("status", s.fact.status, briefing.lexicons))
    return known(
        type_="Event",
        name=telling.told(s, briefing).removesuffix("."),
        description=f"{status}, according to {telling.chain(s)}." if s.chain else f"{status}.",
        eventStatus="https://schema.org/EventScheduled" if s.fact.status == "planned" else None,
        startDate=exact(s.fact.when),
        location=[_entity(place, briefing) for place in s.where],
        url=_where(s, page, briefing),
    )


def _where(s: Statement, page: Page, briefing: Briefing) -> str:
    return address_from(source_path(s.source.id), page.path, briefing.settings, anchor(s.fact.id))


def _list(page: Page, items: Iterable[Thing]) -> Thing | None:
    entries = list(items)
    return known(type_="ItemList", name=page.title, itemListElement=entries) if entries else None


KINDS: Mapping[str, Callable[[Page, Briefing], Thing | None]] = {
    "index": _front,
    "data": _dataset,
    "source": _source,
    "profile": _profile,
    "quotations": _quotations,
    "watch": _watch,
}
