"""Conflicts between a person and the machine, settled once: the machine's reading taken, or the person's kept.

A value that is taken stands in the fact file as the machine states it, and is the machine's from then on. One that is kept is not
asked about again, until the machine reads something new.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from generator.base import Base, Conflict, Known, write_base
from generator.facts import FactFile
from generator.model import mapping
from generator.ours import ours_of
from generator.patch import Do, Op, patch
from generator.threeway import shown


def conflicts(files: Mapping[str, FactFile], bases: Mapping[str, Base]) -> Iterator[Conflict]:
    """All that are open, by source; none of files that cannot be read."""
    for source, base in sorted(bases.items()):
        file = files.get(source)
        if not file or file.broken:
            continue
        for conflict in base.conflicts:
            own = _in_file(file, conflict.fact) if conflict.key else None
            yield replace(conflict, ours=shown(own.get(conflict.key))) if own else conflict


def by_hand(file: FactFile, base: Base, fact: str) -> bool:
    """Whether a person wrote in a fact, or vouched for it."""
    ours = ours_of(file).get(fact)
    known = next((known for known in base.facts if known.id == fact), None)
    if ours is None or known is None:
        return ours is not None
    edited = known.held or known.added or known.dropped or mapping(ours.fact) != mapping(known.found.fact)
    return bool(edited or ours.remarked or ours.fact.review != "unreviewed")


def kept(base: Base, conflict: Conflict) -> str:
    """The text of the base once a person keeps what stands in the file.

    A fact that the machine states no longer stays known, as one that is kept: deleted later, it stays deleted.
    """
    facts = base.facts
    if conflict.rule == "no-longer-extracted" or conflict.key == "quote":
        facts = tuple(replace(known, kept=True) if known.id == conflict.fact else known for known in facts)
    return write_base(replace(base, facts=facts, conflicts=_without(base, conflict)))


def taken(file: FactFile, base: Base, conflict: Conflict) -> tuple[str, str] | None:
    """The texts of file and base once a person takes what the machine reads; None where it cannot be spliced in safely."""
    op = _op(file, base, conflict)
    if op is None:
        return None
    text, withheld = patch(file, [op])
    if withheld:
        return None
    gone = op.do == "remove"  # should the article state it again, it comes as a new one
    facts = (known for known in base.facts if not (gone and known.id == conflict.fact))
    new = replace(
        base,
        sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        facts=tuple(_released(known, conflict.key) if known.id == conflict.fact else known for known in facts),
        held=tuple(k for k in base.held if conflict.fact != "source" or k != conflict.key),
        conflicts=_without(base, conflict),
    )
    return text, write_base(new)


def _without(base: Base, conflict: Conflict) -> tuple[Conflict, ...]:
    """The conflicts of a base but one; where a whole fact is settled, what was open of its keys is too."""
    return tuple(c for c in base.conflicts if c.fact != conflict.fact or (conflict.key and c.key != conflict.key))


def _released(known: Known, key: str) -> Known:
    """A fact of the base with one of its keys the machine's again."""
    return replace(
        known,
        held=tuple(name for name in known.held if name != key),
        added={name: items for name, items in known.added.items() if name != key},
        dropped={name: items for name, items in known.dropped.items() if name != key},
    )


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
