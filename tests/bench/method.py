"""The part of the method page that says what a build takes: figures and bars of `results.json`, in the project's own Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from generator.literal import literal

from .briefings import PROJECT
from .lines import megabytes, seconds

PAGE = PROJECT / "site_src" / "method.md"
HEADING = "## What a build takes"
BEFORE = "## For editors and programs"
"""The part stands before this one where the page has none yet."""
EQUAL = "cold-pages"
Lines = Sequence[Mapping[str, Any]]


def section(results: Mapping[str, Any]) -> str:
    """Its Markdown, from its heading on."""
    lines: Lines = results["lines"]
    equal = [line for line in lines if line["row"] == EQUAL and "wall" in line["values"]]
    reached = [line for line in lines if line["limit"] is not None and line["value"] is not None]
    parts = [HEADING, _measured(results), *_goals(reached), *_builders(equal)]
    return "\n\n".join(parts) + "\n"


def _measured(results: Mapping[str, Any]) -> str:
    day = date.fromisoformat(results["date"])
    machine, loop = results["machine"], results["loop"]
    cores = f"{machine['cores']} cores" if machine["cores"] != 1 else "one core"
    told = (
        f"Measured on {day.day} {day:%B %Y} by `make bench`, on invented articles, with {literal(machine['processor'])}, {cores}. "
        "Each build is a process of its own, and the clock runs from its start to its end. Figures are medians of at "
        f"least {results['times']} runs, but for cold builds of the largest briefing and what takes longer than a minute, which ran once."
    )
    if loop["seconds"]:
        told += f" Between the runs a plain loop was timed, to tell how quiet the machine was: nine of ten times lay within {loop['spread']:.0%} of each other."
    return told


def _goals(lines: Lines) -> Iterator[str]:
    if not lines:
        return
    yield "The stroke of a bar is the goal. Where the goal is to be at least something, a bar that goes beyond it is good; else one that ends before it."
    rows = ["| Work | Goal | Measured |", "|---|---|---|"]
    for line in lines:
        bar = _bar(line["value"], line["limit"], f"{line['work']}, measured against the goal")
        rows.append(f"| {line['work']} | {line['reach']}, {line['verdict']} | {line['measured']} {bar} |")
    yield "\n".join(rows)


def _builders(lines: Lines) -> Iterator[str]:
    if len(lines) < 2:
        return
    work = lines[0]["work"].partition(":")[0]
    yield (
        f"The same pages, built by this program and by others ({work}; 60 lines of Markdown, ten links and a table each), with bars up to the slowest:"
    )
    slowest = max(line["values"]["wall"] for line in lines)
    rows = ["| Builder | Seconds | Memory |", "|---|---|---|"]
    for line in lines:
        wall, memory = line["values"]["wall"], line["values"]["memory"]
        name = line["work"].partition(": ")[2]
        bar = _bar(wall, slowest, f"{name}, against the slowest")
        rows.append(f"| {name} | {seconds(wall)} {bar} | {megabytes(memory)} |")
    yield "\n".join(rows)


def _bar(value: float, target: float, title: str) -> str:
    return f'[{title}](#){{ .bullet data-value="{value:.4g}" data-target="{target:.4g}" }}'


def placed(page: str, part: str) -> str:
    """The page with the part in place of the one that it has."""
    found = re.search(rf"(?ms)^{re.escape(HEADING)}$.*?(?=^## |\Z)", page)
    if found:
        return page[: found.start()] + part + "\n" * (found.end() < len(page)) + page[found.end() :]
    at = page.index(BEFORE)
    return f"{page[:at]}{part}\n{page[at:]}"


def write_page(results: Mapping[str, Any], page: Path = PAGE) -> None:
    """Put the part onto the method page."""
    page.write_text(placed(page.read_text(encoding="utf-8"), section(results)), encoding="utf-8")
