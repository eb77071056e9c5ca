"""Mentions without a proper name: `the harbour ministry`, `his new housing plan`, `the judge`, `she`.

Three rules in order. Each either points to an entity that the text has named, or names one by its
head noun; where two would do, none is chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from generator.extract.gazetteer import Family, Gazetteer
from generator.extract.name_words import STOPS, vocabulary
from generator.extract.names import Cast, Name, _kind_of
from generator.extract.votes import evidence
from generator.extract.words import Word
from generator.lexicon import Lexicons
from generator.model import Entity

PRONOUNS: dict[str, Family] = {"he": "person", "she": "person", "his": "person", "her": "person", "him": "person"}
MARKS = frozenset({'"', "“", "”"})
HELPERS = frozenset("has had have will would also then never not still".split())
DEFINITE = frozenset({"the", "this", "that"})
OWNERS = frozenset({"his", "her", "its", "their", "the", "'s"})


@dataclass(frozen=True)
class _Common:
    org_heads: frozenset[str]
    bodies: frozenset[str]
    """Those heads and others by which a body is pointed back to."""
    org_modifiers: frozenset[str]
    bare: frozenset[str]
    person_verbs: frozenset[str]
    place_heads: frozenset[str]
    programme_heads: frozenset[str]
    evaluative: frozenset[str]
    named_by: frozenset[str]
    titles: frozenset[str]
    pointing: frozenset[str]
    """Every word that may point back to a name."""
    descriptive: frozenset[str]
    acts: frozenset[str]
    """Forms of what a body does or says."""
    any_firm: frozenset[str]
    """What a text calls any firm that it has named."""
    no_firms: frozenset[str]
    """Heads of bodies that nobody calls `the company`."""


@lru_cache(maxsize=4)
def _common(lexicons: Lexicons) -> _Common:
    table = lexicons["names"]
    organisation, programme, place = table["organisation"], table["programme"], table["place"]
    titles = vocabulary(lexicons).titles - {"player", "champion", "partner", "resident", "major", "general", "officer"}
    heads = {*organisation["common"], *organisation["pointed"], *programme["head"], *place["kind"]}
    return _Common(
        org_heads=frozenset(organisation["common"]),
        bodies=frozenset({*organisation["common"], *organisation["pointed"]}),
        org_modifiers=frozenset(organisation["modifiers"]),
        bare=frozenset(organisation["bare"]),
        person_verbs=frozenset(table["person-verbs"]),
        place_heads=frozenset(place["kind"]),
        programme_heads=frozenset(programme["head"]),
        evaluative=frozenset(programme["evaluative"]),
        named_by=frozenset(programme["named-by"]),
        titles=titles,
        pointing=titles | heads | set(PRONOUNS) | {"it", "its", "country", "nation", *organisation["any-firm"]},
        descriptive=frozenset(table["titles"]["descriptive"]),
        acts=evidence(lexicons).acts | evidence(lexicons).speech,
        any_firm=frozenset(organisation["any-firm"]),
        no_firms=frozenset(organisation["common"]) - {"company", "bank", "media"},
    )


def organisations(line: Sequence[Word], names: Sequence[Name], text: str, cast: Cast, lexicons: Lexicons) -> list[Name]:
    """`state media`, `the harbour ministry`, `Tovania's finance ministry`: modifiers from the lexicon and a head."""
    common = _common(lexicons)
    taken = {n.start for n in names}
    found = []
    for at, word in enumerate(line):
        opens = at == 0 and word.lower in common.bare and word.text.istitle()  # `Police said`
        if word.lower not in common.org_heads or (word.capital and not opens):
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
    return following.lower in STOPS | common.person_verbs or following.lower.endswith(("ed", "ly"))


def _the_only_one(line: Sequence[Word], at: int, common: _Common) -> bool:
    if at < 2 or line[at - 2].lower != "the":
        return False
    word = line[at - 1]
    plain = word.alphabetic and not word.capital and word.lower not in STOPS and len(word.lower) > 3
    return plain and word.lower not in common.evaluative | common.descriptive | COMPARING


COMPARING = frozenset(
    "same other whole entire small large main rival then many only very small biggest largest".split()
)


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


def _heads(name: str) -> tuple[str, ...]:
    """The last word of a name, and the last before its "of": both of `Coastline Union of Dockers`."""
    words = name.casefold().split()
    of = next((at for at, word in enumerate(words) if at and word in ("of", "for")), None)
    return (words[-1], words[of - 1]) if of else (words[-1],)


def _is_firm(entity: Entity | None, no_firms: frozenset[str]) -> bool:
    """Whether a body may be called a company: no ministry, union or party."""
    return entity is not None and no_firms.isdisjoint((*_heads(entity.name), entity.kind))


class Recent:
    """Who was spoken of last, as a reader keeps it in mind; fed sentence by sentence."""

    def __init__(self, known: Gazetteer) -> None:
        self._known = known
        self._persons: list[str] = []
        """Persons of the last sentence that named any, in order of mention."""
        self._last: dict[str, list[str]] = {}
        """Ids by family, most recent last."""
        self._titles: dict[str, str] = {}
        """Title head → the person who holds it."""
        self._country: str | None = None
        self._bodies: list[str] = []
        """Organisations of the last sentence, in order of mention."""
        self._subject: Name | None = None
        """The body or place that the last sentence was about."""

    def person(self) -> str | None:
        """Whom `he` or `she` means: the first person of the last sentence that named one."""
        return self._persons[0] if self._persons else None

    def titled(self, head: str) -> str | None:
        """Whom `the minister` means: the last person who was given that title."""
        return self._titles.get(head)

    def headed(self, family: str, head: str, cast: Cast) -> str | None:
        """Which `the ministry`, `the plan`, `the county` means: the last one whose name or kind ends so."""
        for id_ in reversed(self._last.get(family, [])):
            entity = cast.entities.get(id_)
            if entity and (entity.kind == head or head in _heads(entity.name)):
                return id_
        return None

    def last(self, family: str) -> str | None:
        """The last one named of a family."""
        ids = self._last.get(family)
        return ids[-1] if ids else None

    def country(self) -> str | None:
        """Which `the country` means: the last one that was not a mere attribute."""
        return self._country

    def hear(self, name: Name, line: Sequence[Word], cast: Cast) -> None:
        """Remember a mention."""
        ids = self._last.setdefault(name.kind, [])
        if name.id in ids:
            ids.remove(name.id)
        ids.append(name.id)
        entity = cast.entities.get(name.id)
        if entity and entity.kind == "country" and not name.possessive and name.via == "name":
            self._country = name.id

    def entitle(self, id_: str, head: str) -> None:
        """Remember a person's title."""
        self._titles[head] = id_

    def subject(self) -> Name | None:
        """Which body `it` means: the one that the last sentence began with."""
        return self._subject

    def only_body(self) -> str | None:
        """Whose `its director` is: the one body of the last sentence."""
        if len(self._bodies) == 1:
            return self._bodies[0]
        return self._subject.id if self._subject and self._subject.kind == "organisation" else None

    def firm(self, cast: Cast, no_firms: frozenset[str]) -> str | None:
        """Which `the company` means: the only firm so far, else the last one of the last sentence."""
        firms = [i for i in self._last.get("organisation", ()) if _is_firm(cast.entities.get(i), no_firms)]
        near = [i for i in firms if i in self._bodies]
        return firms[0] if len(firms) == 1 else near[-1] if near else None

    def close(self, names: Sequence[Name], subject: Name | None, *, strangers: bool) -> None:
        """A sentence about `subject` has ended; its persons and bodies are those that pronouns now mean.

        After one with `strangers`, names of which nothing tells whether they are persons, they mean nobody before it.
        """
        self._subject = subject
        self._bodies = list(dict.fromkeys(n.id for n in names if n.kind == "organisation"))
        if strangers:
            self._persons = []
        persons = list(dict.fromkeys(n.id for n in names if n.kind == "person"))
        if persons:
            self._persons = persons


