"""The status of an event: what its verb, its date and who vouches for it say together."""

from __future__ import annotations

from itertools import pairwise

from msgspec.structs import replace

from generator import edtf
from generator.extract.clauses import Clause
from generator.extract.grammar import Grammar
from generator.extract.layers import Line
from generator.extract.times import Time
from generator.extract.triggers import Trigger
from generator.extract.verbs import Reading
from generator.extract.vouching import denies, said_by
from generator.extract.within import times_in
from generator.model import Span

STATUSES = ("happened", "planned", "expected", "called-for", "denied")


def status_of(
    reading: Reading, line: Line, trigger: Trigger, rules: Grammar, time: Time | None, date: str
) -> str | None:
    """The status of an event, or None where the words do not settle one."""
    reality: str = reading.reality
    attribution = said_by(line, line.words[trigger.at].start)
    believed = attribution is not None and attribution.cue is not None and _is_belief(line, attribution.cue, rules)
    if reality in ("happened", "planned") and attribution and denies(line, attribution.cue, rules):
        return "denied"
    ahead = time is not None and time.when is not None and is_after(time.when, date)
    scheduled = rules.scheduling.get(line.words[trigger.at].lower)
    deferred = (
        scheduled and line.words[trigger.last].lower in ("to", "until", "till")
        if trigger.last < len(line.words)
        else False
    )
    past = line.words[reading.first].lower in rules.past_be and not ahead and not deferred
    held = any(
        rules.auxiliary.get(w.lower) == "be" or w.lower in rules.remaining
        for w in line.words[reading.first : trigger.at]
    )
    if scheduled and held and reading.reality in ("happened", "present") and not past:
        reality = scheduled  # `are nearing`, `is due`: what is near has not come; what `was delayed` is another matter
    if reality == "present":
        if not ahead:
            return None
        reality = "planned"
    if reality == "planned" and attribution and line.words[reading.first].lower == "must":
        return "called-for"
    if reality == "planned" and believed:
        return "expected"
    if reality == "happened" and ahead:
        return None
    return reality if reality in STATUSES else None


def moved_to(line: Line, trigger: Trigger, clause: Clause, rules: Grammar, date: str) -> Time | None:
    """The day to come to which something was put off or moved: `has been postponed to May 3`; None where there is none."""
    if not is_moving(line, trigger, rules):
        return None
    ahead = ((t, (t.when or "").removeprefix("../")) for t in line.times)  # `adjourned until May 3`: it is then
    times = {line.at(t.words.start): replace(t, when=when) for t, when in ahead if is_after(when, date)}
    for index in range(trigger.last, min(clause.last, len(line.words))):
        if line.words[index].lower in ("to", "until", "till") and (time := times.get(index) or times.get(index + 1)):
            return time
    return None


def is_moving(line: Line, trigger: Trigger, rules: Grammar) -> bool:
    """Whether a verb may give a thing another day: `postponed`, `put back`."""
    words = line.words
    particle = words[trigger.at + 1].lower if trigger.at + 1 < len(words) else ""
    return any((words[trigger.at].lower, then) in rules.moving for then in ("", particle))


def fell_through(line: Line, trigger: Trigger, reading: Reading, clause: Clause, rules: Grammar) -> bool:
    """Whether what did not happen had been due: `did not open as planned`, `has yet to open`, `did not sign on Monday`.

    Of all else that did not happen there is no end.
    """
    words = [w.lower for w in line.words[reading.first : clause.last]]
    if any(w in rules.unmet for w in words) or any(" ".join(pair) in rules.unmet for pair in pairwise(words)):
        return True
    stretch = Span(line.words[reading.first].start, line.words[clause.last - 1].end)
    days = (edtf.parse(t.when or "") for t in times_in(line, stretch))
    return words[0] == "did" and any(day and day.precision == "day" for day in days)


def _is_belief(line: Line, cue: Span, rules: Grammar) -> bool:
    return any(w.lower in rules.belief for w in line.words if cue.start <= w.start < cue.end)


def is_after(when: str, date: str) -> bool:
    """Whether an EDTF date begins after the day of the article."""
    parsed, anchor = edtf.parse(when), edtf.parse(date)
    return parsed is not None and anchor is not None and not parsed.open_start and parsed.earliest > anchor.latest
