"""Relative clauses that tell of their object: `a harbour that the mayor opened last week`."""

from __future__ import annotations

from generator.extract.clauses import Clause, noun_before
from generator.extract.grammar import PREPOSITIONS, Grammar
from generator.extract.layers import Layers, Line
from generator.extract.triggers import Trigger
from generator.extract.verbs import Reading, is_finite
from generator.extract.vouching import said_by
from generator.extract.within import span_of
from generator.extract.wording import clause_text, sentence
from generator.model import Span


def told_of(line: Line, trigger: Trigger, reading: Reading, clause: Clause, rules: Grammar) -> Span | None:
    """What a relative clause tells of where that is its object: `a harbour | that the mayor opened last week`."""
    words, relative = line.words, clause.first - 1
    if (
        relative < 1
        or words[relative].lower not in ("that", "which")
        or clause.subject != (clause.first, reading.first)
    ):
        return None
    attribution = said_by(line, words[trigger.at].start)
    if trigger.lemma in rules.looming:
        return None  # nothing is done to anybody: `forecast that prices would fall by a third`
    if reading.passive or (attribution and attribution.start <= words[clause.first].start <= attribution.start + 5):
        return None  # `said that the mayor opened it`
    following = words[trigger.last] if trigger.last < len(words) else None
    timed = following is not None and any(t.words.start == following.start for t in line.times)
    if following is not None and not timed and following.lower not in PREPOSITIONS and following.alphabetic:
        return None
    start = noun_before(words, relative, rules)
    if not any(w.alphabetic and not is_finite(words, i, rules) for i, w in enumerate(words[start:relative], start)):
        return None
    return Span(words[start].start, words[relative - 1].end)


def turned(layers: Layers, line: Line, clause: Clause, trigger: Trigger, thing: Span) -> str:
    """The text of a relative clause with what it tells of behind its verb: `The mayor opened a harbour last week.`"""
    verb = clause_text(layers, line, span_of(line, clause.first, trigger.last)).rstrip(".")
    rest = span_of(line, trigger.last, clause.last).of(layers.text) if clause.last > trigger.last else ""
    return sentence(f"{verb} {thing.of(layers.text)} {rest}")