def resolve(
    tokens: Sequence[Sequence[Word]],
    names: Sequence[Sequence[Name]],
    text: str,
    cast: Cast,
    known: Gazetteer,
    lexicons: Lexicons,
) -> list[list[Name]]:
    """The names of each sentence with the pronouns and descriptions that point back to one, in order."""
    common = _common(lexicons)
    recent = Recent(known)
    resolved = []
    for line, own in zip(tokens, names, strict=True):
        at_start = {n.start: n for n in own}
        made: list[Name] = []
        heard: list[Name] = []
        for at, word in enumerate(line):
            if name := at_start.get(word.start):
                heard.append(name)
                recent.hear(name, line, cast)
                if name.title:
                    recent.entitle(name.id, name.title.of(text).casefold().split()[-1])
                elif name.kind == "person" and (head := _appositive_title(line, at, name, common)):
                    recent.entitle(name.id, head)
                continue
            if word.lower not in common.pointing or any(n.start <= word.start < n.end for n in heard[-1:]):
                continue
            back = _refers(line, at, recent, cast, heard, common)
            if back:
                start, id_, family, via = back
                after = line[at + 1].lower if at + 1 < len(line) else ""
                mention = Name(
                    start, word.end, id_, family, via, possessive=after == "'s" or word.lower in ("his", "her", "its")
                )
                made.append(mention)
                if mention.kind != "person" or not mention.possessive:
                    heard.append(mention)
        recent.close(heard, _about(line, heard), strangers=_strangers(line, own))
        resolved.append(sorted([*own, *made], key=lambda n: (n.start, -n.end)))
    return resolved


