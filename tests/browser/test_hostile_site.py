"""Whatever somebody writes into an article, a fact or a name is text on the pages: shown as it is written, and nothing else.

The pages are opened without their content policy, which would keep scripts from running: it is the second wall.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import pytest
from hostile import PAYLOADS, Placed, placed
from kinds import EVERY_PAGE, names, sample
from serving import serving

from generator.one_file import of_site
from generator.pipeline import generate
from generator.render import packaged_templates

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
WATCH = """
window.told = [];
window.ran = (...what) => window.told.push(String(what));
for (const name of ["alert", "confirm", "prompt", "open"]) window[name] = () => { window.told.push(name); return null; };
"""
READ = """async (names) => {
  const found = {};
  for (const name of names) {
    const text = await (await fetch(name)).text();
    const page = new DOMParser().parseFromString(text, "text/html");
    const parts = new Set(), links = new Set(), classes = new Set();
    for (const e of page.querySelectorAll("*")) {
      parts.add(e.localName);
      for (const a of e.attributes) parts.add(`${e.localName} ${a.name}`);
      for (const c of e.classList) classes.add(c);
      for (const a of ["href", "src", "action", "data", "poster", "srcset", "content"])
        if (e.hasAttribute(a) && (a != "content" || e.httpEquiv == "refresh")) links.add(e.localName + " " + e.getAttribute(a));
    }
    for (const e of page.querySelectorAll("script, style")) e.textContent = "";
    for (const e of page.querySelectorAll("p, li, td, h1, h2, h3, summary, blockquote, br, figcaption")) e.append("\\n");
    found[name] = {parts: [...parts], links: [...links], classes: [...classes], text: page.body.textContent};
  }
  return found;
}"""
"""Each page as the browser parses it, without running it: elements and attributes, addresses, classes, and its text."""


@dataclass(frozen=True)
class Parsed:
    """What stands on some pages."""

    parts: frozenset[str]
    classes: frozenset[str]
    links: dict[str, list[str]]
    texts: dict[str, str]


@dataclass(frozen=True)
class Open:
    """The hostile site as it is served, without its content policy."""

    folder: Path
    address: str


@pytest.fixture(scope="module")
def bare(hostile_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    folder = tmp_path_factory.mktemp("bare") / "site"
    shutil.copytree(hostile_site, folder)
    for name in names(folder):
        page = folder / name
        without, count = POLICY.subn("", page.read_text(encoding="utf-8"))
        assert count == 1, name
        page.write_text(without, encoding="utf-8")
    with serving(folder) as address:
        yield Open(folder, address)


def parsed(page: Page, address: str, pages: list[str]) -> Parsed:
    page.goto(address + "feed.json")  # no page, whose policy would keep this from asking for others
    found = {}
    for at in range(0, len(pages), 50):
        found |= page.evaluate(READ, [address + name for name in pages[at : at + 50]])
    told = {name.removeprefix(address): one for name, one in found.items()}
    return Parsed(
        frozenset(part for one in told.values() for part in one["parts"]),
        frozenset(part for one in told.values() for part in one["classes"]),
        {name: one["links"] for name, one in told.items()},
        {name: " ".join(one["text"].split()) for name, one in told.items()},
    )


@pytest.fixture(scope="module")
def known(browser: Browser, shipped_site: Path, larger_site: Path) -> Parsed:
    """What stands on pages that nobody attacked."""
    page = browser.new_page()
    found = []
    for site in (shipped_site, larger_site):
        with serving(site) as address:
            found.append(parsed(page, address, names(site)))
    page.close()
    return Parsed(found[0].parts | found[1].parts, found[0].classes | found[1].classes, found[1].links, found[1].texts)


@pytest.fixture(scope="module")
def hostile(browser: Browser, bare: Open) -> Parsed:
    page = browser.new_page()
    found = parsed(page, bare.address, names(bare.folder))
    page.close()
    return found


def test_no_element_attribute_or_class_stands_there_that_templates_do_not_write(hostile: Parsed, known: Parsed) -> None:
    assert hostile.parts - known.parts == set()
    assert hostile.classes - known.classes == set()


def test_every_address_is_one_of_the_site_or_one_that_a_source_gives_as_its_own(hostile: Parsed) -> None:
    ours = {"briefing.example", "code.example", "press.example", "datasette.io", ""}
    strange = [
        (name, link)
        for name, links in hostile.links.items()
        for link in links
        for parts in [urlsplit(link.partition(" ")[2])]
        if parts.scheme not in ("", "https", "data") or (parts.hostname or "") not in ours
        if link != "a https://evil.example/bare" and link != "link data:,"
    ]
    assert strange == []


def as_shown(text: str) -> str:
    """The text as a page has it: white space as one blank, what is no character as U+FFFD."""
    replaced = re.sub(r"[\x00-\x08\x0e-\x1b\x7f]", "\ufffd", text)
    return " ".join(re.sub(r"[\x1c-\x1f\x85]", " ", replaced).split())


def ways(one: Placed) -> list[str]:
    """How a page may write it: a sentence has a capital and one full stop, direct speech ends without a comma, a unit without hyphens."""
    text = as_shown(one.payload)
    sentence = text[:1].upper() + text[1:]
    told = [text, sentence, text.rstrip(".")]
    if one.field == "quotation.words":
        told.append(text.strip(" ,"))
    if one.field in ("figure.unit", "figure.per"):
        told.append(" ".join(text.replace("-", " ").split()))
    return told


def test_every_text_is_shown_as_it_is_written(hostile: Parsed) -> None:
    wanted = list(placed())
    missing = [one for one in wanted if not any(way in hostile.texts[one.page] for way in ways(one))]
    assert missing == [], missing
    assert len({one.payload for one in wanted} & set(PAYLOADS)) >= 200


def test_no_script_runs_and_no_request_leaves(bare: Open, browser: Browser) -> None:
    asked: list[str] = []
    page = browser.new_page()
    page.add_init_script(WATCH)
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (asked.append("dialog"), dialog.dismiss()))
    told = []
    for name in names(bare.folder) if EVERY_PAGE else sample(bare.folder, 60_000):
        page.goto(bare.address + name, wait_until="load")
        told += [(name, what) for what in page.evaluate("window.told")]
        assert page.url.partition("#")[0] == bare.address + name or "0;url=" in (bare.folder / name).read_text()
    page.close()
    assert told == []
    assert [url for url in asked if not url.startswith((bare.address, "data:,"))] == []


TYPED = [payload for payload in PAYLOADS if "ran()" in payload and payload.isprintable()][:: 4 if EVERY_PAGE else 16]
"""What somebody may put into a link that they send around."""


def test_no_address_makes_a_page_run_anything(bare: Open, browser: Browser) -> None:
    """Search takes its words from the query, filters from what stands behind `#`."""
    page = browser.new_page()
    page.add_init_script(WATCH)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    source = next(name for name in names(bare.folder) if name.startswith("sources/2031"))
    for name in ("index.html", "timeline.html", source, "404.html"):
        for typed in TYPED[:: 3 if name != "index.html" else 1]:
            given = quote(typed)
            query = f"?q={given}&kind={given}&order={given}"
            page.goto(f"{bare.address}{name}{query}#what={given}&status={given}&person={given}", wait_until="load")
            page.wait_for_function("!document.querySelector('dialog ol[aria-busy=true]')")
            assert page.evaluate("window.told") == [], (name, typed)
            assert page.evaluate("document.querySelectorAll('img, iframe, object, embed, form[action]').length") == 0
    page.close()
    assert [url for url in asked if not url.startswith((bare.address, "data:,"))] == []


def test_search_shows_what_it_finds_as_text(bare: Open, browser: Browser) -> None:
    page = browser.new_page()
    page.add_init_script(WATCH)
    page.goto(bare.address + "index.html?q=onerror", wait_until="load")
    page.wait_for_selector("dialog li")
    found = page.locator("dialog ol").inner_text()
    assert "onerror" in found
    assert "<" in found
    assert page.evaluate("document.querySelectorAll('dialog ol :not(li, a, p, mark)').length") == 0
    page.locator("dialog li a").first.click()
    page.wait_for_load_state("load")
    assert page.evaluate("window.told") == []
    page.close()


def test_a_copy_that_is_pasted_is_text(bare: Open, browser: Browser) -> None:
    page = browser.new_page()
    page.add_init_script(WATCH)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    source = next(name for name in names(bare.folder) if name.startswith("sources/2031"))
    page.goto(bare.address + source, wait_until="load")
    page.locator("summary", has_text="Have the article?").click()
    page.locator("textarea").fill("\n".join(PAYLOADS))
    assert page.evaluate("window.told") == []
    assert page.evaluate("document.querySelectorAll('main img, main iframe, main script').length") == 0
    page.close()
    assert [url for url in asked if not url.startswith((bare.address, "data:,"))] == []


def test_the_site_in_one_file_holds_no_more_than_its_pages(
    hostile_site: Path, known: Parsed, browser: Browser, tmp_path: Path
) -> None:
    report = generate(hostile_site.parent, write=False)
    text = POLICY.sub("", of_site(hostile_site, report.briefing, [packaged_templates()]))
    (tmp_path / "whole.html").write_text(text, encoding="utf-8")
    page = browser.new_page()
    page.add_init_script(WATCH)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with serving(tmp_path) as address:
        page.goto(address + "whole.html", wait_until="load")
        assert page.evaluate("window.told") == []
        assert [url for url in asked if not url.startswith((address, "data:,"))] == []
        (tmp_path / "feed.json").write_text("{}")
        found = parsed(page, address, ["whole.html"])
    page.close()
    assert found.parts - known.parts <= {"style", "article", "article id", "div", "div class", "div id"}
    assert found.classes - known.classes <= {"whole"}
    wanted = [one for one in placed() if one.page.startswith("sources/")]
    missing = [one for one in wanted if not any(way in found.texts["whole.html"] for way in ways(one))]
    assert missing == [], missing
