"""Pages of an edition in a browser: for everyone, light, and of their own day whatever the reader's clock says."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from serving import serving
from test_for_everyone import violations
from weights import weigh

sys.path.insert(0, str(Path(__file__).parents[1]))

from tiny import ROOT

from generator.sites import build_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

EDITION = "as-of/2031-05-02/"
PAGES = ("editions.html", f"{EDITION}index.html", f"{EDITION}watch.html", f"{EDITION}people/ines-varga.html")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The tiny site with an edition, served."""
    root = tmp_path_factory.mktemp("edition") / "tiny"
    shutil.copytree(ROOT, root)
    with (root / "mkdocs.yml").open("a") as config:
        config.write("      editions: 2031-05-02\n")
    with serving(build_site(root, tell=print).folder) as served:
        yield served


def test_axe_finds_nothing_and_no_page_scrolls_sideways(address: str, browser: Browser) -> None:
    from axe_playwright_python.base import AXE_SCRIPT

    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    found = {}
    for name in PAGES:
        page.goto(address + name)
        page.evaluate(AXE_SCRIPT)
        for width, scheme in ((320, "light"), (1280, "dark")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            wrong = violations(page)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wrong.append("scrolls sideways")
            if wrong:
                found[f"{name} {width} {scheme}"] = wrong
    context.close()
    assert found == {}


def test_pages_are_light(address: str, browser: Browser) -> None:
    context = browser.new_context()
    assert {one.name: one.faults(address) for one in weigh(context, address, PAGES) if one.faults(address)} == {}
    context.close()


def test_an_edition_speaks_of_its_own_day(address: str, browser: Browser) -> None:
    page = browser.new_page()
    page.clock.set_fixed_time("2032-06-01T12:00:00Z")
    page.goto(f"{address}{EDITION}watch.html")
    assert "Begins in 40 days as of 2 May 2031" in page.locator(".due").all_text_contents()
    assert page.locator(".passed").count() == 0
    assert page.locator(".asof").text_content() == "As of 2 May 2031"
    page.get_by_text("This page today").click()
    assert "watch.html" in page.url
    assert EDITION not in page.url
    page.locator(".passed").first.wait_for(state="attached")
    page.close()
