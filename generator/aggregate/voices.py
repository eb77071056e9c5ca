"""Who speaks for whom: persons and the bodies whose posts they hold, and one body under two ids.

A person stands for a body by a role (`spokesman of the Interior Ministry`), or by a title that is named like one (`Energy Minister`
for the Energy Ministry), if the post is one of those that speak for a body (lexicon `posts`). Entities that share a name are one here,
as those that an article abbreviates, `Northern Rivers Authority (NRA)`, and another one calls by the short name alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from generator.link import Briefing
from generator.model import Entity, Role
from generator.registry import family

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
SMALL = frozenset({"of", "the", "and", "for", "its", "their", "state", "former"})
BODIES = ("organisation",)


def name(entity: Entity) -> str:
    """What an entity is told apart by."""
    return entity.id or entity.name


@lru_cache(maxsize=4)  # every claim asks, of the present and of each edition
def voices(briefing: Briefing) -> Mapping[str, frozenset[str]]:
    """By the name of each entity that is not alone, all with whom its word is one word, itself too."""
    linked: dict[str, set[str]] = {}
    for one, other in _linked(briefing):
        linked.setdefault(one, {one}).add(other)
    return {one: frozenset(others) for one, others in linked.items()}


def as_one(entities: Iterable[Entity], briefing: Briefing) -> frozenset[str]:
    """The names under which some entities speak."""
    known = voices(briefing)
    return frozenset().union(*(known.get(name(e), {name(e)}) for e in entities))


def _linked(briefing: Briefing) -> Iterator[tuple[str, str]]:
    """An entity, and one that it speaks for."""
    bodies = [
        e for e in briefing.registry.values() if not e.merged_into and family(e.kind, briefing.lexicons) in BODIES
    ]
    called: dict[str, list[str]] = {}
    for entity in briefing.registry.values():
        for word in () if entity.merged_into else entity.names():
            called.setdefault(word.casefold(), []).append(entity.id)
    for ids in called.values():
        yield from ((one, other) for one in ids for other in ids if one != other)
    by_words: dict[frozenset[str], list[str]] = {}
    for body in bodies:
        for word in body.names():
            by_words.setdefault(_words(word), []).append(body.id)
    for s in briefing.by_kind.get("role", ()):
        if isinstance(s.fact, Role) and (post := _post(s.fact.title, briefing)):
            named = [s.org.id] if s.org else by_words.get(_body(s.fact.title, post, briefing), ())
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
