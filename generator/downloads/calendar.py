"""`watch.ics`: the watch list as an iCalendar (RFC 5545) that calendars subscribe to.

Vague windows are all-day events over the whole window and tentative, so that no calendar shows an hour or a day that
no source names. What is not dated is left out. A thing is one entry, under the UID of the fact that told it first, so that a new date moves it in
the calendars of its readers. What came about stays, confirmed, on the days on which it did; what did not is cancelled (3.8.1.11), as is what was put off
without a new date. That an entry changed is told by LAST-MODIFIED, so none has a SEQUENCE, which would need a memory of builds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from generator import edtf, phrases, telling
from generator.aggregate.courses import Course
from generator.aggregate.events import nearness, status
from generator.aggregate.ledger import ledger
from generator.aggregate.shown import shown
from generator.aggregate.watch import judgements
from generator.downloads.written import line, moment, permalink
from generator.edtf import Edtf
from generator.ledger_writer import delays, state
from generator.link import Briefing
from generator.model import Figure
from generator.statement import Statement
from generator.store import digest, packed

if TYPE_CHECKING:
    from icalendar import Event

END = b"END:VCALENDAR"
REFRESH = timedelta(days=1)
"""How often a calendar should ask again."""


def watch_ics(briefing: Briefing) -> bytes:
    """The calendar."""
    from icalendar import Calendar, vDuration, vText

    calendar = Calendar()
    calendar.add("prodid", "-//briefing//watch list//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    name = vText(_apart(line(f"{briefing.settings.title}: watch list")))
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    head, end, rest = bytes(calendar.to_ical()).rpartition(END)
    return b"".join([head, *_entries(briefing), end, rest])


def _entries(briefing: Briefing) -> Iterator[bytes]:
    """The entries as they are written, the nearest first; each is kept, since to write one takes longer than all else."""
    stage, of = briefing.store.stage("calendar"), shown(briefing)
    settings = packed((replace(briefing.settings, marks={}), briefing.lexicons.digest))
    kept = {slot: (key, value) for slot, key, value in stage.values()}
    made: dict[str, tuple[bytes, bytes]] = {}
    for course in sorted(ledger(briefing).entries, key=lambda c: nearness(c.last)):
        if course.window:
            told = (*course.statements, *course.told)
            key = digest(settings, course.digest, *(of.whole[s.fact.id] for s in told))
            slot = f"{course.first.source.id}/{course.first.fact.id}"
            was, entry = kept.get(slot, (b"", b""))
            if was != key:
                entry = bytes(_entry(course, course.window, briefing).to_ical())
                made[slot] = key, entry
            yield entry
    stage.put((slot, *row) for slot, row in made.items())


def _entry(course: Course, window: Edtf, briefing: Briefing) -> Event:
    from icalendar import Event, vUri

    first, told = course.first, course.last
    begin, last = course.came or days(window)
    entry = Event()
    entry.add("uid", f"{first.fact.id}.{first.source.id}@briefing")
    changed = max(moment(day) for s in (*course.statements, *course.told) for day in _dates(s) if day)
    entry.add("dtstamp", moment(told.source.date))
    entry.add("last-modified", changed)
    entry.add("dtstart", begin)
    if last < date.max:
        entry.add("dtend", last + timedelta(days=1))
    entry.add("status", _status(course, window))
    entry.add("transp", "TRANSPARENT")
    entry.add("categories", [_label(course, briefing)])
    entry.add("summary", _apart(title(course, window, briefing)))
    entry.add("description", _apart(description(course, briefing)))
    if link := permalink(told, briefing):
        entry.add("url", vUri(link))
    return entry


def _apart(text: str) -> str:
    """Text in which a backslash stands apart from an N: icalendar takes the two for the end of a line, and escapes that."""
    return text.replace("\\N", "\\ N")


def _dates(statement: Statement) -> tuple[str | None, ...]:
    return (statement.source.date, statement.fact.reviewed_on)


def _status(course: Course, window: Edtf) -> str:
    if course.state in ("met", "late"):
        return "CONFIRMED"
    if course.is_told:
        return "CANCELLED"
    return "CONFIRMED" if window.precision == "day" and status(course.last) == "planned" else "TENTATIVE"


def days(when: Edtf) -> tuple[date, date]:
    """The first and last day of an entry: the whole window; where an end is open, the day at the other."""
    if when.open_start or when.open_end:
        day = when.latest if when.open_start else when.earliest
        return day, day
    return when.earliest, when.latest


def _label(course: Course, briefing: Briefing) -> str:
    """`Planned`, `Called for`, `Target`; of what is settled, `Late`."""
    fact = course.last.fact
    if course.is_told:
        return phrases.sentence_case(state(course, briefing))
    table, value = ("role", fact.role) if isinstance(fact, Figure) else ("status", status(course.last))
    return phrases.sentence_case(phrases.label(table, value, briefing.lexicons))


def title(course: Course, window: Edtf, briefing: Briefing) -> str:
    """`Called for, by 31 December 2031: The council raises the target`."""
    until = f", {edtf.human(window.text)}" if window.open_start or window.open_end else ""
    told = telling.told(course.last, briefing)
    return line(f"{_label(course, briefing)}{'' if course.is_told else until}: {told}").removesuffix(".")


def description(course: Course, briefing: Briefing) -> str:
    """What the source says, who vouches for it, where to read its words, and what came of it; a line each."""
    statement = course.last
    fact = telling.own(statement, briefing)
    words = f" (“{fact.when_words}”)" if fact.when_words and telling.may_quote(briefing) else ""
    likely = telling.likelihood(judgements(statement, briefing), briefing)
    quoted = telling.quoted(statement, briefing)
    told = (
        telling.sentence(statement, briefing),
        f"When: {edtf.human(fact.when or '')}{words}",
        f"As the source puts it: {', '.join(f'“{word}”' for word in likely)}" if likely else "",
        f"Words: {quoted}" if quoted else "",
        f"Through: {telling.chain(statement)}",
        f"Source: {telling.citation(statement)}",
        permalink(statement, briefing),
        *(
            f"Before: {edtf.human(stage.when.text)} ({telling.citation(stage.first)})"
            for stage in course.stages[:-1][::-1]
            if stage.when
        ),
        *_outcome(course, briefing),
    )
    return "\n".join(filter(None, map(line, told)))


def _outcome(course: Course, briefing: Briefing) -> tuple[str, ...]:
    if not course.is_told:
        return ()
    first = course.told[0]
    late = f", {words}" if (words := delays(course)) else ""
    said = telling.qualified(first, briefing)
    return (
        f"What came of it: {state(course, briefing)}{late}. {said} ({telling.citation(first)})",
        permalink(first, briefing),
    )
