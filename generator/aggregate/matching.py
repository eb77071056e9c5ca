"""Which statements look ahead to one thing, and which later ones tell of it, one article after the other.

A later source joins a course where its statement is of the same thing (`aggregate.thing`), of the same sort or of one that fulfils it (lexicon
`outcomes`), and at a time that fits: not before the plan was told, near the window. What fits two courses as well is left to neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from generator.aggregate.claims import claims
from generator.aggregate.courses import Stage, apart, holders, is_newer, moves, order, source_days
from generator.aggregate.events import AHEAD, status
from generator.aggregate.figures import fact
from generator.aggregate.sorts import VAGUE, Kind, Sorts, sorts
from generator.aggregate.thing import Likeness, Things, things
from generator.edtf import Edtf
from generator.link import Briefing, Statement
from generator.model import Event
from generator.registry import family

ALIKE, SURE, TWIN = 0.5, 0.75, 0.75
"""How much of the shorter of two statements must lie in the other; how much where less else speaks for it; of the longer, where nothing does."""
FEW, TELLING, SOON = 0.3, 6.0, timedelta(days=90)
"""How much is enough where what they share is telling (in nats, as `thing` weighs words), and the window is near."""
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
    """How well a report fits the course of some rank."""

    rank: int
    kind: Kind
    share: float


@dataclass
class Growing:
    """A course while it is put together."""

    stages: list[list[Statement]]
    told: list[tuple[Kind, Statement]] = field(default_factory=list)

    @property
    def all(self) -> list[Statement]:
        """Its statements, stage by stage."""
        return [s for stage in self.stages for s in stage]

    @property
    def window(self) -> Edtf | None:
        """The last window that it was given."""
        return Stage(tuple(self.stages[-1])).when

    @property
    def is_over(self) -> bool:
        """Whether it came about, so that what is planned since is another thing."""
        return any(kind == "met" for kind, _ in self.told)


class Matching:
    """Which statements are of one course, and what tells of it, one article after the other."""

    def __init__(self, briefing: Briefing) -> None:
        self.briefing = briefing
        self.things: Things = things(briefing)
        self.sorts: Sorts = sorts(briefing.lexicons)
        self.claims = claims(briefing)
        self.by_claim: dict[str, dict[int, None]] = {}
        """Ranks of courses by the claims of their statements."""
        self.counted: dict[str, list[Statement]] = {}
        """Figures by their sources."""
        for s in briefing.by_kind.get("figure", ()):
            self.counted.setdefault(s.source.id, []).append(s)
        self.grown: list[Growing] = []
        self.by_what: dict[str, dict[int, None]] = {}
        """Ranks of courses by the sorts of their statements."""
        self.by_report: dict[str, dict[int, None]] = {}
        """The same by the sorts of what may tell of them."""
        self.by_mark: dict[str, set[int]] = {}
        """The same by the words and names of their statements."""
        events = (s for s in briefing.by_kind.get("event", ()) if isinstance(s.fact, Event))
        for s in sorted(events, key=order):
            if status(s) in AHEAD and sort_of(s) not in self.sorts.postponed:
                self._ahead(s)
            elif status(s) in (*AHEAD, "happened", "denied"):
                self._report(s)

    # One thing ahead, told again

    def _ahead(self, s: Statement) -> None:
        """Let a statement go on with the one course that it fits best, or begin another."""
        near = (
            sort_of(s),
            *(w for w in self.sorts.fulfils.get(sort_of(s), ()) if sort_of(s) in self.sorts.fulfils.get(w, ())),
        )
        claim = self.claims.of(s).id
        ranks = self.by_claim.get(claim, {}) | dict.fromkeys(n for what in near for n in self.by_what.get(what, ()))
        found = [(fit, n) for n in ranks if (fit := self._joins(s, self.grown[n]))]
        best = max((fit for fit, _ in found), default=0.0)
        fitting = [n for fit, n in found if fit == best]
        same = [n for n in fitting if any(t.fact.when == s.fact.when for t in self.grown[n].all)]
        fitting = same if same else fitting
        if len(fitting) == 1:
            self._add(s, self.grown[fitting[0]])
        else:
            self.grown.append(Growing([[s]]))
            fitting = [len(self.grown) - 1]
        self.by_claim.setdefault(claim, {}).update(dict.fromkeys(fitting))
        for mark in self._marks(s):
            self.by_mark.setdefault(mark, set()).update(fitting)
        for index, keys in (
            (self.by_what, (sort_of(s),)),
            (self.by_report, sorted(self.sorts.telling(self.sorts.of(s)))),
        ):
            for sort in keys:
                index.setdefault(sort, {}).update(dict.fromkeys(fitting))

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
            put_off = bool(self.sorts.postponed & self.things.of(s).sorts)
            limit = AGAIN if sort_of(s) in self.sorts.recurring and not put_off else LATE
            if (
                not out
                or (not new and out.earliest > old.latest)
                or (new and new.earliest > old.latest + min(limit, date.max - old.latest))
            ):
                return 0.0
        if self._same_meeting(s, last):
            return 1.0
        if any(self.claims.of(s) is self.claims.of(t) for t in course.all):
            return TOLD_AGAIN
        if not (old or new):  # nothing but words tells that it is the same
            return max((f.whole for t in course.all if (f := self.things.likeness(s, t)).whole >= TWIN), default=0.0)
        sure = self.sorts.of(s) == {VAGUE} or sort_of(s) != sort_of(last)
        same_day = new is not None and new.precision == "day" and any(t.fact.when == s.fact.when for t in course.all)
        return self._alike(s, course.all, SURE if sure else ALIKE, day=same_day and not sure)

    def _alike(
        self, s: Statement, others: Iterable[Statement], need: float, *, near: bool = False, day: bool = False
    ) -> float:
        """How much a statement is of the thing of any of others; 0 where that is less than needed.

        One word in common is too little, but where one of the two says no more than that, or both are of one `day`; so is one name.
        """
        found = (self.things.likeness(s, t) for t in others)
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

    def _same_meeting(self, s: Statement, t: Statement) -> bool:
        """Whether both are of one meeting itself, and not of what is done there."""
        if sort_of(s) not in self.sorts.assemblies:
            return False
        meetings = {e.id for e in s.about if family(e.kind, self.briefing.lexicons) == "meeting"}
        return sort_of(s) == sort_of(t) and bool(meetings & {e.id for e in t.about})

    def _add(self, s: Statement, course: Growing) -> None:
        old, new = course.window, s.when
        postponed = bool(self.sorts.postponed & self.things.of(s).sorts)
        if old and new and (moves(old, new) or (postponed and new.latest > old.latest)):
            course.stages.append([s])
        else:
            course.stages[-1].append(s)

    # What came of it

    def fits(self, course: Growing, report: Statement) -> tuple[Kind, float] | None:
        """What a report is to a course, and how well it fits; None where it is not of it."""
        plan = next((s for s in reversed(course.all) if is_newer(report, s)), None)
        if plan is None or any(apart(report, s) for s in course.all):
            return None
        kind = self.sorts.kind(plan, report, self.things.of(report).sorts, self.things.around_sorts(report))
        if not kind or not self._in_time(kind, course, plan, report):
            return None
        if kind == "met" and self._falls_short(plan, report):
            return None
        if not course.window and self.sorts.of(plan) == {VAGUE}:
            return None  # a deed of no sort and no day: too little to know it by
        if self._same_meeting(plan, report):
            return kind, 1.0
        need = ALIKE
        vague = any(self.sorts.of(s) == {VAGUE} for s in (plan, report))
        if vague or status(plan) == "called-for" or not course.window:
            need = SURE
        if kind in ("undone", "postponed") and sort_of(plan) not in self.things.of(report).sorts:
            need = SURE
        soon = need == ALIKE and kind == "met" and self._is_soon(course, report, plan)
        near, alike = soon and sort_of(plan) == sort_of(report), bool(self.sorts.of(plan) & self.sorts.of(report))
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
        found = self.counted.get(event.source.id, ())
        return [s for s in found if here and s.span and s.span.overlaps(here)]

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

    def _report(self, report: Statement) -> None:
        """Let a statement tell of the courses that it is surely of."""
        near = {n for word in self._marks(report) for n in self.by_mark.get(word, ())}
        told = sorted(self.sorts.looked_up(report))
        ranks = [n for n in dict.fromkeys(n for sort in told for n in self.by_report.get(sort, ())) if n in near]
        fitting = [_Fit(n, *fits) for n in ranks if (fits := self.fits(self.grown[n], report))]
        for chosen in self._chosen(fitting, report):
            self.grown[chosen.rank].told.append((chosen.kind, report))

    def _marks(self, s: Statement) -> frozenset[str]:
        """Words and names of a statement, of which two that are of one thing have some in common."""
        thing = self.things.of(s)
        meetings = frozenset(e.id for e in s.about)
        return thing.wider | thing.voices | thing.anchors | meetings

    def _chosen(self, fitting: Sequence[_Fit], report: Statement) -> list[_Fit]:
        """Those that a report is surely of: the best, and what is of one thing with it; none where another fits as well."""
        if len(fitting) < 2:
            return list(fitting)

        def same_sort(fit: _Fit) -> bool:
            return any(sort_of(report) == sort_of(s) for s in self.grown[fit.rank].all)

        best = max(fitting, key=lambda f: (same_sort(f), f.share, -f.rank))
        chosen, rivals = [best], list[_Fit]()
        for other in fitting:
            if other is not best and self._one_thing(self.grown[best.rank], self.grown[other.rank]):
                chosen.append(other)
            elif other is not best and same_sort(other) == same_sort(best) and other.share > best.share - DISTINCT:
                rivals.append(other)
        within = [fit for fit in (best, *rivals) if self._in_window(self.grown[fit.rank], report)]
        if rivals:  # the one whose window it is in, if there is one
            return chosen if within == [best] else within if len(within) == 1 else []
        return sorted(chosen, key=lambda f: f.rank)

    def _one_thing(self, a: Growing, b: Growing) -> bool:
        """Whether two courses look ahead to one thing, such as a plan and somebody's forecast of it."""
        one, other = a.all[-1], b.all[-1]
        old, new = a.window, b.window
        apart_ = old and new and (old.earliest > new.latest or new.earliest > old.latest)
        stances = status(one) != status(other) or holders(one) != holders(other)
        return bool(self._alike(one, [other], ALIKE)) and (stances or not apart_)

    def _in_window(self, course: Growing, report: Statement) -> bool:
        window, days = course.window, took_place(report, course.all[-1])
        return bool(window and days and days[0] <= window.latest and days[1] >= window.earliest)


def plan_day(plan: Statement) -> date:
    """The first day on which its article may have come out."""
    days = source_days(plan)
    return days.earliest if days else date.min


def _later(day: date, by: timedelta) -> date:
    return day + min(by, date.max - day)
