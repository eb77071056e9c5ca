"""How a verb reads from the words before it: whether the thing happened, is planned, expected, demanded or denied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from generator.extract.grammar import DETERMINERS, PREPOSITIONS, PRONOUN_SUBJECTS, Grammar, is_adverb
from generator.extract.triggers import Trigger
from generator.extract.words import Word

Reality = Literal[
    "happened", "planned", "expected", "called-for", "denied", "present", "hoped", "hypothetical", "negated"
]
"""A fact's status, or one of four that make no fact by themselves."""
SUBJECT = 9
"""Words on either side of a verb that are looked at for another."""
TIMED = 7
"""Words of a time behind `until`."""
WANTED = 9
"""Words from `want` to what is to be done."""
BARE = frozenset(["be", "been", "being", "having", "doing"])
"""Auxiliaries that no clause has for its first verb."""


class Reading(Struct, frozen=True, gc=False):
    """How a verb group reads: `tokens[first:at+1]` from its first auxiliary or governor."""

    first: int
    reality: Reality
    passive: bool = False
    governor: str = ""
    reduced: bool = False
    """A participle that may hang on the noun before it: `the budget approved in 2024`."""


def is_finite(words: Sequence[Word], at: int, rules: Grammar) -> bool:
    """Whether a word looks like a finite verb or its first auxiliary."""
    word, before = words[at], words[at - 1] if at else None
    if word.capital and at:
        return False
    if word.lower in rules.auxiliary:
        return word.lower not in BARE
    if before is not None and (before.lower in DETERMINERS or before.lower in PREPOSITIONS) and before.lower != "that":
        return False
    return word.lower in rules.finite or (word.lower.endswith("ed") and len(word.lower) > 4)


def read_verb(line: Sequence[Word], trigger: Trigger, rules: Grammar) -> Reading | None:
    """How a verb reads from the words before it; None where it is no verb of a clause (`newly built homes`)."""
    kinds: list[str] = []
    forms: list[str] = []
    negated = False
    first = trigger.at
    back = trigger.at - 1
    while back >= 0:
        word = line[back]
        if word.lower in rules.auxiliary and (not word.capital or back == 0):  # `in May was jailed`
            kinds.append(rules.auxiliary[word.lower])
            forms.append(word.lower)
            first = back
        elif not kinds and word.lower in rules.remaining and line[trigger.at].lower in rules.scheduling:
            kinds.append("be")  # `remains set for May`
            forms.append("be")
            first = back
        elif is_adverb(word, rules):
            negated |= word.lower in rules.negation or word.lower in rules.barely
        else:
            break
        back -= 1
    before = line[back] if back >= 0 else None
    if before and "having" in forms and before.lower in PREPOSITIONS:
        return None  # `is not accused of having planned it`
    if not kinds and "part" in trigger.tags and (wanting := _wanting(line, trigger.at, rules)) is not None:
        return Reading(wanting, "called-for", governor=line[wanting].lower)
    if before and before.lower == "to" and (not kinds or kinds[-1] != "future"):
        governed = _governed(line, back, rules)
        if governed is None or ("base" not in trigger.tags and "be" not in kinds and "have" not in kinds):
            return None
        start, wanted = governed
        if any(w.lower in rules.negation for w in line[start:back]) and not _only_until(line, trigger):
            return None
        return Reading(start, wanted, passive="be" in kinds, governor=line[max(start, back - 1)].lower)
    reality = _finite(line, trigger, kinds, forms, before, rules)
    if reality is None and before is not None and before.lower in ("and", "or", "but") and "base" in trigger.tags:
        reality = _shared(line, back, rules)
    if reality is None:
        return None
    if first == 0 and line[0].lower == "had":  # `Had the office heeded the letter, …`
        return Reading(first, "hypothetical")
    if negated:
        return Reading(first, "planned" if reality == "planned" and _only_until(line, trigger) else "negated")
    passive = "be" in kinds and "part" in trigger.tags and "ing" not in trigger.tags
    reduced = not kinds and "part" in trigger.tags
    return Reading(first, reality, passive, reduced=reduced)


