"""Who speaks for whom: persons and the bodies whose posts they hold, and one entity under two ids.

A person stands for a body by a role (`spokesman of the Interior Ministry`), or by a title that is named like one (`Energy Minister`
for the Energy Ministry), if the post is one of those that speak for a body (lexicon `posts`). Entities that share a name, and those that
are probably one (`generator.identity`), have one voice until a person says that they are not the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.identity import proposals
from generator.link import Briefing
from generator.model import Entity, Role
from generator.once import once
from generator.registry import family

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
SMALL = frozenset({"of", "the", "and", "for", "its", "their", "state", "former"})


def name(entity: Entity) -> str:
    """What an entity is told apart by."""
    return entity.id or entity.name


@dataclass(frozen=True)
class Voices:
    """Whose word is whose."""

    same: Mapping[str, str]
    """By name of an entity, the one of those that are one with it that stands for all; itself where it is missing."""
    bodies: Mapping[str, frozenset[str]]
    """By name of a person, the bodies that it speaks for."""

    def of(self, entity: Entity) -> frozenset[str]:
        """The names under which an entity speaks."""
        one = self.same.get(name(entity), name(entity))
        return frozenset([one, *self.bodies.get(one, ())])


@once
def voices(briefing: Briefing) -> Voices:
    """Who speaks for whom in a briefing."""
    same: dict[str, str] = {}
    for one, other in _one(briefing):
        kept, gone = sorted((same.get(one, one), same.get(other, other)))
        same |= dict.fromkeys((*(i for i, top in same.items() if top == gone), one, other), kept)
    bodies: dict[str, set[str]] = {}
    for person, body in _posts(briefing):
        bodies.setdefault(same.get(person, person), set()).add(same.get(body, body))
    return Voices(same, {person: frozenset(held) for person, held in bodies.items()})


def as_one(entities: Iterable[Entity], briefing: Briefing) -> frozenset[str]:
    """The names under which some entities speak."""
    return frozenset().union(*map(voices(briefing).of, entities))


def _one(briefing: Briefing) -> Iterator[tuple[str, str]]:
    """Pairs of entities that are taken for one."""
    called: dict[str, str] = {}
    for entity in briefing.registry.values():
        for word in () if entity.merged_into else entity.names():
            other = called.setdefault(word.casefold(), entity.id)
            if other not in entity.not_ and entity.id not in briefing.registry[other].not_:
                yield other, entity.id
    yield from ((proposal.gone.id, proposal.into.id) for proposal in proposals(briefing))


def _posts(briefing: Briefing) -> Iterator[tuple[str, str]]:
    """A person, and a body that it speaks for."""
    by_words: dict[frozenset[str], list[str]] = {}
    for body in briefing.registry.values():
        if not body.merged_into and family(body.kind, briefing.lexicons) == "organisation":
            for word in body.names():
                by_words.setdefault(_words(word), []).append(body.id)
    titles: dict[str, Sequence[str] | None] = {}
    """The bodies that a title is named like; None of one that speaks for none."""
    for s in briefing.by_kind.get("role", ()):
        if isinstance(s.fact, Role):
            title = s.fact.title
            if title not in titles:
                post = _post(title, briefing)
                titles[title] = by_words.get(_body(title, post, briefing), ()) if post else None
            if (bodies := titles[title]) is not None:
                named = [s.org.id] if s.org else bodies
                yield from ((name(person), body) for person in s.who for body in named)


def _post(title: str, briefing: Briefing) -> str | None:
    """The post that a title ends with or begins with, `minister of health`, if it speaks for a body."""
    words = title.casefold().split()
    for post in briefing.lexicons["posts"]["speaking"]:
        due = post.split()
        if words[-len(due) :] == due or words[: len(due) + 1] == [*due, "of"]:
            return str(post)
    return None


def _body(title: str, post: str, briefing: Briefing) -> frozenset[str]:
    """The words of the body that a title is named like; none where the title names only the post."""
    heads = briefing.lexicons["posts"]["heads"]
    return (
        (_words(title) - _words(post)) | {heads[post]}
        if post in heads and _words(title) != _words(post)
        else frozenset()
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in WORD.findall(text)) - SMALL
