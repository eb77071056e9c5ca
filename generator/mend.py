"""Changes that mend what is wrong in a fact file, where there is one way and it loses nothing.

Found by those who find the problem, and carried by it (`Problem.fix`); made on disk by `fixing`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from generator.facts import FactFile
from generator.model import Edit, Span
from generator.ours import nodes_of
from generator.sheet import Sheet
from generator.splice import set_value
from generator.yamlfile import Table
from generator.yamltext import Value

SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", ""),
        "…": "...",
    }
)
"""Characters that keyboards, word processors and browsers put in one another's place."""


def given(file: FactFile, fact: str, key: str, value: Value) -> tuple[Edit, ...]:
    """The edits that give a key of a fact another value; none where that is not safe, or the key is not there."""
    if not file.root:
        return ()
    entry = file.root.get("source")
    source = entry.value if entry and isinstance(entry.value, Table) else None
    node = source if fact == "source" else nodes_of(file.root).get(fact, (0, None))[1]
    if node is None or node.get(key) is None:
        return ()
    return tuple(set_value(Sheet(file.text, file.root), node, key, value) or ())


def by_id(file: FactFile, fact: str, key: str, name: str, id_: str) -> tuple[Edit, ...]:
    """The edits that write an entity's id where a key, or an item of its list, has another name of it."""
    there = next((getattr(own, key.replace("-", "_"), None) for own in file.facts if own.id == fact), None)
    if not isinstance(there, tuple):
        return given(file, fact, key, id_)
    return given(file, fact, key, list(dict.fromkeys(id_ if item == name else item for item in there)))


def twin(quote: str, text: str) -> Span | None:
    """Where a text holds a quote but for white space, marks, dashes, capitals and the like; None where nowhere, or twice."""
    wanted, _ = _plain(quote)
    if len(wanted) > 2 and wanted[0] == wanted[-1] == '"':  # the quote itself in quotation marks
        wanted = wanted[1:-1]
    plain, places = _plain(text)
    start = plain.find(wanted)
    if not wanted or start < 0 or plain.find(wanted, start + 1) >= 0:
        return None
    return Span(places[start], places[start + len(wanted) - 1] + 1)


def _plain(text: str) -> tuple[str, list[int]]:
    """A text with one character for all that look alike, single spaces, and the place each came from."""
    parts: list[str] = []
    places: list[int] = []
    for at, character in enumerate(text):
        alike = unicodedata.normalize("NFKC", character).translate(SAME).casefold()
        alike = " " if alike.isspace() else alike
        if alike == " " and (not parts or parts[-1] == " "):
            continue
        parts += alike
        places += [at] * len(alike)
    while parts and parts[-1] == " ":
        parts.pop()
        places.pop()
    return "".join(parts), places


def apply(text: str, fixes: Iterable[tuple[Edit, ...]]) -> tuple[str, list[int]]:
    """The text with fixes made, each whole or not at all, and which of them, by rank; those that meet others wait."""
    taken: list[Edit] = []
    done: list[int] = []
    for rank, fix in enumerate(fixes):
        edits = sorted([*taken, *fix])
        if all(a.end <= b.start and (a.start, a.end) != (b.start, b.end) for a, b in pairwise(edits)):
            taken, done = edits, [*done, rank]
    parts, at = [], 0
    for edit in taken:
        parts += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join([*parts, text[at:]]), done
