"""Ids of names that stand for one: of the same words (`Health Ministry`, `Ministry of Health`), or a surname that one person has."""

from __future__ import annotations

from collections.abc import Mapping

from generator.aggregate.likeness import stem
from generator.lexicon import Lexicons
from generator.model import Entity, Registry
from generator.registry import family


def in_stems(entity: Entity) -> str:
    """The words of a name, as two names of the same words have them."""
    return " ".join(sorted({stem(part) for part in entity.name.casefold().split()} - {"of", "the"}))


def one_name(registry: Registry, words: Mapping[str, str], lexicons: Lexicons) -> Mapping[str, str]:
    """The id that stands for another, for each that one stands for; `words` are those of each name, by id (`in_stems`)."""
    found: dict[str, str] = {}
    by_words: dict[str, list[str]] = {}
    by_last: dict[str, list[str]] = {}
    listed = sorted((e for e in registry.values() if not e.merged_into), key=lambda e: e.id)
    people = {kind for kind in {e.kind for e in listed} if family(kind, lexicons) == "person"}
    for entity in listed:
        by_words.setdefault(words[entity.id], []).append(entity.id)
        if entity.kind in people and len(parts := entity.name.casefold().split()) > 1:
            by_last.setdefault(parts[-1], []).append(entity.id)
    for ids in by_words.values():
        found.update(dict.fromkeys(ids[1:], ids[0]))
    for entity in listed:
        bearers = by_last.get(entity.name.casefold(), ())
        if len(bearers) == 1:
            found[entity.id] = bearers[0]
    return {id_: other for id_, other in found.items() if id_ != other}
