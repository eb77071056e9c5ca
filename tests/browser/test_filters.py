"""The timeline's filters in a real browser; the page is whole without them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from hearing import heard
from test_theme import build
from tiny import tiny

from generator.aggregate.paging import ENTRIES
from generator.link import Briefing

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def many() -> Briefing:
    """The tiny briefing with its opening of clinics once for each day of two years."""
    first = next(s for s in tiny().current if s.fact.id == "event-aaaaaaaaa3")
    days = [f"{year}-{month:02}-{day:02}" for year in (2029, 2030) for month in range(1, 9) for day in range(1, 9)]
    assert len(days) > ENTRIES
    more = [replace(first, fact=replace(first.fact, id=f"event-m{n:09}", when=day)) for n, day in enumerate(days)]
    at = tiny().statements.index(first)
    return replace(tiny(), statements=(*tiny().statements[:at], *more, *tiny().statements[at:]))


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {name: build(made(), tmp_path_factory.mktemp(name)) for name, made in (("tiny", tiny), ("many", many))}


@pytest.fixture(scope="module")
def desk(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    yield page
    page.close()


@pytest.fixture
def page(desk: Page, sites: dict[str, Path]) -> Iterator[Page]:
    with heard(desk):
        desk.goto((sites["tiny"] / "timeline.html").as_uri())
        yield desk


def rows(page: Page) -> list[str]:
    return page.locator("tbody tr:visible").all_text_contents()


def status(page: Page) -> str:
    return page.locator(".filter [role=status]").text_content() or ""


def test_each_filter_narrows_and_they_hold_together(page: Page) -> None:
    all_of_them = rows(page)
    assert status(page) == f"{len(all_of_them)} events"
    page.get_by_label("People").select_option("ines-varga")
    assert len(rows(page)) == 1
    assert "Varga opened three village clinics" in rows(page)[0]
    assert status(page) == f"1 of {len(all_of_them)} events"
    page.get_by_role("button", name="Show all").click()
    assert rows(page) == all_of_them
    page.get_by_label("Topics").select_option("clinics-council-2031")
    assert len(rows(page)) == 3
    page.get_by_label("Status").select_option("expected")
    assert len(rows(page)) == 1
    assert "Analysts expect" in rows(page)[0]
    page.get_by_label("Topics").select_option("")
    page.get_by_label("Status").select_option("denied")
    page.get_by_label("Kind").select_option("closure")
    assert len(rows(page)) == 1


def test_choices_say_how_many_events_they_leave(page: Page) -> None:
    page.get_by_label("Status").select_option("planned")
    for value in page.locator("#only-topic option").evaluate_all("os => os.map(o => [o.value, o.text])"):
        if value[0]:
            page.get_by_label("Topics").select_option(value[0])
            assert value[1].endswith(f"({len(rows(page))})")


def test_names_of_choices_are_those_of_the_page(page: Page) -> None:
    texts = page.locator("#only-place option").all_text_contents()
    assert texts == ["Any", "Brenn Province (1)"]


def test_a_filtered_view_has_an_address_and_survives_going_back(page: Page, browser: Browser) -> None:
    page.get_by_label("Status").select_option("planned")
    shown = rows(page)
    assert page.url.endswith("#status=planned")
    page.locator("tbody tr:visible .cite").first.click()
    page.wait_for_url("**/sources/**")
    page.go_back()
    assert rows(page) == shown
    other = browser.new_page()
    other.goto(page.url)
    assert rows(other) == shown
    other.goto(page.url.replace("planned", "nonsense"))
    assert len(rows(other)) > len(shown)
    other.close()


def test_headings_without_events_go_and_nothing_is_told(page: Page) -> None:
    page.get_by_label("Status").select_option("denied")
    assert page.get_by_role("heading", name="Up to").is_visible()
    assert not page.get_by_role("heading", name="Ahead").is_visible()
    page.goto(page.url.partition("#")[0] + "#status=denied&person=ines-varga")
    assert rows(page) == []
    assert status(page).startswith("None of")


def test_the_keyboard_reaches_the_filters(page: Page) -> None:
    page.get_by_label("Topics").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "only-person"
    page.keyboard.press("ArrowDown")
    assert len(rows(page)) == 1
    page.get_by_role("button", name="Show all").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "only-topic"


def test_without_a_script_every_event_is_there_and_no_filter(browser: Browser, sites: dict[str, Path]) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto((sites["tiny"] / "timeline.html").as_uri())
    assert plain.locator("select").count() == 0
    assert len(rows(plain)) == 6
    assert plain.get_by_role("link", name="Ines Varga", exact=True).get_attribute("href") == "people/ines-varga.html"
    context.close()


def test_a_part_filters_itself_and_says_so(page: Page, sites: dict[str, Path]) -> None:
    page.goto((sites["many"] / "timeline.html").as_uri())
    assert status(page) == "23 events on this page (the latest and the next 23)"
    page.goto((sites["many"] / "timeline-2030.html").as_uri())
    assert status(page) == "64 events on this page (2030)"


def test_on_paper_there_are_the_chosen_events_how_many_and_no_form(page: Page) -> None:
    page.get_by_label("Status").select_option("planned")
    page.emulate_media(media="print")
    assert not page.locator("select").first.is_visible()
    assert not page.get_by_role("button", name="Show all").is_visible()
    assert page.locator(".filter [role=status]").is_visible()
    assert len(rows(page)) == 2


@pytest.mark.parametrize(("width", "colours"), [(320, "light"), (1280, "dark")])
def test_axe_finds_nothing(browser: Browser, sites: dict[str, Path], width: int, colours: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=colours, bypass_csp=True)
    page = context.new_page()
    page.goto((sites["tiny"] / "timeline.html").as_uri() + "#status=planned")
    assert [v["id"] for v in Axe().run(page).response["violations"]] == []
    assert not page.locator("html").evaluate("e => e.scrollWidth > e.clientWidth")
    context.close()
