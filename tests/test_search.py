"""What can be searched for: every fact by its published words, and every name, topic and source."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tiny import empty, tiny, with_policy

from generator.addresses import anchor, source_path
from generator.aggregate.subjects import GROUPS, grouped, subjects
from generator.excerpt import WORD
from generator.finding.record import FACETS, Record
from generator.link import Briefing
from generator.pages import pages
from generator.search import records


def by_anchor(briefing: Briefing) -> dict[str, Record]:
    return {record.anchor: record for record in records(briefing) if record.anchor}


def test_every_current_fact_is_found_at_its_words_and_nothing_twice() -> None:
    found = records(tiny())
    places = [(record.path, record.anchor) for record in found]
    assert len(set(places)) == len(places)
    facts = {(source_path(s.source.id), anchor(s.fact.id)) for s in tiny().current}
    assert {place for place in places if place[1]} == facts


def test_every_page_of_a_name_a_topic_or_a_source_is_found() -> None:
    kinds = {page.path for page in pages(tiny()) if page.kind in ("profile", "source")}
    assert {record.path for record in records(tiny()) if not record.anchor} == kinds


def test_a_record_says_what_its_fact_says() -> None:
    record = by_anchor(tiny())["event-aaaaaaaaa3"]
    assert record.content == "Varga opened three village clinics in Brenn Province."
    assert record.meta["kind"] == "Event"
    assert record.meta["date"] == "30 April 2031"
    assert record.meta["cite"] == "HNS via Tessaly Wire, 2 May 2031"
    assert "Ines Varga" in record.meta["names"]  # her whole name is not in the sentence
    assert record.facets == {
        "kind": ("Event",),
        "topic": ("Lantern Clinics programme",),
        "person": ("Ines Varga",),
        "organisation": ("Halvora News Service",),
        "place": ("Brenn Province",),
        "year": ("2031",),
    }
    assert record.day == "2031-04-30"


def test_what_is_not_certain_says_so() -> None:
    assert by_anchor(tiny())["event-aaaaaaaab5"].meta["kind"] == "Event, planned"


def test_a_retracted_fact_is_not_found() -> None:
    first = tiny().current[0]
    gone = replace(first, fact=replace(first.fact, review="retracted"))
    briefing = replace(tiny(), statements=tuple(gone if s == first else s for s in tiny().statements))
    assert anchor(first.fact.id) in by_anchor(tiny())
    assert anchor(first.fact.id) not in by_anchor(briefing)


@pytest.mark.parametrize("policy", ["excerpts", "none"])
def test_no_more_of_an_article_is_found_than_is_published(policy: str) -> None:
    briefing = with_policy(policy)
    most = {"excerpts": 25, "none": 8}[policy]
    spoken = " ".join(getattr(s.fact, "words", "") for s in briefing.current)
    for record in records(briefing):
        for text in (record.content, *record.meta.values()):
            words = WORD.findall(text)
            for seed in briefing.seeds.values():
                article = " ".join(WORD.findall(seed.text))
                for start in range(len(words) - most):
                    run = " ".join(words[start : start + most + 1])
                    assert run not in article or (policy == "excerpts" and run in " ".join(WORD.findall(spoken))), text


def test_nothing_is_found_where_there_is_nothing() -> None:
    assert records(empty()) == ()


def test_facets_are_those_that_are_named() -> None:
    assert {name for record in records(tiny()) for name in record.facets} <= set(FACETS)


def test_a_subject_stands_once_by_its_page_and_groups_are_counted() -> None:
    found = subjects(tiny())
    assert set(found) == {s.fact.id for s in tiny().current}
    for about in found.values():
        assert len({subject.path for subject in about}) == len(about)
    groups = grouped(found.values())
    assert list(groups) == [name for name in GROUPS if name in groups]
    for pairs in groups.values():
        assert [n for _, n in pairs] == sorted((n for _, n in pairs), reverse=True)
        for subject, n in pairs:
            assert n == sum(subject in about for about in found.values())
