"""What pages show of each statement, source and name, as digests: where none has changed, neither has the page.

A statement is shown *bare*, its sentence with its citation, or *whole*: with who else tells it, where sources differ on it, what came of it,
the sums and histories that it is part of, and the topics that hold it. All of it is a function of the digest of the statement and
of those that it is joined with, so that what is made here costs one pass over a briefing, and no page is looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from msgspec import Struct
from msgspec.msgpack import Decoder

from generator.aggregate import history, pace, topics
from generator.aggregate.claim import Claim
from generator.aggregate.claims import claims
from generator.aggregate.contradictions import Contradiction, by_fact, contradictions, part_of
from generator.aggregate.courses import Course
from generator.aggregate.events import as_of_day
from generator.aggregate.ledger import course_of, later, ledger
from generator.aggregate.own_day import last_day, looks_ahead, turned
from generator.aggregate.profiles import posts, tallies
from generator.aggregate.stories import stories
from generator.aggregate.voices import name, voices
from generator.link import Briefing
from generator.model import NAME_KEYS, Entity, Fact, Found, Source
from generator.once import once
from generator.statement import Statement, follow, publisher
from generator.store import digest, packed

T = TypeVar("T")
NONE = packed(())
_IDS = Decoder(tuple[str, ...])


class _ClaimKept(Struct, frozen=True, array_like=True):
    """What was told of a claim last."""

    facts: list[str]
    names: list[str]
    """Of all who vouch for them."""
    digest: bytes


_CLAIMS = Decoder(dict[str, _ClaimKept])
_DIGESTS = Decoder(dict[str, bytes])


@dataclass(frozen=True, eq=False)
class Shown:
    """Digests of what pages of a briefing show, and the days that they speak of."""

    briefing: Briefing

    @cached_property
    def sources(self) -> Mapping[str, bytes]:
        """By source id: its article and its fact file, what its names stand for, and who brought it out."""
        briefing = self.briefing
        found = {id_: briefing.digests.get(id_) or self._source(source) for id_, source in briefing.sources.items()}
        for id_, story in stories(briefing).items():
            if id_ != story.first.id:  # a copy comes from whoever brought out the first
                first = publisher(story.first, briefing.seeds.get(story.first.id), briefing.registry)
                found[id_] = digest(found[id_], packed(first))
        return found

    def _source(self, source: Source) -> bytes:
        seed = self.briefing.seeds.get(source.id)
        outlet = publisher(source, seed, self.briefing.registry)
        told = (s.digest for s in self.briefing.by_source.get(source.id, ()))
        return digest(packed((source, seed.sha256 if seed else "", outlet)), *told)

    @cached_property
    def bare(self) -> Mapping[str, bytes]:
        """By fact id: the statement itself, what its names stand for, and what of its article decides how it is told."""
        briefing, copies, found = self.briefing, stories(self.briefing), {}
        for id_, statements in briefing.by_source.items():
            known = briefing.around.get(id_)
            # Direct speech may be repeated whole, and a judgement tells how likely an event beside it is.
            beside = b"".join([s.own for s in statements if s.fact.kind in ("quotation", "assessment")])
            if known is None or (id_ in copies and copies[id_].first.id != id_):
                known = self.sources[id_]
            around = digest(known, beside)
            found.update({s.fact.id: s.own + around for s in statements})
        return found

    @cached_property
    def whole(self) -> Mapping[str, bytes]:
        """By fact id: the statement with all that is told beside it."""
        found = dict(self.bare)
        for id_, more in self._beside.items():
            found[id_] += b"".join(more)
        return found

    def day(self, statement: Statement) -> date:
        """The last day on which something that is told of a statement was news, or turned."""
        briefing, id_, day = self.briefing, statement.fact.id, as_of_day(self.briefing)
        if id_ not in self._days:
            course = course_of(statement, briefing)
            joined = [
                *claims(briefing).of(statement).statements,
                *(s for c in by_fact(briefing).get(id_, ()) for side in c.sides for s in side.statements),
                *((*course.statements, *course.told, *course.reports) if course else ()),
                *(self._statements[other] for facts in self._numbers_of.get(id_, ()) for other in facts),
            ]
            self._days[id_] = max(last_day(s, day) for s in (statement, *joined))
        return self._days[id_]

    @cached_property
    def _days(self) -> dict[str, date]:
        return {}

    @cached_property
    def _beside(self) -> Mapping[str, list[bytes]]:
        """What is told beside statements, by fact id, for those that have something."""
        found: defaultdict[str, list[bytes]] = defaultdict(list)
        for first, ids in claims(self.briefing).repeated.items():
            told = self.claims[first]
            for id_ in ids:
                found[id_].append(told)
        differing = {contradiction.id: self._differ(contradiction) for contradiction in contradictions(self.briefing)}
        for id_, concerned in by_fact(self.briefing).items():
            found[id_] += [differing[contradiction.id] for contradiction in concerned]
        near = {id_: b"".join(more) for id_, more in found.items()}
        made: dict[int, bytes] = {}
        for id_, course in ledger(self.briefing).by_statement.items():
            if id(course) not in made:
                made[id(course)] = self._course(course, near)
            found[id_].append(made[id(course)])
        for numbers in self._numbers:
            told = digest(numbers.told, *(self._dated[i] + near.get(i, b"") for i in sorted(numbers.facts)))
            for id_ in numbers.facts:
                found[id_].append(told)
        for id_, told in self._turns.items():
            found[id_].append(told)
        for id_, holding in topics.backlinks(self.briefing).items():
            found[id_].append(packed([topic.id for topic in holding]))
        return found

    @cached_property
    def _turns(self) -> Mapping[str, bytes]:
        """Of what looks ahead, by fact id: when its window turned last, and whether a newer source may tell the outcome."""
        day = as_of_day(self.briefing)
        ahead = (s for s in self.briefing.current if looks_ahead(s))
        return {s.fact.id: packed((turned(s.when, day).toordinal(), later(s, self.briefing))) for s in ahead}

    @cached_property
    def _dated(self) -> Mapping[str, bytes]:
        """By fact id: the statement itself, and the day of its window by which pages that show it beside another go, too."""
        return {**self.bare, **{id_: self.bare[id_] + told for id_, told in self._turns.items()}}

    @cached_property
    def claims(self) -> Mapping[str, bytes]:
        """Of facts that are told more than once, by the id of the earliest: all who state it, and what tells how many origins they have."""
        store, state = self.briefing.store, f"shown/claims/{self.briefing.scope}"
        kept, changed, heard = _kept(store.state(state), _CLAIMS), self._changed, self._heard_otherwise
        found: dict[str, _ClaimKept] = {}
        told = claims(self.briefing)
        for id_, ids in told.repeated.items():
            known = kept.get(id_)
            if known and known.facts == ids and changed.isdisjoint(ids) and heard.isdisjoint(known.names):
                found[id_] = known
            else:
                claim = told.of(told.known[id_])
                names = dict.fromkeys(name(entity) for s in claim.statements for entity in s.chain)
                found[id_] = _ClaimKept(list(ids), list(names), self._claim(claim))
        store.keep({state: packed(found)})
        return {id_: known.digest for id_, known in found.items()}

    @cached_property
    def _changed(self) -> Set[str]:
        """Facts of sources of which anything is another than when it was last asked for, by what is kept of that."""
        briefing, state, told = self.briefing, f"shown/{self.briefing.scope}", stories(self.briefing)
        kept = _kept(briefing.store.state(state), _DIGESTS)
        now = {
            id_: digest(told[id_].first.id if id_ in told else "", *(self._dated[s.fact.id] for s in statements))
            for id_, statements in briefing.by_source.items()
        }
        briefing.store.keep({state: packed(now)})
        return {s.fact.id for id_ in now if kept.get(id_) != now[id_] for s in briefing.by_source[id_]}

    @cached_property
    def _heard_otherwise(self) -> Set[str]:
        """Names that stand for others, or speak for other bodies, than when it was last asked for."""
        briefing, state, known = self.briefing, f"shown/voices/{self.briefing.scope}", voices(self.briefing)
        names = {*known.same, *known.bodies}
        now = {one: packed((known.same.get(one), sorted(known.bodies.get(one, ())))) for one in names}
        kept = _kept(briefing.store.state(state), _DIGESTS)
        briefing.store.keep({state: packed(now)})
        told = {one for one in now.keys() | kept.keys() if now.get(one) != kept.get(one)}
        return told | {one for one, top in known.same.items() if top in told}  # who is heard through another

    @cached_property
    def _numbers(self) -> tuple[_Numbers, ...]:
        reckoned = (_Numbers(one.facts, repr(_told(one.pace)).encode()) for one in pace.reckoned(self.briefing))
        return (*reckoned, *(_Numbers(one.facts, b"history") for one in history.histories(self.briefing)))

    @cached_property
    def _numbers_of(self) -> Mapping[str, Sequence[frozenset[str]]]:
        found: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
        for numbers in self._numbers:
            for id_ in numbers.facts:
                found[id_].append(numbers.facts)
        return found

    @cached_property
    def _statements(self) -> Mapping[str, Statement]:
        return {s.fact.id: s for s in self.briefing.current}

    def _claim(self, claim: Claim) -> bytes:
        """Statements of one fact, and what tells how many origins they have."""
        known = voices(self.briefing)
        named = (name(entity) for s in claim.statements for entity in s.chain)
        heard = [(one, known.same.get(one), sorted(known.bodies.get(known.same.get(one, one), ()))) for one in named]
        texts = [story.first.id for s in claim.statements if (story := stories(self.briefing).get(s.source.id))]
        return digest(packed((heard, texts)), *(self._dated[s.fact.id] for s in claim.statements))

    def _differ(self, contradiction: Contradiction) -> bytes:
        named = (contradiction.id, part_of(self.briefing).get(contradiction.id, ""), contradiction.differ)
        return digest(packed(named), *map(self._claim, contradiction.sides))

    def _course(self, course: Course, near: Mapping[str, bytes]) -> bytes:
        parts = (*(stage.statements for stage in course.stages), course.told, course.reports)
        came = [day.toordinal() for day in course.came] if course.came else None
        state = ([len(part) for part in parts], course.state, came, course.timely, course.by_hand)
        told = (self._dated[s.fact.id] + near.get(s.fact.id, b"") for part in parts for s in part)
        return digest(packed(state), *told)

    def outcome(self, course: Course) -> bytes:
        """What came of a thing that was ahead, and the statements that tell it; whatever the day."""
        ahead = [
            ([s.fact.id for s in stage.statements], stage.when.text if stage.when else "") for stage in course.stages
        ]
        came = [day.toordinal() for day in course.came] if course.came else None
        state = (ahead, [s.fact.id for s in course.told], course.state, came, course.timely, course.by_hand)
        return digest(packed(state), *(self.bare[s.fact.id] for s in (*course.statements, *course.told)))

    @cached_property
    def own(self) -> Mapping[str, bytes]:
        """By source id: all that its article and its fact file say, and what the machine reads in their place."""
        briefing, found, read = self.briefing, {}, dict(_readings(self.briefing))
        for id_, told in self.sources.items():
            file = briefing.files[id_]
            faulty = file.broken or file.nameless or file.bad_ids
            faults = packed((file.broken, file.nameless, sorted(file.bad_ids))) if faulty else b""
            found[id_] = told + read[id_] + faults
        return found

    @cached_property
    def names(self) -> Mapping[str, bytes]:
        """By id of each name that has a page: what lists of names show of it."""
        briefing, facts, held = self.briefing, tallies(self.briefing), posts(self.briefing)
        found = {}
        for entity in briefing.named:
            tally = facts.get(entity.id, 0), len(briefing.by_publisher.get(entity.id, ()))
            post = self.bare[held[entity.id].fact.id] if entity.id in held else b""
            found[entity.id] = b"%b %d %d %b" % (self.name(entity), *tally, post)
        return found

    def name(self, entity: Entity) -> bytes:
        """A name with what it lies in."""
        above = self.briefing.registry.get(entity.in_) if entity.in_ else None
        if above is None:
            return self._digest(entity)
        return self._digest(entity) + self._digest(above) + b"%d" % has_page(above, self.briefing)

    def _digest(self, entity: Entity) -> bytes:
        if entity.id not in self._entities:
            self._entities[entity.id] = digest(packed(entity))
        return self._entities[entity.id]

    @cached_property
    def _entities(self) -> dict[str, bytes]:
        return {}

    def wholly(self, statements: Iterable[Statement]) -> bytes:
        """What is shown of some statements, in their order."""
        whole = self.whole
        return b"".join([whole[s.fact.id] for s in statements])

    def barely(self, statements: Iterable[Statement]) -> bytes:
        """What is shown of some statements where nothing is told beside them."""
        bare = self.bare
        return b"".join([bare[s.fact.id] for s in statements])

    @cached_property
    def everything(self) -> bytes:
        """All that can be shown of a briefing."""
        briefing = self.briefing
        held = (
            briefing.registry,
            briefing.topics,
            briefing.conflicts,
            briefing.as_of,
            briefing.newest_day,
            briefing.edition,
        )
        whole = (self.whole[s.fact.id] for s in briefing.statements)
        before = shown(briefing.before).everything if briefing.before else b""
        return digest(packed(held), b"".join(whole), b"".join(self.own.values()), b"".join(self.names.values()), before)


@dataclass(frozen=True)
class _Numbers:
    """Facts that are told together, and what else is told of them."""

    facts: frozenset[str]
    told: bytes


@once
def shown(briefing: Briefing) -> Shown:
    """What pages show of a briefing."""
    return Shown(briefing)


def _kept(raw: bytes | None, decoder: Decoder[dict[str, T]]) -> dict[str, T]:
    return decoder.decode(raw) if raw else {}


def has_page(entity: Entity, briefing: Briefing) -> bool:
    """Whether a name has a page: current statements name it, or it is a publisher."""
    return entity.id in briefing.by_entity or entity.id in briefing.by_publisher


def _told(given: pace.Pace | None) -> object:
    """What a pace tells besides the statements that it rests on."""
    if not given:
        return None
    sums = [one and (one.amount, one.time, one.clock, one.result) for one in (given.due, given.so_far, given.needed)]
    return given.per, given.is_beginning, given.as_of, given.end, given.missing, sums


def _readings(briefing: Briefing) -> Iterator[tuple[str, bytes]]:
    """By source id, what the machine reads, with the names of all that it or a person puts into a key that the other does not.

    Which ids these are is kept, so that readings are looked at only where they, or facts, have changed.
    """
    stage = briefing.store.stage("corrected-names")
    kept = {slot: (key, value) for slot, key, value in stage.values()}
    made: list[tuple[str, bytes, bytes]] = []
    for id_, file in briefing.files.items():
        read = briefing.read.get(id_) or _hash(briefing.readings.get(id_))
        slot, key = f"{briefing.edition}/{id_}", read + (file.key or digest(packed(file.facts)))
        known, value = kept.get(slot, (b"", b""))
        if key != known:
            value = packed(_corrected(briefing.readings.get(id_, {}), file.facts))
            made.append((slot, key, value))
        named = _IDS.decode(value) if value != NONE else ()
        ends = [(entity := follow(name, briefing.registry)) and entity.name for name in named]
        yield id_, read + packed(ends) if ends else read
    stage.put(made)


def _hash(read: Mapping[str, Found] | None) -> bytes:
    if read is None:
        return b""
    return digest(packed([(id_, found.fact, found.span, found.rule, found.proof) for id_, found in read.items()]))


def _corrected(read: Mapping[str, Found], facts: Iterable[Fact]) -> Sequence[str]:
    """The ids in facts that say another thing than what is read, and in what is read."""
    pairs = ((fact, read[fact.id].fact) for fact in facts if fact.id in read and read[fact.id].fact != fact)
    return sorted({id_ for pair in pairs for fact in pair for id_ in _named(fact)})


def _named(fact: Fact) -> Iterator[str]:
    for key in NAME_KEYS:
        value = getattr(fact, key, None) or ()
        yield from (value,) if isinstance(value, str) else value
