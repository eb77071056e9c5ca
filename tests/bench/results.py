"""What a run of the bench found, on which machine and when, kept as JSON."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from .lines import Line
from .measuring import PROC, Noise

FILE = Path(__file__).with_name("results.json")


def machine() -> dict[str, str | int]:
    """What it runs on."""
    return {
        "processor": _first(PROC / "cpuinfo", "model name") or platform.processor() or platform.machine(),
        "cores": os.cpu_count() or 1,
        "memory": _first(PROC / "meminfo", "MemTotal"),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }


def _first(file: Path, name: str) -> str:
    if not file.is_file():
        return ""
    lines = (line.partition(":") for line in file.read_text().splitlines())
    return next((value.strip() for key, _, value in lines if key.strip() == name), "")


@dataclass(frozen=True)
class Results:
    """All lines of a run, and how quiet the machine was."""

    machine: Mapping[str, str | int]
    noise: Noise
    lines: tuple[Line, ...]
    absent: tuple[str, ...]
    """Builders that are not installed."""
    times: int

    def remarks(self) -> list[str]:
        """What stands below the table."""
        found = [
            f"{self.machine['processor']}, {self.machine['cores']} cores; medians of {self.times} runs where none is said to be single."
        ]
        if self.noise.loops:
            found.append(
                f"The machine's noise: a plain loop between the runs took {median(self.noise.loops):.3f} s, nine of ten times within {self.noise.spread:.0%}."
            )
        if self.absent:
            found.append(f"Not installed: {'; '.join(self.absent)}.")
        return found

    def mapping(self) -> dict[str, Any]:
        """As JSON holds it; the day is that on which it is called."""
        return {
            "date": date.today().isoformat(),
            "machine": dict(self.machine),
            "loop": {
                "seconds": round(median(self.noise.loops), 4) if self.noise.loops else None,
                "spread": round(self.noise.spread, 3),
            },
            "times": self.times,
            "absent": list(self.absent),
            "lines": [
                {
                    "row": line.row,
                    "work": line.work,
                    "reach": line.reach,
                    "measured": line.measured,
                    "value": None if line.value is None else round(line.value, 4),
                    "limit": None if line.limit is None else round(line.limit, 4),
                    "verdict": line.verdict,
                    "values": {name: round(value, 4) for name, value in line.values.items()},
                }
                for line in self.lines
            ],
        }


def write(found: Results, file: Path = FILE) -> dict[str, Any]:
    """Keep it, and give all that is kept; rows that were not measured stay as they were."""
    new = found.mapping()
    if file.is_file():
        rows = {line["row"] for line in new["lines"]}
        kept = [line for line in json.loads(file.read_text(encoding="utf-8"))["lines"] if line["row"] not in rows]
        new["lines"] = [*kept, *new["lines"]]
    file.write_text(json.dumps(new, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return new
