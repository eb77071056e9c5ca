"""Where indirect speech ends and the writer goes on in the same sentence: `X said the mill was late, forcing a delay`."""

from __future__ import annotations

import re
from itertools import pairwise

from generator.extract.tagged import Tagged
from generator.extract.vocabulary import Vocabulary

SPANS = frozenset("minutes hours hour days day weeks week months month years year night morning".split())
LEAST = 2
"""Tokens that must be said before anything can break off."""
SUBJECT_AND_VERB = re.compile(r"[DGM]*+[CNP]++E*+[AVL]")
OBJECT = re.compile(r"(?![DMG]*+[CN]++E*+[AVL])[DGCNMJL]")
SECOND_VERB = re.compile(r"(?![HUW])[DMGCNJORZ]{1,20}?(?P<and>K)E*+(?:A(?=[^.!])|[VL](?=[DPJRTEGCM]))")
NOUN_PHRASE = re.compile(r"D[^AVLPIWHB,qQK]*+(?:[WH].*)?$")


def writer_goes_on(tagged: Tagged, low: int, high: int, known: Vocabulary, *, subordinate: bool) -> int:
    """The token at which the writer takes over from what is said in tokens `low` to `high`; `high` if nowhere.

    After a comma, a conjunction or a participle (`…, but the council refused`, `…, sending prices up`), `and` with a
    new subject and verb (`…, and the council agreed`), or a noun phrase to the sentence's end (`…, a first in Selm`);
    and after a dash that has no partner (`… - a charge that stung`). Where all of it is in a `subordinate` clause, the
    main clause follows the comma (`While X denied the charge, the council …`).
    """
    tags = tagged.tags
    high = _second_verb(tagged, low, _circumstance(tagged, low, high, known))
    first = low + LEAST
    if tags[low + (tags[low] == "H")] in "BR":  # "that while A, B", "that in May, B": what is said goes on after it
        comma = tags.find(",", first, high)
        first = comma + 1 if comma > 0 else first
    for i in range(first, high - 1):
        if tags[i] != ",":
            pass
        elif _breaks_off(tagged, i + 1, high) or (subordinate and SUBJECT_AND_VERB.match(tags, i + 1, high)):
            return i
        if tags[i] == "-" and tags[i + 1] not in "qQ" and tags.find("-", i + 1, high) < 0:
            return i
    return high


def _circumstance(tagged: Tagged, low: int, high: int, known: Vocabulary) -> int:
    """Where the circumstances of speaking start after a noun phrase: `attacked the council during a visit to Selm`."""
    if not OBJECT.match(tagged.tags, low, high):
        return high
    return next((i for i in range(low + 1, high) if tagged.words[i] in known.circumstances), high)


def _second_verb(tagged: Tagged, low: int, high: int) -> int:
    """Where the speaker does something else after a noun phrase: `denied wrongdoing | and is expected to appeal`."""
    found = SECOND_VERB.match(tagged.tags, low, high)
    if not found or tagged.words[found.end() - 1].endswith("ing"):
        return high
    return found.start("and")


def _breaks_off(tagged: Tagged, at: int, high: int) -> bool:
    """Whether the words after a comma are the writer's."""
    tags = tagged.tags
    near = list(tagged.words[at : at + 4])
    if any(one in SPANS and other in ("after", "before") for one, other in pairwise(near)):
        return True  # `…, hours after the paper reported it`
    match tags[at]:
        case "R":  # "…, including the mill"
            return False
        case "B":  # but "X said it was late, but would open" goes on
            return tags[at + 1] not in "AVLE" and list(tagged.words[at : at + 2]) != ["as", "well"]
        case "I":
            return True
        case "K":
            return tags[at + 1] != "P" and bool(SUBJECT_AND_VERB.match(tags, at + 1, high))
        case "D":
            return bool(NOUN_PHRASE.match(tags[at:high]))
    return tagged.words[at].endswith("ing")
