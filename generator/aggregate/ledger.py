"""The ledger: what was ahead and what came of it, events and targets together, each thing once, and by who looked ahead to it.

Where a target stands in the words of an event ahead (`to resettle 1,800 families by 31 May`), the two are one entry: that of the
target where reports settle it, else that of the event.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from generator import edtf
from generator.aggregate.aims import Aims
from generator.aggregate.courses import Course, State, is_newer, order, source_days
from generator.aggregate.events import nearness, status
from generator.aggregate.ground import Ground
from generator.aggregate.growth import Growth
from generator.aggregate.outcomes import courses
from generator.aggregate.ties import Ties
from generator.link import Briefing
from generator.model import Entity
from generator.once import once
from generator.registry import family
from generator.statement import Statement


@dataclass(frozen=True, eq=False)
class Ledger:
    """All that was or is ahead."""

    entries: tuple[Course, ...]
    """Those that were told first come first."""
    by_statement: Mapping[str, Course]
    """The entry of each event ahead and each dated target, by its id."""


@dataclass(frozen=True)
class Forecaster:
    """Who expected, planned or called for things, and what came of them."""

    entity: Entity
    entries: tuple[Course, ...]

    def count(self, *states: State) -> int:
        """How many entries are in one of some states."""
        return sum(entry.state in states for entry in self.entries)

    @property
    def moved(self) -> int:
        """How many got another window at least once, whatever came of them."""
        return sum(bool(entry.moves) or entry.state == "moved" for entry in self.entries)


@once
def ledger(briefing: Briefing) -> Ledger:
    """The ledger of a briefing."""
    events, targets = _kept(briefing)
    by_source: dict[str, list[tuple[Statement, Course]]] = {}
    for target in targets:
        for s in target.statements:
            by_source.setdefault(s.source.id, []).append((s, target))
    stands: dict[int, Course] = {id(course): course for course in (*events, *targets)}
    for event in events:
        for target in _held(event, by_source):
            loser, winner = (target, event) if _tells_more(event, target, briefing) else (event, target)
            stands[id(loser)] = winner
    found: dict[str, Course] = {}
    for course in (*events, *targets):
        winner = course
        while stands[id(winner)] is not winner:
            winner = stands[id(winner)]
        found.update({s.fact.id: winner for s in course.statements})
    entries = (course for course in (*events, *targets) if stands[id(course)] is course)
    return Ledger(tuple(sorted(entries, key=lambda course: order(course.first))), found)


def _kept(briefing: Briefing) -> tuple[list[Course], list[Course]]:
    """Events ahead and targets as courses, in the order in which they were first told; what is made anew is kept."""
    ground = Ground(briefing)
    ties = Ties(ground)
    growth, targets = Growth(briefing, ground, ties), Aims(ground, ties)
    events = courses(growth)
    growth.keep(events)
    targets.keep()
    ties.keep()
    ground.keep()
    found = ([course.course(ground.by_id) for course in made.values()] for made in (events, targets.made))
    first, second = (sorted(made, key=lambda course: order(course.first)) for made in found)
    return first, second


def _held(event: Course, by_source: Mapping[str, list[tuple[Statement, Course]]]) -> list[Course]:
    """The target that stands in the words of an event ahead, with its window; none where there are several."""
    found: dict[int, Course] = {}
    for s in event.statements:
        for figure, course in by_source.get(s.source.id, ()):
            if s.span and figure.span and s.span.overlaps(figure.span) and s.fact.when == figure.fact.when:
                found[id(course)] = course
    return list(found.values()) if len(found) == 1 else []


def _tells_more(event: Course, target: Course, briefing: Briefing) -> bool:
    """Whether an event tells the outcome of the target in it: alone, to the day, or that all of it came about after too little was reported."""
    if not event.is_settled or event.state == "missed":
        return event.is_settled and not target.is_settled
    if target.state == "missed":
        whole = frozenset(briefing.lexicons["outcomes"]["whole"])
        since = (s for s in event.told if is_newer(s, target.told[-1]))
        return any(whole & set(s.fact.quote.casefold().split()) for s in since)
    exact = bool(event.delay and event.delay.exact and not (target.delay and target.delay.exact))
    return not target.is_settled or (event.state == target.state == "late" and exact)


def course_of(statement: Statement, briefing: Briefing) -> Course | None:
    """The entry of a statement that looks ahead; None of any other."""
    return ledger(briefing).by_statement.get(statement.fact.id)


def fingerprint(fact: str, briefing: Briefing) -> bytes:
    """A hash of all that the ledger tells of a fact that looks ahead, by its id; empty for any other."""
    course = ledger(briefing).by_statement.get(fact)
    return course.digest if course else b""


def changed(plan: Statement, briefing: Briefing) -> Statement | None:
    """What gives the thing its last window, where that is another than the plan's."""
    course = course_of(plan, briefing)
    if not course or course.moves == 0 or plan in course.stages[-1].statements:
        return None
    return course.stages[-1].first


