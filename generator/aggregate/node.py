"""Where a statement is found by others that may be of one thing with it: under its sorts or its unit, by each of its words and names.

A *plan* is an event ahead, a *report* an event that may tell of one; an *aim* is a figure to be reached, or expected, at a date, and a *number*
one that is reported. Plans meet plans and reports, and aims meet aims and numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from generator.aggregate.courses import source_days
from generator.aggregate.events import AHEAD, status
from generator.aggregate.figures import unit
from generator.aggregate.likeness import stems
from generator.aggregate.sorts import Sorts, sorts
from generator.aggregate.thing import Thing, Things
from generator.lexicon import Lexicons
from generator.model import Event, Figure
from generator.statement import Statement

Role = Literal["plan", "report", "aim", "number", ""]


class Node(Struct, frozen=True, array_like=True):
    """What is kept of a statement."""

    role: Role
    is_event: bool
    thing: Thing
    groups: tuple[str, ...] = ()
    """Its sorts, or its unit, behind the letter of its role."""
    marks: frozenset[str] = frozenset()
    """Words and names, of which two that are of one thing have some in common."""


class Finding:
    """Makes nodes of statements, and tells where those stand that may meet them."""

    def __init__(self, things: Things, lexicons: Lexicons) -> None:
        self.things, self.lexicons = things, lexicons
        self.sorts: Sorts = sorts(lexicons)

    def role(self, s: Statement) -> Role:
        """What a statement is to others."""
        if isinstance(s.fact, Event):
            if status(s) in AHEAD and s.fact.what not in self.sorts.postponed:
                return "plan"
            return "report" if status(s) in (*AHEAD, "happened", "denied") else ""
        if not isinstance(s.fact, Figure):
            return ""
        if s.fact.role in ("target", "estimate"):
            return "aim" if is_ahead(s) else ""
        return "number" if s.fact.role == "reported" and not s.fact.per and unit(s) else ""

    def is_node(self, s: Statement) -> bool:
        """Whether a statement is compared with others, or counts for how telling words are."""
        return isinstance(s.fact, Event) or bool(self.role(s))

    def node(self, s: Statement) -> Node:
        """What is kept of a statement."""
        thing, role = self.things.of(s), self.role(s)
        if role == "plan":
            groups = [f"p {sort}" for sort in sorted(thing.told)]
        elif role == "report":
            groups = [f"r {sort}" for sort in sorted(self.sorts.looked_up(s))]
        else:
            groups = [f"{role[0]} {unit(s)}"] if role else []
        marks = (thing.wider | thing.voices) - self._own(s) | thing.anchors | thing.about if role else frozenset()
        return Node(role, isinstance(s.fact, Event), thing, tuple(groups), marks)

    def _own(self, s: Statement) -> frozenset[str]:
        """Words that tell the sort of an event, or the unit of a figure: nothing is known by these."""
        if isinstance(s.fact, Event):
            return self.things.by_sort.get(s.fact.what, frozenset())
        return self.things.fold(stems(unit(s), self.lexicons))

    def near(self, sort: str) -> frozenset[str]:
        """The sorts of plans that may go on with one of a sort: those that fulfil each other."""
        fulfils = self.sorts.fulfils
        return frozenset((sort, *(w for w in fulfils.get(sort, ()) if sort in fulfils.get(w, ()))))

    def seeks(self, s: Statement, node: Node, *, later: bool) -> Iterable[str]:
        """The groups in which those stand that may meet a statement; of a plan those that may come `later`, too."""
        if node.role == "plan":
            assert isinstance(s.fact, Event)
            found = [f"p {sort}" for sort in self.near(s.fact.what)]
            return [*found, *(f"r {sort}" for sort in self.sorts.telling(node.thing.told))] if later else found
        if node.role == "report":
            told = frozenset(group[2:] for group in node.groups)
            known = (sort for sort, telling in _telling(self.lexicons).items() if told & telling)
            return [f"p {sort}" for sort in dict.fromkeys((*sorted(told), *known))]
        other = {"aim": "an", "number": "a"}.get(node.role, "")
        return [f"{letter} {unit(s)}" for letter in other]


@lru_cache(maxsize=4)
def _telling(lexicons: Lexicons) -> dict[str, frozenset[str]]:
    """The sorts of what may tell of a plan, by its sort."""
    known = sorts(lexicons)
    return {sort: known.telling((sort,)) for sort in lexicons["events"]}


def is_ahead(target: Statement) -> bool:
    """Whether a figure is for a date with an end that its article lies before."""
    when, told = target.when, source_days(target)
    if when is None or told is None:
        return False
    return not when.open_end and when.latest >= told.earliest
