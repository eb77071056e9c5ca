"""What statements say, in the form in which two of them are compared: words, names, times, places, numbers.

What is not known on one side is compatible: a date, a place, a name that only one of two statements gives refines the other.
What both give must fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property

from generator import edtf
from generator.aggregate import likeness
from generator.aggregate.amounts import Amount, number, of_figure
from generator.aggregate.called import WORD, called
from generator.aggregate.likeness import stem
from generator.aggregate.partners import partners
from generator.aggregate.stories import stories
from generator.aggregate.vocabulary import Vocabulary, telling_stems, vocabulary
from generator.aggregate.within import within
from generator.extract.grammar import PREPOSITIONS, SUBORDINATORS
from generator.link import Briefing
from generator.model import Assessment, Entity, Event, Figure, Quotation, Role, Span
from generator.once import once
from generator.statement import Statement

Days = tuple[date, date]
"""The first and the last day of a stretch."""
AT = re.compile(r"\b(?:in|at|near|on|off) (?:the )?([A-Z][\w-]*(?: [A-Z][\w-]*)*)")
ATTRIBUTE = re.compile(r"\b(\d[\d,]{0,30}+(?:\.\d{1,30}+)?)-[a-z]+(?:-[a-z]+)* ([^\W\d_]+)")
SCALES = (1, 10**3, 10**6, 10**9, 10**12)
"""What a number may be counted in: 4.6 billion."""
TOKEN = re.compile(r"[^\W_]+|,")
COUNTED = (2, 3, 4)
"""Words at the end of a sentence that may be a number and what it counts: `58 people`."""
ASIDE = re.compile(r"(\w+)([^,]{0,60}), [^,]+, ")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
A_MONTH = 31
YEARS = range(1900, 2101)
"""Numbers that may be days of a month, and those that may be years."""
ENOUGH = 0.6
CLOSE = 0.8
"""How much of the words must be shared: by default, and where nothing else tells that it is one thing."""
RECENT = timedelta(days=10)
"""Within how long two reports without a date may be taken to be about one day."""
ROUND = 12
"""Numbers up to it are so common that they tell nothing of what is counted."""


@dataclass(frozen=True, eq=False)
class Compared:
    """A statement with all that is compared, each part found once, when asked for."""

    statement: Statement
    briefing: Briefing
    vocabulary: Vocabulary

    @property
    def id(self) -> str:
        """The id of its fact."""
        return self.statement.fact.id

    @property
    def source(self) -> str:
        """The id of its source."""
        return self.statement.source.id

    @property
    def span(self) -> Span | None:
        """Where its quote stands."""
        return self.statement.span

    @cached_property
    def words(self) -> frozenset[str]:
        """The stems of what it says."""
        fact, lexicons = self.statement.fact, self.briefing.lexicons
        if isinstance(fact, Quotation):
            return telling_stems(fact.words, lexicons)
        said = telling_stems(f"{self._said(fact.text or fact.quote)} {self._clause()}", lexicons)
        without = said - telling_stems(" ".join(self._who_they_are()), lexicons)
        return without if len(without) > 1 else said

    def _clause(self) -> str:
        """Of a figure, what its sentence goes on to tell of those whom it counts: `58 people`, `who died of the fever`."""
        given = self.statement.fact
        if not isinstance(given, Figure) or not self.span:
            return ""
        near = (s.fact.text for s in within(self.briefing, self.source, self.span) if isinstance(s.fact, Event))
        said = given.text.rstrip(".").casefold().split()
        counted = tuple(" ".join(said[-n:]) for n in COUNTED)
        return next((text for text in near if text.casefold().startswith(counted)), "")

    def _who_they_are(self) -> Iterator[str]:
        """The names of people, and the posts that the same words give them: what they are tells nothing of what they did."""
        s = self.statement
        for person in (*s.who, *s.voices):
            if person.kind == "person":
                yield from person.names()
        for other in within(self.briefing, self.source, self.span) if self.span else ():
            if isinstance(other.fact, Role):
                yield other.fact.title
                yield from other.org.names() if other.org else ()

    def _said(self, text: str) -> str:
        return _without_aside(self.vocabulary.finding.sub("", self.vocabulary.saying.sub("", text)))

    @cached_property
    def wider(self) -> frozenset[str]:
        """The same, with the words that it rests on and the names that it gives."""
        fact = self.statement.fact
        names = " ".join(name for e in (*self.statement.where, *self.statement.about) for name in e.names())
        found = self.words | telling_stems(f"{fact.quote} {names}", self.briefing.lexicons)
        known = partners(self.briefing)
        return found.union(*(known.get(word, frozenset()) for word in self.words), self._kinds(found))

    def _kinds(self, words: frozenset[str]) -> frozenset[str]:
        """The words for the kinds of things that some words name."""
        return frozenset(self.vocabulary.kinds[word] for word in words if word in self.vocabulary.kinds)

    @cached_property
    def ordinals(self) -> frozenset[int]:
        """The first, the second: what tells one of a kind from another."""
        words = WORD.findall(self.statement.fact.text.casefold())
        return frozenset(self.vocabulary.ordinals[word] for word in words if word in self.vocabulary.ordinals)

    @cached_property
    def names(self) -> frozenset[str]:
        """Capitalised words, besides the one that its sentence begins with."""
        words = WORD.findall(self._undated)[1:]
        return frozenset(w.casefold() for w in words if w[:1].isupper())

    @cached_property
    def written(self) -> frozenset[str]:
        """All its words, in small letters."""
        return frozenset(WORD.findall(f"{self.statement.fact.quote} {self.statement.fact.text}".casefold()))

    @cached_property
    def voices(self) -> frozenset[str]:
        """The ids of who vouches for it, else the words that tell so; the outlet is not among them."""
        if self.statement.voices:
            return frozenset(e.id or e.name for e in self.statement.voices)
        tail = self.vocabulary.saying.search(self.statement.fact.text)
        return frozenset([" ".join(sorted(telling_stems(tail[0], self.briefing.lexicons)))] if tail else [])

    @cached_property
    def places(self) -> tuple[Entity, ...]:
        """Where it was; of an event for which nothing is given, the places that its words name behind `in`, `at`, `on` or the like.

        A place that only tells who said it is none.
        """
        text = self.statement.fact.text
        tail = self.vocabulary.saying.search(text)
        said = self._undated
        if self.statement.where or not isinstance(self.statement.fact, Event):
            return tuple(e for e in self.statement.where if not tail or _stands(e, said) or not _stands(e, tail[0]))
        known, registry = called(self.briefing), self.briefing.registry
        names = [name for name in self.placing if name not in known.others]
        ids = (next(iter(known.places.get(name, ())), "") for name in names)
        found = (
            registry.get(id_) or Entity(id=f"at {name}", name=name, kind="place")
            for name, id_ in zip(names, ids, strict=True)
        )
        return tuple({e.id: e for e in found}.values())

    @cached_property
    def placing(self) -> tuple[str, ...]:
        """Of an event for which no place is given, what its words name behind `in`, `at`, `on` or the like."""
        named = isinstance(self.statement.fact, Event) and not self.statement.where
        return tuple(AT.findall(self._undated)) if named else ()

    @property
    def _undated(self) -> str:
        return self.vocabulary.times.sub("", self._said(self.statement.fact.text))

    @cached_property
    def placed(self) -> frozenset[str]:
        """The stems of the names of its places."""
        return telling_stems(" ".join(name for e in self.places for name in e.names()), self.briefing.lexicons)

    @cached_property
    def proper(self) -> frozenset[str]:
        """Names of what it tells of, by their words: of a ship, a programme, a law; not of places, and not of whoever vouches."""
        known = called(self.briefing).words
        return frozenset(word for word in self.capitals if word not in known)

    @cached_property
    def capitals(self) -> frozenset[str]:
        """The same, with those of names that the registry knows."""
        text = self.vocabulary.times.sub("", self.vocabulary.saying.sub("", self.statement.fact.text))
        return frozenset(w.casefold() for w in WORD.findall(AT.sub("", text))[1:] if w[:1].isupper())

    def named_apart(self, other: Compared) -> bool:
        """Whether both give names of things, and none of them is the other's."""
        return bool(self.proper and other.proper and not self.proper & other.proper)

    @property
    def introduces(self) -> bool:
        """Whether it tells of something that was not told of before: `A fire broke out`."""
        return self.statement.fact.text.startswith(("A ", "An ", "Another ", "Two ", "Three "))

    def core(self, verbs: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
        """The stems of what it says up to the first of some words, and up to the preposition or comma behind that; and the names before."""
        text, lexicons = self._said(self.statement.fact.text), self.briefing.lexicons
        tokens = list(TOKEN.finditer(text))
        at = next((n for n, t in enumerate(tokens) if telling_stems(t[0], lexicons) & verbs), None)
        if at is None:
            return self.words, self.proper
        after = (t.end() for t in tokens[at + 1 :] if t[0] == "," or t[0] in PREPOSITIONS)
        whole = self.statement.fact.text
        before = whole[: whole.rfind(tokens[at][0])].casefold()
        return telling_stems(text[: next(after, len(text))], lexicons), self.proper & set(WORD.findall(before))

    @property
    def outlet(self) -> str:
        """Who brought its source out; the id of that where nobody is named."""
        outlet = self.statement.outlet
        return (outlet.id or outlet.name) if outlet else self.source

    @cached_property
    def measures(self) -> str:
        """Of a figure that is an attribute, a 96-kilometre railway, the stem of what it belongs to; else empty."""
        found = ATTRIBUTE.search(f"{self.statement.fact.text} {self.statement.fact.quote}")
        fact = self.statement.fact
        if not found or not isinstance(fact, Figure) or Fraction(found[1].replace(",", "")) != number(fact.value):
            return ""
        head = stem(found[2].casefold())
        return self.vocabulary.groups.get(head, head)

    @cached_property
    def told(self) -> date:
        """The last day on which its source can have come out."""
        read = edtf.parse(self.statement.source.date)
        return read.latest if read else date.min

    @cached_property
    def days(self) -> Days | None:
        """The first and the last day that its own date may mean; None without a date."""
        when = self.statement.when
        return (when.earliest, when.latest) if when else None

    @cached_property
    def numbers(self) -> frozenset[Fraction]:
        """The numbers of figures that rest on the same words."""
        span = self.span
        if not span:
            return frozenset()
        near = (s.fact for s in within(self.briefing, self.source, span) if isinstance(s.fact, Figure))
        written = [Fraction(n.replace(",", "")) for n in NUMBER.findall(self.statement.fact.text) if n.count(".") < 2]
        values = {number(figure.value) for figure in near}
        told_here = (v for v in values if not written or any(v == n * scale for n in written for scale in SCALES))
        return frozenset([*told_here, *(n for n in written if n > A_MONTH and n not in YEARS)])

    @cached_property
    def events(self) -> tuple[Statement, ...]:
        """Of a figure, the events that its clause tells of."""
        here = within(self.briefing, self.source, self.span) if self.span else ()
        events = (s for s in here if isinstance(s.fact, Event))
        own = self.statement.fact.text
        return tuple(s for s in events if s.fact.text in own or own in s.fact.text)

    @cached_property
    def moment(self) -> Days | None:
        """For when a figure holds by its own date, or that of the event in its clause: by the end of May, for the end of May."""
        when = next((s.when for s in (self.statement, *self.events) if s.when), None)
        if not when or when.open_end:
            return None
        return (when.latest if when.open_start else when.earliest, when.latest)

    @cached_property
    def sorts(self) -> frozenset[str]:
        """The sorts of those."""
        return frozenset(s.fact.what for s in self.events if isinstance(s.fact, Event))

    @cached_property
    def counted(self) -> frozenset[str]:
        """The stems of what a figure counts, or of what it measures."""
        fact = self.statement.fact
        named = (fact.unit or fact.measure) if isinstance(fact, Figure) else None
        return telling_stems(named or "", self.briefing.lexicons)

    @cached_property
    def amount(self) -> Amount:
        """What a figure states, as wide as its words make it; of all else, what nobody knows."""
        fact = self.statement.fact
        return of_figure(fact) if isinstance(fact, Figure) else Amount(None, None)

    @cached_property
    def said(self) -> tuple[str, ...]:
        """The words of a quotation, in small letters."""
        fact = self.statement.fact
        return tuple(likeness.WORD.findall(fact.words.casefold())) if isinstance(fact, Quotation) else ()

    @cached_property
    def hedges(self) -> frozenset[str]:
        """The stems of the words by which a judgement is hedged."""
        fact = self.statement.fact
        return telling_stems(fact.hedge, self.briefing.lexicons) if isinstance(fact, Assessment) else frozenset()

    @cached_property
    def titled(self) -> frozenset[str]:
        """The stems of a post's title."""
        fact = self.statement.fact
        return likeness.stems(fact.title, self.briefing.lexicons) if isinstance(fact, Role) else frozenset()

    @cached_property
    def lasts(self) -> bool:
        """Whether a figure is of what does not grow by the day: what a thing costs, how much it holds."""
        return bool(self.measures) or bool(self.words & self.vocabulary.lasting)

    @property
    def at(self) -> int:
        """Where its words begin; -1 where they are not found."""
        return self.span.start if self.span else -1


class Known(dict[str, Compared]):
    """Current statements as they are compared, by the ids of their facts, each made when asked for."""

    def __init__(self, briefing: Briefing) -> None:
        super().__init__()
        self._briefing, self._vocabulary = briefing, vocabulary(briefing.lexicons)
        self.statements = {s.fact.id: s for s in briefing.current}

    def __missing__(self, id_: str) -> Compared:
        made = self[id_] = Compared(self.statements[id_], self._briefing, self._vocabulary)
        return made


@once
def compared(briefing: Briefing) -> Known:
    """All current statements as they are compared."""
    return Known(briefing)


def _stands(entity: Entity, text: str) -> bool:
    """Whether a name of an entity stands in a text."""
    return any(name in text for name in entity.names())


def _without_aside(text: str) -> str:
    """A sentence without what stands between commas behind its subject: who somebody is tells nothing of what they did."""
    found = ASIDE.match(text)
    if not found or found[1].casefold() in PREPOSITIONS | SUBORDINATORS:
        return text
    return found[1] + found[2] + " " + text[found.end() :]


def overlap(one: Days | None, other: Days | None) -> bool | None:
    """Whether two stretches share a day; None where one is not known."""
    if not one or not other:
        return None
    return one[0] <= other[1] and other[0] <= one[1]


def gap(one: Days, other: Days) -> int:
    """Days between two stretches; 0 where they overlap."""
    return max(0, (max(one[0], other[0]) - min(one[1], other[1])).days)


def copied(a: Compared, b: Compared) -> bool:
    """Whether their articles are copies of one story."""
    story = stories(a.briefing).get(a.source)
    return bool(story) and story is stories(a.briefing).get(b.source)


def _by_length(a: Compared, b: Compared) -> tuple[Compared, Compared]:
    """The one with fewer words first."""
    return (a, b) if (len(a.words), a.id) <= (len(b.words), b.id) else (b, a)


def shared(a: Compared, b: Compared) -> tuple[float, int]:
    """How much of the shorter's words the longer says or rests on, and how many words those are."""
    shorter, longer = _by_length(a, b)
    both = shorter.words & longer.wider
    return (len(both) / len(shorter.words) if shorter.words else 0.0), len(both)


def part_of_longer(a: Compared, b: Compared) -> float:
    """How much of the longer's words the shorter says or rests on."""
    shorter, longer = _by_length(a, b)
    return len(longer.words & shorter.wider) / len(longer.words) if longer.words else 0.0


def apart(a: Compared, b: Compared) -> timedelta:
    """How far apart their sources came out."""
    return abs(a.told - b.told)


def foreign(a: Compared, b: Compared) -> int:
    """How many names each gives that the other lacks, of the two numbers the smaller."""
    return min(len(a.names - b.written), len(b.names - a.written))
