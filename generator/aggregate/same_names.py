"""Whether names may be of one person, body or place, as far as statements and the registry tell."""

from __future__ import annotations

from collections.abc import Collection

from rapidfuzz.distance import Levenshtein

from generator.aggregate import likeness
from generator.aggregate.called import WORD, called, forms, words_of
from generator.aggregate.vocabulary import Vocabulary
from generator.identity.forms import Words
from generator.lexicon import Lexicons
from generator.link import Briefing
from generator.model import Entity
from generator.registry import family
from generator.statement import follow

SHORT = 3
"""Letters that tell nothing about whether two names are one."""


def same_names(one: Collection[Entity], other: Collection[Entity], lexicons: Lexicons) -> bool | None:
    """Whether two lists of names share one; None where one of them is empty."""
    if not one or not other:
        return None
    return any(may_be_one(a, b, lexicons) for a in one for b in other)


def may_be_one(one: Entity, other: Entity, lexicons: Lexicons) -> bool:
    """Whether two names may be of one entity: the same, one a shorter form of the other, or its initials."""
    if one.id and one.id == other.id:
        return True
    if other.id in one.not_ or one.id in other.not_:
        return False
    families = family(one.kind, lexicons), family(other.kind, lexicons)
    if "person" in families and families[0] != families[1]:
        return False
    return any(_one_name(a, b, families[0] == "person") for a in one.names() for b in other.names())


def _one_name(one: str, other: str, person: bool) -> bool:
    a, b = (
        [w.casefold() for w in WORD.findall(name) if w.casefold() not in ("the", "of", "and")] for name in (one, other)
    )
    if not a or not b:
        return False
    if person:
        return a[-1] == b[-1] or likeness.containment(a, b) == 1
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) == 1 and len(longer) > 1 and shorter[0] == "".join(word[0] for word in longer):
        return True
    return all(any(_begins(word, known) for known in longer) for word in shorter)


def _begins(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) > SHORT and longer.startswith(shorter))


def one_person(one: Entity, other: Entity, briefing: Briefing) -> bool:
    """Whether two names of people who have one post may be one person: last names are spelt alike, and first, if both have one.

    A last name alone is a person's if no other person here has it.
    """
    if one.id == other.id:
        return True
    if other.id in one.not_ or one.id in other.not_ or {one.kind, other.kind} != {"person"}:
        return False
    words, known = words_of(briefing.lexicons), called(briefing)
    for a in forms(one, words):
        for b in forms(other, words):
            if not _spelt_alike(a[-1], b[-1], words):
                continue
            if len(a) > 1 and len(b) > 1 and (_begins(a[0], b[0]) or _spelt_alike(a[0], b[0], words)):
                return True
            if (len(a) == 1) != (len(b) == 1):
                full = a if len(a) > 1 else b
                others = (*known.people(a[-1]), *known.people(b[-1]))
                if all(len(c) == 1 or _begins(c[0], full[0]) or _spelt_alike(c[0], full[0], words) for c in others):
                    return True
    return False


def _spelt_alike(one: str, other: str, words: Words) -> bool:
    """Whether two words sound alike, or differ in a letter, or in two if they are long."""
    least = min(len(one), len(other))
    return words.sound(one) == words.sound(other) or Levenshtein.distance(one, other) <= min(2, max(0, least - SHORT))


def within(place: Entity, briefing: Briefing) -> list[str]:
    """The ids of a place and of all that it lies in."""
    found: list[str] = []
    here: Entity | None = place
    while here and here.id not in found:
        found.append(here.id)
        here = follow(here.in_, briefing.registry) if here.in_ else None
    return found


def places_fit(
    one: Collection[Entity], other: Collection[Entity], known: Vocabulary, briefing: Briefing
) -> bool | None:
    """Whether two lists of places may be of one place; None where one is empty.

    A place fits what it lies in; a wide one, of which nothing says what lies in it, fits any.
    """
    if not one or not other:
        return None
    for a in one:
        for b in other:
            if may_be_one(a, b, briefing.lexicons) or a.id in within(b, briefing) or b.id in within(a, briefing):
                return True
            if (a.kind in known.wide) != (b.kind in known.wide):
                return True
    return False
