"""What is measured, as lines of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

MEASURED = {True: "reached", False: "not reached", None: "no verdict"}


@dataclass(frozen=True)
class Line:
    """One line: what is done, what is to be reached, what was measured."""

    row: str
    work: str
    reach: str
    measured: str
    met: bool | None
    """None where there is nothing to compare with."""
    values: Mapping[str, float] = field(default_factory=dict)
    """The figures behind it: seconds, bytes, ratios, by names that tell which."""

    @property
    def verdict(self) -> str:
        """In words."""
        return MEASURED[self.met]


def seconds(value: float) -> str:
    """`0.42 s`, `12.3 s`, `742 s`."""
    return f"{value:.{2 if value < 10 else 1 if value < 100 else 0}f} s"


def megabytes(value: float) -> str:
    """`412 MB`."""
    return f"{value / 1e6:.0f} MB"


def kilobytes(value: float) -> str:
    """`105 KB`, of 1,024 bytes."""
    return f"{value / 1024:.0f} KB"


def table(lines: Sequence[Line]) -> str:
    """All lines, in columns that are as wide as they need."""
    heads = ("row", "work", "reach", "measured", "verdict")
    cells = [heads, *((line.row, line.work, line.reach, line.measured, line.verdict) for line in lines)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(heads))]
    return "\n".join(
        "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells
    )
