"""Without scripts everything is there, and from a folder of files every link leads somewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml
from briefings import ADDRESS
from kinds import names, sample
from lxml import etree, html

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SHOWN = """() => {
  const all = [...document.querySelectorAll("main :is(h1, h2, h3, p, li, td, mark, svg, .cite, time, .tag)")];
  const folded = e => e.closest("details:not([open])");
  const words = e => {  // without what the reader's clock says in words of its own
    const copy = e.cloneNode(true);
    copy.querySelectorAll(".due, .age").forEach(said => said.remove());
    return copy.textContent.replace(/\\s+/g, " ").trim();
  };
  return {there: all.filter(e => e.matches(".cite, td, mark, .tag")).map(words),
          hidden: all.filter(e => words(e) && !e.checkVisibility() && !folded(e)).map(e => e.outerHTML.slice(0, 120))};
}"""


def test_without_scripts_nothing_is_missing_or_hidden(each_kind: list[str], browser: Browser) -> None:
    plain, full = browser.new_context(java_script_enabled=False), browser.new_context()
    full.clock.set_fixed_time("2025-12-05T12:00:00Z")
    one, other = plain.new_page(), full.new_page()
    for address in each_kind:
        one.goto(address)
        other.goto(address)
        without, with_scripts = one.evaluate(SHOWN), other.evaluate(SHOWN)
        assert without["hidden"] == [], address
        assert set(with_scripts["there"]) <= set(without["there"]), address
    plain.close(), full.close()


@pytest.mark.parametrize("which", ["shipped_site", "larger_site"])
def test_every_fact_has_a_place_and_a_citation(which: str, request: pytest.FixtureRequest) -> None:
    site: Path = request.getfixturevalue(which)
    places: set[str] = set()
    cited: set[str] = set()
    for name in names(site):
        page = tree(site / name)
        places |= {f"{name}#{id_}" for id_ in page.xpath("//@id")}
        cited |= {urljoin(name, href) for href in page.xpath("//a[contains(@class, 'cite')]/@href")}
    facts = [
        (f"sources/{path.stem}.html#{fact['id']}", fact)
        for path in sorted((site.parent / "site_src" / "facts").glob("*.yml"))
        for fact in yaml.safe_load(path.read_text(encoding="utf-8"))["facts"]
    ]
    assert len(facts) > 20
    assert [address for address, _ in facts if address not in places] == []
    alone = [fact for address, fact in facts if address not in cited]
    assert [f["id"] for f in alone if f["review"] != "retracted"] == []  # what is struck out counts nowhere


@cache
def tree(path: Path) -> html.HtmlElement:
    return html.document_fromstring(path.read_bytes())


def links(path: Path) -> Iterator[str]:
    """Where a page leads and what it needs."""
    page = tree(path)
    yield from page.xpath("//*[not(self::link[@rel='canonical'])]/@href | //@src")


def lost(site: Path, name: str, address: str) -> Iterator[str]:
    """Links of a page that lead to no file, or to no place in one."""
    for link in links(site / name):
        if link.startswith("data:") or not urlsplit(urljoin(address, link)).geturl().startswith(address):
            continue
        target = urlsplit(urljoin(address + name, link))
        path = site / unquote(target.path.removeprefix(urlsplit(address).path))
        path = path / "index.html" if target.path.endswith("/") and address.startswith("http") else path
        anchor = unquote(target.fragment.partition(":~:")[0])
        if not path.is_file():
            yield f"{name}: {link} leads to no file"
        elif anchor and path.suffix == ".html" and not tree(path).xpath("//*[@id=$id]", id=anchor):
            yield f"{name}: {link} leads to no place in it"


@pytest.mark.parametrize("which", ["bare_site", "shipped_site", "larger_site"])
def test_every_link_leads_somewhere(which: str, request: pytest.FixtureRequest) -> None:
    site: Path = request.getfixturevalue(which)
    pages = [name for name in names(site) if name != "404.html"]  # stands at any depth, so its links have no base
    address = "file:///" if which == "bare_site" else ADDRESS
    assert [found for name in pages for found in lost(site, name, address)] == []


@pytest.mark.parametrize("which", ["shipped_site", "larger_site"])
def test_addresses_of_the_site_in_its_files_lead_to_files(which: str, request: pytest.FixtureRequest) -> None:
    site: Path = request.getfixturevalue(which)
    found: set[str] = set()
    for path in site.rglob("*"):
        if path.suffix == ".json":
            found |= set(_texts(json.loads(path.read_text(encoding="utf-8"))))
        elif path.suffix == ".xml":
            found |= {text for e in etree.parse(path).iter() for text in (e.text or "", *map(str, e.attrib.values()))}
        elif path.suffix == ".html":
            found |= {*tree(path).xpath("//@href | //meta/@content")}
    own = {text for text in found if text.startswith(ADDRESS)}
    assert own
    targets = {address: site / unquote(urlsplit(address).path.removeprefix("/sub/path/")) for address in own}
    gone = [address for address, path in targets.items() if not (path.is_file() or (path / "index.html").is_file())]
    assert sorted(gone) == []


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (text for item in value.values() for text in _texts(item))
    elif isinstance(value, list):
        yield from (text for item in value for text in _texts(item))
    elif isinstance(value, str):
        yield value


def test_the_site_works_from_files(bare_site: Path, browser: Browser) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    for name in sample(bare_site):
        if name != "404.html":
            page.goto((bare_site / name).as_uri())
            assert page.evaluate("getComputedStyle(document.body).maxWidth") == "1152px", name
    page.goto((bare_site / "index.html").as_uri())
    page.locator("main .cite").first.click()
    assert page.url.startswith((bare_site / "sources").as_uri())
    page.close()
    assert said == []
