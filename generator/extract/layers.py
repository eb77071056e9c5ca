"""All that is known of a text before facts are read from it: the layers of annotation, put together once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Protocol, TypeVar

from generator.extract.antecedents import resolve
from generator.extract.descriptions import organisations, programmes
from generator.extract.gazetteer import Gazetteer
from generator.extract.grammar import Grammar, grammar
from generator.extract.inflect import verb_forms
from generator.extract.marks import outer_quotes
from generator.extract.names import Name, find_names
from generator.extract.quantities import Quantity, find_quantities
from generator.extract.quotations import Attribution, find_quotations
from generator.extract.segment import Segments, segment
from generator.extract.times import Time, find_times
from generator.extract.verbs import is_finite
from generator.extract.words import Word, words
from generator.lexicon import Lexicons
from generator.model import Entity, Span

REACH = 14
"""Words from a time back to the verb whose time it is."""


class _Placed(Protocol):
    @property
    def start(self) -> int: ...


T = TypeVar("T", bound=_Placed)
V = TypeVar("V")


@dataclass(frozen=True)
class Line:
    """One sentence with what stands in it; every list is in order of the text."""

    span: Span
    words: tuple[Word, ...]
    names: tuple[Name, ...]
    times: tuple[Time, ...]
    quantities: tuple[Quantity, ...]
    attributions: tuple[Attribution, ...]
    """Those whose content touches the sentence."""
    quoted: tuple[Span, ...]
    """What stands between quotation marks or is a turn of a transcript, also where it began in an earlier sentence."""

    def at(self, offset: int) -> int:
        """Index of the first word that ends after an offset; `len(words)` where none does."""
        return bisect_right(self._ends, offset)

    def before(self, offset: int) -> int:
        """How many words begin before an offset."""
        return bisect_left(self._begins, offset)

    @cached_property
    def _begins(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def _ends(self) -> list[int]:
        return [word.end for word in self.words]

    def finite(self, first: int, last: int, rules: Grammar) -> list[int]:
        """Those of the words `first` to before `last` that look like finite verbs."""
        if not self._finite:  # of all words, once: many facts ask about the same
            self._finite.append([i for i in range(len(self.words)) if is_finite(self.words, i, rules)])
        found = self._finite[0]
        return found[bisect_left(found, first) : bisect_left(found, last)]

    @cached_property
    def _finite(self) -> list[list[int]]:
        return []

    def in_quotation(self, offset: int) -> bool:
        """Whether an offset stands between quotation marks."""
        return any(q.start <= offset < q.end for q in self.quoted)

    said_when: tuple[Time, ...] = ()
    """Times that tell when something was said, not when it happened."""


@dataclass(frozen=True)
class Layers:
    """A text, annotated."""

    segments: Segments
    date: str
    """The day of the article, EDTF: the anchor of relative times."""
    lines: tuple[Line, ...]
    entities: dict[str, Entity]
    """Everything that a name stands for, by id."""
    seen_as: dict[str, tuple[str, ...]]
    """Candidate id → the aliases it was seen by."""
    lexicons: Lexicons

    @property
    def text(self) -> str:
        """The normalised text."""
        return self.segments.text

    @cached_property
    def _starts(self) -> list[int]:
        return [line.span.start for line in self.lines]

    def line_at(self, offset: int) -> Line:
        """The sentence at an offset; the nearest before it where it stands between two."""
        return self.lines[max(0, bisect_right(self._starts, offset) - 1)]


class _Sentences:
    """Which sentences a stretch of text touches, by bisection: a long article has thousands of both."""

    def __init__(self, sentences: Sequence[Span]) -> None:
        self._starts = [sentence.start for sentence in sentences]
        self._sentences = sentences

    def beginning(self, items: Iterable[T]) -> list[list[T]]:
        """For each sentence the items that begin in it."""
        found: list[list[T]] = [[] for _ in self._sentences]
        for item in items:
            rank = bisect_right(self._starts, item.start) - 1
            if rank >= 0 and item.start < self._sentences[rank].end:
                found[rank].append(item)
        return found

    def touched(self, pairs: Iterable[tuple[Span, V]]) -> list[list[V]]:
        """For each sentence the values of the spans that touch it, each once, in their order."""
        found: list[dict[V, None]] = [{} for _ in self._sentences]
        for span, value in pairs:
            rank = max(0, bisect_right(self._starts, span.start) - 1)
            while rank < len(self._sentences) and self._starts[rank] < span.end:
                if span.overlaps(self._sentences[rank]):
                    found[rank][value] = None
                rank += 1
        return [list(values) for values in found]


@lru_cache(maxsize=4)
def _named_by(lexicons: Lexicons) -> frozenset[str]:
    return frozenset(
        form for verb in lexicons["names"]["programme"]["named-by"] for form, _ in verb_forms(verb, lexicons)
    )


def read_layers(text: str, date: str, known: Gazetteer, lexicons: Lexicons) -> Layers:
    """Annotate a normalised text that is dated `date` (EDTF)."""
    segments = segment(text, lexicons)
    sentences = _Sentences(segments.sentences)
    tokens = [words(text, sentence) for sentence in segments.sentences]
    proper, cast = find_names(tokens, text, known, lexicons)
    verbs = _named_by(lexicons)
    by_line: list[list[Name]] = []
    for line, names in zip(tokens, sentences.beginning(proper), strict=True):
        names += organisations(line, names, text, cast, lexicons)
        names += programmes(line, names, text, cast, verbs, lexicons)
        by_line.append(sorted(names, key=lambda n: n.start))
    resolved = resolve(tokens, by_line, text, cast, lexicons)
    times = find_times(segments, date, lexicons)
    quantities = find_quantities(segments, times, lexicons)
    quotes = outer_quotes(segments)
    named = [n for names in resolved for n in names if n.via == "name"]
    attributions = find_quotations(segments, quotes, named, lexicons)
    spoken = (span for a in attributions if a.kind == "direct" for span in a.spans)  # of a transcript, without marks
    columns = (
        segments.sentences,
        tokens,
        map(tuple, resolved),
        map(tuple, sentences.beginning(times)),
        map(tuple, sentences.beginning(quantities)),
        map(tuple, sentences.touched((span, a) for a in attributions for span in a.spans)),
        map(tuple, sentences.touched((span, span) for span in (*(quote.inner for quote in quotes), *spoken))),
    )
    lines = tuple(_with_said_when(Line(*row), lexicons) for row in zip(*columns, strict=True))
    seen = {id_: tuple(sorted(surfaces)) for id_, surfaces in cast.seen_as.items()}
    return Layers(segments, date, lines, cast.entities, seen, lexicons)


def _with_said_when(line: Line, lexicons: Lexicons) -> Line:
    """The sentence with those of its times that stand beside the cue of an attribution, outside of what is said."""
    rules, found = grammar(lexicons), []
    for attribution in line.attributions:
        if attribution.cue is None:
            continue
        cue = attribution.cue
        at = line.at(cue.start)
        if at and line.words[at - 1].lower == "to":  # `will meet on Monday to discuss`: the time is the meeting's
            continue
        for time in line.times:
            inside = any(s.start <= time.start < s.end for s in attribution.spans)
            near = 0 <= time.words.start - cue.end <= 40 or 0 <= cue.start - time.words.end <= 25
            if near and not inside and not _dates_a_verb(line, time, cue, rules):
                found.append(time)
    return replace(line, said_when=tuple(found)) if found else line


def _dates_a_verb(line: Line, time: Time, cue: Span, rules: Grammar) -> bool:
    """Whether a verb before a time has it, rather than the cue: `who visited the town on Sunday, promised`."""
    at = line.at(time.words.start)
    for index in range(at - 1, max(-1, at - REACH), -1):
        word = line.words[index]
        if cue.start <= word.start < cue.end or word.lower in (",", ";", "who", "which", "that"):
            return False
        if is_finite(line.words, index, rules):
            return True
    return False
