"""Where statements come from, and how many of them stand on their own: origins are counted, not articles.

Statements go back to who first said it, with whom that one's word is one word (`aggregate.voices`). Two have one origin where

- the same stands first in both chains, or who is first in one passes on the other: outlet → agency → minister, and the agency alone;
- they share a run of `COPIED` words, or are the same words in copies of one story.

What an outlet says with nobody behind it belongs to the origin that its article or that outlet already carries. Elsewhere it is an
origin of its own if it came out with the first report, or within `FRESH` days; later, nothing shows that it is more than what the first told.
So a number is never higher than what the sources show; it may be lower than the truth.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator import edtf
from generator.aggregate.stories import stories
from generator.aggregate.voices import as_one, name
from generator.link import Briefing
from generator.model import Entity
from generator.statement import Statement

COPIED = 8
FRESH = 1
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Origin:
    """Statements that are not independent of each other."""

    entity: Entity | None
    """Who they go back to: who first said it, or the first who stands in all their chains; None where no source says."""
    statements: tuple[Statement, ...]
    """The earliest source first."""


def independent(statements: Iterable[Statement], briefing: Briefing) -> tuple[Origin, ...]:
    """The origins of statements of one thing, that with the earliest source first."""
    given = sorted(statements, key=_earliest)
    if len(given) == 1:  # as most are
        return (Origin(_behind(given), tuple(given)),)
    groups = _passed_on(_joined([s for s in given if s.voices], lambda s: _same(s, briefing)), briefing)
    homes = {mark: group for group in reversed(groups) for s in group for mark in _carried(s, briefing)}
    first = {s.fact.id: group for group in groups for s in group}
    for s in given:
        if not s.voices:
            marks = [*_carried(s, briefing)]
            group = next((homes[mark] for mark in marks if mark in homes), None)
            if group is None and _day(s) - _day(given[0]) > FRESH:
                group = first[given[0].fact.id]
            if group is None:
                groups.append(group := [])
            group.append(s)
            first[s.fact.id] = group
            for mark in marks:
                homes.setdefault(mark, group)
    made = (tuple(sorted(group, key=_earliest)) for group in groups)
    return tuple(Origin(_behind(group), group) for group in sorted(made, key=lambda group: _earliest(group[0])))


def _joined(statements: Sequence[Statement], marks: Callable[[Statement], Iterable[str]]) -> list[list[Statement]]:
    """Statements that share a mark, directly or through others."""
    groups: dict[int, list[int]] = {at: [at] for at in range(len(statements))}
    of, seen = list(range(len(statements))), dict[str, int]()
    for at, statement in enumerate(statements):
        for mark in marks(statement):
            one, other = sorted((of[at], of[seen.setdefault(mark, at)]), key=lambda group: -len(groups[group]))
            if one != other:
                for member in (moved := groups.pop(other)):
                    of[member] = one
                groups[one] += moved
    return [[statements[at] for at in sorted(group)] for group in sorted(groups.values(), key=min)]


def _passed_on(groups: list[list[Statement]], briefing: Briefing) -> list[list[Statement]]:
    """The same, where those who are first in one group and pass on another are with the earliest that they pass on."""
    passing: dict[str, int] = {}
    for at, group in enumerate(groups):
        for name_ in as_one((e for s in group for e in s.voices[1:]), briefing):
            passing.setdefault(name_, at)
    into = {}
    for at, group in enumerate(groups):
        named = as_one((s.voices[0] for s in group), briefing)
        found = sorted(passing[name_] for name_ in named if passing.get(name_, at) != at)
        into[at] = found[0] if found else at
    marks = {s.fact.id: (f"group {at}", f"group {into[at]}") for at, group in enumerate(groups) for s in group}
    return _joined(sorted((s for group in groups for s in group), key=_earliest), lambda s: marks[s.fact.id])


def _same(statement: Statement, briefing: Briefing) -> Iterator[str]:
    """What it shares with statements of its origin."""
    yield from (f"by {name_}" for name_ in as_one(statement.voices[:1], briefing))
    yield from _copied(statement, briefing)


def _copied(statement: Statement, briefing: Briefing) -> Iterator[str]:
    """What copies of its words share."""
    words = WORD.findall(statement.fact.quote.casefold())
    yield from (" ".join(words[at : at + COPIED]) for at in range(len(words) - COPIED + 1))
    yield f"{_text(statement, briefing)}: {' '.join(words)}"


def _carried(statement: Statement, briefing: Briefing) -> Iterator[str]:
    """What a statement with nobody behind it shares with those whose origin it has, the surest first."""
    yield _text(statement, briefing)
    yield from _copied(statement, briefing)
    yield from (f"through {name_}" for name_ in sorted(as_one(statement.chain, briefing)))


def _text(statement: Statement, briefing: Briefing) -> str:
    story = stories(briefing).get(statement.source.id)
    return f"text {story.first.id if story else statement.source.id}"


def _earliest(statement: Statement) -> tuple[object, ...]:
    return (edtf.sort_key(statement.source.date), statement.source.id, statement.fact.id)


def _day(statement: Statement) -> int:
    """The first day that the date of its source may mean."""
    read = edtf.parse(statement.source.date)
    return read.earliest.toordinal() if read else 0


def _behind(statements: Sequence[Statement]) -> Entity | None:
    """Who stands behind all of them, the furthest back; else who is behind the first."""
    chains = [s.chain for s in statements if s.voices] or [s.chain for s in statements if s.chain]
    common = set.intersection(*({name(e) for e in chain} for chain in chains)) if chains else set()
    first = chains[0] if chains else ()
    return next((e for e in first if name(e) in common), first[0] if first else None)
