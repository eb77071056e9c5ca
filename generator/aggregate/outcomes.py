"""What later sources tell of an event ahead: that it came about, moved, or came to nothing.

A *course* is one thing ahead as all sources tell it: stages, each a window and the statements that give it, and what tells of its outcome
(found by `aggregate.matching`). Of the same thing again, another window is a move, and the same window or a more exact one no outcome. What a
person links (`outcome`) stands before all that is found here, and what a person keeps apart (`unrelated`) is never linked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator import edtf
from generator.aggregate.courses import Course, Stage, State, apart, is_newer, order, width
from generator.aggregate.events import AHEAD, status
from generator.aggregate.growth import Growth
from generator.aggregate.kept_courses import Settled, settled
from generator.aggregate.matching import Growing, Matching, sort_of, took_place
from generator.model import Event
from generator.statement import Statement


def courses(growth: Growth) -> dict[str, Settled]:
    """All events ahead as courses, by the fact that told of each first."""
    by_id, made = growth.ground.by_id, dict[str, Settled]()
    others = growth.ground.touched | growth.regrouped
    for course in growth.members:
        kept = growth.kept.get(course)
        if kept and course not in growth.disturbed and others.isdisjoint(kept.needs):
            made[course] = kept
        else:
            grown = growth.whole(course)
            made[course] = settled(_settled(grown, by_id, growth.matching), _needs(grown, growth.matching))
    return made


def _needs(course: Growing, matching: Matching) -> Iterator[str]:
    """Ids of what the outcome of a course depends on."""
    for s in course.all:
        yield from s.fact.outcome
    for _, s in course.told:
        yield from (t.fact.id for t in matching.claims.of(s).statements)


def _settled(course: Growing, by_id: Mapping[str, Statement], matching: Matching) -> Course:
    stages = tuple(Stage(tuple(stage)) for stage in course.stages)
    own = {s.fact.id for s in course.all}
    names = dict.fromkeys(id_ for s in course.all for id_ in s.fact.outcome if id_ in by_id and id_ not in own)
    linked = [by_id[id_] for id_ in names]
    if linked:
        return _by_hand(stages, sorted(linked, key=order), course, matching)
    met = [s for kind, s in course.told if kind == "met"]
    if met:
        return _came_about(stages, _same_day(_all_of(met, course, matching)), matching)
    for kinds, state in ((("undone", "denied"), "missed"), (("postponed",), "moved")):
        given = [s for kind, s in course.told if kind in kinds and not is_newer(stages[-1].first, s)]
        given = _all_of(given, course, matching)
        if given:
            return Course(stages, "missed" if state == "missed" else "moved", tuple(given))
    return Course(stages, "moved" if len(stages) > 1 else "open")


def _all_of(found: Sequence[Statement], course: Growing, matching: Matching) -> list[Statement]:
    """What tells an outcome, and all sources that tell the same, the earliest first."""
    last = course.all[-1]
    known = {s.fact.id: s for s in found}
    for s in [t for f in found for t in matching.claims.of(f).statements]:
        same = isinstance(s.fact, Event) and any(status(s) == status(f) for f in found)
        if same and is_newer(s, last) and not any(apart(s, t) for t in course.all):
            known.setdefault(s.fact.id, s)
    return sorted(known.values(), key=order)


def _same_day(met: Sequence[Statement]) -> tuple[Statement, ...]:
    """The first report, and those that can be of the same days."""
    first = met[0]
    when = first.when

    def fits(s: Statement) -> bool:
        return not when or not s.when or not (s.when.earliest > when.latest or s.when.latest < when.earliest)

    return tuple(s for s in met if fits(s))


def _came_about(
    stages: tuple[Stage, ...], told: tuple[Statement, ...], matching: Matching, *, by_hand: bool = False
) -> Course:
    """What happened, against the last window."""
    older = (s for stage in stages for s in stage.statements if is_newer(told[0], s))
    plan = max(older, key=order, default=stages[0].first)
    dated = [(width(s.when), order(s), s) for s in told if s.when and not s.when.open_end]
    best = min(dated)[2] if dated else told[0]
    days, window = took_place(best, plan), stages[-1].when
    if days is None and best.when and not best.when.open_end:  # a person links what is older than the plan
        days = (best.when.earliest, best.when.latest)
    came = days if best.when and not best.when.open_start else None
    if window and window.open_end and _starts(stages[-1], told, matching):
        window = edtf.parse(
            window.earliest.isoformat()
        )  # buses run `from 1 March`: that is the day on which they are to begin
    ends = days is not None and (not window or window.open_end or days[1] <= window.latest)
    if came and window and not window.open_end and came[0] > window.latest:
        return Course(stages, "late", told, came, timely=False, by_hand=by_hand)
    if not ends and window and (words := _in_words(told, matching)):
        return Course(stages, words, told, came, timely=words == "met", by_hand=by_hand)
    if came and window and window.open_end and came[1] < window.earliest and status(plan) == "expected":
        return Course(stages, "missed", told, came, by_hand=by_hand)  # `no earlier than April`, and it was March
    return Course(stages, "met", told, came, timely=ends or not window, by_hand=by_hand)


def _starts(stage: Stage, told: Iterable[Statement], matching: Matching) -> bool:
    """Whether a plan names the day from which something is to be, and a report that it began."""
    since = frozenset(matching.briefing.lexicons["outcomes"]["since"])
    planned = all(status(s) == "planned" for s in stage.statements)
    said = any(since & set(s.fact.quote.casefold().split()) for s in stage.statements)
    return planned and said and any(matching.sorts.begun & matching.sorts.of(s) for s in told)


def _in_words(told: Iterable[Statement], matching: Matching) -> State | None:
    """Whether a report says itself that it was in time, or late."""
    table = matching.briefing.lexicons["outcomes"]
    text = " ".join(f" {s.fact.quote.casefold()} " for s in told)
    if any(f" {word}" in text for word in table["timely"]):
        return "met"
    return "late" if any(f" {word}" in text for word in table["tardy"]) else None


def _by_hand(stages: tuple[Stage, ...], linked: Sequence[Statement], course: Growing, matching: Matching) -> Course:
    """What a person links: it happened, is off, or has another date."""
    plan = course.all[-1]
    off = [s for s in linked if status(s) == "denied" or sort_of(s) in matching.sorts.undone | matching.sorts.unable]
    done = [s for s in linked if s not in off and status(s) not in AHEAD and sort_of(s) not in matching.sorts.postponed]
    if done:
        return _came_about(stages, tuple(done), matching, by_hand=True)
    if off:
        return Course(stages, "missed", tuple(off), by_hand=True)
    moved = [s for s in linked if status(s) in AHEAD and s.when and s.when != plan.when]
    if moved:
        return Course((*stages, *(Stage((s,)) for s in moved)), "moved", tuple(moved), by_hand=True)
    return Course(
        stages,
        "moved" if any(sort_of(s) in matching.sorts.postponed for s in linked) else "open",
        tuple(linked),
        by_hand=True,
    )
