"""What points back to a name: `the judge`, `she`, `it`, `the company`.

Each rule either finds the entity that the text has named, or none; where two would do, none is chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.extract.gazetteer import Family
from generator.extract.mentions import evidence
from generator.extract.name_words import vocabulary
from generator.extract.names import Cast, Name
from generator.extract.recent import Gender, Recent
from generator.extract.words import Word
from generator.lexicon import Lexicons

PRONOUNS: dict[str, Gender] = {"he": "male", "she": "female", "his": "male", "her": "female", "him": "male"}
MARKS = frozenset({'"', "“", "”"})
HELPERS = frozenset("has had have will would also then never not still".split())
DEFINITE = frozenset({"the", "this", "that"})
OWNERS = frozenset({"his", "her", "its", "their", "the", "'s"})


@dataclass(frozen=True)
class _Pointing:
    org_heads: frozenset[str]
    bodies: frozenset[str]
    """Those heads and others by which a body is pointed back to."""
    place_heads: frozenset[str]
    programme_heads: frozenset[str]
    titles: frozenset[str]
    genders: dict[str, Gender]
    """By given name, and by what stands before a name: `queen`, `Mr`."""
    words: frozenset[str]
    """Every word that may point back to a name."""
    descriptive: frozenset[str]
    acts: frozenset[str]
    """Forms of what a body does or says."""
    any_firm: frozenset[str]
    """What a text calls any firm that it has named."""
    no_firms: frozenset[str]
    """Heads of bodies that nobody calls `the company`."""


@lru_cache(maxsize=4)
def _pointing(lexicons: Lexicons) -> _Pointing:
    table = lexicons["names"]
    organisation, programme, place = table["organisation"], table["programme"], table["place"]
    titles = vocabulary(lexicons).titles - {"player", "champion", "partner", "resident", "major", "general", "officer"}
    heads = {*organisation["common"], *organisation["pointed"], *programme["head"], *place["kind"]}
    return _Pointing(
        org_heads=frozenset(organisation["common"]),
        bodies=frozenset({*organisation["common"], *organisation["pointed"]}),
        place_heads=frozenset(place["kind"]),
        programme_heads=frozenset(programme["head"]),
        titles=titles,
        genders={word.casefold(): gender for gender, words in _gendered(lexicons) for word in words},
        words=titles | heads | PRONOUNS.keys() | {"it", "its", "country", "nation", *organisation["any-firm"]},
        descriptive=frozenset(table["titles"]["descriptive"]),
        acts=evidence(lexicons).acts | evidence(lexicons).speech,
        any_firm=frozenset(organisation["any-firm"]),
        no_firms=frozenset(organisation["common"]) - {"company", "bank", "media"},
    )


def _gendered(lexicons: Lexicons) -> Iterator[tuple[Gender, Iterable[str]]]:
    given, titles = lexicons["world/given-names"], lexicons["names"]["titles"]
    yield "female", (*given["female"], *titles["female"])
    yield "male", (*given["male"], *titles["male"])


def _learn(recent: Recent, name: Name, cast: Cast, title: str, pointing: _Pointing) -> None:
    """Let a person's title and given name tell whom `he` and `she` may mean."""
    last, first = title.rstrip(".").rpartition(" ")[2], cast.entities[name.id].name.casefold().partition(" ")[0]
    if gender := pointing.genders.get(last) or pointing.genders.get(first):
        recent.gender(name.id, gender)


def resolve(
    tokens: Sequence[Sequence[Word]],
    names: Sequence[Sequence[Name]],
    text: str,
    cast: Cast,
    lexicons: Lexicons,
) -> list[list[Name]]:
    """The names of each sentence with the pronouns and descriptions that point back to one, in order."""
    pointing = _pointing(lexicons)
    recent = Recent()
    resolved = []
    for line, own in zip(tokens, names, strict=True):
        at_start = {n.start: n for n in own}
        made: list[Name] = []
        heard: list[Name] = []
        for at, word in enumerate(line):
            if name := at_start.get(word.start):
                heard.append(name)
                recent.hear(name, cast)
                title = " ".join(name.title.of(text).casefold().split()) if name.title else ""
                if name.kind == "person":
                    _learn(recent, name, cast, title, pointing)
                if title:
                    recent.entitle(name.id, title.rpartition(" ")[2])
                elif name.kind == "person" and (head := _appositive_title(line, at, name, pointing)):
                    recent.entitle(name.id, head)
                continue
            if word.lower not in pointing.words or any(n.start <= word.start < n.end for n in heard[-1:]):
                continue
            back = _refers(line, at, recent, cast, heard, pointing)
            if back:
                start, id_, family, via = back
                after = line[at + 1].lower if at + 1 < len(line) else ""
                mention = Name(
                    start, word.end, id_, family, via, possessive=after == "'s" or word.lower in ("his", "her", "its")
                )
                made.append(mention)
                if mention.kind != "person" or not mention.possessive:
                    heard.append(mention)
        recent.close(line, own, heard, _about(line, heard))
        resolved.append(sorted([*own, *made], key=lambda n: (n.start, -n.end)))
    return resolved


