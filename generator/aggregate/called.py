"""What the registry's names lend to comparisons: their words, whose they are, and who else has a last name.

It is kept, and of a registry that has changed only what has; `Moved` says what may be compared otherwise for it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from msgspec.msgpack import decode

from generator.aggregate.kept import Kept
from generator.identity.forms import Words
from generator.lexicon import Lexicons
from generator.link import Briefing
from generator.model import Entity, Registry
from generator.once import once
from generator.registry import family
from generator.store import digest, packed

WORD = re.compile(r"[^\W_]+")


@dataclass
class Called:
    """The names of a registry."""

    words: dict[str, int] = field(default_factory=dict)
    """How many names have each word, in small letters."""
    others: dict[str, int] = field(default_factory=dict)
    """How many people, bodies and programmes have each name."""
    places: dict[str, list[str]] = field(default_factory=dict)
    """The ids of the places that have each name, in the order of the registry."""
    last: dict[str, dict[str, int]] = field(default_factory=dict)
    """By the last word of people's names, how many have each, its words with blanks between them."""

    def people(self, last: str) -> Iterator[tuple[str, ...]]:
        """The names of people that end with a word."""
        return (tuple(form.split(" ")) for form in self.last.get(last, ()))


@dataclass(frozen=True)
class _Lent:
    """What one entity lends."""

    others: tuple[str, ...]
    places: tuple[str, ...]
    last: tuple[tuple[str, str], ...]

    @property
    def names(self) -> tuple[str, ...]:
        return self.others + self.places

    @property
    def words(self) -> Iterator[str]:
        return (word for name in self.names for word in set(WORD.findall(name.casefold())))


@lru_cache(maxsize=4)
def words_of(lexicons: Lexicons) -> Words:
    """What names are taken apart by."""
    return Words(lexicons)


def forms(person: Entity, words: Words) -> list[tuple[str, ...]]:
    """The names of a person, each by its words."""
    return [form for name in person.names() if (form := words.form(name, "person").words)]


@once
def called(briefing: Briefing) -> Called:
    """The names of a briefing's registry."""
    kept = Kept(briefing)
    if kept.state("names of", bytes) == _digest(briefing.registry):
        return kept.state("names", Called) or Called()
    return _moved(briefing, Called(), {})[0]


def moved(briefing: Briefing, kept: Kept) -> frozenset[str]:
    """Bring what is kept up to date; gives what may be compared otherwise now, as `needs` names it."""
    wanted = _digest(briefing.registry)
    if kept.state("names of", bytes) == wanted:
        return frozenset()
    made, needs, entities = _moved(
        briefing, kept.state("names", Called) or Called(), kept.state("registry", dict[str, bytes]) or {}
    )
    kept.keep("names", made)
    kept.keep("registry", entities)
    kept.keep("names of", wanted)
    return needs


def _digest(registry: Registry) -> bytes:
    return digest(packed(list(registry.values())))


def _moved(
    briefing: Briefing, made: Called, before: Mapping[str, bytes]
) -> tuple[Called, frozenset[str], dict[str, bytes]]:
    """The names as they are now, what needs to be compared again, and all entities, packed."""
    after = {id_: packed(entity) for id_, entity in briefing.registry.items()}
    changed = [id_ for id_ in {**before, **after} if before.get(id_) != after.get(id_)]
    old = {id_: _lent(decode(before[id_], type=Entity), briefing.lexicons) for id_ in changed if id_ in before}
    new = {id_: _lent(briefing.registry[id_], briefing.lexicons) for id_ in changed if id_ in after}
    meant = {name: ids[0] for name, ids in made.places.items()}
    said = Counter(word for lent in old.values() for word in lent.words)
    now = Counter(word for lent in new.values() for word in lent.words)
    needs = {f"in {id_}" for id_ in changed}
    needs |= {f"at {name}" for lent in (*old.values(), *new.values()) for name in lent.names}
    for word in {*said, *now}:
        known = word in made.words
        _add(made.words, word, now[word] - said[word])
        if known != (word in made.words):
            needs.add(f"of {word}")
    for sign, lending in ((-1, old), (1, new)):
        for id_, lent in lending.items():
            for name in lent.others:
                _add(made.others, name, sign)
            for name in lent.places:
                ids = made.places.setdefault(name, [])
                ids.append(id_) if sign > 0 else ids.remove(id_)
            for last, form in lent.last:
                _add(made.last.setdefault(last, {}), form, sign)
                needs.add(f"last {last}")
    order = {id_: at for at, id_ in enumerate(briefing.registry)}
    made.places = {name: sorted(ids, key=order.__getitem__) for name, ids in made.places.items() if ids}
    made.last = {last: known for last, known in made.last.items() if known}
    needs |= {f"at {name}" for name, ids in made.places.items() if meant.get(name) != ids[0]}
    return made, frozenset(needs), after


def _add(counts: dict[str, int], name: str, times: int) -> None:
    counts[name] = counts.get(name, 0) + times
    if not counts[name]:
        del counts[name]


def _lent(entity: Entity, lexicons: Lexicons) -> _Lent:
    names = tuple(dict.fromkeys(entity.names()))
    if family(entity.kind, lexicons) == "place":
        return _Lent((), () if entity.merged_into else names, ())
    person = entity.kind == "person" and not entity.merged_into
    people = {(form[-1], " ".join(form)) for form in forms(entity, words_of(lexicons))} if person else set()
    return _Lent(names, (), tuple(sorted(people)))


def looked_up(place: Entity, registry: Registry) -> Iterable[str]:
    """The ids that are followed to tell what a place lies in, its own first."""
    found: dict[str, None] = {}
    name: str | None = place.id
    while name and name not in found:
        found[name] = None
        here = registry.get(name)
        name = (here.merged_into or here.in_) if here else None
    return found
