"""The watch list: what is ahead, and what came of what was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from generator import edtf
from generator.addresses import part_path
from generator.aggregate import paging
from generator.aggregate.courses import Course
from generator.aggregate.events import as_of_day, is_past
from generator.aggregate.ledger import forecasters
from generator.aggregate.own_day import spoken_of
from generator.aggregate.shown import shown
from generator.aggregate.watch import axis, watch
from generator.link import Briefing
from generator.page import Content, Page
from generator.store import digest, packed

FIRST_ROWS, ROWS = 9, 45
"""Rows of each list on the watch list itself, and on each of the pages of a list that is longer."""
WATCHED = {
    "dated": "Ahead",
    "targets": "Numbers with a date",
    "undated": "Without a date",
    "passed": "Windows that have passed",
    "came": "What came of it",
}
"""The lists of the watch list, as `aggregate.watch` has them, with what they are called."""
BY_DATE = ("dated", "targets")
"""Lists with the nearest first, from which what passes is taken away at the front: their parts are those of a month."""
LEAST_ENTRIES, FORECASTERS = 2, 25
"""Things that somebody must have looked ahead to for a row in the table of those who did, and rows of it."""
TEXT = "What is planned, expected or called for, when, who says so, and what came of it."
Link = tuple[str, str, int | None]


def watch_pages(briefing: Briefing) -> Iterator[Page]:
    """The watch list with the first rows of each of its lists; a list that has more stands whole on pages of its own."""
    found = watch(briefing)
    lists: dict[str, Sequence[Course]] = {name: getattr(found, name) for name in WATCHED}
    whole = {name: _parts(name, entries) for name, entries in lists.items() if len(entries) > FIRST_ROWS}
    links: dict[str, list[Link]] = {
        name: [(part.label, part_path("watch.md", part.slug), len(part.entries)) for part in parts]
        for name, parts in whole.items()
    }

    def make() -> Content:
        kept = [f for f in forecasters(briefing) if len(f.entries) >= LEAST_ENTRIES]
        context = {
            "axis": found.axis,
            "lists": {name: entries[:FIRST_ROWS] for name, entries in lists.items()},
            "counts": {name: len(entries) for name, entries in lists.items()},
            "kept": kept[:FORECASTERS],
            "more": links,
            "watch": found,
        }
        return Content("Watch list", TEXT, context, briefing.as_of, whole=True)

    yield Page("watch.md", "watch.md.j2", shown(briefing).everything, make)
    for name, parts in whole.items():
        for at, part in enumerate(parts):
            beside = [(label, path, None) for label, path, _ in links[name][max(0, at - 1) : at + 2]]
            yield _part(name, part, beside, briefing)


def _parts(name: str, entries: Sequence[Course]) -> Sequence[paging.Part[Course]]:
    label = WATCHED[name]
    if name not in BY_DATE:
        return paging.numbered(label, name, entries, ROWS, newest_first=True)
    made = paging.parts(entries, lambda c: paging.year(_end(c)), size=ROWS, finer=lambda c: paging.month(_end(c)))
    if not made[0].slug:
        return paging.numbered(label, name, entries, ROWS)
    return [paging.Part(f"{label}: {part.label}", f"{name}-{part.slug}", part.entries) for part in made]


def _end(course: Course) -> str | None:
    """The day on which its window ends; of one without an end, on which it begins."""
    when = course.last.when
    return edtf.day(when.earliest if when.open_end else when.latest) if when else None


def _part(name: str, part: paging.Part[Course], beside: Sequence[Link], briefing: Briefing) -> Page:
    statements = [s for course in part.entries for s in course.statements]

    def make() -> Content:
        day = spoken_of((shown(briefing).day(s) for s in statements), briefing)
        read = edtf.parse(day)
        own = read.latest if read else as_of_day(briefing)
        context: dict[str, Any] = {
            "axis": axis([c.last for c in part.entries if not is_past(c.last, own)], own),
            "lists": {**dict.fromkeys(WATCHED, ()), name: part.entries},
            "counts": {**dict.fromkeys(WATCHED, 0), name: len(part.entries)},
            "kept": (),
            "more": {},
            "part": part.label,
            "pages_of": beside,
        }
        return Content(f"Watch list: {part.label}", TEXT, context, day)

    last = [c.last.fact.id for c in part.entries]
    needs = digest(name, shown(briefing).wholly(statements), packed((last, beside)))
    return Page(part_path("watch.md", part.slug), "watch.md.j2", needs, make)
