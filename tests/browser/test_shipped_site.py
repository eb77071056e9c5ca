"""The shipped briefing in a real browser: every citation leads to its words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]


def test_the_words_of_every_fact_stand_where_its_page_says(shipped_site: Path, browser: Browser) -> None:
    from generator.seeds import load_seed

    page = browser.new_page()
    for path in sorted((ROOT / "site_src" / "facts").glob("*.yml")):
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        seed, _ = load_seed(told["source"]["seed"], ROOT / "seeds" / told["source"]["seed"])
        assert seed
        page.goto((shipped_site / "sources" / f"{told['source']['id']}.html").as_uri())
        places = page.eval_on_selector_all("mark[data-at]", "marks => marks.map(m => [m.id, m.dataset.at])")
        found = {fact: seed.text[slice(*map(int, at.split("-")))] for fact, at in places}
        assert found == {fact["id"]: fact["quote"] for fact in told["facts"]}
        page.get_by_text("Have the article?").click()
        page.get_by_label("Text of the article").fill(seed.text)
        page.get_by_role("button", name="Light up the facts").click()
        assert page.get_by_role("status").inner_text().startswith("This is the same text, to the letter.")
    page.close()


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
