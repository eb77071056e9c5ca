"""What a fact says as plain text, and how it is cited."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tiny import tiny, with_policy

from generator import phrases, telling
from generator.addresses import address
from generator.link import Briefing
from generator.model import Quotation
from generator.settings import Settings
from generator.statement import Statement


def fact(id_: str, briefing: Briefing | None = None) -> Statement:
    return next(s for s in (briefing or tiny()).statements if s.fact.id == id_)


def test_a_citation_of_a_fact_names_who_said_it_through_whom_and_where_it_stands() -> None:
    assert telling.formatted_citation(fact("event-aaaaaaaaa3"), tiny()) == (
        "Halvora News Service, in: “Health Minister Ines Varga opened three village clinics in Brenn …”, "
        "Tessaly Wire, 2 May 2031. In: Lantern Clinics Briefing, as of 20 May 2031. "
        "https://lantern.example/briefing/sources/2031-05-02-health-minister-ines-varga-opened-three.html#event-aaaaaaaaa3"
    )


def test_without_an_address_a_citation_names_the_fact() -> None:
    bare = replace(tiny(), settings=replace(tiny().settings, site_url=None))
    assert telling.formatted_citation(fact("event-aaaaaaaaa3"), bare).endswith(
        "as of 20 May 2031. Fact event-aaaaaaaaa3."
    )


def test_a_citation_repeats_no_words_that_are_not_published() -> None:
    cited = telling.formatted_citation(fact("event-aaaaaaaaa3"), with_policy("none"))
    assert cited.startswith("Halvora News Service, in: Tessaly Wire, 2 May 2031. In: Lantern")


@pytest.mark.parametrize(
    ("path", "site_url", "directories", "expected"),
    [
        ("sources/x.md", None, False, "sources/x.html#f"),
        ("sources/x.md", "https://a.example/b/", False, "https://a.example/b/sources/x.html#f"),
        ("sources/x.md", "https://a.example/b", True, "https://a.example/b/sources/x/#f"),
        ("index.md", "https://a.example/", True, "https://a.example/#f"),
        ("index.md", None, True, "./#f"),
        ("people/index.md", None, True, "people/#f"),
        ("data/facts.csv", "https://a.example/", True, "https://a.example/data/facts.csv#f"),
        ("sources/x.md", "javascript:alert(1)", False, "sources/x.html#f"),
    ],
)
def test_addresses(path: str, site_url: str | None, directories: bool, expected: str) -> None:
    assert address(path, Settings(site_url=site_url, directory_urls=directories), "f") == expected


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "no bytes"), (1, "1 byte"), (999, "999 bytes"), (1_000, "1 KB"), (999_499, "999 KB"), (999_500, "1.0 MB")],
)
def test_sizes(count: int, said: str) -> None:
    assert phrases.size(count) == said


def test_under_none_direct_speech_is_no_exception() -> None:
    statement = fact("event-aaaaaaaaa3")
    spoken = next(s for s in tiny().statements if s.fact.id == "quotation-aaaaaaaab4").fact
    words = f"She said: “{spoken.words}”" if isinstance(spoken, Quotation) else ""
    assert len(words.split()) > 30
    assert telling.published(words, statement, tiny()) == words
    assert telling.published(words, statement, with_policy("none")) == ""


@pytest.mark.parametrize(
    ("id_", "begins"),
    [
        ("event-aaaaaaaaa3", "Varga opened"),
        ("event-baaaaaaaa3", "Denied: The ministry"),
        ("event-aaaaaaaab6", "Expected (“expect”): Analysts"),
        ("event-aaaaaaaac2", "Called for: The teachers"),
    ],
)
def test_what_has_not_happened_says_so_where_nothing_stands_beside_it(id_: str, begins: str) -> None:
    assert telling.qualified(fact(id_), tiny()).startswith(begins)