def _wanting(line: Sequence[Word], at: int, rules: Grammar) -> int | None:
    """The `want` that a participle hangs on: `wants the director | fired`; None where there is none."""
    for index in range(at - 1, max(-1, at - WANTED), -1):
        word = line[index].lower
        if word in ("want", "wants", "wanted"):
            return index
        if not line[index].alphabetic or word in ("to", "who", "which", "that", "and") or is_finite(line, index, rules):
            return None
    return None


def _shared(line: Sequence[Word], joint: int, rules: Grammar) -> Reality | None:
    """What the auxiliary before a conjunction says of the base form behind it: `will stop in May and | resume in June`."""
    for at in range(joint - 1, max(-1, joint - 16), -1):
        word = line[at].lower
        if line[at].capital:
            continue  # `in May and | reopen`
        if word in (";", ":", "which", "who", "that") or word in rules.finite:
            return None
        if rules.auxiliary.get(word) in ("future", "bound"):
            return "planned"
        if word == "to" and at and line[at + 1].lower in rules.verbs_base:
            governed = _governed(line, at, rules)
            return governed[1] if governed else None
        if word in rules.auxiliary:
            return None
    return None


def _only_until(line: Sequence[Word], trigger: Trigger) -> bool:
    """Whether a negation ends at a time: `will not reopen before Thursday` says that it may open then."""
    return any(w.lower in ("before", "until", "till") for w in line[trigger.last : trigger.last + 6])


def _finite(
    line: Sequence[Word], trigger: Trigger, kinds: list[str], forms: list[str], before: Word | None, rules: Grammar
) -> Reality | None:
    """What the auxiliaries of a finite verb say; `kinds` nearest first."""
    tags = trigger.tags
    if not kinds:
        adjectival = before is not None and (before.lower in DETERMINERS or before.lower in PREPOSITIONS)
        governed = line[trigger.at - 2].lower if trigger.at > 1 else ""
        if governed == "to" and "part" in tags and before is not None and before.alphabetic and not before.capital:
            return None  # `seemed to favour sheltered bays`
        if adjectival and before is not None and before.lower != "that":
            return None
        if "past" in tags and (not tags & {"base"} or _object_follows(line, trigger)):
            return "happened"
        if (
            "s" in tags
            and before is not None
            and (before.lower in PRONOUN_SUBJECTS or before.alphabetic or before.lower == ",")
        ):
            return "present"
        plural = before is not None and before.alphabetic and before.lower.endswith("s")
        if plural and "base" in tags and line[trigger.at].lower not in rules.scheduling:
            return "present"  # `the passes reopen in April`
        return None
    outer = kinds[-1]
    if "future" in kinds:
        return "hypothetical" if "have" in kinds and forms[-1] == "would" else "planned"
    if "possible" in kinds:
        return "hypothetical"
    if "bound" in kinds:
        return "planned"
    if "wanted" in kinds:
        return "called-for"
    if outer == "have" and tags & {"part", "ing"}:
        return "happened"
    if outer == "be" and "ing" in tags:
        return "happened"
    if outer == "be" and "part" in tags:
        return "happened" if forms[-1] in rules.past_be else "present"
    if outer == "do" and "base" in tags:
        return "happened" if forms[-1] == "did" else "present"
    return None


def _object_follows(line: Sequence[Word], trigger: Trigger) -> bool:
    """Of a form that past and base share (`hit`, `put`): whether a subject in capitals or a pronoun stands before it, or
    one thing before it and what it does it to behind: `the bank cut its rate`."""
    before = line[trigger.at - 1] if trigger.at else None
    if before is None or before.capital or before.lower in PRONOUN_SUBJECTS:
        return before is not None
    following = line[trigger.last] if trigger.last < len(line) else None
    singular = before.alphabetic and not before.lower.endswith("s") and before.lower not in ("and", "or", "to", "not")
    return singular and following is not None and (following.lower in DETERMINERS or following.text[0].isdigit())


