"""What a reader's first search costs: the bytes that a static host sends for it, compressed as it would."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).parents[1]
QUIET = 1500
"""Milliseconds in which nothing is asked for, after which a search is taken to be done."""


@dataclass(frozen=True)
class Search:
    """Words, and what was sent between the first key and the results: bytes, and the paths of files."""

    words: str
    size: int
    files: tuple[str, ...]


def searches(site: Path, queries: list[str]) -> list[Search]:
    """Searches one after the other on one page: the first carries the engine. Raises `LookupError` without a Chromium."""
    sys.path[:0] = [folder for folder in (str(TESTS), str(TESTS / "browser")) if folder not in sys.path]
    from conftest import browser as installed
    from flags import FLAGS
    from playwright.sync_api import sync_playwright
    from serving import serving

    chromium = installed()
    if chromium is None:
        raise LookupError("no Chromium on this machine")
    sent: list[tuple[str, int]] = []
    found = []
    with serving(site, lambda path, size: sent.append((path, size))) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{address}index.html")
        page.wait_for_load_state("networkidle")
        sent.clear()
        page.keyboard.press("/")
        for words in queries:
            page.locator("#q").fill(words)
            seen = -1
            while len(sent) > seen:
                seen = len(sent)
                page.wait_for_timeout(QUIET)
            page.locator("dialog ol[aria-busy=false]").wait_for(state="attached")
            found.append(Search(words, sum(size for _, size in sent), tuple(path for path, _ in sent)))
            sent.clear()
        browser.close()
    return found
