"""Editions: the briefing as of the days that the settings name, to be read beside the present one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from generator.link import Briefing, newest
from generator.model import Mark
from generator.problems import Problem, problem
from generator.settings import CONFIG


def with_editions(briefing: Briefing) -> Briefing:
    """The briefing with those of its editions that it can have: none after its own day, none before its first source."""
    before: Briefing | None = None
    for day in briefing.settings.editions:
        edition = briefing.until(date.fromisoformat(day))
        if edition.sources and day <= briefing.as_of:
            before = replace(edition, edition=day, before=before)
    return replace(briefing, before=before) if before else briefing


def check_editions(briefing: Briefing) -> Iterator[Problem]:
    """An edition before the first source would be empty, and one that is still to come would say the same as the present."""
    marks, first = briefing.settings.marks, min((newest([s.date]) for s in briefing.sources.values()), default="")
    for day in briefing.settings.editions:
        if first and not first <= day <= briefing.as_of:
            late = day > briefing.as_of
            known = (
                f"later than this briefing, which is of {briefing.as_of}"
                if late
                else f"before any source; the first is of {first}"
            )
            yield problem(
                marks.get(day, Mark(CONFIG)),
                f"editions: {day} is {known}",
                valid="it is left out; name a day from the first source to the day of the briefing",
                example=f"editions: [{first}]",
                check="settings",
            )
