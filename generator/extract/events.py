"""Events: what somebody did or what befell, and what is planned, expected, demanded or denied.

A verb of the lexicon makes an event when it reads as one of those; a noun does when a date, a verb
that only holds it (`hold a summit`) or a word of scheduling stands with it. Direct speech makes none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from generator.extract.clauses import Clause, clause_of
from generator.extract.draft import Draft
from generator.extract.event_nouns import demanded, noun_event, noun_of_verb, planned_by
from generator.extract.event_phrases import noun_start, own_time
from generator.extract.event_status import fell_through, is_after, moved_to
from generator.extract.event_verbs import verb_event
from generator.extract.grammar import DETERMINERS, PREPOSITIONS, RELATIVES, Grammar, grammar
from generator.extract.layers import Layers, Line
from generator.extract.triggers import DEED, Trigger, find_triggers
from generator.extract.verbs import Reading, is_finite, read_verb
from generator.extract.vouching import ALLEGED, is_unclaimed, is_unproven, said_by
from generator.extract.within import span_of, times_in
from generator.model import Span

GOES_ON = PREPOSITIONS | RELATIVES
"""What a noun phrase goes on with behind its noun."""
OF_OBJECT = {"demand": "called-for", "order": "called-for", "denial": "denied"}
"""Sorts that are mere saying where their object is an event of this status."""
REACH = 80
"""Characters from a demand to what is demanded."""
SAYING = frozenset(["announcement", "concession", "admission", "warning", "accusation"])
"""Sorts that are mere saying where what was said stands beside them."""


def events(layers: Layers) -> Iterator[Draft]:
    """The events of a text, sentence by sentence."""
    rules = grammar(layers.lexicons)
    for line in layers.lines:
        if line.words and line.words[-1].text == "?":
            continue  # a question tells nothing
        triggers = [t for t in find_triggers(line.words, rules) if _may_tell(line, t)]
        telling = [t for t in triggers if not _only_says(line, t, rules)]
        if telling:
            yield from _told_once(_line_events(layers, line, telling, rules))


def _may_tell(line: Line, trigger: Trigger) -> bool:
    """Whether a word is neither said in direct speech nor the name of a month: `March 2` tells of no march."""
    word = line.words[trigger.at]
    named = word.capital and any(t.start <= word.start < t.end for t in line.times)
    return not named and not line.in_quotation(word.start)


def _told_once(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Drafts without the demands and denials whose object is an event beside them: `urged the council to start the
    works`, `denied that the works had begun`."""
    every = list(drafts)
    found = [draft for draft in every if not _mere_saying(draft, every)]
    for draft in found:
        if draft.values["what"] != DEED or not any(_tells_better(other, draft) for other in found):
            yield draft


def _mere_saying(draft: Draft, every: Sequence[Draft]) -> bool:
    """Whether a demand or denial has an event for its object that stands beside it."""
    status = OF_OBJECT.get(draft.values["what"])
    return any(0 < d.trigger.start - draft.trigger.end < REACH and d.values["status"] == status for d in every)


def _tells_better(other: Draft, deed: Draft) -> bool:
    """Whether another event tells, with its sort, what a deed without one tells of the same words and day."""
    inner, outer = sorted((other.quote, deed.quote), key=len)
    same = outer.start <= inner.start and inner.end <= outer.end and len(inner) > len(outer) / 2
    return same and other.values["what"] != DEED and other.values["when"] == deed.values["when"]


def _only_says(line: Line, trigger: Trigger, rules: Grammar) -> bool:
    """Whether a verb is the cue of a clause that somebody said, without a date: `announced that it would close`."""
    place = line.words[trigger.at].start
    following = line.words[trigger.last].lower if trigger.last < len(line.words) else ""
    if trigger.sort in ("discovery", "agreement") and trigger.tags and following == "that":
        return True
    if trigger.sort == DEED and trigger.tags:
        cue = any(a.cue and a.cue.start <= place < a.cue.end for a in line.attributions)
        return cue or following == "that"  # `signalled that more was to come`
    if trigger.sort not in SAYING or line.said_when:
        return False
    contents = [a.spans[0] for a in line.attributions if a.cue and a.cue.start <= place < a.cue.end]
    return any(
        is_finite(line.words, i, rules)
        for c in contents
        for i, w in enumerate(line.words)
        if c.start <= w.start < c.end
    )


