"""Problems in the forms that people, programs and pull requests read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from generator.problems import Problem
from generator.visible import visible

WIDTH = 160
"""Characters of a line that are shown at most."""


def as_json(found: Problem) -> str:
    """One JSON object: `path`, `line`, `column`, `severity`, `check`, `message`, `valid`, `example`, `entry`."""
    return json.dumps(
        {
            "path": found.path,
            "line": found.line,
            "column": found.column,
            "severity": found.severity,
            "check": found.check,
            "message": found.message,
            "valid": found.valid,
            "example": found.example,
            "entry": found.entry,
        },
        ensure_ascii=False,
    )


def as_annotation(found: Problem) -> str:
    """A workflow command of GitHub Actions, which shows the problem beside its line in a pull request.

    Escaped as "Workflow commands for GitHub Actions" of its documentation says: `%`, CR and LF everywhere, `:` and `,` in
    properties.
    """
    severity = "notice" if found.severity == "note" else found.severity
    place = f"file={_property(found.path)},line={found.line},col={found.column},title={_property(found.check)}"
    return f"::{severity} {place}::{_data(visible(found.sentence + (chr(10) + found.entry if found.entry else '')))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def with_entries(problems: Iterable[Problem], texts: Mapping[str, str]) -> list[Problem]:
    """Problems with the line they are about, below those that it belongs to: of a fact's key the fact's first line.

    `texts` are the files by path, as they were read; a problem that shows an entry already keeps it.
    """
    lines: dict[str, list[str]] = {}
    shown = []
    for found in problems:
        if not found.entry and (text := texts.get(found.path)) is not None:
            there = lines.setdefault(found.path, text.split("\n"))
            found = replace(found, entry=_entry(there, found.line - 1))
        shown.append(found)
    return shown


def _entry(lines: Sequence[str], at: int) -> str:
    """A line with the nearest lines above that are indented less, outermost first; `facts:` tells nothing."""
    if not 0 <= at < len(lines) or not lines[at].strip() or lines[at].lstrip("\ufeff ").startswith("#"):
        return ""
    chain, depth = [lines[at]], _depth(lines[at])
    for line in reversed(lines[:at]):
        if depth <= 0:
            break
        if line.strip() and not line.lstrip().startswith("#") and _depth(line) < depth:
            chain.append(line)
            depth = _depth(line)
    told = [line.removeprefix("\ufeff").rstrip()[:WIDTH] for line in reversed(chain)]
    return "\n".join(line for line in told if line != "facts:" or len(told) == 1)


def _depth(line: str) -> int:
    """How far a line is indented; an item stands deeper than the key of its list, at the same margin or not."""
    bare = line.lstrip(" ")
    return 2 * (len(line) - len(bare)) + bare.startswith("- ")


FORMS: Mapping[str, Callable[[Problem], str]] = {"text": str, "json": as_json, "github": as_annotation}
