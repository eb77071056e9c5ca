"""Who and what a text names: known names first, then candidates told apart by what stands around them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from generator.extract.gazetteer import Family, Gazetteer, slug
from generator.extract.headlines import dateline_end, headline
from generator.extract.name_kinds import decide
from generator.extract.name_kinds import surface as surface_of
from generator.extract.name_words import Vocabulary, vocabulary
from generator.extract.runs import Run, find_runs, together
from generator.extract.words import Word
from generator.lexicon import Lexicons
from generator.model import Entity, Span


class Name(Struct, frozen=True, gc=False):
    """A mention of an entity at `text[start:end]`."""

    start: int
    end: int
    id: str
    kind: Family
    via: str = "name"
    """`name`, `demonym`, `pronoun` or `description`."""
    possessive: bool = False
    title: Span | None = None
    """Of a person, the title before the name."""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


class Named(NamedTuple):
    """What a mention names, and by what."""

    id: str
    kind: Family
    via: str = "name"


@dataclass
class Cast:
    """The entities of one text, gathered while it is read; private to the naming stage."""

    entities: dict[str, Entity]
    seen_as: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    persons: dict[str, str] = field(default_factory=dict)
    """Surname → id of the person named in full by it; empty where two share it."""
    titled: set[str] = field(default_factory=set)
    """Persons that a title introduced."""

    def add(self, name: str, kind: str, surface: str | None = None) -> str:
        """The id of a candidate, made where it is new; `surface` is how it was seen."""
        id_ = slug(name)
        if id_ not in self.entities:
            self.entities[id_] = Entity(id=id_, name=name, kind=kind)
        if surface and surface != name:
            self.seen_as[id_][surface] += 1
        return id_


def surname(words: Sequence[str]) -> str:
    """The part of a person's name that later mentions use: the last, or the first before a hyphenated given name.

    `Jo-eun` style given names follow the family name in East Asian romanisation.
    """
    last = words[-1]
    if len(words) == 2 and "-" in last and last.split("-")[1][:1].islower():
        return words[0]
    return last


@lru_cache(maxsize=1 << 14)
def _kind_of(name: str, family: Family, lexicons: Lexicons) -> str:
    """The registry kind that a name's head tells: `bank` of both `Harl Bank` and `Bank of Orvelia plc`."""
    kinds, legal = lexicons["names"].get(family, {}).get("kind", {}), vocabulary(lexicons).legal
    words = name.casefold().split()
    while len(words) > 1 and words[-1] in legal and words[-1] not in kinds:
        words.pop()
    of = next((at for at, word in enumerate(words) if at and word in ("of", "for")), None)
    heads = words[-1:] if of is None else [words[of - 1], words[-1]]
    return next((str(kinds[word]) for word in heads if word in kinds), family)


def _acronym(run: Run, tokens: Sequence[Word]) -> int | None:
    """Index of the acronym in `Coast and Border Agency (CBA)`, None where none follows."""
    at = run.last
    if at + 2 < len(tokens) and tokens[at].text == "(" and tokens[at + 2].text == ")":
        inside = tokens[at + 1].text.replace(".", "")
        initials = "".join(t.text[0] for t in tokens[run.first : run.last] if t.capital)
        if (
            inside.isupper()
            and len(inside) >= 2
            and inside[0] == initials[0]
            and set(inside) <= set("".join(initials + _inner(run, tokens)))
        ):
            return at + 1
    return None


def _initials(run: Run, tokens: Sequence[Word]) -> str:
    """`DFB` of `Dray Fish Board`."""
    return "".join(t.text[0] for t in tokens[run.first : run.last] if t.capital)


def _inner(run: Run, tokens: Sequence[Word]) -> str:
    return "".join(t.text.upper() for t in tokens[run.first : run.last])


def _plural_places(runs: Sequence[Run], tokens: Sequence[Word], vocab: Vocabulary) -> dict[int, tuple[str, int]]:
    """Run index → (head, index after it) for `the A and B counties` and `C county`."""
    found: dict[int, tuple[str, int]] = {}
    for at, run in enumerate(runs):
        if run.last >= len(tokens) or run.known:
            continue
        word = tokens[run.last]
        if run.last - run.first == 1 and tokens[run.first].lower in vocab.compass:
            continue
        head = "" if word.capital else vocab.place_plural.get(word.lower, "")
        if head and head not in vocab.common_places:
            back = at
            found[at] = head, run.last + 1
            while (
                back
                and runs[back].first - runs[back - 1].last == 1
                and tokens[runs[back].first - 1].lower in ("and", ",")
            ):
                back -= 1
                found[back] = head, runs[back].last
        elif not word.capital and word.lower in vocab.heads["place"] and word.lower not in vocab.common_places:
            found[at] = word.lower, run.last + 1
    return found


