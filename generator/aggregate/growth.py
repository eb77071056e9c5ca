"""Courses put together, and kept from run to run: what is of one thing ahead is decided in order of time.

A decision depends on what is tied to a statement (`aggregate.ties`), or of one claim with it, and on the courses of that as they were when its article
came out. So it is made anew where a statement came or changed, has other ties or another claim, or where a course of something tied to it
has become another before it.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator, Mapping
from heapq import heappop, heappush

from msgspec import Struct
from msgspec.msgpack import Decoder

from generator.aggregate.claims import Claims
from generator.aggregate.ground import Ground
from generator.aggregate.kept_courses import Settled
from generator.aggregate.matching import Growing, Joined, Matching, Told
from generator.aggregate.sorts import Kind
from generator.aggregate.ties import Ties
from generator.link import Briefing
from generator.store import packed


class Kept(Struct, frozen=True, array_like=True):
    """A course as it is kept."""

    members: tuple[str, ...]
    begins: tuple[bool, ...]
    told: tuple[tuple[Kind, str], ...]
    settled: Settled


_KEPT = Decoder(tuple[Kept, ...])
_CLAIMS = Decoder(dict[str, tuple[str, ...]])


class Growth:
    """The courses of a briefing."""

    def __init__(self, briefing: Briefing, ground: Ground, ties: Ties) -> None:
        self.ground, self.ties = ground, ties
        self.matching = Matching(briefing, ground, ties)
        self._joined: dict[str, Joined] = {}
        self._told: dict[str, Told] = {}
        self.members: dict[str, list[str]] = {}
        """Plans by their courses, the earliest first."""
        self._tellers: dict[str, list[str]] = {}
        self._live: dict[str, Growing] = {}
        self.disturbed: set[str] = set()
        """Courses that are not as they were."""
        self.kept: dict[str, Settled] = {}
        self._queue: list[tuple[tuple[object, ...], str]] = []
        self._queued: set[str] = set()
        self.regrouped = self._claimed(self.matching.claims)
        """Facts whose claims are others than they were."""
        self._load()
        self._decide()

    # What was kept

    def _claimed(self, claims: Claims) -> frozenset[str]:
        """Compare claims of several statements with those of the last time."""
        state = self.ground.store.state(f"ledger claims {self.ground.scope}")
        before = _CLAIMS.decode(state) if state else {}
        now = {ids[0]: tuple(ids) for ids in claims.groups.values()}
        others = [first for first in before.keys() | now.keys() if before.get(first) != now.get(first)]
        self._states = {"claims": packed(now)} if others else {}
        return frozenset(id_ for first in others for known in (before, now) for id_ in known.get(first, ()))

    def _load(self) -> None:
        state = self.ground.store.state(f"ledger courses {self.ground.scope}")
        for kept in _KEPT.decode(state) if state and not self.ground.is_new else ():
            course = kept.members[0]
            self.members[course], self.kept[course] = list(kept.members), kept.settled
            self._joined.update((id_, (course, begins)) for id_, begins in zip(kept.members, kept.begins, strict=True))
            if kept.told:
                self._tellers[course] = [id_ for _, id_ in kept.told]
                for kind, id_ in kept.told:
                    self._told[id_] = (*self._told.get(id_, ()), (course, kind))

    def keep(self, settled: Mapping[str, Settled]) -> None:
        """Keep the courses, with what came of each, for the next run."""
        made = []
        for course, ids in self.members.items():
            told = tuple((self._kind(id_, course), id_) for id_ in self._tellers.get(course, ()))
            begins = tuple(self._joined[id_][1] for id_ in ids)
            made.append(Kept(tuple(ids), begins, told, settled[course]))
        self._states["courses"] = packed(made)
        self.ground.store.keep({f"ledger {name} {self.ground.scope}": value for name, value in self._states.items()})

    # Decisions

    def _decide(self) -> None:
        ground, by_id = self.ground, self.ground.by_id
        for id_ in sorted(ground.touched):
            self._forget(id_)
        for id_ in (*ground.fresh, *self.ties.changed, *self.regrouped):
            self._enqueue(id_)
        while self._queue:
            here, id_ = heappop(self._queue)
            self._queued.discard(id_)
            near = [course for other in self._courses_near(id_, here) if (course := self._before(other, here))]
            if ground.finding.role(by_id[id_]) == "plan":
                self._join(id_, self.matching.joined(by_id[id_], near))
            else:
                self._tell(id_, self.matching.told(by_id[id_], near))

    def _enqueue(self, id_: str) -> None:
        statement = self.ground.by_id.get(id_)
        if id_ not in self._queued and statement and self.ground.finding.role(statement) in ("plan", "report"):
            self._queued.add(id_)
            heappush(self._queue, (self.ground.order(id_), id_))

    def _courses_near(self, id_: str, here: tuple[object, ...]) -> list[str]:
        """The courses of what is tied to a fact, or of one claim with it, and came before."""
        order, found = self.ground.order, dict[str, None]()
        for other in self._near(id_):
            if other in self._joined and order(other) < here:
                found[self._joined[other][0]] = None
        return list(found)

    def _near(self, id_: str) -> Iterator[str]:
        yield from self.ties.of(id_)
        if id_ in self.ground.by_id:
            yield from (
                s.fact.id for s in self.matching.claims.of(self.ground.by_id[id_]).statements if s.fact.id != id_
            )

    def _before(self, course: str, here: tuple[object, ...]) -> Growing | None:
        """A course as it was before a place in time; None where it had not begun."""
        order, by_id = self.ground.order, self.ground.by_id
        ids, tellers = self.members[course], self._tellers.get(course, ())
        is_whole = order(ids[-1]) < here and (not tellers or order(tellers[-1]) < here)
        if is_whole and course in self._live:
            return self._live[course]
        made = Growing()
        for id_ in ids:
            if order(id_) < here:
                made.all.append(by_id[id_])
                made.begin.append(self._joined[id_][1])
        for id_ in tellers:
            if order(id_) < here:
                made.told.append((self._kind(id_, course), by_id[id_]))
        if is_whole:
            self._live[course] = made
        return made if made.all else None

    def whole(self, course: str) -> Growing:
        """A course."""
        made = Growing()
        made.all = [self.ground.by_id[id_] for id_ in self.members[course]]
        made.begin = [self._joined[id_][1] for id_ in self.members[course]]
        made.told = [(self._kind(id_, course), self.ground.by_id[id_]) for id_ in self._tellers.get(course, ())]
        return made

    def _kind(self, report: str, course: str) -> Kind:
        return next(kind for other, kind in self._told[report] if other == course)

    def _join(self, id_: str, joined: Joined) -> None:
        old = self._joined.get(id_)
        if old == joined:
            return
        if old:
            self._leave(id_, old[0])
        self._joined[id_] = joined
        insort(self.members.setdefault(joined[0], []), id_, key=self.ground.order)
        self._disturb({joined[0], *(old or joined)[:1]}, self.ground.order(id_))

    def _tell(self, id_: str, told: Told) -> None:
        old = self._told.get(id_, ())
        if old == told:
            return
        for course, _ in old:
            self._tellers[course].remove(id_)
        self._told[id_] = told
        for course, _ in told:
            insort(self._tellers.setdefault(course, []), id_, key=self.ground.order)
        self._disturb({course for course, _ in (*old, *told)}, self.ground.order(id_))

    def _leave(self, id_: str, course: str) -> None:
        self.members[course].remove(id_)
        if not self.members[course]:
            del self.members[course]

    def _forget(self, id_: str) -> None:
        """Take back what was decided of a fact that is gone, or that is another now."""
        if joined := self._joined.pop(id_, None):
            self._leave(id_, joined[0])
            self._disturb({joined[0]})
        if told := self._told.pop(id_, ()):
            for course, _ in told:
                self._tellers[course].remove(id_)
            self._disturb({course for course, _ in told})
        for other in self._near(id_):  # it may have stood elsewhere in time
            self._enqueue(other)

    def _disturb(self, courses: Iterable[str], since: tuple[object, ...] = ()) -> None:
        """Decide anew what is tied to something in courses that are others now, after a place in time."""
        for course in sorted(courses):
            self._live.pop(course, None)
            self.disturbed.add(course)
            if self.ground.is_new:
                continue  # all is decided in order
            for id_ in self.members.get(course, ()):
                for other in (id_, *self._near(id_)):
                    if other in self.ground.by_id and self.ground.order(other) > since:
                        self._enqueue(other)
