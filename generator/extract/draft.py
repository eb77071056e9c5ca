"""A fact in the making: its words and values, before it has an id and a source."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from generator.extract.layers import Layers
from generator.model import Kind, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a rule states: `values` are fields of the fact's type, beside those that every fact gets."""

    kind: Kind
    quote: Span
    rule: str
    trigger: Span
    """The word that the fact hangs on: two drafts of a kind with the same trigger are one fact."""
    text: str = ""
    proof: str = ""
    values: dict[str, Any] = field(default_factory=dict)


Rule = Callable[[Layers], Iterator[Draft]]
"""A rule reads the layers of a text and states facts of one kind."""
