"""`briefing build`, which also writes down how long the site took once facts and pages were there.

python -m tests.bench.timed FILE [OPTIONS OF BRIEFING BUILD]
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from generator import pipeline


def main(report: Path, options: list[str]) -> None:
    """Build, and note the seconds from the end of `generated` to the end of all in `report`; none where it was not called."""
    generated, ends = pipeline.generated, list[float]()

    def noted(*args: Any, **named: Any) -> Any:
        try:
            return generated(*args, **named)
        finally:
            ends.append(time.perf_counter())

    pipeline.generated = noted  # before any module takes it from there
    from generator.cli import main as command

    try:
        command(["build", *options])
    finally:
        report.write_text(json.dumps({"site": time.perf_counter() - ends[-1] if ends else 0.0}), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
