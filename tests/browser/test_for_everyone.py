"""Nobody is shut out: axe finds nothing, no page scrolls sideways on a phone, the keyboard goes everywhere and is seen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Site
    from playwright.sync_api import Browser, Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""All that axe sees of the scheme."""
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


def violations(page: Page, options: dict[str, Any]) -> list[str]:
    """What axe finds wrong, each with the first element it finds wrong."""
    found = page.evaluate(f"axe.run(document, {json.dumps({'resultTypes': ['violations'], **options})})")
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]} ({len(v['nodes'])})" for v in found["violations"]]


def test_axe_finds_nothing_on_any_page_in_either_width_or_scheme(site: Site, browser: Browser) -> None:
    from axe_playwright_python.base import AXE_SCRIPT

    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    whole = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}}
    colours = {"runOnly": {"type": "rule", "values": COLOURS}}
    found: dict[str, list[str]] = {}
    for name in site.pages:
        page.goto(site.address + name)
        page.evaluate(AXE_SCRIPT)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme="light")
            found[f"{name} {width} light"] = violations(page, whole)
            page.emulate_media(color_scheme="dark")
            found[f"{name} {width} dark"] = violations(page, colours)
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                found[f"{name} {width}"] = ["scrolls sideways"]
            if page.evaluate(MOVING):
                found[f"{name} {width} moves"] = ["something moves although less motion was asked for"]
    context.close()
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("width", [320, 1280])
def test_the_keyboard_goes_everywhere_in_order_and_is_seen(site: Site, browser: Browser, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    context.add_init_script(FOCUSED)
    page = context.new_page()
    wrong: dict[str, object] = {}
    for name in site.pages:
        page.goto(site.address + name)
        stops = page.evaluate(STOPS)
        for _ in stops[:MOST]:
            page.keyboard.press("Tab")
        went = page.evaluate("went")
        if [at["stop"] for at in went] != [str(number) for number in range(len(stops[:MOST]))]:
            wrong[name] = next(
                (
                    f"{at['what']} instead of {stop}"
                    for at, stop in zip(went, stops, strict=False)
                    if at["what"] != stop
                ),
                f"{len(went)} of {len(stops)} stops",
            )
        elif unseen := [at["what"] for at in went if not at["seen"]]:
            wrong[name] = f"not seen: {unseen[0]}"
    context.close()
    assert wrong == {}


def test_the_keyboard_reaches_the_text_first(site: Site, browser: Browser) -> None:
    page = browser.new_page()
    for name in site.pages:
        page.goto(site.address + name)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the text", name
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.tagName") == "MAIN", name
    page.close()
