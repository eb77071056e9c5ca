"""Whether the clause around a time tells of the past or the future, from words alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from generator.extract.time_words import Token, Vocabulary

Tense = Literal["past", "future"]

BREAKS = frozenset(";:()—")
REACH = 40
"""Tokens looked at on either side; verbs further off say nothing of this time."""


def _is_past(word: str, words: Vocabulary) -> bool:
    return word in words.tense["past"] or (
        word.endswith("ed") and len(word) > 3 and word not in words.tense["not-past"]
    )


def _after_helpers(tokens: Sequence[Token], i: int, words: Vocabulary) -> Tense:
    """The time of a past participle at `i`: future where will, would, to … stands before it, past otherwise."""
    for j in range(i - 1, max(-1, i - 6), -1):
        word = tokens[j].word
        if word in words.tense["promise-helpers"]:
            return "future"
        if word not in words.tense["helpers"]:
            break
    return "past"


def _cue(tokens: Sequence[Token], i: int, words: Vocabulary) -> Tense | None:
    """What the word at `i` tells of its clause."""
    word = tokens[i].word
    following = tokens[i + 1].word if i + 1 < len(tokens) else ""
    if word in words.tense["promises"] and following in ("to", "for"):
        return "future"
    if word in words.tense["past"] or _is_past(word, words):
        if word in words.tense["future"] and _after_helpers(tokens, i, words) == "past":
            return "future"
        return _after_helpers(tokens, i, words)
    if word in words.tense["future"]:
        return "future"
    if word in ("is", "are") and following == "to":
        return "future"
    return None


def tense(tokens: Sequence[Token], at: int, end: int, words: Vocabulary) -> Tense | None:
    """The time of the clause that holds the tokens `at` … `end`, or None where no verb tells.

    The nearest telling word before it counts, else the nearest after it.
    """
    for i in range(at - 1, max(-1, at - REACH), -1):
        if tokens[i].word in BREAKS:
            break
        found = _cue(tokens, i, words)
        if found:
            return found
    for i in range(end, min(len(tokens), end + REACH)):
        if tokens[i].word in BREAKS:
            break
        found = _cue(tokens, i, words)
        if found:
            return found
    return None
