"""What the reader of one format found: a header and a text, not yet judged."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article between its format and its `Seed`."""

    date: str | None
    """As written; None where there is none."""
    date_mark: Mark
    text: str
    """Normalised."""
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    author: str | None = None
    original: str | None = None
