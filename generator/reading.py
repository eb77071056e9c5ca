"""Reading many articles with one registry and one vocabulary, by whatever engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.engines import Engine
from generator.extract.article import Reader, Reading
from generator.lexicon import Lexicons
from generator.model import Registry, Seed


@dataclass(frozen=True, slots=True)
class ReaderSpec:
    """What a `Reader` is made of; it travels to every worker once."""

    registry: Registry
    lexicons: Lexicons
    withheld: Sequence[str] = ()
    """Candidates that a person took out of the registry."""


def reader(spec: ReaderSpec) -> Callable[[tuple[Seed, str]], Reading]:
    """A function that reads a seed, given with the id of its source."""
    made = Reader(spec.registry, spec.lexicons)
    return lambda pair: made.reading(*pair, spec.withheld)


def read_many(engine: Engine, spec: ReaderSpec, seeds: Sequence[Seed], ids: Mapping[str, str]) -> Iterator[Reading]:
    """What is read out of each seed (`ids` by its path), in their order."""
    return engine.map(reader, spec, [(seed, ids[seed.path]) for seed in seeds])
