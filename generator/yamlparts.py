"""A YAML file of entries, one below the other, taken apart into texts that can be read by themselves.

What is put together of them is what reading the file as a whole gives, as long as each can be read: an entry that leaves a quote
or a bracket open cannot. A file that is written otherwise is not taken apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, pairwise

KEY = re.compile(r"^([a-z0-9]++(?:-[a-z0-9]++)*+):(?=[ \n]|\Z)", re.MULTILINE)
AT_MARGIN = re.compile(r"^[^ \n#]", re.MULTILINE)
INDENTED = re.compile(r"^ +[^ \n#]", re.MULTILINE)
# Other ends of lines, tabs, byte order marks, and what no YAML file may hold; what begins an anchor, an alias or a tag, which may
# tie entries together.
UNSURE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff&*!]")
WITHIN = re.compile(r"(?<=\w)[&*!]|[&*!](?=[ \n])")
"""Such a character within a text: `R&D`, `Marn & Belk`."""

MOST = 125_000
"""Entries of one file; as many keys with a value each are too many for a file that is read as a whole."""


@dataclass(frozen=True, slots=True)
class Part:
    """One entry: its key, its text up to the next one, and what stands before it in the file."""

    name: str
    text: str
    lines: int
    """Lines above it."""
    start: int
    """Characters before it."""


def first_two(text: str) -> tuple[str, int]:
    """The text of the first entry of a file that is known to hold such, and how many there are, but two at most."""
    starts = [key.start() for key in islice(KEY.finditer(text), 2)]
    return text[starts[0] : starts[1] if len(starts) > 1 else len(text)], len(starts)


def parts(text: str) -> list[Part] | None:
    """The entries of a file in their order; None where it holds none, or anything else, or one of them twice."""
    if any(not WITHIN.match(text, found.start()) for found in UNSURE.finditer(text)):
        return None
    found = [(key.start(), key[1]) for key in islice(KEY.finditer(text), MOST + 1)]
    names = {name for _, name in found}
    if (
        not 0 < len(found) <= MOST
        or len(names) < len(found)
        or "null" in names
        or len(AT_MARGIN.findall(text)) > len(found)
    ):
        return None
    if INDENTED.search(text, 0, found[0][0]):
        return None
    made, lines = [], text.count("\n", 0, found[0][0])
    for (start, name), (end, _) in pairwise((*found, (len(text), ""))):
        made.append(Part(name, text[start:end], lines, start))
        lines += text.count("\n", start, end)
    return made
