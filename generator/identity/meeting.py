"""Where two names meet: rules that each find pairs of entities which may be one, by look-up and never by comparing all with all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Literal, TypeVar

from rapidfuzz.distance import OSA, JaroWinkler, Prefix

from generator.extract.gazetteer import Family
from generator.identity.forms import ACRONYM, JOINING, Form, Words
from generator.model import Entity

LONG = 7
"""Letters from which on a word with one letter changed is rather the same word than another."""
LOOSE = 0.69
"""How sure two names are that sound alike as two languages write them, all other words being the same."""
CROWD = 12
"""So many entities of one key, and more, are not one."""
SUBSETS = 6
"""Words of a name up to which its shorter forms may leave out any of them."""

K = TypeVar("K", bound=Hashable)
Among = Literal["", "shared", "covered"]


@dataclass(frozen=True, slots=True)
class Met:
    """Two entities that a rule holds for one."""

    one: str
    other: str
    rule: str
    score: float
    """How sure, 0 to 1, by what was judged of such pairs."""
    why: str
    """What agrees, in words."""
    name: str
    """The name of `one` that agrees."""
    into: bool = False
    """Whether `other` is the fuller, or the sound one, into which `one` belongs."""
    among: Among = ""
    """Whether it holds only if a source, or every source, that names `one` names `other` too."""


@dataclass(frozen=True)
class Names:
    """The entities of one family, each with the forms of its names."""

    family: Family
    entities: Mapping[str, Entity]
    forms: Mapping[str, tuple[Form, ...]]
    words: Words
    spoken: Callable[[str], bool]
    """Whether the articles use a word in small letters."""
    expanded: Mapping[str, tuple[str, ...]]
    """Short forms and adjectives of names, by word: `wpk`, `halvoran`."""

    def each(self) -> Iterator[tuple[str, Form]]:
        """Every name with whose it is."""
        for id_, forms in self.forms.items():
            for form in forms:
                yield id_, form

    def content(self, form: Form) -> tuple[str, ...]:
        """The words of a name, short forms written out, in alphabetical order."""
        return tuple(sorted({w for word in form.words for w in self.expanded.get(word, (word,))}))

    @cached_property
    def by_content(self) -> dict[tuple[str, ...], dict[str, Form]]:
        """Ids and forms by the words of a name, in whatever order."""
        return _grouped((self.content(form), id_, form) for id_, form in self.each())

    def pairs(
        self, keyed: Iterable[tuple[Hashable, str, Form]], crowd: int = CROWD
    ) -> Iterator[tuple[str, Form, str, Form]]:
        """Entities with one key, two by two."""
        for group in _grouped(keyed).values():
            if 1 < len(group) <= crowd:
                for (one, form), (other, its) in combinations(group.items(), 2):
                    yield one, form, other, its


def _grouped(keyed: Iterable[tuple[K, str, Form]]) -> dict[K, dict[str, Form]]:
    groups: defaultdict[K, dict[str, Form]] = defaultdict(dict)
    for key, id_, form in keyed:
        if key:
            groups[key].setdefault(id_, form)
    return dict(groups)


def _quoted(words: Iterable[str]) -> str:
    return f"‘{' '.join(words)}’"


def same_name(names: Names) -> Iterator[Met]:
    """One name, but for capitals."""
    for one, form, other, its in names.pairs((form.name.casefold(), id_, form) for id_, form in names.each()):
        yield Met(one, other, "name", 0.99, f"both are called ‘{its.name}’", form.name)


def same_letters(names: Names) -> Iterator[Met]:
    """The same letters with other marks, hyphens, blanks or titles; a person's names in another order too."""
    person = names.family == "person"
    keyed = (
        (key, id_, form) for id_, form in names.each() for key in (_turned(form) if person else ["".join(form.words)])
    )
    for one, form, other, its in names.pairs(keyed):
        if form.name.casefold() == its.name.casefold():
            continue
        if form.titled or its.titled:
            titles = " and ".join(_quoted([f.titled]) for f in (form, its) if f.titled)
            yield Met(one, other, "title", 0.95, f"they are one name without {titles}", form.name, bool(form.titled))
        elif person and form.words == its.words and _letters(form.name) != _letters(its.name):
            yield Met(
                one, other, "initials", 0.92, "they are one name but for what is written short or left out", form.name
            )
        elif "".join(form.words) == "".join(its.words):
            yield Met(one, other, "letters", 0.98, "they are the same letters", form.name)
        else:
            yield Met(one, other, "order", 0.95, "they are the same names in another order", form.name)


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def _turned(form: Form) -> set[str]:
    """Letters of a person's names, whichever of them stands first."""
    words = form.words
    return {"".join(words[at:] + words[:at]) for at in range(len(words))}


