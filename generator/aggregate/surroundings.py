"""What stands around a statement in its article: its sentence, the names there, and what the article tells of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from generator.link import Briefing
from generator.model import Span
from generator.statement import Statement

RUN = re.compile(r"\b[A-Z][\w-]+(?: [A-Z][\w-]+)*")
"""Words with a capital, side by side."""
WITHIN = re.compile(rf"(?<=[a-z,;] ){RUN.pattern}")
"""The same within a sentence."""
SMALL = re.compile(r"\b[a-z][\w-]+")


class Surroundings:
    """Sentences and names of a briefing's articles, each found once, when asked for."""

    def __init__(self, briefing: Briefing) -> None:
        self._briefing = briefing
        names = briefing.lexicons["names"]
        self._times = frozenset(names["months"]) | frozenset(briefing.lexicons["alike"]["days"])
        self._sentences: dict[str, tuple[list[int], list[Span]]] = {}
        self._names: dict[str, frozenset[str]] = {}
        self._runs: dict[str, frozenset[str]] = {}
        self._context: dict[str, frozenset[str]] = {}

    def text(self, source: str) -> str:
        """The text of an article; empty where it is not at hand."""
        seed = self._briefing.seeds.get(source)
        return seed.text if seed else ""

    def sentences(self, statement: Statement, before: int = 0) -> str:
        """The sentence in which a statement begins, or one so many before it; empty where there is none."""
        from generator.extract.segment import segment

        source, text = statement.source.id, self.text(statement.source.id)
        if not statement.span or not text:
            return ""
        if source not in self._sentences:
            spans = list(segment(text, self._briefing.lexicons).sentences)
            self._sentences[source] = [s.start for s in spans], spans
        starts, spans = self._sentences[source]
        rank = bisect_right(starts, statement.span.start) - 1 - before
        return spans[rank].of(text) if rank >= 0 else ""

    def names(self, source: str, words: str) -> frozenset[str]:
        """What stands in some words with capitals, and so within a sentence of their article, too."""
        if source not in self._names:
            small = frozenset(SMALL.findall(self.text(source)))
            found = self._cut(WITHIN.findall(self.text(source))) - self._times
            self._names[source] = frozenset(name for name in found if name.casefold() not in small)
        return self._cut(RUN.findall(words)) & self._names[source]

    def _cut(self, runs: Iterable[str]) -> frozenset[str]:
        """Names without the article that begins their sentence: of `The Lend Valley`, Lend Valley."""
        parts = ((run, *run.partition(" ")[::2]) for run in runs)
        return frozenset(
            rest if rest and first.casefold() in self._briefing.lexicons["english"] else run
            for run, first, rest in parts
        )

    def runs(self, source: str) -> frozenset[str]:
        """All that stands in an article with capitals."""
        if source not in self._runs:
            self._runs[source] = self._cut(RUN.findall(self.text(source)))
        return self._runs[source]

    def context(self, source: str) -> frozenset[str]:
        """All that an article's statements name, without countries and outlets."""
        if source not in self._context:
            found = (s for s in self._briefing.by_source.get(source, ()) if s.fact.review != "retracted")
            named = (e for s in found for e in s.entities if not s.outlet or e.id != s.outlet.id)
            self._context[source] = frozenset(e.id for e in named if e.kind != "country")
        return self._context[source]

    def tells(self, source: str, names: Iterable[str]) -> bool:
        """Whether an article names any of some entities."""
        names, registry = frozenset(names), self._briefing.registry
        if names & self.context(source):
            return True
        text = self.text(source)
        return any(name in text for id_ in sorted(names) if id_ in registry for name in registry[id_].names())