def _about(line: Sequence[Word], heard: Sequence[Name]) -> Name | None:
    """The body or place that a sentence begins with, behind an article at most: `The Torvik council | …`, `It …`."""
    if not heard:
        return None
    name, at = heard[0], line[0].lower in ("the", "its")
    first = len(line) > at and name.start <= line[at].start
    fits = name.kind in ("organisation", "place") and not name.possessive and name.via != "demonym"
    return name if first and fits else None


def _acts(line: Sequence[Word], at: int, pointing: _Pointing) -> bool:
    """Whether what follows a pronoun is what a body does: `it | has offered`, not `it | was cold`."""
    following = [w.lower for w in line[at + 1 : at + 4]]
    while following and following[0] in HELPERS:
        following.pop(0)
    return bool(following) and following[0] in pointing.acts


def _quoted(line: Sequence[Word], offset: int, at: int) -> bool:
    """Whether an offset before word `at` lies in speech that ends before it: `"Belk has lost," he said`."""
    marks = [w.text for w in line[:at] if w.start >= offset and w.text in MARKS]
    return bool(marks) and (marks[0] == "”" or (marks[0] == '"' and len(marks) % 2 == 1))


def _appositive_title(line: Sequence[Word], at: int, name: Name, pointing: _Pointing) -> str | None:
    last = next((i for i in range(at, len(line)) if line[i].end >= name.end), at) + 1
    if last < len(line) and line[last].text == ",":
        for word in line[last + 1 : last + 7]:
            if word.lower in pointing.titles:
                return word.lower
            if not word.alphabetic:
                return None
    return None


def _refers(
    line: Sequence[Word], at: int, recent: Recent, cast: Cast, heard: Sequence[Name], pointing: _Pointing
) -> tuple[int, str, Family, str] | None:
    """What a word points back to: start of the mention, id, family, and by what."""
    word = line[at]
    lower = word.lower
    if lower in PRONOUNS:
        here = [n.id for n in heard if n.kind == "person" and n.via != "pronoun" and not _quoted(line, n.end, at)]
        id_ = recent.person(PRONOUNS[lower], here)
        return (word.start, id_, "person", "pronoun") if id_ else None
    if lower == "it":
        body = _about(line, heard) or (recent.subject() if not any(n.via == "name" for n in heard) else None)
        return (word.start, body.id, body.kind, "pronoun") if body and _acts(line, at, pointing) else None
    if lower == "its":
        posts = [w.lower in pointing.titles for w in line[at + 1 : at + 4]]
        bodies = {n.id for n in heard if n.kind == "organisation"}
        only = heard[0].id if heard and bodies == {heard[0].id} else None  # `The bank lost money, its director said.`
        id_ = (only if bodies else recent.only_body()) if any(posts) else None
        return (word.start, id_, "organisation", "pronoun") if id_ else None
    following = line[at + 1] if at + 1 < len(line) else None
    named = word.capital and not (lower in pointing.org_heads and word.text.istitle())  # `the Union`
    if named or not at or (word.capital and following and following.capital):
        return None
    before = line[at - 1].lower
    if following and following.capital and lower in pointing.titles:
        return None  # a title before its name
    if lower in pointing.titles and lower not in pointing.descriptive and before in OWNERS:
        id_ = recent.titled(lower)
        start = line[at - 1].start
        if before == "'s" and heard and heard[-1].end == line[at - 2].end:
            start = heard[-1].start
        return (start, id_, "person", "description") if id_ and before in ("the", "'s") else None
    if before not in DEFINITE:
        return None
    start = line[at - 1].start
    if lower == "country" or lower == "nation":
        id_ = recent.country()
        return (start, id_, "place", "description") if id_ else None
    if lower in pointing.place_heads:
        id_ = recent.headed("place", lower, cast)
        return (start, id_, "place", "description") if id_ and id_ == recent.last("place") else None
    if lower in pointing.bodies or lower in pointing.any_firm:
        id_ = recent.headed("organisation", lower, cast)
        id_ = id_ or (recent.firm(cast, pointing.no_firms) if lower in pointing.any_firm else None)
        return (start, id_, "organisation", "description") if id_ else None
    if lower in pointing.programme_heads:
        id_ = recent.headed("programme", lower, cast) or recent.last("programme")
        return (start, id_, "programme", "description") if id_ else None
    return None
