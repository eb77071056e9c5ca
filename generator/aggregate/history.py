"""The history of a figure: the same thing measured again, by one source or several; and targets that moved.

Two figures are of the same thing if they agree in role, unit, rate, measure and places, share what they are about or are measured
by the same name, and their quotes share a telling word besides what they count (`opened`, and not `in use`); of shares,
money and measures the measure must be named. The same number for the same time is one measurement, whoever repeats it.
A history has two times and two numbers at the least: what only one number tells, or one time, is none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from heapq import merge

from generator import edtf
from generator.aggregate.figures import SHARES, STEM, fact, folded, telling_words, unit
from generator.edtf import Edtf
from generator.extract.grammar import DETERMINERS, PREPOSITIONS, SUBORDINATORS
from generator.lexicon import Lexicons
from generator.link import Briefing
from generator.model import Figure
from generator.once import once
from generator.phrases import is_currency, is_duration, is_measure
from generator.statement import Statement

OF_TIME = frozenset("already currently years months weeks today which there their these those where".split())
"""Words that stand beside any number."""


@dataclass(frozen=True)
class Measurement:
    """A number at a time, and every statement of it, the earliest source first."""

    when: Edtf
    statements: tuple[Statement, ...]

    @property
    def fact(self) -> Figure:
        """The figure, as the first of them states it."""
        return fact(self.statements[0])


@dataclass(frozen=True)
class History:
    """Measurements of one thing, the earliest first."""

    measurements: tuple[Measurement, ...]

    @property
    def facts(self) -> frozenset[str]:
        """The ids of all figures in it."""
        return frozenset(s.fact.id for m in self.measurements for s in m.statements)

    @property
    def is_target(self) -> bool:
        """Whether it is a target that moved."""
        return self.measurements[0].fact.role == "target"


def time_of(statement: Statement) -> Edtf | None:
    """For when a figure holds: its own date, else that of its source; None where neither is closed."""
    for text in (statement.fact.when, statement.source.date):
        read = edtf.parse(text or "")
        if read and not read.open_start and not read.open_end:
            return read
    return None


def _key(statement: Statement) -> tuple[object, ...]:
    """What figures of one thing agree in."""
    given = fact(statement)
    places = tuple(sorted(e.id for e in statement.where)) if statement.fact.where else ()
    return (given.role, unit(statement), given.per or "", folded(given.measure or ""), places)


def _alike(one: str, other: str) -> bool:
    """Whether two words are forms of one, by how they begin: opened and opening, and not contract and contrast."""
    shorter = min(len(one), len(other))
    same = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), shorter)
    return same >= max(STEM, shorter - 2)


class _Figure:
    """A figure with what tells whether another is of the same thing, found once."""

    def __init__(self, statement: Statement, lexicons: Lexicons) -> None:
        self.statement = statement
        given, name = fact(statement), unit(statement)
        self.is_named = bool(given.measure and given.unit)
        self.is_measured = name in SHARES or is_currency(name.upper()) or is_measure(name, lexicons)
        self.about = frozenset(e.id for e in statement.about)

    @cached_property
    def words(self) -> frozenset[str]:
        """The telling words of its quote."""
        return frozenset(telling_words(self.statement) - DETERMINERS - PREPOSITIONS - SUBORDINATORS - OF_TIME)

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """How those begin."""
        return frozenset(word[:STEM] for word in self.words)

    def is_same(self, other: _Figure) -> bool:
        """Whether two that agree in their keys are of one thing: by the name of their measure, or by subject and words."""
        if self.is_named or self.is_measured:
            return self.is_named
        if not self.about & other.about or not self.beginnings & other.beginnings:
            return False
        return any(_alike(a, b) for a in self.words for b in other.words)


def _groups(statements: Iterable[Statement], lexicons: Lexicons) -> list[list[Statement]]:
    """Statements of one thing each: whoever joins a group is of one thing with its first and its last."""
    groups: list[list[_Figure]] = []
    about: dict[str, list[int]] = {}
    for figure in (_Figure(s, lexicons) for s in statements):
        if figure.is_named:
            ranks: Iterable[int] = range(len(groups))
        elif figure.is_measured:
            ranks = range(0)  # nothing tells what it measures
        else:
            ranks = merge(*(about.get(name, ()) for name in figure.about))
        fitting = (n for n in ranks if all(figure.is_same(other) for other in (groups[n][0], groups[n][-1])))
        rank = next(fitting, None)
        if rank is None:
            for name in figure.about:
                about.setdefault(name, []).append(len(groups))
            groups.append([figure])
        else:
            groups[rank].append(figure)
    return [[figure.statement for figure in group] for group in groups]


def _measured(statements: Iterable[Statement]) -> tuple[Measurement, ...]:
    """Each number at each time once."""
    found: dict[tuple[object, ...], list[Statement]] = {}
    times: dict[tuple[object, ...], Edtf] = {}
    for statement in statements:
        when, given = time_of(statement), fact(statement)
        if when:
            name = (when.text, given.value, given.high, given.bound)
            found.setdefault(name, []).append(statement)
            times[name] = when
    made = [Measurement(times[name], tuple(group)) for name, group in found.items()]
    return tuple(sorted(made, key=lambda m: (m.when.latest, m.when.earliest, m.fact.value, m.fact.id)))


@once
def histories(briefing: Briefing) -> tuple[History, ...]:
    """All histories, that with the newest measurement first."""
    by_key: dict[tuple[object, ...], list[Statement]] = {}
    for s in briefing.by_kind.get("figure", ()):  # in the order of their sources
        if unit(s) and not is_duration(fact(s).unit, briefing.lexicons) and fact(s).value >= 0:
            by_key.setdefault(_key(s), []).append(s)
    groups = (group for many in by_key.values() if len(many) > 1 for group in _groups(many, briefing.lexicons))
    found = []
    for group in groups:
        measured = _measured(group)
        if len({m.when.text for m in measured}) > 1 and len({(m.fact.value, m.fact.high) for m in measured}) > 1:
            found.append(History(measured))
    return tuple(sorted(found, key=lambda h: (-h.measurements[-1].when.latest.toordinal(), h.measurements[0].fact.id)))
