"""`briefing diff`: two states of a briefing, on disk or in revisions of git, and what changed from one to the other."""

from __future__ import annotations

from pathlib import Path

from generator.aggregate.difference import Difference, difference
from generator.loading import load
from generator.revision import load_revision, short
from generator.settings import read_settings


def compare(root: Path, revision: str, to: str = "") -> Difference:
    """What changed from a revision to another one, or to the files on disk; words are told under the settings on disk.

    Raises `revision.NoRevision` where git knows no such state.
    """
    settings = read_settings(root)
    before = load_revision(root, revision, settings[0])
    return difference(before, load_revision(root, to, settings[0]) if to else load(root, settings)[0])


def command(root: Path, revision: str, to: str = "") -> str:
    """The command that tells the same again, whatever `HEAD` is by then."""
    ends = [short(root, name) for name in (revision, to) if name]
    return " --to ".join([f"briefing diff {ends[0]}", *ends[1:]])
