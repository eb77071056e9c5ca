"""The thing that a statement is of, as its words tell it: this bridge, not that one.

A thing is known by the names in its statement, by the telling words besides, and by what counts it off (`the second unit`). Whether two
are one is told by `aggregate.one_thing`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from generator.aggregate.likeness import named, stem, stems
from generator.aggregate.sorts import by_sort, sort_words, sorts
from generator.aggregate.surroundings import Surroundings
from generator.aggregate.vocabulary import vocabulary
from generator.link import Briefing
from generator.model import Entity
from generator.registry import family
from generator.statement import Statement

BRIEF = 1
"""Telling words besides its sort with which a statement is too brief to know a thing by, so that its sentence is taken."""
TOPIC = re.compile(
    r"\b([a-z]{3,}) (?:on|about|into|against|for) (?:(?:the|an?|its|his|her|their|new) )*([a-z-]{3,}(?: [a-z-]{3,})?)"
)
NUMBER = r"(\d{1,2}|[IVX]{1,4}|one|two|three|four|five|[A-D])\b"


class Thing(Struct, frozen=True, array_like=True, eq=False):
    """What a statement is of."""

    anchors: frozenset[str]
    """Ids of whom and what it names, without countries and those who merely vouch for it."""
    places: tuple[str, ...]
    """Ids of places, without countries."""
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
    told: frozenset[str]
    """Sorts of events that it may tell of (`Sorts.of`)."""
    around: frozenset[str]
    """Sorts of events that it or its sentence names."""
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


class Things:
    """Finds the things of a briefing's statements."""

    def __init__(self, briefing: Briefing) -> None:
        self.briefing = briefing
        self.table = briefing.lexicons["outcomes"]
        self.around = Surroundings(briefing)
        own = {stem(word): stem(group[0]) for group in self.table["alike"] for word in group}
        self._groups = {**vocabulary(briefing.lexicons).groups, **own}
        self._closed = self.fold(map(stem, briefing.lexicons["english"]))
        self._planning = self.fold(map(stem, self.table["planning"]))
        self._remainder = re.compile(rf"\b(?:{'|'.join(self.table['remainder'])})\b", re.IGNORECASE)
        self._doing = re.compile(
            rf"\b(?:{'|'.join(self.table['modals'])}) [a-z-]+(?: on)? ((?:(?!(?:{'|'.join(self.table['ends'])})\b)[a-z0-9,'-]+ ?)+)"
        )
        self.by_sort = {sort: self.fold(words) for sort, words in by_sort(briefing.lexicons).items()}
        self._sorts = sorts(briefing.lexicons)
        self._contrasts = tuple(map(frozenset, self.table["contrasts"]))
        self._ordinals = frozenset(self.table["ordinals"])
        self._numbered = re.compile(rf"\b({'|'.join(self.table['numbered'])})s?\.? {NUMBER}", re.IGNORECASE)

    def fold(self, found: Iterable[str]) -> frozenset[str]:
        """Stems, one for all words that sources use for one another (lexicon `alike`)."""
        return frozenset(self._groups.get(word, word) for word in found)

    def of(self, statement: Statement) -> Thing:
        """The thing of a statement: a function of it, of the text of its article, and of the lexicons."""
        fact, lexicons = statement.fact, self.briefing.lexicons
        text = f"{fact.text} {fact.quote}"
        lower = text.casefold()
        words, by_word = stems(text, lexicons), sort_words(lexicons)
        entities = (*statement.who, *statement.where, *statement.about)
        wide = {e.id for e in entities if e.kind == "country"}
        places = tuple(e for e in entities if e.id not in wide and family(e.kind, lexicons) == "place")
        voices = self.fold(name_stems(statement.according_to)) - self._closed
        wished = getattr(fact, "status", "") in ("expected", "called-for")  # `River Watch expects …`
        of_place = self.fold(stem(noun) for e in places if (noun := self._noun(e)))
        people = self.fold(name_stems(e for e in entities if family(e.kind, lexicons) == "person"))
        others = self._planning | (voices - self.fold(name_stems(entities)) if wished else frozenset())
        own = self.fold(words) - others
        proper = frozenset(
            name
            for name in self.around.names(statement.source.id, fact.quote)
            if not self.fold(stem(word) for word in name.casefold().split()) & (people | voices | self._planning)
        )
        alone = self.fold(stem(name.casefold()) for name in proper if " " not in name)
        plain = frozenset(re.findall(r"[a-z]+", lower))
        named_sorts = frozenset(sort for word in words for sort in by_word.get(word, ()))
        return Thing(
            anchors=named(statement) - wide,
            places=tuple(e.id for e in places),
            about=frozenset(e.id for e in statement.about),
            words=own,
            wider=own | (self._wider(statement, own, voices) - others),
            names=(self.fold(name_stems(places)) | people | alone) - of_place,
            voices=voices,
            sorts=named_sorts,
            told=self._sorts.of(statement),
            around=named_sorts | (self._around_sorts(statement) if self._sorts.asks_around(statement) else frozenset()),
            ranks=frozenset(self._ranks(plain, lower)),
            contrasts=tuple(plain & group for group in self._contrasts),
            elsewhere=not places and any(word in lower.split() for word in self.table["elsewhere"]),
            proper=proper,
            topics=self._topics(fact.quote),
            object=self._object(fact.quote) - others - self.by_sort.get(_what(statement), frozenset())
            if _what(statement) in self.table["decided"]
            else frozenset(),
        )

    def _wider(self, statement: Statement, own: frozenset[str], voices: frozenset[str]) -> frozenset[str]:
        """Words around a statement that says too little by itself, and of `the rest`, what it is the rest of."""
        lexicons, words = self.briefing.lexicons, frozenset[str]()
        if statement.fact.quote.casefold().partition(" ")[0] in self.table["pronouns"]:
            words |= voices  # `they would walk out`, the union said
        if len(own - self.by_sort.get(_what(statement), frozenset())) <= BRIEF:
            words |= self.fold(stems(self.around.sentences(statement), lexicons)) - voices
            if self._remainder.search(statement.fact.quote):
                words |= self.fold(stems(self.around.sentences(statement, before=1), lexicons)) - voices
        return words

    def _object(self, quote: str) -> frozenset[str]:
        """The stems of what stands behind the verb of a plan, up to a preposition."""
        found = self._doing.search(quote.casefold())
        return self.fold(stems(found[1], self.briefing.lexicons)) if found else frozenset()

    def _around_sorts(self, statement: Statement) -> frozenset[str]:
        """The sorts of events that the words of an event's sentence name."""
        if statement.fact.kind != "event":
            return frozenset()
        words, by_word = (
            stems(self.around.sentences(statement), self.briefing.lexicons),
            sort_words(self.briefing.lexicons),
        )
        return frozenset(sort for word in words for sort in by_word.get(word, ()))

    def _topics(self, quote: str) -> Mapping[str, frozenset[str]]:
        """What a noun is on or about, by the stem of the noun."""
        found: dict[str, frozenset[str]] = {}
        for head, topic in TOPIC.findall(quote.casefold()):
            about = self.fold(stems(topic, self.briefing.lexicons)) - self._planning
            if about:
                found[stem(head)] = found.get(stem(head), frozenset()) | about
        return found

    def _ranks(self, words: frozenset[str], text: str) -> Iterator[str]:
        yield from words & self._ordinals
        for noun, number in self._numbered.findall(text):
            yield f"{noun} {number}"

    def _noun(self, place: Entity) -> str:
        """The noun of a place that is one thing: `bridge` of Orel Bridge; none of Orel, or of Orel County."""
        *before, last = place.name.casefold().split() or [""]
        return last if before and last not in self.table["wide"] else ""


def name_stems(entities: Iterable[Entity]) -> frozenset[str]:
    """The stems of all words of all names of some entities."""
    return frozenset(stem(part) for e in entities for name in e.names() for part in name.casefold().split())


def _what(statement: Statement) -> str:
    return getattr(statement.fact, "what", "")
