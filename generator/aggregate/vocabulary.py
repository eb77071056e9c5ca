"""The words by which statements are compared: lexicon `alike`, compiled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from generator.aggregate import likeness
from generator.aggregate.likeness import stem
from generator.lexicon import Lexicons


@dataclass(frozen=True)
class Vocabulary:
    """Lexicon `alike`, compiled."""

    groups: Mapping[str, str]
    """The stem of a word → the first stem of its group."""
    phrases: tuple[tuple[str, str], ...]
    untelling: frozenset[str]
    times: re.Pattern[str]
    """Names of months and days, in capitals as English has them: May is one, and may is none; with `the end of` before them."""
    saying: re.Pattern[str]
    """What tells who said it, at the end of a sentence."""
    finding: re.Pattern[str]
    """What tells how it is known, at the beginning: `Tracks show that`."""
    ordinals: Mapping[str, int]
    near: frozenset[frozenset[str]]
    """Pairs of sorts of events that sources use for one another."""
    once: frozenset[str]
    edges: frozenset[str]
    """Stems of words for a beginning or an end."""
    future: frozenset[str]
    """Words of what is to come."""
    ahead: frozenset[str]
    """Stems of words for a number that is still to come."""
    lasting: frozenset[str]
    """Stems of what is measured once, and does not grow by the day."""
    wide: frozenset[str]
    """Kinds of places that other places lie in."""
    again: frozenset[str]
    """Sorts of events that befall a thing again and again."""
    befalls: frozenset[str]
    """Stems of words for what befalls one thing once."""
    kinds: Mapping[str, str]
    """The stem of a word for a thing → that of its kind: tanker, ship."""
    people: frozenset[str]
    """Stems of words for people, whom sources count under one name or another."""
    anybody: frozenset[str]
    """Those of them that say nothing of who they are, so that none is a part of the others."""
    apart: frozenset[str]
    """Words of a title that make it another post."""

    def near_sorts(self, one: str, other: str) -> bool:
        """Whether two sorts of events may be told of one event."""
        return one == other or frozenset((one, other)) in self.near


@lru_cache(maxsize=4)
def vocabulary(lexicons: Lexicons) -> Vocabulary:
    """The words by which statements are compared."""
    table, numerals = lexicons["alike"], lexicons["quantities"]["numerals"]
    counts = (*numerals["small"], *numerals["tens"], *numerals["scales"])
    untelling = (*table["untelling"], *counts)
    names = (*lexicons["names"]["months"], *table["days"], "month", "year")
    irregular = lexicons["verbs"]["irregular"]
    forms = {stem(form): stem(lemma) for lemma in irregular for form in irregular[lemma] if form not in table["other"]}
    groups = {stem(word): stem(group[0]) for group in table["words"] for word in group}
    groups = {form: groups.get(lemma, lemma) for form, lemma in forms.items()} | groups
    return Vocabulary(
        groups=groups,
        phrases=tuple(table["phrases"].items()),
        untelling=frozenset(stem(word.casefold()) for word in untelling),
        times=re.compile(rf"(?:\b(?:{'|'.join(table['parts'])}) of (?:the )?)?\b(?:{'|'.join(names)})\b"),
        saying=re.compile(rf", (?>[^,]*?\b(?:{'|'.join(table['saying'])})\b)[^,]*+(?=, |\.?$)"),
        finding=re.compile(rf"^[^,]{{1,60}}? (?:{'|'.join(table['finding'])}) that (?=\w)"),
        ordinals=numerals["ordinals"],
        near=frozenset(frozenset((a, b)) for group in table["sorts"] for a in group for b in group if a != b),
        edges=frozenset(groups.get(stem(word), stem(word)) for word in table["edges"]),
        future=frozenset(lexicons["verbs"]["auxiliary"]["future"]),
        ahead=frozenset(stem(word) for word in table["ahead"]),
        lasting=frozenset(groups.get(stem(word), stem(word)) for word in table["lasting"]),
        once=frozenset(table["once"]),
        wide=frozenset(lexicons["labels"]["areas"]),
        again=frozenset(table["again"]),
        befalls=frozenset(groups.get(stem(word), stem(word)) for word in table["befalls"]),
        kinds={groups.get(stem(word), stem(word)): stem(kind) for kind, *of in table["kinds"] for word in of},
        people=frozenset(groups.get(stem(word), stem(word)) for word in table["people"]),
        anybody=frozenset(groups.get(stem(word), stem(word)) for word in table["anybody"]),
        apart=frozenset(table["apart"]),
    )


@lru_cache(maxsize=4_000)  # of names and units again and again; what a statement says is asked for once
def telling_stems(text: str, lexicons: Lexicons) -> frozenset[str]:
    """The stems of the telling words of a text, one for all words that sources use for one another."""
    known = vocabulary(lexicons)
    folded = known.times.sub(" ", text).casefold()
    for phrase, word in known.phrases:
        folded = folded.replace(phrase, word)
    found = likeness.stems(folded.replace("-", " "), lexicons) - known.untelling
    return frozenset(known.groups.get(s, s) for s in found) - known.untelling
