"""Nobody is shut out: axe finds nothing, no page scrolls sideways on a phone, the keyboard goes everywhere and is seen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from kinds import EVERY_PAGE

if TYPE_CHECKING:
    from conftest import Site
    from playwright.sync_api import Browser, Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS, SCHEMES = (320, 1280), ("light", "dark")
MOVING = """() => document.getAnimations().length || [...document.querySelectorAll("*")].filter(e => {
  const s = getComputedStyle(e), still = t => t.split(",").every(d => parseFloat(d) === 0);
  return !still(s.transitionDuration) || (s.animationName !== "none" && !still(s.animationDuration)) || s.scrollBehavior !== "auto";
}).length"""
STOPS = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0'], [contenteditable]")]
  .filter(e => !e.disabled && e.tabIndex >= 0 && e.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true}))
  .filter(e => e.type !== "radio" || e.checked || !document.querySelector(`input[name="${e.name}"]:checked`))
  .map((e, i) => { e.dataset.stop = i; return e.outerHTML.slice(0, 120); })"""
FOCUSED = """window.went = [];
addEventListener("focusin", ({target: e}) => {
  const s = getComputedStyle(e), r = e.getBoundingClientRect();
  const ring = s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2 && s.outlineColor !== "rgba(0, 0, 0, 0)";
  went.push({stop: e.dataset.stop ?? null, seen: ring && r.width > 0 && r.height > 0 && r.left >= 0, what: e.outerHTML.slice(0, 120)});
});"""
MOST = 60
"""Stops on a page; one with more is an index with rows that are all alike."""


class View(NamedTuple):
    """A page as somebody sees it."""

    site: Site
    name: str
    width: int
    scheme: str

    def __str__(self) -> str:
        return f"{self.site.folder.parent.name}/{self.name} {self.width} {self.scheme}"


def views(by_kind: list[list[tuple[Site, str]]]) -> Iterator[View]:
    """Each kind of page in one width and one scheme, on one of the sites that have it; `make soak` has every page in all of them.

    Sites, widths and schemes take turns, so that over all kinds each site is seen in each width with each scheme.
    """
    for number, pages in enumerate(by_kind):
        if EVERY_PAGE:
            yield from (View(*page, width, scheme) for page in pages for width in WIDTHS for scheme in SCHEMES)
            continue
        site, name = pages[number // 4 % len(pages)]
        yield View(site, name, WIDTHS[number % 2], SCHEMES[number // 2 % 2])


def violations(page: Page) -> list[str]:
    """What axe finds wrong, each with the first element it finds wrong."""
    options = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}}
    found = page.evaluate(f"axe.run(document, {json.dumps({'resultTypes': ['violations'], **options})})")
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]} ({len(v['nodes'])})" for v in found["violations"]]


def astray(page: Page) -> list[str]:
    """Where the Tab key, held down from the top, goes astray, or nobody sees where it is."""
    stops = page.evaluate(STOPS)[:MOST]
    for _ in stops:
        page.keyboard.down("Tab")
    page.keyboard.up("Tab")
    went = page.evaluate("went")
    if [at["stop"] for at in went] == [str(number) for number in range(len(stops))]:
        return [f"not seen: {at['what']}" for at in went if not at["seen"]]
    pairs = zip(went, stops, strict=False)
    first = next((f"{at['what']} instead of {stop}" for at, stop in pairs if at["what"] != stop), "")
    return [first or f"{len(went)} of {len(stops)} stops"]


def skipped(page: Page) -> list[str]:
    """Whether the first stop leads to the text."""
    said = page.evaluate(
        "() => { const e = document.querySelector('[data-stop=\"0\"]'); e.focus(); return e.textContent; }"
    )
    page.keyboard.press("Enter")
    now = page.evaluate("document.activeElement.tagName")
    return [] if (said, now) == ("Skip to the text", "MAIN") else [f"{said!r} leads to {now}"]


def sideways(page: Page, width: int) -> list[str]:
    page.set_viewport_size({"width": width, "height": 800})
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return [f"scrolls sideways at {width}"] if wide else []


def wrong(page: Page, width: int) -> Iterator[str]:
    for other in (*WIDTHS, width):
        yield from sideways(page, other)
    if page.evaluate(MOVING):
        yield "something moves although less motion was asked for"
    yield from violations(page)
    yield from astray(page)
    yield from skipped(page)


def test_all_pages_are_for_everyone_in_either_width_and_scheme(
    by_kind: list[list[tuple[Site, str]]], browser: Browser
) -> None:
    from axe_playwright_python.base import AXE_SCRIPT

    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    context.add_init_script(FOCUSED)
    page = context.new_page()
    found: dict[str, list[str]] = {}
    seen = list(views(by_kind))
    for view in seen:
        page.set_viewport_size({"width": view.width, "height": 800})
        page.emulate_media(color_scheme=view.scheme)
        page.goto(view.site.address + view.name)
        page.evaluate(AXE_SCRIPT)
        found[str(view)] = list(wrong(page, view.width))
    context.close()
    assert len(found) > 20
    assert len({(view.site.folder, view.width, view.scheme) for view in seen}) == 8, (
        "each site in each width and scheme"
    )
    assert {view: wrong for view, wrong in found.items() if wrong} == {}
