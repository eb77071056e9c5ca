"""Quotations: what stands between quotation marks and somebody is named as having said."""

from __future__ import annotations

from collections.abc import Iterator

from generator.extract.draft import Draft
from generator.extract.layers import Layers, Line
from generator.extract.quotations import Attribution
from generator.extract.vouching import who_is
from generator.model import Span


def quotations(layers: Layers) -> Iterator[Draft]:
    """One quotation for each quoted stretch that is attributed; one attributed twice goes to the narrower attribution."""
    seen: dict[Span, tuple[int, Draft]] = {}
    for line in layers.lines:
        for attribution in line.attributions:
            for phrase in attribution.phrases:
                if not line.span.start <= phrase.start < line.span.end or not phrase.of(layers.text).strip():
                    continue
                width = attribution.end - attribution.start
                if phrase not in seen or width < seen[phrase][0]:
                    seen[phrase] = width, _quotation(layers, line, attribution, phrase)
    for phrase in sorted(seen):
        yield seen[phrase][1]


def _quotation(layers: Layers, line: Line, attribution: Attribution, phrase: Span) -> Draft:
    speaker = who_is(line, attribution.speaker, layers)
    via = [who_is(line, span, layers) for span in attribution.via]
    outer = [
        a
        for a in line.attributions
        if (a.start < attribution.start and attribution.end <= a.end)
        or (a.start <= attribution.start and attribution.end < a.end)
    ]
    for other in sorted(outer, key=lambda a: a.end - a.start):
        via += [who_is(line, span, layers) for span in (other.speaker, *other.via)]
    if phrase.of(layers.text)[:1].islower() and phrase.of(layers.text).endswith("."):
        phrase = Span(phrase.start, phrase.end - 1)  # the stop belongs to the sentence around a quoted phrase
    words = " ".join(phrase.of(layers.text).split())
    name = layers.entities[speaker].name if speaker else None
    about = [n.id for n in line.names if n.kind in ("programme", "meeting") and phrase.start <= n.start < phrase.end]
    return Draft(
        kind="quotation",
        quote=phrase,
        rule=f"quotation-{attribution.kind}",
        trigger=phrase,
        text=f"{name}: “{words}”" if name else f"“{words}”",
        values={
            "words": words,
            "speaker": speaker,
            "about": tuple(dict.fromkeys(about)),
            "according_to": tuple(dict.fromkeys(id_ for id_ in via if id_ and id_ != speaker)),
        },
    )
