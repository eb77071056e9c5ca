"""Names that are known before a text is read: the registry's, and the world's countries.

Matching walks a trie of words, so its cost does not depend on how many names there are; each branch is made when a text has its first word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any, Literal

from generator.extract.words import TOKEN, Word, words
from generator.lexicon import Lexicons
from generator.model import Entity, Registry, Span
from generator.statement import follow
from generator.stream_safe import stream_safe

Family = Literal["person", "organisation", "place", "programme", "meeting"]
FAMILIES: tuple[Family, ...] = ("person", "organisation", "place", "programme", "meeting")
_END = ""  # no word is empty, so this key marks the end of a name in the trie


LONGEST_ID = 100
"""Letters of an id that is made of a name."""


@lru_cache(maxsize=1 << 14)
def slug(name: str) -> str:
    """The registry id of a name: ASCII, lower case, hyphens; a fallback for names without any ASCII letter."""
    bare = stream_safe(name.replace("'", "").replace("’", ""))
    plain = unicodedata.normalize("NFKD", bare).encode("ascii", "ignore").decode()
    made = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")
    if len(made) > LONGEST_ID:  # it is the name of a file, too
        made = f"{made[:LONGEST_ID].strip('-')}-{sha256(made.encode()).hexdigest()[:8]}"
    return made or "name-" + "-".join(f"{ord(c):x}" for c in name[:8])


@dataclass(frozen=True, slots=True)
class Known:
    """What the trie tells of a name: whose it is, and whether it stands for its people (`Norwegian`)."""

    id: str
    family: Family
    demonym: bool = False
    listed: bool = False
    """Whether the registry has it."""


def letters(name: str) -> str:
    """A name in small letters and without white space: alike for names of the same words, however those are written."""
    return "".join(name.casefold().split()).replace("’", "'")


def family_of(kind: str, lexicons: Lexicons) -> Family | None:
    """The family a registry kind belongs to (`county` → `place`), None for a kind that is not known."""
    for family in FAMILIES:
        if kind == family or kind in lexicons["kinds"].get(family, ()):
            return family
    return None


class Gazetteer:
    """Longest-match look-up of known names over words; built once for many texts."""

    def __init__(self, registry: Registry, lexicons: Lexicons) -> None:
        self.plain: set[str] = set()
        """Words in lower case with which a known name may begin: those of names that are written so."""
        self.entities: dict[str, Entity] = {}
        """Registry entities and countries by id; a merged entity stands for the one it was merged into."""
        self.cells: dict[str, dict[str, Known]] = {}
        """Whose the names are, by their letters and as they are written; of two who claim one, the first in the order of the files."""
        self._registry = registry
        self._branches: dict[str, Any] = {}
        in_registry = {name for entity in registry.values() for name in entity.names()}
        for entity, people in _countries(lexicons):
            if entity.id in registry:
                known = registry[entity.id]
                self._add(known, family_of(known.kind, lexicons) or "place", entity.aka, people)
            elif entity.name not in in_registry:
                self._add(entity, "place", (), people)
        families = {kind: family_of(kind, lexicons) for kind in {entity.kind for entity in registry.values()}}
        for entity in registry.values():
            family = families[entity.kind]
            target = (follow(entity.id, registry) or entity) if entity.merged_into else entity
            if family:
                self._add(target, family, entity.names() if target is not entity else (), ())
        self._begins: dict[str, list[str]] = {}
        """By their first words, the letters of the names whose branches are not made yet."""
        for key, cell in self.cells.items():
            for name in cell:
                self._begin(key, name)

    def _add(self, entity: Entity, family: Family, names: Iterable[str], people: Sequence[str]) -> None:
        self.entities.setdefault(entity.id, entity)
        known = Known(entity.id, family, listed=entity.id in self._registry)
        for name in (*entity.names(), *names):
            self.cells.setdefault(letters(name), {}).setdefault(name, known)
        for name in people:
            demonym = Known(entity.id, family, demonym=True, listed=known.listed)
            self.cells.setdefault(letters(name), {}).setdefault(name, demonym)

    def _begin(self, key: str, name: str) -> None:
        first = TOKEN.search(name)
        if not first:
            return
        lower = first.group().casefold().replace("’", "'")
        if not first.group()[0].isupper() or lower in SMALL:
            self.plain.add(lower)
        keys = self._begins.setdefault(lower, [])
        if not keys or keys[-1] != key:
            keys.append(key)

    def _branch(self, first: str) -> Any:
        """The branch of the names that begin with a word; None where there are none."""
        if first not in self._begins:
            return self._branches.get(first)
        branch = self._branches[first] = {}
        for key in self._begins.pop(first):
            for name, known in self.cells[key].items():
                written = words(name, Span(0, len(name)))
                if written and written[0].lower == first:
                    node = branch
                    for word in written[1:]:
                        node = node.setdefault(word.lower, {})
                    capitals = tuple(word.capital and word.lower not in SMALL for word in written)
                    node.setdefault(_END, []).append((capitals, known, key))
        return branch

    def longest(self, tokens: Sequence[Word], at: int) -> tuple[int, Known] | None:
        """The longest known name that begins at token `at`: the index after its last token, and whose it is.

        A name written with capitals is not the common word: `May`, `March`; a plain one may open a sentence.
        """
        node = self._branch(tokens[at].lower)
        best: tuple[int, Known] | None = None
        index = at
        while node is not None:
            index += 1
            for capitals, known, _ in node.get(_END, ()):
                if all(token.capital or not own for own, token in zip(capitals, tokens[at:index], strict=True)):
                    best = index, known
            node = node.get(tokens[index].lower) if index < len(tokens) else None
        return best

    def met(self, sentences: Iterable[Sequence[str]]) -> dict[str, None]:
        """The letters of the names whose words, in lower case, stand one after another in a sentence, in order of the text."""
        found: dict[str, None] = {}
        for sentence in sentences:
            for at, first in enumerate(sentence):
                node, index = self._branch(first), at
                while node is not None:
                    index += 1
                    found.update((key, None) for _, _, key in node.get(_END, ()))
                    node = node.get(sentence[index]) if index < len(sentence) else None
        return found


SMALL = frozenset({"the", "of", "and"})
"""Words of a name that a text may write in lower case."""


@lru_cache(maxsize=4)
def _countries(lexicons: Lexicons) -> tuple[tuple[Entity, tuple[str, ...]], ...]:
    return tuple(_of_world(lexicons))


def _of_world(lexicons: Lexicons) -> Iterator[tuple[Entity, tuple[str, ...]]]:
    for code, entry in lexicons["world/countries"].items():
        people = tuple(entry.get("people", ()))
        plurals = tuple(f"{p}s" for p in people if not p.endswith(("ese", "ish", "s", "ch", "x")))
        entity = Entity(
            id=slug(entry["name"]),
            name=entry["name"],
            kind="country",
            aka=tuple(entry.get("aka", ())),
            ids={"iso3166": code},
        )
        yield entity, (*people, *plurals)
        if capital := entry.get("capital"):
            yield Entity(id=slug(capital), name=capital, kind="city", in_=entity.id), ()
