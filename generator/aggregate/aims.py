"""Targets and estimates with a date, and what is reported against each over time: reached, late, short of it, or not yet due.

A report meets a target where both count the same things of one thing (`aggregate.thing`), in money, measures and shares also by the same
measure; it is of its own date, or of the day of its source, and never of a time before the target was told. A target is *missed* where the newest
number of its last day, or of a later one, is below it; *late* where one of those was below it and a newer one is not. A limit (`at
most`) is nothing to be reached, and a rate is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from msgspec.msgpack import Decoder

from generator.aggregate.amounts import Amount, of_figure
from generator.aggregate.courses import Course, Stage, apart, ends_on_a_day, is_newer, moves, order, source_days
from generator.aggregate.figures import fact, unit
from generator.aggregate.ground import Ground
from generator.aggregate.kept_courses import Settled, settled
from generator.aggregate.likeness import stem, stems
from generator.aggregate.ties import Ties
from generator.lexicon import Lexicons
from generator.phrases import is_duration
from generator.statement import Statement
from generator.store import packed

_KEPT = Decoder(tuple[Settled, ...])


@dataclass(frozen=True, slots=True)
class Report:
    """A number that is reported against a target, and the last day that it holds for."""

    statement: Statement
    day: date
    reached: bool
    below: bool
    """Neither holds where the bounds of the two numbers leave it open."""


@dataclass(frozen=True, slots=True)
class Step:
    """A report against a target: its share of it, in per cent, and of the time from the day on which the target was told."""

    report: Statement
    share: Amount
    time: float | None
    """0 to 1; None where the target's last day is not told, or has passed."""


def trail(course: Course) -> tuple[Step, ...]:
    """The reports against a target, the same number of one day once, the earliest day first."""
    target, window, told = course.first, course.window, source_days(course.first)
    found: dict[tuple[object, ...], Step] = {}
    for s in course.reports:
        day, key = _day(s), (s.fact.when or s.source.date, fact(s).value, fact(s).bound)
        if key in found or day is None or s.fact.kind != "figure":
            continue
        time = None
        if (
            window
            and told
            and ends_on_a_day(window)
            and told.earliest <= day <= window.latest
            and told.latest < window.latest
        ):
            time = (day - told.latest).days / (window.latest - told.latest).days
        share = of_figure(fact(s)).over(of_figure(fact(target))).times(100)
        found[key] = Step(s, share, time)
    return tuple(found.values())


def is_aim(statement: Statement, lexicons: Lexicons) -> bool:
    """Whether a target is a number to be reached."""
    given = fact(statement)
    counted = bool(unit(statement)) and not is_duration(given.unit, lexicons)
    return counted and not given.per and given.value > 0 and given.bound not in ("at-most", "less-than")


def _day(report: Statement) -> date | None:
    """The last day that a report holds for: that of its own date, or of its source."""
    out = source_days(report)
    if report.when and not report.when.open_end:
        return min(report.when.latest, out.latest) if out else report.when.latest
    return out.latest if out else None


