"""Figures: targets, what is reported against them, and sums that follow from the sources.

Two rules, both generic, and strict: a wrong sum is worse than none. A *rate* (so many each year) times a *duration* (in
years) that the same sentence states is a derived target; shares are not multiplied, and an upper limit is no target. A *reported*
figure meets a *target* where both count the same things (`factories`), and they share a programme or topic, or a sentence; in
money, metres or shares, where both are also of the same measure.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import merge

from generator.aggregate.amounts import Amount, exactly, of_figure
from generator.aggregate.events import by_newest, newest_first
from generator.lexicon import Lexicons
from generator.link import Briefing
from generator.model import Figure
from generator.once import once
from generator.phrases import is_currency, is_duration, is_measure
from generator.statement import Statement

STEM = 4
"""Letters by which two forms of a word are taken for one: built, building."""
SHARES = ("percent", "percentage point", "basis point")


@dataclass(frozen=True)
class Target:
    """A target to compare with: as stated, or derived as rate × duration."""

    value: float
    unit: str
    stated: Statement
    """The figure that states it, or the rate."""
    duration: Statement | None = None
    """What the rate was multiplied with, if it is derived."""

    @property
    def derived(self) -> bool:
        """Whether no source states the number itself."""
        return self.duration is not None

    @property
    def amount(self) -> Amount:
        """As wide as its words make it; a derived one is exact, because only exact numbers are multiplied."""
        return exactly(self.value) if self.derived else of_figure(fact(self.stated))


@dataclass(frozen=True)
class Progress:
    """A reported figure against its target."""

    reported: Statement
    target: Target

    @property
    def share(self) -> float:
        """Reported over target, 1.0 where they are equal."""
        return value(self.reported) / self.target.value

    @property
    def percent(self) -> Amount:
        """The share in per cent, with the bounds of both: at least 40 of 200 are at least 20."""
        return of_figure(fact(self.reported)).over(self.target.amount).times(100)


def fact(statement: Statement) -> Figure:
    """The statement's figure."""
    assert isinstance(statement.fact, Figure)
    return statement.fact


def value(statement: Statement) -> float:
    """The number of a figure; the lower one of a range."""
    return fact(statement).value


def unit(statement: Statement) -> str:
    """What is counted, for comparison."""
    return folded(fact(statement).unit or fact(statement).measure or "")


@lru_cache(maxsize=10_000)
def folded(words: str) -> str:
    """Words as they are compared: in small letters, a blank between each two."""
    return " ".join(words.casefold().split())


def figures(briefing: Briefing) -> tuple[Statement, ...]:
    """All figures, the newest source first."""
    return tuple(by_newest(briefing.by_kind.get("figure", ())))


def by_sort(statements: Iterable[Statement], lexicons: Lexicons) -> dict[str, list[Statement]]:
    """Figures by sort, in the order of the sorts: counts, money, shares, measures, durations; empty sorts are left out."""
    groups: dict[str, list[Statement]] = {sort: [] for sort in lexicons["labels"]["sorts"]}
    for s in statements:
        groups[_sort(fact(s), lexicons)].append(s)
    return {sort: group for sort, group in groups.items() if group}


def _sort(given: Figure, lexicons: Lexicons) -> str:
    if is_currency(given.unit):
        return "money"
    if given.unit in SHARES:
        return "share"
    if is_duration(given.unit, lexicons) and not given.per:
        return "duration"
    return "measure" if is_measure(given.unit or "", lexicons) else "count"


class Sentences:
    """Which sentence of its source a statement stands in; each source is cut into sentences once, when asked for."""

    def __init__(self, briefing: Briefing) -> None:
        self._briefing = briefing
        self._starts: dict[str, list[int]] = {}

    def of(self, statement: Statement) -> int | None:
        """Its rank in the text; None where the statement has no place there."""
        from generator.extract.segment import segment

        source, seed = statement.source.id, self._briefing.seeds.get(statement.source.id)
        if not seed or not statement.span:
            return None
        if source not in self._starts:
            self._starts[source] = [s.start for s in segment(seed.text, self._briefing.lexicons).sentences]
        return bisect_right(self._starts[source], statement.span.start)


@once
def targets(briefing: Briefing) -> tuple[Target, ...]:
    """Stated targets that count something, and derived ones in place of their rates."""
    found = []
    sentences = Sentences(briefing)
    by_source = durations(briefing)
    for s in briefing.by_kind.get("figure", ()):
        if fact(s).role != "target" or not unit(s) or is_duration(fact(s).unit, briefing.lexicons):
            continue
        if not fact(s).per:
            if fact(s).bound not in ("at-most", "less-than"):  # that is a limit, and nothing to be reached
                found.append(Target(value(s), unit(s), s))
        elif duration := _duration(s, by_source.get(s.source.id, ()), sentences):
            found.append(Target(value(s) * value(duration), unit(s), s, duration))
    return tuple(target for target in found if target.value > 0)


