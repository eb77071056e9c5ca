"""What `briefing add` prints: a line for each seed, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.intake.address import is_address
from generator.intake.taking import Outcome
from generator.phrases import plural
from generator.problems import Problem


def lines(outcome: Outcome) -> tuple[list[str], list[str]]:
    """Results and problems, a line each; of an entry of a feed that is known nothing is said."""
    told = []
    if seed := outcome.seed:
        words = len(seed.text.split())
        told.append(f"{outcome.name}  {seed.date}, {seed.publisher or 'no publisher'}, {plural(words, 'word')}")
    elif outcome.known and not outcome.quiet:
        told.append(f"{outcome.given}  is there already: {outcome.name} has {outcome.known}")
    indent = "  " if outcome.seed else f"{outcome.given}: "
    return told + [indent + remark for remark in outcome.remarks], [_placed(found) for found in outcome.problems]


def _placed(found: Problem) -> str:
    """A problem; an address has no lines, and neither has what is no text."""
    if is_address(found.path) or (found.line, found.column) == (1, 1):
        return str(replace(found, line=0)).replace(f"{found.path}:0:{found.column}:", f"{found.path}:", 1)
    return str(found)


def summary(outcomes: Sequence[Outcome], *, dry: bool) -> str:
    """`3 articles added, 17 there already, 1 problem. Next: briefing build`"""
    added, known = sum(o.seed is not None for o in outcomes), sum(bool(o.known) for o in outcomes)
    wrong = sum(o.errors for o in outcomes)
    told = [plural(added, "article") + (" would be added" if dry else " added")]
    told += [f"{known:,} there already"] if known else []
    told += [plural(wrong, "problem")] if wrong else []
    return ", ".join(told) + "." + (" Next: briefing build" if added and not dry else "")
