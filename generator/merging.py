"""Which sources are to be merged, and merging them: those whose reading, fact file or base is another one than when they were merged last.

Merging what is as it was gives what is there, so it is left out; what it told then is told again. Names are written before the facts that
name them, so all is merged before anything is written; a merge waits as a draft, small, since a first run has one for every source.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from msgspec.msgpack import Decoder

from generator.base import FOLDER as BASES
from generator.base import Conflict
from generator.facts import FactFile, Written, parse_fact_file
from generator.loading import Stand
from generator.merge import Merged
from generator.model import Extraction
from generator.preview import Change, changes
from generator.problems import Problem
from generator.readings import Extractions
from generator.store import digest, packed
from generator.update import Plan, plan_facts, write_facts

_TOLD = Decoder(tuple[Problem, ...] | None)
_TEXTS = Decoder(tuple[str | None, str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A merge that waits to be written, or was."""

    path: str
    file: FactFile | None
    """The file as it will be; None where nothing was there and nothing could be merged."""
    problems: tuple[Problem, ...] | None
    """As those of a plan."""
    conflicts: tuple[Conflict, ...]
    base: bytes
    """The hash of the base as it will be; empty where file and base stay as they are."""
    changed: bool
    """Whether the file's text will differ."""
    texts: bytes
    """The file's text that was merged, what comes of it and the new base, packed."""

    @property
    def seen(self) -> str | None:
        """The file's text that was merged; None where there was no file."""
        return _TEXTS.decode(zlib.decompress(self.texts))[0]

    @property
    def text(self) -> str:
        """What comes of it."""
        return _TEXTS.decode(zlib.decompress(self.texts))[1]

    def plan(self, extraction: Extraction) -> Plan:
        """What the draft was made of, to be carried out."""
        seen, text, base = _TEXTS.decode(zlib.decompress(self.texts))
        merged = Merged(text=text, base_text=base, conflicts=self.conflicts, written=bool(self.base))
        return Plan(
            extraction=extraction, path=self.path, seen=seen, merged=merged, file=self.file, problems=self.problems
        )


def drafted(plan: Plan) -> Draft:
    """A plan put by."""
    merged, file = plan.merged, plan.file
    texts = zlib.compress(packed((plan.seen, merged.text, merged.base_text)), 1)
    if file and merged.written and not file.broken and file.before is None:
        file = replace(file, written=_read_again(plan.path, texts))
    return Draft(
        path=plan.path,
        file=file,
        problems=plan.problems,
        conflicts=plan.conflicts,
        base=digest(merged.base_text) if merged.base else b"",
        changed=plan.changed,
        texts=texts,
    )


def _read_again(path: str, texts: bytes) -> Callable[[], Written]:
    """Reads a file's text when asked."""

    @cache
    def written() -> Written:
        text = _TEXTS.decode(zlib.decompress(texts))[1]
        file, _ = parse_fact_file(path, text)
        return file.written() if file else Written(text)

    return written


