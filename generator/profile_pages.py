"""The pages of topics, of names, and of names that were merged into others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from generator import edtf
from generator.addresses import entity_path, topic_path
from generator.aggregate import history, pace, places, profiles, topics
from generator.aggregate.contradictions import by_fact
from generator.aggregate.events import as_of_day
from generator.aggregate.ledger import Forecaster, forecasters
from generator.aggregate.own_day import came_out, spoken_of
from generator.aggregate.shown import has_page, shown
from generator.aggregate.trust import trust
from generator.link import Briefing
from generator.model import Entity, Source, Topic
from generator.once import once
from generator.page import Content, Page
from generator.phrases import sentence_case
from generator.registry import family
from generator.statement import Statement, follow
from generator.store import digest, packed

SECTION = 40
"""Facts in one section of the page of a name or topic; the others stand on the indexes and with their sources."""


def topic_pages(briefing: Briefing) -> Iterator[Page]:
    """The page of each curated topic."""
    for topic in briefing.topics:
        yield _topic(topic, briefing)


def _topic(topic: Topic, briefing: Briefing) -> Page:
    members = topics.members(topic, briefing)

    def make() -> Content:
        context = _about(briefing, members) | {"topic": topic}
        return Content(topic.title, f"What the sources say about {topic.title}.", context, _day(members, (), briefing))

    needs = digest(packed(topic), shown(briefing).wholly(members))
    return Page(topic_path(topic.id), "profile.md.j2", needs, make)


def name_pages(briefing: Briefing) -> Iterator[Page]:
    """The page of each name that has one and is no curated topic's, and of each that stands under another now."""
    taken = {topic_path(topic.id) for topic in briefing.topics}
    inside = profiles.within(briefing)
    for entity in briefing.named:
        if entity_path(entity, briefing.lexicons) not in taken:
            yield _name(entity, inside.get(entity.id, ()), briefing)
    yield from _moved(briefing, taken)


def _name(entity: Entity, parts: Sequence[Entity], briefing: Briefing) -> Page:
    statements, published = briefing.about(entity), briefing.by_publisher.get(entity.id, ())
    is_place = family(entity.kind, briefing.lexicons) == "place"

    def make() -> Content:
        day = _day(statements, published, briefing)
        held = (topic for s in statements for topic in topics.backlinks(briefing).get(s.fact.id, ()))
        context = _about(briefing, statements, entity, day) | {
            "entity": entity,
            "parts": parts,
            "published": published[::-1],
            "held": list({topic.id: topic for topic in held}.values()),
            "spots": places.around(entity, briefing) if is_place else (),
        }
        text = f"What the sources say about {entity.name}."
        return Content(sentence_case(entity.name), text, context, day)

    of = shown(briefing)
    brought = [of.sources[s.id] + packed(len(briefing.by_source.get(s.id, ()))) for s in published[-SECTION:]]
    needs = digest(
        of.name(entity),
        packed((parts, len(published))),
        *brought,
        of.wholly(statements),
        packed(places.around(entity, briefing)) if is_place and briefing.outline else b"",
    )
    return Page(entity_path(entity, briefing.lexicons), "profile.md.j2", needs, make)


def _day(statements: Sequence[Statement], published: Sequence[Source], briefing: Briefing) -> str:
    days = [shown(briefing).day(s) for s in statements]
    return spoken_of([*days, *(came_out(s, as_of_day(briefing)) for s in published[-1:])], briefing)


def _moved(briefing: Briefing, taken: Collection[str]) -> Iterator[Page]:
    """A page for each name that was merged into another, so that links from elsewhere still lead somewhere."""
    for entity in briefing.registry.values():
        heir = follow(entity.id, briefing.registry) if entity.merged_into else None
        path = entity_path(entity, briefing.lexicons)
        if heir and has_page(heir, briefing) and path not in taken:

            def make(entity: Entity = entity, heir: Entity = heir) -> Content:
                text = f"{entity.name} stands under {heir.name}."
                led = entity_path(heir, briefing.lexicons)
                return Content(sentence_case(entity.name), text, {"heir": heir}, moved=led)

            yield Page(path, "moved.md.j2", packed((entity, heir)), make)


@once
def _numbers(briefing: Briefing) -> Mapping[str, Sequence[tuple[int, pace.Reckoned | history.History]]]:
    """Targets with what is reported against them, and histories, each with its rank, by the facts that they rest on."""
    found: dict[str, list[tuple[int, pace.Reckoned | history.History]]] = {}
    every: list[pace.Reckoned | history.History] = [*pace.reckoned(briefing), *history.histories(briefing)]
    for rank, one in enumerate(every):
        for id_ in one.facts:
            found.setdefault(id_, []).append((rank, one))
    return found


@once
def _forecasters(briefing: Briefing) -> Mapping[str, Forecaster]:
    return {one.entity.id: one for one in forecasters(briefing)}


def _about(
    briefing: Briefing, statements: Sequence[Statement], entity: Entity | None = None, day: str = ""
) -> dict[str, Any]:
    """What the template of topics and names is given, all but what it is about.

    Figures that a bar or a history of the page shows are not listed once more.
    """
    read = edtf.parse(day)
    told = profiles.profile(statements, briefing, entity, read.latest if read else None)
    empty = {"topic": None, "entity": None, "parts": (), "published": (), "held": (), "spots": ()}
    own, numbers = {s.fact.id for s in told.figures}, _numbers(briefing)
    near = dict(sorted({rank: one for id_ in own for rank, one in numbers.get(id_, ())}.items())).values()
    pairs = [
        one
        for one in near
        if isinstance(one, pace.Reckoned) and {one.pair.reported.fact.id, one.pair.target.stated.fact.id} & own
    ]
    past = [one for one in near if isinstance(one, history.History)]
    seen = frozenset().union(*(one.facts for one in pairs), *(one.facts for one in past))
    known = by_fact(briefing)
    context = {
        "forecasts": _forecasters(briefing).get(entity.id) if entity else None,
        "profile": told,
        "trust": trust(told.all, briefing),
        "limit": SECTION,
        "differ": tuple({c.id: c for s in told.all for c in known.get(s.fact.id, ())}.values()),
        "progress": pairs,
        "histories": past,
        "figures": [s for s in told.figures if s.fact.id not in seen],
    }
    return empty | context
