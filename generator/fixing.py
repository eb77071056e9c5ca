"""`briefing check --fix`: what can be mended without a question, mended in the files' own text."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from generator import journal, publish
from generator.facts import FOLDER as FACTS
from generator.facts import parse_fact_file, read_fact_file
from generator.listing import files
from generator.mend import apply
from generator.pipeline import Report, generate
from generator.problems import Problem, errors
from generator.reach import leads_out
from generator.registry import FOLDER as ENTITIES
from generator.topics import TOPICS
from generator.yamlbounds import BYTES
from generator.yamlfile import data, read_yaml

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
        else:
            report = generate(root, write=False)
    return gone, report


def _files(root: Path) -> Iterable[Path]:
    """Fact files, registry and topics, but for what cannot be read."""
    listed = (
        (root / folder / name, wrong) for folder in (FACTS, ENTITIES) for name, wrong in files(root / folder, folder)
    )
    found = [path for path, wrong in listed if wrong is None]
    if (root / TOPICS).is_file() and not leads_out(root, root / TOPICS):
        found.append(root / TOPICS)
    return (path for path in found if path.stat().st_size <= BYTES)


def _mend(path: Path, name: str, seen: str, found: list[Problem]) -> list[Problem]:
    """Mend one file that still has the bytes that were `seen`: the problems that are gone."""
    raw = path.read_bytes()
    if publish.digest(raw) != seen:
        return []
    before = _present(name, raw)
    text, done = apply(before, [problem.fix for problem in found])
    changes = sum(len(found[rank].fix) for rank in done)
    if not _sound(name, before, text, changes):
        return []
    written = publish.replace(path, text.encode("utf-8"), lambda now: now == raw)
    return [found[rank] for rank in done] if written else []


def _present(name: str, raw: bytes) -> str:
    """The text that problems speak of: of a fact file that of the present format."""
    file = read_fact_file(name, raw)[0] if name.startswith(FACTS + "/") else None
    return file.text if file and file.root else raw.decode("utf-8")


def _sound(name: str, before: str, text: str, changes: int) -> bool:
    """Whether a mended file says what it said but for as many values, and a fact file has no more errors."""
    (was, _), (now, wrong) = read_yaml(name, before), read_yaml(name, text)
    if wrong or _differences(data(was), data(now)) > changes:
        return False
    if not name.startswith(FACTS + "/"):
        return True
    (old, told), (new, left) = parse_fact_file(name, before), parse_fact_file(name, text)
    if not old or not new or new.broken > old.broken:
        return False
    return {fact.id for fact in old.facts} <= {fact.id for fact in new.facts} and len(errors(left)) <= len(errors(told))


def _differences(a: Any, b: Any) -> int:
    """How many keys and values differ."""
    if isinstance(a, dict) and isinstance(b, dict):
        pairs = zip(a.items(), b.items(), strict=False)
        return abs(len(a) - len(b)) + sum(int(k != n) + _differences(v, w) for (k, v), (n, w) in pairs)
    if isinstance(a, list) and isinstance(b, list):
        return abs(len(a) - len(b)) + sum(_differences(v, w) for v, w in zip(a, b, strict=False))
    return 1 if a != b else 0
