"""Bodies and programmes that a text calls by a common noun: `the harbour ministry`, `his new coastal housing plan`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.extract.name_words import STOPS
from generator.extract.names import Cast, Name, _kind_of
from generator.extract.words import Word
from generator.lexicon import Lexicons

COMPARING = frozenset(
    "same other whole entire small large main rival then many only very small biggest largest".split()
)


@dataclass(frozen=True)
class _Common:
    org_heads: frozenset[str]
    org_modifiers: frozenset[str]
    bare: frozenset[str]
    person_verbs: frozenset[str]
    programme_heads: frozenset[str]
    evaluative: frozenset[str]
    plain: frozenset[str]
    """What only describes or compares, and so tells of no body which it is."""


@lru_cache(maxsize=4)
def _common(lexicons: Lexicons) -> _Common:
    table = lexicons["names"]
    organisation, programme = table["organisation"], table["programme"]
    return _Common(
        org_heads=frozenset(organisation["common"]),
        org_modifiers=frozenset(organisation["modifiers"]),
        bare=frozenset(organisation["bare"]),
        person_verbs=frozenset(table["person-verbs"]),
        programme_heads=frozenset(programme["head"]),
        evaluative=frozenset(programme["evaluative"]),
        plain=frozenset([*programme["evaluative"], *table["titles"]["descriptive"]]) | COMPARING,
    )


def organisations(line: Sequence[Word], names: Sequence[Name], text: str, cast: Cast, lexicons: Lexicons) -> list[Name]:
    """`state media`, `the harbour ministry`, `Tovania's finance ministry`: modifiers from the lexicon and a head."""
    common = _common(lexicons)
    taken = {n.start for n in names}
    found = []
    for at, word in enumerate(line):
        if word.lower not in common.org_heads:
            continue
        opens = at == 0 and word.lower in common.bare and word.text.istitle()  # `Police said`
        if word.capital and not opens:
            continue
        first = at
        while first and line[first - 1].lower in common.org_modifiers and not (line[first - 1].capital and first > 1):
            first -= 1
        if first == at and _the_only_one(line, at, common):
            first -= 1  # `the harbour ministry`: any one word between `the` and the head
        bare = first == at and word.lower in common.bare and _stands_alone(line, at, common)
        if (first == at and not bare) or any(n.start < word.end and line[first].start < n.end for n in names):
            continue
        following = line[at + 1].lower if at + 1 < len(line) else ""
        if following in common.org_heads:
            continue  # `foreign ministry officials` is one; `defence department company` is not told apart
        owner = _owner(line, first, names)
        start = owner.start if owner else line[first].start
        surface = text[start : word.end].replace("\n", " ")
        name = surface if owner else surface[0].lower() + surface[1:]
        if start in taken and not owner:
            continue
        if body := _named_behind(line, at, names):
            found.append(Name(start, word.end, body.id, "organisation", "description"))
            continue
        id_ = cast.add(name, _kind_of(word.lower, "organisation", lexicons), surface)
        found.append(Name(start, word.end, id_, "organisation", possessive=following == "'s"))
    return found


def _named_behind(line: Sequence[Word], at: int, names: Sequence[Name]) -> Name | None:
    """The body that a description is set before: `The shipping company, | Corvid Lines,`."""
    if at + 2 >= len(line) or line[at + 1].text != ",":
        return None
    body = next((n for n in names if n.start == line[at + 2].start and n.kind == "organisation"), None)
    after = next((w for w in line[at + 3 :] if body and w.start >= body.end), None)
    return body if after is None or after.text in ",." else None


def _stands_alone(line: Sequence[Word], at: int, common: _Common) -> bool:
    """Whether a head names a body by itself: `police`, `the opposition`; not `customs officers`, `an army of ants`."""
    before = line[at - 1] if at else None
    following = line[at + 1] if at + 1 < len(line) else None
    if before is not None and (before.lower in ("a", "an", "of") or (before.alphabetic and before.lower not in STOPS)):
        return False
    if following is None or not following.alphabetic:
        return True
    word = following.lower
    return word in STOPS or word in common.person_verbs or word.endswith(("ed", "ly"))


def _the_only_one(line: Sequence[Word], at: int, common: _Common) -> bool:
    if at < 2 or line[at - 2].lower != "the":
        return False
    word = line[at - 1]
    common_noun = word.alphabetic and not word.capital and word.lower not in STOPS and len(word.lower) > 3
    return common_noun and word.lower not in common.plain


def _owner(line: Sequence[Word], first: int, names: Sequence[Name]) -> Name | None:
    """The place whose organisation it is: `Tovania's | foreign ministry`."""
    if first < 2 or line[first - 1].lower != "'s":
        return None
    return next((n for n in names if n.end == line[first - 2].end and n.kind == "place"), None)


def programmes(
    line: Sequence[Word], names: Sequence[Name], text: str, cast: Cast, verbs: frozenset[str], lexicons: Lexicons
) -> list[Name]:
    """What a text unveils, adopts or cancels under a head such as `policy`: `his new | coastal housing plan`.

    `verbs` are the inflected forms of the verbs that lexicon `names` lists as `named-by`.
    """
    common = _common(lexicons)
    found = []
    for at, word in enumerate(line):
        if word.lower not in common.programme_heads or word.capital:
            continue
        first = at
        while first and line[first - 1].alphabetic and not _stops(line[first - 1], common, verbs) and at - first < 5:
            first -= 1
        while first < at and line[first].lower in common.evaluative:
            first += 1
        determiner = line[first - 1].lower if first else ""
        if first == at or determiner == "another":
            continue
        verb = next((w for w in reversed(line[max(0, first - 6) : first]) if w.lower in verbs), None)
        surface = text[line[first].start : word.end].replace("\n", " ")
        if any(n.start < word.end and line[first].start < n.end for n in names):
            continue
        if verb is None and not any(surface == e.name for e in cast.entities.values()):
            continue
        id_ = cast.add(surface, _kind_of(word.lower, "programme", lexicons), surface)
        found.append(Name(line[first].start, word.end, id_, "programme"))
    return found


def _stops(word: Word, common: _Common, verbs: frozenset[str]) -> bool:
    return (
        word.lower in STOPS
        or word.lower in verbs
        or word.lower in ("'s", "another", "any", "each", "every", "no")
        or word.lower.endswith("ly")
    )
