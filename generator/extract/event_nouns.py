"""Events that a noun tells: held by a verb (`hold a summit`), dated, scheduled or demanded."""

from __future__ import annotations

from typing import Any

from generator.extract.clauses import Clause
from generator.extract.draft import Draft
from generator.extract.event_draft import event_draft
from generator.extract.event_phrases import noun_end, noun_start, own_time, time_of, vague
from generator.extract.event_status import is_after, moved_to, status_of
from generator.extract.grammar import PREPOSITIONS, PRONOUN_SUBJECTS, RELATIVES, Grammar
from generator.extract.layers import Layers, Line
from generator.extract.standing import LIMIT, length
from generator.extract.times import Time
from generator.extract.triggers import Trigger
from generator.extract.verbs import Reading
from generator.extract.within import actors, names_in, span_of, times_in
from generator.extract.wording import clause_text, sentence
from generator.extract.words import Word
from generator.model import Span

PLANNER = 6
"""Words from an event's noun to the `planned` of who planned it."""
DEADLINE = "deadline"
"""The sort that tells of nothing once it has passed."""


def noun_of_verb(
    layers: Layers, line: Line, trigger: Trigger, reading: Reading, clause: Clause, noun: Trigger, rules: Grammar
) -> Draft | None:
    """The event that a light verb holds: `is set to hold a summit in mid-March`."""
    after = noun.at > trigger.at
    span = span_of(line, clause.lead, clause.last)
    time = own_time(line, noun, rules) or time_of(line, span, line.words[trigger.at].end)
    status = status_of(reading, line, trigger, rules, time, layers.date)
    settled = reading.reality in ("happened", "present")
    if settled and (moved := moved_to(line, trigger, clause, rules, layers.date)):
        time, status = moved, "planned"
    if after and trigger.lemma in rules.announcing and settled and not reading.passive:
        to_come = time is not None and is_after(time.when or "", layers.date)
        status = "planned" if to_come else None if trigger.lemma in rules.announcing_only else status
    if status is None or noun.sort is None or (noun.sort == DEADLINE and status == "happened"):
        return None
    start, last = min(clause.subject[0], clause.lead), max(clause.last, clause.first + 1)
    holders = actors(line, *clause.subject) if after else []
    end = clause.last if noun.sort == DEADLINE else noun_end(line, noun, time, clause.last)
    aside = next(
        (i for i in range(noun.last, end) if line.words[i].lower == "," or line.words[i].lower in RELATIVES), end
    )
    of = [n for n in names_in(line, noun.last, aside) if n.kind in ("organisation", "person")]
    who = list(dict.fromkeys(n.id for n in (*holders, *of)))
    if after:
        beside = clause.subject[1] == reading.first
        verb = span_of(line, clause.subject[0] if beside else reading.first, trigger.last)
        phrase = span_of(line, noun_start(line, noun.at), end)
        joined = Span(verb.start, phrase.end) if noun.at - trigger.at < 8 and phrase.start - verb.end <= 1 else None
        words = (
            clause_text(layers, line, joined)
            if joined
            else sentence(clause_text(layers, line, verb).rstrip(".") + " " + phrase.of(layers.text))
        )
        if not beside and clause.subject[0] < clause.subject[1]:
            words = sentence(f"{span_of(line, *clause.subject).of(layers.text)} {words[0].lower()}{words[1:]}")
    else:
        phrase = span_of(line, noun_start(line, noun.at), clause.subject[1])
        group = span_of(line, reading.first, clause.last)
        words = sentence(f"{phrase.of(layers.text).rstrip(', ')} {group.of(layers.text)}")
    own = span_of(line, clause.lead, reading.first), phrase
    last = max(noun.last, end, trigger.last) if after else last
    if length(line.words, start, last) > LIMIT:
        start = max(start, reading.first)
    quote = span_of(line, start, last)
    return event_draft(
        layers, line, noun, "event-held", quote, words, status, who, time, (), line.words[trigger.at], own
    )


def noun_event(layers: Layers, line: Line, noun: Trigger, rules: Grammar) -> Draft | None:
    """An event that only a noun tells: with its date, or with a word that schedules or demands it."""
    words = line.words
    first = noun_start(line, noun.at)
    if (noun.at and words[noun.at - 1].lower == "to") or noun.sort is None or words[first].lower in ("no", "any"):
        return None
    if any(w.lower in rules.alleged for w in words[: noun.at]):
        return None
    if (planner := planned_by(line, noun, rules)) is not None:
        return _planned_by(layers, line, noun, *planner)
    time = own_time(line, noun, rules)
    scheduled = _scheduled(line, noun, rules)
    wanted = demanded(line, first, rules)
    following = words[noun.last].lower if noun.last < len(words) else "."
    if following.isalpha() and following in rules.nouns and not scheduled:
        return None
    intended = wanted is not None and wanted[0] > 0 and words[wanted[0] - 1].lower in ("will", "would", "to")
    if wanted:  # `would seek a review` is what somebody will do
        status: str = "planned" if intended else "called-for"
    elif scheduled:
        status = scheduled[1]
    elif time is not None and not vague(time):
        status = "planned" if is_after(time.when or "", layers.date) else "happened"
        if noun.sort == DEADLINE and status == "happened":
            return None
    else:
        return None
    if scheduled and time is None:
        time = next(
            (
                t
                for t in times_in(line, Span(words[scheduled[0]].start, line.span.end))
                if t.start - words[scheduled[0]].end < 40
            ),
            None,
        )
    last = noun_end(line, noun, time, len(words))
    if scheduled:
        last = max(last, scheduled[0] + 1)
    if wanted:
        first = wanted[0]
    quote = span_of(line, first, last)
    if scheduled and not wanted and scheduled[0] - noun.last <= 1 and time is not None:
        return _scheduled_text(layers, line, noun, line.words[scheduled[0] - 1], quote, status, time)
    who = [
        n.id
        for n in names_in(line, noun_start(line, noun.at), last)
        if n.kind in ("organisation", "person") and not wanted
    ]
    demanders = tuple(n.id for n in wanted[1]) if wanted and not intended else ()
    who += [n.id for n in wanted[1]] if wanted and intended else []
    subject = layers.entities[demanders[0]].name if demanders else None
    rule = "event-noun-demanded" if wanted else "event-noun-scheduled" if scheduled else "event-noun-dated"
    return event_draft(
        layers, line, noun, rule, quote, clause_text(layers, line, quote, subject), status, who, time, demanders
    )