class Merging:
    """The merges of one run."""

    def __init__(self, stand: Stand, read: Extractions, *, write: bool) -> None:
        """`read` are the readings, settled."""
        self._stand, self._read, self._write = stand, read, write
        self._stage = stand.store.stage("merged")
        self._keys = read.keys
        self._settled: dict[str, tuple[Problem, ...] | None] = {}
        """What was told of the sources that are left out."""
        self.drafts: dict[str, Draft] = {}
        """By source, what was merged."""
        self.written: dict[str, bytes] = {}
        """The hash of each file that was written, by its path."""
        self._changes: dict[str, tuple[Change, ...]] = {}
        kept = {id_: (key, value) for id_, key, value in self._stage.values()}
        for id_, told in self._keys.items():
            key, value = kept.get(id_, (b"", b""))
            if self._is_settled(id_, told, key):
                self._settled[id_] = _TOLD.decode(value)
            else:
                self._merge(id_, read.extraction(id_))

    def _is_settled(self, id_: str, read: bytes, key: bytes) -> bool:
        """Whether a source was merged from all that it would be merged from now, `read` being the hash of what is read of it."""
        bases, file = self._stand.bases, self._stand.files.get(id_)
        return bool(file and id_ in bases and key == digest(read, file.key, bases.keys_of[id_]))

    def _merge(self, id_: str, extraction: Extraction) -> None:
        stand, file = self._stand, self._stand.files.get(id_)
        self._settled.pop(id_, None)
        plan = plan_facts(extraction, stand.cards.fresh(file) if file else None, stand.bases.get(id_))
        if not self._write:
            self._changes[id_] = tuple(changes({id_: plan}, stand.files, stand.bases))
        self._put_by(id_, plan)

    def _put_by(self, id_: str, plan: Plan) -> None:
        draft = self.drafts[id_] = drafted(plan)
        if plan.merged.base:  # kept under hashes, so no harm is done where it is never written
            self._stand.bases.keep({id_: (draft.base, plan.merged.base)})
            if plan.file:
                self._stand.cards.keep([(plan.file, plan.of_file)])

    def without(self, unlisted: Collection[str]) -> None:
        """Merge again, but for some names, the sources that name those; the next run merges them once more.

        A base that knew of candidates which the registry lacks would say that they were taken out.
        """
        for extraction in map(self._read.extraction, self._read.naming(unlisted)):
            kept = tuple(entity for entity in extraction.candidates if entity.id not in unlisted)
            if len(kept) < len(extraction.candidates):
                id_ = extraction.source.id
                self._keys[id_] = b""
                self._merge(id_, replace(extraction, candidates=kept))

    def carry_out(self, root: Path) -> None:
        """Write what was merged, and keep it, so that it is neither parsed nor merged again while it stays."""
        for id_, draft in self.drafts.items():
            if not draft.base:
                continue
            plan = draft.plan(self._read.extraction(id_))
            done = write_facts(root, plan, partial(self._stand.bases.get, id_))
            if done.merged is not plan.merged:
                self._put_by(id_, done)
            elif done is not plan:  # nobody may write there
                self.drafts[id_] = replace(draft, problems=done.problems)
        whole = {id_: draft for id_, draft in self.drafts.items() if draft.base and draft.file}
        self.written |= {draft.path: draft.file.key for draft in whole.values() if draft.file}
        self.written |= {f"{BASES}/{id_}.yml": draft.base for id_, draft in whole.items()}
        self._stage.put(
            (id_, digest(self._keys[id_], draft.file.key, draft.base), packed(draft.problems))
            for id_, draft in whole.items()
            if draft.file and self._is_final(id_, draft)
        )
        self._stage.drop(self._stage.keys().keys() - self._keys.keys())

    def _is_final(self, id_: str, draft: Draft) -> bool:
        """Whether to merge once more would tell the same: some is told once, when a merge changes what was there."""
        was = self._stand.bases.keys_of.get(id_)
        return (was is None and draft.seen is None) or (not draft.changed and was == draft.base)

    def files(self) -> dict[str, FactFile]:
        """All fact files as they will be, or are."""
        return {**self._stand.files, **{id_: draft.file for id_, draft in self.drafts.items() if draft.file}}

    def problems(self) -> list[Problem]:
        """What is wrong with them; of those that were merged, problems as they were before are dropped."""
        stand = self._stand
        settled = {stand.files[id_].path: told for id_, told in self._settled.items() if told is not None}
        told = {**settled, **{d.path: d.problems for d in self.drafts.values() if d.problems is not None}}
        kept = [found for found in stand.of_files if found.path not in told]
        return [*kept, *(found for those in told.values() for found in those)]

    def changes(self) -> Iterator[Change]:
        """What would change in the files, by source, where nothing is written."""
        return (change for _, those in sorted(self._changes.items()) for change in those)

    def noted(self) -> Iterator[str]:
        """Paths of the bases that will be others, as when a person has edited a fact file."""
        known = self._stand.bases.keys_of
        return (f"{BASES}/{id_}.yml" for id_, draft in self.drafts.items() if draft.base not in (b"", known.get(id_)))
