"""Who does what a clause tells: the subject beside its verb, before it, or named elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from generator.extract.clauses import Clause
from generator.extract.grammar import DETERMINERS, JOINTS, PREPOSITIONS, SUBORDINATORS, Grammar, is_adverb
from generator.extract.layers import Layers, Line
from generator.extract.standing import stands
from generator.extract.triggers import Trigger
from generator.extract.verbs import Reading, is_finite
from generator.extract.vouching import said_by, who_is
from generator.extract.within import span_of
from generator.model import Span

AWAY = 12
"""Words from a person to the `who` that is about him."""
PRONOUN = 5
"""Characters of a speaker that is no name: `he`, `they`."""
FUNCTION = PREPOSITIONS | DETERMINERS | SUBORDINATORS | JOINTS
MODALS = frozenset(["will", "would", "can", "could", "may", "might", "must", "should", "shall"])


def shared_subject(layers: Layers, line: Line, trigger: Trigger, clause: Clause, who: list[str]) -> str | None:
    """The subject that a clause takes over from the one before it, with the auxiliary that it shares:
    `The probe is to reach the moon and | return` → `The probe is to`."""
    first, last = clause.subject
    if first >= last:
        return None
    words = line.words[last : clause.first]
    shared = next((i for i, w in enumerate(words) if w.lower == "to" or w.lower in MODALS), None)
    base = "base" in trigger.tags and "past" not in trigger.tags and clause.first == trigger.at
    auxiliary = f" {Span(words[0].start, words[shared].end).of(layers.text)}" if base and shared is not None else ""
    if base and not auxiliary:
        return None
    name = layers.entities[who[0]].name if len(who) == 1 else span_of(line, first, last).of(layers.text).rstrip(", ")
    return name + auxiliary


def missing_subject(
    layers: Layers, line: Line, quote: Span, clause: Clause, ids: Sequence[str], rules: Grammar
) -> str | None:
    """The subject that a quote lacks where it begins with its verb; empty where nobody is known to be it, None where
    it lacks none."""
    words, first, last = line.words, line.at(quote.start), line.at(quote.end - 1) + 1
    opening = words[first].lower
    own = words[max(first, clause.subject[0]) : clause.subject[1]]
    if any(w.alphabetic and w.lower not in FUNCTION and not is_adverb(w, rules) for w in own) or opening in (
        "if",
        "unless",
    ):
        return None
    if stands(line, first, last, rules):
        return None
    if opening in JOINTS or opening in ("to", "that") or (opening.endswith("ing") and opening not in rules.nouns):
        return ""
    verb = next((i for i in range(first, last) if not is_adverb(words[i], rules)), first)  # `still | plans to`
    telling = words[verb].lower
    if not (is_finite(words, verb, rules) or telling in rules.verbs_base or telling in rules.governors):
        return ""
    if ids:
        return layers.entities[ids[0]].name
    attribution = said_by(line, quote.end - 1)  # `the ministry | aims to cover all by May`
    speaker = attribution.source if attribution else None
    if attribution is None or speaker is None or speaker.start >= quote.start:
        return ""
    known = who_is(line, attribution.speaker, layers)
    if speaker.end > quote.start:
        return layers.entities[known].name if known else ""
    return layers.entities[known].name if known and len(speaker) < PRONOUN else speaker.of(layers.text)


def set_off(line: Line, at: int) -> list[str]:
    """Whom an apposition is about that begins at word `at`: `Ana Belk, | a baker who bought the club`."""
    if at < 2 or line.words[at - 1].text != "," or line.words[at].lower not in ("a", "an", "the", "who"):
        return []
    return [n.id for n in line.names if n.end == line.words[at - 2].end and n.kind in ("person", "organisation")][:1]


def owner_before(line: Line, whose: int) -> str | None:
    """Whom a `whose` is about: the name right before it or its comma, or the person of that place."""
    at = whose - 1 if whose and line.words[whose - 1].text == "," else whose
    if at > 2 and line.words[at - 2].lower in ("of", "from") and line.words[at - 1].capital:
        person = next((n for n in line.names if n.end == line.words[at - 3].end and n.kind == "person"), None)
        if person:
            return person.id  # `Ana Belk of Harl, whose`
    return next((n.id for n in line.names if at and n.end == line.words[at - 1].end), None)


def person_before(line: Line, relative: int, found: Sequence[str]) -> list[str]:
    """Whom a `who` is about: of the names before it, the last person, whatever body stands between."""
    persons = [n for n in line.names if n.kind == "person" and n.end <= line.words[relative].start]
    near = [n.id for n in persons if n.id in found]
    if near or not persons:
        return near or list(found)
    return [persons[-1].id] if relative - line.at(persons[-1].end - 1) <= AWAY else []


def agents(line: Line, trigger: Trigger, reading: Reading) -> list[str]:
    """Who did what a passive tells: `was developed | by Corvid Foods`."""
    words, at = line.words, trigger.last
    if not (reading.passive or reading.reduced) or at + 1 >= len(words) or words[at].lower != "by":
        return []
    first = at + 1 + (words[at + 1].lower in ("the", "its", "a", "an"))
    return [n.id for n in line.names if first < len(words) and n.start == words[first].start and n.kind != "programme"][
        :1
    ]


def demander(layers: Layers, line: Line, reading: Reading) -> tuple[str, ...]:
    """Who wants it: the owner of the instruction, or the subject of `urged`."""
    before = [
        n
        for n in line.names
        if n.end <= line.words[reading.first].start + 1
        and n.kind in ("person", "organisation", "place")
        and n.via != "demonym"
    ]
    nearest = [n for n in before if n.possessive] or before
    return (nearest[-1].id,) if nearest else ()
