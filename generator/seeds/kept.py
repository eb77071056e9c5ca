"""Seeds as they were read before: what their headers say at once, their texts when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any

from msgspec import Raw
from msgspec.msgpack import Decoder

from generator.model import Seed
from generator.problems import Problem
from generator.store import Store, packed

LATELY = 64
"""Texts that need no look into the store: those of pages that are being made."""
HEADER = tuple(field.name for field in fields(Seed) if field.name != "text")


class KeptSeed(Seed):
    """A seed whose text stays in the store; equal to one that holds it."""

    __slots__ = ("_text",)
    _text: str | Callable[[str, str], str]

    @property
    def text(self) -> str:
        """The normalised text."""
        text = self._text
        return text if isinstance(text, str) else text(self.path, self.sha256)

    @text.setter
    def text(self, text: str | Callable[[str, str], str]) -> None:
        object.__setattr__(self, "_text", text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Seed) and header(self) == header(other)

    def __hash__(self) -> int:
        return hash(whole(self))

    def __reduce__(self) -> tuple[Any, ...]:
        return _with_text, (header(self), self.text)  # it goes to another process, which has no store


def header(seed: Seed) -> dict[str, Any]:
    """All of a seed but its text, which the hash stands for."""
    return {name: getattr(seed, name) for name in HEADER}


def whole(seed: Seed) -> Seed:
    """A seed that holds its text and needs no store."""
    return _with_text(header(seed), seed.text)


def _with_text(header: Mapping[str, Any], text: str) -> Seed:
    return Seed(**header, text=text)


Read = tuple[Seed | None, list[Problem]]
_KNOWN = Decoder(dict[str, tuple[bytes, Raw]])
_READ = Decoder(tuple[KeptSeed | None, list[Problem]])


class KeptSeeds:
    """What the store holds of the files in the folder of seeds, by the hashes of their bytes."""

    def __init__(self, store: Store) -> None:
        kept = store.state("seeds")
        self._store, self._texts = store, store.stage("seeds/texts")
        self._known = _KNOWN.decode(kept) if kept else {}
        self._now: dict[str, tuple[bytes, Raw]] = {}
        self._text = lru_cache(LATELY)(self._text_of)

    def get(self, path: str, key: bytes) -> Read | None:
        """What was read of a file with these bytes, if it was."""
        found = self._known.get(path)
        if found is None or found[0] != key:
            return None
        self._now[path] = found
        return self._read(found[1])

    def _read(self, raw: Raw) -> Read:
        seed, problems = _READ.decode(raw)
        if seed:
            object.__setattr__(seed, "_text", self._text)
        return seed, problems

    def _text_of(self, path: str, sha256: str) -> str:
        return (self._texts.get(path, bytes.fromhex(sha256)) or b"").decode()

    def put(self, path: str, key: bytes, read: Read) -> Read:
        """Keep what was read of a file: the same, with the text in the store."""
        seed, problems = read
        raw = Raw(packed((replace(seed, text="") if seed else None, problems)))
        self._now[path] = key, raw
        if seed:
            self._texts.put([(path, bytes.fromhex(seed.sha256), seed.text.encode())])
        return self._read(raw)

    def close(self) -> None:
        """Forget files that were not asked for, and keep what was read for the next run."""
        if self._now != self._known:
            self._texts.drop(self._known.keys() - self._now.keys())
            self._store.keep({"seeds": packed(self._now)})
