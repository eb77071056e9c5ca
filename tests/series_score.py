"""How well a series of articles is read together: precision and recall against its gold (`tests/series_gold.py`).

    python tests/series_score.py [--misses] [FOLDER]…

Each series is built from its seeds alone. A statement of the gold stands for the facts there whose quotes share at least half of the
shorter of both stretches. Precision and recall are *end to end*: what extraction did not read is missed. *Of what was read* is recall over
those items of the gold whose facts extraction read at all, right or wrong.

- same fact: pairs of places in different articles whose facts are one claim. Facts with the same words in copies of one story are
  right without standing in the gold.
- origins: of the things of the gold, as the gold puts them together, how many have the right number of origins; and pairs of
  statements with one origin. *Origins, claims* are those of the claims that the program makes.
- stories: pairs of copies.
- identity: pairs of entities that are proposed as one; of those of the gold, one is found if proposals join it.
- contradictions: pairs of sides. One of the gold is found if some pair of its sides is.
- outcomes: state of everything ahead; precision over what is said to be settled or moved. *Days late* and *links* are over items with the right state.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations, product
from pathlib import Path

from rapidfuzz.fuzz import ratio
from series_gold import Ahead, Gold, Place, Thing, folders, read_gold

from generator.aggregate.claims import claims
from generator.aggregate.contradictions import contradictions
from generator.aggregate.courses import Course, Delay
from generator.aggregate.ledger import ledger
from generator.aggregate.origins import independent
from generator.aggregate.stories import stories
from generator.identity import proposals
from generator.link import Briefing
from generator.pipeline import generate
from generator.statement import Statement

Ids = frozenset[str]
Pair = frozenset[str]


@dataclass
class Score:
    """What was right, of what was said and of what there is."""

    name: str
    said: int = 0
    right: int = 0
    """Of what was said."""
    there: int = 0
    found: int = 0
    """Of what is there."""
    read: int = 0
    """How many of those there extraction read."""
    misses: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """1 where nothing was said."""
        return self.right / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        """1 where there is nothing."""
        return self.found / self.there if self.there else 1.0

    @property
    def of_read(self) -> float:
        """Recall over what extraction read."""
        return self.found / self.read if self.read else 1.0

    def say(self, right: bool, what: str) -> None:
        """Count something the program says."""
        self.said += 1
        self.right += right
        if not right:
            self.misses.append(f"wrong: {what}")

    def look(self, found: bool, what: str, *, read: bool = True) -> None:
        """Count something of the gold."""
        self.there += 1
        self.found += found
        self.read += read or found
        if not found:
            self.misses.append(f"{'missed' if read else 'unread'}: {what}")

    def row(self) -> str:
        """A line of the table."""
        shares = f"{self.precision:9.3f} {self.recall:9.3f} {self.of_read:9.3f}"
        return f"{self.name:20} {shares}    {self.right}/{self.said} said, {self.found}/{self.there} there, {self.read} read"


@cache
def built(folder: Path) -> Briefing:
    """The briefing of a series, from nothing but its seeds and settings."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        shutil.copytree(folder / "seeds", root / "seeds")
        shutil.copy(folder / "mkdocs.yml", root)
        (root / "site_src").mkdir()
        return generate(root, write=False).briefing


class Matched:
    """The gold of a series, and the facts that its statements stand for."""

    def __init__(self, gold: Gold, briefing: Briefing) -> None:
        self.gold, self.briefing = gold, briefing
        self.by_seed: dict[str, list[Statement]] = {}
        for s in briefing.current:
            self.by_seed.setdefault(s.source.seed, []).append(s)
        self.by_id = {s.fact.id: s for s in briefing.current}

    def at(self, place: Place) -> tuple[Statement, ...]:
        """The facts that a place stands for."""
        return tuple(s for s in self.by_seed.get(place.seed, ()) if fits(s, place))

    def ids(self, places: Iterable[Place]) -> Ids:
        """Ids of the facts that places stand for."""
        return frozenset(s.fact.id for place in places for s in self.at(place))

    def words(self, id_: str) -> str:
        """A fact, for people."""
        s = self.by_id[id_]
        return f"{s.source.seed.split('-')[0]} {s.fact.kind} “{s.fact.quote[:70]}”"


def fits(statement: Statement, place: Place) -> bool:
    """Whether a fact of the place's seed is one that it stands for."""
    span, value = statement.span, getattr(statement.fact, "value", None)
    if not span or (place.kinds and statement.fact.kind not in place.kinds):
        return False
    shared = min(span.end, place.span.end) - max(span.start, place.span.start)
    if 2 * shared < min(len(span), len(place.span)):
        return False
    return value is None or not place.values or value in place.values