def _about(line: Sequence[Word], heard: Sequence[Name]) -> Name | None:
    """The body or place that a sentence begins with, behind an article at most: `The Torvik council | …`, `It …`."""
    for name in heard[:1]:
        before = [w.lower for w in line if w.start < name.start]
        if name.kind in ("organisation", "place") and not name.possessive and before in ([], ["the"], ["its"]):
            return name if name.via != "demonym" else None
    return None


def _strangers(line: Sequence[Word], names: Sequence[Name]) -> bool:
    """Whether two capitalised words side by side are no part of any name."""
    for one, other in pairwise(line[1:]):
        if one.capital and other.capital and one.text[1:].islower() and other.text[1:].islower():
            if not any(
                n.start <= one.start < n.end or (n.title and one.start in range(n.title.start, n.title.end))
                for n in names
            ):
                return True
    return False


def _acts(line: Sequence[Word], at: int, common: _Common) -> bool:
    """Whether what follows a pronoun is what a body does: `it | has offered`, not `it | was cold`."""
    following = [w.lower for w in line[at + 1 : at + 4]]
    while following and following[0] in HELPERS:
        following.pop(0)
    return bool(following) and following[0] in common.acts


def _quoted(line: Sequence[Word], offset: int, at: int) -> bool:
    """Whether an offset before word `at` lies in speech that ends before it: `"Belk has lost," he said`."""
    marks = [w.text for w in line[:at] if w.start >= offset and w.text in MARKS]
    return bool(marks) and (marks[0] == "”" or (marks[0] == '"' and len(marks) % 2 == 1))


def _appositive_title(line: Sequence[Word], at: int, name: Name, common: _Common) -> str | None:
    last = next((i for i in range(at, len(line)) if line[i].end >= name.end), at) + 1
    if last < len(line) and line[last].text == ",":
        for word in line[last + 1 : last + 7]:
            if word.lower in common.titles:
                return word.lower
            if not word.alphabetic:
                return None
    return None


def _refers(
    line: Sequence[Word], at: int, recent: Recent, cast: Cast, heard: Sequence[Name], common: _Common
) -> tuple[int, str, Family, str] | None:
    """What a word points back to: start of the mention, id, family, and by what."""
    word = line[at]
    lower = word.lower
    if lower in PRONOUNS:
        here = [n.id for n in heard if n.kind == "person" and n.via != "pronoun" and not _quoted(line, n.end, at)]
        id_ = here[0] if here else recent.person()
        return (word.start, id_, "person", "pronoun") if id_ else None
    if lower == "it":
        body = _about(line, heard) or (recent.subject() if not any(n.via == "name" for n in heard) else None)
        return (word.start, body.id, body.kind, "pronoun") if body and _acts(line, at, common) else None
    if lower == "its":
        posts = [w.lower in common.titles for w in line[at + 1 : at + 4]]
        id_ = recent.only_body() if any(posts) and not any(n.kind == "organisation" for n in heard) else None
        return (word.start, id_, "organisation", "pronoun") if id_ else None
    following = line[at + 1] if at + 1 < len(line) else None
    named = word.capital and not (lower in common.org_heads and word.text.istitle())  # `the Union`
    if named or not at or (word.capital and following and following.capital):
        return None
    before = line[at - 1].lower
    if following and following.capital and lower in common.titles:
        return None  # a title before its name
    if lower in common.titles and lower not in common.descriptive and before in OWNERS:
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
    if lower in common.place_heads:
        id_ = recent.headed("place", lower, cast)
        return (start, id_, "place", "description") if id_ and id_ == recent.last("place") else None
    if lower in common.bodies or lower in common.any_firm:
        id_ = recent.headed("organisation", lower, cast)
        id_ = id_ or (recent.firm(cast, common.no_firms) if lower in common.any_firm else None)
        return (start, id_, "organisation", "description") if id_ else None
    if lower in common.programme_heads:
        id_ = recent.headed("programme", lower, cast) or recent.last("programme")
        return (start, id_, "programme", "description") if id_ else None
    return None
