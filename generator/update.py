"""Bringing fact files and registry up to what was read from the seeds, beside what people write there.

A file that a person saves while the generator works is read and merged once more; if it changes again,
it stays as it is until the next run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator import journal, publish
from generator.base import FOLDER as BASES
from generator.base import Base, Conflict
from generator.facts import FOLDER as FACTS
from generator.facts import FactFile, parse_fact_file, read_fact_file
from generator.lexicon import Lexicons
from generator.merge import merge
from generator.model import Entity, Extraction, Mark
from generator.problems import Problem, problem
from generator.registry import FOLDER as ENTITIES
from generator.registry import RegistryFile, add_candidates, entity_file, registry_marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Updated:
    """A source's fact file after merging."""

    file: FactFile | None
    """None where nothing was there and nothing could be written."""
    problems: tuple[Problem, ...]
    """Those of the file as it is now."""
    conflicts: tuple[Conflict, ...] = ()
    changed: bool = False


def _on_disk(root: Path, path: str) -> tuple[FactFile | None, list[Problem]]:
    raw = publish.read(root / path)
    return (None, []) if raw is None else read_fact_file(path, raw)


def update_facts(
    root: Path, extraction: Extraction, file: FactFile | None, base: Base | None, *, write: bool
) -> Updated:
    """Merge what was read from a seed into its fact file, which is written unless `write` is False."""
    id_ = extraction.source.id
    path, base_path = file.path if file else f"{FACTS}/{id_}.yml", f"{BASES}/{id_}.yml"
    problems: list[Problem] = []
    for _ in range(2):
        merged = merge(file, base, extraction)
        if not merged.written:  # what could not be read stays
            kept = problems or (parse_fact_file(path, file.text)[1] if file and file.text else [])
            return Updated(file=file, problems=tuple(kept), conflicts=tuple(merged.conflicts))
        seen = file.text if file else None
        if not write or journal.write(root, path, base_path, merged.text, merged.base_text, seen):
            now, problems = parse_fact_file(path, merged.text)
            return Updated(
                file=now, problems=tuple(problems), conflicts=tuple(merged.conflicts), changed=merged.text != seen
            )
        file, problems = _on_disk(root, path)
    return Updated(file=file, problems=(*problems, _restless(path)))


def _restless(path: str) -> Problem:
    return problem(
        Mark(path),
        "the file changed twice while it was read; it was left as it is",
        valid="build again",
        severity="warning",
        check="changed-meanwhile",
    )


def update_registry(
    root: Path, files: Mapping[str, RegistryFile], new: Iterable[Entity], lexicons: Lexicons, *, write: bool
) -> tuple[list[str], list[Problem]]:
    """Append candidates to the files of their kinds: the paths that changed, and problems."""
    there = registry_marks(files)  # entries with a problem too
    by_file: dict[str, list[Entity]] = {}
    for entity in new:
        if entity.id not in there:
            by_file.setdefault(entity_file(entity.kind, lexicons), []).append(entity)
    changed, problems = [], []
    for name, entities in sorted(by_file.items()):
        file, path = files.get(name), f"{ENTITIES}/{name}"
        if file and file.broken:
            continue
        text = add_candidates(file.text if file else None, entities)
        if text == (file.text if file else None):
            continue
        changed.append(path)
        if write and not _append(root / path, text, file.text if file else None, entities):
            problems.append(_restless(path))
    return changed, problems


def _append(path: Path, text: str, seen: str | None, entities: Sequence[Entity]) -> bool:
    if publish.replace(path, text.encode(), _still(seen)):
        return True
    raw = publish.read(path)
    try:
        now = None if raw is None else raw.decode()
    except UnicodeDecodeError:
        return False
    return publish.replace(path, add_candidates(now, entities).encode(), _still(now))


def _still(seen: str | None) -> Callable[[bytes | None], bool]:
    known = None if seen is None else seen.encode()
    return lambda now: now == known
