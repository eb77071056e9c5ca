"""Words that sources use for one another, as one is counted in the other: `200,000 promised doses of vaccine`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set

from generator.aggregate.kept import Kept
from generator.aggregate.vocabulary import telling_stems
from generator.lexicon import Lexicons
from generator.link import Briefing
from generator.once import once
from generator.phrases import is_measure

COUNTED_OF = re.compile(
    r"\b(?:\d[\d,.]{0,30}+|last|first|final|remaining|all)(?: [a-z]+){0,2}? ([a-z]{3,}) of (?:the )?([a-z]{4,})"
)
Pairs = Mapping[str, tuple[str, list[list[str]]]]
"""By source id, the hash of its text, and groups of stems in it."""


@once
def partners(briefing: Briefing) -> Mapping[str, Set[str]]:
    """By stem, the stems of the words that sources use for it, and itself."""
    return _joined(_told(briefing, _kept(Kept(briefing))))


def moved(briefing: Briefing, kept: Kept) -> frozenset[str]:
    """Bring what is kept up to date; gives the stems whose partners are others now."""
    before = _kept(kept)
    after = _told(briefing, before)
    if before == after:
        return frozenset()
    kept.keep("partners", after)
    old, new = _joined(before), _joined(after)
    return frozenset(word for word in {*old, *new} if old.get(word) != new.get(word))


def _kept(kept: Kept) -> dict[str, tuple[str, list[list[str]]]]:
    return kept.state("partners", dict[str, tuple[str, list[list[str]]]]) or {}


def _told(briefing: Briefing, known: Pairs) -> dict[str, tuple[str, list[list[str]]]]:
    """The same of the articles as they are now."""
    found = {}
    for id_, seed in briefing.seeds.items():
        old = known.get(id_)
        told = old if old and old[0] == seed.sha256 else (seed.sha256, _groups(seed.text, briefing.lexicons))
        found[id_] = told
    return found


def _groups(text: str, lexicons: Lexicons) -> list[list[str]]:
    pairs = (
        (measure, of)
        for measure, of in COUNTED_OF.findall(text)
        if not is_measure(measure, lexicons) and not is_measure(measure[:-1], lexicons)
    )
    return [sorted(telling_stems(f"{measure} {of}", lexicons)) for measure, of in pairs]


def _joined(told: Pairs) -> dict[str, Set[str]]:
    found: dict[str, set[str]] = {}
    groups: Iterable[list[str]] = (stems for _, groups in told.values() for stems in groups)
    for stems in groups:
        for word in stems:
            found.setdefault(word, set()).update(stems)
    return {word: frozenset(stems) for word, stems in found.items()}
