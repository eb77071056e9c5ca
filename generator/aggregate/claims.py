"""The same fact told again: statements that state one fact are one claim, the earliest reported first.

Which statements are compared is told by an index of their words, and of pairs of those words that many share, so that time grows
with the statements and not with their pairs. Pairs join in order of how much they agree; two groups join only if none of the
one clashes with any of the other. So the result does not depend on the order of anything. A person's `same-as` comes first, and
`unrelated` before that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from generator import edtf
from generator.aggregate.agreement import agree, clash
from generator.aggregate.compared import Compared
from generator.aggregate.origins import Origin, independent
from generator.aggregate.stories import stories
from generator.aggregate.vocabulary import vocabulary
from generator.link import Briefing, Statement
from generator.model import Figure

COMMON = 40
"""A word, or a pair of words, that more statements share leads to no pair of them."""


@dataclass(frozen=True)
class Claim:
    """One fact, and every statement of it, the earliest reported first."""

    statements: tuple[Statement, ...]
    origins: tuple[Origin, ...]
    """The statements by what they go back to."""

    @property
    def first(self) -> Statement:
        """Who reported it first."""
        return self.statements[0]

    @property
    def id(self) -> str:
        """The id of its earliest fact."""
        return self.first.fact.id

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the sources that tell it, each once."""
        return tuple(dict.fromkeys(s.source.id for s in self.statements))


@dataclass(frozen=True)
class Claims:
    """All claims of a briefing."""

    by_fact: Mapping[str, Claim]
    """By the id of each of its facts."""

    @property
    def all(self) -> tuple[Claim, ...]:
        """Each once, in order of their earliest statements."""
        return tuple({id(claim): claim for claim in self.by_fact.values()}.values())

    def of(self, statement: Statement) -> Claim:
        """The claim of a statement; of a retracted one, itself alone."""
        found = self.by_fact.get(statement.fact.id)
        return found or Claim((statement,), (Origin(None, (statement,)),))

    def once(self, statements: Iterable[Statement]) -> tuple[Statement, ...]:
        """Of some statements, for each claim the earliest, in the order in which the claims come."""
        given = list(statements)
        rank = {s.fact.id: n for claim in map(self.of, given) for n, s in enumerate(claim.statements)}
        best: dict[str, Statement] = {}
        for s in given:
            known = best.setdefault(self.of(s).id, s)
            if rank[s.fact.id] < rank[known.fact.id]:
                best[self.of(s).id] = s
        return tuple(best.values())

    def count(self, statements: Iterable[Statement]) -> int:
        """How many facts some statements state."""
        return len({self.of(s).id for s in statements})


@lru_cache(maxsize=4)  # every page asks, of the present and of each edition
def claims(briefing: Briefing) -> Claims:
    """The claims of all current statements."""
    known = compared(briefing)
    groups = _groups(known)
    made: dict[str, Claim] = {}
    order = {s.fact.id: _order(s, briefing) for s in briefing.current}
    for ids in groups:
        ordered = tuple(sorted((known[id_].statement for id_ in ids), key=lambda s: order[s.fact.id]))
        made[ordered[0].fact.id] = Claim(ordered, independent(ordered, briefing))
    inorder = sorted(made.values(), key=lambda claim: order[claim.id])
    return Claims({s.fact.id: claim for claim in inorder for s in claim.statements})


@lru_cache(maxsize=4)
def compared(briefing: Briefing) -> Mapping[str, Compared]:
    """Every current statement as it is compared, by the id of its fact."""
    words = vocabulary(briefing.lexicons)
    return {s.fact.id: Compared(s, briefing, words) for s in briefing.current}


def _order(statement: Statement, briefing: Briefing) -> tuple[object, ...]:
    """The earliest source first; of copies of one day, the one that the others are cut from."""
    source = statement.source.id
    story = stories(briefing).get(source)
    start = statement.span.start if statement.span else 1 << 40
    copy = bool(story) and story is not None and story.first.id != source
    return (edtf.sort_key(statement.source.date), copy, source, start, statement.fact.id)


def pairs(known: Mapping[str, Compared]) -> Iterator[tuple[Compared, Compared]]:
    """Statements of one kind that share words that few do, each pair once."""
    index: dict[tuple[object, ...], list[str]] = {}
    for id_, c in known.items():
        for word in c.words:
            index.setdefault((c.statement.fact.kind, word), []).append(id_)
        if isinstance(c.statement.fact, Figure):
            index.setdefault(("value", c.statement.fact.value), []).append(id_)
        for entity in c.statement.who if c.statement.fact.kind == "role" else ():
            index.setdefault(("who", entity.id), []).append(id_)
    common = {key for key, ids in index.items() if len(ids) > COMMON}
    for id_, c in known.items():
        often = sorted(word for word in c.words if (c.statement.fact.kind, word) in common)
        for pair in combinations(often, 2):
            index.setdefault((c.statement.fact.kind, *pair), []).append(id_)
    found = {
        (one, other) if one < other else (other, one)
        for ids in index.values()
        if len(ids) <= COMMON
        for one, other in combinations(ids, 2)
    }
    return ((known[one], known[other]) for one, other in sorted(found))


def _groups(known: Mapping[str, Compared]) -> list[list[str]]:
    """The ids of statements of one fact each."""
    group = {id_: [id_] for id_ in known}

    def join(one: str, other: str) -> None:
        if group[one] is not group[other]:
            group[one] += group[other]
            group.update(dict.fromkeys(group[other], group[one]))

    def may(one: str, other: str) -> bool:
        both = ((known[a], known[b]) for a in group[one] for b in group[other])
        return all(agree(a, b) if a.source == b.source else not clash(a, b) for a, b in both)

    for one, other in by_hand(known):
        join(one, other)
    scored = ((agree(a, b), a.id, b.id) for a, b in pairs(known))
    for _, one, other in sorted(((s, a, b) for s, a, b in scored if s), key=lambda found: (-found[0], *found[1:])):
        if group[one] is not group[other] and may(one, other):
            join(one, other)
    return list({id(ids): ids for ids in group.values()}.values())


def by_hand(known: Mapping[str, Compared]) -> Sequence[tuple[str, str]]:
    """What a person says is the same, unless a person says that it is not."""
    named = {(id_, other) for id_, c in known.items() for other in c.statement.fact.same_as if other in known}
    kept = (
        (a, b)
        for a, b in named
        if b not in known[a].statement.fact.unrelated and a not in known[b].statement.fact.unrelated
    )
    return sorted(kept)
