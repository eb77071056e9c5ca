"""`make profile`: where the time goes of a cold build, of one source added, and of nothing changed.

    python -m tests.bench.profile [SOURCES] [FOLDER]

FOLDER keeps the briefing: it is built cold where it is new, and grows by one source at each call.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .articles import add_articles, write_briefing
from .briefings import environment
from .measuring import Run, run

HOTTEST = 10
PARTS = 15
FEW = 0.005
"""A stage with less than this share is not told."""


@dataclass(frozen=True)
class Profile:
    """One build: seconds of the processor, and how often it was seen where."""

    work: str
    run: Run
    cpu: float
    stages: Mapping[str, int]
    parts: Mapping[str, int]
    functions: Mapping[str, int]

    def table(self) -> Iterator[str]:
        """Stages, the program's modules, and the hottest functions, each with seconds and share."""
        others = f" (in other processes {self.run.cpu - self.cpu:.2f} s more)" if self.run.cpu > 1.15 * self.cpu else ""
        spent = f"{self.run.wall:.2f} s, {self.cpu:.2f} s of the processor{others}, {self.run.memory / 1e6:.0f} MB"
        yield f"{self.work}: {spent}"
        for what, found, most in (
            ("stage", self.stages, len(self.stages)),
            ("module, with the libraries that it calls", self.parts, PARTS),
            ("function, by itself", self.functions, HOTTEST),
        ):
            yield f"  {'cpu s':>8} {'share':>6}  {what}"
            total = sum(found.values()) or 1
            for name, count in sorted(found.items(), key=lambda item: (-item[1], item[0]))[:most]:
                if count >= FEW * total or most < len(found):
                    yield f"  {self.cpu * count / total:8.2f} {count / total:6.1%}  {name}"
        yield ""


def profiled(root: Path, work: str) -> Profile:
    """A build of a briefing in a fresh process, looked at."""
    report = root / ".bench.json"
    command = [sys.executable, "-m", "tests.bench.sampling", report, "--root", root, "--quiet"]
    try:
        done = run(command, folder=root, env=environment())
        told = json.loads(report.read_text(encoding="utf-8"))
    finally:
        report.unlink(missing_ok=True)
    return Profile(work, done, told["cpu"], told["stages"], told["parts"], told["functions"])


def profiles(folder: Path, sources: int) -> Iterator[Profile]:
    """Cold, one source added, nothing changed."""
    root = folder / f"profile-{sources}"
    if not root.is_dir():
        write_briefing(root, sources)
        yield profiled(root, f"{sources:,} sources, cold")
    else:
        profiled(root, "after a change of the program")
    there = sum(1 for _ in (root / "seeds").iterdir())
    add_articles(root, there, there + 1)
    yield profiled(root, f"one source added to {there:,}")
    yield profiled(root, f"nothing changed, {there + 1:,} sources")


def main(sources: int, folder: Path | None) -> None:
    """Print all three."""
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        for profile in profiles(folder, sources):
            print(*profile.table(), sep="\n", flush=True)
        return
    with tempfile.TemporaryDirectory() as made:
        main(sources, Path(made))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, Path(sys.argv[2]) if len(sys.argv) > 2 else None)
