"""A difference as the files that continuous integration hands on from one job to the next."""

from __future__ import annotations

from pathlib import Path

from generator.aggregate.difference import Difference
from generator.changelog.as_json import as_json
from generator.changelog.forms import LIMIT, as_markdown
from generator.changelog.headline import headline
from generator.publish import replace

OF_A_COMMIT = LIMIT // 10
"""Bytes of a commit's message below its title; who reads a log wants no more."""


def write(found: Difference, folder: Path, command: str, revision: str, to: str = "") -> None:
    """Write `title.txt`, `body.md`, `commit.md` and `difference.json`; `command` is what tells all that is left out of the Markdown."""
    texts = {
        "title.txt": f"{headline(found)}\n",
        "body.md": as_markdown(found, command),
        "commit.md": as_markdown(found, command, OF_A_COMMIT),
        "difference.json": as_json(found, revision, to),
    }
    for name, text in texts.items():
        replace(folder / name, text.encode())
