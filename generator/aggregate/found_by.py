"""By what a statement is found that may state the same fact, and what of the rest of a briefing decides how it compares."""

from __future__ import annotations

from collections.abc import Iterator
from sys import intern

from generator.aggregate.amounts import number
from generator.aggregate.called import forms, looked_up, words_of
from generator.aggregate.compared import Compared
from generator.aggregate.sharing import Keys
from generator.aggregate.voices import name
from generator.model import KINDS, Figure


def found_by(c: Compared) -> Keys:
    """The keys of a statement."""
    words = (word_of(c.statement.fact.kind, word) for word in sorted(c.words))
    # Most have a key that others have, too: one text for all of them.
    return Keys(*(tuple(map(intern, keys)) for keys in (words, dict.fromkeys(_other(c)), dict.fromkeys(_needs(c)))))


def word_of(kind: str, word: str) -> str:
    """The key of a word in facts of one kind."""
    return f"{kind} {word}"


def by_word(word: str) -> Iterator[str]:
    """The keys of a word in facts of any kind."""
    return (word_of(kind, word) for kind in KINDS)


def same_as(fact: str) -> str:
    """What a statement has that a person says is the same as another."""
    return f"same {fact}"


def through(voice: str) -> str:
    """What a statement has that somebody vouches for, or brought out."""
    return f"through {voice}"


def _other(c: Compared) -> Iterator[str]:
    fact = c.statement.fact
    if isinstance(fact, Figure):
        yield f"= {number(fact.value)}"
    elif fact.kind == "role":
        yield from (f"who {entity.id}" for entity in c.statement.who)


def _needs(c: Compared) -> Iterator[str]:
    yield from (f"of {word}" for word in sorted(c.capitals))
    yield from (f"at {place}" for place in c.placing)
    yield from (f"in {id_}" for place in c.places for id_ in looked_up(place, c.briefing.registry))
    if c.statement.fact.kind == "role":
        known = words_of(c.briefing.lexicons)
        yield from (f"last {form[-1]}" for person in c.statement.who for form in forms(person, known))
    yield from map(same_as, c.statement.fact.same_as)
    yield from (through(name(entity)) for entity in c.statement.chain)