def same_fact(m: Matched) -> Score:
    """Facts that are one claim."""
    score = Score("same fact")
    ids = [[(m.ids([place]), place) for place in thing.places] for thing in m.gold.things]
    right = {frozenset(p) for places in ids for (a, _), (b, _) in combinations(places, 2) for p in product(a, b)}
    open_ = {frozenset(p) for group in m.gold.either for p in combinations(sorted(m.ids(group)), 2)}
    said: set[Pair] = set()
    for claim in claims(m.briefing).all:
        for one, other in combinations(claim.statements, 2):
            if one.source.id != other.source.id:
                said.add(frozenset((one.fact.id, other.fact.id)))
    copied = {frozenset(pair) for keys in m.gold.stories for pair in combinations(keys, 2)}
    for pair in sorted(said - (open_ - right), key=sorted):
        one, other = sorted(pair)
        score.say(pair in right or _copied(m.by_id[one], m.by_id[other], copied), f"{m.words(one)} = {m.words(other)}")
    for thing, places in zip(m.gold.things, ids, strict=True):
        for (a, one), (b, other) in combinations(places, 2):
            if one.seed != other.seed:
                alike = _kinds(m, a) & _kinds(m, b)
                found = any(frozenset(p) in said for p in product(a, b))
                score.look(found, f"{thing.name}: {_at(one)} = {_at(other)}", read=bool(alike))
    return score


def _at(place: Place) -> str:
    return f"{place.seed.split('-')[0]}@{place.span.start}"


def _kinds(m: Matched, ids: Ids) -> set[str]:
    return {m.by_id[id_].fact.kind for id_ in ids}


def _copied(one: Statement, other: Statement, copied: Collection[Pair]) -> bool:
    """Whether two facts are the same words of one story."""
    seeds = frozenset(s.source.seed for s in (one, other))
    return seeds in copied and one.fact.kind == other.fact.kind and ratio(one.fact.quote, other.fact.quote) >= 80


def copies(m: Matched) -> Score:
    """Articles that are copies of one story."""
    score = Score("stories")
    gold = {frozenset(pair) for keys in m.gold.stories for pair in combinations(keys, 2)}
    groups = {story.sources for story in stories(m.briefing).values()}
    said = {frozenset((a.seed, b.seed)) for sources in groups for a, b in combinations(sources, 2)}
    for pair in sorted(said, key=sorted):
        score.say(pair in gold, " = ".join(sorted(pair)))
    for pair in sorted(gold, key=sorted):
        score.look(pair in said, " = ".join(sorted(pair)))
    return score


def identity(m: Matched) -> Score:
    """Entities that are one."""
    score = Score("identity")
    group = {name.casefold(): n for n, names in enumerate(m.gold.names) for name in names}
    of = {
        e.id: n
        for e in m.briefing.registry.values()
        for name in e.names()
        if (n := group.get(name.casefold())) is not None
    }
    joined: dict[str, set[str]] = {}
    for proposal in proposals(m.briefing):
        one, other = proposal.gone.id, proposal.into.id
        score.say(one in of and of[one] == of.get(other), f"{one} = {other}")
        both = joined.get(one, {one}) | joined.get(other, {other})
        joined |= dict.fromkeys(both, both)
    for one, other in combinations(sorted(of), 2):
        if of[one] == of[other]:
            score.look(other in joined.get(one, ()), f"{one} = {other}")
    return score


def _statements(m: Matched, thing: Thing) -> dict[str, int]:
    """The facts of a thing, each with the number of its origin in the gold; of the first kind alone that two articles have."""
    found = {s.fact.id: n for n, origin in enumerate(thing.origins) for place in origin for s in m.at(place)}
    kinds = [m.by_id[id_].fact.kind for id_ in found]
    order = sorted(dict.fromkeys(kinds), key=lambda kind: (-kinds.count(kind), kind != "figure"))
    return {id_: n for id_, n in found.items() if m.by_id[id_].fact.kind == order[0]} if order else {}


def origins(m: Matched) -> tuple[Score, Score]:
    """Numbers of origins, and statements with one origin, of things as the gold puts them together."""
    numbers, pairs = Score("origins"), Score("one origin, pairs")
    for thing in m.gold.things:
        known = _statements(m, thing)
        if not thing.counted or len({m.by_id[id_].source.id for id_ in known}) < 2:
            if thing.counted:
                numbers.look(False, thing.name, read=False)
            continue
        made = independent((m.by_id[id_] for id_ in known), m.briefing)
        due = len(set(known.values()))
        numbers.say(len(made) == due, f"{thing.name}: {len(made)} origins for {due}")
        numbers.look(len(made) == due, f"{thing.name}: {len(made)} origins for {due}")
        one = {s.fact.id: n for n, origin in enumerate(made) for s in origin.statements}
        for a, b in combinations(sorted(known), 2):
            told = f"{thing.name}: {m.words(a)} ~ {m.words(b)}"
            if one[a] == one[b]:
                pairs.say(known[a] == known[b], told)
            if known[a] == known[b]:
                pairs.look(one[a] == one[b], told)
    return numbers, pairs


