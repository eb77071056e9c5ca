"""A briefing under `briefing serve`: how long after an edit its page is fresh."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from .briefings import environment
from .measuring import CommandFailed

OPEN = build_opener(ProxyHandler({}))
LOOK = 0.05
"""Seconds between two looks at a page."""
TEXT = re.compile(r"(?m)^  text: (?!['\"|>])(.+)$")


def _free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _page(address: str) -> str:
    try:
        with OPEN.open(address, timeout=30) as answer:
            return str(answer.read().decode())
    except (URLError, ConnectionError, TimeoutError):
        return ""


@contextmanager
def serving(root: Path, patience: float) -> Iterator[str]:
    """The address of the briefing while it is served; raises `CommandFailed` where it is not there in time."""
    port = _free()
    command = [
        sys.executable,
        "-m",
        "generator.cli",
        "serve",
        "--root",
        str(root),
        "--quiet",
        "--address",
        f"127.0.0.1:{port}",
    ]
    log = root / ".bench.log"
    with log.open("wb") as out:
        child = subprocess.Popen(command, env=environment(), stdout=out, stderr=out)
        try:
            address, until = f"http://127.0.0.1:{port}/", time.monotonic() + patience
            while not _page(address):
                if time.monotonic() > until or child.poll() is not None:
                    raise CommandFailed(f"{' '.join(command)}: {log.read_text(errors='replace')[-2000:]}")
                time.sleep(0.2)
            yield address
        finally:
            child.terminate()
            child.wait()
    log.unlink()


def _rested(root: Path) -> None:
    """Wait until no run is at work: one that is tells who it is in its lock, and the next begins a moment after an edit."""
    lock, quiet = root / ".cache" / "lock", 0
    while quiet < 10:
        quiet = 0 if lock.stat().st_size else quiet + 1
        time.sleep(0.2)


def edits(root: Path, address: str, times: int) -> Iterator[float]:
    """Seconds from the edit of a fact's text until the page of its source tells it, for one source after the other; each once all has
    been built after the one before."""
    files = sorted((root / "site_src" / "facts").glob("*.yml"))
    for turn in range(times):
        _rested(root)
        path = files[(turn + 1) * len(files) // (times + 1)]
        text, words = path.read_text(encoding="utf-8"), f"Measured for the {turn + 1}th time"
        changed, found = TEXT.subn(f"  text: {words}.", text, count=1)
        assert found, path
        page = f"{address}sources/{path.stem}.html"
        assert _page(page), page
        path.write_text(changed, encoding="utf-8")
        started = time.perf_counter()
        while words not in _page(page):
            if time.perf_counter() - started > 600:
                raise CommandFailed(f"{page} did not become fresh in ten minutes")
            time.sleep(LOOK)
        yield time.perf_counter() - started
