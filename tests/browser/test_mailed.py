"""The shipped briefing as one file: small enough to mail, and whole in a browser that may load nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from generator.one_file import of_site
from generator.pipeline import generate
from generator.render import packaged_templates

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MOST = 300_000


def test_the_one_file_is_small_and_runs_under_its_own_policy(bare_site: Path, browser: Browser, tmp_path: Path) -> None:
    text = of_site(bare_site, generate(bare_site.parent, write=False).briefing, [packaged_templates()])
    assert len(text.encode()) <= MOST
    (tmp_path / "mailed.html").write_text(text, encoding="utf-8")
    context = browser.new_context(viewport={"width": 360, "height": 640})
    context.clock.set_fixed_time("2026-11-23T12:00:00Z")
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "mailed.html").as_uri())
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert page.locator(".passed").first.inner_text().startswith("Passed ")
    page.locator(".cite").first.click()
    assert page.locator("mark:target").is_visible()
    assert (said, len(asked)) == ([], 1)
    context.close()
