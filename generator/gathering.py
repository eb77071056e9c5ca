"""The first half of a run: articles are read, merged with what people made of their facts, and written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.engines import Engine
from generator.loading import Stand
from generator.merging import Merging
from generator.model import Entity
from generator.naming import Progress, dated_by_hand, dates_doubted, needed, read_all
from generator.problems import Problem
from generator.seeds import source_ids
from generator.update import Listed, unwritable, update_registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What was read and merged."""

    merging: Merging
    new: Mapping[str, Entity]
    """Candidates that facts name, for the registry."""
    listed: Listed
    """What the registry has become."""
    changed: Sequence[str]
    """Paths of fact files that were written, or would be."""
    noted: Sequence[str]
    """Paths of the bases that would be written, where nothing is."""
    is_kept: bool
    """Whether it was written."""
    problems: Sequence[Problem]

    @property
    def written(self) -> dict[str, bytes]:
        """The hash of every file of facts and names, and every base, that was written, by its path."""
        return {**self.merging.written, **self.listed.written}


def gather(root: Path, stand: Stand, *, write: bool, progress: Progress = iter, by: Engine | None = None) -> Gathered:
    """Read the articles of a briefing, and merge; with `write` False nothing is written."""
    names, bases, lexicons = stand.names, stand.bases, stand.lexicons
    ids = source_ids(stand.seeds, stand.known)

    # With half a vocabulary, names would be read as other names: then what was read before stays as it is.
    # A fact file that nobody can tell the owner of may be that of any source that has a base and no file.
    files, sound = stand.files, stand.sound
    left = {id_ for id_ in bases if stand.lost and id_ not in files} | set(() if sound else files)
    due = dated_by_hand((seed for seed in stand.seeds if ids[seed.path] not in left), ids, files, bases.heads)
    kept = stand.store if sound else None  # else what is kept of those that are not due would be forgotten
    extracted, new = read_all(due, ids, names, lexicons, bases.heads, progress, by, kept)
    keep = write and sound
    problems = [*dates_doubted(extracted.doubts())]
    merging = Merging(stand, extracted, write=write)
    # Names first: a base that knows of candidates which the registry lacks says that a person took them out.
    new = needed(new, merging.files().values())
    listed, found = update_registry(root, names, new.values(), lexicons, write=keep, store=stand.store)
    problems += found
    merging.without(listed.unlisted)
    if keep:
        merging.carry_out(root)
    changed = [draft.path for draft in merging.drafts.values() if draft.changed]
    problems += () if write else unwritable(root, changed)
    return Gathered(
        merging=merging,
        new=new,
        listed=listed,
        changed=changed if sound else (),
        noted=() if write or not sound else tuple(merging.noted()),
        is_kept=keep,
        problems=(*problems, *merging.problems()),
    )
