"""Where the phrase of an event's noun begins and ends, and which date is its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from generator.extract.grammar import DETERMINERS, PREPOSITIONS, RELATIVES, Grammar
from generator.extract.layers import Line
from generator.extract.times import Time
from generator.extract.triggers import Trigger
from generator.extract.within import times_in
from generator.extract.words import Word
from generator.model import Span

OWN = 5
"""Words of the phrase behind an event's noun that may stand before `is` and its date."""
ATTACH = 9
"""How many words may stand between an event's noun and its date."""


def time_of(line: Line, span: Span, after: int, told: Span | None = None) -> Time | None:
    """The date of a verb: the nearest one after it in its clause, else the nearest before; none within `told`, the words
    of another clause."""
    times = [t for t in times_in(line, span) if not told or not told.start <= t.start < told.end]
    later = [t for t in times if t.start >= after and not _of_gerund(line, after, t)]
    earlier = [t for t in times if t.start < after and not _in_aside(line, span, t, after)]
    return later[0] if later else earlier[-1] if earlier else None


def _of_gerund(line: Line, verb: int, time: Time) -> bool:
    """Whether a time is that of what somebody is blamed for or kept from: `accused him of misleading them in June`."""
    words = line.words[line.at(verb) : line.at(time.start)]
    return any(
        one.lower in ("of", "for", "from") and other.lower.endswith("ing") and len(other.lower) > 5
        for one, other in pairwise(words)
    )


def _in_aside(line: Line, span: Span, time: Time, verb: int) -> bool:
    """Whether a time stands between commas in what is told by the way: `Ana Belk, who was born in 1970, resigned`."""
    words = line.words[line.at(span.start) : line.at(time.start)]
    comma = next((i for i in range(len(words) - 1, -1, -1) if words[i].text == ","), None)
    closing = any(w.text == "," for w in line.words[line.at(time.end) : line.at(verb)])
    if comma is None or comma + 1 >= len(words) or not closing:
        return False
    opening = words[comma + 1].lower
    return opening in RELATIVES or opening == "whose" or opening.endswith(("ed", "ing"))


def time_of_saying(line: Line, span: Span, verb: Word) -> Time | None:
    """The date of a verb that is itself what attributes: `announced in a letter last week that …`."""
    if not any(a.cue and a.cue.start <= verb.start < a.cue.end for a in line.attributions):
        return None
    return next(iter(times_in(line, span, said=True)), None)


def noun_start(line: Line, at: int) -> int:
    """Where the noun phrase that ends at word `at` begins."""
    words = line.words
    first = at
    while first > 0:
        word = words[first - 1]
        if word.lower in PREPOSITIONS or not (word.alphabetic or word.text[0].isdigit() or word.lower == "'s"):
            break
        if word.lower in (
            "and",
            "or",
            "that",
            "which",
            "who",
            "as",
            "hold",
            "held",
            "is",
            "was",
            "are",
            "were",
            "will",
            "would",
            "has",
            "have",
            "had",
            "said",
        ):
            break
        first -= 1
        if word.lower in DETERMINERS and word.lower != "'s":
            break
    return first


def noun_end(line: Line, noun: Trigger, time: Time | None, high: int) -> int:
    """Where the noun phrase ends: with its date, else with its `of` phrase."""
    words = line.words
    if time is not None and time.start > words[noun.at].start:
        return min(high, line.at(time.end - 1) + 1)
    last = noun.last
    while last < high and (
        words[last].lower in ("of", "on", "between", "the", "in", "with")
        or words[last].capital
        or words[last].lower == "'s"
    ):
        last += 1
    while last > noun.last and (words[last - 1].lower in PREPOSITIONS or words[last - 1].lower == "the"):
        last -= 1
    return last


def own_time(line: Line, noun: Trigger, rules: Grammar, triggers: bool = True) -> Time | None:
    """The date that stands with an event's noun: in its phrase, or in a phrase of time right after it."""
    words = line.words
    first = noun_start(line, noun.at)
    for time in line.times:
        if not time.when or time in line.said_when:
            continue
        if words[first].start <= time.start < words[noun.at].start:
            return time
        at = line.at(time.words.start)
        between = words[noun.last : at]
        if time.type in ("DATE", "TIME") and _is_then([w.lower for w in between], rules):
            return time  # `the next meeting is on Friday`
        if (
            time.start >= words[noun.at].end
            and len(between) <= ATTACH
            and not any(
                w.lower in rules.auxiliary
                or w.lower in rules.finite
                or w.lower in (",", ";", ":", '"', "which", "who", "that", "and", "ahead", "after", "before")
                or w.lower in rules.nouns
                or w.lower in ("to", "since")
                for w in between
            )
        ):
            return time
    return None


def _is_then(between: Sequence[str], rules: Grammar) -> bool:
    """Whether the words from an event's noun to a date say that it is then: `is`, `for bids is`, `of the council is`."""
    *phrase, verb = between or [""]
    plain = not phrase or (phrase[0] in ("of", "for") and len(phrase) <= OWN and all(map(str.isalpha, phrase)))
    return (
        verb in ("is", "are", "was", "were")
        and plain
        and not any(w in rules.auxiliary or w in rules.finite or w in ("and", "that", "which") for w in phrase)
    )


def vague(time: Time) -> bool:
    """Whether a time is too loose to date an event by itself: a duration, or one without a date."""
    return time.when is None or time.type not in ("DATE", "TIME")
