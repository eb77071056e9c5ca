"""A briefing from the files on disk as they stand: nothing is extracted, nothing is written.

Whoever reads facts anew begins with the same `read`; whoever only looks at them takes `load`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from generator.aggregate.likeness import remember
from generator.base import Conflict
from generator.cards import Bases, FactCards
from generator.facts import FactFile, read_fact_files, unclaimed, with_known_ids
from generator.folders import PAGES as PAGES
from generator.folders import SEEDS as SEEDS
from generator.folders import TEMPLATES
from generator.lexicon import Lexicons, load_lexicons, recall
from generator.link import Briefing, link
from generator.looks import Looks
from generator.model import Found, Mark, Registry, Seed, Topic
from generator.outline import Outline, read_outline
from generator.problems import Problem, errors, link_out, link_round, not_a_file, too_large
from generator.reach import leads_out
from generator.registry import RegistryFile, read_registry_files
from generator.seeds import read_seeds
from generator.settings import Settings, read_settings
from generator.statement import follow
from generator.store import Store
from generator.topics import read_topics
from generator.unchanged import seen_in
from generator.yamlbounds import BYTES

Read = tuple[Settings, list[Problem]]
PAGE = (".md", ".markdown")
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
    bases: Bases
    cards: FactCards
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
    store: Store


def read(root: Path, settings: Read | None = None, store: Store | None = None) -> Stand:
    """Everything that people and earlier runs wrote in `root`; `settings` are those of `mkdocs.yml` unless given.

    What is as it was when the `store` was told of it is not read again.
    """
    store = store or Store()
    problems: list[Problem] = []

    def told(result: tuple[T, Sequence[Problem]]) -> T:
        problems.extend(result[1])
        return result[0]

    problems += out_of_reach(seen_in(store, root))
    recall(store)
    remember(store)
    lexicons = told(load_lexicons(root / PAGES / "lexicons"))
    names = told(read_registry_files(root / PAGES / "entities", lexicons, store))
    registry = {id_: entity for file in names.values() for id_, entity in file.entities.items()}
    sound = not errors(problems) and all(follow(id_, registry) for id_ in registry)
    given = told(settings or read_settings(root))
    outline = told(read_outline(root, given))
    topics = told(read_topics(root / PAGES / "topics.yml", store))
    bases, cards = Bases(store, root), FactCards(store, root)
    problems += bases.problems
    files, of_files = read_fact_files(root / PAGES / "facts", cards.read)
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
        cards=cards,
        files=files,
        of_files=of_files,
        lost=lost,
        known=known,
        seeds=told(read_seeds(root / SEEDS, frozenset(path for path, _ in known.values()), store)),
        problems=problems,
        store=store,
    )


def load(root: Path, settings: Read | None = None) -> tuple[Briefing, list[Problem]]:
    """The briefing in `root` as its files stand, and what is wrong with them; nothing is checked beyond reading and linking."""
    stand = read(root, settings)
    files = known_by_base(stand.files, stand.bases)
    conflicts = [c for id_ in files if id_ in stand.bases for c in stand.bases.heads[id_].conflicts]
    readings = Readings(files, stand.bases)
    briefing, found = linked(stand, files, stand.registry, conflicts=conflicts, readings=readings)
    return briefing, [*stand.problems, *stand.of_files, *found]


def linked(
    stand: Stand,
    files: Mapping[str, FactFile],
    registry: Registry,
    *,
    conflicts: Sequence[Conflict],
    readings: Readings,
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
        kept=[known for id_ in files if id_ in stand.bases for known in stand.bases.heads[id_].kept],
        readings=readings,
        read={id_: readings.digest(id_) for id_ in readings},
        outline=stand.outline,
        store=stand.store,
    )


def seeds_of(files: Mapping[str, FactFile], bases: Bases) -> dict[str, tuple[str, str]]:
    """By source id, the seed it was made from, as path and SHA-256; the base knows where the file cannot be read."""
    sources = [file.source for file in files.values() if file.broken and file.source.seed]
    sources += [head.source for head in bases.heads.values() if not head.broken or head.source.seed]
    sources += [file.source for file in files.values() if not file.broken]
    return {source.id: (source.seed, source.sha256) for source in sources}


def out_of_reach(looks: Looks) -> list[Problem]:
    """What stands in the folders that a briefing is read from, and is not read: links that lead out, or round, and pages that are none."""
    found = [
        link_out(path) if leads_out(looks.root, f"{looks.root}/{path}") else link_round(path)
        for path in looks.out(SEEDS, PAGES, TEMPLATES)
    ]
    for above, folder in looks.walk(PAGES):
        for name, seen in folder.looks():
            if seen[0] > BYTES and name.endswith(PAGE):
                found.append(too_large(f"{PAGES}/{above}{name}", seen[0], BYTES))
        found += (not_a_file(Mark(f"{PAGES}/{above}{name}")) for name in folder.others if name.endswith(PAGE))
    return found


def barred_pages(looks: Looks) -> frozenset[str]:
    """The paths in the pages' folder of what is there and not published: what `out_of_reach` tells, and whatever else is no file."""
    told = {found.path for found in out_of_reach(looks)}
    others = {f"{PAGES}/{above}{name}" for above, folder in looks.walk(PAGES) for name in folder.others}
    return frozenset(path.removeprefix(f"{PAGES}/") for path in told | others if path.startswith(f"{PAGES}/"))


def is_barred(path: str, barred: Collection[str]) -> bool:
    """Whether a path in the pages' folder is one of those, or behind one."""
    return path in barred or any(path.startswith(f"{folder}/") for folder in barred)


class Readings(Mapping[str, Mapping[str, Found]]):
    """What the machine reads, by source and fact, deleted facts too; found when asked."""

    def __init__(self, files: Iterable[str], bases: Bases) -> None:
        self._bases = bases
        self._ids = dict.fromkeys(id_ for id_ in files if id_ in bases and not bases.heads[id_].broken)

    def __getitem__(self, source: str) -> Mapping[str, Found]:
        if source not in self._ids:
            raise KeyError(source)
        return {known.id: known.found for known in self._bases[source].facts}

    def digest(self, source: str) -> bytes:
        """A hash of what stands there for a source; empty where nothing does."""
        return self._bases.keys_of[source] if source in self._ids else b""

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


def known_by_base(files: Mapping[str, FactFile], bases: Bases) -> dict[str, FactFile]:
    """Fact files; of those that cannot be read, the source as it was last known, so that its page can say so."""
    heads = bases.heads
    unread = (i for i, file in files.items() if file.broken and i in heads and not heads[i].broken and not file.root)
    return {**files, **{i: replace(files[i], source=heads[i].source) for i in unread}}
