"""Merging: what people write stays, whatever they write and whatever is read anew."""

from __future__ import annotations

import random

from edits import PATH, SOURCE, a_fact, based, extraction, later, no_edit_is_lost

from generator.facts import parse_fact_file
from generator.merge import merge
from generator.problems import errors


class Choices(random.Random):
    """Chance that bytes decide; when they are used up, it is always the first."""

    def __init__(self, raw: bytes) -> None:
        super().__init__(0)
        self._raw, self._at = raw, 0

    def taken(self, count: int) -> bytes:
        """The next bytes."""
        self._at += count
        return self._raw[self._at - count : self._at].ljust(count, b"\0")

    def random(self) -> float:
        return int.from_bytes(self.taken(1)) / 256

    def getrandbits(self, k: int) -> int:
        return int.from_bytes(self.taken((k + 7) // 8)) & ((1 << k) - 1)

    def rest(self) -> bytes:
        """All that are left."""
        return self._raw[self._at :]


def merging(raw: bytes) -> None:
    """The first byte says whether edits are those of a person who means something, or any change of the file's text."""
    chance = Choices(raw[1:])
    if raw[:1] < b"\x80":
        no_edit_is_lost(chance)
    else:
        any_text_stays(chance)


def any_text_stays(chance: Choices) -> None:
    """A file that can be read comes out as it is where the same is read anew; where another thing is, it can still be read.

    Merged twice is merged once.
    """
    facts = [a_fact(chance, place) for place in range(chance.randint(1, 3))]
    first = merge(None, None, extraction(facts))
    text = first.text
    for _ in range(chance.randint(1, 4)):
        text = changed(text, chance)
    file, problems = parse_fact_file(PATH, text)
    if file is None or file.source.id != SOURCE.id:
        return
    same = merge(file, based(first.base_text), extraction(facts))
    assert same.text == text
    now = later(chance, facts)
    merged = merge(file, based(first.base_text), extraction(now))
    if not merged.written:
        assert merged.text == text
        return
    after, told = parse_fact_file(PATH, merged.text)
    assert after is not None
    assert not after.broken
    assert len(errors(told)) <= len(errors(problems)), told
    again = merge(after, based(merged.base_text), extraction(now))
    assert (again.text, again.base_text) == (merged.text, merged.base_text)


PIECES = (
    "\n", " ", "  ", "- ", ": ", "#", " # c", "'", '"', "[", "]", "{", "}", ",", "|", ">", "&a ", "*a", "~", "null", "\t", "\r\n",
    "\n\n", "---\n", "...\n", "\ufeff", "\u2028", "when: 2031-05", "  note: mine\n", "  who: [arc]\n", "  who:\n  - arc\n",
    "- id: own\n  kind: event\n  what: visit\n  status: planned\n  quote: q\n", "facts: []\n", "x",
)  # fmt: skip


def changed(text: str, chance: Choices) -> str:
    """The text with a stretch cut out, a piece put in, or a stretch put elsewhere."""
    start = chance.randrange(len(text) + 1)
    end = min(len(text), start + chance.choice([0, 0, 0, 1, 2, 8, 30, 200]))
    kind = chance.randrange(3)
    if kind == 0:
        return text[:start] + chance.choice(PIECES) + text[end:]
    if kind == 1:
        return text[:start] + text[end:]
    lines = text.splitlines(keepends=True)
    a, b = sorted((chance.randrange(len(lines) + 1), chance.randrange(len(lines) + 1)))
    moved = lines[a : min(b, a + 8)]
    rest = lines[:a] + lines[min(b, a + 8) :]
    at = chance.randrange(len(rest) + 1)
    return "".join(rest[:at] + moved + rest[at:])