def of_claims(m: Matched) -> Score:
    """Numbers of origins of the claims that the program makes, by the thing of the gold that most of a claim is of."""
    score = Score("origins, claims")
    for thing in m.gold.things:
        known = _statements(m, thing)
        if not thing.counted:
            continue
        made = {claims(m.briefing).of(m.by_id[id_]).id: claims(m.briefing).of(m.by_id[id_]) for id_ in known}
        best = max(
            made.values(), key=lambda claim: len({s.fact.id for s in claim.statements} & set(known)), default=None
        )
        due, told = (
            len(thing.origins),
            f"{thing.name}: {len(best.origins) if best else 0} origins for {len(thing.origins)}",
        )
        if best and len(best.sources) > 1:
            score.say(len(best.origins) == due, told)
        score.look(bool(best and len(best.sources) > 1 and len(best.origins) == due), told, read=bool(known))
    return score


def differing(m: Matched) -> Score:
    """Contradictions."""
    score = Score("contradictions")
    kinds: Mapping[str, tuple[str, ...]] = {"value": ("figure",), "day": ("event",), "place": ("event",)}
    gold = [
        (d.name, [m.ids(Place(p.seed, p.span, kinds[d.differs], p.values) for p in side) for side in d.sides])
        for d in m.gold.differences
    ]
    said = [
        (frozenset(s.fact.id for s in a.statements), frozenset(s.fact.id for s in b.statements))
        for found in contradictions(m.briefing)
        for a, b in combinations(found.sides, 2)
    ]

    def meet(pair: tuple[Ids, Ids], sides: Sequence[Ids]) -> bool:
        a, b = pair
        return any((a & x and b & y) or (a & y and b & x) for x, y in combinations(sides, 2))

    for pair in said:
        told = " / ".join(m.words(min(side, key=lambda id_: m.by_id[id_].source.id)) for side in pair)
        score.say(any(meet(pair, sides) for _, sides in gold), told)
    for name, sides in gold:
        score.look(any(meet(pair, sides) for pair in said), name, read=all(sides))
    return score


@dataclass(frozen=True)
class Predicted:
    """What the program says came of something ahead."""

    state: str
    days: int | None
    told: Ids


def _predicted(course: Course, statement: Statement) -> Predicted:
    """What came of a course, by the window that one of its statements gives."""
    state, late = course.state_at(statement)
    return Predicted(state, _exact(late), frozenset(s.fact.id for s in course.told))


def _exact(delay: Delay | None) -> int | None:
    return delay.low if delay and delay.exact else None


def outcomes(m: Matched) -> tuple[Score, Score, Score]:
    """States of what was told ahead; of those that are right, days late, and links to what tells so."""
    states, days, links = Score("outcomes"), Score("days late"), Score("outcome links")
    by_fact = {id_: _predicted(course, m.by_id[id_]) for id_, course in ledger(m.briefing).by_statement.items()}
    known: set[str] = set()
    for ahead in m.gold.outcomes:
        ids = sorted(m.ids(ahead.at) & set(by_fact))
        known.update(ids)
        made = _one(ahead, [by_fact[id_] for id_ in ids])
        told = f"{ahead.name}: {made.state if made else 'nothing'} for {' or '.join(ahead.states)}"
        right = bool(made and made.state in ahead.states)
        states.look(right, told, read=bool(ids))
        if made and made.state != "open":
            states.say(right, told)
        if made and right and made.state == "late":
            days.look(made.days in ahead.days, f"{ahead.name}: {made.days} for {ahead.days}")
            if made.days is not None:
                days.say(made.days in ahead.days, f"{ahead.name}: {made.days} for {ahead.days}")
        if made and right and ahead.told:
            due = m.ids(ahead.told)
            found = bool(made.told & due)
            words = ", ".join(map(m.words, sorted(made.told)))
            links.look(found, f"{ahead.name}: {words}", read=bool(due))
            if made.told:
                links.say(found, f"{ahead.name}: {words}")
    for course in ledger(m.briefing).entries:  # what the gold does not know of
        ids = {s.fact.id for s in course.statements}
        if not ids & known and course.state != "open":
            told = ", ".join(m.words(s.fact.id) for s in course.told)
            states.say(False, f"{course.state}, and not in the gold: {m.words(course.first.fact.id)} ← {told}")
    return states, days, links


def _one(ahead: Ahead, made: Sequence[Predicted]) -> Predicted | None:
    """What is said of one thing ahead; of several answers, one that is wrong, else one that is not open."""
    order = sorted(made, key=lambda p: (p.state in ahead.states, p.state == "open"))
    return order[0] if order else None


def scores(folder: Path) -> list[Score]:
    """The table of a series."""
    m = Matched(read_gold(folder), built(folder))
    parts: list[Callable[[Matched], Score | tuple[Score, ...]]] = [
        copies,
        identity,
        same_fact,
        origins,
        of_claims,
        differing,
        outcomes,
    ]
    return list(_flat(part(m) for part in parts))


def _flat(made: Iterable[Score | tuple[Score, ...]]) -> Iterator[Score]:
    for found in made:
        yield from found if isinstance(found, tuple) else (found,)


def main() -> None:
    """Print the tables of some series, or of all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--misses", action="store_true", help="name what was wrong, missed and unread")
    given = parser.parse_args()
    for folder in given.folders or folders():
        print(f"{folder.name:20} precision    recall   of read")
        for score in scores(folder):
            print(score.row(), *(f"    {miss}" for miss in score.misses if given.misses), sep="\n")


if __name__ == "__main__":
    main()