def _governed(line: Sequence[Word], to: int, rules: Grammar) -> tuple[int, Reality] | None:
    """What governs the infinitive after `tokens[to]`: where its group begins, and what it says of the event."""
    back = to - 1
    while back >= 0 and is_adverb(line[back], rules):
        back -= 1
    if back < 0:
        return None
    word = line[back].lower
    if back > 1 and (line[back - 1].lower, word) in rules.bound_for and _is_be(line[back - 2], rules):
        return back - 2, "planned"
    if rules.auxiliary.get(word) in ("be", "have"):
        return back, "planned"
    if (granted := _granted(line, back, rules)) is not None:
        return granted, "called-for"
    if word in rules.noun_governors and not (word in rules.governors and _has_subject(line, back, rules)):
        wanted = rules.noun_governors[word]
        return None if wanted == "called-for" and _met(line, back, rules) else (back, _reality(wanted))
    for index in range(back, max(-1, back - 8), -1):
        token = line[index]
        if token.lower in (",", ";", ":", '"', "“", "”"):
            return None
        kind = rules.governors.get(token.lower)
        if kind and (
            index == back
            or kind == "called-for"
            or (kind == "expected" and not (index and line[index - 1].lower in rules.auxiliary))
            or (kind == "planned" and token.lower in ("agreed", "pledged", "vowed", "promised", "decided", "undertook"))
        ):
            start = index
            negated = False
            while start and (line[start - 1].lower in rules.auxiliary or is_adverb(line[start - 1], rules)):
                start -= 1
                negated |= line[start].lower in rules.negation
            return (start, "negated") if negated else (start, _reality(kind))
        if index < back and token.lower in rules.auxiliary:
            return None
    return None


def _has_subject(line: Sequence[Word], at: int, rules: Grammar) -> bool:
    """Whether a word that is a noun as well is a verb here: its clause has no other, and a subject before it:
    `the rowing club | hopes to open`, but not `high hopes to open were dashed`."""
    first = at
    while first and first > at - SUBJECT and (line[first - 1].alphabetic or line[first - 1].lower == "'s"):
        first -= 1
    before = line[first:at]
    if not before or before[-1].lower in DETERMINERS or before[-1].lower in PREPOSITIONS or "'s" in before[-1].lower:
        return False
    behind = next((i for i in range(at + 1, len(line)) if not line[i].alphabetic), len(line))
    clause = range(first, min(behind, at + SUBJECT))
    return not any(i != at and is_finite(line, i, rules) for i in clause)


def _is_be(word: Word, rules: Grammar) -> bool:
    return rules.auxiliary.get(word.lower) == "be"


def _granted(line: Sequence[Word], last: int, rules: Grammar) -> int | None:
    """Where the verb stands that gives somebody time up to word `last`: `has until May 3`, `gave the firm until May 3`."""
    until = next((i for i in range(last - 1, max(0, last - TIMED), -1) if line[i].lower in ("until", "till")), 0)
    for index in range(until - 1, max(-1, until - WANTED), -1):
        word = line[index].lower
        if rules.auxiliary.get(word) == "have" and index == until - 1:
            return index
        if word in rules.granting:
            while index and line[index - 1].lower in rules.auxiliary:
                index -= 1
            return index
        if not line[index].alphabetic and word != "'s":
            return None
    return None


def _met(line: Sequence[Word], noun: int, rules: Grammar) -> bool:
    """Whether a demand is what somebody else meets: in `rejected calls to resign` nobody is named who calls."""
    at = noun - 1
    while at >= max(0, noun - 3) and not is_finite(line, at, rules) and line[at].alphabetic:
        at -= 1
    if at < 0 or not is_finite(line, at, rules):
        return False
    while at and is_finite(line, at - 1, rules):  # `dismissed | repeated demands`
        at -= 1
    return line[at].lower not in rules.voicing and line[at].lower not in rules.auxiliary


def _reality(kind: str) -> Reality:
    """The status that a section of lexicon `modality` is named after; KeyError for another name."""
    return REALITIES[kind]


REALITIES: dict[str, Reality] = {
    "planned": "planned",
    "expected": "expected",
    "called-for": "called-for",
    "hoped": "hoped",
    "hypothetical": "hypothetical",
}
