"""Whether the clause around a time tells of the past or the future, from words alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from generator.extract.time_words import Token, Vocabulary

Tense = Literal["past", "future"]

BREAKS = frozenset(";:()—")
DENIAL = 8
"""Tokens before `could` within which a word such as `neither` denies it."""
DEFERRAL = 12
"""Tokens before `until` within which a word such as `extended` makes it a new date."""
CLOCK = frozenset({"clock", "small", "number", "ampm", "zone", "noon", "o-clock", "day-part"})
UNTIL = ("until", "till")
AS_SOON_AS = (["as", "soon", "as"], ["as", "early", "as"])
COUNTS = frozenset({"number", "small", "digits"})
ARTICLES = frozenset({"the", "a", "an", "its", "their", "his", "her", "our", "these", "those"})
NO_SUBJECT = frozenset({"the", "of", "no", "some", "many", "all", "its", "their", "more", "most"})
"""Words that no verb comes right after."""
REACH = 40
"""Tokens looked at on either side; verbs further off say nothing of this time."""


def _is_past(word: str, words: Vocabulary) -> bool:
    cues = words.tense
    return word in cues["past"] or (word.endswith("ed") and len(word) > 3 and word not in cues["not-past"])


def _could_not(tokens: Sequence[Token], i: int, words: Vocabulary) -> bool:
    """Whether a `could` at `i` is denied, and so tells the past: `neither of them could be reached Thursday`."""
    return tokens[i].word == "could" and any(
        t.word in words.tense["negatives"] for t in tokens[max(0, i - DENIAL) : i + 2]
    )


def _is_noun(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word in -s is a plural rather than a verb: `by three votes`, `the ends`."""
    return i > 0 and tokens[i].word.endswith("s") and (tokens[i - 1].kind in COUNTS or tokens[i - 1].word in NO_SUBJECT)


def _with_helpers(tokens: Sequence[Token], i: int, words: Vocabulary) -> Tense:
    """The time of a past participle at `i`: future where will, would, to … stands before it, past otherwise."""
    for j in range(i - 1, max(-1, i - 6), -1):
        word = tokens[j].word
        if word in words.tense["promising-helpers"]:
            return "past" if _could_not(tokens, j, words) else "future"
        if word not in words.tense["helpers"]:
            break
    return "past"


def _cue(tokens: Sequence[Token], i: int, until: int, words: Vocabulary) -> Tense | None:
    """What the word at `i` tells of its clause; `until` is where the time stands, if that is after it."""
    word, cues = tokens[i].word, words.tense
    following = tokens[i + 1].word if i + 1 < len(tokens) else ""
    if _could_not(tokens, i, words):
        return "past"
    if (word in cues["future"] and not _is_noun(tokens, i)) or (
        word in cues["future-before-to"] and following in ("to", "for")
    ):
        return "future"
    if word in cues["promises"] and any(t.word in ("to", "for") for t in tokens[i + 1 : min(until, i + 6)]):
        return "future"
    if word.endswith("ed") and i and tokens[i - 1].word in ARTICLES and following.isalpha():
        return None  # `the last of the trapped men`
    return _with_helpers(tokens, i, words) if _is_past(word, words) else None


def is_put_off(tokens: Sequence[Token], at: int, words: Vocabulary) -> bool:
    """Whether the word at a place, such as `to` or `until`, says to which time something was put off."""
    for i in range(at - 1, max(-1, at - DEFERRAL), -1):
        word = tokens[i].word
        if word in BREAKS or word == ",":
            return False
        if word in words.tense["put-off"]:
            following = tokens[i + 1].word
            return i + 1 == at or following in (*words.tense["put-off-with"], "from") or tokens[at].word in UNTIL
        if word in words.tense["put-off-with"] and tokens[i - 1].word in words.tense["put-off-by"]:
            return True  # `was put off from May until July`, `will be pushed back to July`
    return False


def _deferred(tokens: Sequence[Token], at: int, end: int, words: Vocabulary) -> bool:
    """Whether something was put off to this time, or may be done until then.

    `The court extended the deadline until 9 a.m. Friday`, `they have until Friday to reply`.
    """
    while at and tokens[at - 1].kind in CLOCK:
        at -= 1
    if _of_deadline(tokens, at, words):
        return True
    if at and tokens[at - 1].word == "to" and is_put_off(tokens, at - 1, words):
        return True  # `was delayed to July`, `was postponed from April 15 to June 1`
    if not at or tokens[at - 1].word not in ("until", "till"):
        return False
    if end < len(tokens) and tokens[end].word == "to":
        return True
    return any(t.word in words.tense["deferrals"] for t in tokens[max(0, at - DEFERRAL) : at])


def _of_deadline(tokens: Sequence[Token], at: int, words: Vocabulary) -> bool:
    """Whether a time is that of a deadline which nobody has met or missed: `set a deadline of May 3`."""
    if at < 2 or tokens[at - 1].word != "of" or tokens[at - 2].word not in words.tense["deadlines"]:
        return False
    return not any(t.word in words.tense["past-deadlines"] for t in tokens[max(0, at - DENIAL) : at])


def _is_then(tokens: Sequence[Token], at: int) -> bool:
    """`The vote is Friday`, `the talks are at 3 p.m. on Monday`: what is at a time is still to come."""
    while at and (tokens[at - 1].kind in CLOCK or tokens[at - 1].kind == "at"):
        at -= 1
    return bool(at) and tokens[at - 1].word in ("is", "are")


def tense(tokens: Sequence[Token], at: int, end: int, words: Vocabulary) -> Tense | None:
    """The time of the clause that holds the tokens `at` … `end`, or None where no verb tells.

    The nearest telling word before it counts, else the nearest after it.
    """
    if (
        _deferred(tokens, at, end, words)
        or _is_then(tokens, at)
        or [t.word for t in tokens[max(0, at - 3) : at]] in AS_SOON_AS
    ):
        return "future"
    for i in range(at - 1, max(-1, at - REACH), -1):
        if tokens[i].word in BREAKS:
            break
        if found := _cue(tokens, i, at, words):
            return found
    for i in range(end, min(len(tokens), end + REACH)):
        if tokens[i].word in BREAKS:
            break
        if found := _cue(tokens, i, len(tokens), words):
            return found
    return None
