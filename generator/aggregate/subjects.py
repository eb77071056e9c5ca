"""What facts are about, as search and the timeline offer it to choose from: topics, people, organisations, places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.addresses import entity_path, topic_path
from generator.aggregate import topics
from generator.link import Briefing
from generator.model import Entity
from generator.once import once
from generator.phrases import sentence_case
from generator.registry import family
from generator.statement import Statement

GROUPS = ("topic", "person", "organisation", "place")
TOPICAL = ("programme", "meeting", None)
"""Families whose members are topics by themselves, those of no family among them."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic or a name, with its page below `site_src/`."""

    group: str
    """One of `GROUPS`."""
    id: str
    title: str
    path: str


def group(entity: Entity, briefing: Briefing) -> str:
    """The group that an entity belongs to."""
    found = family(entity.kind, briefing.lexicons)
    return "topic" if found in TOPICAL or found is None else found


def subjects(briefing: Briefing) -> Mapping[str, tuple[Subject, ...]]:
    """The subjects of every current fact by its id."""
    return {s.fact.id: of(s, briefing) for s in briefing.current}


def of(statement: Statement, briefing: Briefing) -> tuple[Subject, ...]:
    """The subjects of a current fact, each page once; curated topics first."""
    holding = topics.backlinks(briefing).get(statement.fact.id, ())
    found = {s.path: s for s in (Subject("topic", t.id, t.title, topic_path(t.id)) for t in holding)}
    for entity in statement.entities:
        subject = _known(briefing)[entity.id]
        found.setdefault(subject.path, subject)
    return tuple(found.values())


@once
def _known(briefing: Briefing) -> Mapping[str, Subject]:
    return {entity.id: _subject(entity, briefing) for entity in briefing.named}


def _subject(entity: Entity, briefing: Briefing) -> Subject:
    title = sentence_case(entity.name)
    return Subject(group(entity, briefing), entity.id, title, entity_path(entity, briefing.lexicons))


def grouped(found: Iterable[Sequence[Subject]]) -> dict[str, list[tuple[Subject, int]]]:
    """The subjects of some facts by group, in order of `GROUPS`, with how many of the facts each has; most first."""
    counts: dict[Subject, int] = {}
    for subject in (s for of_fact in found for s in of_fact):
        counts[subject] = counts.get(subject, 0) + 1
    order = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].title, pair[0].path))
    groups = {name: [pair for pair in order if pair[0].group == name] for name in GROUPS}
    return {name: pairs for name, pairs in groups.items() if pairs}
