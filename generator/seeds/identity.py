"""The id of a source: `<date>-<slug of its title or first words>`, once written never changed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from generator.lexicon import packaged_lexicons
from generator.model import Seed
from generator.seeds.publisher import dateline

WORDS = 6
LENGTH = 60
"""Characters of an id, which is also a file name and part of addresses."""
WORD = re.compile(r"[A-Za-z0-9]+(?:['’-][A-Za-z0-9]+)*")


def _ascii(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _words(seed: Seed) -> Iterable[str]:
    start = dateline(seed.text)
    head = seed.title or seed.text[start.end() if start else 0 :]
    small = frozenset(packaged_lexicons()["english"])
    words = [re.sub(r"['’]", "", word.lower()) for word in WORD.findall(_ascii(head[:400]))]
    return [word for word in words if word not in small] or words


def source_id(seed: Seed) -> str:
    """`2031-05-02-harbour-works-begin`: at most six words that are not function words, ASCII, 60 characters."""
    slug = ""
    for word in list(_words(seed))[:WORDS]:
        if len(seed.date) + len(slug) + len(word) + 2 <= LENGTH:
            slug += "-" + word
    return seed.date + (slug or "-article")


def source_ids(seeds: Iterable[Seed], known: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """The id of each seed by its path.

    `known` are ids already written, with the seed's path and SHA-256: a seed keeps the id of its path, or,
    renamed, of its text. Others get a new one; `-2` and so on tells apart those that would be the same.
    """
    seeds = list(seeds)
    by_path = {path: id_ for id_, (path, _) in known.items()}
    ids = {seed.path: by_path[seed.path] for seed in seeds if seed.path in by_path}
    given = set(ids.values())
    free = {sha: id_ for id_, (_, sha) in sorted(known.items(), reverse=True) if id_ not in given}
    taken = set(known)
    for seed in seeds:
        if seed.path in ids:
            continue
        if seed.sha256 in free:
            ids[seed.path] = free.pop(seed.sha256)
            continue
        base, rank = source_id(seed), 1
        while (fresh := base if rank == 1 else f"{base}-{rank}") in taken:
            rank += 1
        taken.add(fresh)
        ids[seed.path] = fresh
    return ids
