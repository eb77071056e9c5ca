"""What an editor is told of two names that are probably one: why, where each is named, in which words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.identity import Proposal
from generator.identity.apart import Several
from generator.model import Entity, Mark
from generator.problems import Problem, problem
from generator.statement import Statement

CHECK = "probably-one"
SHOWN = 20
"""Proposals that are told at once; the surest."""
SOURCES = 3
WIDTH = 120
"""Characters of a quote that are shown at most."""


def note(proposal: Proposal, mark: Mark) -> Problem:
    """A proposal as a problem that may stay."""
    gone, into = proposal.gone, proposal.into
    return problem(
        mark,
        f"{gone.id} is probably {into.id}: {proposal.why}",
        valid="merge them, or say that they are two",
        example=f"briefing merge-entities {gone.id} {into.id}, or not: [{into.id}] under {gone.id}",
        severity="note",
        entry="\n".join(_named(entity, said) for entity, said in ((gone, proposal.of_gone), (into, proposal.of_into))),
        check=CHECK,
    )


def several(found: Several, mark: Mark) -> Problem:
    """A name that is probably several as a problem that may stay."""
    entity = found.entity
    groups = "\n".join(_sources(ids) for ids in found.groups[:SOURCES])
    return problem(
        mark,
        f"{entity.id} is probably several: sources that name it have no place in common",
        valid="give each an entry of its own and name that in the facts; or confirm this one, and it is one",
        example=f"harbour-{entity.id}: {{name: {entity.name} of Ellery, kind: {entity.kind}, in: ellery}}",
        severity="note",
        entry=groups + (f"\nand {len(found.groups) - SOURCES} more" if len(found.groups) > SOURCES else ""),
        check="probably-several",
    )


def _sources(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - SOURCES} more" if len(ids) > SOURCES else ""
    return f"in {', '.join(ids[:SOURCES])}{more}"


def _named(entity: Entity, said: Sequence[Statement]) -> str:
    """Where an entity is named, and once in which words: `ada-solvik in 2031-03-11-yards and 2 more: “Solvik visited …”`."""
    sources = list(dict.fromkeys(s.source.id for s in said))
    if not sources:
        return f"{entity.id}, ‘{entity.name}’: in no fact"
    return f"{entity.id}, ‘{entity.name}’: {_sources(sources)}: “{_words(entity, said)}”"


def _words(entity: Entity, said: Sequence[Statement]) -> str:
    """The words of the first fact whose words hold one of its names, cut around it; else of the first."""
    for statement in said:
        quote = " ".join(statement.fact.quote.split())
        at = next((at for name in entity.names() if (at := quote.find(name)) >= 0), None)
        if at is not None:
            return _cut(quote, at)
    return _cut(" ".join(said[0].fact.quote.split()), 0)


def _cut(quote: str, at: int) -> str:
    start = max(0, min(at - WIDTH // 3, len(quote) - WIDTH))
    start = quote.find(" ", start) + 1 if start else 0
    end = start + WIDTH if len(quote) > start + WIDTH else len(quote)
    end = quote.rfind(" ", start, end) if end < len(quote) and quote.rfind(" ", start, end) > at else end
    return f"{'… ' if start else ''}{quote[start:end]}{' …' if end < len(quote) else ''}"


def shortened(problems: Iterable[Problem], proposed: Sequence[Proposal]) -> tuple[list[Problem], int]:
    """Problems without the notes of all but the surest proposals, and how many those are."""
    told = [p for p in proposed if p.rule != "name"]
    weak = {note(p, Mark("")).message for p in told[SHOWN:]}
    kept = [found for found in problems if found.check != CHECK or found.message not in weak]
    return kept, len(weak)
