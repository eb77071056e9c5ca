"""The thing that a statement about an event is of, and whether two statements are of one thing: this bridge, not that one.

A thing is known by the names in its statement, by the telling words besides, and by what counts it off (`the second unit`). Two are one where their
names do not clash, their articles tell of something in common, and the words of the shorter lie in the longer: each word weighs
more the fewer events tell it, ln((N + 1) / n) of N events and n with the word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import log

from generator.aggregate.likeness import named, stem, stems
from generator.lexicon import Lexicons
from generator.link import Briefing, Statement
from generator.model import Entity, Event
from generator.registry import family

LEAST_WEIGHT = 0.2
"""Of a word that every event tells."""
NUMBER = r"(\d{1,2}|[IVX]{1,4}|one|two|three|four|five|[A-D])\b"


@dataclass(frozen=True, eq=False)
class Thing:
    """What a statement is of."""

    anchors: frozenset[str]
    """Ids of whom and what it names, without countries and those who merely vouch for it."""
    places: tuple[Entity, ...]
    about: frozenset[str]
    words: frozenset[str]
    """Stems, without those of planning and of dates."""
    names: frozenset[str]
    """Those of people and places, in which many things may be: all but the noun of `Orel Bridge`."""
    voices: frozenset[str]
    """Stems of the names of those who vouch for it."""
    sorts: frozenset[str]
    """Sorts of events that its words name."""
    ranks: frozenset[str]
    contrasts: tuple[frozenset[str], ...]
    elsewhere: bool
    """Whether it points to a place that it does not name: `opened there`."""


@dataclass(frozen=True, slots=True)
class Likeness:
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
    """Whether all that they share is the names of people and places."""


class Things:
    """The things of a briefing's events, each found once, and what tells them apart."""

    def __init__(self, briefing: Briefing) -> None:
        self.briefing = briefing
        self.table = briefing.lexicons["outcomes"]
        self._planning = frozenset(map(stem, self.table["planning"]))
        self._found: dict[tuple[str, str], Thing] = {}
        self._context: dict[str, frozenset[str]] = {}
        self._texts: dict[str, str] = {}
        events = [s for s in briefing.by_kind.get("event", ()) if isinstance(s.fact, Event)]
        counts = Counter(word for s in events for word in self.of(s).words)
        self._rare = max(LEAST_WEIGHT, log(len(events) + 1))
        self._weight = {word: max(LEAST_WEIGHT, log((len(events) + 1) / n)) for word, n in counts.items()}

    def of(self, statement: Statement) -> Thing:
        """The thing of a statement."""
        key = (statement.source.id, statement.fact.id)
        if key not in self._found:
            self._found[key] = self._thing(statement)
        return self._found[key]

    def _thing(self, statement: Statement) -> Thing:
        fact, lexicons = statement.fact, self.briefing.lexicons
        text = f"{fact.text} {fact.quote}"
        lower = text.casefold()
        words, by_word = stems(text, lexicons), sort_words(lexicons)
        entities = (*statement.who, *statement.where, *statement.about)
        wide = {e.id for e in entities if e.kind == "country"}
        places = tuple(e for e in entities if e.id not in wide and family(e.kind, lexicons) == "place")
        voices = _name_stems(statement.according_to)
        wished = getattr(fact, "status", "") in ("expected", "called-for")  # `River Watch expects …`
        named_after = (e for e in entities if family(e.kind, lexicons) in ("place", "person"))
        names = _name_stems(named_after) - {stem(noun) for e in places if (noun := self._noun(e))}
        return Thing(
            anchors=named(statement) - wide,
            places=places,
            about=frozenset(e.id for e in statement.about),
            words=words - self._planning - (voices - _name_stems(entities) if wished else frozenset()),
            names=names,
            voices=voices,
            sorts=frozenset(sort for word in words for sort in by_word.get(word, ())),
            ranks=frozenset(_ranks(lower, self.table)),
            contrasts=tuple(
                frozenset(re.findall(r"[a-z]+", lower)) & frozenset(group) for group in self.table["contrasts"]
            ),
            elsewhere=not places and any(word in lower.split() for word in self.table["elsewhere"]),
        )

    def likeness(self, one: Statement, other: Statement, besides: frozenset[str] = frozenset()) -> Likeness:
        """How much two statements are of one thing, by words other than those `besides`."""
        a, b = self.of(one), self.of(other)
        if self._clash(a, b) or not self._near(one, other):
            return Likeness()
        sorts = by_sort(self.briefing.lexicons)
        told = sorts.get(_what(one), frozenset()) | sorts.get(_what(other), frozenset())
        told |= besides | (a.voices & b.voices)  # who vouches for each says nothing of what it is of
        left, right = a.words - told, b.words - told
        shared = (left & right) | (left & b.voices) | (right & a.voices)
        names, nouns = a.anchors & b.anchors, shared - a.names - b.names
        names |= {id_ for x, y in ((a, b), (b, a)) for id_ in x.anchors - names if self._says(y, id_)}
        items = len(nouns) + len(names) + bool(a.ranks & b.ranks)
        if not left or not right:  # nothing but the sort, and who: `Parliament votes`
            same = float(bool(names) and a.anchors == b.anchors)
            return Likeness(same, same, 0.0, items)
        least, most = sorted((self._weigh(left), self._weigh(right)))
        weight = self._weigh(shared)
        return Likeness(min(1.0, weight / least), min(1.0, weight / most), weight, items, not nouns)

    def _says(self, thing: Thing, name: str) -> bool:
        """Whether the words of a statement hold a name that it is not linked to."""
        entity = self.briefing.registry.get(name)
        return entity is not None and _name_stems([replace(entity, aka=())]) <= thing.words

    def _weigh(self, words: Iterable[str]) -> float:
        return sum(sorted(self._weight.get(word, self._rare) for word in words))

    def _context_of(self, source: str) -> frozenset[str]:
        """All that an article's statements name, without countries and outlets."""
        if source not in self._context:
            found = (s for s in self.briefing.by_source.get(source, ()) if s.fact.review != "retracted")
            named_ = (e for s in found for e in s.entities if not s.outlet or e.id != s.outlet.id)
            self._context[source] = frozenset(e.id for e in named_ if e.kind != "country")
        return self._context[source]

    def _tells(self, source: str, names: Iterable[str]) -> bool:
        """Whether an article names any of some."""
        names = frozenset(names)
        if names & self._context_of(source):
            return True
        seed, registry = self.briefing.seeds.get(source), self.briefing.registry
        if seed is None:
            return False
        text = self._texts.setdefault(source, seed.text)
        return any(name in text for id_ in sorted(names) if id_ in registry for name in registry[id_].names())

    def _near(self, one: Statement, other: Statement) -> bool:
        """Whether the names of each stand in the other, or at least in its article."""
        a, b = self.of(one), self.of(other)
        if a.elsewhere or b.elsewhere:
            return one.source.id == other.source.id
        if a.anchors and b.anchors:
            shared = bool(a.anchors & b.anchors) or self._within(a, b)
            return shared or self._tells(other.source.id, a.anchors) or self._tells(one.source.id, b.anchors)
        if a.anchors:
            return self._tells(other.source.id, a.anchors)
        if b.anchors:
            return self._tells(one.source.id, b.anchors)
        here, there = (self._context_of(s.source.id) for s in (one, other))
        return bool(here & there) or not here or not there

    def _clash(self, a: Thing, b: Thing) -> bool:
        if a.about and b.about and not a.about & b.about:
            return True
        if a.places and b.places and not self._within(a, b) and not a.anchors & b.anchors:
            return True
        if a.ranks and b.ranks and not a.ranks & b.ranks:
            return True
        if any(x and y and not x & y for x, y in zip(a.contrasts, b.contrasts, strict=True)):
            return True
        return self._namesakes(a, b)

    def _within(self, a: Thing, b: Thing) -> bool:
        """Whether a place of the one is, or lies in, a place of the other."""
        return any(x.id in self._around(y) or y.id in self._around(x) for x in a.places for y in b.places)

    def _around(self, place: Entity) -> set[str]:
        """A place and all it lies in."""
        found, here = {place.id}, place
        while here.in_ and here.in_ not in found and here.in_ in self.briefing.registry:
            here = self.briefing.registry[here.in_]
            found.add(here.id)
        return found

    def _namesakes(self, a: Thing, b: Thing) -> bool:
        """Whether each has a name of its own with the same noun: Orel Bridge and Linden Bridge."""
        one, other = self._nouns(a.anchors), self._nouns(b.anchors)
        return any(not one[noun] & other[noun] for noun in one.keys() & other.keys())

    def _noun(self, place: Entity) -> str:
        """The noun of a place that is one thing: `bridge` of Orel Bridge; none of Orel, or of Orel County."""
        *before, last = place.name.casefold().split() or [""]
        return last if before and last not in self.table["wide"] else ""

    def _nouns(self, names: Iterable[str]) -> dict[str, set[str]]:
        """Ids by the last word of their names, where they have two or more."""
        found: dict[str, set[str]] = {}
        for id_ in names:
            entity = self.briefing.registry.get(id_)
            parts = entity.name.casefold().split() if entity else []
            if entity and len(parts) > 1 and family(entity.kind, self.briefing.lexicons) != "person":
                found.setdefault(parts[-1], set()).add(id_)
        return found


