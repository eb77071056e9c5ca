"""Search in a real browser: on a server under a sub-path, from files, by keyboard, without a script, under the policy."""

from __future__ import annotations

import gzip
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from builder import BRIDGE, HARBOUR, make
from hearing import heard

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

TESTS = Path(__file__).parents[1]
ON_USE = ("search", "seek", "words")
"""Scripts that are loaded on first use."""
ARTICLES = ("strike.txt", "border.txt", "polar.txt", "measles.md")
HOSTILE = (
    'date 2031-05-09 Council <script>document.title = "taken"</script> answers\n\n'
    "PORT ELLERY, May 9 (Orb Press) -- Mayor Jonas Reed inspected the <img src=x onerror=alert> bridge for lorries "
    "on Thursday.\n\nThe council said that it is safe and that all of the works on it have been done in time and will be "
    "paid by the harbour board, which has been waiting for them since the spring of last year.\n"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from generator.sites import build_site

    articles = {name: (TESTS / "cases" / "articles" / name).read_bytes() for name in ARTICLES}
    seeds = {"harbour.txt": HARBOUR, "bridge.md": BRIDGE, "hostile.txt": HOSTILE, **articles}
    told: list[str] = []
    root = make(tmp_path_factory.mktemp("briefing"), seeds=seeds)
    built = build_site(root, tell=told.append)
    assert built.errors == 0, told
    return built.folder


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """The site under a sub-path of a server."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site.parent))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{site.name}/"
        server.shutdown()


@pytest.fixture(scope="module")
def desk(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    yield page
    page.close()


@pytest.fixture
def page(desk: Page) -> Iterator[Page]:
    """A page on which nothing may go wrong unseen."""
    with heard(desk):
        yield desk


def told(page: Page, text: str) -> None:
    """Wait until the live region of the dialog says something."""
    page.locator("dialog [role=status]", has_text=text).wait_for()


def results(page: Page) -> list[str]:
    """The results as they stand once the search is done."""
    page.locator("dialog ol[aria-busy=false]").wait_for(state="attached")
    return page.locator("dialog li").all_text_contents()


def ask(page: Page, words: str) -> list[str]:
    """Type words, wait for results, and give their texts."""
    page.locator("#q").fill(words)
    return results(page)


def test_nothing_is_loaded_before_the_first_use_and_nothing_from_elsewhere_after(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}index.html")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "search" in url or "seek" in url or "finding" in url]
    assert len(asked) <= 4
    page.locator(".find a").click()
    ask(page, "Linden Bridge")
    assert [url for url in asked if "finding/index.js" in url]
    assert all(url.startswith(address) for url in asked)


def test_what_filters_offer_is_fetched_when_a_reader_turns_to_them(page: Page, address: str) -> None:
    page.goto(f"{address}index.html")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.press("/")
    ask(page, "linden")
    before = [url for url in asked if "/years/" in url]
    assert page.locator("#in-kind option").count() > 1
    assert page.locator("#in-place option").count() == 1
    page.locator("#in-place").hover()
    page.locator("#in-place option", has_text="Linden Bridge").wait_for(state="attached")
    assert len([url for url in asked if "/years/" in url]) > len(before)


def test_words_are_found_while_they_are_typed(page: Page, address: str) -> None:
    page.goto(f"{address}index.html")
    page.keyboard.press("/")
    for typed in ("ope", "open", "openi", "opening", "opened lind", "opened linden"):
        assert any("opened the Linden Bridge" in text for text in ask(page, typed)), typed
    marks = page.locator("dialog li mark").all_text_contents()
    assert {"opened", "Linden"} <= set(marks)


def test_words_in_quotation_marks_are_found_as_they_stand(page: Page, address: str) -> None:
    page.goto(f"{address}index.html")
    page.keyboard.press("/")
    assert any("opened the Linden Bridge" in text for text in ask(page, "bridge linden"))
    assert any("opened the Linden Bridge" in text for text in ask(page, '"the linden bridge" opened'))
    page.locator("#q").fill('"bridge linden"')
    told(page, "holds these words")


def test_scripts_before_the_first_use_are_small(site: Path) -> None:
    size = {path.stem: len(gzip.compress(path.read_bytes(), 9)) for path in (site / "assets").glob("*.js")}
    assert size["briefing"] <= 1536
    assert sum(size[name] for name in ON_USE) <= 15 * 1024
    assert size["briefing"] + max(n for name, n in size.items() if name not in ("briefing", *ON_USE)) <= 5 * 1024


def test_a_fact_is_found_and_leads_to_its_marked_words(page: Page, address: str) -> None:
    page.goto(f"{address}people/index.html")
    page.keyboard.press("/")
    ask(page, "opened linden")
    fact = page.locator(
        "dialog li", has_text="Mayor Jonas Reed opened the Linden Bridge in Port Ellery on Tuesday"
    ).first
    assert fact.locator("mark").all_text_contents() == ["opened", "Linden"]
    assert fact.locator("p").text_content() == "15 April 2031 · Event · The Ellery Courier, 17 April 2031"
    fact.locator("a").click()
    mark = page.locator("mark:target")
    assert "opened the Linden Bridge" in (mark.text_content() or "")
    assert "/sources/" in page.url
    page.go_back()
    told(page, "result")  # the search stands in the address
    assert page.locator("#q").input_value() == "opened linden"


def test_a_result_on_the_same_page_closes_the_dialog(page: Page, address: str) -> None:
    page.goto(f"{address}index.html")
    page.keyboard.press("/")
    ask(page, "opened linden")
    page.locator("dialog li a").first.click()
    page.wait_for_url("**/sources/**")
    page.wait_for_load_state()
    page.keyboard.press("/")
    ask(page, "vehicles day")
    page.locator("dialog li a").first.click()
    assert not page.locator("dialog").is_visible()
    assert "vehicles" in (page.locator("mark:target").text_content() or "")


def test_a_name_is_found_by_its_alias_and_a_fact_by_the_whole_name_it_does_not_spell(page: Page, address: str) -> None:
    page.goto(f"{address}index.html?q=Jonas+Reed")
    results(page)
    links = page.locator("dialog li a").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    assert any("/people/" in link for link in links)
    assert any("/sources/" in link and "#" in link for link in links)


def test_facets_narrow_are_counted_and_are_taken_back(page: Page, address: str) -> None:
    page.goto(f"{address}index.html")
    page.keyboard.press("/")
    ask(page, "the")
    before = page.locator("dialog [role=status]").text_content() or ""
    option = page.locator("#in-kind option[value=Figure]").text_content() or ""
    count = option.partition("(")[2].rstrip(")")
    page.select_option("#in-kind", "Figure")
    results(page)
    told(page, f"{count} result")
    assert int(count) < int(before.split()[0])
    assert all(" Figure " in text or "Figure ·" in text for text in page.locator("dialog li").all_text_contents())
    assert "kind=Figure" in page.url
    year = page.locator("#in-year option").nth(1).get_attribute("value") or ""
    page.select_option("#in-year", year)
    results(page)
    assert page.locator("#in-kind option").count() > 1  # other kinds can still be chosen
    page.get_by_role("button", name="Clear filters").click()
    told(page, before)
    assert page.locator("#q").evaluate("e => e === document.activeElement")


def test_filters_alone_find_facts(page: Page, address: str) -> None:
    page.goto(f"{address}index.html")
    page.keyboard.press("/")
    told(page, "Type words")
    page.select_option("#in-kind", "Quotation")
    found = results(page)
    assert found
    assert all("Quotation" in text for text in found)


def test_why_there_is_nothing_is_told(page: Page, address: str) -> None:
    page.goto(f"{address}index.html")
    page.keyboard.press("/")
    ask(page, "Linden")
    page.locator("#q").fill("zzyzzx qwrtp")
    told(page, "holds these words")
    assert page.locator("dialog li").count() == 0
    ask(page, "Linden")
    page.goto(f"{address}index.html?q=Linden&kind=Assessment")
    told(page, "without them")


def test_more_results_come_by_a_button_that_hands_on_the_focus(page: Page, address: str) -> None:
    page.goto(f"{address}index.html?q=the")
    assert len(results(page)) == 10
    page.get_by_role("button", name="Show more").click()
    page.locator("dialog li").nth(10).wait_for()
    page.wait_for_function("document.activeElement.closest('li')")
    focused = "[...document.querySelectorAll('dialog li a')].indexOf(document.activeElement)"
    assert page.evaluate(focused) == 10


def test_the_newest_come_first_when_asked(page: Page, address: str) -> None:
    from datetime import datetime

    page.goto(f"{address}index.html?q=the&kind=Quotation&order=day")
    results(page)
    about = page.locator("dialog li p").all_text_contents()
    cited = (text.rpartition(", ")[2].split() for text in about)
    days = [datetime.strptime(f"{day} {month[:3]} {year}", "%d %b %Y") for day, month, year in cited]
    assert len(set(days)) > 1
    assert days == sorted(days, reverse=True)
    best = page.locator("dialog li").all_text_contents()
    page.select_option("#order", "")
    assert results(page) != best
    assert "order" not in page.url


def test_the_keyboard_does_it_all(page: Page, address: str) -> None:
    page.goto(f"{address}index.html")
    page.locator(".find a").focus()
    page.keyboard.press("Enter")
    page.locator("dialog").wait_for()
    page.keyboard.type("linden / bridge")  # a slash in a field is a slash
    results(page)
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement === document.querySelector('dialog li a')")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("Escape")
    if page.locator("dialog").is_visible():  # the first clears a search field
        page.keyboard.press("Escape")
    assert not page.locator("dialog").is_visible()
    assert page.evaluate("document.activeElement === document.querySelector('.find a')")
    assert "?" not in page.url


def test_the_slash_can_be_turned_off(page: Page, address: str) -> None:
    page.goto(f"{address}index.html")
    page.keyboard.press("/")
    page.get_by_label("The key / opens search").uncheck()
    page.get_by_role("button", name="Close").click()
    page.wait_for_url(
        f"{address}index.html"
    )  # a little later: with its question in the address a page opens the dialog anew
    page.reload()
    page.keyboard.press("/")
    opened = page.locator("dialog").count()
    page.evaluate("localStorage.clear()")
    assert opened == 0


def test_text_of_seeds_stays_text(page: Page, address: str) -> None:
    page.goto(f"{address}index.html")
    page.keyboard.press("/")
    assert any("<img src=x onerror=alert>" in text for text in ask(page, "inspected"))
    assert any('<script>document.title = "taken"</script>' in text for text in ask(page, "council answers"))
    assert page.locator("dialog li img, dialog li script").count() == 0


def test_search_works_from_a_file(page: Page, site: Path) -> None:
    page.goto((site / "people" / "index.html").as_uri())
    page.keyboard.press("/")
    ask(page, "opened linden")
    page.locator("dialog li a", has_text="opened the Linden Bridge").first.click()
    page.wait_for_url("**/sources/**")
    assert "opened the Linden Bridge" in (page.locator("mark:target").text_content() or "")


def test_without_an_index_search_leads_to_the_names(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/finding/**", lambda route: route.abort())
    page.goto(f"{address}index.html")
    page.keyboard.press("/")
    told(page, "could not be loaded")
    assert page.locator("dialog a").get_attribute("href") == f"{address}a-z.html"
    page.close()


def test_search_of_a_page_that_is_missing_is_that_of_the_site(browser: Browser, address: str, site: Path) -> None:
    page = browser.new_page()
    page.route("**/assets/*", lambda route: route.fulfill(path=site / "assets" / route.request.url.rpartition("/")[2]))
    page.goto(f"{address}404.html")  # made for the root of its host
    with page.expect_request("**/search.js") as asked:
        page.keyboard.press("/")
    assert asked.value.url == address.replace("/site/", "/assets/search.js")
    page.close()


def test_without_a_script_the_link_leads_to_every_name(browser: Browser, address: str, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}people/index.html")
    page.get_by_role("link", name="Search").click()
    assert page.url == f"{address}a-z.html"
    names = {path.relative_to(site).as_posix() for path in (site / "people").glob("*.html")} - {"people/index.html"}
    assert names
    assert names <= set(page.eval_on_selector_all("main a", "links => links.map(a => a.getAttribute('href'))"))
    context.close()


@pytest.mark.parametrize(("width", "colours"), [(320, "light"), (1280, "dark")])
def test_axe_finds_nothing_with_the_dialog_open(browser: Browser, address: str, width: int, colours: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context: BrowserContext = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=colours, bypass_csp=True
    )
    page = context.new_page()
    for query in ("q=the&kind=Figure", "q=zzyzzx"):
        page.goto(f"{address}index.html?{query}")
        page.locator("dialog [role=status]:not(:empty)").wait_for()
        page.wait_for_load_state("networkidle")
        assert [v["id"] for v in Axe().run(page).response["violations"]] == []
        wide = "e => e.scrollWidth > e.clientWidth"
        assert not page.locator("dialog").evaluate(wide)
        assert not page.locator("html").evaluate(wide)
    context.close()


def test_search_is_not_printed(page: Page, address: str) -> None:
    page.goto(f"{address}index.html?q=the")
    told(page, "result")
    page.emulate_media(media="print")
    assert not page.locator("dialog").is_visible()
    assert not page.locator(".find").is_visible()
