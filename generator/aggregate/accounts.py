"""How a fact was read: by which rule, how its date came from its words, and what of it a person wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from generator import edtf
from generator.link import Briefing
from generator.model import LINK_KEYS, Found, key, mapping
from generator.statement import Statement

PERSONS = frozenset({"id", "note", "nth", "review", "reviewed-by", "reviewed-on", "rank", *map(key, LINK_KEYS)})
"""Keys that are no reading: a person's by their nature, or the file's own."""
PROOF = re.compile(
    r"(?P<words>.(?:(?!: ).)*+): (?P<how>.+) → (?P<when>\S+|no date) \((?P<rule>[a-z0-9-]+)\)", re.DOTALL
)
"""As `generator.extract.times` accounts for a date."""


@dataclass(frozen=True)
class Dating:
    """How words became a date."""

    words: str
    how: str
    """In words; days in it are written as in EDTF."""
    when: str
    """EDTF; empty where no date came of it."""
    rule: str


@dataclass(frozen=True)
class Account:
    """What tells how a fact came to say what it says."""

    rule: str
    """Empty where no rule reads it: a person wrote it."""
    dating: Dating | None
    by_hand: tuple[tuple[str, Any], ...]
    """Keys that say something else than the machine reads, and what it reads; None where that is nothing."""


def dating(proof: str) -> Dating | None:
    """The parts of a proof; None where it is none, or as an older program wrote it."""
    found = PROOF.fullmatch(proof)
    if not found:
        return None
    when = found["when"]
    return Dating(found["words"], found["how"], when if edtf.parse(when) else "", found["rule"])


def account(statement: Statement, briefing: Briefing) -> Account:
    """How a fact was read."""
    read: Found | None = briefing.readings.get(statement.source.id, {}).get(statement.fact.id)
    if not read:
        return Account("", None, ())
    ours, theirs = mapping(statement.fact), mapping(read.fact)
    keys = (key for key in dict.fromkeys([*ours, *theirs]) if key not in PERSONS)
    changed = tuple((key, theirs.get(key)) for key in keys if ours.get(key) != theirs.get(key))
    return Account(read.rule, dating(read.proof), changed)
