"""An attribution in the tokens of its paragraph, and what the rules that find one share."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.extract.speakers import Subject
from generator.extract.tagged import Tagged
from generator.extract.vocabulary import Vocabulary

LONG = 150
"""Tokens that a clause may have; a longer one is cut there, so that no rule reads a text without stops to its end."""
# What may stand between the verb and what was said: days, adverbs, "in a statement", "during a visit to Selm".
ADJUNCT = re.compile(
    r",E,(?=H)"
    r"|(?>(?:[ZEJ]|[RO][DE]*+[CNGLZM]++(?:[OT][DE]*+[CNGLM]++)*+|RZ)*+),?(?=H)"
    r"|R[DEGCNMLZOR,]{1,14}+(?=H)"
    r"|[ZEJ]*+O[DMG]*+[CN]{1,4}+[ZE]*+(?=[,:][Qq])"
    r"|(?>(?:[ZEJ]|RZM?|R[DEG]*+M?[CN]{1,3}+M?+(?:[OR]D*+[CN]{1,3}+)?)*+)"
)

# Whoever is told or urged.
PERSON = re.compile(r"J|D(?=[,:HTU])|P(?![AVE])|[DM]{0,3}+[CNG][CNGM]*+(?:[OR]D*+[CNGZ]++)?(?:K[DM]*+[CNG]++)?")


class Saying(NamedTuple):
    """What is said, by whom, with what verb: from and to (exclusive) which token."""

    pieces: tuple[tuple[int, int], ...]
    """What is said; each piece one quotation where it is direct speech."""
    subject: Subject | None
    cue: tuple[int, int]
    extent: tuple[int, int]
    """All that attributes: from the subject or the verb, whichever is first, over the verb's adjuncts."""
    via: tuple[Subject, ...] = ()
    direct: bool = False


def verb_group(tags: str, cue: int) -> int:
    """Where the auxiliaries and adverbs of a verb start."""
    low = cue
    while low > 0 and tags[low - 1] in "AE":
        low -= 1
    return low


def clause_end(tags: str, at: int, stops: str = ".!;") -> int:
    """Where a clause that holds token `at` ends at the latest."""
    most = min(len(tags), at + LONG)
    while at < most and tags[at] not in stops:
        at += 1
    return at


def sentence(tags: str, at: int) -> tuple[int, int]:
    """The tokens of the sentence that holds token `at`."""
    low, least = at, max(0, at - LONG)
    while low > least and tags[low - 1] not in ".!":
        low -= 1
    return low, clause_end(tags, at, ".!")


def adjuncts_end(tagged: Tagged, at: int) -> int:
    """The token after what may stand between a verb and what was said."""
    found = ADJUNCT.match(tagged.tags, at)
    return found.end() if found else at


def speech_from(tags: str, at: int) -> list[tuple[int, int]]:
    """The quotations that follow one another from token `at`, with nothing but stops between them."""
    pieces: list[tuple[int, int]] = []
    while at < len(tags) and (tags[at] == "Q" or (tags[at] == "q" and not pieces)):
        pieces.append((at, at + 1))
        at += 1
        while at < len(tags) and tags[at] in ".!,":
            at += 1
    return pieces


def passive(tagged: Tagged, cue: int, known: Vocabulary) -> bool:
    """Whether a form of `be` makes a past participle of the verb, so that its subject is not who speaks."""
    if tagged.tags[cue] != "V" or tagged.verbs[cue].form != "past":
        return False
    group = tagged.words[verb_group(tagged.tags, cue) : cue]
    return any(word in known.be for word in group)
