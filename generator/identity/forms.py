"""A name in the forms by which two ways of writing it meet: its words without marks, titles and general words, its sounds.

All words of a form are in small letters, without diacritics and apostrophes; a hyphen parts words as a space does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from generator.extract.gazetteer import Family
from generator.lexicon import Lexicons
from generator.stream_safe import stream_safe

POSSESSIVE = re.compile(r"['’ʼ`]s?\b")
WORD = re.compile(r"[^\W_]+")
CAMEL = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z][a-z])")
VOWELS = re.compile(r"[aeiou]+")
ACRONYM = re.compile(r"[A-Z](?:[A-Z&]|\.(?=[A-Z]|$))+")
JOINING = frozenset(["of", "the", "for", "and", "de", "la", "le", "du", "des", "in", "on", "a", "an"])


@dataclass(frozen=True, slots=True)
class Form:
    """One name of an entity."""

    name: str
    words: tuple[str, ...]
    """All but articles and the like; of a person without titles, initials within, and what stands behind."""
    bare: tuple[str, ...]
    """Of a place the words without those that tell its class; else `words`."""
    classes: frozenset[str]
    """Of a place, what its class words mean: `county` of `Alba-gun`."""
    head: str
    """The word that tells what it is: `bank` of `Bank of Sardane` and of `Sardane Savings Bank`."""
    titled: str = ""
    """Of a person, the titles and other words before the name, as they were written."""

    @property
    def letters(self) -> str:
        """Its letters and digits on end."""
        return "".join(self.bare)


class Words:
    """What names are taken apart by: a briefing's vocabulary, compiled."""

    def __init__(self, lexicons: Lexicons) -> None:
        own, names = lexicons["identity"], lexicons["names"]
        titles, bodies, place = names["titles"], names["organisation"], names["place"]
        self.spellings: Mapping[str, str] = own["spellings"]
        self.endings: Mapping[str, str] = own["endings"]
        self.sounds = tuple((one, other) for one, other in own["sounds"])
        self.sound_endings: Mapping[str, str] = own["sound-endings"]
        self.loose_sounds = tuple((one, other) for one, other in own["loose"])
        self.families: Mapping[str, str] = own["families"]
        self.letters = str.maketrans(dict(own["letters"]))
        self.parts, self.compass = frozenset(map(_singular, own["parts"])), frozenset(own["compass"])
        self.others, self.suffixes = frozenset(own["others"]), frozenset(own["suffixes"])
        self.titles = frozenset(w.casefold() for key in ("head", "before", "address") for w in titles[key])
        self.small = frozenset(lexicons["english"])
        self.legal = frozenset(map(_singular, bodies["legal"]))
        self.heads = frozenset(map(_singular, [*bodies["head"], *bodies["common"]]))
        self.general = self.heads | frozenset(map(_singular, [*bodies["bare"], *bodies["modifiers"]]))
        self.places = frozenset([*place["head"], *place["kind"]])
        self.fixed = self.compass | self.others | self.places | self.general
        """Words that are no misspelling of another."""

    def split(self, name: str) -> list[str]:
        """The words of a name, plain."""
        text = POSSESSIVE.sub("", name.replace("'n", "n"))
        plain = text.casefold()
        if not plain.isascii():
            plain = unicodedata.normalize("NFKD", stream_safe(plain)).translate(self.letters)
            plain = "".join(c for c in plain if not unicodedata.combining(c))
        return [self.spellings.get(word, word) for word in WORD.findall(plain)]

    def form(self, name: str, family: Family) -> Form:
        """One name taken apart."""
        if family == "person":
            return self._person(name)
        words = self.split(name)
        kept = tuple(_singular(w) for w in words if w not in JOINING) or tuple(words)
        head = self._head(words)
        if family != "place":
            return Form(name, kept, kept, frozenset(), head)
        classes = {w for w in kept if w in self.places}
        bare = [w for w in kept if w not in classes]
        if len(bare) > 1 and bare[-1] in self.endings:
            classes.add(self.endings[bare.pop()])
        return Form(name, kept, tuple(bare) or kept, frozenset(classes) if bare else frozenset(), head)

    def _head(self, words: list[str]) -> str:
        of = next((at for at, word in enumerate(words) if at and word in ("of", "for")), None)
        return _singular(words[of - 1] if of else words[-1]) if words else ""

    def _person(self, name: str) -> Form:
        parts: list[str] = []
        for part in name.split():
            pieces = CAMEL.split(part, maxsplit=1)  # `SecretaryBrant`: a blank that got lost
            known = len(pieces) > 1 and (pieces[0].casefold() in self.titles | self.small)
            parts += pieces if known else [part]
        at = 0
        while at < len(parts) - 1 and parts[at].strip(".,").casefold() in self.titles | self.small:
            at += 1
        words = self.split(" ".join(parts[at:]))
        while len(words) > 2 and words[-1] in self.suffixes:
            words.pop()
        inner = [w for i, w in enumerate(words) if len(w) > 1 or i in (0, len(words) - 1)]
        kept = tuple(inner if len(inner) > 1 else words)
        return Form(name, kept, kept, frozenset(), kept[-1] if kept else "", " ".join(parts[:at]))

    @lru_cache(maxsize=100_000)  # noqa: B019  # one for each vocabulary, which lives as long as the program
    def sound(self, word: str) -> str:
        """A word as it sounds, roughly: `kiv` for both `Kiev` and `Kyiv`; runs of vowels are front (i), back (u) or a."""
        word = self.families.get(word, word)
        for letters, sound in self.sound_endings.items():
            if word.endswith(letters) and len(word) > len(letters) + 1:
                word = word.removesuffix(letters) + sound
        for letters, sound in self.sounds:
            word = word.replace(letters, sound)
        word = re.sub(r"c(?!h)", "k", word)
        word = VOWELS.sub(lambda run: _vowel(run[0]), word)
        return re.sub(r"(.)\1+", r"\1", word)

    def loose(self, sound: str) -> str:
        """A sound as roughly as languages differ in how they write it: `ianus` for `Janos` and `Yanosh`."""
        for letters, other in self.loose_sounds:
            sound = sound.replace(letters, other)
        return re.sub(r"(.)\1+", r"\1", VOWELS.sub(lambda run: _vowel(run[0]), sound))


def _vowel(run: str) -> str:
    """A run of vowels by where they are spoken."""
    kinds = dict.fromkeys("i" if c in "ei" else "u" if c in "ou" else "a" for c in run)
    return "".join(kinds)


@lru_cache(maxsize=100_000)
def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
