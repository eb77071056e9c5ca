"""What people corrected by hand: each fact beside what the machine reads.

That is inferred from the two alone: no clock and no history of the files is asked, so a correction has a day only
where `reviewed-on` gives one. Of a fact that was deleted nothing is told but its kind, for whoever wants it read with
its reason has `review: retracted`. The facts of a source that the machine never read are nobody's corrections.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.link import Briefing
from generator.model import Fact, Kind, mapping
from generator.statement import Statement

OWN = ("id", "kind", "review", "reviewed-by", "reviewed-on")
"""Keys that are no statement: they name a fact, or tell who looked at it."""


@dataclass(frozen=True)
class Turn:
    """A key with what is read and what a person wrote; None where it has no value."""

    key: str
    """As YAML has it."""
    read: object
    stands: object


@dataclass(frozen=True)
class Correction:
    """What people did with one fact."""

    source: str
    fact: str
    kind: Kind
    statement: Statement | None
    """None where the fact was deleted."""
    added: bool = False
    """Whether the machine does not read it at all."""
    turns: tuple[Turn, ...] = ()

    @property
    def deleted(self) -> bool:
        """Whether it stands in the fact file no more."""
        return self.statement is None

    @property
    def review(self) -> str:
        """`confirmed`, `disputed` or `retracted`, where somebody said so; else empty."""
        review = self.statement.fact.review if self.statement else "unreviewed"
        return "" if review == "unreviewed" else review

    @property
    def on(self) -> str | None:
        """The day of the review, EDTF."""
        return self.statement.fact.reviewed_on if self.statement and self.review else None


def turns(read: Fact, stands: Fact) -> tuple[Turn, ...]:
    """The keys that differ, in the order in which facts are written."""
    if read == stands:
        return ()
    one, other = mapping(read), mapping(stands)
    keys = [name for name in {**other, **one} if name not in OWN and one.get(name) != other.get(name)]
    return tuple(Turn(name, one.get(name), other.get(name)) for name in keys)


def corrections(source_id: str, briefing: Briefing) -> tuple[Correction, ...]:
    """What people did with the facts of a source, in the order of the text; deleted ones last, in that of their reading."""
    read = briefing.readings.get(source_id)
    return (*_standing(source_id, briefing), *(_deleted(source_id, briefing) if read else ()))


def _standing(source_id: str, briefing: Briefing) -> Iterator[Correction]:
    read = briefing.readings.get(source_id, {})
    written = {fact.id: fact for fact in briefing.files[source_id].facts}
    for s in briefing.by_source.get(source_id, ()):
        found = read.get(s.fact.id)
        made = Correction(
            source=source_id,
            fact=s.fact.id,
            kind=s.fact.kind,
            statement=s,
            added=bool(read) and not found,
            turns=turns(found.fact, written.get(s.fact.id, s.fact)) if found else (),
        )
        if made.added or made.turns or made.review:
            yield made


def _deleted(source_id: str, briefing: Briefing) -> Iterator[Correction]:
    file = briefing.files[source_id]
    if file.broken or file.nameless:
        return  # what cannot be read may be any of them
    there = {fact.id for fact in file.facts} | file.bad_ids
    for id_, found in briefing.readings[source_id].items():
        if id_ not in there:
            yield Correction(source_id, id_, found.fact.kind, None)
