"""The smallest clause around a few words that stands alone: with its subject and its verb, and no marks left open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from generator.extract.clause_ends import governed
from generator.extract.clauses import noun_before
from generator.extract.grammar import (
    DETERMINERS,
    HARD,
    HARD_OR_COMMA,
    JOINTS,
    PREPOSITIONS,
    RELATIVES,
    SUBORDINATORS,
    Grammar,
)
from generator.extract.layers import Line
from generator.extract.verbs import is_finite
from generator.extract.vouching import said_by
from generator.extract.words import Word
from generator.model import Span

LIMIT = 25
"""Words of a quote, as many as may be published of an article in a run."""
ENDS = frozenset(
    ["which", "who", "whose", "while", "since", "after", "before", "because", "although", "though", "when"]
)
"""Words at which a clause ends going right: what follows tells something else."""
REACH = 60
"""Words on either side that are looked at: no clause is longer, and what has no stops costs no more for it."""
NO_SUBJECT = SUBORDINATORS | JOINTS | RELATIVES
"""Words that no clause which stands alone begins with."""
NO_NOUN = PREPOSITIONS | (DETERMINERS - {"this", "that", "all"})
MEASURED = frozenset(["after", "before", "since"])
"""Words that go on from a measure of time: `two minutes after launch`."""


def standing(line: Line, start: int, end: int, rules: Grammar) -> Span:
    """The smallest clause that holds the words at offsets `start` to `end` and stands alone, at most the sentence.

    It stays within what somebody said where a clause of that stands alone. Where nothing does, the
    sentence is the clause. One that is longer than a quote may be gives way to the relative clause around
    the words, with the noun that it tells of, or loses phrases at its end.
    """
    words, first, last = line.words, line.at(start), line.at(end - 1) + 1
    left, right = _clause(line, first, last, rules)
    end = fitted(words, left, right, last)
    if length(words, left, end) > LIMIT:
        left = max(left, _relative(words, first, rules))
        end = fitted(words, left, right, last)
    return _trimmed(words, left, end)


def _clause(line: Line, first: int, last: int, rules: Grammar) -> tuple[int, int]:
    """Words of the smallest clause around words `first` to before `last` that stands alone."""
    start, end = max(0, first - REACH), min(len(line.words), last + REACH)
    said_from, said_to = _said(line, line.words[first].start)
    for low, high in dict.fromkeys(((max(said_from, start), min(said_to, end)), (start, end))):
        # The verb by which words from each place on stand as a clause, wherever that ends behind it.
        verbs = {left: _verb(line, left, high, rules) for left in _lefts(line.words, first, low, rules)}
        known = [(left, verb) for left, verb in verbs.items() if verb is not None]
        for right in _rights(line.words, last, high, rules) if known else ():
            for left, verb in known:
                if verb < right:
                    return left, right
    return start, end


def fitted(words: Sequence[Word], first: int, last: int, needed: int) -> int:
    """Where words `first` to before `last` end once phrases are left off that make them longer than a quote may be.

    A phrase begins with a preposition; what stands before word `needed` is never left off.
    """
    longest, count = first, 0
    for end in range(first, last):
        count += end == first or words[end].start > words[end - 1].end
        if count > LIMIT:
            break
        longest = end + 1
    if longest >= last:
        return last
    ends = [i for i in range(last - 1, needed - 1, -1) if words[i].lower in PREPOSITIONS]
    return next((end for end in ends if end <= longest), ends[-1] if ends else last)


def _relative(words: Sequence[Word], first: int, rules: Grammar) -> int:
    """Where the noun begins that the relative clause around word `first` tells of; 0 where there is none."""
    relative = next((i for i in range(first, max(0, first - REACH), -1) if words[i].lower in RELATIVES), 0)
    return noun_before(words, relative, rules) if relative else 0


def length(words: Sequence[Word], first: int, last: int) -> int:
    """How many words a reader counts: what white space parts."""
    if first >= last:
        return 0
    part = words[first:last]
    return 1 + sum([b.start > a.end for a, b in pairwise(part)])


def _said(line: Line, offset: int) -> tuple[int, int]:
    """The words of what somebody said, where an offset stands in that; else of the sentence."""
    attribution = said_by(line, offset)
    piece = next((s for s in attribution.spans if s.start <= offset < s.end), line.span) if attribution else line.span
    return line.before(piece.start), line.before(piece.end)


def _lefts(words: Sequence[Word], first: int, low: int, rules: Grammar) -> Iterator[int]:
    """Where the clause may begin, the nearest first."""
    for index in range(first, low, -1):
        before = words[index - 1].lower
        if (
            before in HARD
            or before in (",", "that")
            or words[index].lower in SUBORDINATORS
            or (before in JOINTS and _joins_clauses(words, index - 1, low, rules))
            or governed(words, index - 1)  # `in which | …`
        ):
            yield index
    yield low


def _rights(words: Sequence[Word], last: int, high: int, rules: Grammar) -> Iterator[int]:
    """Where the clause may end, the nearest first."""
    for index in range(last, high):
        word = words[index].lower
        if (
            word in HARD
            or word == ","
            or (word in ENDS and (index > last or word not in MEASURED))
            or (word == "to" and index > last and _tells_purpose(words, index, rules))
            or (word in JOINTS and _clause_follows(words, index + 1, rules))
        ):
            yield index - governed(words, index) if index > last else index
    yield high


def _tells_purpose(words: Sequence[Word], to: int, rules: Grammar) -> bool:
    """Whether an infinitive tells what something is for, and no verb before it governs it (`is to reach`, `agreed to`)."""
    if to + 1 >= len(words) or words[to + 1].lower not in rules.verbs_base:
        return False
    return not any(w.lower in rules.auxiliary or w.lower in rules.governors for w in words[max(0, to - 2) : to])


def _joins_clauses(words: Sequence[Word], joint: int, low: int, rules: Grammar) -> bool:
    """Whether a conjunction stands between two clauses, each with its verb."""
    return any(is_finite(words, i, rules) for i in range(low, joint)) and _clause_follows(words, joint + 1, rules)


def _clause_follows(words: Sequence[Word], index: int, rules: Grammar) -> bool:
    """Whether a verb, or a subject with its verb, comes after a conjunction rather than another part of a list."""
    for step, word in enumerate(words[index : index + 8]):
        if word.lower in JOINTS or word.lower in HARD_OR_COMMA:
            return False
        if is_finite(words, index + step, rules) or (step == 0 and word.lower in rules.verbs_base):
            return True
        if word.lower in PREPOSITIONS and step:
            return False
    return False


def stands(line: Line, first: int, last: int, rules: Grammar) -> bool:
    """Whether words `first` to before `last` are a clause with a subject of its own before its verb."""
    return _verb(line, first, last, rules) is not None


def _verb(line: Line, first: int, last: int, rules: Grammar) -> int | None:
    """The verb by which words `first` to before `last` are a clause with a subject of its own before it; None where they are none."""
    words, start = line.words, first
    opening = words[first].lower
    if opening in PREPOSITIONS and not _roughly(words, first):  # `In the spring, the office closed`
        start = next((i + 1 for i in range(first, last) if words[i].lower == ","), last)
    if start >= last or words[start].lower in NO_SUBJECT or opening in ("than", "to"):
        return None
    if opening.endswith("ing") and not words[first].capital:
        return None
    for before, at in pairwise((start, *line.finite(start, last, rules))):
        if not any(w.lower in RELATIVES for w in words[before + 1 : at]):
            return at if _has_subject(words[start:at]) else None
    return None


def _roughly(words: Sequence[Word], at: int) -> bool:
    """Whether a preposition opens a number rather than a phrase of its own: `at least 40 firms`, `about 40 firms`."""
    following = words[at + 1] if at + 1 < len(words) else words[at]
    if words[at].lower == "at":
        return following.lower in ("least", "most")
    return words[at].lower in ("about", "around", "over", "under") and following.text[0].isdigit()


def _has_subject(region: Sequence[Word]) -> bool:
    """Whether words before a verb hold its subject: a noun or pronoun, beside the verb or before a pair of commas."""
    if not region or any(
        w.lower == "than" and not (i + 1 < len(region) and region[i + 1].text[0].isdigit())
        for i, w in enumerate(region)
    ):
        return False
    marks = [i for i, w in enumerate(region) if w.lower == ","]
    if region[-1].lower == ",":
        return len(marks) > 1 and _names(region[: marks[0]])
    return _names(region[marks[-1] + 1 :] if len(marks) == 1 else region)


def _names(region: Sequence[Word]) -> bool:
    return any(w.lower not in NO_NOUN and w.text[0].isalnum() for w in region)


def _trimmed(words: Sequence[Word], first: int, last: int) -> Span:
    """Without marks at either end."""
    while last - first > 1 and not words[first].text[0].isalnum() and words[first].text not in "$€£¥":
        first += 1
    while last - first > 1 and not words[last - 1].text[0].isalnum() and words[last - 1].text not in ("'s", "%", "°"):
        last -= 1
    return Span(words[first].start, words[last - 1].end)
