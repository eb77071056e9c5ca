"""The front page: the bottom line in at most five cited sentences.

Which sentences: the rules of `RULES`, in order, each of which names one statement that none before it took.
*Latest*: what happened last, of what has a date or somebody who did it. *Next*: the plan whose window ends soonest. *Outcome*: the
newest report of what came of something that had a date. *Progress*: the newest figure reported against a target. *Outlook*: what
somebody expects, with its date, next. *Assessment*: the newest judgement whose holder is named. A rule that finds nothing is left out, so
a short briefing has a short bottom line, and no sentence stands in it that a source does not state.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from generator.aggregate.changes import counts
from generator.aggregate.claim import Claim
from generator.aggregate.claims import claims
from generator.aggregate.courses import Course
from generator.aggregate.events import (
    ahead,
    as_of_day,
    by_newest,
    happened,
    has_begun,
    is_past,
    latest,
    newest_first,
    status,
)
from generator.aggregate.figures import SHARES, Progress, fact, remaining, unit
from generator.aggregate.ledger import came, is_followed, ledger
from generator.aggregate.pace import reckoned
from generator.link import Briefing
from generator.model import Source
from generator.statement import Statement


@dataclass(frozen=True)
class Line:
    """A sentence of the bottom line."""

    label: str
    statement: Statement
    progress: Progress | None = None
    course: Course | None = None
    """Of an outcome, what it is the outcome of."""


NEWS = timedelta(days=7)
"""How much older than its source an event without a date is taken to be, when the latest one is chosen: news is new."""
Rule = Callable[[Briefing, Collection[str]], Line | None]


def _first(label: str, statements: Iterable[Statement], taken: Collection[str]) -> Line | None:
    return next((Line(label, s) for s in statements if s.fact.id not in taken), None)


def _latest(briefing: Briefing, taken: Collection[str]) -> Line | None:
    events = (s for s in happened(briefing) if s.when or s.who)  # what has neither is most often background, told again
    return _first("Latest", latest(events, as_of_day(briefing), NEWS), taken)


def _next(briefing: Briefing, taken: Collection[str]) -> Line | None:
    day = as_of_day(briefing)
    plans = [s for s in ahead(briefing) if status(s) == "planned" and s.when and not is_past(s, day)]
    plans = [s for s in plans if not is_followed(s, briefing) and not has_begun(s, day)]
    return _first("Next", plans, taken)


def _outcome(briefing: Briefing, taken: Collection[str]) -> Line | None:
    """The newest outcome of something that had a date."""
    for course in came(ledger(briefing).entries):
        if course.window and course.told[0].fact.id not in taken:
            return Line("Outcome", course.told[0], course=course)
    return None


def _progress(briefing: Briefing, taken: Collection[str]) -> Line | None:
    pairs = (Line("Progress", one.pair.reported, one.pair) for one in reckoned(briefing))
    return next((line for line in pairs if line.statement.fact.id not in taken), None)


def _outlook(briefing: Briefing, taken: Collection[str]) -> Line | None:
    day = as_of_day(briefing)
    expected = (s for s in ahead(briefing) if status(s) == "expected" and not is_past(s, day))
    return _first("Outlook", (s for s in expected if not is_followed(s, briefing)), taken)


def _assessment(briefing: Briefing, taken: Collection[str]) -> Line | None:
    held = sorted((s for s in briefing.by_kind.get("assessment", ()) if s.by or s.who), key=newest_first)
    return _first("Assessment", held, taken)


RULES: tuple[Rule, ...] = (_latest, _next, _outcome, _progress, _outlook, _assessment)
MOST = 5
"""Sentences of a bottom line."""


def bottom_line(briefing: Briefing) -> tuple[Line, ...]:
    """At most one sentence per rule, and `MOST` in all."""
    lines: list[Line] = []
    quotes: set[tuple[str, str]] = set()
    for rule in RULES:
        line = rule(briefing, {s.statement.fact.id for s in lines})
        # Two facts may share a quote (a plan and a forecast of it): one sentence says it once.
        if line and (line.statement.source.id, line.statement.fact.quote) not in quotes:
            quotes.add((line.statement.source.id, line.statement.fact.quote))
            lines.append(line)
    return tuple(lines[:MOST])


def key_figures(briefing: Briefing, used: Collection[str]) -> tuple[Statement, ...]:
    """Figures other than those of some ids that more than one origin vouches for, then those of most sources, then the newest.

    Each fact and each sentence stands once; that there is one of something is no figure.
    """
    told = claims(briefing)
    found = by_newest(told.once(remaining(briefing, used)))
    found = [s for s in found if fact(s).value != 1 or unit(s) in SHARES]
    found.sort(key=lambda s: _weight(told.of(s)) if s.fact.id in told.groups else ALONE)
    once: dict[tuple[str, str], Statement] = {}
    for s in found:
        once.setdefault((s.source.id, s.fact.quote), s)
    return tuple(once.values())


ALONE = (-1, -1)


def _weight(claim: Claim) -> tuple[int, int]:
    return -len(claim.origins), -len(claim.sources)


def additions(briefing: Briefing, size: int = 5) -> tuple[tuple[Source, Mapping[str, int]], ...]:
    """The newest sources, at most `size`, each with how many current facts of each kind it gave."""
    newest = list(briefing.sources.values())[::-1][:size]
    return tuple((source, counts(source, briefing)) for source in newest)
