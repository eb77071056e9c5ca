"""One thing ahead, from the first who told of it to what came of it: the records, and what dates say of them.

A *course* has stages, each a window and the statements that give it, and what tells of its outcome. See `aggregate.outcomes`
for events and `aggregate.aims` for targets.

    met     it came about within the window, or has no window, or no source tells on which side of its end
    late    it came about after the end of the last window
    moved   another window, or a postponement without one, and nothing told after it
    missed  it was cancelled, failed, or had not come about by the end of its window
    open    none of these
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from generator import edtf
from generator.edtf import Edtf
from generator.statement import Statement
from generator.store import digest, packed

State = Literal["met", "late", "moved", "missed", "open"]
STATES: tuple[State, ...] = ("met", "late", "moved", "missed", "open")


@dataclass(frozen=True, slots=True)
class Delay:
    """Days from the end of a window to the day of an outcome."""

    low: int
    high: int | None

    @property
    def exact(self) -> bool:
        """Whether both are given to the day."""
        return self.low == self.high


@dataclass(frozen=True)
class Stage:
    """A window, and the statements that give it, the earliest source first."""

    statements: tuple[Statement, ...]

    @property
    def first(self) -> Statement:
        """Who gave it first."""
        return self.statements[0]

    @property
    def dated(self) -> Statement:
        """Who first gave its date, where somebody does."""
        return next((s for s in self.statements if s.when), self.first)

    @cached_property
    def when(self) -> Edtf | None:
        """The window as first given; more exactly where a later source of the same stage gives it so."""
        windows = [s.when for s in self.statements if s.when]
        return min(windows, key=lambda w: (width(w), windows.index(w)), default=None)


@dataclass(frozen=True)
class Course:
    """One thing ahead, from the first who told of it to what came of it."""

    stages: tuple[Stage, ...]
    state: State
    told: tuple[Statement, ...] = ()
    """What tells the outcome: of one that moved without a new date, the postponement."""
    came: tuple[date, date] | None = None
    """The days between which it came about, both included, where a source dates that."""
    timely: bool = True
    """Of what is met: whether that was in time for sure."""
    by_hand: bool = False
    """Whether a person links the outcome."""
    reports: tuple[Statement, ...] = ()
    """Of a target, what is reported against it over time, the earliest day first."""

    @cached_property
    def digest(self) -> bytes:
        """A hash of all that it holds: who looked ahead to it, what came of it, and what tells so."""
        parts = (*(stage.statements for stage in self.stages), self.told, self.reports)
        known = [[s.digest for s in part] for part in parts]
        return digest(packed((known, self.state, self.came, self.timely, self.by_hand)))

    def after(self, window: Edtf | None) -> Delay | None:
        """How long after the end of a window it came about; None where that is not told, or may have been within it."""
        if not self.came or not window or (window.open_end and self.state != "late"):
            return None
        end = window.earliest if window.open_end else window.latest  # what is to run from a day is late after it
        if self.came[0] <= end:
            return None
        low, high = ((day - end).days for day in self.came)
        return Delay(low, high if window.open_end or ends_on_a_day(window) else None)

    @property
    def delay(self) -> Delay | None:
        """How late it is by the last window."""
        return self.after(self.window)

    @property
    def since_first(self) -> Delay | None:
        """How late it is by the first window, where it moved."""
        return self.after(self.stages[0].when) if self.moves else None

    def state_at(self, statement: Statement) -> tuple[State, Delay | None]:
        """What became of what one of its statements says, by the window of that."""
        stage = next((s for s in self.stages if statement in s.statements), self.stages[-1])
        if stage is self.stages[-1] and self.state == "moved" and not self.told:
            return "open", None  # it is the last window, of which nothing is told
        if stage is self.stages[-1] or self.state == "missed":
            return self.state, self.delay
        if not self.is_settled:
            return "moved", None
        late = self.after(stage.when)
        return ("late" if late else "met"), late

    @property
    def first(self) -> Statement:
        """The first words of it."""
        return self.stages[0].first

    @property
    def last(self) -> Statement:
        """The plan that counts: the first that gives the last window."""
        return next((s for s in self.stages[-1].statements if s.fact.when == self.window_text), self.stages[-1].first)

    @property
    def window(self) -> Edtf | None:
        """The last window."""
        return self.stages[-1].when

    @property
    def window_text(self) -> str | None:
        """The last window, EDTF."""
        return self.window.text if self.window else None

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All that look ahead to it."""
        return tuple(s for stage in self.stages for s in stage.statements)

    @property
    def is_told(self) -> bool:
        """Whether a source tells what came of it, be it that it is put off without a new date."""
        return bool(self.told) and self.state != "open"

    @property
    def is_settled(self) -> bool:
        """Whether a source tells what came of it."""
        return self.state in ("met", "late", "missed")

    @property
    def moves(self) -> int:
        """How often it got another window."""
        return len(self.stages) - 1


def width(when: Edtf) -> int:
    """Days of a window, but one."""
    return (when.latest - when.earliest).days


def order(statement: Statement) -> tuple[object, ...]:
    """Sorts statements by their source, the earliest first, and by their place in it."""
    start = statement.span.start if statement.span else 1 << 40
    return (edtf.sort_key(statement.source.date), statement.source.id, start, statement.fact.id)


def source_days(statement: Statement) -> Edtf | None:
    """The days on which its article may have come out."""
    return edtf.parse(statement.source.date)


def is_newer(one: Statement, other: Statement) -> bool:
    """Whether the article of one surely came out after that of another."""
    a, b = source_days(one), source_days(other)
    return bool(a and b and a.earliest > b.latest)


def apart(one: Statement, other: Statement) -> bool:
    """Whether a person keeps the two apart."""
    return other.fact.id in one.fact.unrelated or one.fact.id in other.fact.unrelated


def holders(statement: Statement) -> frozenset[str]:
    """The ids of those who expect it, or call for it."""
    return frozenset(e.id or e.name for e in (*statement.by, *statement.according_to))


def moves(old: Edtf, new: Edtf) -> bool:
    """Whether a window is another one, and not the same told more or less exactly."""
    if old.open_start and new.open_start:
        return new.latest > old.latest
    return new.earliest > old.latest or new.latest < old.earliest


def ends_on_a_day(window: Edtf | None) -> bool:
    """Whether the end of a window is given to the day."""
    return bool(window) and window is not None and len(window.text.rpartition("/")[2]) == len("2031-05-02")