def same_words(names: Names) -> Iterator[Met]:
    """The same words in another order, short forms written out: `WPH Central Committee`, `Central Committee of the WPH`."""
    if names.family == "person":
        return
    for group in names.by_content.values():
        if not 1 < len(group) <= CROWD:
            continue
        for (one, form), (other, its) in combinations(group.items(), 2):
            if form.head == its.head or form.words == its.words:
                yield Met(one, other, "words", 0.94, "they are the same words, short forms written out", form.name)


def same_place(names: Names) -> Iterator[Met]:
    """One place with and without the word for what it is, or with that word in another language."""
    if names.family != "place":
        return
    for one, form, other, its in names.pairs((form.letters, id_, form) for id_, form in names.each()):
        if form.words == its.words or (form.classes and its.classes and form.classes != its.classes):
            continue
        short = not form.classes
        told = [c for f in (form, its) for c in f.classes if c not in f.words]
        if form.classes and its.classes:
            why = (
                f"‘{form.name}’ and ‘{its.name}’ both say {' '.join(sorted(form.classes))}"
                if told
                else "the words agree"
            )
            yield Met(one, other, "class", 0.93, why, form.name)
        else:
            fuller = its if short else form
            why = f"they differ by the word {_quoted(sorted(fuller.classes))} alone"
            yield (
                Met(one, other, "class", 0.82, why, form.name, short)
                if short
                else Met(other, one, "class", 0.82, why, its.name, True)
            )


def near_letters(names: Names) -> Iterator[Met]:
    """Word for word the same, or nearly: as one sound is written in several ways, or with a letter changed in a long word."""
    sound = names.words.sound
    person = names.family == "person"

    def keys() -> Iterator[tuple[Hashable, str, Form]]:
        for id_, form in names.each():
            if len(form.letters) < 4:
                continue
            spoken = [sound(word) for word in form.bare]
            yield ("sound", *(sorted(spoken) if person else spoken)), id_, form
            if person:
                yield ("loose", *(sorted(map(names.words.loose, spoken)))), id_, form
            yield ("bones", *(word.translate(BONES) for word in spoken)), id_, form
            for at, word in enumerate(form.bare):
                if len(word) >= LONG - 1:
                    yield from (
                        ((*form.bare[:at], word[:cut] + word[cut + 1 :], *form.bare[at + 1 :]), id_, form)
                        for cut in range(len(word))
                    )
                    yield form.bare, id_, form

    seen: set[tuple[str, str]] = set()
    for one, form, other, its in names.pairs(keys()):
        if (one, other) in seen or form.letters == its.letters or form.classes != its.classes:
            continue
        seen.add((one, other))
        score = _nearness(form.bare, its.bare, names)
        if score:
            yield Met(
                one, other, "spelling", score, f"‘{form.name}’ and ‘{its.name}’ are nearly one spelling", form.name
            )


BONES = str.maketrans("", "", "iua")


def _nearness(one: Sequence[str], other: Sequence[str], names: Names) -> float:
    """How near two names are, word by word; 0 where a word of one is another word than that of the other."""
    if len(one) != len(other):
        return 0.0
    if names.family == "person" and sorted(map(names.words.sound, one)) == sorted(map(names.words.sound, other)):
        other = sorted(other, key=lambda w: _place(names.words.sound(w), one, names))
    scores = [_word_nearness(a, b, names) for a, b in zip(one, other, strict=True)]
    least = min(scores, default=0.0)
    return least if least != LOOSE or sum(score < 1 for score in scores) == 1 < len(scores) else 0.0


