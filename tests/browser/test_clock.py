"""What pages say by the reader's clock: nothing false on the day of the briefing, nothing stale a year later."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))


from test_theme import build
from tiny import tiny

from generator.directives import DIRECTIVES, Link
from generator.render import packaged_templates

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CASES: list[dict[str, Any]] = yaml.load(
    (Path(__file__).parents[1] / "cases/countdown/windows.yml").read_text(), Loader=yaml.BaseLoader
)
SCRIPT = packaged_templates() / "theme/assets/clock.js"
UNTOLD = "no source here tells what came of it"


def opened(browser: Browser, address: str, now: str | None, **context: Any) -> Page:
    """A page as a reader sees it at a moment (with its offset, or in UTC)."""
    page = browser.new_context(**context).new_page()
    if now:
        page.clock.set_fixed_time(now)
    page.goto(address)
    return page


def dues(page: Page) -> list[str]:
    """What stands beside windows, where anything does."""
    return [text for text in page.locator(".due").all_text_contents() if text]


def written(cases: list[dict[str, Any]], **extra: str) -> str:
    """A page that says of each window how far off it is."""
    spans = ""
    for case in cases:
        name = "due later" if "later" in case else "due"
        attrs = {"class": name, "data-when": case["when"], "data-as-of": case["on"], **extra}
        spans += f"<p>{DIRECTIVES['due']([Link('#', 'built', 'built', attrs)])}</p>"
    return f"<!doctype html><title>x</title>{spans}"


def test_the_script_says_what_the_table_says(browser: Browser) -> None:
    page = browser.new_context(timezone_id="Asia/Seoul").new_page()
    for day in sorted({case["on"] for case in CASES}):
        cases = [case for case in CASES if case["on"] == day]
        page.clock.set_fixed_time(f"{day}T12:00:00+09:00")
        page.set_content(written(cases))
        page.add_script_tag(path=SCRIPT)
        assert dues(page) == [case["read"] for case in cases]
        assert page.locator(".due.passed").count() == sum("assed" in case["read"] for case in cases)
    page.context.close()


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("America/Los_Angeles", "Due today"),
        ("Pacific/Kiritimati", f"Passed 1 day ago: {UNTOLD}"),
        ("Asia/Seoul", f"Passed 1 day ago: {UNTOLD}"),
        ("UTC", f"Passed 1 day ago: {UNTOLD}"),
    ],
)
def test_a_day_is_that_of_the_reader(browser: Browser, zone: str, said: str) -> None:
    page = browser.new_context(timezone_id=zone).new_page()
    page.clock.set_fixed_time("2032-01-01T03:00:00Z")
    page.set_content(written([{"when": "../2031-12-31", "on": "2031-12-05"}]))
    page.add_script_tag(path=SCRIPT)
    assert dues(page) == [said]
    page.context.close()


def test_clocks_that_change_with_the_season_lose_no_day(browser: Browser) -> None:
    page = browser.new_context(timezone_id="Europe/Berlin").new_page()
    for moment in ("2031-03-29T23:30:00+01:00", "2031-03-30T00:30:00+01:00", "2031-03-30T23:30:00+02:00"):
        page.clock.set_fixed_time(moment)
        page.set_content(written([{"when": "2031-04-01", "on": "2031-03-01"}]))
        page.add_script_tag(path=SCRIPT)
        assert dues(page) == [f"In {3 if '29T' in moment else 2} days"]
    page.context.close()


def test_a_clock_before_the_briefing_is_not_believed(browser: Browser) -> None:
    page = browser.new_page()
    page.clock.set_fixed_time("2001-01-01T12:00:00Z")
    page.set_content(written([{"when": "../2031-12-31", "on": "2031-12-05"}]))
    page.add_script_tag(path=SCRIPT)
    assert dues(page) == ["built"]
    page.close()


DATED = ("index.html", "watch.html", "topics/ninth-party-congress.html")


def test_on_the_day_of_the_briefing_nothing_has_passed(shipped_site: Path, browser: Browser) -> None:
    for zone in ("Asia/Seoul", "America/Los_Angeles"):
        moment = "2025-12-05T12:00:00+09:00" if zone == "Asia/Seoul" else "2025-12-05T12:00:00-08:00"
        page = opened(browser, "about:blank", moment, timezone_id=zone)
        for name in DATED:
            page.goto((shipped_site / name).as_uri())
            assert page.locator(".passed").count() == 0
            assert "old" not in (page.locator(".asof").text_content() or "")
            assert dues(page)
        page.context.close()
    page = opened(browser, (shipped_site / "watch.html").as_uri(), "2025-12-05T12:00:00Z", timezone_id="UTC")
    said = ["Begins in 6 days", "26 days left", "Window open, 26 days left", "Begins in 58 days", "Begins in 27 days"]
    assert dues(page) == said
    page.context.close()


def test_a_year_later_every_window_has_passed_and_says_so(shipped_site: Path, browser: Browser) -> None:
    page = opened(browser, "about:blank", "2026-11-23T12:00:00Z", timezone_id="UTC")
    for name in DATED:
        page.goto((shipped_site / name).as_uri())
        said = dues(page)
        assert said
        assert all(text.startswith("Passed ") and text.endswith(f" months ago: {UNTOLD}") for text in said), said
    page.goto((shipped_site / "index.html").as_uri())
    assert page.locator(".age").text_content() == "The newest source is 353 days old."
    assert page.locator(".asof").text_content() == "As of 5 December 2025 · 353 days old"
    quiet = page.locator(".due.quiet").all_text_contents()
    assert [text[:18] for text in quiet] == ["Passed 11 months a", "Passed 9 months ag"], (
        "the bottom line is not silent"
    )
    page.context.close()


def test_windows_pass_one_by_one(shipped_site: Path, browser: Browser) -> None:
    page = browser.new_context(timezone_id="UTC").new_page()

    def passed(day: str) -> int:
        page.clock.set_fixed_time(f"{day}T12:00:00Z")
        page.goto((shipped_site / "watch.html").as_uri())
        return page.locator(".passed").count()

    days = ("2025-12-20", "2025-12-21", "2025-12-31", "2026-01-01", "2026-02-28", "2026-03-01", "2026-04-30", "2026-05-01")  # fmt: skip
    assert [passed(day) for day in days] == [0, 1, 1, 3, 3, 4, 4, 5]
    page.context.close()


def test_without_a_script_the_day_of_the_briefing_is_named(shipped_site: Path, browser: Browser) -> None:
    page = opened(browser, (shipped_site / "watch.html").as_uri(), None, java_script_enabled=False)
    assert dues(page)[:2] == ["Begins in 6 days as of 5 December 2025", "26 days left as of 5 December 2025"]
    assert page.locator(".age").text_content() == "The newest source is of 5 December 2025."
    assert page.locator(".passed").count() == 0
    page.context.close()


def test_a_source_that_came_out_since_is_not_denied(tmp_path: Path, browser: Browser) -> None:
    built = build(tiny(), tmp_path)
    page = opened(browser, (built / "watch.html").as_uri(), "2032-06-01T12:00:00Z", timezone_id="UTC")
    assert dues(page) == [
        f"Passed 11 months ago: {UNTOLD}",
        "Passed 5 months ago: no later source here is linked to it",
    ]
    page.context.close()
    page = opened(browser, (built / "topics/clinics-council-2031.html").as_uri(), "2032-06-01T12:00:00Z")
    assert "before: 11–20 June 2031" in (page.locator("main").text_content() or "")
    page.context.close()


def test_an_as_of_day_of_the_editor_is_not_the_age_of_the_source(tmp_path: Path, browser: Browser) -> None:
    built = build(replace(tiny(), as_of="2031-05-25"), tmp_path)
    page = opened(browser, (built / "index.html").as_uri(), "2031-05-26T12:00:00Z", timezone_id="UTC")
    assert page.locator(".asof").text_content() == "As of 25 May 2031 · newest source 6 days old"
    page.context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_clock_hardly_moves_the_page(shipped_site: Path, browser: Browser, width: int) -> None:
    page = browser.new_context(viewport={"width": width, "height": 800}, timezone_id="UTC").new_page()
    page.clock.set_fixed_time("2025-12-06T12:00:00Z")
    page.goto((shipped_site / "watch.html").as_uri())
    page.wait_for_load_state("load")
    shift = page.evaluate(
        """() => new Promise(done => new PerformanceObserver(list =>
        done(list.getEntries().reduce((sum, entry) => sum + entry.value, 0))).observe({type: "layout-shift", buffered: true})
        || setTimeout(() => done(0), 500))"""
    )
    assert shift < 0.1  # what Web Vitals call good
    page.context.close()


def test_on_paper_nobody_is_asked_to_subscribe(shipped_site: Path, browser: Browser) -> None:
    page = opened(browser, (shipped_site / "watch.html").as_uri(), "2026-11-23T12:00:00Z", timezone_id="UTC")
    page.emulate_media(media="print")
    assert not page.get_by_text("give your calendar").is_visible()
    assert page.locator(".due").first.is_visible()
    page.context.close()


def test_the_script_is_small_and_writes_text_alone() -> None:
    import gzip

    text = SCRIPT.read_text()
    assert len(gzip.compress(text.encode(), 9)) <= 1536
    assert "innerHTML" not in text
    assert "aria-live" not in text
