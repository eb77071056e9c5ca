"""What is measured, as lines of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Line:
    """One line: what is done, what was measured in words, and the figure that is to stay within a limit."""

    row: str
    work: str
    measured: str
    value: float | None = None
    limit: float | None = None
    """The most that `value` may be; None where there is nothing to reach."""
    reach: str = ""
    """The limit in words."""
    least: bool = False
    """Whether the limit is the least instead."""
    failed: bool = False
    values: Mapping[str, float] = field(default_factory=dict)
    """The figures behind it: seconds, bytes, ratios, by names that tell which."""

    @property
    def met(self) -> bool | None:
        """Whether it is reached; None where there is nothing to compare."""
        if self.failed:
            return False
        if self.value is None or self.limit is None:
            return None
        return self.value >= self.limit if self.least else self.value <= self.limit

    @property
    def verdict(self) -> str:
        """In words."""
        met = self.met
        return "" if met is None else "reached" if met else "not reached"


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
