"""The lexicon `quotations`, compiled: verbs of attribution by form, and what each word is by itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from generator.extract.memo import Holding, Memo
from generator.lexicon import Lexicons

LETTERS = {
    "pronoun": "P",
    "object": "J",
    "determiner": "D",
    "number": "M",
    "auxiliary": "A",
    "adverb": "E",
    "relative": "W",
    "that": "H",
    "question": "U",
    "preposition": "R",
    "of": "O",
    "to": "T",
    "and": "K",
    "conjunction": "B",
    "verb": "L",
}
HYPHENED = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
"""A word with those that hyphens join to it."""
GENITIVE = ("'s", "’s", "s'", "s’")
LISTS = (
    "titles", "mediums", "quoted", "citing", "sources", "be", "plurals", "nouns", "unreal",  "circumstances",
    "saying_nouns", "owners", "periods", "nearby", "voicing", "wording",
)  # fmt: skip
"""Lists of the lexicon that `Vocabulary` holds as they are."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of attribution: what may follow it, and which of its forms was met."""

    takes: frozenset[str]
    form: str
    """base, present, past or ing."""


class Shape(NamedTuple):
    """What a word's own letters tell of its tag."""

    low: str
    looks_back: bool
    inside: str
    """Its tag inside a sentence if that needs nothing else: a number's or a capitalised word's; else empty."""
    verb: Verb | None
    alone: str
    """Its tag where it is no verb of attribution."""
    asks: bool
    """Whether what stands before it may give it another."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The lexicon `quotations`, by word."""

    letters: Mapping[str, str]
    verbs: Mapping[str, Verb]
    particles: Mapping[tuple[str, str], Verb]
    times: frozenset[str]
    titles: frozenset[str]
    mediums: frozenset[str]
    openers: frozenset[tuple[str, ...]]
    quoted: frozenset[str]
    citing: frozenset[str]
    sources: frozenset[str]
    be: frozenset[str]
    plurals: frozenset[str]
    nouns: frozenset[str]
    unreal: frozenset[str]
    circumstances: frozenset[str]
    saying_nouns: frozenset[str]
    owners: frozenset[str]
    periods: frozenset[str]
    nearby: frozenset[str]
    voicing: frozenset[str]
    wording: frozenset[str]
    unsettled: frozenset[str]
    """Words that the next one settles: `one official`, `about 20 people`, `this week`."""
    never_nouns: frozenset[str]
    """Base forms of verbs of speech that are no nouns: they speak after any subject (`critics in Selm say`)."""
    look_back: frozenset[str]
    """Words that may join the word before them: particles, and the `to` of `according to`."""
    cues: Holding
    """Words of which a paragraph has one that attributes anything, if nothing is quoted in it."""
    shapes: Mapping[str, Shape]
    """Of every word there is."""


def _forms(line: str) -> list[tuple[str, str]]:
    base, *rest = line.split()
    kinds = [(base, "base" if len(rest) > 2 else "past")]  # "read reads reading": its past looks like its base
    for word in rest:
        kinds.append((word, "ing" if word.endswith("ing") else "present" if not kinds[1:] else "past"))
    return kinds


def _inside(word: str, low: str, times: Collection[str]) -> str:
    if word[0].isdigit():
        return "M"
    if not word[0].isupper() or low in ("i", "the"):
        return ""
    return "Z" if low in times else "G" if word.endswith(GENITIVE) else "C"


def _alone(word: str, low: str, letters: Mapping[str, str], times: Collection[str]) -> str:
    if word[0].isdigit():
        return "M"
    if letter := letters.get(low):
        return letter
    if low in times:
        return "Z"
    if word.endswith(GENITIVE):
        return "G"
    if word[0].isupper():
        return "C"
    if low.endswith("ly") and len(low) > 4:
        return "E"
    return "L" if low.endswith("ed") and len(low) > 3 else "N"


@lru_cache(maxsize=4)
def vocabulary(lexicons: Lexicons) -> Vocabulary:
    """The lexicon compiled; once for each set of lexicons."""
    table = lexicons["quotations"]
    letters = {word: LETTERS[kind] for kind in reversed(LETTERS) for word in table["words"][kind]}
    verbs: dict[str, Verb] = {}
    particles: dict[tuple[str, str], Verb] = {}
    for group in table["verbs"]:
        for line in group["forms"]:
            for word, form in _forms(line):
                takes = frozenset(group["takes"])
                if particle := group.get("particle"):
                    known = particles.get((word, particle))
                    particles[word, particle] = Verb(takes | known.takes if known else takes, form)
                else:
                    seen = verbs.get(word)
                    verbs[word] = Verb(takes | seen.takes, seen.form) if seen else Verb(takes, form)
    clausal = {line.split()[0] for group in table["verbs"] if "clause" in group["takes"] for line in group["forms"]}
    nouns = frozenset(table["nouns"])
    times = frozenset(table["time"])
    openers = frozenset(tuple(opener.split()) for opener in table["openers"])
    look_back = frozenset(particle for _, particle in particles) | {last for _, last in openers}

    def shape(word: str) -> Shape:
        low = word.lower()
        looks_back, inside, verb = low in look_back, _inside(word, low, times), verbs.get(low)
        asks = looks_back or bool(inside) or verb is not None or low.endswith("ed")
        return Shape(low, looks_back, inside, verb, _alone(word, low, letters, times), asks)

    return Vocabulary(
        letters=letters,
        verbs=verbs,
        particles=particles,
        times=times,
        unsettled=frozenset([*table["roughly"], *table["nearby"], "one"]),
        look_back=look_back,
        cues=Holding(
            {*verbs, *table["saying_nouns"], *(first for first, _ in particles), *(words[0] for words in openers)},
            HYPHENED,
        ),
        shapes=Memo(shape),
        never_nouns=frozenset(base for base in clausal if not nouns & {base + "s", base[:-1] + "ies"}),
        openers=openers,
        **{name: frozenset(table[name]) for name in LISTS},
    )