def _place(sound: str, words: Sequence[str], names: Names) -> int:
    return next((at for at, word in enumerate(words) if names.words.sound(word) == sound), len(words))


def _word_nearness(one: str, other: str, names: Names) -> float:
    words = names.words
    if one == other:
        return 1.0
    person = names.family == "person"
    if any(c.isdigit() for c in one + other) or (not person and {one, other} & words.fixed):
        return 0.0
    a, b = words.sound(one), words.sound(other)
    if a == b:
        return 0.84 if min(len(one), len(other)) > 3 or {one, other} & words.families.keys() else 0.0
    if person and min(len(one), len(other)) > 4 and words.loose(a) == words.loose(b):
        return LOOSE
    if a[0] != b[0] or min(len(one), len(other)) < LONG - 1:
        return 0.0
    if (
        person and Prefix.similarity(one, other) >= min(len(one), len(other)) - 2
    ):  # endings tell a woman's name from a man's
        return 0.0
    if max(len(one), len(other)) >= LONG and OSA.distance(one, other) == 1:
        return 0.76
    bones, its = a.translate(BONES), b.translate(BONES)
    alike = bones == its and len(bones) >= 4 and len(a) == len(b)
    return 0.7 if alike and JaroWinkler.similarity(one, other) >= 0.9 and OSA.distance(a, b) == 1 else 0.0


def acronyms(names: Names) -> Iterator[Met]:
    """Initials: `WPH` of `Weavers' Party of Halvora`, if of nothing else."""
    if names.family == "person":
        return
    initials = _grouped(
        (key, id_, form)
        for id_, form in names.each()
        if len(form.words) > 1 and not ACRONYM.fullmatch(form.name)
        for key in _initials(form.name, names.words)
    )
    for id_, form in names.each():
        if not ACRONYM.fullmatch(form.name):
            continue
        letters = form.name.replace(".", "").replace("&", "").upper()
        holders = initials.get(letters, {})
        if id_ not in holders and len(holders) == 1 and len(letters) > 1:
            ((other, its),) = holders.items()
            why = f"‘{form.name}’ are the initials of ‘{its.name}’, and of no other name here"
            yield Met(id_, other, "initials", 0.86 if len(letters) > 2 else 0.58, why, form.name, True)


def _initials(name: str, words: Words) -> set[str]:
    """Initials with and without small words, and what a firm's name may lack."""
    parts = [p for p in name.replace("-", " ").casefold().split() if p[0].isalnum()]
    kept = (parts, [p for p in parts if p.strip(".") not in words.legal])
    return {
        "".join(p[0].upper() for p in some if small or p not in JOINING) for some in kept for small in (False, True)
    }


def short_persons(names: Names) -> Iterator[Met]:
    """A part of one person's name alone: `Solvik` of `Ada Solvik`, `A. Solvik`, where no other person has that part."""
    if names.family != "person":
        return
    whole = _grouped((form.words, id_, form) for id_, form in names.each() if len(form.words) > 1)
    parts: defaultdict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for words in whole:
        for size in range(1, len(words)):
            parts[words[:size]].add(words)
            parts[words[-size:]].add(words)
        parts[(words[0][0], *words[1:])].add(words)
    for id_, form in names.each():
        longer = parts.get(form.words, set()) - {form.words}
        if len(longer) != 1 or (len(form.words) == 1 and len(form.letters) < 3):
            continue
        (words,) = longer
        for other, its in whole[words].items():
            if other == id_:
                continue
            initial = len(form.words) == len(words)
            last = form.words[-1] == words[-1]
            score = 0.84 if initial else 0.8 if len(form.words) > 1 else 0.72 if last else 0.62
            left = "its first name is an initial" if initial else f"it is part of the name ‘{its.name}’"
            yield Met(id_, other, "part", score, f"{left}, and of no other person here", form.name, True)


