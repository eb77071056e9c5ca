"""Facts that a person deleted, and bringing them back.

A deleted fact stays in the base, so that it is known again and not written anew. Brought back it stands in the fact file as
the machine last stated it. One that the article is no longer read to state comes back as a person's own: out of the base, or
the next build would remove it again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from generator.base import Base, Known, write_base
from generator.decide import old_of
from generator.facts import FactFile, write_fact_file
from generator.match import match
from generator.model import Extraction
from generator.ours import renamed
from generator.patch import Op, patch


@dataclass(frozen=True, slots=True)
class Deleted:
    """A fact of a source that its base knows and its file lacks."""

    source: str
    known: Known


def deleted(files: Mapping[str, FactFile], bases: Mapping[str, Base]) -> Iterator[Deleted]:
    """All of them, by source, in the order of the text; none of files that cannot be read whole."""
    for source, base in sorted(bases.items()):
        file = files.get(source)
        if base.broken or (file and (file.broken or file.bad_ids or file.nameless)):
            continue
        facts = file.facts if file else ()
        names = renamed({known.id: known for known in base.facts}, facts, ())
        there = {fact.id for fact in facts} | names.keys()
        yield from (Deleted(source, known) for known in base.facts if known.id not in there)


def restored(
    file: FactFile | None, base: Base, ids: Collection[str], extraction: Extraction | None
) -> tuple[str, str, tuple[str, ...]]:
    """The text of a fact file with facts of its base brought back, that of its base, and the ids that came back.

    `extraction` is what the article is read to state now; None where it cannot be read.
    """
    there = {fact.id for fact in file.facts} if file else set()
    ops, before = [], None
    for known in base.facts:
        if known.id in ids and known.id not in there:
            ops.append(Op("insert", known.id, value=known.found.fact, after=before))
        before = known.id if known.id in there or known.id in ids else before
    if file:
        text, withheld = patch(file, ops)
    else:
        text, withheld = write_fact_file(base.source, [op.value for op in ops]), []
    back = {op.id for op in ops if op not in withheld}
    own = back - _still_read(base, extraction)
    new = replace(
        base,
        sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        facts=tuple(known for known in base.facts if known.id not in own),
    )
    return text, write_base(new), tuple(op.id for op in ops if op.id in back)


def _still_read(base: Base, extraction: Extraction | None) -> set[str]:
    """The facts of a base that its article is read to state now."""
    if extraction is None:
        return set()
    corrected = base.source.sha256 != extraction.source.sha256
    olds = [old_of(known, deleted=True, corrected=corrected) for known in base.facts]
    return set(match(olds, extraction.facts).values())
