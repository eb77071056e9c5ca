"""The table of outcomes: each thing that was or is ahead, once, with what came of it."""

from __future__ import annotations

from collections.abc import Iterator

from generator import telling
from generator.aggregate.courses import STATES, Course, Delay
from generator.aggregate.events import status
from generator.aggregate.ledger import holders
from generator.downloads.columns import Column, Row, Table
from generator.downloads.ids import fact_id, fact_ids
from generator.downloads.portion import Portion, courses_of, courses_told
from generator.model import Figure

KINDS = ("planned", "expected", "called-for", "target", "estimate")
COLUMNS = (
    Column("id", "text", "The fact that told it first.", refers="facts", needed=True),
    Column("kind", "text", "How it was looked ahead to.", needed=True, values=KINDS),
    Column("statement", "text", "The sentence that told it first.", needed=True),
    Column("by", "list", "Who expected, planned or called for it.", refers="entities"),
    Column("facts", "list", "All facts that look ahead to it.", refers="facts", beyond=True),
    Column("first_date", "text", "Its first window, as EDTF."),
    Column("date", "text", "Its last window, as EDTF."),
    Column("moves", "integer", "How often a newer source gave it another window.", needed=True),
    Column(
        "state",
        "text",
        "Whether it came about within its last window or after it, moved with nothing told since, did not come about, or none of these is told.",
        needed=True,
        values=STATES,
    ),
    Column("in_time", "text", "Of what came about: whether that was in time.", values=("yes", "no", "not told")),
    Column("late_least", "integer", "Of what is late: the fewest days after the end of its last window."),
    Column("late_most", "integer", "The most; empty where the window does not end on a day."),
    Column("first_late_least", "integer", "Of what moved and came about: the fewest days after its first window."),
    Column("first_late_most", "integer", "The most."),
    Column("told", "list", "The facts that tell what came of it.", refers="facts", beyond=True),
    Column("by_hand", "yes or no", "Whether a person links the outcome.", needed=True),
    Column("link", "text", "Where its first words stand on this site.", needed=True),
)


def of_source(source: str, portion: Portion) -> Iterator[Row]:
    """The entries of the ledger that it told first."""
    briefing = portion.briefing
    ids = fact_ids(briefing)
    for course in courses_of(briefing).get(source, ()):
        first = course.first
        late, since = _days(course.delay), _days(course.since_first)
        yield {
            "id": fact_id(first, ids),
            "kind": first.fact.role if isinstance(first.fact, Figure) else status(first),
            "statement": telling.sentence(first, briefing),
            "by": tuple(dict.fromkeys(e.id for s in course.statements for e in holders(s, briefing))),
            "facts": tuple(fact_id(s, ids) for s in course.statements),
            "first_date": _text(course, 0),
            "date": _text(course, -1),
            "moves": course.moves,
            "state": course.state,
            "in_time": _in_time(course),
            "late_least": late[0],
            "late_most": late[1],
            "first_late_least": since[0],
            "first_late_most": since[1],
            "told": tuple(fact_id(s, ids) for s in course.told),
            "by_hand": course.by_hand,
            "link": telling.permalink(first, briefing),
        }


def _in_time(course: Course) -> str | None:
    if course.state not in ("met", "late"):
        return None
    return "no" if course.state == "late" else "yes" if course.timely and course.window else "not told"


def _days(given: Delay | None) -> tuple[int | None, int | None]:
    return (given.low, given.high) if given else (None, None)


def _text(course: Course, stage: int) -> str | None:
    when = course.stages[stage].when
    return when.text if when else None


OUTCOMES = Table(
    "outcomes",
    "Each thing that was or is ahead, once, and what came of it.",
    COLUMNS,
    of_source=of_source,
    told=courses_told,
    csv="data/outcomes.csv",
)
