"""The same fact told again: statements that state one fact are one claim, the earliest reported first.

Claims of several statements are kept, and made again where something changed around them (`aggregate.neighbours`); all others are of
one statement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from msgspec.msgpack import decode

from generator import edtf
from generator.aggregate.claim import Claim
from generator.aggregate.compared import compared
from generator.aggregate.kept import Kept
from generator.aggregate.neighbours import regrouped
from generator.aggregate.stories import stories
from generator.link import Briefing
from generator.model import Source
from generator.once import once
from generator.statement import Statement
from generator.store import packed


@dataclass(frozen=True, eq=False)
class Claims:
    """All claims of a briefing."""

    briefing: Briefing
    groups: Mapping[str, Sequence[str]]
    """By the id of each fact that is told more than once, the ids of all facts of its claim, in order."""

    @cached_property
    def all(self) -> tuple[Claim, ...]:
        """Each once, in order of their earliest statements."""
        order = _order(self.briefing)
        firsts = [s for id_, s in self.known.items() if self.first(id_) == id_]
        return tuple(map(self.of, sorted(firsts, key=order)))

    @cached_property
    def repeated(self) -> Mapping[str, Sequence[str]]:
        """Of those of several statements, the ids of their facts, in order, by the id of the earliest."""
        return {id_: self.groups[id_] for id_ in sorted({ids[0] for ids in self.groups.values()})}

    @property
    def by_fact(self) -> Mapping[str, Claim]:
        """By the id of each of its facts."""
        return {s.fact.id: claim for claim in self.all for s in claim.statements}

    def of(self, statement: Statement) -> Claim:
        """The claim of a statement; of a retracted one, itself alone."""
        id_ = statement.fact.id
        return self._claim(self.first(id_)) if id_ in self.known else Claim((statement,))

    def once(self, statements: Iterable[Statement]) -> tuple[Statement, ...]:
        """Of some statements, for each claim the earliest, in the order in which the claims come."""
        best: dict[str, Statement] = {}
        for s in statements:
            first = self.first(s.fact.id)
            known = best.setdefault(first, s)
            if known is not s:
                ids = self.groups.get(first, (first,))
                if ids.index(s.fact.id) < ids.index(known.fact.id):
                    best[first] = s
        return tuple(best.values())

    def count(self, statements: Iterable[Statement]) -> int:
        """How many facts some statements state."""
        firsts = self.firsts
        return len({firsts.get(id_, id_) for id_ in (s.fact.id for s in statements)})

    def first(self, id_: str) -> str:
        """The id of the earliest fact that states the same as one does."""
        return self.firsts.get(id_, id_)

    @cached_property
    def firsts(self) -> Mapping[str, str]:
        """By the id of each fact that is told more than once, the id of the earliest that states the same."""
        return {id_: ids[0] for id_, ids in self.groups.items()}

    @cached_property
    def known(self) -> Mapping[str, Statement]:
        """All current statements, by the ids of their facts."""
        return compared(self.briefing).statements

    @cached_property
    def _made(self) -> dict[str, Claim]:
        return {}

    def _claim(self, first: str) -> Claim:
        """The claim whose earliest statement is of a fact, the same each time."""
        if first not in self._made:
            statements = tuple(self.known[id_] for id_ in self.groups.get(first, (first,)))
            self._made[first] = Claim(statements, self.briefing)
        return self._made[first]


@once
def claims(briefing: Briefing) -> Claims:
    """The claims of all current statements."""
    kept = Kept(briefing)
    rows = kept.run("SELECT first, members FROM same_claims WHERE scope = ?")
    groups = {first: tuple(decode(members, type=list[str])) for first, members in rows}
    update = regrouped(briefing, kept)
    if update:
        known, order = compared(briefing).statements, _order(briefing)
        concerned = update.facts | update.retold
        again = [ids for ids in groups.values() if not concerned.isdisjoint(ids)]
        made = [list(ids) for ids in again if update.facts.isdisjoint(ids)]
        for ids in again:
            del groups[ids[0]]
        kept.drop("same_claims", "first", (ids[0] for ids in again))
        new = [tuple(sorted(ids, key=lambda id_: order(known[id_]))) for ids in (*update.groups, *made)]
        groups |= {ids[0]: ids for ids in new}
        kept.put("same_claims", ((ids[0], packed(ids), None) for ids in new))
    return Claims(briefing, {id_: ids for ids in groups.values() for id_ in ids})


def _order(briefing: Briefing) -> Callable[[Statement], tuple[object, ...]]:
    """The earliest source first; of copies of one day, the one that the others are cut from."""
    copies = stories(briefing)

    def place(source: Source) -> tuple[object, ...]:
        copy = source.id in copies and copies[source.id].first.id != source.id
        return (edtf.sort_key(source.date), copy, source.id)

    at = {source.id: n for n, source in enumerate(sorted(briefing.sources.values(), key=place))}

    def order(s: Statement) -> tuple[object, ...]:
        return (at[s.source.id], s.span.start if s.span else 1 << 40, s.fact.id)

    return order
