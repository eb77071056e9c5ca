"""Briefings of invented articles, built as a maintainer builds them, and what it takes to build them again."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .articles import add_articles, write_briefing
from .measuring import Noise, Run, Runs, run

PROJECT = Path(__file__).parents[2]


def environment() -> dict[str, str]:
    """What commands run in: the program is that of this folder, compiled once as that of an installed package is."""
    compiled = {
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir(), "bench-compiled")),
    }
    return {**os.environ, **compiled, "PYTHONPATH": str(PROJECT), "NO_MKDOCS_2_WARNING": "1"}


PLAIN = "from generator.cli import main; main()"
"""The command as it is installed: `timed` imports more than a build that is left out does."""


@dataclass(frozen=True)
class Built:
    """One build: all of it, and the part that came after facts and pages, in seconds."""

    run: Run
    site: float


def build(root: Path, options: Sequence[str] = ()) -> Built:
    """Build a briefing in a fresh process."""
    report = root / ".bench.json"
    command = [sys.executable, "-m", "tests.bench.timed", report, "--root", root, "--quiet", *options]
    try:
        done = run(command, folder=root, env=environment(), fine=(0,))
        return Built(done, json.loads(report.read_text(encoding="utf-8"))["site"])
    finally:
        report.unlink(missing_ok=True)


@dataclass
class Measured:
    """A briefing of the first `sources` articles, and what was measured on it so far."""

    root: Path
    sources: int
    cold: Run
    added: list[Built] = field(default_factory=list)
    idle: list[Run] = field(default_factory=list)

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return sum(1 for _ in (self.root / "site").rglob("*.html"))

    def add(self, times: int, noise: Noise) -> Runs:
        """One source added and all made current, `times` times; what was measured before counts."""
        while len(self.added) < times:
            at = self.sources + len(self.added)
            add_articles(self.root, at, at + 1)
            noise.look()
            self.added.append(build(self.root))
        return Runs(tuple(built.run for built in self.added[:times]))

    def rest(self, times: int, noise: Noise) -> Runs:
        """Built again with nothing changed."""
        while len(self.idle) < times:
            noise.look()
            command = [sys.executable, "-c", PLAIN, "build", "--root", self.root, "--quiet"]
            self.idle.append(run(command, folder=self.root, env=environment()))
        return Runs(tuple(self.idle[:times]))


def cold(folder: Path, sources: int) -> Measured:
    """A new briefing, built for the first time."""
    root = folder / f"briefing-{sources}"
    write_briefing(root, sources)
    return Measured(root, sources, build(root).run)
