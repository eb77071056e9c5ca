"""The theme in a real browser, on the tiny briefing and on an empty one."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))

from tiny import ROOT as TINY
from tiny import empty, tiny, with_policy

from generator.downloads import downloads
from generator.link import Briefing
from generator.pages import NAV
from generator.render import packaged_templates, render

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def build(briefing: Briefing, folder: Path) -> Path:
    """The site of a briefing, built with the theme and our Markdown but without reading any seed."""
    from mkdocs.commands.build import build as build_site
    from mkdocs.config.base import load_config
    from mkdocs.plugins import event_priority
    from mkdocs.structure.files import Files

    from generator.site.page import BriefingPage

    by_hand = {
        name: (TINY.parents[2] / "site_src" / name).read_text(encoding="utf-8")
        for name in ("about.md", "editing.md", "method.md", "schema/source.json")
    }
    for path, text in (render(briefing) | by_hand).items():
        (folder / "src" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "src" / path).write_text(text, encoding="utf-8")
    for path, raw in downloads(briefing).items():
        (folder / "src" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "src" / path).write_bytes(raw)
    config = {
        "site_name": briefing.settings.title,
        "docs_dir": str(folder / "src"),
        "site_dir": str(folder / "site"),
        "use_directory_urls": False,
        "theme": {"name": None, "custom_dir": str(packaged_templates() / "theme"), "static_templates": ["404.html"]},
        "nav": [{title: path} for title, path in NAV],
        "plugins": [],
        "strict": True,
        "validation": {"links": {"anchors": "warn"}, "nav": {"omitted_files": "ignore"}},
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config))
    loaded = load_config(str(folder / "mkdocs.yml"))

    @event_priority(0)
    def on_files(files: Files, config: object) -> Files:
        for file in files.documentation_pages():
            BriefingPage(None, file, loaded)
        return files

    loaded.plugins.events["files"].append(on_files)
    build_site(loaded)
    return folder / "site"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {
        "tiny": build(tiny(), tmp_path_factory.mktemp("tiny")),
        "none": build(with_policy("none"), tmp_path_factory.mktemp("none")),
        "empty": build(empty(), tmp_path_factory.mktemp("empty")),
        "long": build(long(), tmp_path_factory.mktemp("long")),
    }


def long() -> Briefing:
    """The tiny briefing with words that no line is wide enough for."""
    word = "Lantern" * 30
    names = {id_: replace(entity, name=f"{entity.name} {word}") for id_, entity in tiny().registry.items()}
    told = tuple(replace(s, fact=replace(s.fact, text=f"{s.fact.text} {word}")) for s in tiny().statements)
    return replace(tiny(), registry=names, statements=told)


def names(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


@pytest.mark.parametrize(
    ("site", "own"),
    [("none", r"index\.html|sources/.*"), ("empty", r"(index|watch|figures|review|sources/index)\.html")],
)
def test_axe_finds_nothing_where_pages_are_unlike_others(
    sites: dict[str, Path], browser: Browser, site: str, own: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    found = {}
    context = browser.new_context(viewport={"width": 360, "height": 640}, bypass_csp=True)
    page = context.new_page()
    for name in (name for name in names(sites[site]) if re.fullmatch(own, name)):
        page.goto((sites[site] / name).as_uri())
        found[name] = [v["id"] for v in Axe().run(page).response["violations"]]
    context.close()
    assert len(found) >= 3
    assert {name: ids for name, ids in found.items() if ids} == {}


def test_nothing_scrolls_sideways(sites: dict[str, Path], browser: Browser) -> None:
    page = browser.new_page()
    wide = []
    for name in names(sites["long"]):
        if 'http-equiv="refresh"' in (sites["long"] / name).read_text(encoding="utf-8"):
            continue  # it leads on to another while it is looked at
        page.goto((sites["long"] / name).as_uri())
        for width in (320, 768, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                wide.append(f"{name} {width}")
    page.close()
    assert wide == []


def fits(page: Page, text: str) -> bool:
    """Whether some text ends above the lower rim of the first screen."""
    box, screen = page.get_by_text(text).first.bounding_box(), page.viewport_size
    assert box
    assert screen
    return box["y"] + box["height"] <= screen["height"]


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 640)])
def test_the_first_screen_answers(sites: dict[str, Path], browser: Browser, width: int, height: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto((sites["tiny"] / "index.html").as_uri())
    for text in ("As of", "opened three village clinics", "has been moved to 24 June 2031", "18 clinics have opened"):
        assert fits(page, text), text
    page.close()


def test_a_citation_lands_on_its_words_and_shows_them(sites: dict[str, Path], browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 640})
    page.goto((sites["tiny"] / "index.html").as_uri())
    page.locator(".cite").first.click()
    mark = page.locator("mark:target")
    assert (
        mark.text_content() == "Health Minister Ines Varga opened three village clinics in Brenn Province on Wednesday"
    )
    assert mark.evaluate("m => getComputedStyle(m).outlineStyle") == "solid"
    page.close()


def test_sections_open_without_a_script(sites: dict[str, Path], browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=False)
    page = context.new_page()
    page.goto((sites["tiny"] / "people" / "ines-varga.html").as_uri())
    assert not page.get_by_role("link", name="Timeline").is_visible()
    page.get_by_text("Sections").click()
    page.get_by_role("link", name="Timeline").click()
    assert page.url.endswith("/timeline.html")
    context.close()
    wide = browser.new_page(viewport={"width": 1280, "height": 800})
    wide.goto((sites["tiny"] / "people" / "ines-varga.html").as_uri())
    assert wide.get_by_role("link", name="People", exact=True).get_attribute("aria-current") == "true"
    assert wide.get_by_role("link", name="Timeline").is_visible()
    wide.close()
