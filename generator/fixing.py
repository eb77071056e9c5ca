"""`briefing check --fix`: what can be mended without a question, mended in the files' own text."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from generator import journal, publish
from generator.facts import FOLDER as FACTS
from generator.facts import read_fact_file
from generator.mend import apply
from generator.pipeline import Report, generate
from generator.problems import Problem, errors
from generator.yamlfile import read_yaml

ROUNDS = 5
"""How often mending may bring to light what is to be mended next."""


def fix(root: Path) -> tuple[list[Problem], Report]:
    """Mend what is safe: the problems that are gone, and what is found after that.

    A file that a build has yet to write is left to it, and so is one that changes meanwhile. Raises `publish.Busy` where
    another run is at work.
    """
    gone: list[Problem] = []
    with publish.lock(root):
        journal.recover(root)
        for _ in range(ROUNDS):
            before = {path: publish.digest(path.read_bytes()) for path in _files(root)}
            report = generate(root, write=False)
            mended = []
            for name in dict.fromkeys(found.path for found in report.problems if found.fix):
                path = root / name
                if name not in report.changed and path in before:
                    mended += _mend(path, name, before[path], [p for p in report.problems if p.path == name and p.fix])
            gone += mended
            if not mended:
                break
    return gone, report


def _files(root: Path) -> Iterable[Path]:
    folders = (root / FACTS, root / "site_src/entities", root / "site_src")
    return (path for folder in folders for path in sorted(folder.glob("*.yml")) if path.is_file())


def _mend(path: Path, name: str, seen: str, found: list[Problem]) -> list[Problem]:
    """Mend one file that still has the bytes that were `seen`: the problems that are gone."""
    raw = path.read_bytes()
    if publish.digest(raw) != seen:
        return []
    text, done = apply(raw.decode("utf-8"), [problem.fix for problem in found])
    if not _sound(name, raw, text.encode("utf-8")):
        return []
    written = publish.replace(path, text.encode("utf-8"), lambda now: now == raw)
    return [found[rank] for rank in done] if written else []


def _sound(name: str, raw: bytes, new: bytes) -> bool:
    """Whether a mended file can be read, with every fact that it had, and has no more errors than before."""
    if not name.startswith(FACTS + "/"):
        return not read_yaml(name, new.decode("utf-8"))[1]
    (was, wrong), (now, left) = (read_fact_file(name, text) for text in (raw, new))
    if not was or not now or now.broken > was.broken:
        return False
    return {fact.id for fact in was.facts} <= {fact.id for fact in now.facts} and len(errors(left)) <= len(
        errors(wrong)
    )
