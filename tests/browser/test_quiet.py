"""No page complains, and the policy that a page carries against foreign scripts and styles is strict and works."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from kinds import names
from lxml import html

if TYPE_CHECKING:
    from conftest import Site
    from playwright.sync_api import Browser

POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "script-src": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
}
"""The most that a page may allow itself."""
DATA = "application/ld+json"


def test_no_page_complains(each_kind: list[str], browser: Browser) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    for address in each_kind:
        page.goto(address, wait_until="load")
        assert page.evaluate("getComputedStyle(document.body).maxWidth") == "1152px", "the style sheet was kept out"
    page.close()
    assert said == []


def inline(text: str) -> list[str]:
    """What of a page runs or styles without a file of its own; blocks of data are neither."""
    page = html.document_fromstring(text)
    found = [f"<{e.tag} {name}>" for e in page.iter() for name in e.attrib if name == "style" or name.startswith("on")]
    found += [f"<style>: {e.text}" for e in page.iter("style")]
    found += [f"<script>: {e.text}" for e in page.iter("script") if not e.get("src") and e.get("type") != DATA]
    return found + [link for _, _, link, _ in page.iterlinks() if link.casefold().startswith("javascript:")]


@pytest.mark.parametrize("which", ["shipped_site", "larger_site"])
def test_every_page_carries_the_policy_before_all_else_that_loads(which: str, request: pytest.FixtureRequest) -> None:
    site: Path = request.getfixturevalue(which)
    for name in names(site):
        text = (site / name).read_text(encoding="utf-8")
        (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', text)
        rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split(";") if rule.strip()}
        assert rules.keys() == POLICY.keys(), name
        assert all(set(rules[rule]) <= set(allowed) for rule, allowed in POLICY.items()), name
        assert text.index(policy) < min(text.index("<link"), text.index("<script"), text.index("<title")), name
        assert inline(text) == [], name


def test_what_somebody_slips_into_a_page_does_not_run(site: Site, browser: Browser) -> None:
    page = browser.new_page()
    slipped = "<script>document.title = 'ran'</script><img src=x: onerror=\"document.title = 'ran'\"><style>body{display:none}</style>"

    def answer(route: object) -> None:
        told = route.fetch()  # type: ignore[attr-defined]
        route.fulfill(response=told, body=told.text().replace("<main", slipped + "<main"))  # type: ignore[attr-defined]

    page.route("**/index.html", answer)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(site.address + "index.html")
    assert page.title() != "ran"
    assert page.evaluate("getComputedStyle(document.body).display") != "none"
    assert sum("Content Security Policy" in text for text in said) >= 3, said
    page.close()
    assert (
        inline("<p style=x onclick=y><a href=javascript:z>a</a><style>b</style><script>c</script></p>").__len__() == 5
    )
