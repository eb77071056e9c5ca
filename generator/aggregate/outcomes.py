"""What later sources tell of an event ahead: another date for it, or that it took place.

One rule for both, and no more than that is sure: a newer source, the same sort of event, about the same meeting. What
is about no meeting has no outcome here, so pages say that none is linked to it, not that there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator import edtf
from generator.aggregate.events import AHEAD, status
from generator.link import Briefing, Statement
from generator.registry import family


def redated(plan: Statement, briefing: Briefing) -> Statement | None:
    """The newest plan by which a newer source gives the meeting of a dated plan its date, be it the same."""
    if status(plan) != "planned" or not plan.when:
        return None
    found = (next(_newer(plan, plans), None) for plans in _at_meetings(plan, "planned", briefing))
    return max(filter(None, found), key=lambda s: (s.source.date, s.source.id), default=None)


def changed(plan: Statement, briefing: Briefing) -> Statement | None:
    """The same, where the date is another."""
    newer = redated(plan, briefing)
    return newer if newer and newer.fact.when != plan.fact.when else None


def reported(event: Statement, briefing: Briefing) -> tuple[Statement, ...]:
    """What newer sources tell as happened at the meeting of an event ahead, oldest first.

    What they date before the article that looked ahead is about an earlier one.
    """
    if status(event) not in AHEAD:
        return ()
    day = _day(event.source.date)
    newer = (s for told in _at_meetings(event, "happened", briefing) for s in _newer(event, told))
    found = {s.fact.id: s for s in newer if not s.when or _day(s.when.text) >= day}
    return tuple(sorted(found.values(), key=lambda s: (s.source.date, s.source.id, s.fact.id)))


def is_followed(event: Statement, briefing: Briefing) -> bool:
    """Whether a newer source dates it anew, or tells what came of it, so that it stands for itself no more."""
    return bool(redated(event, briefing) or reported(event, briefing))


def later(statement: Statement, briefing: Briefing) -> bool:
    """Whether some newer source came out when the window of a statement had begun, so that it may tell the outcome."""
    when = statement.when
    due = when.earliest.toordinal() if when and not when.open_start else 0
    return _day(briefing.newest_day) >= max(_day(statement.source.date) + 1, due)


def _day(text: str) -> int:
    """The last day that a date may mean."""
    read = edtf.parse(text)
    return read.latest.toordinal() if read else 0


def _at_meetings(event: Statement, state: str, briefing: Briefing) -> Iterator[tuple[Statement, ...]]:
    """For each meeting that an event is about, the events of its sort and of some status, in order of their sources."""
    what = getattr(event.fact, "what", "")
    for entity in event.about:
        if family(entity.kind, briefing.lexicons) == "meeting":
            yield briefing.events_about.get((state, what, entity.id), ())


def _newer(event: Statement, others: Sequence[Statement]) -> Iterator[Statement]:
    """Those of newer sources, the newest first; of plans, those with a date."""
    for other in reversed(others):
        if other.source.date <= event.source.date:
            return
        if other.when or status(other) != "planned":
            yield other