def durations(briefing: Briefing) -> dict[str, list[Statement]]:
    """Lengths of time by the source that states them."""
    by_source: dict[str, list[Statement]] = {}
    for s in briefing.by_kind.get("figure", ()):
        if is_duration(fact(s).unit, briefing.lexicons) and not fact(s).per:
            by_source.setdefault(s.source.id, []).append(s)
    return by_source


def lasting(target: Statement, by_source: Mapping[str, Sequence[Statement]], sentences: Sentences) -> Statement | None:
    """The one exact length of time that the sentence of a target sets for it: 200 clinics `over 10 years`.

    `by_source` are the lengths of time that sources state.
    """
    here = sentences.of(target)
    near = [d for d in by_source.get(target.source.id, ()) if here is not None and sentences.of(d) == here]
    near = [d for d in near if fact(d).role == "target" and not fact(d).bound and fact(d).high is None]
    return near[0] if len(near) == 1 else None


def _duration(rate: Statement, durations: Sequence[Statement], sentences: Sentences) -> Statement | None:
    """The duration to multiply a rate with: one target in the rate's own unit of time, from its own sentence."""
    if fact(rate).unit in SHARES or fact(rate).bound or fact(rate).high is not None:
        return None
    fitting = [d for d in durations if fact(d).unit == fact(rate).per and fact(d).role == "target"]
    fitting = [d for d in fitting if not fact(d).bound and fact(d).high is None]
    here = sentences.of(rate)
    near = [d for d in fitting if here is not None and sentences.of(d) == here]
    return near[0] if len(near) == 1 else None


def _meets(reported: Statement, target: Target, lexicons: Lexicons, sentences: Sentences) -> bool:
    """Whether a figure tells how far a target is reached: two depths in metres or two prices need not."""
    if target.unit != unit(reported):
        return False
    measured = fact(reported).measure
    if (target.unit in SHARES or is_currency(target.unit.upper()) or is_measure(target.unit, lexicons)) and not (
        measured and measured == fact(target.stated).measure
    ):
        return False
    if {e.id for e in reported.about} & {e.id for e in target.stated.about}:
        return True
    if reported.source.id != target.stated.source.id or not _same_words(reported, target):
        return False
    here = sentences.of(reported)
    return here is not None and here == sentences.of(target.stated)


def telling_words(statement: Statement) -> set[str]:
    """The longer words of a quote, besides what it counts."""
    counted = set(unit(statement).split())
    words = statement.fact.quote.casefold().split()
    return {word for word in words if len(word) > STEM and word.isalpha() and word not in counted}


def _same_words(reported: Statement, target: Target) -> bool:
    """Whether two quotes share a telling word besides what they count: `factories built` and `to build factories`."""
    one, other = ({word[:STEM] for word in telling_words(s)} for s in (reported, target.stated))
    return bool(one & other)


@once
def progress(briefing: Briefing) -> tuple[Progress, ...]:
    """Each target with the newest figure reported against it, an undisputed one first; what names a programme or topic first, then the newest."""
    aims = targets(briefing)
    units = {target.unit for target in aims}
    known = (s for s in briefing.by_kind.get("figure", ()) if fact(s).role == "reported" and not fact(s).per)
    reported = sorted(
        (s for s in known if unit(s) in units), key=lambda s: (s.fact.review == "disputed", newest_first(s))
    )
    near: dict[tuple[str, str], list[int]] = {}
    for rank, s in enumerate(reported):
        for name in dict.fromkeys((f"in {s.source.id}", *(e.id for e in s.about))):
            near.setdefault((unit(s), name), []).append(rank)
    sentences, pairs = Sentences(briefing), list[Progress]()
    for target in aims:
        names = (f"in {target.stated.source.id}", *(e.id for e in target.stated.about))
        ranks = merge(*(near.get((target.unit, name), ()) for name in names))
        some = (reported[rank] for rank in ranks if _meets(reported[rank], target, briefing.lexicons, sentences))
        met = next(some, None)
        if met and value(met) >= 0:
            pairs.append(Progress(met, target))
    first = sorted(pairs, key=lambda p: (not (p.reported.about or p.target.stated.about), newest_first(p.reported)))
    return tuple(first)


def remaining(briefing: Briefing, used: Collection[str]) -> list[Statement]:
    """Figures other than those of some ids that stand alone as numbers of the subject: counts, shares and money, not mere durations."""
    left = [s for s in figures(briefing) if s.fact.id not in used]
    return [s for s in left if not is_duration(fact(s).unit, briefing.lexicons)]