def _name_stems(entities: Iterable[Entity]) -> frozenset[str]:
    return frozenset(stem(part) for e in entities for name in e.names() for part in name.casefold().split())


def _what(statement: Statement) -> str:
    return getattr(statement.fact, "what", "")


def _ranks(text: str, table: dict[str, list[str]]) -> Iterator[str]:
    for word in re.findall(r"[a-z]+", text):
        if word in table["ordinals"]:
            yield word
    for noun, number in re.findall(rf"\b({'|'.join(table['numbered'])})s?\.? {NUMBER}", text, re.IGNORECASE):
        yield f"{noun} {number}"


@lru_cache(maxsize=4)
def by_sort(lexicons: Lexicons) -> dict[str, frozenset[str]]:
    """The stems of the verbs and nouns that tell of each sort of event."""
    return {sort: frozenset(word for words in found for word in words) for sort, found in _telling(lexicons).items()}


@lru_cache(maxsize=4)
def sort_words(lexicons: Lexicons) -> dict[str, tuple[str, ...]]:
    """The sorts of events that a stem tells of; of verbs with a particle, that of the verb."""
    found: dict[str, list[str]] = {}
    for sort, phrases in _telling(lexicons).items():
        for phrase in phrases:
            found.setdefault(phrase[0], []).append(sort)
    return {word: tuple(dict.fromkeys(sorts)) for word, sorts in found.items()}


def _telling(lexicons: Lexicons) -> dict[str, list[tuple[str, ...]]]:
    """By sort of event, the stems of each verb, in all its irregular forms, and of each noun."""
    irregular: dict[str, Sequence[str]] = lexicons["verbs"]["irregular"]
    found: dict[str, list[tuple[str, ...]]] = {}
    for sort, entry in lexicons["events"].items():
        told = [word.split() for word in (*entry.get("verbs", ()), *entry.get("nouns", ()))]
        forms = [[form, *rest] for verb, *rest in told for form in (verb, *irregular.get(verb, ()))]
        found[sort] = [tuple(map(stem, words)) for words in forms]
    return found


@lru_cache(maxsize=4)
def things(briefing: Briefing) -> Things:
    """The things of a briefing."""
    return Things(briefing)
