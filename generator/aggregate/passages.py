"""A source as its page shows it: passages in reading order, the words of facts in place, the rest as policy allows.

A stretch of words knows the facts it belongs to, outermost first. Words of two facts may overlap without one
lying within the other; elements of a page cannot, so the later fact is shown in an excerpt of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from msgspec.msgpack import Decoder

from generator import excerpt
from generator.extract.segment import Segments, segment
from generator.link import Briefing
from generator.model import Quotation, Span
from generator.statement import Statement
from generator.store import digest, packed


@dataclass(frozen=True)
class Piece:
    """Words between two places where something begins or ends; a gap (words withheld) has no text."""

    text: str
    facts: tuple[str, ...]
    opens: tuple[str, ...]
    """The facts whose words begin here."""
    gap: bool = False


SIGN_OFF = re.compile(r"\([^()\n]{1,60}\)\.?|\W*")
"""A line that names the agency and tells nothing: `(Orb Press)`."""
GAP = Piece("", (), (), gap=True)
OPENING = 8
"""Words by which a sentence is named."""
_COVERED = Decoder(tuple[int, int])


@dataclass(frozen=True)
class Passage:
    """A paragraph of a source with its facts."""

    number: int
    """Which paragraph, from 1; 0 for facts whose words are not found."""
    lines: tuple[tuple[Piece, ...], ...]
    """The paragraph, and one more excerpt for each layer of crossing facts."""
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Sentence:
    """A sentence that tells something, and what became of it."""

    number: int
    """Which sentence of the source, from 1."""
    paragraph: int
    words: int
    facts: int
    """Facts that share a character with it; retracted ones do not count."""
    opening: str
    """Its first words, where all of the source is published; else empty."""


@dataclass(frozen=True)
class SourcePage:
    """The passages of a source, and how much of it became facts."""

    passages: tuple[Passage, ...]
    coverage: tuple[Sentence, ...]
    """Every sentence, in order."""
    words: int
    published: int
    """Words that the page shows of the source, counted once."""
    told: int
    """Words that some fact rests on, counted once."""

    @property
    def sentences(self) -> int:
        """How many there are."""
        return len(self.coverage)

    @property
    def covered(self) -> int:
        """How many became facts."""
        return sum(sentence.facts > 0 for sentence in self.coverage)

    @property
    def left(self) -> tuple[Sentence, ...]:
        """The sentences that became no fact."""
        return tuple(sentence for sentence in self.coverage if not sentence.facts)


def layers(spans: Iterable[tuple[Span, str]]) -> list[list[tuple[Span, str]]]:
    """Spans in as few layers as it takes greedily, none crossing another within its layer; outermost first."""
    found: list[list[tuple[Span, str]]] = []
    open_ends: list[list[int]] = []  # of each layer: ends of the spans that are open, the innermost last
    for span, fact in sorted(spans, key=lambda pair: (pair[0].start, -pair[0].end, pair[1])):
        for layer, ends in zip(found, open_ends, strict=True):
            while ends and ends[-1] <= span.start:
                ends.pop()
            if not ends or span.end <= ends[-1]:
                layer.append((span, fact))
                ends.append(span.end)
                break
        else:
            found.append([(span, fact)])
            open_ends.append([span.end])
    return found


def pieces(text: str, stretches: Sequence[Span], spans: Sequence[tuple[Span, str]], whole: Span) -> tuple[Piece, ...]:
    """The published stretches of a paragraph cut wherever the words of a fact begin or end, with gaps between them.

    A fact whose words are withheld where they begin is opened at the first of them that is shown, or in the gap.
    """
    found: list[Piece] = []
    opened: set[str] = set()

    def add(words: Span, gap: bool) -> None:
        facts = tuple(fact for span, fact in spans if span.overlaps(words))
        opens = tuple(fact for fact in facts if fact not in opened)
        if gap and not opens and found and found[-1].gap:
            return
        opened.update(opens)
        found.append(Piece("" if gap else words.of(text), facts, opens, gap))

    at = whole.start
    for stretch in stretches:
        if text[at : stretch.start].strip():
            _gaps(at, stretch.start, spans, add)
        elif found:
            # White space alone between two stretches is no gap; they came apart at a sentence's end.
            add(Span(at, stretch.start), False)
        cuts = {edge for span, _ in spans for edge in (span.start, span.end) if stretch.start < edge < stretch.end}
        edges = sorted({stretch.start, stretch.end} | cuts)
        for start, end in pairwise(edges):
            add(Span(start, end), False)
        at = stretch.end
    if text[at : whole.end].strip():
        _gaps(at, whole.end, spans, add)
    return tuple(found)


def _gaps(start: int, end: int, spans: Sequence[tuple[Span, str]], add: object) -> None:
    """One gap; several only where facts begin and end inside it, so that each has an element to lead to."""
    edges = sorted({start, end} | {e for span, _ in spans for e in (span.start, span.end) if start < e < end})
    for a, b in pairwise(edges):
        add(Span(a, b), True)  # type: ignore[operator]


def _direct(statements: Iterable[Statement], text: str) -> list[Span]:
    """Where direct speech stands: the `words` of quotations inside their quotes, else near them."""
    found = []
    for s in statements:
        if isinstance(s.fact, Quotation) and s.span and s.fact.words:
            words = r"\s+".join(map(re.escape, s.fact.words.split()))  # the article may break its lines within them
            if there := re.compile(words).search(text, s.span.start, s.span.end):
                found.append(Span(there.start(), there.end()))
    return found


def unspoken(source_id: str, briefing: Briefing) -> str:
    """The text of a source without direct speech, a line's end in place of each; empty where the seed is gone."""
    seed = briefing.seeds.get(source_id)
    text, parts, at = seed.text if seed else "", [], 0
    for span in sorted(_direct(briefing.by_source.get(source_id, ()), text)):
        parts.append(text[at : max(at, span.start)])
        at = max(at, span.end)
    return "\n¶\n".join([*parts, text[at:]])


