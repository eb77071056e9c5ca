"""Where statements come from, and how many of them stand on their own: origins are counted, not articles.

Statements have one origin where somebody who vouches for the one vouches for the other, too (outlet → agency → minister, and the agency alone),
where their articles are copies of one story, where one article states both, or where they share a run of `COPIED` words. What an outlet
says with nobody behind it belongs to the origin that it already carries, if there is one, and is an origin of its own elsewhere.
So a number is never higher than what the sources show; it may be lower than the truth.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator import edtf
from generator.aggregate.stories import stories
from generator.link import Briefing, Statement
from generator.model import Entity

COPIED = 8
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Origin:
    """Statements that are not independent of each other."""

    entity: Entity | None
    """Who they go back to: who first said it, or the first who stands in all their chains; None where no source says."""
    statements: tuple[Statement, ...]
    """The earliest source first."""


@dataclass(frozen=True)
class _Group:
    marks: frozenset[str]
    """What tells that another statement is not independent of these."""
    carriers: frozenset[str]
    """The outlets that printed them."""
    statements: tuple[Statement, ...]


def _name(entity: Entity) -> str:
    return entity.id or entity.name


def _marks(statement: Statement, briefing: Briefing) -> frozenset[str]:
    story = stories(briefing).get(statement.source.id)
    words = WORD.findall(statement.fact.quote.casefold())
    runs = (" ".join(words[at : at + COPIED]) for at in range(len(words) - COPIED + 1))
    text = story.first.id if story else statement.source.id
    vouching = statement.voices or statement.chain
    return frozenset([f"text {text}", *(f"run {run}" for run in runs), *(f"by {_name(e)}" for e in vouching)])


def independent(statements: Iterable[Statement], briefing: Briefing) -> tuple[Origin, ...]:
    """The origins of statements of one thing, that with the earliest source first."""
    groups: list[_Group] = []
    for s in sorted(statements, key=lambda s: (not s.voices, _earliest(s))):  # first those with somebody behind them
        marks, carriers = _marks(s, briefing), frozenset(_name(e) for e in (s.outlet,) if e)
        fitting = [group for group in groups if group.marks & marks]
        if not s.voices:  # it joins one origin, and makes no one of two
            fitting = (fitting or [group for group in groups if group.carriers & carriers])[:1]
        groups = [group for group in groups if group not in fitting]
        groups.append(
            _Group(
                marks.union(*(group.marks for group in fitting)),
                carriers.union(*(group.carriers for group in fitting)),
                (*(t for group in fitting for t in group.statements), s),
            )
        )
    made = (tuple(sorted(group.statements, key=_earliest)) for group in groups)
    return tuple(Origin(_behind(group), group) for group in sorted(made, key=lambda group: _earliest(group[0])))


def _earliest(statement: Statement) -> tuple[object, ...]:
    return (edtf.sort_key(statement.source.date), statement.source.id, statement.fact.id)


def _behind(statements: Sequence[Statement]) -> Entity | None:
    """Who stands behind all of them, the furthest back; else who is behind the first."""
    chains = [s.chain for s in statements if s.voices] or [s.chain for s in statements if s.chain]
    common = set.intersection(*({_name(e) for e in chain} for chain in chains)) if chains else set()
    first = chains[0] if chains else ()
    return next((e for e in first if _name(e) in common), first[0] if first else None)
