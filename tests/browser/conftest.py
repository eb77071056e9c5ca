"""What stands in this folder is marked `browser` and shares one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flags import FLAGS
from kinds import EVERY_PAGE, kind, sample
from serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


@dataclass(frozen=True)
class Site:
    """A site that was built and is being served."""

    folder: Path
    address: str
    pages: tuple[str, ...]
    """One of each kind."""


@pytest.fixture(scope="session")
def _shipped(shipped_site: Path) -> Iterator[Site]:
    with serving(shipped_site) as address:
        yield Site(shipped_site, address, tuple(sample(shipped_site)))


@pytest.fixture(scope="session")
def _larger(larger_site: Path) -> Iterator[Site]:
    with serving(larger_site) as address:
        yield Site(larger_site, address, tuple(sample(larger_site)))


@pytest.fixture(params=["shipped", "larger"])
def site(request: pytest.FixtureRequest) -> Site:
    """The shipped site, then the larger one."""
    found = request.getfixturevalue(f"_{request.param}")
    assert isinstance(found, Site)
    return found


@pytest.fixture(scope="session")
def by_kind(_shipped: Site, _larger: Site) -> list[list[tuple[Site, str]]]:
    """Of each kind the pages that stand for it: one, or one of each site; all of them in `make soak`."""
    found: dict[str, list[tuple[Site, str]]] = {}
    for site in (_shipped, _larger):
        for name in site.pages:
            found.setdefault(kind(site.folder, name), []).append((site, name))
    return [pages for _, pages in sorted(found.items())]


@pytest.fixture(scope="session")
def each_kind(by_kind: list[list[tuple[Site, str]]]) -> list[str]:
    """The address of a page of each kind, from both sites by turns; all of them in `make soak`."""
    turns = [pages if EVERY_PAGE else [pages[number % len(pages)]] for number, pages in enumerate(by_kind)]
    return [site.address + name for pages in turns for site, name in pages]
