"""A page is light: measured from network events, on the heaviest page of each kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinds import heaviest
from weights import weigh

if TYPE_CHECKING:
    from conftest import Site
    from playwright.sync_api import Browser


def test_no_page_is_heavy_or_asks_anybody_else(site: Site, browser: Browser) -> None:
    context = browser.new_context()
    weights = list(weigh(context, site.address, heaviest(site.folder).values()))
    context.close()
    assert len(weights) > 15
    assert {weight.name: weight.faults(site.address) for weight in weights if weight.faults(site.address)} == {}
