"""Pairs of statements that agree, or tell of one thing, kept; after a change those that it concerns are compared again.

It concerns the statements of a source that changed in any of them, or that is a copy of other articles now; and those that rest on
a name, a place or a word that is understood otherwise now. They are taken out and put in again. What only shares a word with them
that has become common, or is common no more, is looked at, too. Then what hangs together with any of these is grouped anew, and all
else stays as it was: so the result is that of all statements, whatever came first.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations, islice

from generator.aggregate import called, partners
from generator.aggregate.agreement import agree
from generator.aggregate.compared import Compared, Known, compared
from generator.aggregate.found_by import by_word, found_by, same_as
from generator.aggregate.grouping import by_hand, grouped
from generator.aggregate.kept import Kept
from generator.aggregate.opposed_events import one_event
from generator.aggregate.opposed_figures import one_measure
from generator.aggregate.sharing import Keys, Sharing
from generator.aggregate.stories import stories
from generator.link import Briefing
from generator.model import KINDS
from generator.statement import Statement

MANY = 1000
"""Pairs that are compared at once; and if more statements are new, what they are compared by is not held longer than it must be."""
FIRST, SECOND = 1, 2
"""A pair that tells of one thing is kept both ways; in the first, what it differs in is told, once it is known."""


@dataclass(frozen=True, slots=True)
class Regrouped:
    """What an update made anew."""

    facts: frozenset[str]
    """The ids of all facts that were looked at, of those that are gone, too."""
    groups: Sequence[Sequence[str]]
    """The facts of each group among them that has several."""
    retold: frozenset[str]
    """Facts of articles of whose story another article is the first now, which orders them otherwise."""


@dataclass(frozen=True, slots=True)
class _Article:
    """A source as its statements were compared."""

    digests: bytes
    """Of its statements, all together or one after another."""
    story: str
    """The first article of its story; empty where it has no copies."""
    numbers: Sequence[int] = ()


def of_one_thing(a: Compared, b: Compared) -> bool:
    """Whether two statements tell of one thing what may differ, whatever else their claims tell of it."""
    kind = a.statement.fact.kind
    if kind != b.statement.fact.kind:
        return False
    return (kind == "figure" and one_measure(a, b)) or (kind == "event" and one_event(a, b))


def regrouped(briefing: Briefing, kept: Kept) -> Regrouped | None:
    """Bring the kept pairs up to date; None where nothing changed."""
    update = _Update(briefing, kept)
    before, after = _articles(kept), update.articles()
    stories_before = {id_: article.story for id_, article in before.items()}
    stories_after = {id_: article.story for id_, article in after.items()}
    retold = {id_ for id_, story in stories_after.items() if stories_before.get(id_, "") != story}
    again = {id_ for id_, a in after.items() if id_ not in before or before[id_].digests != a.digests}
    again |= copied_otherwise(stories_before, stories_after) if retold else set()
    given_up = before.keys() - after.keys()
    understood = update.understood_otherwise()
    if not again and not given_up and not understood and not retold:
        return None
    whole = {number for id_ in again | given_up if id_ in before for number in before[id_].numbers}
    gone = update.facts(whole | understood)
    come = update.numbered(again, after)
    kept.drop("same_sources", "source", given_up)
    kept.put("same_sources", (_row(id_, after[id_], before[id_].numbers) for id_ in retold - again))
    come |= {number: fact for number, fact in gone.items() if number not in whole}
    near = update.compare(gone.keys(), come)
    groups = list(update.groups(near | come.keys()))
    compared(briefing).clear()  # of a first run that is much, and what is asked for is made again
    return Regrouped(
        facts=frozenset(gone.values()).union(*groups),
        groups=[group for group in groups if len(group) > 1],
        retold=frozenset(s.fact.id for id_ in retold for s in briefing.by_source[id_]),
    )


def _row(id_: str, article: _Article, numbers: Sequence[int]) -> tuple[object, ...]:
    return (id_, article.digests, article.story, array("I", numbers).tobytes())


def _articles(kept: Kept) -> dict[str, _Article]:
    rows = kept.run("SELECT source, digests, story, numbers FROM same_sources WHERE scope = ?")
    return {id_: _Article(digests, story, array("I", numbers)) for id_, digests, story, numbers in rows}


def copied_otherwise(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    """Of sources, by id the first article of the story of each, empty where it has no copies: so many as hold one of any two that began to be, or ceased to be, of one story."""
    then: dict[str, set[str]] = defaultdict(set)
    now: dict[str, set[str]] = defaultdict(set)
    for id_, story in before.items():
        then[story].add(id_)
    for id_, story in after.items():
        now[story].add(id_)
    changed = {id_ for id_, story in after.items() if before.get(id_, "") != story}
    moved = changed & now.pop("", set())
    for ids in now.values():
        if not changed.isdisjoint(ids):
            parts: dict[str, list[str]] = defaultdict(list)
            for id_ in ids:
                parts[before.get(id_, "")].append(id_)
            moved.update(parts.pop("", ()))
            stays = max(parts, key=lambda story: (len(parts[story]), story), default=None)
            moved.update(*(part for story, part in parts.items() if story != stays))
            moved |= then[stays] - ids if stays else set()
    return moved & after.keys()


class _Update:
    """One update of what is kept."""

    def __init__(self, briefing: Briefing, kept: Kept) -> None:
        self._briefing, self._kept = briefing, kept
        self._known: Known = compared(briefing)
        self._sharing = Sharing(kept)
        self._facts: dict[int, str] = {}

    def articles(self) -> dict[str, _Article]:
        """The sources as they are now, by id."""
        copies = stories(self._briefing)
        known = {} if self._briefing.edition else self._briefing.digests  # an edition leaves links to later facts out
        shadowed = len(self._known.statements) < len(self._briefing.current)
        found = {}
        for id_, told in self._briefing.by_source.items():
            digests = known.get(id_) or b"".join([s.digest for s in told])
            if shadowed:  # of two facts with one id, only the last counts
                digests += bytes(self._counts(s) for s in told)
            found[id_] = _Article(digests, copies[id_].first.id if id_ in copies else "")
        return found

    def _counts(self, s: Statement) -> bool:
        return self._known.statements.get(s.fact.id) is s

    def understood_otherwise(self) -> set[int]:
        """Statements that rest on names or words which are not what they were."""
        needs = called.moved(self._briefing, self._kept)
        words = partners.moved(self._briefing, self._kept)
        keys = (*sorted(needs), *(key for word in sorted(words) for key in by_word(word)))
        return {number for key in keys for number in self._sharing.having(key)}

    def facts(self, numbers: Iterable[int]) -> dict[int, str]:
        """The ids of the facts that have some numbers."""
        wanted = set(numbers)
        if missing := sorted(number for number in wanted if number not in self._facts):
            self._facts.update(self._kept.look("number, fact", "same_items", "number", missing))
        return {number: self._facts[number] for number in wanted if number in self._facts}

    def numbered(self, sources: Iterable[str], after: Mapping[str, _Article]) -> dict[int, str]:
        """Numbers for the statements of some sources, which are kept with these."""
        row = self._kept.run("SELECT max(number) FROM same_items WHERE scope = ?").fetchone()
        unused, found = (row[0] or 0) + 1, dict[int, str]()
        rows = []
        for id_ in sorted(sources):
            ids = [s.fact.id for s in self._briefing.by_source[id_] if self._counts(s)]
            numbers = range(unused, unused + len(ids))
            found.update(zip(numbers, ids, strict=True))
            rows.append(_row(id_, after[id_], numbers))
            unused += len(ids)
        self._kept.put("same_sources", rows)
        return found

    def compare(self, gone: Set[int], come: Mapping[int, str]) -> set[int]:
        """Take some out and put others in, and compare these with all that they may agree with; gives the numbers of those whose pairs changed."""
        near = {other for row in self._pairs(gone) for other in row[:2]} - gone
        self._kept.drop("same_pairs", "one", gone)
        self._drop((other, number) for number in gone for other in near)
        keys = {number: found_by(self._known[fact]) for number, fact in come.items()}
        self._facts |= come
        lost, gained = self._sharing.replace(
            self._sharing.keys(gone), {number: (fact, keys[number]) for number, fact in come.items()}
        )
        for kind in KINDS:  # only those of one kind are compared, so a first run needs to hold no more at once
            some = [number for number, fact in come.items() if self._known.statements[fact].fact.kind == kind]
            self._put(pair for number in some for pair in self._found(number, keys[number], keys))
            if len(come) > MANY:
                for number in some:
                    self._known.pop(come[number], None)
        old = gone | come.keys()
        return near | self._lose(lost, old) | self._gain(gained, old)

    def _found(self, number: int, keys: Keys, come: Mapping[int, Keys]) -> Iterator[tuple[int, int, bool]]:
        """Pairs of one that came with others, and whether their words lead from one to the other; those of two that came once."""
        candidates = self._sharing.candidates(number, keys)
        said = self._said(number) - candidates
        for others, led in ((candidates, True), (said, False)):
            yield from ((number, other, led) for other in others if other not in come or number < other)

    def _said(self, number: int) -> set[int]:
        """What a person may say is the same."""
        fact = self._known[self._facts[number]].statement.fact
        rows = self._kept.look("number", "same_items", "fact", fact.same_as)
        return ({n for (n,) in rows} | self._sharing.having(same_as(fact.id))) - {number}

    def _put(self, pairs: Iterable[tuple[int, int, bool]]) -> set[int]:
        """Compare pairs, and keep those that agree, tell of one thing, or are the same by hand; gives what these are."""
        kept: set[int] = set()
        pairs = iter(pairs)
        while some := list(islice(pairs, MANY)):
            self.facts({number for one, other, _ in some for number in (one, other)})
            rows = [row for pair in some for row in self._rows(*pair)]
            self._kept.put("same_pairs", rows)
            kept.update(row[0] for row in rows)
        return kept

    def _rows(self, one: int, other: int, led: bool) -> Iterator[tuple[int, int, float, bool, int, None]]:
        first, second = sorted((one, other), key=self._facts.__getitem__)
        a, b = self._known[self._facts[first]], self._known[self._facts[second]]
        score = agree(a, b) if led else 0.0
        opposed, said = led and of_one_thing(a, b), by_hand(a, b)
        if score or opposed or said:
            yield first, second, score, said, FIRST if opposed else 0, None
            yield second, first, score, said, SECOND if opposed else 0, None

    def _pairs(self, numbers: Iterable[int]) -> list[tuple[int, int, float, bool]]:
        """The kept pairs of some: its number, the other's, how much they agree, whether a person says that they are the same."""
        return list(self._kept.look("one, other, score, by_hand", "same_pairs", "one", sorted(numbers)))

    def _drop(self, pairs: Iterable[tuple[int, int]]) -> None:
        for one, other in pairs:
            self._kept.run("DELETE FROM same_pairs WHERE scope = ? AND one = ? AND other = ?", one, other)

    def _lose(self, crossed: Iterable[Set[int]], changed: Set[int]) -> set[int]:
        """Give up the pairs to which only a word led that is common now."""
        near: set[int] = set()
        for numbers in crossed:
            pairs = [(one, other) for one, other, *_ in self._pairs(numbers - changed) if other in numbers - changed]
            keys = self._sharing.keys(sorted({one for one, _ in pairs}))
            lost = [(one, other) for one, other in pairs if not self._sharing.compared(keys[one], keys[other])]
            self._drop(lost)
            self._put((one, other, False) for one, other in lost if one < other)
            near.update(one for one, _ in lost)
        return near

    def _gain(self, crossed: Iterable[Set[int]], changed: Set[int]) -> set[int]:
        """Compare pairs to which a word leads that is not common any more."""
        near: set[int] = set()
        for numbers in crossed:
            near |= self._put((one, other, True) for one, other in combinations(sorted(numbers - changed), 2))
        return near

    def groups(self, numbers: Iterable[int]) -> Iterator[list[str]]:
        """All that hangs together with some, in groups."""
        seen: set[int] = set()
        for number in sorted(numbers):
            if number not in seen and self.facts([number]):
                pairs, together = self._hanging_together(number)
                seen |= together
                facts = self.facts(together)
                said_same = [(facts[one], facts[other]) for one, other, _, said in pairs if said]
                scored = [(score, facts[one], facts[other]) for one, other, score, _ in pairs if score]
                yield from grouped(facts.values(), said_same, scored, self._known)
        self._unsettle(seen)

    def _hanging_together(self, number: int) -> tuple[list[tuple[int, int, float, bool]], set[int]]:
        """The pairs through which others hang together with one, and all of these."""
        found, together, due = [], {number}, [number]
        while due:
            rows = [row for row in self._pairs(due) if row[2] or row[3]]
            found += [row for row in rows if row[0] < row[1]]
            due = sorted({row[1] for row in rows} - together)
            together.update(due)
        return found, together

    def _unsettle(self, numbers: Set[int]) -> None:
        """In what some and others differ is to be told anew."""
        pairs = self._kept.look("one, other, opposed", "same_pairs", "one", sorted(numbers))
        facing = ((one, other) if opposed == FIRST else (other, one) for one, other, opposed in pairs if opposed)
        for one, other in sorted(set(facing)):
            self._kept.run("UPDATE same_pairs SET differ = NULL WHERE scope = ? AND one = ? AND other = ?", one, other)
