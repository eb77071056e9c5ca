"""What all tests share: the browser, if the machine has one, and a line that says so if it has not."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import settings

settings.register_profile("any machine", deadline=None)  # laws say what holds, not how fast a busy machine is
settings.load_profile("any machine")

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def browser() -> str | None:
    """The Chromium of this machine."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if browser() is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [report for report in terminalreporter.stats.get("skipped", ()) if "browser" in report.keywords]
    if skipped:
        terminalreporter.write_line(f"{len(skipped)} browser tests skipped: no Chromium on this machine")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the browser, for the tests in `browser/`."""
    found = browser()
    assert found, "tests in tests/browser are skipped where there is none"
    return found
