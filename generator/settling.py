"""`briefing settle`: the disk's side of settling conflicts."""

from __future__ import annotations

from pathlib import Path

from generator import journal, publish
from generator.base import FOLDER as BASES
from generator.base import Conflict, read_bases
from generator.facts import FOLDER as FACTS
from generator.facts import read_fact_files
from generator.model import Mark
from generator.problems import Problem, did_you_mean, problem
from generator.settle import by_hand, conflicts, kept, taken


def _open(root: Path) -> list[Conflict]:
    bases, _ = read_bases(root / BASES)
    files, _ = read_fact_files(root / FACTS)
    return list(conflicts(files, bases))


def listed(root: Path, id_: str = "", key: str = "") -> tuple[list[str], list[Problem]]:
    """Open conflicts, all or those of a fact or source: `event-7k3qa9x2mf when: yours '2031-05-01', read anew '2031-05-02' (edited)`."""
    there = _open(root)
    asked = _asked(there, id_, key) if id_ else there
    return [_told(conflict) for conflict in asked], [] if asked or not id_ else [_unknown(there, id_, key)]


def _asked(there: list[Conflict], id_: str, key: str) -> list[Conflict]:
    """The conflicts of a fact, of one of its keys, or of all facts of a source."""
    return [c for c in there if (id_ == c.subject and key in ("", c.key)) or (id_ == c.source and not key)]


def _unknown(there: list[Conflict], id_: str, key: str) -> Problem:
    known = dict.fromkeys(name for c in there for name in (c.subject, c.source) if name != id_)
    of = f"{id_} {key}".strip()
    if key and any(c.subject == id_ for c in there):
        valid = f"open are {', '.join(c.key or 'the whole fact, without a key' for c in there if c.subject == id_)}"
        return problem(Mark(FACTS), f"nothing is open of '{of}'", valid=valid, check="settle")
    valid = did_you_mean(id_, known) or "briefing settle lists what is open"
    return problem(Mark(FACTS), f"nothing is open of '{of}'", valid=valid, check="settle")


def _told(conflict: Conflict) -> str:
    ours, theirs = (
        "nothing" if v is None else f"[{', '.join(v)}]" if isinstance(v, tuple) else f"'{v}'"
        for v in (conflict.ours, conflict.theirs)
    )
    if conflict.rule == "no-longer-extracted":
        return f"{conflict.subject}: read no longer; yours {ours}"
    key = f" {conflict.key}" if conflict.key else ""
    return f"{conflict.subject}{key}: yours {ours}, read anew {theirs} ({conflict.rule})"


def settle(root: Path, fact: str, key: str, *, take: bool) -> tuple[list[str], list[Problem]]:
    """Settle the conflicts of a fact, of one of its keys, or of all facts of a source: what was done, and what could not be.

    Raises `publish.Busy` where another run is at work.
    """
    with publish.lock(root):
        journal.recover(root)
        there = _open(root)
        asked = _asked(there, fact, key)
        if not asked:
            return [], [_unknown(there, fact, key)]
        told, problems = [], []
        for conflict in asked:
            found = _settled(root, conflict, take=take, whole=fact == conflict.source)
            problems += [found] if found else []
            told += [] if found else [f"{_told(conflict)}: {'taken' if take else 'kept'}"]
    return told, problems


def _settled(root: Path, conflict: Conflict, *, take: bool, whole: bool) -> Problem | None:
    """Settle one conflict on disk, as one of a `whole` source's; a problem where that is not safe."""
    base = read_bases(root / BASES)[0][conflict.source]
    file = read_fact_files(root / FACTS)[0][conflict.source]
    base_path = f"{BASES}/{conflict.source}.yml"
    mark = Mark(file.path)
    if not take and conflict.rule == "withheld":
        valid = "make the change yourself, or take the anchor or comment out of its way"
        return problem(mark, f"{_told(conflict)}: the change is still to be made", valid=valid, check="settle")
    if take and whole and conflict.rule == "no-longer-extracted" and by_hand(file, base, conflict.fact):
        found = f"{conflict.fact} has been edited, commented or reviewed, so it does not go with the others"
        example = f"briefing settle {conflict.fact} --take"
        return problem(mark, found, valid="settle it by its own id", example=example, check="settle")
    texts = taken(file, base, conflict) if take else (file.text, kept(base, conflict))
    if texts is None:
        return problem(
            mark, f"{_told(conflict)}: it cannot be spliced in safely", valid="edit the file", check="settle"
        )
    if journal.write(root, file.path, base_path, *texts, file.seen):
        return None
    return problem(mark, "the file changed while it was read", valid="try again", check="settle")