def planned_by(line: Line, noun: Trigger, rules: Grammar) -> tuple[int, int] | None:
    """Where the subject begins and the verb stands in a relative clause that says when the thing was to be:
    `the strike that | it had planned for May 3`."""
    words = line.words
    relative = noun.last < len(words) and words[noun.last].lower in ("that", "which")
    first = noun.last + relative
    for verb in range(first + 1, min(len(words) - 1, first + PLANNER)):
        if words[verb].lower in rules.scheduling and rules.auxiliary.get(words[verb - 1].lower) == "have":
            return (first, verb) if words[verb + 1].lower in ("for", "on", "in") else None
        if not words[verb].alphabetic or words[verb].lower in PREPOSITIONS:
            return None
        if words[verb].lower in rules.finite and words[verb].lower not in rules.auxiliary:
            return None
    return None


def _planned_by(layers: Layers, line: Line, noun: Trigger, first: int, verb: int) -> Draft | None:
    """The event of `the strike that the union had planned for May 3`: `The union had planned the strike for May 3.`"""
    words = line.words
    place = words[verb + 1].start
    time = next(
        (t for t in line.times if t.when and t.words.start <= place + len(words[verb + 1].text) + 1 <= t.end), None
    )
    if time is None:
        return None
    start = noun_start(line, noun.at)
    thing = span_of(line, start, noun.last).of(layers.text)
    whose = [n for n in line.names if n.start >= words[first].start and n.end <= words[verb].start]
    behind = Span(words[verb + 1].start, time.end).of(layers.text)
    if words[first].lower in PRONOUN_SUBJECTS:
        text = sentence(f"{thing} {words[verb - 1].text} been {words[verb].text} {behind}")
    else:
        said = Span(words[first].start, words[verb].end).of(layers.text)
        text = sentence(f"{said} {thing[0].lower()}{thing[1:]} {behind}")
    quote = Span(words[start].start, time.end)
    return event_draft(
        layers, line, noun, "event-noun-scheduled", quote, text, "planned", [n.id for n in whose], time, ()
    )


def _scheduled_text(
    layers: Layers, line: Line, noun: Trigger, head: Word, quote: Span, status: str, time: Time
) -> Draft:
    """`the ceremonies set for this month` as a sentence: `The ceremonies are set for this month.`"""
    if head.lower in ("was", "were", "is", "are", "been", "be"):
        return event_draft(
            layers, line, noun, "event-noun-scheduled", quote, sentence(quote.of(layers.text)), status, [], time, ()
        )
    verb = "are" if head.lower.endswith("s") else "is"
    text = sentence(
        f"{Span(quote.start, head.end).of(layers.text)} {verb} {Span(head.end, quote.end).of(layers.text).strip()}"
    )
    return event_draft(layers, line, noun, "event-noun-scheduled", quote, text, status, [], time, ())


def _scheduled(line: Line, noun: Trigger, rules: Grammar) -> tuple[int, str] | None:
    """The word after an event's noun that says it is to come: `ceremonies set for`, `openings are nearing`."""
    for index in range(noun.last, min(len(line.words), noun.last + 5)):
        word = line.words[index]
        following = line.words[index + 1].lower if index + 1 < len(line.words) else ""
        if word.lower == "set" and following in ("up", "aside", "off", "out", "back"):
            return None
        if word.lower in rules.scheduling:
            return index, rules.scheduling[word.lower]
        if word.lower in rules.auxiliary or word.lower in rules.nouns or word.lower in rules.adverbs:
            continue
        if word.lower == "for" or word.lower == "on":
            continue
        return None
    return None


def demanded(line: Line, first: int, rules: Grammar) -> tuple[int, list[Any]] | None:
    """The verb before an event's noun that wants it, and who does: `demanded a public inquiry`."""
    words = line.words
    verb = first - 1
    if verb < 0:
        return None
    if words[verb].lower == "for" and verb and words[verb - 1].lower in rules.demand_for:
        verb -= 1
        tag = rules.demand_for[words[verb].lower]
    elif words[verb].lower in rules.demand:
        tag = rules.demand[words[verb].lower]
    else:
        return None
    if tag in ("ing",) or line.in_quotation(words[verb].start):
        return None
    before = [
        n
        for n in line.names
        if n.end <= words[verb].start
        and n.kind in ("person", "organisation", "place")
        and not n.possessive
        and n.via != "demonym"
    ]
    outside = [n for n in before if line.words[max(0, line.at(n.start) - 1)].lower not in PREPOSITIONS] or before
    return verb, outside[:1]
