"""A briefing from the files on disk as they stand: nothing is extracted, nothing is written.

Whoever reads facts anew begins with the same `read`; whoever only looks at them takes `load`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from generator.base import Base, Conflict, read_bases
from generator.facts import FactFile, read_fact_files, unclaimed, with_known_ids
from generator.lexicon import Lexicons, load_lexicons
from generator.link import Briefing, follow, link
from generator.model import Found, Registry, Seed, Source, Topic
from generator.outline import Outline, read_outline
from generator.problems import Problem, errors
from generator.registry import RegistryFile, read_registry_files
from generator.seeds import read_seeds
from generator.settings import Settings, read_settings
from generator.topics import read_topics

PAGES = "site_src"
SEEDS = "seeds"
NOTHING = Base(source=Source(id="", date="", seed="", sha256=""), sha256="")
"""The base of a source that was never written."""

Read = tuple[Settings, list[Problem]]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """What the files of a briefing say, before anything is made of them."""

    settings: Settings
    lexicons: Lexicons
    names: Mapping[str, RegistryFile]
    """The files of the registry by name."""
    registry: Registry
    sound: bool
    """Whether lexicons and registry could be read whole."""
    outline: Outline | None
    topics: Sequence[Topic]
    bases: Mapping[str, Base]
    files: Mapping[str, FactFile]
    """Fact files by source id; those of an older format as they are in the present one."""
    of_files: Sequence[Problem]
    """Problems of fact files; not among `problems`, since merging may mend them."""
    lost: bool
    """Whether there is a fact file of which nobody can tell whose it is."""
    known: Mapping[str, tuple[str, str]]
    """By source id, the seed it was made from, as path and SHA-256."""
    seeds: Sequence[Seed]
    problems: Sequence[Problem]


def read(root: Path, settings: Read | None = None) -> Stand:
    """Everything that people and earlier runs wrote in `root`; `settings` are those of `mkdocs.yml` unless given."""
    problems: list[Problem] = []

    def told(result: tuple[T, Sequence[Problem]]) -> T:
        problems.extend(result[1])
        return result[0]

    lexicons = told(load_lexicons(root / PAGES / "lexicons"))
    names = told(read_registry_files(root / PAGES / "entities", lexicons))
    registry = {id_: entity for file in names.values() for id_, entity in file.entities.items()}
    sound = not errors(problems) and all(follow(id_, registry) for id_ in registry)
    given = told(settings or read_settings(root))
    outline = told(read_outline(root, given))
    topics = told(read_topics(root / PAGES / "topics.yml"))
    bases = told(read_bases(root / PAGES / "facts" / ".base"))
    files, of_files = read_fact_files(root / PAGES / "facts")
    lost = bool(unclaimed(root / PAGES / "facts", files))
    files = told(with_known_ids(files, bases))
    known = seeds_of(files, bases)
    return Stand(
        settings=given,
        lexicons=lexicons,
        names=names,
        registry=registry,
        sound=sound,
        outline=outline,
        topics=topics,
        bases=bases,
        files=files,
        of_files=of_files,
        lost=lost,
        known=known,
        seeds=told(read_seeds(root / SEEDS, frozenset(path for path, _ in known.values()))),
        problems=problems,
    )


def load(root: Path, settings: Read | None = None) -> tuple[Briefing, list[Problem]]:
    """The briefing in `root` as its files stand, and what is wrong with them; nothing is checked beyond reading and linking."""
    stand = read(root, settings)
    files = known_by_base(stand.files, stand.bases)
    conflicts = [c for id_ in files for c in stand.bases.get(id_, NOTHING).conflicts]
    readings = readings_of(files, stand.bases)
    briefing, found = linked(stand, files, stand.registry, conflicts=conflicts, readings=readings)
    return briefing, [*stand.problems, *stand.of_files, *found]


def linked(
    stand: Stand,
    files: Mapping[str, FactFile],
    registry: Registry,
    *,
    conflicts: Sequence[Conflict],
    readings: Mapping[str, Mapping[str, Found]],
) -> tuple[Briefing, list[Problem]]:
    """What stands on disk joined to a briefing, with fact files, names and readings as they are or will be."""
    return link(
        stand.settings,
        files,
        stand.seeds,
        registry,
        stand.topics,
        stand.lexicons,
        conflicts=conflicts,
        kept=[known.id for id_ in files for known in stand.bases.get(id_, NOTHING).facts if known.kept],
        readings=readings,
        outline=stand.outline,
    )


def seeds_of(files: Mapping[str, FactFile], bases: Mapping[str, Base]) -> dict[str, tuple[str, str]]:
    """By source id, the seed it was made from, as path and SHA-256; the base knows where the file cannot be read."""
    sources = [file.source for file in files.values() if file.broken and file.source.seed]
    sources += [base.source for base in bases.values() if not base.broken or base.source.seed]
    sources += [file.source for file in files.values() if not file.broken]
    return {source.id: (source.seed, source.sha256) for source in sources}


def readings_of(files: Iterable[str], bases: Mapping[str, Base]) -> dict[str, dict[str, Found]]:
    """What the machine reads, by source and fact; deleted facts too."""
    return {id_: {k.id: k.found for k in bases[id_].facts} for id_ in files if id_ in bases and not bases[id_].broken}


def known_by_base(files: Mapping[str, FactFile], bases: Mapping[str, Base]) -> dict[str, FactFile]:
    """Fact files; of those that cannot be read, the source as it was last known, so that its page can say so."""
    unread = (i for i, file in files.items() if file.broken and not file.root and i in bases and not bases[i].broken)
    lost = {i: bases[i].source for i in unread}
    return {id_: replace(file, source=lost.get(id_, file.source)) for id_, file in files.items()}
