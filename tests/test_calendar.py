"""`watch.ics`: what calendars are told, by reading it again."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from policy import runs
from test_outcomes import EXPECTED, NEWER, PLAN, with_fact
from test_render import told
from tiny import empty, tiny, with_policy

from generator import excerpt
from generator.downloads.calendar import watch_ics
from generator.link import Briefing


def at(address: str | None) -> Briefing:
    """The tiny briefing on a site."""
    return replace(tiny(), settings=replace(tiny().settings, site_url=address))


def entries(briefing: Briefing) -> dict[str, Any]:
    """The entries by the id of their fact."""
    calendar = Calendar.from_ical(watch_ics(briefing))
    return {str(e["uid"]).partition(".")[0]: e for e in calendar.walk("VEVENT")}


def test_the_calendar_as_a_whole() -> None:
    calendar = Calendar.from_ical(watch_ics(tiny()))
    assert (calendar["version"], calendar["method"]) == ("2.0", "PUBLISH")
    raw = watch_ics(tiny()).decode()
    title = tiny().settings.title
    assert f"\r\nNAME:{title}: watch list\r\nX-WR-CALNAME:{title}: watch list\r\n" in raw
    assert "\r\nREFRESH-INTERVAL;VALUE=DURATION:P1D\r\nX-PUBLISHED-TTL:P1D\r\n" in raw
    assert watch_ics(tiny()) == watch_ics(replace(tiny()))
    assert not Calendar.from_ical(watch_ics(empty())).walk("VEVENT")


def test_what_is_dated_and_stands_has_an_entry() -> None:
    assert set(entries(tiny())) == {PLAN, EXPECTED}  # the newer plan moves the older, the demand has no date
    assert {PLAN, EXPECTED} <= set(entries(replace(tiny(), as_of="2032-05-01"))), "what has passed stays"
    assert set(entries(with_fact(NEWER, review="retracted"))) == {PLAN, EXPECTED}


@pytest.mark.parametrize(
    ("when", "first", "end", "title"),
    [
        ("2031-06-24", date(2031, 6, 24), date(2031, 6, 25), "Planned: "),
        ("2031-06-11/2031-06-20", date(2031, 6, 11), date(2031, 6, 21), "Planned: "),
        ("2032-02", date(2032, 2, 1), date(2032, 3, 1), "Planned: "),
        ("2031-24", date(2031, 12, 1), date(2032, 3, 1), "Planned: "),
        ("../2031-12-31", date(2031, 12, 31), date(2032, 1, 1), "Planned, by 31 December 2031: "),
        ("2031-07/..", date(2031, 7, 1), date(2031, 7, 2), "Planned, from July 2031: "),
        ("9999-12-31", date(9999, 12, 31), None, "Planned: "),
    ],
)
def test_days(when: str, first: date, end: date | None, title: str) -> None:
    entry = entries(with_fact(NEWER, when=when, unrelated=(PLAN,)))[NEWER]
    assert entry["dtstart"].dt == first
    assert (entry["dtend"].dt if "dtend" in entry else None) == end
    assert str(entry["summary"]) == f"{title}The council meeting has been moved to 24 June 2031"


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({}, "CONFIRMED"),
        ({"when": "2031-06"}, "TENTATIVE"),
        ({"when": "../2031-06-24"}, "TENTATIVE"),
        ({"status": "expected"}, "TENTATIVE"),
        ({"status": "called-for"}, "TENTATIVE"),
    ],
)
def test_only_a_plan_for_one_day_is_confirmed(values: dict[str, object], status: str) -> None:
    entry = entries(with_fact(NEWER, **{"unrelated": (PLAN,), **values}))[NEWER]
    assert str(entry["status"]) == status
    assert str(entry["transp"]) == "TRANSPARENT"


def test_an_entry_says_who_and_how_sure() -> None:
    entry = entries(at("https://briefing.example/harbour"))[EXPECTED]
    page = "https://briefing.example/harbour/sources/2031-05-02-health-minister-ines-varga-opened-three.html"
    assert str(entry["url"]) == f"{page}#{EXPECTED}"
    assert str(entry["description"]).split("\n") == [
        "Analysts expect the meeting to raise the target by the end of the year.",
        "When: by 31 December 2031 (“by the end of the year”)",
        "As the source puts it: “expect”",
        "Words: Analysts at the Ostrel Institute expect the meeting to raise the target by the end of the year",
        "Through: Ostrel Institute → Tessaly Wire",
        "Source: Ostrel Institute via Tessaly Wire, 2 May 2031",
        f"{page}#{EXPECTED}",
    ]
    assert "url" not in entries(at(None))[EXPECTED]
    assert "url" not in entries(at("javascript:alert(1)"))[EXPECTED]


def test_a_plan_that_moved_keeps_its_name_and_tells_its_former_date() -> None:
    entry = entries(tiny())[PLAN]
    assert entry["dtstart"].dt == date(2031, 6, 24)
    assert "Before: 11–20 June 2031 (" in str(entry["description"])
    assert entry["last-modified"].dt == datetime(2031, 5, 20, tzinfo=UTC)


def test_what_came_about_stands_on_its_day() -> None:
    entry = entries(with_fact(NEWER, status="happened", when="2031-05-19"))[PLAN]
    assert (str(entry["status"]), entry["dtstart"].dt) == ("CONFIRMED", date(2031, 5, 19))
    assert str(entry["summary"]).startswith("In time: ")
    assert "What came of it: in time." in str(entry["description"])


def test_what_is_off_is_cancelled() -> None:
    off = with_fact(NEWER, what="cancellation", status="happened", when=None)
    told = (replace(s, fact=replace(s.fact, outcome=(NEWER,))) if s.fact.id == PLAN else s for s in off.statements)
    assert str(entries(replace(off, statements=tuple(told)))[PLAN]["status"]) == "CANCELLED"


def test_no_clock() -> None:
    entry = entries(tiny())[EXPECTED]
    assert entry["dtstamp"].dt == entry["last-modified"].dt == datetime(2031, 5, 2, tzinfo=UTC)
    seen = entries(with_fact(EXPECTED, review="confirmed", reviewed_on="2031-06-01"))[EXPECTED]
    assert seen["last-modified"].dt == datetime(2031, 6, 1, tzinfo=UTC)
    assert str(seen["uid"]) == str(entry["uid"])


def test_a_target_with_a_date_has_an_entry() -> None:
    entry = entries(with_fact("figure-aaaaaaaaa6", when="../2033"))["figure-aaaaaaaaa6"]
    assert str(entry["summary"]) == "Target, by 2033: The government is to build 12 clinics each year"
    assert entry["dtstart"].dt == date(2033, 12, 31)


@pytest.mark.parametrize(("policy", "limit"), [("excerpts", excerpt.LIMIT), ("none", 7)])
def test_no_entry_publishes_more_than_it_may(policy: str, limit: int) -> None:
    for entry in entries(with_policy(policy)).values():
        for seed in tiny().seeds.values():
            for line in str(entry["description"]).split("\n"):
                assert runs(line, seed.text) <= limit
    assert ("Words:" in watch_ics(with_policy(policy)).decode()) is (policy != "none")


NASTY = st.sampled_from(["\r\nBEGIN:VEVENT\r\n", "\n", "\r", "\\n", "\\N", "\\", ";", ",", ":", '"', "\x00", "\x0b", "\x7f", "\x85", "\u2028", "\ufeff", "\ufffe", "東京" * 40, "é"])  # fmt: skip


@settings(max_examples=30)
@given(parts=st.lists(NASTY | st.text(max_size=8), min_size=1, max_size=6))
def test_hostile_text_stays_text(parts: list[str]) -> None:
    words = "".join(parts)
    briefing = told(words)
    raw = watch_ics(briefing)
    for line in raw.split(b"\r\n"):
        assert len(line) <= 75
        assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line)
    raw.decode("utf-8")
    read = Calendar.from_ical(raw)
    assert len(read.walk("VEVENT")) == 2
    assert len(read.subcomponents) == 2
    assert raw.count(b"\r\nBEGIN:VEVENT\r\n") == 2
    for entry in read.walk("VEVENT"):
        assert set(entry) == {"UID", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND", "STATUS", "TRANSP", "CATEGORIES", "SUMMARY", "DESCRIPTION", "URL"}  # fmt: skip
        assert "\n" not in str(entry["summary"])
    assert read.to_ical() == raw


@given(day=st.dates(max_value=date(9998, 1, 1)), length=st.integers(0, 700))
@settings(max_examples=40)
def test_an_entry_covers_its_window_and_no_more(day: date, length: int) -> None:
    last = day + timedelta(days=length)
    entry = entries(with_fact(NEWER, when=f"{day}/{last}" if length else f"{day}", unrelated=(PLAN,)))[NEWER]
    assert (entry["dtstart"].dt, entry["dtend"].dt) == (day, last + timedelta(days=1))
