"""Where the clause of a verb begins and ends, who is its subject, and what stands in it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from generator.extract.clause_ends import clause_end
from generator.extract.grammar import (
    ARTICLES,
    DETERMINERS,
    HARD,
    HARD_OR_COMMA,
    JOINTS,
    PREPOSITIONS,
    PRONOUN_SUBJECTS,
    RELATIVES,
    SUBORDINATORS,
    Grammar,
)
from generator.extract.layers import Line
from generator.extract.triggers import Trigger
from generator.extract.verbs import Reading, is_finite
from generator.extract.within import names_in
from generator.extract.words import Word
from generator.model import Span

ROUTE = 5
"""Words from `from` to `to`, names between them."""
OPENING = DETERMINERS | PREPOSITIONS
"""Words behind a verb, and not behind a plural that looks like one."""
SUBJECTS = PRONOUN_SUBJECTS | {"to", "and", "or", "but"}
NO_NOUN = PREPOSITIONS | SUBORDINATORS | SUBJECTS
"""What stands before no verb whose subject ends there."""
NEXT_PART = JOINTS | SUBORDINATORS | {","}
CONJUNCTIONS = SUBORDINATORS - RELATIVES
SCENIC = PREPOSITIONS | {"last", "next", "this", "early", "late", "earlier", "later", "if", "unless"}
"""What opens a phrase of time, place or condition in front of a clause."""
REACH = 80
"""Words on either side of a verb that its clause may reach."""


class Clause(Struct, frozen=True, gc=False):
    """Words `words[first:last]` of a line: the clause of one verb."""

    first: int
    subject: tuple[int, int]
    """Words of the subject region, before the verb group; empty where it is inherited."""
    last: int
    lead: int
    """Where the phrase that opens the sentence begins, if the clause includes it; else `first`."""
    told: tuple[int, int] = (0, 0)
    """Words of a relative clause within the subject, which tells something else: `The man | who shot him | was jailed`."""
    setting: tuple[int, int] = (0, 0)
    """Words of a phrase that opens the sentence where a relative clause stands between the two; empty where none does."""


def clause_of(line: Line, trigger: Trigger, reading: Reading, rules: Grammar, within: Span) -> Clause:
    """The clause of a verb inside the span `within` (the sentence, or what somebody said)."""
    words = line.words
    low = max(line.at(within.start), reading.first - REACH)
    high = min(line.before(within.end), trigger.last + REACH)
    first = _left(words, reading.first, low, line, rules)
    own, told = first, (0, 0)
    if first > low and _is_over(words, first, reading.first, low, rules):
        told = first - 1, reading.first
        first = _left(words, first - 1, low, line, rules)
    subject = first, reading.first
    if first == reading.first and first > low:
        subject = _inherited(words, first, low, line, rules)
    elif first == low == reading.first and low and within != line.span:
        subject = antecedent(words, first, line, rules)
    if reading.governor in rules.noun_governors:
        first = _phrase_start(words, trigger.at, reading, low, line)
        subject = first, first
    start = (
        min(subject[0], first) if subject[0] < subject[1] and words[first - 1 if first else 0].lower != "and" else first
    )
    last = clause_end(line, trigger.last, high, rules)
    told_of_subject = own == reading.first and own > low + 1 and words[own - 1].lower in RELATIVES
    if told_of_subject and words[own - 2].text != "," and not told[1]:
        last = _main_verb(line, trigger.last, last, rules)
    return Clause(start, subject, last, _lead(line, start, low), told, _setting(line, start, low))


def _is_over(words: Sequence[Word], first: int, verb: int, low: int, rules: Grammar) -> bool:
    """Whether a relative clause that begins at word `first` has its own verb before word `verb`, whose subject it then is in."""
    if first - 1 <= low or words[first - 1].lower not in RELATIVES:
        return False
    noun = words[first - 2]
    if not noun.text[0].isalnum() or noun.lower.endswith(("ing", "ed")) or is_finite(words, first - 2, rules):
        return False  # `saying that`, `announced that`
    if noun_before(words, first - 1, rules) >= first - 1:
        return False
    present = words[first].lower.endswith("s") and first + 1 < verb and words[first + 1].lower in OPENING
    return present or any(is_finite(words, i, rules) and words[i + 1].lower != "by" for i in range(first, verb))


def _main_verb(line: Line, at: int, last: int, rules: Grammar) -> int:
    """Where the verb begins whose subject holds the relative clause that goes on at word `at`; `last` where there is none."""
    for index in range(at + 1, last):
        word, before = line.words[index].lower, line.words[index - 1]
        following = line.words[index + 1].lower if index + 1 < last else ""
        plain = before.text[0].isalnum() and before.lower not in NO_NOUN
        verb = word in rules.pasts or rules.auxiliary.get(word) in ("be", "have", "future")
        if verb and plain and following != "of" and is_finite(line.words, index, rules):  # not `the firm will of`
            return index
        if word in NEXT_PART:
            return last
    return last


def _left(words: Sequence[Word], at: int, low: int, line: Line, rules: Grammar) -> int:
    """Where the words that belong to the verb at `at` begin, going left."""
    index = at
    while index > low:
        word = words[index - 1]
        if word.text == ")" and index - 3 >= low and words[index - 3].text == "(":
            index -= 3  # `the Harbour Board (HB) met`
            continue
        if word.text.isdigit() and index - 2 > low and words[index - 2].text == ",":
            index -= 2  # `Ana Belk, 46, …`
            continue
        if word.lower == "," and _parts_names(words, index - 1, at, line):
            index -= 1
            continue
        if word.lower in HARD or word.lower == ",":
            break
        if word.lower in SUBORDINATORS and not (
            word.lower == "as" and index - 1 > low and words[index - 2].lower in ("such", "as")
        ):
            break
        if (
            word.lower in ("and", "but", "or")
            and not _joins_names(words, index - 1, at, line)
            and not _is_pair(words, index - 1, low, rules)
        ):
            break
        index -= 1
    return index


def _parts_names(words: Sequence[Word], comma: int, verb: int, line: Line) -> bool:
    """Whether a comma parts the names of a list before a verb: `Ana Belk, | Odo Brant and Mia Thorn resigned`."""
    if not comma or "and" not in (w.lower for w in words[comma:verb]):
        return False
    before, after = words[comma - 1].end, words[comma + 1].start
    return any(n.end == before for n in line.names) and any(n.start == after for n in line.names)


def _is_pair(words: Sequence[Word], joint: int, low: int, rules: Grammar) -> bool:
    """Whether nothing before a conjunction is a verb: then it joins two parts of a subject."""
    return not any(is_finite(words, i, rules) for i in range(low, joint))


def _joins_names(words: Sequence[Word], at: int, verb: int, line: Line) -> bool:
    """Whether an `and` left of a verb joins two parts of its subject: there is a noun on both sides and no verb between."""
    if at + 1 >= verb:
        return False
    names = [n for n in line.names if n.via in ("name", "demonym")]
    after = any(words[at].end <= n.start < words[verb - 1].end for n in names)
    before = any(abs(words[at].start - n.end) <= 1 for n in names)
    lower = (
        words[at + 1].alphabetic
        and not words[at + 1].capital
        and words[at - 1].alphabetic
        and words[at + 1].lower not in PREPOSITIONS
    )
    return (after and before) or (lower and at > 0 and at + 2 >= verb)


def _inherited(words: Sequence[Word], first: int, low: int, line: Line, rules: Grammar) -> tuple[int, int]:
    """The subject of a verb that has none beside it: before an apposition, before a relative, or of the verb it is joined to."""
    before = words[first - 1].lower
    if before in RELATIVES:
        end = first - 1
        while end > low and words[end - 1].lower in (",", "in", "of", "with", "to", "for"):
            end -= 1
        start = noun_before(words, end, rules)
        whole = [
            line.at(n.start) for n in line.names if n.start < words[start].start < n.end
        ]  # `Nurses at | Sea, which`
        return max(low, min([start, *whole])), end
    if before == ",":
        end = first - 1
        opening = end
        if (
            end - 3 > low
            and words[end - 1].text == ")"
            and words[end - 3].text == "("
            and words[end - 2].text.isupper()
        ):
            opening = end - 3  # `the Harbour Board (HB), | has`
        while opening > low and words[opening - 1].lower not in HARD_OR_COMMA:
            opening -= 1
        if opening - 1 > low and words[opening - 1].lower == ",":
            main = _left(words, opening - 1, low, line, rules)
            named = any(not n.possessive for n in names_in(line, main, opening - 1))
            return (main, opening - 1) if named else (main, end)
        return opening, end
    if before in ("and", "but", "or"):
        verb = next((i for i in range(first - 2, low, -1) if is_finite(words, i, rules)), low)
        while verb > low + 1 and is_finite(words, verb - 1, rules):
            verb -= 1
        start = _left(words, verb, low, line, rules) if verb > low else low
        if start < verb and words[start - 1 if start else 0].lower in CONJUNCTIONS:
            return start, verb  # `after the roof | fell and`
        start = low
        end = start
        while end < first and not _verbish(words[end]):
            end += 1
        return start, end
    return first, first


def noun_before(words: Sequence[Word], end: int, rules: Grammar) -> int:
    """Where the noun with its `of` phrases begins that stands before word `end` and the comma there: `the fall of the bridge, | which`."""
    start = end - 1 if end and words[end - 1].lower == "," else end
    while start > 0:
        before = words[start - 1].lower
        if before == "to" and (origin := _origin(words, start - 1)):
            start = origin  # `the line | from Dray to Harl, which`
            continue
        if before == "," or before in HARD or before in JOINTS or (before in PREPOSITIONS and before != "of"):
            break
        if is_finite(words, start - 1, rules):
            break
        start -= 1
        if before in DETERMINERS and before != "'s" and words[start - 1].lower != "of":
            break
    return start


def _origin(words: Sequence[Word], to: int) -> int:
    """Where the `from` of a `to` stands: `from Dray to | Harl`; 0 where there is none."""
    for index in range(to - 1, max(0, to - ROUTE), -1):
        if words[index].lower == "from":
            return index
        if not words[index].capital:
            return 0
    return 0


def antecedent(words: Sequence[Word], first: int, line: Line, rules: Grammar) -> tuple[int, int]:
    """The words before a relative in `the vote, which officials assume | will be held`; empty where there is none."""
    for index in range(first - 1, max(-1, first - 9), -1):
        if words[index].lower in ("which", "who"):
            end = index
            while end and words[end - 1].lower == ",":
                end -= 1
            start = _left(words, end, 0, line, rules)
            while start < end and words[start].lower in PREPOSITIONS:
                start += 1
            return start, end
        if words[index].lower in HARD or words[index].lower == ",":
            break
    return first, first


def _phrase_start(words: Sequence[Word], verb: int, reading: Reading, low: int, line: Line) -> int:
    """Where `the minister's instruction to …` begins: at the noun that governs the infinitive, or at its owner."""
    start = reading.first
    while (
        start > low
        and words[start - 1].alphabetic
        and words[start - 1].lower not in PREPOSITIONS
        and words[start - 1].lower not in SUBORDINATORS
    ):
        before = words[start - 1]
        start -= 1
        if before.lower in ARTICLES:
            break
    owner = next(
        (
            n
            for n in line.names
            if n.possessive and n.start <= words[reading.first - 1].start and words[reading.first].start - n.end <= 4
        ),
        None,
    )
    return line.at(owner.start) if owner else start


def _verbish(word: Word) -> bool:
    return not word.capital and (
        word.lower.endswith("ed")
        or word.lower in ("is", "are", "was", "were", "has", "have", "had", "will", "would", "said", "says", "told")
    )


def _lead(line: Line, start: int, low: int) -> int:
    """A phrase of time or place that opens the sentence and belongs to its first clause: `In January last year, …`."""
    words = line.words
    if start - 1 <= low or words[start - 1].lower != ",":
        return start
    opening = start - 1
    while opening > low and words[opening - 1].lower not in HARD_OR_COMMA:
        opening -= 1
    if opening == low and words[opening].lower in SCENIC:
        return opening
    if opening == low and any(t.start == words[opening].start for t in line.times):
        return opening
    return start


def _setting(line: Line, start: int, low: int) -> tuple[int, int]:
    """The phrase before a relative clause before the clause: `At the summit`, in `At the summit, which …, the states agreed`."""
    words = line.words
    if start - 1 <= low or words[start - 1].lower != ",":
        return 0, 0
    relative = next((i for i in range(start - 2, low, -1) if words[i].lower == ","), low)
    if words[relative + 1].lower not in ("which", "who", "where"):
        return 0, 0
    plain = words[low].lower in PREPOSITIONS and not any(w.lower in HARD or w.lower == "," for w in words[low:relative])
    return (low, relative) if plain and relative > low else (0, 0)
