"""`watch.ics`: the watch list as an iCalendar (RFC 5545) that calendars subscribe to.

Vague windows are all-day events over the whole window and tentative, so that no calendar shows an hour or a day that
no source names. What is not dated is left out, and so are plans that a newer source dates anew. An entry keeps its
UID over builds; that it changed is told by LAST-MODIFIED, so none has a SEQUENCE, which would need a memory of builds.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from generator import edtf, phrases, telling
from generator.aggregate.events import ahead, status
from generator.aggregate.ledger import redated
from generator.aggregate.watch import dated_targets, judgements
from generator.downloads.written import line, moment, permalink
from generator.edtf import Edtf
from generator.link import Briefing, Statement
from generator.model import Figure

if TYPE_CHECKING:
    from icalendar import Event

REFRESH = timedelta(days=1)
"""How often a calendar should ask again."""


def watch_ics(briefing: Briefing) -> bytes:
    """The calendar."""
    from icalendar import Calendar, vDuration, vText

    calendar = Calendar()
    calendar.add("prodid", "-//briefing//watch list//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    name = vText(line(f"{briefing.settings.title}: watch list"))
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for statement in (*ahead(briefing), *dated_targets(briefing)):
        if statement.when and not redated(statement, briefing):
            calendar.add_component(_entry(statement, statement.when, briefing))
    return bytes(calendar.to_ical())


def _entry(statement: Statement, when: Edtf, briefing: Briefing) -> Event:
    from icalendar import Event, vUri

    fact = statement.fact
    first, last = days(when)
    entry = Event()
    entry.add("uid", f"{fact.id}.{statement.source.id}@briefing")
    entry.add("dtstamp", moment(statement.source.date))
    entry.add("last-modified", max(moment(day) for day in (statement.source.date, fact.reviewed_on) if day))
    entry.add("dtstart", first)
    if last < date.max:
        entry.add("dtend", last + timedelta(days=1))
    entry.add("status", "CONFIRMED" if when.precision == "day" and status(statement) == "planned" else "TENTATIVE")
    entry.add("transp", "TRANSPARENT")
    entry.add("categories", [_label(statement, briefing)])
    entry.add("summary", title(statement, when, briefing))
    entry.add("description", description(statement, briefing))
    if link := permalink(statement, briefing):
        entry.add("url", vUri(link))
    return entry


def days(when: Edtf) -> tuple[date, date]:
    """The first and last day of an entry: the whole window; where an end is open, the day at the other."""
    if when.open_start or when.open_end:
        day = when.latest if when.open_start else when.earliest
        return day, day
    return when.earliest, when.latest


def _label(statement: Statement, briefing: Briefing) -> str:
    """`Planned`, `Called for`, `Target`."""
    fact = statement.fact
    table, value = ("role", fact.role) if isinstance(fact, Figure) else ("status", status(statement))
    return phrases.sentence_case(phrases.label(table, value, briefing.lexicons))


def title(statement: Statement, when: Edtf, briefing: Briefing) -> str:
    """`Called for, by 31 December 2031: The council raises the target`."""
    until = f", {edtf.human(when.text)}" if when.open_start or when.open_end else ""
    return line(f"{_label(statement, briefing)}{until}: {telling.told(statement, briefing)}").removesuffix(".")


def description(statement: Statement, briefing: Briefing) -> str:
    """What the source says, who vouches for it, and where to read its words; a line each."""
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
    )
    return "\n".join(filter(None, map(line, told)))