def run_together(names: Names) -> Iterator[Met]:
    """A blank got lost behind a name: `Ada Solviksaid`."""
    if names.family != "person":
        return
    whole = _grouped((form.words, id_, form) for id_, form in names.each() if len(form.words) > 1)
    for id_, form in names.each():
        *first, last = form.words or ("",)
        for cut in range(2, len(last) - 1):
            rest = last[cut:]
            for other, its in whole.get((*first, last[:cut]), {}).items() if first else ():
                if other != id_ and names.spoken(rest):
                    why = f"‘{form.name}’ is ‘{its.name}’ and the word ‘{rest}’, a blank between them lost"
                    yield Met(id_, other, "blank", 0.9, why, form.name, True)


def short_bodies(names: Names) -> Iterator[Met]:
    """Some words of one body's name, its head among them: `the audit board` of `National Audit Board`."""
    if names.family in ("person", "place"):
        return
    words, wanted = names.words, set(names.by_content)
    longer: defaultdict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for content in wanted:
        for part in _parts(content):
            if part in wanted:
                longer[part].add(content)
    for part, fuller in longer.items():
        for id_, form in names.by_content[part].items():
            heads = {
                content: {i: f for i, f in names.by_content[content].items() if i != id_ and f.head == form.head}
                for content in fuller
            }
            heads = {content: found for content, found in heads.items() if found}
            general = all(w in words.general | words.others or names.spoken(w) for w in part)
            if len(heads) != 1 or form.head in words.legal or (general and len(part) > 1 and form.name.islower()):
                continue
            ((content, found),) = heads.items()
            more = set(content) - set(part)
            if more & words.others or any(c.isdigit() for w in more for c in w):
                continue
            for other, its in found.items():
                why = f"its words are part of the name ‘{its.name}’, and of no other here"
                among: Among = "" if not general else "covered" if form.name.islower() else "shared"
                yield Met(id_, other, "part", 0.66 if general else 0.78, why, form.name, True, among)


def _parts(content: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    sizes = range(1, len(content)) if len(content) <= SUBSETS else (len(content) - 1,)
    for size in sizes:
        yield from combinations(content, size)


def short_firms(names: Names) -> Iterator[Met]:
    """A firm without the word for its trade: `Norline` of `Norline Ferries`."""
    if names.family != "organisation":
        return
    words = names.words
    starts: defaultdict[tuple[str, ...], dict[str, Form]] = defaultdict(dict)
    for id_, form in names.each():
        for size in range(1, len(form.words)):
            starts[form.words[:size]].setdefault(id_, form)
    for id_, form in names.each():
        if set(form.words) <= words.general or len(form.letters) < 3:
            continue
        longer = {other: its for other, its in starts.get(form.words, {}).items() if other != id_}
        rest = {w for its in longer.values() for w in its.words[len(form.words) :]}
        if form.words[-1] in words.heads and not rest <= words.legal:
            continue  # `Harl Bank` is not the `Harl Bank Museum`
        if len(longer) == 1 and rest <= words.heads | words.legal and not rest & words.parts:
            ((other, its),) = longer.items()
            why = f"‘{its.name}’ is that name with {_quoted(its.words[len(form.words) :])} behind it, as no other is"
            yield Met(id_, other, "part", 0.72, why, form.name, True)


def short_compass(names: Names) -> Iterator[Met]:
    """`The North` of `North Halvora`, where no other country's name here begins so."""
    if names.family != "place":
        return
    compass = names.words.compass
    begin: defaultdict[str, dict[str, Form]] = defaultdict(dict)
    for id_, form in names.each():
        if len(form.words) > 1 and form.words[0] in compass and not form.classes:
            begin[form.words[0]].setdefault(id_, form)
    for id_, form in names.each():
        longer = {other: its for other, its in begin.get(form.words[0], {}).items() if other != id_}
        if len(form.words) == 1 and len(longer) == 1:
            ((other, its),) = longer.items()
            why = f"‘{its.name}’ is the only name here that begins so"
            yield Met(id_, other, "part", 0.68, why, form.name, True, "covered")


RULES: tuple[Callable[[Names], Iterator[Met]], ...] = (
    same_name,
    same_letters,
    same_words,
    same_place,
    run_together,
    acronyms,
    near_letters,
    short_persons,
    short_bodies,
    short_firms,
    short_compass,
)
"""The surest first."""
