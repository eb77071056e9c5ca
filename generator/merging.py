"""Which sources are to be merged: those whose reading, fact file or base is another one than when they were merged last.

Merging what is as it was gives what is there, so it is left out; what it told then is told again.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.msgpack import Decoder

from generator.base import FOLDER as BASES
from generator.facts import FactFile
from generator.loading import Stand
from generator.model import Extraction
from generator.problems import Problem
from generator.store import digest, packed
from generator.update import Plan, plan_facts

_TOLD = Decoder(tuple[Problem, ...] | None)


class Merging:
    """The merges of one run."""

    def __init__(self, stand: Stand) -> None:
        self._stand = stand
        self._stage = stand.store.stage("merged")
        self._kept = {id_: (key, value) for id_, key, value in self._stage.values()}
        self._keys: dict[str, bytes] = {}
        """What is read of each source, as a hash."""
        self.written: dict[str, bytes] = {}
        """The hash of each file that was written, by its path."""
        self._settled: dict[str, tuple[Problem, ...] | None] = {}
        """What was told of the sources that are left out."""

    def is_settled(self, id_: str, read: bytes) -> bool:
        """Whether a source was merged from all that it would be merged from now, `read` being the hash of what is read of it."""
        bases, file = self._stand.bases, self._stand.files.get(id_)
        self._keys[id_] = read
        key, value = self._kept.get(id_, (b"", b""))
        if not file or id_ not in bases or key != digest(self._keys[id_], file.key, bases.keys_of[id_]):
            return False
        self._settled[id_] = _TOLD.decode(value)
        return True

    def plan(self, extraction: Extraction, *, in_part: bool = False) -> Plan:
        """What a source's fact file and base are to become; merged in part, it is merged again by the next run."""
        id_ = extraction.source.id
        if in_part:
            self._keys[id_] = b""
        file = self._stand.files.get(id_)
        self._settled.pop(id_, None)
        return plan_facts(extraction, self._stand.cards.fresh(file) if file else None, self._stand.bases.get(id_))

    def keep(self, plans: Mapping[str, Plan]) -> None:
        """Keep what was merged and written, so that it is neither parsed nor merged again while it stays."""
        whole = {id_: plan for id_, plan in plans.items() if plan.merged.written and plan.file and plan.merged.base}
        self._stand.cards.keep((plan.file, plan.of_file) for plan in whole.values() if plan.file)
        bases = {id_: digest(plan.merged.base_text) for id_, plan in whole.items()}
        self._stand.bases.keep({id_: (bases[id_], plan.merged.base) for id_, plan in whole.items() if plan.merged.base})
        for id_, plan in whole.items():
            self.written |= {plan.path: digest(plan.merged.text), f"{BASES}/{id_}.yml": bases[id_]}
        self._stage.put(
            (id_, digest(self._keys[id_], plan.file.key, bases[id_]), packed(plan.problems))
            for id_, plan in whole.items()
            if plan.file and self._is_final(plan, bases[id_])
        )
        self._stage.drop(self._kept.keys() - self._keys.keys())

    def _is_final(self, plan: Plan, base: bytes) -> bool:
        """Whether to merge once more would tell the same: some is told once, when a merge changes what was there."""
        id_ = plan.extraction.source.id
        was = self._stand.bases.keys_of.get(id_)
        return (was is None and plan.seen is None) or (not plan.changed and was == base)

    def updated(self, plans: Mapping[str, Plan]) -> tuple[dict[str, FactFile], list[Problem]]:
        """All fact files as they are now; of those that were merged, problems as they were before are dropped."""
        stand = self._stand
        settled = {stand.files[id_].path: told for id_, told in self._settled.items() if told is not None}
        merged = {plan.path: plan.problems for plan in plans.values() if plan.problems is not None}
        told = {**settled, **merged}
        kept = [found for found in stand.of_files if found.path not in told]
        return {**stand.files, **planned(plans)}, [*kept, *(found for those in told.values() for found in those)]


def planned(plans: Mapping[str, Plan]) -> dict[str, FactFile]:
    """The fact files as they will be, or are."""
    return {id_: plan.file for id_, plan in plans.items() if plan.file}
