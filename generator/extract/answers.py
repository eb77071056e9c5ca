"""What a registry answers to whoever reads texts with it, piece by piece, so that two of them can be compared.

A reading asks for names whose words stand in its text, for the ids that those and its own candidates have, and for its publisher. What
it is told is all that it knows of the registry, so a reading holds for every registry that answers those questions alike.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeVar

from msgspec import Struct

from generator.extract.gazetteer import Gazetteer
from generator.extract.words import words
from generator.lexicon import Lexicons
from generator.model import Registry, Span
from generator.statement import follow
from generator.store import digest, packed

T = TypeVar("T")
Whose = tuple[tuple[str, str, str, bool, bool], ...]
"""The names of the same letters, and of each the id and the family it stands for, whether by its people, and whether it is registered."""
What = tuple[str | None, str | None, bool, str | None, bool]
"""Of an id the name and the kind, whether it is registered, what it was merged into, and whether it is withheld."""


class Answers(Struct, frozen=True, array_like=True):
    """All that can be asked."""

    names: dict[str, Whose]
    """By `gazetteer.letters`."""
    ids: dict[str, What]
    publishers: dict[str, str]
    """By name in small letters."""


class Asked(Struct, frozen=True):
    """The questions that a reading has."""

    publisher: str | None
    ids: tuple[str, ...]
    sentences: list[list[str]]
    """Words in lower case."""


class Known:
    """A registry, and what it answers."""

    def __init__(self, registry: Registry, lexicons: Lexicons, withheld: Collection[str]) -> None:
        self.registry = registry
        self.gazetteer = Gazetteer(registry, lexicons)
        self.answers = _answers(self.gazetteer, registry, withheld)

    def told(self, asked: Asked) -> bytes:
        """A hash of what the registry tells a reading."""
        told = self.answers
        names = [(key, told.names[key]) for key in self.gazetteer.met(asked.sentences)]
        ids = [(id_, told.ids.get(id_)) for id_ in asked.ids]
        publisher = told.publishers.get(asked.publisher.casefold()) if asked.publisher else None
        return digest(packed((names, ids, publisher)))


def merged(registry: Registry) -> dict[str, str]:
    """By the ids of stubs, what they were merged into."""
    return {id_: end.id for id_, e in registry.items() if e.merged_into and (end := follow(id_, registry))}


def publishers(registry: Registry) -> dict[str, str]:
    """Whom a name means as that of a publisher, in small letters: of two who claim it, the first."""
    found: dict[str, str] = {}
    for entity in registry.values():
        for name in entity.names():
            found.setdefault(name.casefold(), entity.id)
    return found


def _answers(gazetteer: Gazetteer, registry: Registry, withheld: Collection[str]) -> Answers:
    entities, ends = gazetteer.entities, merged(registry)
    gone = {id_ for id_ in withheld if id_ not in registry}
    ids: dict[str, What] = {}
    for id_ in dict.fromkeys((*registry, *entities, *sorted(gone))):
        entity = entities.get(id_)
        name, kind = (entity.name, entity.kind) if entity else (None, None)
        ids[id_] = (name, kind, id_ in registry, ends.get(id_), id_ in gone)
    names: dict[str, Whose] = {
        key: tuple((name, k.id, k.family, k.demonym, k.listed) for name, k in cell.items())
        for key, cell in gazetteer.cells.items()
    }
    return Answers(names, ids, {name: ends.get(id_, id_) for name, id_ in publishers(registry).items()})


class Turned(Struct, frozen=True):
    """Questions that two registries answer otherwise."""

    names: list[tuple[str, ...]]
    """The words of names, in lower case."""
    ids: list[str]
    publishers: list[str]


def turned(before: Answers, after: Answers) -> Turned:
    """Which questions are answered otherwise."""
    keys = _differing(before.names, after.names)
    written = {name for key in keys for told in (before, after) for name, *_ in told.names.get(key, ())}
    spelt = {tuple(word.lower for word in words(name, Span(0, len(name)))) for name in written}
    return Turned(
        sorted(spelt),
        sorted(_differing(before.ids, after.ids)),
        sorted(_differing(before.publishers, after.publishers)),
    )


def _differing(before: Mapping[str, T], after: Mapping[str, T]) -> list[str]:
    return [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
