"""Bringing fact files and registry up to what was read from the seeds, beside what people write there.

A file that a person saves while the generator works is read and merged once more; if it changes again,
it stays as it is until the next run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator import journal, publish
from generator.base import FOLDER as BASES
from generator.base import Base, Conflict
from generator.facts import FOLDER as FACTS
from generator.facts import FactFile, parse_fact_file, read_fact_file
from generator.lexicon import Lexicons
from generator.merge import Merged, merge
from generator.model import Entity, Extraction, Mark
from generator.problems import Problem, problem
from generator.registry import FOLDER as ENTITIES
from generator.registry import MODELINE, RegistryFile, entity_file, read_registry_file
from generator.registry_adding import add_candidates, added_to
from generator.registry_entries import Entries
from generator.store import Store, digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a source's fact file and base are to become; nothing is written yet."""

    extraction: Extraction
    path: str
    seen: str | None
    """The file's text that was merged; None where there was no file."""
    merged: Merged
    file: FactFile | None
    """The file as it will be; None where nothing was there and nothing could be merged."""
    problems: tuple[Problem, ...] | None
    """Those of the file as it will be, and of merging; None where it stays as it was read."""
    of_file: tuple[Problem, ...] = ()
    """Those of the file as it will be alone."""

    @property
    def changed(self) -> bool:
        """Whether the file's text will differ."""
        return self.merged.written and self.merged.text != self.seen

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What a person and the machine see differently."""
        return tuple(self.merged.conflicts)


def plan_facts(extraction: Extraction, file: FactFile | None, base: Base | None) -> Plan:
    """Merge what was read from a seed into its fact file."""
    path = file.path if file else f"{FACTS}/{extraction.source.id}.yml"
    merged, seen = merge(file, base, extraction), file.seen if file else None
    if not merged.written:
        told = (*parse_fact_file(path, file.text)[1], *merged.problems) if file and merged.problems else None
        return Plan(extraction=extraction, path=path, seen=seen, merged=merged, file=file, problems=told)
    now, problems = parse_fact_file(path, merged.text)
    told = (*problems, *merged.problems)
    return Plan(
        extraction=extraction, path=path, seen=seen, merged=merged, file=now, problems=told, of_file=tuple(problems)
    )


def unwritable(root: Path, paths: Iterable[str]) -> Iterator[Problem]:
    """What would keep fact files from being written."""
    for path in paths:
        if why := publish.sealed(root / path):
            yield _sealed(path, why)


def write_facts(root: Path, plan: Plan, base: Callable[[], Base | None]) -> Plan:
    """Write a plan: the plan as it was carried out. A file that changed meanwhile is merged once more, with the `base` as it was."""
    for _ in range(2):
        merged = plan.merged
        base_path = f"{BASES}/{plan.extraction.source.id}.yml"
        if merged.written and plan.changed and (why := publish.sealed(root / plan.path)):
            return replace(plan, problems=(*(plan.problems or ()), _sealed(plan.path, why)))
        if not merged.written or journal.write(root, plan.path, base_path, merged.text, merged.base_text, plan.seen):
            return plan
        raw = publish.read(root / plan.path)
        file, found = (None, []) if raw is None else read_fact_file(plan.path, raw)
        plan = plan_facts(plan.extraction, file, base())
        plan = plan if plan.problems is not None else replace(plan, problems=tuple(found))
    merged = Merged(text=plan.seen or "", base_text="", conflicts=plan.conflicts, written=False)
    return replace(plan, merged=merged, problems=(*(plan.problems or ()), _restless(plan.path)))


def _restless(path: str) -> Problem:
    return problem(
        Mark(path),
        "the file changed twice while it was read; it was left as it is",
        valid="build again",
        severity="warning",
        check="changed-meanwhile",
    )


def _sealed(path: str, why: str) -> Problem:
    return problem(
        Mark(path),
        f"the file is {why}, so what was read anew is not written there",
        valid="make it a file that may be written, and build again",
        example=f"chmod u+w {path}" if why == publish.READ_ONLY else "",
        check="read-only",
    )


def update_registry(
    root: Path,
    files: Mapping[str, RegistryFile],
    new: Iterable[Entity],
    lexicons: Lexicons,
    *,
    write: bool,
    store: Store | None = None,
) -> tuple[Listed, list[Problem]]:
    """Append candidates to the files of their kinds: the paths that changed, the candidates that found no place, and problems.

    What the `store` holds of the files is brought up to them.
    """
    kept = Entries(store, lexicons.digest) if store else None
    # Entries with a problem are there, too.
    there = {name for file in files.values() for name in (file.marks if file.names is None else file.names)}
    by_file: dict[str, list[Entity]] = {}
    for entity in new:
        if entity.id not in there:
            by_file.setdefault(entity_file(entity.kind, lexicons), []).append(entity)
    changed, problems = [], []
    unlisted: set[str] = set()
    written: dict[str, bytes] = {}
    for name, entities in sorted(by_file.items()):
        file, path = files.get(name), f"{ENTITIES}/{name}"
        text = added_to(file, entities) if file else add_candidates(MODELINE, entities)
        found = None
        if file and (file.broken or text == file.text):
            found = None if file.broken else _no_place(path, entities)
        else:
            changed.append(path)
            written[path] = digest(text)
            if write and (why := publish.sealed(root / path)):
                found = _sealed(path, why)
            elif write and not _append(root / path, text, file.text if file else None, entities):
                found = _restless(path)
            elif write and kept:
                read_registry_file(path, text.encode(), lexicons, kept)
        if found or (file and file.broken):
            unlisted.update(entity.id for entity in entities)
            problems += [found] if found else []
    return Listed(tuple(changed), frozenset(unlisted), written), problems


@dataclass(frozen=True, slots=True)
class Listed:
    """What became of new candidates."""

    changed: tuple[str, ...]
    """Paths of the registry that changed, or would."""
    unlisted: frozenset[str]
    """Ids of those that could not be written there."""
    written: Mapping[str, bytes]
    """The hash of each file as it was to be written, by its path."""


def _no_place(path: str, entities: Sequence[Entity]) -> Problem:
    return problem(
        Mark(path),
        f"new names cannot be added to this file: {', '.join(entity.id for entity in entities)}",
        valid="write it in block style, an entry below the other, and nothing after them",
        example="port-ellery:\n  name: Port Ellery",
        severity="warning",
        check="registry",
    )


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
