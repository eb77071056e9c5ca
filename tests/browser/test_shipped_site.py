"""The shipped briefing in a real browser: every citation leads to its words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]


def test_every_citation_leads_to_an_element_that_holds_the_exact_words(shipped_site: Path, browser: Browser) -> None:
    quotes: dict[str, str] = {}
    for path in sorted((ROOT / "site_src" / "facts").glob("*.yml")):
        quotes |= {f["id"]: f["quote"] for f in yaml.safe_load(path.read_text(encoding="utf-8"))["facts"]}
    page = browser.new_page()
    seen: set[str] = set()
    for name in ("index.html", "watch.html", "figures.html", "quotations.html", "timeline.html"):
        page.goto((shipped_site / name).as_uri())
        for href in page.eval_on_selector_all("a.cite", "links => links.map(a => a.href)"):
            seen.add(href)
    assert len(seen) >= 10
    for href in sorted(seen):
        page.goto(href)
        fact = href.split("#")[1]
        shown = page.evaluate("id => document.getElementById(id)?.textContent", fact)
        assert shown is not None, href
        plain = re.sub(r"\s+", " ", shown)
        for part in re.split(r"\s*(?:\[…\]|…)\s*", plain):
            assert part.strip() in re.sub(r"\s+", " ", quotes[fact]), (fact, plain)
    page.close()
