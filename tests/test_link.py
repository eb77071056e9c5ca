"""From files to a briefing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tiny import empty, tiny

from generator import link
from generator.facts import FactFile, parse_fact_file
from generator.lexicon import packaged_lexicons
from generator.model import Entity, Seed, Selector, Span, Topic
from generator.settings import Settings

FILE = """\
schema: 1
source:
  id: a
  date: 2031-05-02
  publisher: wire
  seed: a.txt
  sha256: x
facts:
- id: event-a
  kind: event
  what: visit
  text: Ana came.
  who: [ana, anna-v, nobody]
  about: [roads, works]
  status: happened
  according-to: [board, wire]
  quote: came
  nth: 2
- id: event-b
  kind: event
  what: visit
  text: Ana went.
  who: [ring-a]
  status: happened
  quote: not there
  review: retracted
"""
NAMES = (
    Entity(id="ana", name="Ana Vell", kind="person"),
    Entity(id="anna-v", name="Anna V.", kind="person", merged_into="a-vell"),
    Entity(id="a-vell", name="A. Vell", kind="person", merged_into="ana"),
    Entity(id="ring-a", name="A", kind="person", merged_into="ring-b"),
    Entity(id="ring-b", name="B", kind="person", merged_into="ring-a"),
    Entity(id="board", name="Board", kind="organisation"),
    Entity(id="wire", name="Wire", kind="news-agency"),
    Entity(id="works", name="Works", kind="programme"),
)
SEED = Seed(path="a.txt", date="2031-05-02", text="Ana came, and came.", sha256="x", publisher="Wire")


def linked(text: str = FILE, seeds: tuple[Seed, ...] = (SEED,)) -> tuple[link.Briefing, list[str]]:
    file, problems = parse_fact_file("site_src/facts/a.yml", text)
    assert isinstance(file, FactFile)
    assert not problems
    topics = [Topic(id="roads", title="Roads", facts=Selector())]
    briefing, found = link.link(Settings(), {"a": file}, seeds, {e.id: e for e in NAMES}, topics, packaged_lexicons())
    return briefing, [str(p) for p in found]


def test_names_are_resolved_and_stubs_followed() -> None:
    briefing, _ = linked()
    first = briefing.statements[0]
    assert [e.id for e in first.who] == ["ana"]
    assert [e.id for e in first.about] == ["works"]
    assert first.topics == ("roads",)
    assert first.place.line == 9


def test_what_does_not_resolve_is_a_problem_with_its_place_and_the_fact_stays() -> None:
    briefing, problems = linked()
    assert len(briefing.statements) == 2
    assert problems == [
        "site_src/facts/a.yml:13:8: error: who: no entity has the id 'nobody'; name one of site_src/entities/, or add it there",
        "site_src/facts/a.yml:23:8: error: who: 'ring-a' leads through merged-into to no entity; name one of site_src/entities/, or add it there",
    ]


def test_near_ids_are_suggested() -> None:
    assert "did you mean 'works'?" in linked(FILE.replace("works]", "work]"))[1][1]


def test_the_chain_ends_at_the_publisher_who_stands_in_it_once() -> None:
    briefing, _ = linked()
    assert [e.name for e in briefing.statements[0].chain] == ["Board", "Wire"]


def test_a_publisher_that_the_registry_does_not_know_is_a_bare_name() -> None:
    briefing, problems = linked(FILE.replace("publisher: wire", "publisher: the-wire"))
    assert briefing.statements[0].chain[-1] == Entity(id="", name="Wire", kind="organisation", status="confirmed")
    assert any("publisher: no entity has the id 'the-wire'" in p for p in problems)


@pytest.mark.parametrize(
    ("quote", "nth", "span"),
    [
        ("came", None, Span(4, 8)),
        ("came", 2, Span(14, 18)),
        ("came", 3, None),
        ("gone", None, None),
        ("", None, None),
        (" came", None, Span(4, 8)),
        (" came", 2, Span(14, 18)),
        (" ", None, None),
    ],
)
def test_locate(quote: str, nth: int | None, span: Span | None) -> None:
    assert link.locate(quote, nth, SEED.text) == span


def test_quotes_are_found_where_nth_says() -> None:
    briefing, _ = linked()
    assert briefing.statements[0].span == Span(14, 18)
    assert linked(seeds=())[0].statements[0].span is None


def test_retracted_facts_count_nowhere_but_stay_with_their_source() -> None:
    briefing, _ = linked()
    assert [s.fact.id for s in briefing.current] == ["event-a"]
    assert [s.fact.id for s in briefing.by_source["a"]] == ["event-a", "event-b"]
    assert [s.fact.id for s in briefing.by_kind["event"]] == ["event-a"]


def test_indexes_of_the_tiny_briefing() -> None:
    briefing = tiny()
    assert briefing.as_of == "2031-05-20"
    assert list(briefing.sources) == [
        "2031-05-02-health-minister-ines-varga-opened-three",
        "2031-05-20-auditors-doubt-pace-village-clinics-report",
    ]
    assert "i-varga" not in briefing.by_entity
    assert {s.fact.id for s in briefing.by_entity["ines-varga"]} >= {"event-aaaaaaaaa3", "quotation-aaaaaaaab3"}
    assert "tessaly-wire" not in briefing.by_entity
    assert [s.id for s in briefing.by_publisher["tessaly-wire"]] == list(briefing.sources)[:1]
    assert {e.id for e in briefing.named} >= {"tessaly-wire", "ines-varga"}
    for statement in briefing.statements:
        assert statement.span
        assert statement.span.of(briefing.seeds[statement.source.id].text) == statement.fact.quote


def test_the_day_of_a_briefing() -> None:
    assert empty().as_of == link.DATE_WITHOUT_SOURCES
    assert link.newest(["2031-05", "2031-05-20"]) == "2031-05-31"
    assert link.newest(["2030", "not a date"]) == "2030-12-31"
    set_by_hand = replace(tiny().settings, as_of="2031-06-01")
    again, _ = link.link(set_by_hand, tiny().files, [], {}, [], packaged_lexicons())
    assert again.as_of == "2031-06-01"
