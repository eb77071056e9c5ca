"""Targets and estimates with a date, and what is reported against each over time: reached, late, short of it, or not yet due.

A report meets a target where both count the same things of one thing (`aggregate.thing`), in money, measures and shares also by the same
measure; it is of its own date, or of the day of its source, and never of a time before the target was told. A target is *missed* where the newest
number of its last day, or of a later one, is below it; *late* where one of those was below it and a newer one is not. A limit (`at
most`) is nothing to be reached, and a rate is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from generator.aggregate.amounts import Amount, of_figure
from generator.aggregate.courses import Course, Stage, apart, ends_on_a_day, is_newer, moves, order, source_days
from generator.aggregate.figures import SHARES, fact, unit
from generator.aggregate.likeness import containment, stem, stems
from generator.aggregate.thing import Things, things
from generator.link import Briefing, Statement
from generator.phrases import is_currency, is_duration, is_measure

ALIKE = 0.5
"""How much of the shorter of two sentences must lie in the other, besides what both count."""


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


def dated(briefing: Briefing) -> tuple[Statement, ...]:
    """Figures that somebody aims at, or expects, for a date with an end that their article lies before, the earliest source first."""
    figures = (s for s in briefing.by_kind.get("figure", ()) if fact(s).role in ("target", "estimate"))
    return tuple(sorted(filter(_is_ahead, figures), key=order))


def _is_ahead(target: Statement) -> bool:
    when, told = target.when, source_days(target)
    return (
        bool(when and told)
        and when is not None
        and told is not None
        and not when.open_end
        and when.latest >= told.earliest
    )


def is_aim(statement: Statement, briefing: Briefing) -> bool:
    """Whether a target is a number to be reached."""
    given = fact(statement)
    counted = bool(unit(statement)) and not is_duration(given.unit, briefing.lexicons)
    return counted and not given.per and given.value > 0 and given.bound not in ("at-most", "less-than")


class _Counting:
    """Which figures count one thing."""

    def __init__(self, briefing: Briefing) -> None:
        self.briefing = briefing
        self.things: Things = things(briefing)
        self.negations = frozenset(briefing.lexicons["outcomes"]["negations"])
        self.falling = frozenset(map(stem, briefing.lexicons["outcomes"]["falling"]))
        self.reported: dict[str, list[Statement]] = {}
        for s in briefing.by_kind.get("figure", ()):
            if fact(s).role == "reported" and not fact(s).per and unit(s):
                self.reported.setdefault(unit(s), []).append(s)

    def same(self, one: Statement, other: Statement) -> bool:
        """Whether two figures count the same of one thing."""
        if unit(one) != unit(other) or apart(one, other):
            return False
        measure, lexicons = fact(one).measure, self.briefing.lexicons
        vague = unit(one) in SHARES or is_currency(unit(one).upper()) or is_measure(unit(one), lexicons)
        if vague and not self._same_measure(measure, fact(other).measure, shares=unit(one) in SHARES):
            return False
        like = self.things.likeness(one, other, besides=stems(unit(one), lexicons))
        if {e.id for e in one.about} & {e.id for e in other.about}:
            return like.share > 0.0
        return like.share >= ALIKE and like.items > (vague and not measure)

    def _same_measure(self, one: str | None, other: str | None, *, shares: bool) -> bool:
        """Whether two measures are one; a share may have none, where words tell what it is a share of."""
        if not one or not other:
            return shares and not one and not other
        lexicons = self.briefing.lexicons
        return one == other or (shares and containment(stems(one, lexicons), stems(other, lexicons)) == 1.0)

    def reports(self, target: Statement) -> tuple[Report, ...]:
        """What is reported against a target since it was told, the earliest day first.

        Nothing where a higher number need not be nearer to it: against an estimate, or what is to fall to a number.
        """
        if fact(target).role == "estimate" or self.falling & stems(target.fact.quote, self.briefing.lexicons):
            return ()
        told = source_days(target)
        found = []
        for s in self.reported.get(unit(target), ()):
            day = _day(s)
            negative = self.negations & set(s.fact.quote.casefold().split())
            if (
                not told
                or not day
                or day < told.earliest
                or negative
                or is_newer(target, s)
                or not self.same(target, s)
            ):
                continue
            done, aim = of_figure(fact(s)), of_figure(fact(target))
            reached = done.low is not None and aim.low is not None and done.low >= aim.low
            below = done.high is not None and aim.low is not None and done.high < aim.low
            found.append(Report(s, day, reached, below))
        return tuple(sorted(found, key=lambda r: (r.day, order(r.statement))))


def _day(report: Statement) -> date | None:
    """The last day that a report holds for: that of its own date, or of its source."""
    out = source_days(report)
    if report.when and not report.when.open_end:
        return min(report.when.latest, out.latest) if out else report.when.latest
    return out.latest if out else None


@lru_cache(maxsize=4)  # the ledger and the figures ask
def aims(briefing: Briefing) -> tuple[Course, ...]:
    """Targets with a date as courses, in the order in which they were first told."""
    counting, grown = _Counting(briefing), list[list[list[Statement]]]()
    for s in dated(briefing):
        course = next((c for c in grown if _goes_on(s, c, counting)), None) if is_aim(s, briefing) else None
        if course is None:
            grown.append([[s]])
        elif s.when and (window := Stage(tuple(course[-1])).when) and moves(window, s.when):
            course.append([s])
        else:
            course[-1].append(s)
    by_id = {s.fact.id: s for s in briefing.current}
    return tuple(_settled([Stage(tuple(stage)) for stage in stages], by_id, counting) for stages in grown)


def _goes_on(s: Statement, stages: Sequence[Sequence[Statement]], counting: _Counting) -> bool:
    """Whether a target is one that was told before, for the same number."""
    told = [t for stage in stages for t in stage]
    last = told[-1]
    return (
        fact(s).value == fact(last).value
        and (is_newer(s, last) or (s.when == last.when and s.source.id != last.source.id))
        and not any(apart(s, t) for t in told)
        and counting.same(s, last)
    )


def _settled(stages: Sequence[Stage], by_id: dict[str, Statement], counting: _Counting) -> Course:
    target, briefing = stages[-1].first, counting.briefing
    course = Course(tuple(stages), "moved" if len(stages) > 1 else "open")
    if not is_aim(target, briefing):
        return course
    named = dict.fromkeys(i for s in course.statements for i in s.fact.outcome if i in by_id)
    if named:
        found = tuple(_of_hand(s, target) for s in sorted((by_id[i] for i in named), key=order))
        return replace(against(course, course.stages[-1], found), by_hand=True)
    return against(course, course.stages[-1], counting.reports(stages[0].first))


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
