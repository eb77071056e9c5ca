"""Reading all seeds until the names in them settle.

A name that one article introduces in full helps to read another. So what is read depends on the candidates
that reading finds; the seeds are read again with those until nothing new comes of it, and the next run, which
finds them in the registry, reads the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from generator.base import Base
from generator.cards import BaseCard
from generator.engines import Engine, engine
from generator.extract.answers import Known
from generator.facts import FactFile
from generator.lexicon import Lexicons
from generator.model import DateDoubt, Entity, Extraction, Mark, Registry, Seed
from generator.problems import Problem, problem
from generator.readings import Extractions, named, with_surroundings
from generator.registry import RegistryFile, as_written
from generator.store import Store

Progress = Callable[[Sequence[Seed]], Iterable[Seed]]
"""Wraps the seeds while they are read, to show how far that is."""
ACRONYM = re.compile(r"[A-Z][A-Z&]{1,7}")
ROUNDS = 4
"""Two are the rule: the second finds nothing new."""


def withheld(bases: Iterable[Base | BaseCard], registry: Registry) -> list[str]:
    """Candidates that a person took out of the registry: written there once, and gone."""
    return sorted({name for base in bases for name in base.entities} - registry.keys())


def read_all(
    seeds: Sequence[Seed],
    ids: Mapping[str, str],
    names: Mapping[str, RegistryFile],
    lexicons: Lexicons,
    bases: Mapping[str, Base | BaseCard],
    progress: Progress,
    by: Engine | None = None,
    store: Store | None = None,
) -> tuple[Extractions, dict[str, Entity]]:
    """What is read out of each seed (`ids` by its path), and the candidates that those facts name, by id.

    `names` are the files of the registry: candidates are read with as if they stood there already. `by` what they
    are read is a matter of speed alone. Each round reads those seeds alone of which the `store` holds no reading with
    the names that are known by then.
    """
    registry = as_written(names, (), lexicons)
    out = withheld(bases.values(), registry)
    read = Extractions({ids[seed.path]: seed for seed in seeds}, lexicons, store or Store())
    by_id = {ids[seed.path]: seed for seed in seeds}
    known: dict[str, Entity] = {}
    for _ in range(ROUNDS):
        stand = Known(as_written(names, known.values(), lexicons), lexicons, out)
        due = [by_id[id_] for id_ in read.due(stand)]
        if due:
            from generator.reading import ReaderSpec, read_many

            readings = read_many(by or engine(), ReaderSpec(stand.registry, lexicons, out), due, ids)
            for seed, reading in zip(progress(due), readings, strict=True):
                read.take(ids[seed.path], reading.extraction, reading.ids, reading.words)
        new = with_surroundings(read.named, {**read.candidates(), **known})
        new = _without_short_forms(new, registry)
        if new == known:
            break
        known = new
    # Candidates of the registry too: a run that was cut short after it had written them there is no matter then.
    listed = {id_: entity for id_, entity in registry.items() if entity.status == "candidate"}
    read.settle({**listed, **known})
    return read, known


def _without_short_forms(known: Mapping[str, Entity], registry: Registry) -> dict[str, Entity]:
    """Without candidates that are called by an acronym alone which an article gives behind the name of one other:
    `the Harbour Board (HB)`."""
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for entity in {**known, **registry}.values():
        for name in entity.aka:
            holders[name].add(entity.id)

    def is_short(entity: Entity) -> bool:
        short = entity.id not in registry and ACRONYM.fullmatch(entity.name) and not entity.aka
        return bool(short) and len(holders.get(entity.name, set()) - {entity.id}) == 1

    return {id_: entity for id_, entity in known.items() if not is_short(entity)}


def with_candidates(extraction: Extraction, known: Mapping[str, Entity]) -> Extraction:
    """An extraction with those of the known candidates that its facts name, and what they lie in."""
    names = named(extraction.source, (found.fact for found in extraction.facts))
    return replace(extraction, candidates=tuple(with_surroundings(names, known).values()))


def dated_by_hand(
    seeds: Iterable[Seed], ids: Mapping[str, str], files: Mapping[str, FactFile], bases: Mapping[str, Base | BaseCard]
) -> list[Seed]:
    """Seeds with the date that a person wrote into their fact file, if one did: relative dates count from it."""

    def dated(seed: Seed) -> Seed:
        file, base = files.get(ids[seed.path]), bases.get(ids[seed.path])
        own = file and base and not file.broken and ("date" in base.held or file.source.date != base.source.date)
        return replace(seed, date=file.source.date) if own and file else seed

    return [dated(seed) for seed in seeds]


def dates_doubted(doubts: Iterable[tuple[Seed, DateDoubt]]) -> Iterator[Problem]:
    """Articles whose header seems to have a wrong date: all relative dates hang on it."""
    for seed, doubt in doubts:
        yield problem(
            Mark(f"seeds/{seed.path}"),
            f"the date {seed.date} is doubtful: {doubt.why}",
            valid="correct it in the seed, or under source in its fact file",
            example=f"date: {doubt.likely}",
            severity="warning",
            check="seed-date-doubtful",
        )


def needed(known: Mapping[str, Entity], files: Iterable[FactFile]) -> dict[str, Entity]:
    """Those candidates that the fact files name, and what they lie in; no more files are looked at than it takes to find all."""
    left, found = set(known), set[str]()
    for file in files if known else ():
        found.update(left.intersection(named(file.source, file.facts)))
        left -= found
        if not left:
            break
    return with_surroundings(found, known)
