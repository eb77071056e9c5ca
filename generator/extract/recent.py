"""Who was spoken of last, as a reader keeps it in mind: what pronouns and descriptions point back to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice, pairwise
from typing import Literal

from generator.extract.names import Cast, Name
from generator.extract.words import Word
from generator.model import Entity

Gender = Literal["female", "male"]

REACH = 60
"""Entities of a family, the last ones named, that a description may mean: a text of nothing but names costs no more."""


def _heads(name: str) -> tuple[str, ...]:
    """The last word of a name, and the last before its "of": both of `Coastline Union of Dockers`."""
    words = name.casefold().split()
    of = next((at for at, word in enumerate(words) if at and word in ("of", "for")), None)
    return (words[-1], words[of - 1]) if of else (words[-1],)


def _is_firm(entity: Entity | None, no_firms: frozenset[str]) -> bool:
    """Whether a body may be called a company: no ministry, union or party."""
    return entity is not None and no_firms.isdisjoint((*_heads(entity.name), entity.kind))


def _strangers(line: Sequence[Word], names: Sequence[Name]) -> bool:
    """Whether two capitalised words side by side are no part of any name or title."""
    for one, other in pairwise(line[1:]):
        if one.capital and other.capital and one.text[1:].islower() and other.text[1:].islower():
            place = one.start
            if not any(n.start <= place < n.end or (n.title and n.title.start <= place < n.title.end) for n in names):
                return True
    return False


class Recent:
    """Memory of one text, fed sentence by sentence."""

    def __init__(self) -> None:
        self._persons: list[str] = []
        """Persons of the last sentence that named any, in order of mention."""
        self._since: list[tuple[Sequence[Word], Sequence[Name]]] = []
        """That sentence and those after it, with their names."""
        self._last: dict[str, dict[str, None]] = {}
        """Ids by family, most recent last."""
        self._titles: dict[str, str] = {}
        """Title head → the person who holds it."""
        self._genders: dict[str, Gender] = {}
        """Of persons, where a title or given name tells."""
        self._country: str | None = None
        self._bodies: list[str] = []
        """Organisations of the last sentence, in order of mention."""
        self._subject: Name | None = None

    def person(self, gender: Gender, here: Sequence[str] = ()) -> str | None:
        """Whom `he` or `she` means: the first person `here`, or of the last sentence that named one, whom it fits.

        Nobody where it fits none, or where a name stands in the sentences since of which nothing tells whether it
        is a person.
        """
        if not here and self._persons and any(_strangers(line, names) for line, names in self._since):
            self._persons, self._since = [], []
        known = [id_ for id_ in here or self._persons if self._genders.get(id_, gender) == gender]
        return next((id_ for id_ in known if id_ in self._genders), known[0] if known else None)

    def titled(self, head: str) -> str | None:
        """Whom `the minister` means: the last person who was given that title."""
        return self._titles.get(head)

    def _recent(self, family: str) -> Iterable[str]:
        """Ids of a family, the most recent first."""
        return islice(reversed(self._last.get(family, {})), REACH)

    def headed(self, family: str, head: str, cast: Cast) -> str | None:
        """Which `the ministry`, `the plan`, `the county` means: the last one whose name or kind ends so."""
        for id_ in self._recent(family):
            entity = cast.entities.get(id_)
            if entity and (entity.kind == head or head in _heads(entity.name)):
                return id_
        return None

    def last(self, family: str) -> str | None:
        """The last one named of a family."""
        return next(iter(self._recent(family)), None)

    def country(self) -> str | None:
        """Which `the country` means: the last one that was not a mere attribute."""
        return self._country

    def subject(self) -> Name | None:
        """Which body or place `it` means: the one that the last sentence began with."""
        return self._subject

    def only_body(self) -> str | None:
        """Whose `its director` is: the one body of the last sentence."""
        if len(self._bodies) == 1:
            return self._bodies[0]
        return self._subject.id if self._subject and self._subject.kind == "organisation" else None

    def firm(self, cast: Cast, no_firms: frozenset[str]) -> str | None:
        """Which `the company` means: the only firm so far, else the last one of the last sentence."""
        firms = [i for i in self._recent("organisation") if _is_firm(cast.entities.get(i), no_firms)]
        near = [i for i in firms if i in self._bodies]
        return firms[0] if len(firms) == 1 else near[0] if near else None

    def hear(self, name: Name, cast: Cast) -> None:
        """Remember a mention."""
        ids = self._last.setdefault(name.kind, {})
        ids.pop(name.id, None)
        ids[name.id] = None
        entity = cast.entities.get(name.id)
        if entity and entity.kind == "country" and not name.possessive and name.via == "name":
            self._country = name.id

    def entitle(self, id_: str, head: str) -> None:
        """Remember a person's title."""
        self._titles[head] = id_

    def gender(self, id_: str, gender: Gender) -> None:
        """Remember what a person's title or given name tells; the first telling stands."""
        self._genders.setdefault(id_, gender)

    def close(self, line: Sequence[Word], names: Sequence[Name], heard: Sequence[Name], subject: Name | None) -> None:
        """A sentence about `subject` has ended: of its `names` and what points to some, pronouns mean those heard."""
        self._subject = subject
        self._bodies = list(dict.fromkeys(n.id for n in heard if n.kind == "organisation"))
        persons = list(dict.fromkeys(n.id for n in heard if n.kind == "person"))
        if persons:
            self._persons, self._since = persons, []
        elif self._persons:
            self._since.append((line, names))
