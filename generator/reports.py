"""Problems in the forms that people, programs and pull requests read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from generator.problems import Problem


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
    advice = "".join([f"; {found.valid}" if found.valid else "", f", e.g. {found.example}" if found.example else ""])
    place = f"file={_property(found.path)},line={found.line},col={found.column},title={_property(found.check)}"
    return f"::{found.severity} {place}::{_data(found.message + advice)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMS: Mapping[str, Callable[[Problem], str]] = {"text": str, "json": as_json, "github": as_annotation}
