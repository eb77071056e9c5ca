"""What changed, in plain words: the one wording of the changes page, the feeds, and the difference of two states.

Words of articles come from `telling`, so they are as long as the policy of publication has it.
"""

from __future__ import annotations

from generator import edtf, phrases, telling
from generator.aggregate.changes import Newer
from generator.aggregate.corrections import Correction, Turn
from generator.aggregate.difference import Difference, FactChange
from generator.base import Conflict
from generator.link import Briefing
from generator.model import Event, Figure
from generator.statement import Statement

Shown = str | tuple[str, ...] | None
"""A value of a question; None where there is none."""


def label(what: str, briefing: Briefing) -> str:
    """The name of a sort of change: `Newer figure`."""
    return phrases.label("change", what, briefing.lexicons)


def before(what: str, briefing: Briefing) -> str:
    """What leads over to the older statement that another one goes beyond: `before`, `looked ahead to as`."""
    return phrases.label("before", what, briefing.lexicons)


def correction(made: Correction) -> str:
    """The sort of change that a person's correction is; a key of labels `change`."""
    return "added" if made.added else "corrected" if made.turns else "reviewed"


def change(made: FactChange) -> str:
    """The sort of change of a fact between two states; a key of labels `change`."""
    if made.is_mere_review:
        return made.review
    if not made.by_hand:
        return made.what
    return {"new": "added", "changed": "corrected", "removed": "deleted"}[made.what]


def beyond(what: str, pair: Newer, briefing: Briefing) -> str:
    """What stands before the sentence of a statement that goes beyond an older one, with its name.

    `Newer figure: at most 15 clinics, before: 18 clinics (Minister via Agency, 2 May 2031).`
    """
    return f"{label(what, briefing)}{',' if what == 'reported-since' else ':'} {gist(what, pair, briefing)}"


def gist(what: str, pair: Newer, briefing: Briefing) -> str:
    """The same without its name: `at most 15 clinics, before: 18 clinics (Minister via Agency, 2 May 2031).`"""
    new, old = (_gist(what, s, briefing) for s in (pair.new, pair.old))
    lead, cited = before(what, briefing), f"{old} ({telling.citation(pair.old)})"
    return f"{lead} {cited}:" if what == "reported-since" else f"{new}, {lead}: {cited}."


def _gist(what: str, statement: Statement, briefing: Briefing) -> str:
    """What an older and a newer statement differ in: the figure, the date, or that it was ahead."""
    fact = statement.fact
    if what == "newer-figure" and isinstance(fact, Figure):
        return phrases.figure(fact, briefing.lexicons)
    when = edtf.human(fact.when) if fact.when else ""
    if what == "reported-since" and isinstance(fact, Figure):
        return ", ".join(filter(None, (phrases.label("role", fact.role, briefing.lexicons), when)))
    if what == "another-date" or not isinstance(fact, Event):
        return when or "no date"
    return ", ".join(filter(None, (phrases.label("status", fact.status, briefing.lexicons), when)))


def said(statement: Statement, briefing: Briefing) -> str:
    """The sentence of a fact that stands alone, with the speaker of direct speech."""
    words = telling.qualified(statement, briefing)
    spoken = statement.speaker and statement.fact.kind == "quotation"
    return f"{words} {statement.speaker.name}." if spoken and statement.speaker else words


def reviewed(review: str, by: str | None, on: str | None, briefing: Briefing) -> str:
    """`Retracted by A. Editor on 21 May 2031`."""
    words = label(review, briefing)
    return words + (f" by {by}" if by else "") + (f" on {edtf.human(on)}" if on else "")


def turned(turn: Turn, made: FactChange, found: Difference) -> str:
    """`when: June 2031 → 24 June 2031`, each side told by its own state of the briefing."""
    was = (made.before or made.statement, found.before)
    return telling.turned(turn, made.statement, found.after, was)


def asked(conflict: Conflict, found: Difference) -> Statement | None:
    """The statement that a question is about; None where it is about a source, or the fact is gone."""
    for briefing in (found.after, found.before):
        for s in briefing.by_source.get(conflict.source, ()):
            if s.fact.id == conflict.fact:
                return s
    return None


def sides(conflict: Conflict, found: Difference) -> tuple[Shown, Shown]:
    """What stands and what is read anew; words that may be an article's as far as they are published."""
    if conflict.fact == "source" or (conflict.key and conflict.key not in telling.MAY_QUOTE):
        return conflict.ours, conflict.theirs
    s, key = asked(conflict, found), conflict.key or "text"
    ours, theirs = (
        None if value is None else telling.value(key, value, s, found.after) if s else telling.WITHHELD
        for value in (conflict.ours, conflict.theirs)
    )
    return ours, theirs
