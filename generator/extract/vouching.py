"""Who vouches for what stands at a place of a text, and through whom."""

from __future__ import annotations

import re

from generator.extract.grammar import HARD, Grammar
from generator.extract.layers import Layers, Line
from generator.extract.quotations import Attribution
from generator.extract.verbs import is_finite
from generator.model import Span

FAR = 12
"""Words within which a `that` may stand before what it brings."""
ASKING = ("when", "where", "how", "why", "who", "whom", "whose", "what", "which")
"""Begin what is taken for granted by who does not say it: `did not say when the works would begin`."""
ALLEGED = 14
"""Words from `allegedly` or `rumours` to what is alleged."""
SPEAKER = 5
"""Characters of a speaker worth telling: no pronoun."""
SPOKEN = re.compile(r"^(?:said|says|told|reported|heard|according to|announced|added|wrote|warned|estimated|found)$")


def said_by(line: Line, offset: int) -> Attribution | None:
    """The narrowest attribution whose content holds an offset."""
    if not line.attributions:
        return None
    holding = [a for a in line.attributions if any(s.start <= offset < s.end for s in a.spans)]
    return min(holding, key=lambda a: a.end - a.start, default=None)


def is_unclaimed(line: Line, offset: int, rules: Grammar) -> bool:
    """Whether somebody denies what stands at an offset, whatever lies between, or does not say it: `denied that it had asked for | a loan`,
    `denied having | shelled`, `did not say that the dam | had collapsed`, `rumours that | 40 had died`."""
    words, at = line.words, line.at(offset)
    before = at - 1 - (at > 1 and words[at - 1].lower == "having")
    if before >= 0 and words[before].lower in rules.deny and words[at].lower != words[before].lower:
        return True
    that = next((i for i in range(at - 1, max(-1, at - FAR), -1) if words[i].lower == "that"), None)
    if that is not None and is_unproven(line, that, rules):
        return True
    return any(
        _disclaims(line, attribution, rules)
        for attribution in line.attributions
        if attribution.cue and any(s.start <= offset < s.end for s in attribution.spans)
    )


def denies(line: Line, cue: Span | None, rules: Grammar) -> bool:
    """Whether somebody says that what they speak of is not so: `denied having yielded`; not `did not deny`."""
    cues = _words_of(line, cue)
    return any(w in rules.deny for w in cues) and not any(w in rules.negation for w in cues)


def _disclaims(line: Line, attribution: Attribution, rules: Grammar) -> bool:
    cues = _words_of(line, attribution.cue)
    if any(w in rules.deny for w in cues):
        return True
    first = line.words[line.at(attribution.spans[0].start)].lower
    return any(w in rules.negation for w in cues) and first not in ASKING


def _words_of(line: Line, span: Span | None) -> list[str]:
    return [w.lower for w in line.words[line.before(span.start) : line.before(span.end)]] if span else []


def is_unproven(line: Line, that: int, rules: Grammar) -> bool:
    """Whether a noun such as `rumours` stands before a `that`, with nothing but its own phrase between."""
    for index in range(that - 1, max(-1, that - ALLEGED), -1):
        word = line.words[index]
        if word.lower in rules.unproven:
            return True
        if word.lower in HARD or word.text == "," or is_finite(line.words, index, rules):
            return False
    return False


def who_is(line: Line, span: Span | None, layers: Layers) -> str | None:
    """The id of the entity that a span names or points to."""
    if span is None:
        return None
    beside = _beside(layers.line_at(span.start), span)
    if beside:
        return beside
    for other in (line, layers.line_at(span.start), layers.line_at(span.end - 1)):
        best = [
            n
            for n in other.names
            if n.start < span.end and span.start < n.end and n.kind in ("person", "organisation", "place")
        ]
        if best:
            best = [n for n in best if n.kind == "person"] or best  # `Ada Lind of the Harl Bank`
            exact = [n for n in best if not n.possessive and n.via != "demonym"] or best
            return max(exact, key=lambda n: min(n.end, span.end) - max(n.start, span.start)).id
    return None


def _beside(line: Line, span: Span) -> str | None:
    """Who is named behind a description: `the regional governor | , Ada Lind,`."""
    name = next((n for n in line.names if n.kind == "person" and 1 <= n.start - span.end <= 2), None)
    if name is None or any(n.kind == "person" and n.span.overlaps(span) for n in line.names):
        return None
    return name.id


def chain(line: Line, offset: int, layers: Layers) -> tuple[str, ...]:
    """Who vouches for what stands at an offset, nearest first."""
    attribution = said_by(line, offset)
    if attribution is None:
        return ()
    found = [who_is(line, span, layers) for span in (attribution.speaker, *attribution.via)]
    outer = [
        a
        for a in line.attributions
        if a is not attribution
        and a.start <= attribution.start
        and attribution.end <= a.end
        and a.end - a.start > attribution.end - attribution.start
    ]
    for other in sorted(outer, key=lambda a: a.end - a.start):
        found += [who_is(line, span, layers) for span in (other.speaker, *other.via)]
    return tuple(dict.fromkeys(id_ for id_ in found if id_))


def voiced(text: str, line: Line, offset: int, layers: Layers) -> str:
    """A sentence with the words of who says so, where nobody is named: `A drug has cured 14 patients, researchers said.`"""
    attribution = said_by(line, offset)
    if attribution is None or attribution.source is None or attribution.cue is None or chain(line, offset, layers):
        return text
    speaker, cue = (" ".join(span.of(layers.text).split()) for span in (attribution.source, attribution.cue))
    if not text.endswith(".") or speaker[:1].isupper() or len(speaker) < SPEAKER or not SPOKEN.search(cue):
        return text
    said = f"{cue} {speaker}" if cue.endswith("to") else f"{speaker} {cue}"
    return f"{text[:-1]}, {said}."
