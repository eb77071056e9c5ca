"""Briefings of statements that several outlets report, made in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tiny import empty

from generator.link import Briefing
from generator.model import Entity, Event, Mark, Role, Seed, Source
from generator.statement import Names, Statement

PLACE = Mark("site_src/facts/x.yml")


def entity(name: str) -> Entity:
    """A body or a person: what has two words and no `Ministry` among them is a person."""
    person = len(name.split()) == 2 and "Ministry" not in name
    return Entity(id=name.lower().replace(" ", "-"), name=name, kind="person" if person else "organisation")


def source(id_: str, day: str) -> Source:
    """A source whose seed is named like it."""
    return Source(id=id_, date=day, seed=f"{id_}.txt", sha256="")


def statement(
    words: str,
    source: Source,
    voices: Sequence[str] = (),
    outlet: str | None = None,
    role: tuple[str, str | None] | None = None,
) -> Statement:
    """An event that an article tells in these words; with `role`, title and body, the role of the first voice instead."""
    who = tuple(map(entity, voices))
    ids = tuple(e.id for e in who)
    made: Event | Role = Event(
        id=f"event-{source.id}-{words}", quote=words, what="opening", status="happened", according_to=ids
    )
    if role:
        body = entity(role[1]).id if role[1] else None
        made = Role(id=f"role-{source.id}-{words}", quote=words, title=role[0], org=body, who=ids)
    named = [*who, *([entity(role[1])] if role and role[1] else []), *([entity(outlet)] if outlet else [])]
    out = replace(source, publisher=entity(outlet).id) if outlet else source
    return Statement(fact=made, source=out, span=None, place=PLACE, names=Names({e.id: e for e in named}))


def briefing(statements: Sequence[Statement] = (), texts: dict[str, str] | None = None) -> Briefing:
    """A briefing of statements, and of articles by source id, `2031-05-02 words of the article`, if there are."""
    articles = {id_: text.split(" ", 1) for id_, text in (texts or {}).items()}
    sources = {s.source.id: s.source for s in statements} | {
        id_: source(id_, day) for id_, (day, _) in articles.items()
    }
    seeds = {
        id_: Seed(path=f"seeds/{id_}.txt", sha256="", date=day, text=text) for id_, (day, text) in articles.items()
    }
    found = [e for s in statements for e in (*s.voices, *s.who, s.org, s.outlet) if e]
    registry = {e.id: e for e in found}
    return replace(empty(), statements=tuple(statements), sources=sources, seeds=seeds, registry=registry)
