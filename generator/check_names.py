"""What the registry gets wrong although every entry of it can be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from generator.identity import apart, notes, proposals
from generator.link import Briefing
from generator.model import Entity, Mark, Registry
from generator.problems import Problem, did_you_mean, problem
from generator.registry import FOLDER, family
from generator.statement import follow, ids_of

Marks = Mapping[str, Mark]
"""Places in the registry, by id and by `id/key`."""
NEAR = 20_000
"""How many ids are looked at for the one that was meant."""


def _at(marks: Marks, id_: str, key: str = "") -> Mark:
    """The place of an entity, or of one of its keys; of one that was not there when the files were read, the folder."""
    return marks.get(f"{id_}/{key}") or marks.get(id_) or Mark(FOLDER)


def alias_once(briefing: Briefing, marks: Marks) -> Iterator[Problem]:
    """A name that two entities claim goes to the first of them, which is rarely what was meant."""
    owners: defaultdict[str, list[str]] = defaultdict(list)
    for entity in briefing.registry.values():
        if entity.merged_into is None:
            for name in dict.fromkeys(name.casefold() for name in entity.names()):
                owners[name].append(entity.id)
    for name, ids in owners.items():
        for id_ in ids[1:]:
            if id_ in briefing.registry[ids[0]].not_ or ids[0] in briefing.registry[id_].not_:
                continue  # a person said that they are two, and knows that they share a name
            pair = [briefing.registry[one] for one in (ids[0], id_)]
            by_machine = all(entity.status == "candidate" for entity in pair)
            yield problem(
                _at(marks, id_),
                f"'{name}' is a name of {ids[0]} and of {id_}, and goes to {ids[0]}",
                valid="take it from one of them, merge them, or say that they are not the same",
                example=f"briefing merge-entities {id_} {ids[0]}, or not: [{ids[0]}] under {id_}",
                severity="note" if by_machine else "warning",  # what nobody wrote keeps no site from being published
                check="alias-once",
            )


def references(briefing: Briefing, marks: Marks) -> Iterator[Problem]:
    """What an entity lies in, is merged into or is not must be in the registry, or pages would lead nowhere."""
    registry = briefing.registry
    for entity in registry.values():
        for key, ids in (("in", [entity.in_]), ("merged-into", [entity.merged_into]), ("not", entity.not_)):
            for id_ in ids:
                if id_ and id_ not in registry:
                    near = did_you_mean(id_, islice(registry, NEAR))
                    yield problem(
                        _at(marks, entity.id, key),
                        f"{key}: no entity has the id '{id_}'",
                        valid=near or "name one of the registry, or add it there",
                        check="unknown-id",
                    )


def places_are_places(briefing: Briefing) -> Iterator[Problem]:
    """A person among the places gets a dot on the map, and the place none."""
    for statement in briefing.statements:
        for entity in statement.where:
            kind = family(entity.kind, briefing.lexicons)
            if kind in ("person", "programme", "meeting"):
                yield problem(
                    briefing.mark(statement, "where"),
                    f"where: '{entity.id}' is a {kind}",
                    valid="name places here; who acts belongs into who, what it is about into about",
                    severity="warning",
                    check="where",
                )


def no_rings(briefing: Briefing, marks: Marks) -> Iterator[Problem]:
    """A place that lies in itself by way of others, or a stub that leads back to itself, has no end to follow."""
    for entity in briefing.registry.values():
        if entity.merged_into in briefing.registry and not follow(entity.id, briefing.registry):
            yield _ring(_at(marks, entity.id, "merged-into"), "merged-into", entity.id)
        if entity.in_ and _lies_in_itself(entity, briefing.registry):
            yield _ring(_at(marks, entity.id, "in"), "in", entity.id)


def _lies_in_itself(entity: Entity, registry: Registry) -> bool:
    """Whether `in` leads from an entity back to it."""
    seen: set[str] = set()
    at = entity.in_
    while at and at in registry and at not in seen:
        if at == entity.id:
            return True
        seen.add(at)
        at = registry[at].in_
    return False


def _ring(mark: Mark, key: str, id_: str) -> Problem:
    return problem(mark, f"{key} leads from '{id_}' to no end", valid="break the ring", check="ring")


def candidates_used(briefing: Briefing, marks: Marks) -> Iterator[Problem]:
    """A name that the machine put in and no fact uses any longer only waits in the review queue in vain."""
    if any(file.broken or file.bad_ids or file.nameless for file in briefing.files.values()):
        return  # what cannot be read may name it
    used = set(_used(briefing))
    for entity in briefing.registry.values():
        if entity.status == "candidate" and not entity.merged_into and entity.id not in used:
            yield problem(
                _at(marks, entity.id),
                f"the candidate '{entity.id}' is named by no fact",
                valid="delete it, or confirm it",
                example="status: confirmed",
                severity="warning",
                check="orphan",
            )


def _used(briefing: Briefing) -> Iterable[str]:
    """Every id that a fact, a source, a topic or another entity names."""
    yield from (source.publisher or "" for source in briefing.sources.values())
    for statement in briefing.statements:
        yield from ids_of(statement.fact)
    for topic in briefing.topics:
        yield from (*topic.facts.who, *topic.facts.where, *topic.facts.about)
    for entity in briefing.registry.values():
        yield from (entity.in_ or "", entity.merged_into or "")


def probably_one(briefing: Briefing, marks: Marks) -> Iterator[Problem]:
    """One entity under two ids has its facts on two pages, and neither tells all."""
    for proposal in proposals(briefing):
        if proposal.rule != "name":  # two that claim one name are told by `alias_once`
            yield notes.note(proposal, _at(marks, proposal.gone.id))


def probably_several(briefing: Briefing, marks: Marks) -> Iterator[Problem]:
    """What every country has goes by one name in articles of them all, and its page then mixes their facts."""
    for found in apart.several(briefing):
        yield notes.several(found, _at(marks, found.entity.id))


NAME_CHECKS: tuple[Callable[[Briefing, Marks], Iterator[Problem]], ...] = (
    alias_once,
    references,
    no_rings,
    candidates_used,
    probably_one,
    probably_several,
)
