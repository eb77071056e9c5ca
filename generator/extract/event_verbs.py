"""Events that a verb tells: `the mayor opened the harbour`, `is expected to open`, `the budget approved in 2031`."""

from __future__ import annotations

from itertools import takewhile

from msgspec.structs import replace

from generator.extract.clauses import Clause
from generator.extract.draft import Draft
from generator.extract.event_draft import event_draft
from generator.extract.event_phrases import noun_start, time_of, time_of_saying
from generator.extract.event_relatives import told_of, turned
from generator.extract.event_status import is_after, moved_to, status_of
from generator.extract.event_subjects import (
    agents,
    demander,
    missing_subject,
    owner_before,
    person_before,
    set_off,
    shared_subject,
)
from generator.extract.grammar import ARTICLES, HARD, PREPOSITIONS, Grammar
from generator.extract.layers import Layers, Line
from generator.extract.standing import fitted
from generator.extract.times import Time
from generator.extract.triggers import DEED, MOVED, Trigger
from generator.extract.verbs import Reading
from generator.extract.within import actors, names_in, span_of
from generator.extract.wording import clause_text, sentence
from generator.model import Span

LEFT = 12
"""Characters from `left` to a number, so near that it tells of a result."""
OF_NUMBERS = frozenset(["about", "around", "over", "under"])
"""Prepositions that before a number only say how exact it is."""
CHANGED = 20
"""Characters from a verb of change to the number that it comes to."""
ROUGHLY = 12
"""Characters from a verb to the number that it has for its object, with a bound between."""


def verb_event(
    layers: Layers, line: Line, trigger: Trigger, reading: Reading, clause: Clause, rules: Grammar
) -> Draft | None:
    """The event of a verb in its clause, or None where the words do not say whether it happened."""
    conditional = line.words[clause.lead].lower in ("if", "unless")  # the day of the condition is another
    span = span_of(line, clause.first if conditional else clause.lead, clause.last)
    told = span_of(line, *clause.told) if clause.told[1] else None
    time = time_of_saying(line, span, line.words[trigger.at]) or time_of(line, span, line.words[trigger.at].end, told)
    if reading.reduced and _hangs_on_noun(line, trigger, clause):
        return _participle_event(layers, line, trigger, time, rules)
    moved = moved_to(line, trigger, clause, rules, layers.date)
    if moved and reading.reality in ("happened", "present"):
        time, trigger = moved, replace(trigger, sort=DEED)  # what is to be on that day, its words tell
        reading = replace(reading, reality="planned")
    elif trigger.sort == MOVED and trigger.dated:
        return None
    if (trigger.dated or _subordinate(line, clause)) and time is None:
        return None
    if (
        trigger.sort == DEED
        and reading.reality == "happened"
        and time
        and _goes_on(line, trigger, reading, time, rules)
    ):
        return None
    if line.words[trigger.at].lower in rules.granting and time and _until(line, time, layers.date):
        reading = replace(reading, reality="called-for")
    if trigger.sort == DEED and trigger.lemma in rules.changes and _numbered(line, trigger):
        return None
    if trigger.sort == "departure" and any(0 < q.start - line.words[trigger.at].end < LEFT for q in line.quantities):
        return None  # `a clash that left at least seven dead`
    if reading.reality == "happened" and time is not None and is_after(time.when or "", layers.date):
        time = None  # `cancelled a visit planned for next week`: the day of something else
    status = status_of(reading, line, trigger, rules, time, layers.date)
    if status is None or trigger.sort is None or (trigger.dated and time is None):
        return None
    if status == "happened" and trigger.sort == "denial":
        status, clause = "denied", _with_content(line, trigger, clause)
    elif status in ("planned", "expected", "called-for"):
        clause = _with_condition(line, clause)
    wished = status == "happened" and (trigger.sort == "demand" or _orders(line, trigger, clause))
    status = "called-for" if wished else status
    who = [n.id for n in actors(line, *clause.subject)]
    who += [
        n.id
        for n in names_in(line, trigger.last, trigger.last + 1)
        if n.kind in ("person", "organisation") and n.id not in who
    ]
    who = who or set_off(line, clause.subject[0])
    if clause.first and line.words[clause.first - 1].lower == "who":
        who = person_before(line, clause.first - 1, who)
    who += [id_ for id_ in agents(line, trigger, reading) if id_ not in who]
    detached = clause.subject[1] < clause.first
    start = clause.lead if not detached else clause.first
    needed = max(trigger.last, line.at(time.words.end - 1) + 1 if time and time.words.start > span.start else 0)
    quote = span_of(line, start, fitted(line.words, start, clause.last, min(needed, clause.last)))
    subject = shared_subject(layers, line, trigger, clause, who) if detached else None
    thing = told_of(line, trigger, reading, clause, rules)
    if thing:
        quote = Span(thing.start, quote.end)
    governed = reading.first < trigger.at  # in `demanded that the minister resign` who speaks demands it
    demanded = demander(layers, line, reading) if status == "called-for" and governed else ()
    demanded = tuple(who) if wished else demanded
    if status == "called-for":
        who, demanded = [w for w in who if w not in demanded], demanded
    if clause.first and line.words[clause.first - 1].lower == "whose":
        owner = owner_before(line, clause.first - 1)
        if owner is None:
            return None
        who, subject = [], f"{layers.entities[owner].name}’s"  # `Ana Belk, whose | daughter drowned`
    if not thing and subject is None:
        subject = missing_subject(layers, line, quote, clause, (*who, *demanded), rules)
        if subject == "" and trigger.sort == DEED:
            return None  # of what no sort is known for, a piece of a sentence tells nothing
    return event_draft(
        layers,
        line,
        trigger,
        f"event-verb-{reading.reality}",
        quote,
        turned(layers, line, clause, trigger, thing)
        if thing
        else _set_in(layers, line, clause, clause_text(layers, line, quote, subject or None)),
        status,
        who,
        time,
        demanded,
        own=(quote, span_of(line, *clause.setting)) if clause.setting[1] else (),
    )


