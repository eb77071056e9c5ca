"""Where the clause of a verb ends, going right: at what begins another, but not in a list, an aside or a phrase of time."""

from __future__ import annotations

from collections.abc import Sequence

from generator.extract.grammar import PREPOSITIONS, PREPOSITIONS_OR_COMMA, RELATIVES, SUBORDINATORS, Grammar
from generator.extract.layers import Line
from generator.extract.verbs import is_finite
from generator.extract.words import Word

CONTINUES = frozenset(["including", "such", "especially", "particularly", "notably", "both", "also"])


def clause_end(line: Line, at: int, high: int, rules: Grammar) -> int:
    """Where the clause ends, going right from the verb."""
    words = line.words
    index = at
    while index < high:
        word = words[index]
        following = words[index + 1] if index + 1 < high else None
        if word.lower in (";", ":", "(", ")", "--", "—", "–"):
            break
        if word.lower == "," and (behind := _apposition_end(line, index, high)):
            index = behind
            continue
        if word.lower == "," and not _goes_on(line, index, high) and not _lists(words, index, high, rules):
            break
        if word.lower in (
            "which",
            "who",
            "whose",
            "while",
            "because",
            "although",
            "though",
            "whereas",
            "unless",
            "if",
            "whom",
            "that",
            "when",
        ):
            break
        if (
            word.lower in ("after", "before", "since", "as", "until")
            and following
            and not _time_at(line, following, words, index + 1)
            and not (word.lower in ("after", "before") and _measured(line, words[index - 1]))
            and _opens_clause(line, index + 1, high, rules)
        ):
            break
        if word.lower in ("and", "but") and following and _new_verb(line, index + 1, high, rules):
            break
        if (
            word.lower == "to"
            and following
            and following.lower in rules.verbs_base
            and not _governs(words, index, at, rules)
        ):
            break
        index += 1
    index -= governed(words, index)
    while index > at and words[index - 1].lower in (",", "and", "but", ".", '"', "“"):
        index -= 1
    return index


def governed(words: Sequence[Word], relative: int) -> bool:
    """Whether a relative stands behind its preposition, which then is no part of what goes before: `the gap | in which`."""
    return (
        0 < relative < len(words)
        and words[relative].lower in ("which", "whom", "whose")
        and words[relative - 1].lower in PREPOSITIONS
    )


def _measured(line: Line, word: Word) -> bool:
    """Whether a word ends a stretch of time, which what follows measures from: `90 days | after it was signed`."""
    return any(q.end == word.end for q in line.quantities if q.kind in ("duration", "offset"))


def _goes_on(line: Line, comma: int, high: int) -> bool:
    """Whether a comma inside a clause only sets off a list, `including …`, or a phrase of time and place."""
    words = line.words
    if comma + 1 >= high:
        return False
    following = words[comma + 1]
    if following.lower in CONTINUES:
        return True
    if comma and words[comma - 1].text[-1].isdigit() and following.text[0].isdigit():
        return True
    place_or_time = [t.words for t in line.times] + [
        n.span for n in line.names if n.kind == "place" and n.via == "name"
    ]
    if any(s.start == following.start for s in place_or_time):
        return not any(t.words.start == following.start for t in line.said_when)
    if following.lower in ("in", "on", "at", "near"):
        return any(0 < s.start - following.start <= 12 or s.start == following.start for s in place_or_time)
    later = {w.lower for w in words[comma + 1 : comma + 6]}
    return (
        following.capital
        and any(n.start == following.start for n in line.names)
        and bool(later & {"and", ","})
        and any(n.end == words[comma - 1].end for n in line.names)
        and not later & {"said", "says", "told", "was", "is", "has"}
    )


def _apposition_end(line: Line, comma: int, high: int) -> int:
    """The word behind a name between commas that the clause goes on after: `met her counterpart, Ana Belk, | in Dray`."""
    words = line.words
    if comma + 2 >= high:
        return 0
    name = next((n for n in line.names if n.start == words[comma + 1].start and n.via == "name"), None)
    if name is None:
        return 0
    last = line.at(name.end - 1) + 1
    goes_on = last + 1 < high and words[last].text == "," and words[last + 1].lower in PREPOSITIONS
    return last + 1 if goes_on else 0


def _lists(words: Sequence[Word], comma: int, high: int, rules: Grammar) -> bool:
    """Whether a comma parts things: `seized a car, | 61 handbags and a coat`."""
    for index in range(comma + 1, min(high, comma + 7)):
        word = words[index].lower
        if word in ("and", "or"):
            return index > comma + 1 and index + 1 < high and not is_finite(words, index + 1, rules)
        if not (words[index].alphabetic or words[index].text[0].isdigit()) or is_finite(words, index, rules):
            return False
        if word in PREPOSITIONS or word in RELATIVES or word in SUBORDINATORS or word.endswith("ing"):
            return False
    return False


def _time_at(line: Line, word: Word, words: Sequence[Word], index: int) -> bool:
    return any(t.start <= word.start < t.end or t.words.start == word.start for t in line.times)


def _opens_clause(line: Line, index: int, high: int, rules: Grammar) -> bool:
    """Whether a verb comes soon, before the next comma."""
    for at in range(index, min(high, index + 9)):
        if line.words[at].lower == ",":
            return False
        if is_finite(line.words, at, rules):
            return True
    return False


def _new_verb(line: Line, index: int, high: int, rules: Grammar) -> bool:
    """Whether after `and` a new verb group, or a new subject with its verb, begins."""
    for step, word in enumerate(line.words[index : min(high, index + 7)]):
        if word.lower in PREPOSITIONS_OR_COMMA:
            return False
        if word.lower in rules.auxiliary or word.lower in rules.finite:
            return True
        if step == 0 and word.lower in rules.verbs_base:
            return True
    return False


def _governs(words: Sequence[Word], to: int, verb: int, rules: Grammar) -> bool:
    """Whether an infinitive belongs to the verb (`agreed to share`) rather than telling its purpose."""
    before = words[to - 1].lower
    near = any(w.lower in rules.governors for w in words[max(0, verb - 1) : to])
    return before in rules.governors or rules.auxiliary.get(before) == "be" or (to - verb <= 3 and near)
