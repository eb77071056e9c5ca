"""What pages say in JSON-LD: types that schema.org has, what each needs, and dates no more exact than the source."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import policy
import pytest
import yaml
from tiny import empty, tiny, with_policy

from generator.link import Briefing
from generator.linked_data import exact
from generator.render import render

NEEDED: Mapping[str, set[str]] = {
    "WebSite": {"name", "url"},
    "WebPage": {"name", "url", "isBasedOn", "isPartOf"},
    "CollectionPage": {"name", "url", "about"},
    "Dataset": {"name", "description", "url", "distribution"},
    "DataDownload": {"contentUrl", "encodingFormat", "name"},
    "NewsArticle": {"name"},
    "Person": {"name"},
    "Organization": {"name"},
    "Place": {"name"},
    "Country": {"name"},
    "GeoCoordinates": {"latitude", "longitude"},
    "Event": {"name"},
    "Quotation": {"text", "isPartOf", "url"},
    "ItemList": {"name", "itemListElement"},
    "Thing": {"name"},
}
PROPERTIES = set(
    """
    @context @graph @type about affiliation alternateName author containedInPlace contentUrl creator datePublished
    description distribution encodingFormat eventStatus geo headline inLanguage isBasedOn isPartOf itemListElement jobTitle
    latitude location longitude name publisher sameAs startDate temporalCoverage text url
    """.split()
)
"""Those of schema.org that are in use."""


def told(briefing: Briefing) -> dict[str, Any]:
    """The JSON-LD of each page that has some."""
    heads = {path: yaml.safe_load(text.split("---\n")[1]) for path, text in render(briefing).items()}
    return {path: head["ld"] for path, head in heads.items() if "ld" in head}


def things(value: Any) -> Iterator[dict[str, Any]]:
    """All objects, those within others too."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from things(inner)


@pytest.mark.parametrize("make", [tiny, empty, lambda: with_policy("none"), lambda: with_policy("full")])
def test_every_object_is_of_a_type_and_has_what_it_needs(make: Any) -> None:
    for path, data in told(make()).items():
        assert data["@context"] == "https://schema.org"
        for thing in things(data):
            assert set(thing) <= PROPERTIES, path
            assert all(value not in (None, "", [], {}) for value in thing.values())
            if "@graph" not in thing:
                assert NEEDED[thing["@type"]] <= set(thing), (path, thing)


def test_each_kind_of_page_says_what_it_is_about() -> None:
    pages = told(tiny())
    types = {path: data.get("@type") for path, data in pages.items()}
    assert [thing["@type"] for thing in pages["index.md"]["@graph"]] == ["WebSite", "Dataset"]
    assert types["people/ines-varga.md"] == "Person"
    assert types["organisations/health-ministry.md"] == "Organization"
    assert types["places/brenn-province.md"] == "Place"
    assert types["topics/staff.md"] == "CollectionPage"
    person = pages["people/ines-varga.md"]
    assert person["jobTitle"] == ["health minister"]
    assert person["affiliation"] == [{"@type": "Organization", "name": "Health Ministry"}]


def test_a_source_page_rests_on_the_article_and_is_not_it() -> None:
    data = told(tiny())["sources/2031-05-20-auditors-doubt-pace-village-clinics-report.md"]
    assert data["isBasedOn"] == {
        "@type": "NewsArticle",
        "name": "Auditors doubt pace of <village> clinics | a report",
        "headline": "Auditors doubt pace of <village> clinics | a report",
        "datePublished": "2031-05-20",
        "publisher": {"@type": "Organization", "name": "The Brenn Post"},
        "url": "https://post.example/2031/05/clinics?id=1&view=full",
    }


def test_an_event_ahead_says_who_says_so() -> None:
    events = told(tiny())["watch.md"]["itemListElement"]
    by_name = {event["name"]: event for event in events}
    meeting = by_name["The council meeting has been moved to 24 June 2031"]
    assert (meeting["startDate"], meeting["eventStatus"]) == ("2031-06-24", "https://schema.org/EventScheduled")
    assert meeting["description"] == "Planned, according to The Brenn Post."
    others = [event for event in events if "eventStatus" not in event]
    assert others
    assert not [event for event in others if event["description"].startswith("Planned")]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2031-06-24", "2031-06-24"),
        ("2031-06", "2031-06"),
        ("2031", "2031"),
        ("2031-06-11/2031-06-20", "2031-06"),
        ("2031-06/2031-09", "2031"),
        ("2031-22", "2031"),
        ("2031-24", ""),
        ("2030-12/2031-01", ""),
        ("../2031-12-31", ""),
        ("2031-06-24/..", ""),
        ("soon", ""),
        (None, ""),
    ],
)
def test_a_date_is_no_more_exact_than_its_window(when: str | None, expected: str) -> None:
    assert exact(when) == expected


@pytest.mark.parametrize("name", sorted(policy.ALLOWED))
def test_no_more_words_of_articles_than_elsewhere(name: str) -> None:
    made = with_policy(name)
    data = told(made)
    assert policy.most(json.dumps(data, ensure_ascii=False), made) <= policy.ALLOWED[name]
    assert ("quotations.md" in data) is (name != "none")


def test_a_place_is_where_the_registry_has_it() -> None:
    known = tiny()
    place = replace(known.registry["brenn-province"], at=(12.5, -3.25), ids={"wikidata": "Q42", "geonames": "x/../y"})
    data = told(replace(known, registry={**known.registry, place.id: place}))["places/brenn-province.md"]
    assert data["geo"] == {"@type": "GeoCoordinates", "latitude": 12.5, "longitude": -3.25}
    assert data["sameAs"] == ["https://www.wikidata.org/entity/Q42"]


def test_without_an_address_links_are_relative_to_the_page() -> None:
    bare = replace(tiny(), settings=replace(tiny().settings, site_url=None))
    data = told(bare)
    assert data["people/ines-varga.md"]["url"] == "ines-varga.html"
    assert (
        data["sources/2031-05-20-auditors-doubt-pace-village-clinics-report.md"]["isPartOf"]["url"] == "../index.html"
    )
    assert data["watch.md"]["itemListElement"][0]["url"].startswith("sources/")
