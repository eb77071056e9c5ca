"""Names that are known before a text is read: the registry's, and the world's countries.

Matching walks a trie of words, so its cost does not depend on how many names there are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from generator.extract.words import Word, words
from generator.lexicon import Lexicons
from generator.link import follow
from generator.model import Entity, Registry, Span

Family = Literal["person", "organisation", "place", "programme", "meeting"]
FAMILIES: tuple[Family, ...] = ("person", "organisation", "place", "programme", "meeting")
_END = ""  # no word is empty, so this key marks the end of a name in the trie


def slug(name: str) -> str:
    """The registry id of a name: ASCII, lower case, hyphens; a fallback for names without any ASCII letter."""
    plain = unicodedata.normalize("NFKD", name.replace("'", "").replace("’", "")).encode("ascii", "ignore").decode()
    made = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")
    return made or "name-" + "-".join(f"{ord(c):x}" for c in name[:8])


@dataclass(frozen=True, slots=True)
class Known:
    """What the trie tells of a name: whose it is, and whether it stands for its people (`Norwegian`)."""

    id: str
    family: Family
    demonym: bool = False


def family_of(kind: str, lexicons: Lexicons) -> Family | None:
    """The family a registry kind belongs to (`county` → `place`), None for a kind that is not known."""
    for family in FAMILIES:
        if kind == family or kind in lexicons["kinds"].get(family, ()):
            return family
    return None


class Gazetteer:
    """Longest-match look-up of known names over words; built once for many texts."""

    def __init__(self, registry: Registry, lexicons: Lexicons) -> None:
        self._trie: dict[str, Any] = {}
        self.plain: set[str] = set()
        """Words in lower case with which a known name may begin: those of names that are written so."""
        self.entities: dict[str, Entity] = {}
        """Registry entities and countries by id; a merged entity stands for the one it was merged into."""
        self.registry = registry
        in_registry = {name for entity in registry.values() for name in entity.names()}
        for entity, people in _countries(lexicons):
            if entity.id in registry:
                known = registry[entity.id]
                self._add(known, family_of(known.kind, lexicons) or "place", entity.aka, people)
            elif entity.name not in in_registry:
                self._add(entity, "place", (), people)
        for entity in registry.values():
            family = family_of(entity.kind, lexicons)
            target = follow(entity.id, registry) or entity
            if family:
                self._add(target, family, tuple(entity.names()), ())

    def _add(self, entity: Entity, family: Family, names: Sequence[str], people: Sequence[str]) -> None:
        self.entities.setdefault(entity.id, entity)
        for name in (*entity.names(), *names):
            self._insert(name, Known(entity.id, family))
        for name in people:
            self._insert(name, Known(entity.id, family, demonym=True))

    def _insert(self, name: str, known: Known) -> None:
        node, written = self._trie, words(name, Span(0, len(name)))
        if written and (not written[0].capital or written[0].lower in SMALL):
            self.plain.add(written[0].lower)
        for word in written:
            node = node.setdefault(word.lower, {})
        # The same name twice: the first one in the order of the files keeps it; `check` reports the clash.
        node.setdefault(_END, {}).setdefault(name, known)

    def longest(self, tokens: Sequence[Word], at: int) -> tuple[int, Known] | None:
        """The longest known name that begins at token `at`: the index after its last token, and whose it is."""
        node: Any = self._trie.get(tokens[at].lower)
        if node is None:
            return None
        best: tuple[int, Known] | None = None
        index = at
        while node is not None:
            index += 1
            for name, known in node.get(_END, {}).items():
                if _same_case(name, tokens[at:index]):
                    best = index, known
            node = node.get(tokens[index].lower) if index < len(tokens) else None
        return best


SMALL = frozenset({"the", "of", "and"})
"""Words of a name that a text may write in lower case."""


def _same_case(name: str, tokens: Sequence[Word]) -> bool:
    """A name written with capitals is not the common word: `May`, `March`; a plain one may open a sentence."""
    written = words(name, Span(0, len(name)))
    return all(
        token.capital or not own.capital or own.lower in SMALL for own, token in zip(written, tokens, strict=True)
    )


def _countries(lexicons: Lexicons) -> Iterator[tuple[Entity, tuple[str, ...]]]:
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
