"""Merging: what people write stays, whatever they write and whatever is read anew."""

from __future__ import annotations

import random

from edits import PATH, a_fact, based, extraction, later, no_edit_is_lost

from generator.base import Base
from generator.facts import FactFile, parse_fact_file
from generator.merge import merge
from generator.model import Found
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
    """The first byte says which law is tried; the others choose facts and edits."""
    chance = Choices(raw[1:])
    LAWS[raw[0] % len(LAWS) if raw else 0](chance)


def edited(chance: Choices) -> tuple[FactFile, Base, list[Found]] | None:
    """A file whose facts were changed in any way; None where nobody can tell any more whose it is."""
    facts = [a_fact(chance, place) for place in range(chance.randint(1, 2))]
    first = merge(None, None, extraction(facts))
    head, mark, text = first.text.partition("facts:\n")
    for _ in range(chance.randint(1, 4)):
        text = changed(text, chance)
    file, _ = parse_fact_file(PATH, head + mark + text)
    return None if file is None or first.base is None else (file, first.base, facts)


def what_is_read_again_changes_nothing(chance: Choices) -> None:
    """Whatever a person did to the facts, reading the same once more leaves every byte."""
    if found := edited(chance):
        file, base, facts = found
        assert merge(file, base, extraction(facts)).text == file.text


def what_is_read_anew_can_be_read(chance: Choices) -> None:
    """What a later extractor says never makes a file worse, and is merged once."""
    if found := edited(chance):
        file, base, facts = found
        now = extraction(later(chance, facts, 4))
        merged = merge(file, base, now)
        if not merged.written:
            assert merged.text == file.text
            return
        after, told = parse_fact_file(PATH, merged.text)
        assert after is not None
        assert not after.broken
        assert len(errors(told)) <= len(errors(parse_fact_file(PATH, file.text)[1])), told
        again = merge(after, based(merged.base_text), now)
        assert (again.text, again.base_text) == (merged.text, merged.base_text)


def edits_that_mean_something_stay(chance: Choices) -> None:
    """As `edits` has it, of few facts."""
    no_edit_is_lost(chance, most=2, rounds=1, places=4)


LAWS = (edits_that_mean_something_stay, what_is_read_again_changes_nothing, what_is_read_anew_can_be_read)


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