def _line_events(layers: Layers, line: Line, triggers: list[Trigger], rules: Grammar) -> Iterator[Draft]:
    nouns = [t for t in triggers if not t.tags and _is_head(line, t, rules)]
    held: set[int] = set()
    used: set[int] = set()
    drafts: list[Draft] = []
    wanting = {found[0] for n in nouns if (found := demanded(line, noun_start(line, n.at), rules))}
    for trigger in triggers:
        if not trigger.tags or trigger.at in wanting:  # `demanded an inquiry` tells of the inquiry
            continue
        reading = read_verb(line.words, trigger, rules) or _demanded_clause(line, trigger, rules)
        if reading is None or reading.reality == "hypothetical":
            continue
        within = _within(line, trigger)
        clause = clause_of(line, trigger, reading, rules, within)
        if reading.reality == "hoped":
            if rules.auxiliary.get(line.words[reading.first].lower) == "have" or not _still_to_come(
                layers, line, clause
            ):
                continue
            reading = replace(reading, reality="expected")
        if reading.reality == "negated":
            held.update(n.at for n in _held(line, trigger, clause, nouns, rules) if trigger.lemma in rules.light_verbs)
            if not fell_through(line, trigger, reading, clause, rules):
                continue
            reading = replace(reading, reality="denied")
        if _nobody_vouches(line, trigger, reading, clause, rules):
            continue
        if _conditional(line, clause, reading, rules):
            continue
        light = trigger.lemma in rules.light_verbs and trigger.last == trigger.at + 1  # not `called off`
        objects = _held(line, trigger, clause, nouns, rules) if light else []
        objects = objects or _scheduled(line, trigger, clause, nouns, rules)
        if not objects and moved_to(line, trigger, clause, rules, layers.date):
            objects = _heads(line, clause, nouns)  # `the opening of the line was put off to May 3`
        if objects:
            used.add(trigger.at)
            made = [noun_of_verb(layers, line, trigger, reading, clause, noun, rules) for noun in objects]
            held.update(n.at for n in nouns if min(o.at for o in objects) <= n.at < clause.last)
            drafts += [d for d in made if d]
        elif trigger.sort and trigger.at not in used:
            draft = verb_event(layers, line, trigger, reading, clause, rules)
            if draft:
                used.add(trigger.at)
                inside = [n for n in nouns if trigger.at < n.at < clause.last or _leads(n, clause, draft, line)]
                held.update(
                    n.at
                    for n in inside
                    if not _dated_apart(line, n, draft, rules) and planned_by(line, n, rules) is None
                )
                drafts.append(draft)
    for noun in nouns:
        if noun.at not in held and not any(noun.at == t.at and t.at in used for t in triggers):
            draft = noun_event(layers, line, noun, rules)
            if draft:
                drafts.append(draft)
    # The denial tells what is in it that is called for or planned, `denied that it had asked for a loan`.
    drafts = [d for d in drafts if d.values["status"] == "denied" or not is_unclaimed(line, d.trigger.start, rules)]
    yield from sorted(drafts, key=lambda d: (d.trigger.start, d.quote.start))


def _still_to_come(layers: Layers, line: Line, clause: Clause) -> bool:
    """Whether a clause holds a day to come: `hopes to open in May`."""
    return any(is_after(t.when or "", layers.date) for t in times_in(line, span_of(line, clause.lead, clause.last)))


def _demanded_clause(line: Line, trigger: Trigger, rules: Grammar) -> Reading | None:
    """How a bare form reads in what somebody demands: `demanded that the minister resign`."""
    attribution = said_by(line, line.words[trigger.at].start)
    before = line.words[trigger.at - 1].lower if trigger.at else ""
    if attribution is None or attribution.cue is None or trigger.tags != {"base"}:
        return None
    if before in DETERMINERS or before in PREPOSITIONS:
        return None
    cue = {w.lower for w in line.words if attribution.cue.start <= w.start < attribution.cue.end}
    return Reading(trigger.at, "called-for") if cue & rules.demand.keys() else None


def _is_head(line: Line, noun: Trigger, rules: Grammar) -> bool:
    """Whether an event's noun is one here: not the attribute of another noun (`the ruling party`), nor headed by
    another that tells the sort (`inauguration | ceremonies`)."""
    before = line.words[noun.at - 1].lower if noun.at else ""
    if before in rules.nouns:
        return False
    following = line.words[noun.last] if noun.last < len(line.words) else None
    if following is not None and following.lower in rules.compounds:
        return False  # `the death toll`
    if following is None or not noun.lemma.endswith("ing"):
        return True
    return not (
        following.capital or following.lower in rules.nouns or (noun.lemma == "ruling" and following.alphabetic)
    )


def _within(line: Line, trigger: Trigger) -> Span:
    """What the clause may reach over: the content of what somebody said, or the sentence without its attribution."""
    offset = line.words[trigger.at].start
    attribution = said_by(line, offset)
    if attribution:
        piece = next(s for s in attribution.spans if s.start <= offset < s.end)
        return Span(max(piece.start, line.span.start), min(piece.end, line.span.end))
    return line.span


