"""`briefing merge-entities`: the disk's side of merging entities, and of saying that two are not one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path

from generator import journal, publish
from generator.base import FOLDER as BASES
from generator.base import Base, read_bases, write_base
from generator.extract.article import Reader
from generator.facts import FOLDER as FACTS
from generator.facts import FactFile, read_fact_files, with_known_ids
from generator.lexicon import FOLDER as LEXICONS
from generator.lexicon import Lexicons, load_lexicons
from generator.model import Entity, Mark, Registry, key
from generator.naming import dated_by_hand, with_candidates, withheld
from generator.problems import Problem, did_you_mean, errors, problem
from generator.registry import FOLDER as ENTITIES
from generator.registry import RegistryFile, read_registry, read_registry_files
from generator.renaming import Places, of_facts, of_registry, of_topics, renamed
from generator.seeds import read_seeds, source_ids
from generator.statement import follow
from generator.topics import TOPICS, read_topics
from generator.unite import heir, refusal, renamed_base, with_apart, with_heir, with_stub
from generator.update import plan_facts, write_facts
from generator.yamlfile import Table

SEEDS = "seeds"


@dataclass
class _Work:
    """What is to be written, in order, and what is told of it."""

    root: Path
    lexicons: Lexicons
    names: dict[str, RegistryFile]
    told: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def entity(self, id_: str) -> tuple[str, Entity] | None:
        """The file an entity stands in, and itself; a problem where there is none."""
        for name, file in self.names.items():
            if id_ in file.entities:
                return name, file.entities[id_]
        known = [other for file in self.names.values() for other in file.entities]
        valid = did_you_mean(id_, known) or f"name one of {ENTITIES}/"
        self.refuse(f"no entity has the id '{id_}'", valid)
        return None

    def refuse(self, message: str, valid: str, path: str = ENTITIES) -> None:
        """Something stays as it is."""
        self.problems.append(_refused(message, valid, path))

    @property
    def registry(self) -> Registry:
        """All entities by id."""
        return {id_: entity for file in self.names.values() for id_, entity in file.entities.items()}


def _refused(message: str, valid: str, path: str) -> Problem:
    return problem(Mark(path), message, valid=valid, check="merge-entities")


def merge_entities(root: Path, one: str, other: str, *, write: bool) -> tuple[list[str], list[Problem]]:
    """Merge entity `one` into `other`: what was rewritten, file by file, and what could not be.

    The heir is written first, then the stub, then what refers to it: killed in between, a second run finishes, and until then
    references lead to the heir by the stub. Raises `publish.Busy` where another run is at work.
    """
    with publish.lock(root) if write else nullcontext():
        if write:
            journal.recover(root)
        work = _begin(root)
        if one == other:
            work.refuse(f"'{one}' cannot be merged into itself", "name two entities")
            return [], work.problems
        sides = [work.entity(id_) for id_ in (one, other)]
        if work.problems or sides[0] is None or sides[1] is None:
            return [], work.problems
        _registry(work, sides[0], sides[1], write)
        if not errors(work.problems):
            _topics(work, one, other, write)
            _facts(work, one, other, write)
    return work.told, work.problems


def keep_apart(root: Path, one: str, other: str, *, write: bool) -> tuple[list[str], list[Problem]]:
    """Say in the entry of `one` that it is not `other`. Raises `publish.Busy` where another run is at work."""
    with publish.lock(root) if write else nullcontext():
        work = _begin(root)
        sides = [work.entity(id_) for id_ in (one, other)]
        if work.problems or sides[0] is None or sides[1] is None:
            return [], work.problems
        (name, this), (_, that) = sides[0], sides[1]
        path = f"{ENTITIES}/{name}"
        if one == other:
            work.refuse(f"'{one}' is one entity", "name two")
            return [], work.problems
        stub, kept = (that, this) if that.merged_into == one else (this, that)
        if _end(work, one) == _end(work, other):
            work.refuse(
                f"'{one}' and '{other}' are merged into one already",
                f"to undo that, take merged-into out of {stub.id}, and its names out of aka of {kept.id}; "
                f"facts that were rewritten name {kept.id} until you correct them",
                path,
            )
            return [], work.problems
        if that.id in this.not_ or this.id in that.not_:
            return [f"{path}: {one} and {other} are said to be two already"], []
        text = with_apart(work.names[name].text, this, other, work.lexicons) if one != other else None
        if text is None:
            work.refuse(f"{one}: it cannot be spliced in safely", f"write not: [{other}] there", path)
        elif _put(work, path, text, work.names[name].text, write):
            work.told.append(f"{path}: {one} is not {other}")
    return work.told, work.problems


def _end(work: _Work, id_: str) -> str:
    """The entity that a reference leads to in the end."""
    found = follow(id_, work.registry)
    return found.id if found else id_


def _begin(root: Path) -> _Work:
    lexicons, _ = load_lexicons(root / LEXICONS)
    return _Work(root, lexicons, read_registry_files(root / ENTITIES, lexicons)[0])


def _put(work: _Work, path: str, text: str, seen: str | None, write: bool) -> bool:
    """Write a file, unless it has changed since it was read."""
    if write and not publish.replace(work.root / path, text.encode(), lambda now: now == (seen or "").encode()):
        work.refuse("the file changed while it was read", "try again", path)
        return False
    return True


def _registry(work: _Work, one: tuple[str, Entity], other: tuple[str, Entity], write: bool) -> None:
    """The heir, the stub, and what in the registry refers to the stub."""
    (home, this), (target, that) = one, other
    message, valid = refusal(this, that, work.registry, work.lexicons)
    if message:
        work.refuse(message, valid)
        return
    texts, counts = {name: file.text for name, file in work.names.items()}, dict[str, int]()
    for name, text in texts.items():
        texts[name], counts[name] = _renamed(work, f"{ENTITIES}/{name}", text, _but(this.id), this.id, that.id)
    after, no_room = heir(this, that)
    heired = with_heir(texts[target], that, after, work.lexicons)
    texts[target] = heired if heired is not None else texts[target]
    stubbed = with_stub(texts[home], this, that, no_room, work.lexicons) if heired is not None else None
    if stubbed is None:
        there, what = (target, that.id) if heired is None else (home, this.id)
        valid = f"write it as a block, without anchors; or write its names under {that.id} and merged-into: {that.id} yourself"
        work.problems = [_refused(f"'{what}' cannot be changed safely", valid, f"{ENTITIES}/{there}")]
        return
    texts[home] = stubbed
    for name in dict.fromkeys([target, home, *texts]):
        path, seen = f"{ENTITIES}/{name}", work.names[name].text
        if texts[name] != seen:
            if not _put(work, path, texts[name], seen, write):
                return
            told = [f"{this.id} leads to {that.id}"] if name == home and this.merged_into is None else []
            told += [f"{that.id} takes its names"] if name == target and after.aka != that.aka else []
            told += [_plural(counts[name], "reference")] if counts[name] else []
            work.told.append(f"{path}: {', '.join(told) or 'brought up to it'}")
    if this.merged_into is None:
        work.told += [f"  {key(k)}: {v} stays with {this.id}, as {that.id} has its own" for k, v in no_room.items()]


def _but(stub: str) -> Places:
    """Where entities name each other, but for the stub itself."""

    def places(root: Table) -> Iterator[tuple[Table, Sequence[str]]]:
        own = root.get(stub)
        return ((table, names) for table, names in of_registry(root) if not own or table is not own.value)

    return places


def _renamed(work: _Work, path: str, text: str, places: Places, old: str, new: str) -> tuple[str, int]:
    """A text with its references rewritten, and how many; those that stay are told."""
    if old not in text:
        return text, 0
    made = renamed(text, places, old, new)
    if made is None:
        if re.search(rf"(?<![\w-]){re.escape(old)}(?![\w-])", text):
            work.refuse(f"'{old}' stands in a file that cannot be read", "mend it, then do this again", path)
        return text, 0
    for line in made.left:
        found = f"a reference to '{old}' cannot be changed safely; it leads to '{new}' all the same"
        valid = "take the anchor, alias or comment out of its way, or leave it"
        work.problems.append(problem(Mark(path, line), found, valid=valid, severity="warning", check="merge-entities"))
    return made.text, made.done


def _plural(count: int, one: str) -> str:
    return f"{count} {one}{'' if count == 1 else 's'}"


def _topics(work: _Work, one: str, other: str, write: bool) -> None:
    """The curated topics; an id that is a topic's own means the topic."""
    raw = publish.read(work.root / TOPICS)
    text = (raw or b"").decode("utf-8", "replace")
    if raw is None or text.encode() != raw:
        return
    made, count = _renamed(work, TOPICS, text, of_topics(_selectors(work, one)), one, other)
    if made != text and _put(work, TOPICS, made, text, write):
        work.told.append(f"{TOPICS}: {_plural(count, 'reference')}")


