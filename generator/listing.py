"""Which files stand in a folder of a briefing, and what of them is not to be read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from generator.model import Mark
from generator.problems import Problem, link_out, not_a_file
from generator.reach import leads_out


def files(folder: Path, shown: str, suffix: str = ".yml") -> Iterator[tuple[str, Problem | None]]:
    """Names of what should be files in a folder two steps below the root, in their order, each with what keeps it from being read.

    There are none in a folder that is itself out of reach, which is told once for all.
    """
    root = folder.parents[1]
    if not folder.is_dir() or leads_out(root, folder):
        return
    with os.scandir(folder) as entries:
        there = sorted((entry for entry in entries if entry.name.endswith(suffix)), key=lambda entry: entry.name)
    for entry in there:
        name = f"{shown}/{entry.name}"
        if entry.is_symlink() and leads_out(root, entry.path):
            yield entry.name, link_out(name)
        else:
            yield entry.name, None if entry.is_file() else not_a_file(Mark(name))