class Aims:
    """Targets and estimates with a date as courses, kept from run to run.

    Which go on with which depends on what is tied to them alone, so only what hangs together with something that changed is put together anew.
    """

    def __init__(self, ground: Ground, ties: Ties) -> None:
        self._ground, self._ties = ground, ties
        lexicons = ground.briefing.lexicons
        self._lexicons = lexicons
        self._negations = frozenset(lexicons["outcomes"]["negations"])
        self._falling = frozenset(map(stem, lexicons["outcomes"]["falling"]))
        state = ground.store.state(f"ledger aims {ground.scope}")
        kept = _KEPT.decode(state) if state and not ground.is_new else ()
        before = {id_: known for known in kept for stage in known.stages for id_ in stage}
        due = self._due(before)
        self.made: dict[str, Settled] = {}
        """Courses by the fact that told of each first."""
        for known in kept:
            if known.stages[0][0] not in due:
                whole = ground.touched.isdisjoint(known.needs)
                stages = [[ground.by_id[id_] for id_ in ids] for ids in known.stages] if not whole else []
                self.made[known.stages[0][0]] = known if whole else self._settled(stages)
        for stages in self._grown(sorted(due & ground.by_id.keys(), key=ground.order)):
            self.made[stages[0][0].fact.id] = self._settled(stages)

    def keep(self) -> None:
        """Keep the courses for the next run."""
        self._ground.store.keep({f"ledger aims {self._ground.scope}": packed(list(self.made.values()))})

    def _is(self, id_: str) -> bool:
        return id_ in self._ground.by_id and self._ground.finding.role(self._ground.by_id[id_]) == "aim"

    def _due(self, before: Mapping[str, Settled]) -> set[str]:
        """Whatever hangs together with what changed, by ties or by a course."""
        found = set[str]()
        left = [id_ for id_ in {*self._ground.fresh, *self._ties.changed} if self._is(id_)]
        left += [id_ for id_ in self._ground.touched if id_ in before]
        while left:
            id_ = left.pop()
            if id_ in found:
                continue
            found.add(id_)
            left += [other for stage in before[id_].stages for other in stage] if id_ in before else ()
            left += filter(self._is, self._ties.of(id_)) if id_ in self._ground.by_id else ()
        return found

    def _grown(self, ids: Iterable[str]) -> list[list[list[Statement]]]:
        """Targets put together, the earliest source first."""
        grown = list[list[list[Statement]]]()
        for s in map(self._ground.by_id.__getitem__, ids):
            if not self._is(s.fact.id):
                continue
            course = next((c for c in grown if self._goes_on(s, c)), None) if is_aim(s, self._lexicons) else None
            if course is None:
                grown.append([[s]])
            elif s.when and (window := Stage(tuple(course[-1])).when) and moves(window, s.when):
                course.append([s])
            else:
                course[-1].append(s)
        return grown

    def _goes_on(self, s: Statement, stages: Sequence[Sequence[Statement]]) -> bool:
        """Whether a target is one that was told before, for the same number."""
        last = stages[-1][-1]
        return (
            last.fact.id in self._ties.of(s.fact.id)
            and (is_newer(s, last) or (s.when == last.when and s.source.id != last.source.id))
            and not any(apart(s, t) for stage in stages for t in stage)
        )

    def _reports(self, target: Statement) -> tuple[Report, ...]:
        """What is reported against a target since it was told, the earliest day first.

        Nothing where a higher number need not be nearer to it: against an estimate, or what is to fall to a number.
        """
        if fact(target).role == "estimate" or self._falling & stems(target.fact.quote, self._lexicons):
            return ()
        told = source_days(target)
        found = []
        for s in map(self._ground.by_id.__getitem__, self._ties.of(target.fact.id)):
            if self._is(s.fact.id):
                continue
            day = _day(s)
            negative = self._negations & set(s.fact.quote.casefold().split())
            if not told or not day or day < told.earliest or negative:
                continue
            done, aim = of_figure(fact(s)), of_figure(fact(target))
            reached = done.low is not None and aim.low is not None and done.low >= aim.low
            below = done.high is not None and aim.low is not None and done.high < aim.low
            found.append(Report(s, day, reached, below))
        return tuple(sorted(found, key=lambda r: (r.day, order(r.statement))))

    def _settled(self, stages: Sequence[Sequence[Statement]]) -> Settled:
        course = self._course([Stage(tuple(stage)) for stage in stages])
        linked = (id_ for s in course.statements for id_ in s.fact.outcome)
        return settled(course, (*linked, *self._ties.of(course.first.fact.id)))

    def _course(self, stages: Sequence[Stage]) -> Course:
        target, by_id = stages[-1].first, self._ground.by_id
        course = Course(tuple(stages), "moved" if len(stages) > 1 else "open")
        if not is_aim(target, self._lexicons):
            return course
        named = dict.fromkeys(i for s in course.statements for i in s.fact.outcome if i in by_id)
        if named:
            found = tuple(_of_hand(s, target) for s in sorted((by_id[i] for i in named), key=order))
            return replace(against(course, course.stages[-1], found), by_hand=True)
        return against(course, course.stages[-1], self._reports(stages[0].first))


def _of_hand(s: Statement, target: Statement) -> Report:
    """What a person links: a figure by its number, all else by its status."""
    day = _day(s) or date.max
    if s.fact.kind == "figure":
        done, aim = of_figure(fact(s)), of_figure(fact(target))
        reached = done.low is not None and aim.low is not None and done.low >= aim.low
        return Report(s, day, reached, not reached)
    happened = getattr(s.fact, "status", "happened") == "happened"
    return Report(s, day, happened, not happened)


def against(course: Course, stage: Stage, reports: Iterable[Report]) -> Course:
    """What reports tell of a target by the window of one of its stages."""
    window, listed = stage.when, tuple(reports)
    told = tuple(r.statement for r in listed)
    if not window:
        return replace(course, reports=told)
    reached = next((r for r in listed if r.reached), None)
    short = [r for r in listed if r.below and r.day >= window.latest and (not reached or r.day <= reached.day)]
    if reached:
        same = tuple(r.statement for r in listed if r.reached and r.day == reached.day)
        if reached.day <= window.latest:
            return replace(course, state="met", told=same, reports=told)
        if not short:
            return replace(course, state="met", told=same, reports=told, timely=False)
        first = max(window.latest, short[-1].day) + timedelta(1)
        return replace(course, state="late", told=same, reports=told, came=(first, reached.day), timely=False)
    if short:
        last = short[-1]
        return replace(
            course, state="missed", told=tuple(r.statement for r in short if r.day == last.day), reports=told
        )
    return replace(course, reports=told)
