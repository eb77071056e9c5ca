"""Which statements look ahead to one thing, and which later ones tell of it, one article after the other.

A later source joins a course where its statement is of the same thing (`aggregate.thing`), of the same sort or of one that fulfils it (lexicon
`outcomes`), and at a time that fits: not before the plan was told, near the window. What fits two courses as well is left to neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from generator.aggregate.claims import claims
from generator.aggregate.courses import Stage, apart, holders, is_newer, moves, source_days
from generator.aggregate.events import status
from generator.aggregate.figures import fact
from generator.aggregate.ground import Ground
from generator.aggregate.one_thing import NONE, Likeness
from generator.aggregate.sorts import VAGUE, Kind, Sorts, sorts
from generator.aggregate.thing import Thing
from generator.aggregate.ties import ALIKE, FEW, SURE, TWIN, Ties
from generator.edtf import Edtf
from generator.link import Briefing
from generator.statement import Statement

TELLING, SOON = 6.0, timedelta(days=90)
"""How telling what they share must be (in nats, as `one_thing` weighs words) where little else speaks for it, and the window is near."""
TOLD_AGAIN = 2.0
"""How well what is one claim with a statement of a course goes on with it: better than by all words."""
DISTINCT = 0.15
"""By how much one course must fit better than another to be chosen for it."""
EARLY, LATE, AGAIN = timedelta(days=45), timedelta(days=730), timedelta(days=60)
"""How far from its window a thing may come about, and what comes again and again."""


def sort_of(statement: Statement) -> str:
    """The sort of an event; empty for other kinds."""
    return getattr(statement.fact, "what", "")


def took_place(report: Statement, since: Statement) -> tuple[date, date] | None:
    """The days between which what an article reports came about, where that can be after another article looked ahead to it."""
    told, before, when = source_days(report), source_days(since), report.when
    if not told or not before:
        return None
    first, last = before.earliest, told.latest
    if when:
        if when.latest < before.earliest or when.open_end or when.earliest > told.latest:
            return None
        first = before.earliest if when.open_start else when.earliest
        last = min(last, when.latest)
    return first, last


@dataclass(frozen=True, slots=True)
class _Fit:
    """How well a report fits a course."""

    rank: int
    """Of two courses, the one that was told first has the lower."""
    course: Growing
    kind: Kind
    share: float


class Growing:
    """A course while it is put together; its id is that of the fact that told it first."""

    def __init__(self) -> None:
        self.all: list[Statement] = []
        """The statements that look ahead to it, the earliest first."""
        self.begin: list[bool] = []
        """Of each, whether it begins a stage: gives another window."""
        self.told: list[tuple[Kind, Statement]] = []
        self._window: tuple[int, Edtf | None] = (0, None)

    @property
    def stages(self) -> list[list[Statement]]:
        """Its statements, stage by stage."""
        found: list[list[Statement]] = []
        for s, begins in zip(self.all, self.begin, strict=True):
            if begins or not found:
                found.append([s])
            else:
                found[-1].append(s)
        return found

    @property
    def window(self) -> Edtf | None:
        """The last window that it was given."""
        if self._window[0] != len(self.all):
            self._window = len(self.all), Stage(tuple(self.stages[-1])).when
        return self._window[1]

    @property
    def is_over(self) -> bool:
        """Whether it came about, so that what is planned since is another thing."""
        return any(kind == "met" for kind, _ in self.told)


Joined = tuple[str, bool]
"""The course that a plan is of, and whether it begins a stage of it."""
Told = tuple[tuple[str, Kind], ...]
"""The courses that a report tells of, and what."""


class Matching:
    """Which statements are of one course, and what tells of it, one article after the other.

    What a statement is of depends on what is tied to it (`aggregate.ties`) and came before. So, from run to run, only that is decided anew that changed, that
    has other ties, or is tied to something in a course that has become another; all in order of time.
    """

    def __init__(self, briefing: Briefing, ground: Ground, ties: Ties) -> None:
        self.briefing, self.ground, self.ties = briefing, ground, ties
        self.sorts: Sorts = sorts(briefing.lexicons)
        self.claims = claims(briefing)

    def thing(self, s: Statement) -> Thing:
        """What an event is of."""
        return self.ground.thing(s.fact.id)

    # One thing ahead, told again

    def joined(self, s: Statement, near: Iterable[Growing]) -> Joined:
        """Let a statement go on with the one course that it fits best, or begin another."""
        found = [(fit, course) for course in near if (fit := self._joins(s, course))]
        best = max((fit for fit, _ in found), default=0.0)
        fitting = [course for fit, course in found if fit == best]
        same = [course for course in fitting if any(t.fact.when == s.fact.when for t in course.all)]
        fitting = same if same else fitting
        if len(fitting) != 1:
            return s.fact.id, True
        return fitting[0].all[0].fact.id, self._begins(s, fitting[0])

    def _joins(self, s: Statement, course: Growing) -> float:
        """How well another statement ahead goes on with a course; 0 where it does not."""
        last = course.all[-1]
        if any(apart(s, t) for t in course.all) or not self._same_stance(s, last):
            return 0.0
        old, new = course.window, s.when
        if course.is_over and (not old or not new or moves(old, new)):
            return 0.0
        if not is_newer(s, last):
            same = last.source.id == s.source.id or source_days(s) == source_days(last)
            if not same or bool(old) != bool(new) or (old and new and moves(old, new)):
                return 0.0
        if old and not old.open_end:
            out = source_days(s)
            put_off = bool(self.sorts.postponed & self.thing(s).sorts)
            limit = AGAIN if sort_of(s) in self.sorts.recurring and not put_off else LATE
            if (
                not out
                or (not new and out.earliest > old.latest)
                or (new and new.earliest > old.latest + min(limit, date.max - old.latest))
            ):
                return 0.0
        if self.ties.same_meeting(s, last):
            return 1.0
        told = {t.fact.id for t in self.claims.of(s).statements}
        if any(t.fact.id in told for t in course.all):
            return TOLD_AGAIN
        if not (old or new):  # nothing but words tells that it is the same
            tied = self.ties.of(s.fact.id)
            return max((f.whole for t in course.all if (f := tied.get(t.fact.id, NONE)).whole >= TWIN), default=0.0)
        sure = self.thing(s).told == {VAGUE} or sort_of(s) != sort_of(last)
        same_day = new is not None and new.precision == "day" and any(t.fact.when == s.fact.when for t in course.all)
        return self._alike(s, course.all, SURE if sure else ALIKE, day=same_day and not sure)

    def _alike(
        self, s: Statement, others: Iterable[Statement], need: float, *, near: bool = False, day: bool = False
    ) -> float:
        """How much a statement is of the thing of any of others; 0 where that is less than needed.

        One word in common is too little, but where one of the two says no more than that, or both are of one `day`; so is one name.
        """
        tied = self.ties.of(s.fact.id)
        found = (tied.get(t.fact.id, NONE) for t in others)
        return max((f.share for f in found if self._is_enough(f, need, near=near, day=day)), default=0.0)

    @staticmethod
    def _is_enough(f: Likeness, need: float, *, near: bool, day: bool) -> bool:
        if f.spoken:
            return False
        if day and f.items and f.share >= FEW and (not f.bare or f.share == 1.0):
            return True
        if f.bare and f.share < SURE:
            return False
        if not (f.items > 1 or (f.items and f.share == 1.0 and need < SURE and not f.bare)):
            return False
        return f.share >= need or (near and f.share >= FEW and f.weight >= TELLING)

    def _same_stance(self, s: Statement, t: Statement) -> bool:
        """Whether both plan, or the same people expect or call for it."""
        one, other = status(s), status(t)
        if one == other == "planned":
            return True
        if one == other:
            return holders(s) == holders(t) or bool(holders(s) & holders(t))
        if {one, other} == {"planned", "expected"}:
            return bool(holders(s) & holders(t)) or not holders(s if one == "expected" else t)
        return False

    def _begins(self, s: Statement, course: Growing) -> bool:
        """Whether a statement gives a course another window."""
        old, new = course.window, s.when
        postponed = bool(self.sorts.postponed & self.thing(s).sorts)
        return bool(old and new and (moves(old, new) or (postponed and new.latest > old.latest)))

    # What came of it

    def fits(self, course: Growing, report: Statement) -> tuple[Kind, float] | None:
        """What a report is to a course, and how well it fits; None where it is not of it."""
        plan = next((s for s in reversed(course.all) if is_newer(report, s)), None)
        if plan is None or any(apart(report, s) for s in course.all):
            return None
        kind = self.sorts.kind(plan, report, self.thing(report).sorts, self.thing(report).around)
        if not kind or not self._in_time(kind, course, plan, report):
            return None
        if kind == "met" and self._falls_short(plan, report):
            return None
        if not course.window and self.thing(plan).told == {VAGUE}:
            return None  # a deed of no sort and no day: too little to know it by
        if self.ties.same_meeting(plan, report):
            return kind, 1.0
        need = ALIKE
        vague = any(self.thing(s).told == {VAGUE} for s in (plan, report))
        if vague or status(plan) == "called-for" or not course.window:
            need = SURE
        if kind in ("undone", "postponed") and sort_of(plan) not in self.thing(report).sorts:
            need = SURE
        soon = need == ALIKE and kind == "met" and self._is_soon(course, report, plan)
        near, alike = soon and sort_of(plan) == sort_of(report), bool(self.thing(plan).told & self.thing(report).told)
        fit = self._alike(
            report,
            course.all,
            need,
            near=near,
            day=(soon and alike and self._is_on_the_day(course, report))
            or (kind == "denied" and self._is_due(course, report)),
        )
        return (kind, fit) if fit else None

    def _falls_short(self, plan: Statement, report: Statement) -> bool:
        """Whether a report counts fewer than was aimed at: 1,240 of 1,800 families."""
        aims = [fact(s) for s in self._figures(plan) if fact(s).role == "target"]
        counts = [fact(s) for s in self._figures(report) if fact(s).role == "reported"]
        return any(a.unit == c.unit and a.per == c.per and c.value < a.value for a in aims for c in counts)

    def _figures(self, event: Statement) -> list[Statement]:
        """The figures that stand in an event's words."""
        here = event.span
        found = self.briefing.by_source.get(event.source.id, ()) if here else ()
        figures = (s for s in found if s.fact.kind == "figure" and s.fact.review != "retracted")
        return [s for s in figures if here and s.span and s.span.overlaps(here)]

    def _is_soon(self, course: Growing, report: Statement, plan: Statement) -> bool:
        """Whether a dated report is of a day near a window."""
        window, days = course.window, took_place(report, plan)
        return bool(window and report.when and days and not window.open_end and days[1] <= _later(window.latest, SOON))

    def _is_on_the_day(self, course: Growing, report: Statement) -> bool:
        """Whether a report is of the very day of a window."""
        window, when = course.window, report.when
        return (
            bool(window and when)
            and window is not None
            and when is not None
            and window.text == when.text
            and window.precision == "day"
        )

    def _is_due(self, course: Growing, report: Statement) -> bool:
        """Whether a report is of the last day of a window."""
        window, when = course.window, report.when
        return window is not None and when is not None and not window.open_end and window.latest == when.earliest

    def _in_time(self, kind: Kind, course: Growing, plan: Statement, report: Statement) -> bool:
        window, days = course.window, took_place(report, plan)
        out = source_days(report)
        if not out:
            return False
        if kind == "denied":  # before the end of a window nothing is missed
            when = report.when
            passed = window is not None and not window.open_end and out.latest > window.latest
            return passed and (when is None or when.latest >= plan_day(plan))
        if kind in ("undone", "postponed"):
            return report.when is None or report.when.latest >= plan_day(plan)
        if not days:
            return False
        if not window:
            return days[1] <= _later(plan_day(plan), AGAIN if sort_of(plan) in self.sorts.recurring else LATE)
        if not window.open_start and days[1] < window.earliest - min(EARLY, window.earliest - date.min):
            return False
        limit = AGAIN if sort_of(plan) in self.sorts.recurring else LATE
        return window.open_end or (days[0] if report.when else plan_day(plan)) <= _later(window.latest, limit)

    def told(self, report: Statement, near: Iterable[Growing]) -> Told:
        """The courses that a statement surely tells of."""
        ranked = sorted(near, key=lambda course: self.ground.order(course.all[0].fact.id))
        fitting = [
            _Fit(rank, course, *fits) for rank, course in enumerate(ranked) if (fits := self.fits(course, report))
        ]
        return tuple((fit.course.all[0].fact.id, fit.kind) for fit in self._chosen(fitting, report))

    def _chosen(self, fitting: Sequence[_Fit], report: Statement) -> list[_Fit]:
        """Those that a report is surely of: the best, and what is of one thing with it; none where another fits as well."""
        if len(fitting) < 2:
            return list(fitting)

        def same_sort(fit: _Fit) -> bool:
            return any(sort_of(report) == sort_of(s) for s in fit.course.all)

        best = max(fitting, key=lambda f: (same_sort(f), f.share, -f.rank))
        chosen, rivals = [best], list[_Fit]()
        for other in fitting:
            if other is not best and self._one_thing(best.course, other.course):
                chosen.append(other)
            elif other is not best and same_sort(other) == same_sort(best) and other.share > best.share - DISTINCT:
                rivals.append(other)
        within = [fit for fit in (best, *rivals) if self._in_window(fit.course, report)]
        if rivals:  # the one whose window it is in, if there is one
            return chosen if within == [best] else within if len(within) == 1 else []
        return sorted(chosen, key=lambda f: f.rank)

    def _one_thing(self, a: Growing, b: Growing) -> bool:
        """Whether two courses look ahead to one thing, such as a plan and somebody's forecast of it."""
        one, other = a.all[-1], b.all[-1]
        old, new = a.window, b.window
        apart_ = old and new and (old.earliest > new.latest or new.earliest > old.latest)
        stances = status(one) != status(other) or holders(one) != holders(other)
        like = self.ground.one_thing.likeness(one, other)
        return self._is_enough(like, ALIKE, near=False, day=False) and (stances or not apart_)

    def _in_window(self, course: Growing, report: Statement) -> bool:
        window, days = course.window, took_place(report, course.all[-1])
        return bool(window and days and days[0] <= window.latest and days[1] >= window.earliest)


def plan_day(plan: Statement) -> date:
    """The first day on which its article may have come out."""
    days = source_days(plan)
    return days.earliest if days else date.min


def _later(day: date, by: timedelta) -> date:
    return day + min(by, date.max - day)