def _selectors(work: _Work, one: str) -> frozenset[str]:
    """Keys under which the id means a topic and no entity."""
    topics, _ = read_topics(work.root / TOPICS)
    return frozenset(["about"]) if any(topic.id == one for topic in topics) else frozenset()


def _facts(work: _Work, one: str, other: str, write: bool) -> None:
    """Fact files and their bases, each pair by the journal."""
    root, but = work.root, _selectors(work, one)
    bases, _ = read_bases(root / BASES)
    files, _ = with_known_ids(read_fact_files(root / FACTS)[0], bases)
    counts: dict[str, int] = {}
    for id_, file in sorted(files.items()):
        base = bases.get(id_)
        if base and base.broken:
            if one in file.text:
                work.refuse(f"what was last written there cannot be read, so '{one}' stays", "bring it back", file.path)
            continue
        text, count = _renamed(work, file.path, file.text, of_facts(but), one, other)
        if (text != file.text or base) and not _write(root, file, base, text, (one, other), write):
            work.refuse("the file changed while it was read", "try again", file.path)
        elif text != file.text:
            counts[id_] = count
    anew = _read_anew(work, counts) if write and counts else {}
    for id_, count in counts.items():
        more = f", and {_plural(anew[id_], 'sentence')} that the program wrote" if anew.get(id_) else ""
        work.told.append(f"{files[id_].path}: {_plural(count, 'reference')}{more}")


