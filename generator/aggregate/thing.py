"""The thing that a statement about an event is of, and whether two statements are of one thing: this bridge, not that one.

A thing is known by the names in its statement, by the telling words besides, and by what counts it off (`the second unit`). Two are one where their
names do not clash, their articles tell of something in common, and the words of the shorter lie in the longer: each word weighs
more the fewer other events tell it, ln((N + 1) / (n - 1)) of N events and n with the word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import log

from generator.aggregate.likeness import named, stem, stems
from generator.aggregate.sorts import by_sort, sort_words
from generator.aggregate.surroundings import Surroundings
from generator.aggregate.vocabulary import vocabulary
from generator.link import Briefing, Statement
from generator.model import Entity, Event
from generator.registry import family

LEAST_WEIGHT = 0.2
"""Of a word that every event tells."""
BRIEF = 1
"""Telling words besides its sort with which a statement is too brief to know a thing by, so that its sentence is taken."""
MANY = 3
"""Words in common, none of them names, that do without a name in common."""
TOPIC = re.compile(
    r"\b([a-z]{3,}) (?:on|about|into|against|for) (?:(?:the|an?|its|his|her|their|new) )*([a-z-]{3,}(?: [a-z-]{3,})?)"
)
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
    wider: frozenset[str]
    """The same of its sentence, where it says too little by itself."""
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
    proper: frozenset[str]
    """What stands as a name in its article, but people and who vouches for it."""
    topics: Mapping[str, frozenset[str]]
    """What a noun of it is on or about: of `report on prisons`, prisons."""
    object: frozenset[str]
    """Of a plan, what it is to be done to: of `will vote on the forest bill`, the bill."""


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
    """Whether all that they share is names, or words of who vouches for one of them."""
    spoken: bool = False
    """Whether all that they share is words of the name of who vouches for one of them."""


class Things:
    """The things of a briefing's events, each found once, and what tells them apart."""

    def __init__(self, briefing: Briefing) -> None:
        self.briefing = briefing
        self.table = briefing.lexicons["outcomes"]
        self.around = Surroundings(briefing)
        own = {stem(word): stem(group[0]) for group in self.table["alike"] for word in group}
        self._groups = {**vocabulary(briefing.lexicons).groups, **own}
        self._closed = self._fold(map(stem, briefing.lexicons["english"]))
        self._planning = self._fold(map(stem, self.table["planning"]))
        self._remainder = re.compile(rf"\b(?:{'|'.join(self.table['remainder'])})\b", re.IGNORECASE)
        self._doing = re.compile(
            rf"\b(?:{'|'.join(self.table['modals'])}) [a-z-]+(?: on)? ((?:(?!(?:{'|'.join(self.table['ends'])})\b)[a-z0-9,'-]+ ?)+)"
        )
        self._by_sort = {sort: self._fold(words) for sort, words in by_sort(briefing.lexicons).items()}
        self._one = _one_name(briefing.registry.values(), briefing)
        self._found: dict[tuple[str, str], Thing] = {}
        self._around_sorts: dict[tuple[str, str], frozenset[str]] = {}
        events = [s for s in briefing.by_kind.get("event", ()) if isinstance(s.fact, Event)]
        counts = Counter(word for s in events for word in self.of(s).wider)
        self._rare = max(LEAST_WEIGHT, log(len(events) + 1))
        self._weight = {word: max(LEAST_WEIGHT, log((len(events) + 1) / max(1, n - 1))) for word, n in counts.items()}

    def _fold(self, found: Iterable[str]) -> frozenset[str]:
        """Stems, one for all words that sources use for one another (lexicon `alike`)."""
        return frozenset(self._groups.get(word, word) for word in found)

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
        voices = self._fold(_name_stems(statement.according_to)) - self._closed
        wished = getattr(fact, "status", "") in ("expected", "called-for")  # `River Watch expects …`
        of_place = self._fold(stem(noun) for e in places if (noun := self._noun(e)))
        people = self._fold(_name_stems(e for e in entities if family(e.kind, lexicons) == "person"))
        others = self._planning | (voices - self._fold(_name_stems(entities)) if wished else frozenset())
        own = self._fold(words) - others
        proper = frozenset(
            name
            for name in self.around.names(statement.source.id, fact.quote)
            if not self._fold(stem(word) for word in name.casefold().split()) & (people | voices | self._planning)
        )
        alone = self._fold(stem(name.casefold()) for name in proper if " " not in name)
        return Thing(
            anchors=frozenset(self._one.get(id_, id_) for id_ in named(statement) - wide),
            places=places,
            about=frozenset(e.id for e in statement.about),
            words=own,
            wider=own | (self._wider(statement, own, voices) - others),
            names=(self._fold(_name_stems(places)) | people | alone) - of_place,
            voices=voices,
            sorts=frozenset(sort for word in words for sort in by_word.get(word, ())),
            ranks=frozenset(_ranks(lower, self.table)),
            contrasts=tuple(
                frozenset(re.findall(r"[a-z]+", lower)) & frozenset(group) for group in self.table["contrasts"]
            ),
            elsewhere=not places and any(word in lower.split() for word in self.table["elsewhere"]),
            proper=proper,
            topics=self._topics(fact.quote),
            object=self._object(fact.quote) - others - self._by_sort.get(_what(statement), frozenset())
            if _what(statement) in self.table["decided"]
            else frozenset(),
        )

    def _wider(self, statement: Statement, own: frozenset[str], voices: frozenset[str]) -> frozenset[str]:
        """Words around a statement that says too little by itself, and of `the rest`, what it is the rest of."""
        lexicons, words = self.briefing.lexicons, frozenset[str]()
        if statement.fact.quote.casefold().partition(" ")[0] in self.table["pronouns"]:
            words |= voices  # `they would walk out`, the union said
        if len(own - self._by_sort.get(_what(statement), frozenset())) <= BRIEF:
            words |= self._fold(stems(self.around.sentences(statement), lexicons)) - voices
            if self._remainder.search(statement.fact.quote):
                words |= self._fold(stems(self.around.sentences(statement, before=1), lexicons)) - voices
        return words

    def _object(self, quote: str) -> frozenset[str]:
        """The stems of what stands behind the verb of a plan, up to a preposition."""
        found = self._doing.search(quote.casefold())
        return self._fold(stems(found[1], self.briefing.lexicons)) if found else frozenset()

    def around_sorts(self, statement: Statement) -> frozenset[str]:
        """The sorts of events that the words of its sentence name."""
        key = (statement.source.id, statement.fact.id)
        if key not in self._around_sorts:
            lexicons = self.briefing.lexicons
            words, by_word = stems(self.around.sentences(statement), lexicons), sort_words(lexicons)
            found = frozenset(sort for word in words for sort in by_word.get(word, ()))
            self._around_sorts[key] = self.of(statement).sorts | found
        return self._around_sorts[key]

    def _topics(self, quote: str) -> Mapping[str, frozenset[str]]:
        """What a noun is on or about, by the stem of the noun."""
        found: dict[str, frozenset[str]] = {}
        for head, topic in TOPIC.findall(quote.casefold()):
            about = self._fold(stems(topic, self.briefing.lexicons)) - self._planning
            if about:
                found[stem(head)] = found.get(stem(head), frozenset()) | about
        return found

    def likeness(self, one: Statement, other: Statement, besides: frozenset[str] = frozenset()) -> Likeness:
        """How much two statements are of one thing, by words other than those `besides`."""
        a, b = self.of(one), self.of(other)
        if self._clash(a, b) or self._strangers(one, other) or not self._near(one, other):
            return Likeness()
        told = self._by_sort.get(_what(one), frozenset()) | self._by_sort.get(_what(other), frozenset())
        told |= self._fold(besides) | (a.voices & b.voices)  # who vouches for each says nothing of what it is of
        found = self._shared(a, b, a.words - told, b.words - told)
        if a.wider != a.words or b.wider != b.words:
            wider = self._shared(a, b, a.wider - told, b.wider - told)
            found = wider if found.bare else max(found, wider, key=lambda f: (f.share, f.items))
        return found

    def _shared(self, a: Thing, b: Thing, left: frozenset[str], right: frozenset[str]) -> Likeness:
        shared = left & right
        names = a.anchors & b.anchors
        names |= {id_ for x, y in ((a, b), (b, a)) for id_ in x.anchors - names if self._says(y, id_)}
        if any(x.object and not x.object & shared and own - shared for x, own in ((a, right), (b, left))):
            return Likeness()  # the same people do it to something else
        said = (left & b.voices) | (right & a.voices)  # the union that called a strike, and nurses on strike
        spoken = bool(said) and not shared and not names
        telling = shared - a.names - b.names
        shared |= said
        nouns = shared - a.names - b.names
        items = len(nouns) + len(names) + bool(a.ranks & b.ranks)
        if not left or not right:  # nothing but the sort, and who: `Parliament votes`
            same = float(bool(names) and a.anchors == b.anchors)
            return Likeness(same, same, 0.0, items)
        least, most = sorted((self._weigh(left), self._weigh(right)))
        weight = self._weigh(shared)
        return Likeness(min(1.0, weight / least), min(1.0, weight / most), weight, items, not telling, spoken)

    def _says(self, thing: Thing, name: str) -> bool:
        """Whether the words of a statement hold a name that it is not linked to."""
        entity = self.briefing.registry.get(name)
        return entity is not None and self._fold(_name_stems([replace(entity, aka=())])) <= thing.words

    def _weigh(self, words: Iterable[str]) -> float:
        return sum(sorted(self._weight.get(word, self._rare) for word in words))

    def _near(self, one: Statement, other: Statement) -> bool:
        """Whether the names of each stand in the other, or at least in its article."""
        a, b = self.of(one), self.of(other)
        if a.elsewhere or b.elsewhere:
            return one.source.id == other.source.id
        told = ({e.id for e in one.according_to}, other), ({e.id for e in other.according_to}, one)
        if any(self.around.tells(s.source.id, ids) for ids, s in told):
            return True
        return self._shares_names(one, other, a, b) or self._named_in(a, other) or self._named_in(b, one)

    def _named_in(self, thing: Thing, statement: Statement) -> bool:
        """Whether the article of a statement has a name that stands in another."""
        return bool(thing.proper & self.around.runs(statement.source.id))

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
        if a.places and b.places and not self._within(a, b) and not a.anchors & b.anchors:
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
        a, b = self.of(one), self.of(other)
        if a.proper & b.proper:
            return False
        return all(thing.proper and not self._named_in(thing, statement) for thing, statement in ((a, other), (b, one)))

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


