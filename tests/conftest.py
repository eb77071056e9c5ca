"""What all tests share: the browser, if the machine has one, and a line that says so if it has not."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from briefings import ADDRESS, larger, shipped
from hostile import build as hostile
from hypothesis import settings

EXAMPLES = int(os.environ.get("LAWS", "40"))
"""Of a law, where its test names no number; `make soak` tries many."""
# No deadline: laws say what holds, not how fast a busy machine is.
settings.register_profile("any machine", max_examples=EXAMPLES, deadline=None)
settings.load_profile("any machine")

os.fsync = lambda _: (
    None
)  # no power fails here, and a killed process leaves what it wrote: nothing is shown by waiting for the disk

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
    for reason, count in Counter(str(report.longrepr[2]).removeprefix("Skipped: ") for report in skipped).items():
        terminalreporter.write_line(f"{count} browser tests skipped: {reason}")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the browser, for the tests in `browser/`."""
    found = browser()
    assert found, "tests in tests/browser are skipped where there is none"
    return found


def _once(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], Path]) -> Path:
    """The site that `build` makes in a folder, made by whichever process of the run asks first."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "site" / "index.html").is_file():
            folder.mkdir()
            assert build(folder) == folder / "site"
    return folder / "site"


@pytest.fixture(scope="session")
def shipped_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of this repository's briefing, with an address of its own."""
    return _once(tmp_path_factory, "shipped", lambda root: shipped(root, ADDRESS))


@pytest.fixture(scope="session")
def bare_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same without an address, to be read from files."""
    return _once(tmp_path_factory, "bare", shipped)


@pytest.fixture(scope="session")
def larger_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of thirty invented articles."""
    return _once(tmp_path_factory, "larger", larger)


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a briefing whose every field holds what an attacker would write."""
    return _once(tmp_path_factory, "hostile", hostile)
