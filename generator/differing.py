"""In what sources differ, in one neutral sentence. Plain text."""

from __future__ import annotations

from generator import edtf, phrases, telling
from generator.aggregate.claim import Claim
from generator.aggregate.compared import compared
from generator.aggregate.contradictions import Contradiction
from generator.aggregate.opposed import Difference
from generator.aggregate.opposed_events import days_of, places_of
from generator.link import Briefing
from generator.model import Figure

MOST = 3
"""Places that are named of one side."""


def sentence(contradiction: Contradiction, briefing: Briefing) -> str:
    """`Sources differ on the day: 3 May or 5 May.`"""
    parts = [
        f"on the {_name(contradiction, name, briefing)}: {_choice(contradiction, name, briefing)}"
        for name in contradiction.differ
    ]
    return f"Sources differ {', and '.join(parts)}."


def _name(contradiction: Contradiction, name: Difference, briefing: Briefing) -> str:
    known = compared(briefing)
    days = [days_of(side, known) for side in contradiction.sides]
    return "date" if name == "day" and any(found and found[0] != found[1] for found in days) else name


def said(side: Claim, name: Difference, briefing: Briefing) -> str:
    """What a side says there: `9 workers`, `3 May 2031`, `Kirzan`."""
    known = compared(briefing)
    if name == "day":
        narrowest = days_of(side, known)
        dated = (s.fact.when for s in side.statements if known[s.fact.id].days == narrowest)
        return edtf.human(next(dated, None) or "")
    if name == "place":
        return ", ".join(entity.name for entity in places_of(side, known)[:MOST])
    fact = telling.own(side.first, briefing)
    assert isinstance(fact, Figure)
    return phrases.figure(fact, briefing.lexicons)


def _choice(contradiction: Contradiction, name: Difference, briefing: Briefing) -> str:
    words = list(dict.fromkeys(said(side, name, briefing) for side in contradiction.sides))
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