def redated(plan: Statement, briefing: Briefing) -> Statement | None:
    """The statement that stands for the thing now, where that is another than the plan."""
    course = course_of(plan, briefing)
    return course.last if course and course.last != plan else None


def reported(event: Statement, briefing: Briefing) -> tuple[Statement, ...]:
    """What tells of the outcome of an event ahead, the earliest source first."""
    course = course_of(event, briefing)
    return course.told if course and course.is_settled else ()


def is_followed(event: Statement, briefing: Briefing) -> bool:
    """Whether another statement dates or repeats it, or one tells what came of it, so that it stands for itself no more."""
    return bool(redated(event, briefing) or reported(event, briefing))


def later(statement: Statement, briefing: Briefing) -> bool:
    """Whether some newer source came out when the window of a statement had begun, so that it may tell the outcome."""
    when, newest, told = statement.when, edtf.parse(briefing.newest_day), source_days(statement)
    due = when.earliest if when and not when.open_start else date.min
    return newest is not None and told is not None and newest.latest > told.latest and newest.latest >= due


def holders(statement: Statement, briefing: Briefing) -> tuple[Entity, ...]:
    """Who expects, plans or calls for what a statement looks ahead to: who says so; of a plan that nobody is named to tell, who is to do it."""
    said = (*statement.by, *statement.according_to[:1])
    doing = (e for e in statement.who if family(e.kind, briefing.lexicons) in ("person", "organisation"))
    found = said or (tuple(doing) if status(statement) != "expected" else ())
    return tuple({e.id: e for e in found if e.id}.values())


@once
def forecasters(briefing: Briefing) -> tuple[Forecaster, ...]:
    """Everybody who looked ahead, the one with the most entries first."""
    named: dict[str, Entity] = {}
    held: dict[str, list[Course]] = {}
    for course in ledger(briefing).entries:
        for entity in {e.id: e for s in course.statements for e in holders(s, briefing)}.values():
            named[entity.id] = entity
            held.setdefault(entity.id, []).append(course)
    order_ = sorted(held, key=lambda name: (-len(held[name]), named[name].name, name))
    return tuple(Forecaster(named[name], tuple(held[name])) for name in order_)


def came(courses: Iterable[Course]) -> tuple[Course, ...]:
    """Those whose outcome is told, the newest outcome first."""
    known = [course for course in courses if course.is_told]
    return tuple(sorted(known, key=lambda c: (order(c.told[0]), order(c.first)), reverse=True))


def near(courses: Iterable[Course]) -> tuple[Course, ...]:
    """Those that are not settled, the nearest end of the last window first."""
    return tuple(sorted((c for c in courses if not c.is_settled), key=lambda c: nearness(c.last)))


def standing(statements: Iterable[Statement], briefing: Briefing) -> tuple[Statement, ...]:
    """Of statements that look ahead, those that stand for a thing whose outcome is not told: of each thing one."""
    found: dict[int, Statement] = {}
    for s in statements:
        course = course_of(s, briefing)
        if course is None:
            found[id(s)] = s
        elif not course.is_told and (id(course) not in found or s == course.last):
            found[id(course)] = s
    return tuple(sorted(found.values(), key=nearness))


def concerning(statements: Iterable[Statement], briefing: Briefing) -> tuple[Course, ...]:
    """The entries that some statements look ahead to, whose outcome is told, the newest outcome first."""
    courses = (course_of(s, briefing) for s in statements)
    return came({id(course): course for course in courses if course}.values())