def _read_anew(work: _Work, sources: Collection[str]) -> dict[str, int]:
    """Merge what is read of some sources now, as a build would: sentences may hold the old name. How many facts that changes."""
    root = work.root
    bases, _ = read_bases(root / BASES)
    files, _ = read_fact_files(root / FACTS)
    registry = read_registry(root / ENTITIES, work.lexicons)[0]
    known = {id_: (files[id_].source.seed, files[id_].source.sha256) for id_ in files if not files[id_].broken}
    seeds, _ = read_seeds(root / SEEDS, frozenset(path for path, _ in known.values()))
    ids = source_ids(seeds, known)
    reader, out = Reader(registry, work.lexicons), withheld(bases.values(), registry)
    listed = {name: entity for name, entity in registry.items() if entity.status == "candidate"}
    changed: dict[str, int] = {}
    for seed in dated_by_hand((seed for seed in seeds if ids[seed.path] in sources), ids, files, bases):
        id_ = ids[seed.path]
        if id_ in bases and seed.sha256 == bases[id_].source.sha256:
            extraction = with_candidates(reader.read(seed, id_, out), listed)
            plan = write_facts(root, plan_facts(extraction, files.get(id_), bases[id_]), partial(bases.get, id_))
            changed[id_] = len(plan.merged.changed)
    return changed


def _write(root: Path, file: FactFile, base: Base | None, text: str, ids: tuple[str, str], write: bool) -> bool:
    """Write a fact file with its base, if either changes; False where the file changed meanwhile."""
    if base is None:
        known = None if file.seen is None else file.seen.encode()
        return not write or publish.replace(root / file.path, text.encode(), lambda now: now == known)
    made = renamed_base(
        base, *ids, sha256(text.encode("utf-8", "surrogatepass")).hexdigest() if text != file.text else base.sha256
    )
    if not write or (text == file.text and made == write_base(base)):
        return True
    return journal.write(root, file.path, f"{BASES}/{base.source.id}.yml", text, made, file.seen)
