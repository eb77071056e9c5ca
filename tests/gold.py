"""How well the facts read from an article are those that a person reads: recall, precision, and right values.

A gold fact is met by a produced one of its kind whose quote holds at least `LEAST` of its quote's words in one run.
Each is met once, those that agree most first. A gold fact marked `optional` counts neither way. A gold list of
names asks for at least those.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import yaml

from generator.model import Extraction, mapping
from generator.single import Desk

LEAST = 0.6
NAMES = frozenset(["who", "where", "about", "according-to", "by", "speaker", "org"])
BESIDE = frozenset(["kind", "quote", "optional"])
"""Keys of a gold fact that are not values to get right."""

Gold = Mapping[str, Any]


@dataclass
class Score:
    """Counts over any number of articles."""

    asked: Counter[str] = field(default_factory=Counter)
    """Gold facts by kind."""
    made: Counter[str] = field(default_factory=Counter)
    """Produced facts by kind, without those that only optional gold asks for."""
    met: Counter[str] = field(default_factory=Counter)
    values: Counter[str] = field(default_factory=Counter)
    """Values asked for, by key."""
    right: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    """Every miss, extra and wrong value, as a line."""

    @property
    def precision(self) -> float:
        """Met of made."""
        return self.met.total() / max(1, self.made.total())

    @property
    def recall(self) -> float:
        """Met of asked."""
        return self.met.total() / max(1, self.asked.total())

    @property
    def attributes(self) -> float:
        """Right values of those asked for."""
        return self.right.total() / max(1, self.values.total())

    def __str__(self) -> str:
        return f"P {self.precision:.3f}  R {self.recall:.3f}  attributes {self.attributes:.3f}  ({self.asked.total()} facts)"


def _words(text: object) -> list[str]:
    return re.findall(r"[\w$%]+(?:[.,'’-][\w]+)*", str(text).casefold().replace("’", "'"))


def _held(wanted: str, quote: str) -> float:
    """The share of a quote's words that another holds in one run."""
    asked, there = _words(wanted), _words(quote)
    run = SequenceMatcher(None, asked, there, autojunk=False).find_longest_match()
    return run.size / len(asked) if asked else 0.0


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [] if value is None else [value]


def _called(ids: object, entities: Mapping[str, Any]) -> set[str]:
    """Everything that some ids go by, as words with a space around."""
    names: set[str] = set()
    for id_ in map(str, _listed(ids)):
        entity = entities.get(id_)
        names |= {id_.replace("-", " "), *(entity.names() if entity else ())}
    return {f" {' '.join(_words(name))} " for name in names}


def is_right(key: str, wanted: object, found: object, entities: Mapping[str, Any]) -> bool:
    """Whether a fact states a value as the gold does."""
    if key in NAMES:
        called = _called(found, entities)
        return all(any(f" {' '.join(_words(name))} " in name_ for name_ in called) for name in _listed(wanted))
    if key == "value":
        return isinstance(found, int | float) and abs(float(str(wanted)) - found) <= 1e-9 * max(1.0, abs(found))
    if key == "hedge":
        return str(wanted).casefold() in str(found).casefold()
    if key == "unit":
        return [w.rstrip("s") for w in _words(wanted)] == [w.rstrip("s") for w in _words(found or "")]
    return str(wanted).casefold() == str(found).casefold()


def _values(gold: Gold) -> Iterator[tuple[str, Any]]:
    return ((key, value) for key, value in gold.items() if key not in BESIDE)


def _met(gold: Sequence[Gold], facts: Sequence[Gold], entities: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Pairs of ranks in `gold` and `facts`."""
    ranked = []
    for g, wanted in enumerate(gold):
        for f, fact in enumerate(facts):
            share = _held(wanted["quote"], fact["quote"]) if wanted["kind"] == fact["kind"] else 0.0
            if share >= LEAST:
                asked = list(_values(wanted))
                agreed = sum(is_right(k, v, fact.get(k), entities) for k, v in asked) / len(asked) if asked else 1.0
                ranked.append((bool(wanted.get("optional")), -share - agreed, len(fact["quote"]), g, f))
    pairs: dict[int, int] = {}
    for *_, g, f in sorted(ranked):
        if g not in pairs and f not in pairs.values():
            pairs[g] = f
    return sorted(pairs.items())


def compare(name: str, gold: Sequence[Gold], extraction: Extraction, score: Score) -> None:
    """Count one article."""
    facts = [mapping(found.fact) for found in extraction.facts]
    entities = {entity.id: entity for entity in extraction.candidates}
    pairs = _met(gold, facts, entities)
    score.asked.update(g["kind"] for g in gold if not g.get("optional"))
    score.made.update(f["kind"] for f in facts)
    for g, f in pairs:
        wanted, fact = gold[g], facts[f]
        if wanted.get("optional"):
            score.made[wanted["kind"]] -= 1
            continue
        score.met[wanted["kind"]] += 1
        for key, value in _values(wanted):
            score.values[key] += 1
            if is_right(key, value, fact.get(key), entities):
                score.right[key] += 1
            else:
                score.notes.append(f"{name}: {key}: {value!r} wanted, {fact.get(key)!r} found [{wanted['quote'][:70]}]")
    seen_g, seen_f = {g for g, _ in pairs}, {f for _, f in pairs}
    missed = [g for i, g in enumerate(gold) if i not in seen_g and not g.get("optional")]
    extra = [f for i, f in enumerate(facts) if i not in seen_f]
    score.notes += [f"{name}: missed {g['kind']}: {g['quote'][:110]}" for g in missed]
    score.notes += [f"{name}: extra {f['kind']}: {f['quote'][:110]}" for f in extra]


def measure(golds: Iterable[Path], seeds: Path) -> Score:
    """The score of the articles that gold files name, which stand in `seeds`; read without any registry."""
    score, desk = Score(), Desk(None)
    for path in golds:
        gold = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        extraction, problems = desk.extract(seeds / gold["seed"])
        assert extraction, problems
        compare(path.stem, gold["facts"], extraction, score)
    return score
