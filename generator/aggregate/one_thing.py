"""Whether two statements are of one thing: this bridge, not that one.

Two are of one thing (`aggregate.thing`) where their names do not clash, their articles tell of something in common, and the words of the shorter
lie in the longer. Each word weighs more the fewer events tell it: log N/n of N events and n with the word, both as powers of four, so that
one event more moves few weights.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from math import log

from msgspec import Struct

from generator.aggregate.surroundings import Surroundings
from generator.aggregate.thing import Thing, Things, name_stems
from generator.link import Briefing
from generator.registry import family
from generator.statement import Statement

STEP = log(4)
LEAST_WEIGHT = 0.2
"""Of a word that every event tells."""


class Weights:
    """How telling each word is, in whole steps."""

    def __init__(self, counts: Mapping[str, int], events: int) -> None:
        """`counts` is how many events tell a word."""
        self.rare = ((events + 1).bit_length() + 1) // 2
        """Steps of a word that no event tells."""
        self._steps = {word: max(0, self.rare - self.depth(count)) for word, count in counts.items()}

    @staticmethod
    def depth(count: int) -> int:
        """By how many steps a word that so many events tell weighs less than a rare one."""
        return (count - 1).bit_length() // 2 if count > 1 else 0

    def of(self, words: Iterable[str]) -> float:
        """The weight of some words together, in nats."""
        known, rare = self._steps, self.rare
        steps = [known.get(word, rare) for word in words]
        return sum(steps) * STEP + steps.count(0) * LEAST_WEIGHT


class Likeness(Struct, frozen=True, array_like=True):
    """How much two statements are of one thing."""

    share: float = 0.0
    """How much of the shorter lies in the longer, by weight, 0 to 1; 0 where something speaks against it."""
    whole: float = 0.0
    """How much of the longer lies in the shorter, in the same way."""
    weight: float = 0.0
    """How telling what they share is."""
    items: int = 0
    """Words and names that they share."""
    bare: bool = False
    """Whether all that they share is names, or words of who vouches for one of them."""
    spoken: bool = False
    """Whether all that they share is words of the name of who vouches for one of them."""


NONE = Likeness()


class OneThing:
    """Judges pairs of statements of one briefing by their things."""

    def __init__(
        self,
        briefing: Briefing,
        things: Things,
        of: Callable[[str], Thing],
        weights: Weights,
    ) -> None:
        """`of` gives the thing of a fact by its id, with names of one entity as one (`one_name`)."""
        self.briefing, self.of, self.weights = briefing, of, weights
        self.around: Surroundings = things.around
        self.by_sort: Mapping[str, frozenset[str]] = things.by_sort
        self._fold = things.fold
        self._said: dict[str, frozenset[str]] = {}
        self._noun_of: dict[str, str] = {}

    def likeness(
        self, one: Statement, other: Statement, besides: frozenset[str] = frozenset(), least: float = 0.0
    ) -> Likeness:
        """How much two statements are of one thing, by words other than those `besides`; nothing where they share no more than `least`."""
        a, b = self.of(one.fact.id), self.of(other.fact.id)
        told = (
            self._own(one) | self._own(other) | (a.voices & b.voices)
        )  # who vouches for each says nothing of what it is of
        told |= self._fold(besides) if besides else frozenset()
        found = self._shared(a, b, a.words - told, b.words - told, least)
        if a.wider != a.words or b.wider != b.words:
            wider = self._shared(a, b, a.wider - told, b.wider - told, least)
            found = wider if found.bare else max(found, wider, key=lambda f: (f.share, f.items))
        if found.share <= least or self._clash(a, b) or self._strangers(one, other) or not self._near(one, other):
            return NONE
        return found

    def _own(self, statement: Statement) -> frozenset[str]:
        """Words that tell the sort of an event."""
        return self.by_sort.get(getattr(statement.fact, "what", ""), frozenset())

    def _shared(self, a: Thing, b: Thing, left: frozenset[str], right: frozenset[str], least: float) -> Likeness:
        shared = left & right
        said = (left & b.voices) | (right & a.voices)  # the union that called a strike, and nurses on strike
        if left and right:
            if not shared and not said:
                return NONE
            lighter, heavier = sorted((self.weights.of(left), self.weights.of(right)))
            weight = self.weights.of(shared | said)
            if weight <= least * lighter:
                return NONE
        names = a.anchors & b.anchors
        names |= {id_ for x, y in ((a, b), (b, a)) for id_ in x.anchors - names if self._says(y, id_)}
        if any(x.object and not x.object & shared and own - shared for x, own in ((a, right), (b, left))):
            return NONE  # the same people do it to something else
        spoken = bool(said) and not shared and not names
        telling = shared - a.names - b.names
        nouns = (shared | said) - a.names - b.names
        items = len(nouns) + len(names) + bool(a.ranks & b.ranks)
        if not left or not right:  # nothing but the sort, and who: `Parliament votes`
            same = float(bool(names) and a.anchors == b.anchors)
            return Likeness(same, same, 0.0, items)
        return Likeness(min(1.0, weight / lighter), min(1.0, weight / heavier), weight, items, not telling, spoken)

    def _says(self, thing: Thing, name: str) -> bool:
        """Whether the words of a statement hold a name that it is not linked to."""
        if name not in self._said:
            entity = self.briefing.registry.get(name)
            self._said[name] = self._fold(name_stems([replace(entity, aka=())])) if entity else frozenset(("",))
        return self._said[name] <= thing.words

    def _near(self, one: Statement, other: Statement) -> bool:
        """Whether the names of each stand in the other, or at least in its article."""
        a, b = self.of(one.fact.id), self.of(other.fact.id)
        if a.elsewhere or b.elsewhere:
            return one.source.id == other.source.id
        if self._shares_names(one, other, a, b):
            return True
        told = ({e.id for e in one.according_to}, other), ({e.id for e in other.according_to}, one)
        if any(self.around.tells(s.source.id, ids) for ids, s in told):
            return True
        return self._named_in(a, other) or self._named_in(b, one)

    def _named_in(self, thing: Thing, statement: Statement) -> bool:
        """Whether the article of a statement has a name that stands in another."""
        return bool(thing.proper) and bool(thing.proper & self.around.runs(statement.source.id))

    def _shares_names(self, one: Statement, other: Statement, a: Thing, b: Thing) -> bool:
        if a.anchors and b.anchors:
            shared = bool(a.anchors & b.anchors) or self._within(a, b)
            return (
                shared or self.around.tells(other.source.id, a.anchors) or self.around.tells(one.source.id, b.anchors)
            )
        if a.anchors:
            return self.around.tells(other.source.id, a.anchors)
        if b.anchors:
            return self.around.tells(one.source.id, b.anchors)
        here, there = (self.around.context(s.source.id) for s in (one, other))
        return bool(here & there) or not here or not there

    def _clash(self, a: Thing, b: Thing) -> bool:
        if a.about and b.about and not a.about & b.about:
            return True
        if a.places and b.places and not a.anchors & b.anchors and not self._within(a, b):
            return True
        if a.ranks and b.ranks and not a.ranks & b.ranks:
            return True
        if any(x and y and not x & y for x, y in zip(a.contrasts, b.contrasts, strict=True)):
            return True
        if any(not a.topics[noun] & b.topics[noun] for noun in a.topics.keys() & b.topics.keys()):
            return True
        return self._namesakes(a, b)

    def _strangers(self, one: Statement, other: Statement) -> bool:
        """Whether each has a name that is not in the article of the other: a visit to Orel, and one to Dern."""
        a, b = self.of(one.fact.id), self.of(other.fact.id)
        if not a.proper or not b.proper or a.proper & b.proper:
            return False
        return not self._named_in(a, other) and not self._named_in(b, one)

    def _within(self, a: Thing, b: Thing) -> bool:
        """Whether a place of the one is, or lies in, a place of the other."""
        return any(x in lies_in(y, self.briefing) or y in lies_in(x, self.briefing) for x in a.places for y in b.places)

    def _namesakes(self, a: Thing, b: Thing) -> bool:
        """Whether each has a name of its own with the same noun: Orel Bridge and Linden Bridge."""
        one, other = self._nouns(a.anchors), self._nouns(b.anchors)
        return any(not one[noun] & other[noun] for noun in one.keys() & other.keys())

    def _nouns(self, names: Iterable[str]) -> dict[str, set[str]]:
        """Ids by the last word of their names, where they have two or more."""
        found: dict[str, set[str]] = {}
        for id_ in names:
            noun = self._noun_of[id_] if id_ in self._noun_of else self._noun(id_)
            if noun:
                found.setdefault(noun, set()).add(id_)
        return found

    def _noun(self, id_: str) -> str:
        """The last word of a name of two or more; empty of people."""
        entity = self.briefing.registry.get(id_)
        parts = entity.name.casefold().split() if entity else []
        is_person = entity is not None and family(entity.kind, self.briefing.lexicons) == "person"
        noun = self._noun_of[id_] = parts[-1] if len(parts) > 1 and not is_person else ""
        return noun


def lies_in(place: str, briefing: Briefing) -> frozenset[str]:
    """The ids of a place and of all that it lies in."""
    found, here = {place}, briefing.registry.get(place)
    while here and here.in_ and here.in_ not in found and here.in_ in briefing.registry:
        here = briefing.registry[here.in_]
        found.add(here.id)
    return frozenset(found)