def _conditional(line: Line, clause: Clause, reading: Reading, rules: Grammar) -> bool:
    """Whether a clause says only what may be, or asks: `if the works begin`, `did not settle who will lead`."""
    before = line.words[clause.subject[0] - 1].lower if clause.subject[0] else ""
    own = line.words[clause.first - 1].lower if clause.first else ""
    question = line.words[reading.first - 1].lower if reading.first else ""
    asked = line.words[reading.first - 2].lower if question in ("who", "what", "which") and reading.first > 1 else ""
    inverted = line.words[0].lower == "had" and clause.subject[0] <= 1  # `Had the office heeded the letter, …`
    return before in rules.conditional or own in rules.conditional or asked in rules.verbs_base or inverted


def _nobody_vouches(line: Line, trigger: Trigger, reading: Reading, clause: Clause, rules: Grammar) -> bool:
    """Whether a clause tells what did not happen, or what nobody says did: `Nobody was hurt`, `Rumours that he had died`,
    `doubted that it was stolen`, `allegedly took`."""
    words = line.words
    first, last = clause.subject
    if first < last and words[first].lower in rules.nobody:
        return True
    if (
        clause.subject[0]
        and words[clause.subject[0] - 1].lower == "that"
        and is_unproven(line, clause.subject[0] - 1, rules)
    ):
        return True
    if any(w.lower in rules.alleged for w in words[max(0, reading.first - ALLEGED) : trigger.at]):
        return True
    if words[clause.lead].lower in ("if", "unless") and not said_by(line, words[trigger.at].start):
        return any(w.lower == "would" for w in words[reading.first : trigger.at])  # `If it left, he would lose`
    attribution = said_by(line, words[trigger.at].start)
    cue = attribution.cue if attribution else None
    return cue is not None and any(w.lower in rules.doubt for w in words if cue.start <= w.start < cue.end)


def _held(line: Line, trigger: Trigger, clause: Clause, nouns: list[Trigger], rules: Grammar) -> list[Trigger]:
    """The event nouns that a light verb holds: its objects, or its subject (`talks were held`, `the vote begins`)."""
    if trigger.lemma in rules.hold_objects:
        after = [n for n in nouns if trigger.last <= n.at < clause.last]
        if after and not any(w.lower in PREPOSITIONS for w in line.words[trigger.last : after[0].at]):
            joined = [after[0]]
            for noun in after[1:]:
                between = [w.lower for w in line.words[joined[-1].last : noun.at]]
                if "and" in between and not {"to", "for", "with", "ahead"} & set(between[between.index("and") :]):
                    joined.append(noun)
            return joined
    if trigger.lemma in rules.hold_subjects:
        first, last = clause.subject
        subject = [n for n in nouns if first <= n.at < last]
        for noun in reversed(subject):
            if not any(w.lower in PREPOSITIONS for w in line.words[max(first, noun.at - 5) : noun.at][-1:]):
                return [noun]
    return []


def _scheduled(line: Line, trigger: Trigger, clause: Clause, nouns: Sequence[Trigger], rules: Grammar) -> list[Trigger]:
    """The event that a mere word of scheduling has for its subject: `a demonstration against the dam is planned for Sunday`."""
    if trigger.sort != DEED or line.words[trigger.at].lower not in rules.scheduling:
        return []
    return _heads(line, clause, nouns)


def _heads(line: Line, clause: Clause, nouns: Sequence[Trigger]) -> list[Trigger]:
    """The event's noun that a subject is about: `a demonstration | against the dam`; empty where it is about another thing."""
    first, last = clause.subject
    of = next((i for i in range(first, last) if line.words[i].lower in GOES_ON), last)
    return [n for n in nouns if n.last == of][:1]


def _dated_apart(line: Line, noun: Trigger, draft: Draft, rules: Grammar) -> bool:
    """Whether a noun in a verb's clause has a date of its own before it: `jailed two men over the 2029 collapse`."""
    time = own_time(line, noun, rules)
    return time is not None and time.start < line.words[noun.at].start and time.when != draft.values["when"]


def _leads(noun: Trigger, clause: Clause, draft: Draft, line: Line) -> bool:
    """Whether a noun only sets the scene of a verb's event, date included: `At the summit in May, the states agreed`."""
    if not clause.lead <= noun.at < clause.first:
        return False
    opening = span_of(line, clause.lead, clause.first)
    return any(t.when == draft.values["when"] for t in times_in(line, opening) if t.when)
