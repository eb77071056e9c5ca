"""The shipped briefing in a real browser: readable by all, light, self-contained, every citation on its words."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
KINDS = (
    "index.html watch.html changes.html timeline.html figures.html quotations.html data.html data-dictionary.html a-z.html method.html about.html review.html "
    "topics/index.html topics/regional-factories.html people/index.html people/kim-jong-un.html organisations/index.html "
    "organisations/korean-central-news-agency.html places/index.html places/sinyang-county.html programmes/index.html "
    "programmes/regional-development-policy.html sources/index.html"
).split()


def _generated(folder: str, names: list[str]) -> set[str]:
    """Pages that an earlier build left in the working tree."""
    return {
        n
        for n in names
        if n.endswith(".md") and n not in ("about.md", "editing.md", "method.md") and "site_src" in folder
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("briefing")
    shutil.copy(ROOT / "mkdocs.yml", root)
    for folder in ("seeds", "site_src", "templates"):
        shutil.copytree(ROOT / folder, root / folder, ignore=_generated)
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"], cwd=root, check=True, timeout=120)
    return root / "site"


def source_page(site: Path) -> str:
    (page,) = [p for p in sorted((site / "sources").glob("*.html")) if p.name != "index.html"]
    return page.relative_to(site).as_posix()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_shuts_anybody_out(site: Path, browser: Browser, width: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    found: dict[str, list[str]] = {}
    for name in (*KINDS, source_page(site)):
        page.goto((site / name).as_uri())
        violations = [v["id"] for v in Axe().run(page).response["violations"]]
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        found[name] = [*violations, *(["scrolls sideways"] if wide else [])]
    context.close()
    assert {name: ids for name, ids in found.items() if ids} == {}


def test_a_page_is_light_quiet_and_asks_nobody_else(site: Path, browser: Browser) -> None:
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for name in (*KINDS, source_page(site)):
        asked.clear()
        page.goto((site / name).as_uri())
        page.wait_for_load_state("networkidle")
        assert len(asked) <= 4, (name, asked)
        assert all(url.startswith(site.as_uri()) for url in asked), (name, asked)
        html = gzip.compress((site / name).read_bytes(), 9)
        css = b"".join(gzip.compress(path.read_bytes(), 9) for path in sorted(site.rglob("*.css")))
        assert len(html) + len(css) <= 14 * 1024, (name, len(html), len(css))
    assert said == []
    page.close()


def test_the_words_of_every_fact_stand_where_its_page_says(site: Path, browser: Browser) -> None:
    import yaml

    from generator.seeds import load_seed

    page = browser.new_page()
    for path in sorted((ROOT / "site_src" / "facts").glob("*.yml")):
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        seed, _ = load_seed(told["source"]["seed"], ROOT / "seeds" / told["source"]["seed"])
        assert seed
        page.goto((site / "sources" / f"{told['source']['id']}.html").as_uri())
        places = page.eval_on_selector_all("mark[data-at]", "marks => marks.map(m => [m.id, m.dataset.at])")
        found = {fact: seed.text[slice(*map(int, at.split("-")))] for fact, at in places}
        assert found == {fact["id"]: fact["quote"] for fact in told["facts"]}
        page.get_by_text("Have the article?").click()
        page.get_by_label("Text of the article").fill(seed.text)
        page.get_by_role("button", name="Light up the facts").click()
        assert page.get_by_role("status").inner_text().startswith("This is the same text, to the letter.")
    page.close()


def test_every_citation_leads_to_an_element_that_holds_the_exact_words(site: Path, browser: Browser) -> None:
    from generator.yamlfile import read_yaml

    quotes: dict[str, str] = {}
    for path in sorted((ROOT / "site_src" / "facts").glob("*.yml")):
        assert read_yaml(path.name, path.read_text(encoding="utf-8"))[1] == []
        import yaml

        quotes |= {f["id"]: f["quote"] for f in yaml.safe_load(path.read_text(encoding="utf-8"))["facts"]}
    page = browser.new_page()
    seen: set[str] = set()
    for name in ("index.html", "watch.html", "figures.html", "quotations.html", "timeline.html"):
        page.goto((site / name).as_uri())
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
