"""Conflicts between a person and the machine, settled once: the machine's reading taken, or the person's kept.

A value that is taken stands in the fact file as the machine states it; the next merge knows by the conflict that it was
asked for, and goes on with the machine's. One that is kept is not asked about again, until the machine reads something new.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from generator.base import Base, Conflict, write_base
from generator.facts import FactFile
from generator.model import mapping
from generator.patch import Do, Op, patch


def conflicts(files: Mapping[str, FactFile], bases: Mapping[str, Base]) -> Iterator[Conflict]:
    """All that are open, by source; none of files that cannot be read."""
    for source, base in sorted(bases.items()):
        if source in files and not files[source].broken:
            yield from base.conflicts


def kept(base: Base, conflict: Conflict) -> str:
    """The text of the base once a person keeps what stands in the file.

    A fact that the machine states no longer leaves the base: it is the person's own from then on.
    """
    facts = base.facts
    if conflict.rule == "no-longer-extracted":
        facts = tuple(known for known in facts if known.id != conflict.fact)
    return write_base(replace(base, facts=facts, conflicts=tuple(c for c in base.conflicts if c != conflict)))


def taken(file: FactFile, base: Base, conflict: Conflict) -> tuple[str, str] | None:
    """The texts of file and base once a person takes what the machine reads; None where it cannot be spliced in safely."""
    op = _op(file, base, conflict)
    if op is None:
        return None
    text, withheld = patch(file, [op])
    if withheld:
        return None
    gone = op.do == "remove"
    new = replace(
        base,
        sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        facts=tuple(known for known in base.facts if not (gone and known.id == conflict.fact)),
        conflicts=tuple(c for c in base.conflicts if not (gone and c == conflict)),
    )
    return text, write_base(new)


def _op(file: FactFile, base: Base, conflict: Conflict) -> Op | None:
    if not conflict.key:
        return Op("remove", conflict.fact) if conflict.rule == "no-longer-extracted" else None
    theirs, ours = _values(base, conflict.fact), _in_file(file, conflict.fact)
    if theirs is None or ours is None:
        return None
    value = theirs.get(conflict.key)
    do: Do = "remove-key" if value is None else "set" if conflict.key in ours else "add"
    return Op(do, conflict.fact, conflict.key, value)


def _values(base: Base, fact: str) -> Mapping[str, Any] | None:
    """What the machine states of a fact, or of the source."""
    if fact == "source":
        return mapping(base.source)
    return next((mapping(known.found.fact) for known in base.facts if known.id == fact), None)


def _in_file(file: FactFile, fact: str) -> Mapping[str, Any] | None:
    if fact == "source":
        return mapping(file.source)
    return next((mapping(own) for own in file.facts if own.id == fact), None)
