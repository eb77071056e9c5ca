"""How large, how deep and how tangled a YAML file may be, looked at in libyaml's events, before anything is built of them.

A file of a briefing is edited by people, so it has a size that people can edit; what is beyond it was made to keep a machine busy, or is
no YAML file at all. libyaml gives events without recursion, one after the other, so a file that goes too far is left at the place where it
does, however much follows. Loaders that build of a whole document, in C and by recursion, get no text that is `overdone`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from generator.problems import Problem, problem, too_large
from generator.yamlerrors import line_at, mark_at

BYTES = 16_000_000
"""Of one file. A fact takes about 420 bytes, and 500 in a base, so 1,000 facts of one article are half a megabyte; a name of the registry takes 130 to
230 with its other names, so the largest file of a registry, that of a briefing of a hundred thousand sources, has some 10 MB."""
MAX_DEPTH = 64
"""Lists and mappings within each other; a fact file has six."""
MAX_VALUES = 250_000
"""Keys, values, lists and mappings in what is read as a whole: 8,000 facts with all that a base knows of them, or 18,000 names. (Of registries
that are written as the program writes them each entry is read by itself.)"""
MAX_WEIGHT = 100_000
"""Values that all aliases of a file may stand for."""


class TooMuch(Exception):
    """A file goes too far; at which event, what was found and what is valid."""

    def __init__(self, event: Any, found: str, valid: str) -> None:
        super().__init__(found)
        self.event, self.found, self.valid = event, found, valid


def events(text: str) -> Iterator[Any]:
    """libyaml's events of a text; raises `TooMuch` at the one that goes too far, and `yaml.YAMLError`."""
    weights: list[int] = []
    anchored: list[str | None] = []
    known: dict[str, int] = {}
    values = tied = 0
    scalar, alias = yaml.ScalarEvent, yaml.AliasEvent
    ends, begins = (yaml.MappingEndEvent, yaml.SequenceEndEvent), (yaml.MappingStartEvent, yaml.SequenceStartEvent)
    event: Any
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        kind = type(event)
        weight, anchor = 1, None
        if kind is scalar:
            values, anchor = values + 1, event.anchor
        elif kind in begins:
            if len(weights) >= MAX_DEPTH:
                raise TooMuch(event, f"nested more than {MAX_DEPTH} deep", "a flat list of facts")
            weights.append(1)
            anchored.append(event.anchor)
            weight, values = 0, values + 1
        elif kind in ends:
            weight, anchor = weights.pop(), anchored.pop()
        elif kind is alias:
            weight, values = known.get(event.anchor, 1), values + 1
            tied += weight
            if tied > MAX_WEIGHT:
                raise TooMuch(event, f"aliases that stand for more than {MAX_WEIGHT:,} values", "write values out")
        else:
            yield event
            continue
        if values > MAX_VALUES:
            raise TooMuch(event, f"more than {MAX_VALUES:,} keys and values", "what people can edit: cut it into files")
        if anchor:
            known[anchor] = weight
        if weights:
            weights[-1] += weight
        yield event


def told(path: str, text: str, shift: int, found: TooMuch) -> Problem:
    """Where a text goes too far; `shift` characters stand before what was parsed."""
    offset = found.event.start_mark.index + shift
    entry = line_at(text, offset)
    return problem(mark_at(path, text, offset), found.found, valid=found.valid, entry=entry, check="yaml")


def overdone(path: str, text: str) -> Problem | None:
    """Why no loader may have a text that goes too far; what is no YAML, it tells itself."""
    shift = 1 if text.startswith("\ufeff") else 0
    try:
        if len(text) > BYTES:
            return too_large(path, len(text), BYTES)
        for _ in events(text[shift:]):
            pass
    except TooMuch as found:
        return told(path, text, shift, found)
    except (yaml.YAMLError, UnicodeEncodeError):
        return None
    return None
