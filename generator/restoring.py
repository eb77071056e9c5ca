"""`briefing restore`: the disk's side of bringing facts back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator import journal, publish
from generator.base import FOLDER as BASES
from generator.base import read_bases
from generator.facts import FOLDER as FACTS
from generator.facts import read_fact_files
from generator.model import Extraction, Mark
from generator.problems import Problem, did_you_mean, problem
from generator.restore import Deleted, deleted, restored
from generator.seeds import seed_path


def _deleted(root: Path) -> list[Deleted]:
    bases, _ = read_bases(root / BASES)
    files, _ = read_fact_files(root / FACTS)
    return list(deleted(files, bases))


def listed(root: Path) -> list[str]:
    """The facts that were deleted, by source, each with its sentence: `event-7k3qa9x2mf  The minister visited the yards.`"""
    told, source = [], ""
    for gone in _deleted(root):
        told += [f"{gone.source}:"] if gone.source != source else []
        source = gone.source
        told.append(f"  {gone.known.id}  {gone.known.found.fact.text}")
    return told


def bring_back(root: Path, ids: Sequence[str]) -> tuple[list[str], list[Problem]]:
    """Write deleted facts into their files again: what came back, and a problem for each id that did not.

    Raises `publish.Busy` where another run is at work.
    """
    with publish.lock(root):
        journal.recover(root)
        gone = {found.known.id: found for found in _deleted(root)}
        told = []
        ids = [found.known.id for id_ in ids for found in gone.values() if found.source == id_] + [
            id_ for id_ in ids if id_ not in {found.source for found in gone.values()}
        ]
        problems = [_unknown(root, id_, gone) for id_ in dict.fromkeys(ids) if id_ not in gone]
        bases, _ = read_bases(root / BASES)
        files, _ = read_fact_files(root / FACTS)
        for source in dict.fromkeys(gone[id_].source for id_ in ids if id_ in gone):
            file, base = files.get(source), bases[source]
            path, base_path = file.path if file else f"{FACTS}/{source}.yml", f"{BASES}/{source}.yml"
            text, base_text, back = restored(file, base, ids, _read(root, base.source.seed))
            if journal.write(root, path, base_path, text, base_text, file.seen if file else None):
                told += [f"{id_} stands in {path} again" for id_ in back]
            else:
                valid = "try again"
                problems.append(problem(Mark(path), "the file changed while it was read", valid=valid, check="restore"))
    return told, problems


def _read(root: Path, seed: str) -> Extraction | None:
    """What a seed is read to state now."""
    from generator.single import Desk

    path = seed_path(root, seed)
    return Desk(root).extract(path)[0] if path and path.is_file() else None


def _unknown(root: Path, id_: str, gone: dict[str, Deleted]) -> Problem:
    files, _ = read_fact_files(root / FACTS)
    if id_ in files:
        return problem(Mark(FACTS), f"nothing of '{id_}' was deleted", valid="nothing to bring back", check="restore")
    place = next((file.path for file in files.values() if any(fact.id == id_ for fact in file.facts)), None)
    found = f"{id_} stands in {place}" if place else f"no deleted fact has the id '{id_}'"
    valid = "nothing to bring back" if place else did_you_mean(id_, gone) or "briefing restore lists those that are"
    return problem(Mark(place or FACTS), found, valid=valid, check="restore")
