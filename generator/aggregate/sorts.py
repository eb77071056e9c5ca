"""What sorts of events a statement may tell of, and which sort of report answers which plan: lexicons `events` and `outcomes`.

An event has one sort; words of its statement may name others, as `went on strike` and `fly to Orel` do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from generator.aggregate.events import AHEAD, status
from generator.aggregate.likeness import stem, stems
from generator.lexicon import Lexicons
from generator.statement import Statement

Kind = Literal["met", "denied", "undone", "postponed"]
"""What an event of a later source is to one that is ahead."""
VAGUE = "action"


@dataclass(frozen=True, eq=False)
class Sorts:
    """Lexicon `outcomes`, compiled."""

    fulfils: Mapping[str, Sequence[str]]
    opposites: Mapping[str, Sequence[str]]
    phrases: tuple[tuple[re.Pattern[str], str], ...]
    begun: frozenset[str]
    undone: frozenset[str]
    unable: frozenset[str]
    postponed: frozenset[str]
    recurring: frozenset[str]
    assemblies: frozenset[str]
    lasting: frozenset[str]
    starting: frozenset[str]
    """Stems by which a plan of a lasting sort is of its start alone."""
    durable: frozenset[str]
    ending: re.Pattern[str]
    persisting: re.Pattern[str]
    unkept: re.Pattern[str]
    lexicons: Lexicons

    def of(self, statement: Statement) -> frozenset[str]:
        """The sort of an event, those of its verb that is of several, and those that its turns of phrase tell."""
        return _named(self.lexicons, getattr(statement.fact, "what", ""), _text(statement))

    def looked_up(self, report: Statement) -> frozenset[str]:
        """The sorts under which plans that a report may tell of are found; a deadline that passed may be that of any."""
        return self.of(report) | (self.undone if self.unkept.search(_text(report)) else frozenset())

    def asks_around(self, report: Statement) -> bool:
        """Whether what a report is to a plan may depend on the sorts that its sentence names."""
        return bool(self.unable & self.of(report)) or bool(self.unkept.search(_text(report)))

    def answering(self, sorts: Iterable[str]) -> frozenset[str]:
        """The sorts that meet some others, themselves among them."""
        return frozenset(told for sort in sorts for told in (sort, *self.fulfils.get(sort, ())))

    def telling(self, sorts: Iterable[str]) -> frozenset[str]:
        """All sorts of what may tell the outcome of some."""
        given = frozenset(sorts)
        against = (other for sort in given for other in self.opposites.get(sort, ()))
        always = self.begun | self.undone | self.unable | self.postponed
        return self.answering(given) | always | frozenset(against)

    def kind(self, plan: Statement, report: Statement, named: frozenset[str], around: frozenset[str]) -> Kind | None:
        """What an event of a later source is to a plan, by sorts; the report's words name some, and its sentence those `around`."""
        ahead, told, what = self.of(plan), self.of(report), getattr(plan.fact, "what", "")
        answers, text = self.answering(ahead), _text(report)
        if status(report) == "denied":
            return "denied" if told & answers else None
        if status(report) != "happened":
            return "postponed" if status(report) in AHEAD and told & self.postponed else None
        if around & ahead and self.unkept.search(text):
            return "denied"
        if self.persisting.search(text) and any(told & set(self.opposites.get(sort, ())) for sort in ahead):
            return "denied"
        if bool(self.ending.search(text)) != bool(self.ending.search(_text(plan))) and what in self.durable:
            return None  # the day on which a strike ends is not that on which it was to begin
        start_planned = _starts(self.lexicons, _text(plan))
        if told - {what} <= {"start"} and "start" in told and what in self.lasting and not start_planned:
            return None  # to be built by June is not met by the start of building
        if told & answers or (start_planned and what in self.lasting and "start" in told):
            return "met"
        if told & self.begun and what not in self.begun and (what in named or what == VAGUE):
            return "met"
        if told & self.undone or (told & self.unable and around & ahead):
            return "undone"
        return "postponed" if told & self.postponed else None


def _text(statement: Statement) -> str:
    return f"{statement.fact.text} {statement.fact.quote}".casefold()


@lru_cache(maxsize=20_000)
def _named(lexicons: Lexicons, what: str, text: str) -> frozenset[str]:
    words, by_word = stems(text, lexicons), sort_words(lexicons)
    alike = {sort for word in words if what in by_word.get(word, ()) for sort in by_word[word]}
    told = {sort for pattern, sort in sorts(lexicons).phrases if pattern.search(text)}
    return frozenset({what} | alike | told)


@lru_cache(maxsize=20_000)
def _starts(lexicons: Lexicons, text: str) -> bool:
    """Whether a plan is of a start."""
    return bool(sorts(lexicons).starting & stems(text, lexicons))


def _words(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b")


@lru_cache(maxsize=4)
def sorts(lexicons: Lexicons) -> Sorts:
    """What answers what."""
    table = lexicons["outcomes"]
    sets = {
        name: frozenset(table[name])
        for name in ("begun", "undone", "unable", "postponed", "recurring", "assemblies", "lasting", "durable")
    }
    return Sorts(
        fulfils=table["fulfils"],
        opposites=table["opposites"],
        phrases=tuple((_words(phrases), sort) for sort, phrases in table["phrases"].items()),
        starting=frozenset(map(stem, table["starting"])),
        ending=_words(table["ending"]),
        persisting=_words(table["persisting"]),
        unkept=_words(table["unkept"]),
        lexicons=lexicons,
        **sets,
    )


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
