"""A build that looks where it is every few milliseconds of processor time, which costs it next to nothing.

python -m tests.bench.sampling FILE [OPTIONS OF BRIEFING BUILD]
"""

from __future__ import annotations

import atexit
import json
import signal
import sys
import time
from collections import Counter
from pathlib import Path
from types import FrameType

EVERY = 0.002
"""Seconds of processor time from one look to the next."""
PROJECT = f"{Path(__file__).parents[2]}/"
FLOW = {"generator/pipeline.py": "facts and pages", "mkdocs/commands/build.py": "site"}
"""Files whose callees are stages: those of the innermost count."""


def place(frame: FrameType) -> tuple[str, str]:
    """File and function: the file below this project or below where packages are."""
    path = frame.f_code.co_filename
    short = path.removeprefix(PROJECT) if path.startswith(PROJECT) else path.rpartition("site-packages/")[2]
    return short.rpartition("/lib/python")[2] if short.startswith("/") else short, frame.f_code.co_qualname


class Looks:
    """How often the program was seen where."""

    def __init__(self) -> None:
        self.stages: Counter[str] = Counter()
        self.parts: Counter[str] = Counter()
        self.functions: Counter[str] = Counter()

    def look(self, _: int, frame: FrameType | None) -> None:
        """Note the stage, the module of the program that is at work, and the function."""
        places = []
        while frame:
            places.append(place(frame))
            frame = frame.f_back
        if not places:
            return
        file, function = places[0]
        self.functions[f"{file}: {function}"] += 1
        own = next(
            (path for path, _ in places if path.startswith(("generator/", "templates/")) and "bench" not in path),
            "start and end",
        )
        self.parts[own] += 1
        self.stages[stage(places)] += 1


def stage(places: list[tuple[str, str]]) -> str:
    """The stage of a stack, innermost first: what the flow or MkDocs' build has called; a hook under its own name."""
    at = next((at for at, (path, _) in enumerate(places) if path in FLOW), None)
    if at is None:
        return "start and end"
    path, name = next(((p, n) for p, n in places[:at][::-1] if p != "mkdocs/plugins.py"), places[at])
    module = path.removesuffix(".py").replace("/", ".").removeprefix("generator.")
    return f"{FLOW[places[at][0]]}: {module}.{name}"


def main(report: Path, options: list[str]) -> None:
    """Build, and write what was seen to `report`."""
    looks = Looks()
    signal.signal(signal.SIGPROF, looks.look)
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)

    def write() -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)
        told = {"cpu": time.process_time(), **{name: dict(found) for name, found in vars(looks).items()}}
        report.write_text(json.dumps(told), encoding="utf-8")

    atexit.register(write)
    from generator.cli import main as command

    command(["build", *options])


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