def source_page(source_id: str, briefing: Briefing) -> SourcePage:
    """The page of a source; facts of a source whose seed is gone stand under one passage without words."""
    statements = briefing.by_source.get(source_id, ())
    seed = briefing.seeds.get(source_id)
    lost = tuple(s for s in statements if not s.span)
    unfound = (Passage(0, (), lost),) if lost else ()
    if not seed:
        return SourcePage(unfound, (), 0, 0, 0)
    text = seed.text
    frame = segment(text, briefing.lexicons)
    placed = [(s.span, s) for s in statements if s.span]  # in order of the text
    starts = [span.start for span, _ in placed]
    opens = [sentence.start for sentence in frame.sentences]
    quotes = [span for span, s in placed if s.fact.review != "retracted"]
    direct = _direct(statements, text)
    policy = briefing.settings.publish_source_text
    passages: list[Passage] = []
    published: list[Span] = []
    for number, block in _blocks(frame.paragraphs, [span for span, _ in placed]):
        here = placed[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
        if not here and policy != "full":
            continue
        first, last = (bisect_left(opens, edge) for edge in (block.start, block.end))
        sentences = frame.sentences[first:last]
        shown: list[tuple[Piece, ...]] = []
        for group in excerpt.lines(text, block, [span for span, _ in here], _of(direct, block)) or [[]]:
            told = [here[index] for index in group]
            counting = [span for span, s in told if s.fact.review != "retracted"]
            stretches = excerpt.shown(text, block, counting, _of(direct, block), sentences, policy)
            published += stretches
            shown += _lines(text, block, stretches, [(span, s.fact.id) for span, s in told], bool(shown))
        passages.append(Passage(number, tuple(shown), tuple(s for _, s in here)))
    words = [Span(m.start(), m.end()) for m in excerpt.WORD.finditer(text)]
    all_sentences = tuple(coverage(frame, quotes, whole=policy == "full"))
    shares = (len(words), sum(excerpt.touched(words, published)), sum(excerpt.touched(words, quotes)))
    return SourcePage((*passages, *unfound), all_sentences, *shares)


@dataclass(frozen=True)
class Covered:
    """Of how many sentences of a source some became facts."""

    covered: int
    sentences: int


def covered(source_id: str, briefing: Briefing) -> Covered:
    """How much of a source became facts, as its page tells it; it is found once, and kept."""
    seed = briefing.seeds.get(source_id)
    if not seed:
        return Covered(0, 0)
    statements = briefing.by_source.get(source_id, ())
    quotes = [s.span for s in statements if s.span and s.fact.review != "retracted"]
    stage = briefing.store.stage("covered")
    key = digest(briefing.lexicons.digest, seed.sha256, packed(quotes))
    slot = f"{briefing.edition}/{source_id}"
    if kept := stage.get(slot, key):
        return Covered(*_COVERED.decode(kept))
    found = [*coverage(segment(seed.text, briefing.lexicons), quotes)]
    made = Covered(sum(sentence.facts > 0 for sentence in found), len(found))
    stage.put([(slot, key, packed((made.covered, made.sentences)))])
    return made


def coverage(frame: Segments, quotes: Iterable[Span], *, whole: bool = False) -> Iterator[Sentence]:
    """The sentences of a text that tell something, and how many of some quotes each has a part in; `whole`, with first words."""
    text = frame.text
    tell = [sentence for sentence in frame.sentences if not SIGN_OFF.fullmatch(sentence.of(text).strip())]
    opens, closes = [s.start for s in tell], [s.end for s in tell]
    turns = [0] * (len(tell) + 1)
    for quote in quotes:
        turns[bisect_right(closes, quote.start)] += 1
        turns[bisect_left(opens, quote.end)] -= 1
    begins = [paragraph.start for paragraph in frame.paragraphs]
    for index, (sentence, facts) in enumerate(zip(tell, accumulate(turns), strict=False)):
        words = excerpt.WORD.findall(sentence.of(text))
        opening = " ".join(words[:OPENING]) + (" …" if len(words) > OPENING else "") if whole else ""
        yield Sentence(index + 1, bisect_right(begins, sentence.start), len(words), facts, opening)


def _lines(
    text: str, block: Span, stretches: Sequence[Span], facts: Sequence[tuple[Span, str]], narrow: bool
) -> Iterator[tuple[Piece, ...]]:
    """A passage once for each layer of its facts; all but the first time only as far as the facts and their excerpt reach."""
    for depth, layer in enumerate(layers(facts) or [[]]):
        whole = block
        if narrow or depth:
            near = [s for s in stretches if any(s.overlaps(span) for span, _ in layer)]
            edges = [*near, *(span for span, _ in layer)]
            whole = Span(min(s.start for s in edges), max(s.end for s in edges))
        cut = [Span(max(s.start, whole.start), min(s.end, whole.end)) for s in _of(stretches, whole)]
        told = pieces(text, cut, layer, whole)
        before = (GAP,) * (whole.start > block.start and not told[0].gap)
        yield (*before, *told, *((GAP,) * (whole.end < block.end and not told[-1].gap)))


def _of(spans: Iterable[Span], block: Span) -> list[Span]:
    return [span for span in spans if span.overlaps(block)]


def _blocks(paragraphs: Sequence[Span], quotes: Sequence[Span]) -> list[tuple[int, Span]]:
    """Paragraphs with their numbers; those that one quote runs through are one."""
    found: list[tuple[int, Span]] = []
    reach = 0
    ends = sorted((span.start, span.end) for span in quotes)
    at = 0
    for number, paragraph in enumerate(paragraphs, 1):
        if found and paragraph.start < reach:
            found[-1] = (found[-1][0], Span(found[-1][1].start, paragraph.end))
        else:
            found.append((number, paragraph))
        while at < len(ends) and ends[at][0] < paragraph.end:
            reach = max(reach, ends[at][1])
            at += 1
    return found
