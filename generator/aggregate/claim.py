"""One fact with all who state it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from generator.aggregate.origins import Origin, independent
from generator.link import Briefing
from generator.statement import Statement


@dataclass(frozen=True)
class Claim:
    """One fact, and every statement of it, the earliest reported first."""

    statements: tuple[Statement, ...]
    briefing: Briefing | None = field(default=None, repr=False, compare=False)
    """None where its only statement does not count."""

    @cached_property
    def origins(self) -> tuple[Origin, ...]:
        """The statements by what they go back to."""
        return independent(self.statements, self.briefing) if self.briefing else (Origin(None, self.statements),)

    @property
    def first(self) -> Statement:
        """Who reported it first."""
        return self.statements[0]

    @property
    def id(self) -> str:
        """The id of its earliest fact."""
        return self.first.fact.id

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the sources that tell it, each once."""
        return tuple(dict.fromkeys(s.source.id for s in self.statements))