def _goes_on(line: Line, trigger: Trigger, reading: Reading, time: Time, rules: Grammar) -> bool:
    """Whether a deed without a sort is rather a state that lasts: `has led the party since 2005`."""
    perfect = rules.auxiliary.get(line.words[reading.first].lower) == "have"
    return perfect and (time.when or "").endswith("/..") and time.start > line.words[trigger.at].start


def _until(line: Line, time: Time, date: str) -> bool:
    """Whether a time is one to come by which something is to be done: `until May 3`."""
    end = (time.when or "").removeprefix("../")
    return line.words[line.at(time.words.start)].lower in ("until", "till") and is_after(end, date)


def _numbered(line: Line, trigger: Trigger) -> bool:
    """Whether a figure tells what a change comes to: `will fall | to 3 percent`, but not `will fall by a third`."""
    end = line.words[trigger.last - 1].end
    return any(0 < q.start - end < CHANGED and q.kind != "multiple" for q in line.quantities)


def _with_content(line: Line, trigger: Trigger, clause: Clause) -> Clause:
    """The clause of a verb of speech with what is said in it: `denied | that staff had been misled`."""
    place = line.words[trigger.at].start
    ends = [a.spans[-1].end for a in line.attributions if a.cue and a.cue.start <= place < a.cue.end]
    return replace(clause, last=max([clause.last, *(line.before(min(end, line.span.end)) for end in ends)]))


def _orders(line: Line, trigger: Trigger, clause: Clause) -> bool:
    """Whether somebody is to do something: `ordered the troops to leave`, but not `ordered a trial`."""
    return trigger.sort == "order" and any(w.lower == "to" for w in line.words[trigger.last : clause.last + 1])


def _with_condition(line: Line, clause: Clause) -> Clause:
    """The clause with the condition behind it, without which it would say too much: `would sue | unless it is paid`."""
    words, last = line.words, clause.last
    if last >= len(words) or words[last].lower not in ("if", "unless"):
        return clause
    while last < len(words) and words[last].lower not in HARD and words[last].text not in ",.!?":
        last += 1
    return replace(clause, last=last)


def _set_in(layers: Layers, line: Line, clause: Clause, text: str) -> str:
    """The text of a clause with the phrase in front that its sentence opens with."""
    if not clause.setting[1]:
        return text
    opening = text.split(" ", 1)[0].lower()
    text = text[0].lower() + text[1:] if opening in ARTICLES else text
    return f"{span_of(line, *clause.setting).of(layers.text)}, {text}"


def _subordinate(line: Line, clause: Clause) -> bool:
    """A clause of time or reason states its event only by the way: it needs a date of its own to count."""
    before = line.words[clause.first - 1].lower if clause.first else ""
    if before == "while" and clause.first > 1 and line.words[clause.first - 2].text == ",":
        return False  # `A has paid, while B refused`
    return before in ("since", "after", "before", "when", "while", "until", "as", "where", "because")


def _hangs_on_noun(line: Line, trigger: Trigger, clause: Clause) -> bool:
    """Whether a form without auxiliary hangs on the noun before it, as in `the budget approved in 2024`."""
    before = line.words[trigger.at - 1] if trigger.at else None
    following = line.words[trigger.last].lower if trigger.last < len(line.words) else "."
    if (
        before is None
        or before.capital
        or before.lower in ("he", "she", "it", "they", "who", "which", "that", "and", "also", ",", "we", "i")
    ):
        return False
    if before.lower.endswith("ly") or any(n.end == before.end for n in line.names):
        return False
    if any(0 <= q.start - line.words[trigger.last - 1].end <= ROUGHLY for q in line.quantities):
        return False  # `an earthquake in the valley killed about 1,900 people`
    noun = noun_start(line, trigger.at - 1)
    if noun and line.words[noun - 1].lower == "with":
        return True  # `would have floated with the doors sealed`
    phrased = following in PREPOSITIONS or following in ("last", "this")
    return phrased and _other_verb(line, trigger, clause)


def _other_verb(line: Line, trigger: Trigger, clause: Clause) -> bool:
    """Whether the noun before a form is no subject: a preposition or a comparison stands before it, or a verb to the
    left in the same stretch or right behind."""
    finite = {"is", "are", "was", "were", "has", "have", "had", "will", "would", "said", "says", "may"}
    left = line.words[clause.first : trigger.at]
    right = list(takewhile(lambda w: w.lower not in HARD, line.words[trigger.last :][:8]))
    noun = noun_start(line, trigger.at - 1)
    before = line.words[noun - 1].lower if noun > clause.first else ""
    counted = before in OF_NUMBERS and line.words[noun].text[0].isdigit()  # `about 2,000 people | marched`
    return (
        (before in PREPOSITIONS and before != "of" and not counted)
        or any(w.lower in finite or w.lower == "than" for w in left)
        or any(w.lower in finite for w in right)
    )


def _participle_event(layers: Layers, line: Line, trigger: Trigger, time: Time | None, rules: Grammar) -> Draft | None:
    if (
        time is None
        or trigger.sort is None
        or not 0 < time.start - line.words[trigger.at].end <= 25
        or is_after(time.when or "", layers.date)
    ):
        return None
    first = noun_start(line, trigger.at - 1)
    quote = Span(line.words[first].start, time.end)
    return event_draft(
        layers, line, trigger, "event-participle", quote, sentence(quote.of(layers.text)), "happened", [], time, ()
    )