def find_names(
    tokens: Sequence[Sequence[Word]], text: str, known: Gazetteer, lexicons: Lexicons
) -> tuple[list[Name], Cast]:
    """Every name of a text, in order, and the entities they stand for.

    `tokens` holds the words of each sentence. A run whose kind nothing tells is left out: better no
    entity than a wrong one.
    """
    vocab = vocabulary(lexicons)
    sentences = [
        together(list(find_runs(i, line, text, known, lexicons)), line, vocab) for i, line in enumerate(tokens)
    ]
    cast = Cast(entities={})
    kinds = decide(sentences, tokens, text, lexicons, vocab)
    context = Context(kinds, _firms(kinds, vocab), {}, cast, known, lexicons)
    names: list[Name] = []
    for runs, line in zip(sentences, tokens, strict=True):
        plural = _plural_places(runs, line, vocab)
        plural = {} if plural and headline(line) else plural
        dated = dateline_end(line) if line is tokens[0] else 0
        for at, found in enumerate(runs):
            run = _without_opening(found, line, text, context)
            surface = surface_of(run, line, text)
            name = _name(run, surface, plural.get(at), context) if run.first >= dated else None
            if name is None:
                continue
            end = line[(plural[at][1] if at in plural else run.last) - 1].end
            after = line[run.last].lower if run.last < len(line) else ""
            title = Span(line[run.title[0]].start, line[run.title[1] - 1].end) if run.title else None
            names.append(Name(line[run.first].start, end, *name, possessive=after in ("'s", "'"), title=title))
            if name.kind == "organisation" and run.last - run.first > 1 and name.via == "name":
                context.acronyms.setdefault(_initials(run, line), name)
            acronym = _acronym(run, line)
            if acronym is not None and name.kind in ("organisation", "place", "programme"):
                context.acronyms[line[acronym].text] = name
                cast.seen_as[name.id][line[acronym].text] += 1
    return names, cast


def _without_opening(run: Run, tokens: Sequence[Word], text: str, context: Context) -> Run:
    """A run at a sentence's start that is a person's name but for its first word: `Did | Belk`, `Ask | Ana Belk`."""
    particle = tokens[0].lower in vocabulary(context.lexicons).person_connectors
    if run.first or run.known or run.title or run.last < 2 or particle:
        return run
    rest = replace(run, first=1)
    name = surface_of(rest, tokens, text)
    told = surface_of(run, tokens, text) in context.kinds
    known = (not told and name in context.cast.persons) or (" " in name and context.kinds.get(name) == "person")
    return rest if known else run


INITIAL = re.compile(r" [^\W\d_]\.(?= )")
"""A middle initial, which other mentions leave out: `Ana D. Belk`."""


@dataclass(frozen=True)
class Context:
    """What is known of a text's names while its mentions are read in order."""

    kinds: dict[str, Family]
    firms: dict[str, str]
    """Short form → name: `Marn Shipping` of `Marn Shipping Ltd`."""
    acronyms: dict[str, Named]
    """By those that a text gives in brackets, and by the initials of the bodies it has named."""
    cast: Cast
    known: Gazetteer
    lexicons: Lexicons


def _firms(kinds: dict[str, Family], vocab: Vocabulary) -> dict[str, str]:
    """Firms by what is left of their names without `Ltd` and the like, where that names nothing else."""
    firms: dict[str, str] = {}
    for name, family in kinds.items():
        short, _, legal = name.rpartition(" ")
        firm = family == "organisation" and legal.lower() in vocab.legal and " " in short
        if firm and kinds.get(short) in (None, "organisation"):
            firms.setdefault(short, name)
    return firms


def _name(run: Run, surface: str, place: tuple[str, int] | None, context: Context) -> Named | None:
    """What a run names, or None where nothing tells."""
    cast, lexicons = context.cast, context.lexicons
    if run.known:
        entity = context.known.entities[run.known.id]
        cast.entities.setdefault(entity.id, entity)
        if run.known.family == "person" and " " in entity.name:
            cast.persons[surname(entity.name.split())] = entity.id
        return Named(entity.id, run.known.family, "demonym" if run.known.demonym else "name")
    if place:
        head = place[0].capitalize()
        return Named(cast.add(f"{surface} {head}", _kind_of(head, "place", lexicons), surface), "place")
    if surface in context.acronyms:
        named = context.acronyms[surface]
        cast.seen_as[named.id][surface] += 1
        return Named(named.id, named.kind)
    family = context.kinds.get(surface)
    words = surface.split()
    if family is None and context.kinds.get(surface[:-1]) == "place" and surface.endswith("an"):  # `Orvelian`
        return Named(cast.add(surface[:-1], "place"), "place", "demonym")
    if (person := _later(words, family, cast, lexicons)) is not None:
        cast.seen_as[person][surface] += 1
        return Named(person, "person")
    if surface in context.firms:
        return Named(cast.add(context.firms[surface], "organisation", surface), "organisation")
    if family is None or _head_alone(surface, family, lexicons):
        return None
    if family == "person":
        short = INITIAL.sub("", surface)
        full = short if context.kinds.get(short) == "person" else surface
        if len(words) > 1:
            _introduce(surname(words), slug(full), run.title is not None, cast)
        return Named(cast.add(full, "person", surface), "person")
    plain = surface.removeprefix("The ")
    return Named(cast.add(plain, _kind_of(plain, family, lexicons), surface), family)


def _introduce(name: str, id_: str, titled: bool, cast: Cast) -> None:
    """Remember whom a family name means: of two who share it, the one with a title, else neither."""
    holder = cast.persons.get(name, id_)
    if holder == id_ or titled:
        cast.persons[name] = id_
    elif holder not in cast.titled:
        cast.persons[name] = ""
    if titled:
        cast.titled.add(id_)


def _later(words: Sequence[str], family: Family | None, cast: Cast, lexicons: Lexicons) -> str | None:
    """The person whose family name a later mention is: `Belk`, `Van der Meer`."""
    particles = vocabulary(lexicons).person_connectors
    if family in (None, "person", "place") and all(word.lower() in particles for word in words[:-1]):
        return cast.persons.get(words[-1]) or None
    return None


def _head_alone(surface: str, family: Family, lexicons: Lexicons) -> bool:
    """Whether a capitalised head points back to a body named before: `the Union`."""
    vocab, word = vocabulary(lexicons), surface.lower()
    return family == "organisation" and word in vocab.heads["organisation"] and word not in vocab.alone
