"""Who speaks by a label before a colon: in transcripts (`LUND: The mill is late.`) and headlines (`Lund: Mill is late`)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from generator.model import Span

CAPITALS = re.compile(r"(?P<mark>[\"“]?)(?P<name>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3})(?P<colon>:)\s+(?=\S)")
HEADLINE = re.compile(r"(?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})(?P<colon>:) (?=\S)")


TURNS = 3
"""Labelled paragraphs that make an interview."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A paragraph that a label gives to somebody."""

    speaker: Span
    colon: Span
    said: Span
    verbatim: bool
    """A transcript gives the speaker's own words; a headline may put them shorter."""


def _labelled(found: re.Match[str], paragraph: Span, *, verbatim: bool) -> Labelled:
    return Labelled(Span(*found.span("name")), Span(*found.span("colon")), Span(found.end(), paragraph.end), verbatim)


def _openings(label: re.Pattern[str], text: str, paragraphs: Sequence[Span]) -> list[tuple[Span, re.Match[str]]]:
    return [(p, found) for p in paragraphs if (found := label.match(text, p.start, p.end))]


def _turns(text: str, paragraphs: Sequence[Span], named: Collection[int]) -> list[tuple[Span, re.Match[str]]]:
    """Turns of an interview that names its speakers as a text does: `Ada Lund: Why?`, of which there are some."""
    openings = [(p, found) for p, found in _openings(HEADLINE, text, paragraphs) if found.start() in named]
    return openings if len(openings) >= TURNS else []


def labelled(
    text: str, paragraphs: Sequence[Span], named: Collection[int], sources: Collection[str]
) -> dict[int, Labelled]:
    """The labelled paragraphs by where they start.

    A label in capitals speaks if some label comes back, as in a conversation: a lone `CORRECTION:` does not. The first
    paragraph is a headline if it opens with a name (`named`: where words of names start) or a noun such as `Poll`.
    """
    out: dict[int, Labelled] = {}
    for openings in (_openings(CAPITALS, text, paragraphs), _turns(text, paragraphs, named)):
        times = Counter(found["name"] for _, found in openings)
        if openings and max(times.values()) > 1:
            out |= {p.start: _labelled(found, p, verbatim=True) for p, found in openings}
    found = HEADLINE.match(text, paragraphs[0].start, paragraphs[0].end) if paragraphs else None
    if found and (found.start() in named or found["name"].lower() in sources):
        out.setdefault(paragraphs[0].start, _labelled(found, paragraphs[0], verbatim=False))
    return out
