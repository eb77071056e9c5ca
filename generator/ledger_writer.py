"""What was ahead and what came of it as Markdown: states, delays, moves, and what tells so."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

from generator import countdown, phrases, sums
from generator.addresses import BARE
from generator.aggregate import aims
from generator.aggregate.courses import Course
from generator.aggregate.events import status
from generator.aggregate.ledger import Forecaster, course_of
from generator.link import Briefing
from generator.literal import literal
from generator.model import Figure
from generator.statement import Statement

if TYPE_CHECKING:
    from generator.writer import Writer

SHOWN = 3
"""Citations of one outcome that stand side by side."""


def state(course: Course, briefing: Briefing) -> str:
    """What became of it in a word: `in time`, `late`, `not answered`. Plain text."""
    value = "met-" if course.state == "met" and (not course.timely or not course.window) else course.state
    fact = course.first.fact
    table = f"state-of-{fact.role if isinstance(fact, Figure) else status(course.first)}"
    words = briefing.lexicons["labels"].get(table, {})
    return str(words.get(value) or phrases.label("state", value, briefing.lexicons))


def delays(course: Course) -> str:
    """How late by the last window, and where it moved, by the first: `2 days late, 21 days after the first date`. Plain text."""
    late, first = course.delay, course.since_first
    said = [countdown.late(late)] if late else []
    if first:
        said.append(f"{countdown.late(first).removesuffix(' late')} after the first date")
    return ", ".join(said)


def counted(forecaster: Forecaster) -> str:
    """`3 met, 2 late, 1 not met, 4 open; 2 of them put off at least once`. Plain text."""
    counts = (("met", "met"), ("late", "late"), ("missed", "not met"))
    parts = [f"{phrases.number(n)} {name}" for state_, name in counts if (n := forecaster.count(state_))]  # type: ignore[arg-type]
    if open_ := forecaster.count("open", "moved"):
        parts.append(f"{phrases.number(open_)} without an outcome")
    moved = f"; {phrases.number(forecaster.moved)} put off at least once" if forecaster.moved else ""
    return ", ".join(parts) + moved


@dataclass(frozen=True)
class LedgerWriter:
    """Says entries of the ledger on one page."""

    say: Writer

    def counted(self, forecaster: Forecaster) -> str:
        """What came of all that somebody looked ahead to."""
        return literal(counted(forecaster))

    def state(self, course: Course) -> str:
        """What became of it, as a tag, and how late it is."""
        tag = f"[{literal(state(course, self.say.briefing))}]({BARE}){{ .tag .{course.state} }}"
        words = delays(course)
        if course.state == "met" and not course.timely and course.window:
            words = "no source here tells whether in time"
        by_hand = "linked by hand" if course.by_hand else ""
        said = "; ".join(filter(None, (words, by_hand)))
        return f"{tag} {literal(said)}".rstrip()

    def told(self, course: Course) -> str:
        """What tells so: the first words, and all citations, as far as they are few."""
        if not course.told:
            return ""
        first, *others = course.told
        when = f"{self.say.date(first.fact.when)}: " if first.fact.when else ""
        cites = " ".join(self.say.cite(s) for s in (first, *others[: SHOWN - 1]))
        more = len(others) + 1 - SHOWN
        rest = f" and {phrases.plural(more, 'other source')}" if more > 0 else ""
        return f"{when}{self.say.statement(first)} {cites}{rest}"

    def trail(self, course: Course) -> str:
        """What was reported against a target over time, each with its share of it and of the time; empty where that is one number.

        Nobody aims at an estimate, so there is no share of it.
        """
        steps = aims.trail(course)
        if (
            getattr(course.first.fact, "role", "") == "estimate"
            or len({step.report.fact.when or step.report.source.date for step in steps}) < 2
        ):
            return ""
        lexicons = self.say.briefing.lexicons
        said = []
        for step in steps:
            share = sums.bounded(step.share, lexicons, "percent")
            time = f" after {floor(step.time * 100)}% of the time" if step.time is not None else ""
            when = self.say.date(step.report.fact.when or step.report.source.date)
            words = f": {share} of the target{time}" if share else ""
            said.append(f"{when} {self.say.figure(step.report)}{literal(words)} {self.say.cite(step.report)}")
        return f"Reported so far, with shares that no source states: {'; '.join(said)}."

    def moves(self, course: Course) -> str:
        """The windows that it had before or after its first, each with its citation; empty where it has one."""
        return "; ".join(
            f"then {self.say.date(stage.when.text)} {self.say.cite(stage.first)}"
            for stage in course.stages[1:]
            if stage.when
        )

    def before(self, course: Course) -> str:
        """Of what is still ahead, the windows that it had before."""
        return "; ".join(
            f"before: {self.say.date(stage.when.text)} {self.say.cite(stage.first)}"
            for stage in course.stages[:-1][::-1]
            if stage.when
        )

    def earlier(self, statement: Statement) -> str:
        """The same of a statement that stands for it now."""
        course = course_of(statement, self.say.briefing)
        return self.before(course) if course and statement in course.stages[-1].statements else ""

    def settled(self, statement: Statement) -> str:
        """Where a statement stands that is followed by another: what came of it, or its new date; empty elsewhere."""
        course = course_of(statement, self.say.briefing)
        if course and course.is_told:
            cites = " ".join(map(self.say.cite, course.told[:SHOWN]))
            return f"{self.state(course)}: {cites}"
        if course and course.moves and statement not in course.stages[-1].statements and course.window:
            return f"dated anew since: {self.say.date(course.window.text)} {self.say.cite(course.last)}"
        return ""
