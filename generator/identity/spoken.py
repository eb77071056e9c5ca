"""The words that articles use in small letters, with how many articles do; kept, so that only articles that came, changed or went are read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from msgspec.msgpack import Decoder

from generator.link import Briefing
from generator.store import packed

LOWER = re.compile(r"\b[a-z]+\b")
_COUNTS, _WORDS = Decoder(dict[str, int]), Decoder(list[str])


class Spoken:
    """Whether some article uses a word in small letters; they are looked at when first asked."""

    def __init__(self, briefing: Briefing) -> None:
        self._briefing = briefing
        self._counts: Mapping[str, int] | None = None
        self.asked: dict[str, bool] = {}
        """What was asked, and the answers."""

    def __call__(self, word: str) -> bool:
        if self._counts is None:
            self._counts = _counted(self._briefing)
        return self.asked.setdefault(word, self._counts.get(word, 0) > 0)


def _counted(briefing: Briefing) -> Mapping[str, int]:
    """How many articles use each word; every article's words are kept under its hash, to be taken off when it goes."""
    name = f"spoken/{briefing.scope}"
    stage, kept = briefing.store.stage(name), briefing.store.state(name)
    before = stage.keys() if kept else {}
    now = {id_: bytes.fromhex(seed.sha256) for id_, seed in briefing.seeds.items()}
    counts = Counter(_COUNTS.decode(kept) if kept else {})
    gone = [id_ for id_, key in before.items() if now.get(id_) != key]
    for id_ in gone:
        counts.subtract(_WORDS.decode(stage.value(id_) or packed([])))
    new = {
        id_: sorted(set(LOWER.findall(briefing.seeds[id_].text))) for id_, key in now.items() if before.get(id_) != key
    }
    for words in new.values():
        counts.update(words)
    if gone or new:
        stage.drop(gone)
        stage.put((id_, now[id_], packed(words)) for id_, words in new.items())
        briefing.store.keep({name: packed({word: count for word, count in counts.items() if count > 0})})
    return counts
