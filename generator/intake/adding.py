"""`briefing add`: each file, address or feed becomes seeds, and every one tells what became of it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from generator import publish
from generator.intake import shelf as shelves
from generator.intake.shelf import Shelf
from generator.intake.taking import Candidate, Outcome, Wanted, candidates
from generator.model import Mark, Seed
from generator.problems import Problem, problem
from generator.reach import within
from generator.seeds import read_seed, source_id
from generator.seeds.reading import FOLDER

TALKATIVE = ("pypdf", "trafilatura", "htmldate", "urllib3")
"""Libraries that log what they make of a broken file; what matters of it is told as a problem."""
DATE = "briefing add {} --date 2031-05-02"


def add(root: Path, arguments: Sequence[str], wanted: Wanted, today: str) -> Iterator[Outcome]:
    """Add what the arguments name to the briefing in `root`, one after the other; `today` dates what comes over the net.

    Raises `publish.Busy` where another run is at work, and `OSError` where the disk refuses.
    """
    for library in TALKATIVE:
        logging.getLogger(library).setLevel(logging.CRITICAL)
    shelf = shelves.read_shelf(root)
    for argument in arguments:
        for found in candidates(argument, wanted, today, shelf):
            outcome = found if isinstance(found, Outcome) else None
            if isinstance(found, Candidate):
                outcome, shelf = _placed(root, found, wanted, shelf)
            if outcome:
                yield outcome


def _placed(root: Path, candidate: Candidate, wanted: Wanted, shelf: Shelf) -> tuple[Outcome, Shelf]:
    """Write a candidate, unless it cannot be read or is there already; the outcome, and the shelf with it."""
    given, quiet = candidate.given, candidate.quiet
    seed, problems = read_seed("x" + candidate.suffix, candidate.raw)
    problems = [_in_place(found, given) for found in problems]
    if seed is None:
        return Outcome(given=given, problems=tuple(problems), quiet=quiet), shelf
    if wanted.dry:
        return _decided(root, candidate, seed, problems, shelf, wanted)
    with publish.lock(root):
        return _decided(root, candidate, seed, problems, shelves.read_shelf(root, shelf), wanted)


def _decided(
    root: Path, candidate: Candidate, seed: Seed, problems: Sequence[Problem], shelf: Shelf, wanted: Wanted
) -> tuple[Outcome, Shelf]:
    given, quiet = candidate.given, candidate.quiet
    placed = shelves.shelved(seed, candidate.raw)
    twin = shelves.twin(seed, placed.originals, shelf)
    if twin and twin.changed and not quiet:
        found = f"{FOLDER}/{twin.name} has this address, and another text"
        valid = "delete that file and add this again to take the new text; what you corrected by hand stays"
        told = problem(Mark(given), found, valid=valid, check="intake-changed")
        return Outcome(given=given, problems=(*problems, told)), shelf
    unheeded = _unheeded(seed, shelf[twin.name].seed, wanted) if twin and not quiet else None
    if twin and unheeded:
        name, stands, said = unheeded
        found = f"{FOLDER}/{twin.name} is this article, with {f'the {name} {stands}' if stands else f'no {name}'}"
        valid = f"correct that in the head of the file; --{name} is for what is added"
        told = problem(Mark(given), found, valid=valid, example=f"{name}: {said}", check="intake-header")
        return Outcome(given=given, problems=(*problems, told)), shelf
    if twin:
        return Outcome(given=given, name=f"{FOLDER}/{twin.name}", known=twin.why, quiet=quiet), shelf
    copy = shelves.copied(seed, shelf)
    copies = (f"a copy of {FOLDER}/{copy}: it will count as one origin",) if copy else ()
    name = _free(source_id(seed), candidate.suffix, shelf)
    if not wanted.dry and not publish.replace(
        within(root, f"{FOLDER}/{name}"), candidate.raw, lambda there: there is None
    ):
        told = problem(
            Mark(f"{FOLDER}/{name}"), "a file of this name came meanwhile", valid="try again", check="intake"
        )
        return Outcome(given=given, problems=(*problems, told)), shelf
    seed = replace(seed, path=name)
    outcome = Outcome(
        given=given, name=f"{FOLDER}/{name}", seed=seed, remarks=candidate.remarks + copies, problems=tuple(problems)
    )
    return outcome, {**shelf, name: replace(placed, seed=seed)}


def _unheeded(seed: Seed, there: Seed | None, wanted: Wanted) -> tuple[str, str | None, str] | None:
    """What the command line says of an article, and its seed says otherwise: the key, what stands there, and what was said."""
    for name in ("date", "publisher", "title"):
        said, stands = getattr(wanted, name), getattr(there, name) if there else None
        if said and there and getattr(seed, name) != stands:
            return name, stands, said
    return None


def _free(id_: str, suffix: str, shelf: Shelf) -> str:
    """A name that no file has, whatever its suffix: the id of a source is that of one file."""
    taken = {name.rpartition(".")[0].casefold() for name in shelf}
    rank = 1
    while (stem := id_ if rank == 1 else f"{id_}-{rank}") in taken:
        rank += 1
    return stem + suffix


def _in_place(found: Problem, given: str) -> Problem:
    """A problem of a seed as one of what the command line names."""
    if found.check == "seed-date":
        date = DATE.format(given)
        return replace(found, path=given, line=1, column=1, valid="say on which day it came out", example=date)
    return replace(found, path=given)