def _one_name(entities: Iterable[Entity], briefing: Briefing) -> Mapping[str, str]:
    """Ids of names of the same words (`Health Ministry`, `Ministry of Health`), and of a surname that one person has, to one of them."""
    found: dict[str, str] = {}
    by_words: dict[frozenset[str], list[str]] = {}
    by_last: dict[str, list[str]] = {}
    listed = sorted((e for e in entities if not e.merged_into), key=lambda e: e.id)
    for entity in listed:
        parts = entity.name.casefold().split()
        by_words.setdefault(frozenset(stem(part) for part in parts) - {"of", "the"}, []).append(entity.id)
        if len(parts) > 1 and family(entity.kind, briefing.lexicons) == "person":
            by_last.setdefault(parts[-1], []).append(entity.id)
    for ids in by_words.values():
        found.update(dict.fromkeys(ids, ids[0]))
    for entity in listed:
        bearers = by_last.get(entity.name.casefold(), ())
        if len(bearers) == 1:
            found[entity.id] = bearers[0]
    return found


def _what(statement: Statement) -> str:
    return getattr(statement.fact, "what", "")


def _ranks(text: str, table: dict[str, list[str]]) -> Iterator[str]:
    for word in re.findall(r"[a-z]+", text):
        if word in table["ordinals"]:
            yield word
    for noun, number in re.findall(rf"\b({'|'.join(table['numbered'])})s?\.? {NUMBER}", text, re.IGNORECASE):
        yield f"{noun} {number}"


@lru_cache(maxsize=4)
def things(briefing: Briefing) -> Things:
    """The things of a briefing."""
    return Things(briefing)
