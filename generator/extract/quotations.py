"""Quotations and other attributions: what is said, who says it, and through whom it reached the article."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

from generator.extract import speakers
from generator.extract.labels import Labelled, labelled
from generator.extract.marks import DOUBLE, Quote
from generator.extract.saying import Saying, verb_group
from generator.extract.sayings import find_sayings
from generator.extract.segment import Segments
from generator.extract.speakers import Subject
from generator.extract.tagged import Tagged, tag
from generator.extract.vocabulary import Vocabulary, vocabulary
from generator.lexicon import Lexicons
from generator.model import Span

Kind = Literal["direct", "mixed", "indirect"]
WORD = re.compile(r"\w+")
LONG = 40
"""Characters that make quoted words a statement even where nobody is named who makes it."""


class NameLike(Protocol):
    """A name that another layer found."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Something said, written, believed or demanded, and whose it is."""

    start: int
    end: int
    """The content: of direct speech between the marks, else from its `that` (if it has one) to its clause's end."""
    kind: Kind
    """`direct`: all of it stands between marks; `mixed`: some of it does; `indirect`: none does."""
    speaker: Span | None
    """The name, or the noun phrase or pronoun where no name stands."""
    cue: Span | None
    """The verb with its auxiliaries, or `according to`; None where a quotation goes on without one."""
    spans: tuple[Span, ...]
    """The content in pieces, where something interrupts it or it has several paragraphs."""
    via: tuple[Span, ...] = ()
    """Who reports that the speaker said so, nearest first."""
    phrases: tuple[Span, ...] = ()
    """Every quoted stretch in the content, without its marks and without a last comma."""
    source: Span | None = None
    """The whole noun phrase of the speaker, with title and what it is governed by."""


@dataclass(slots=True)
class _Draft:
    """An attribution while later paragraphs may still go on with it."""

    kind: Kind
    speaker: Span | None = None
    cue: Span | None = None
    source: Span | None = None
    spans: list[Span] = field(default_factory=list)
    phrases: list[Span] = field(default_factory=list)
    via: list[Span] = field(default_factory=list)

    def add(self, text: str, quote: Quote) -> None:
        """Go on with another quotation."""
        self.spans.append(quote.inner)
        self.phrases.append(_words(text, quote.inner))

    def done(self) -> Attribution:
        """The attribution, for good."""
        return Attribution(
            start=self.spans[0].start,
            end=self.spans[-1].end,
            kind=self.kind,
            speaker=self.speaker,
            cue=self.cue,
            spans=tuple(self.spans),
            via=tuple(self.via),
            phrases=tuple(self.phrases),
            source=self.source,
        )


def find_quotations(
    segments: Segments, outer: Sequence[Quote], names: Sequence[NameLike], lexicons: Lexicons
) -> tuple[Attribution, ...]:
    """All attributions of a text, in the order of their content; `outer` are its outermost pairs of marks.

    Speech, that-clauses and demands with the verbs of the lexicon `quotations`, `according to`, and quotations that
    go on from one sentence or paragraph to the next. Quoted words that nobody is said to say are left out. Speakers
    are found by the words around the verb; where `names` holds one of them, its span is the speaker's.
    """
    known = vocabulary(lexicons)
    text = segments.text
    quote_starts = [quote.outer.start for quote in outer]
    sentence_starts = [sentence.start for sentence in segments.sentences]
    article = _Article(text, names, known)
    named = article.words_of_names()
    labels = labelled(text, segments.paragraphs, named, known.sources)
    for paragraph in segments.paragraphs:
        here = outer[bisect_left(quote_starts, paragraph.start) : bisect_left(quote_starts, paragraph.end)]
        low, high = (bisect_left(sentence_starts, at) for at in (paragraph.start, paragraph.end))
        label = labels.get(paragraph.start)
        if not label and not here and article.says_nothing(paragraph):
            continue
        if label is None or not label.verbatim:
            article.read(tag(text, paragraph, segments.sentences[low:high], here, named, known))
        if label:
            article.label(label, here)
    return tuple(sorted((draft.done() for draft in article.found), key=lambda a: (a.start, a.end, a.cue or Span(0, 0))))


class _Article:
    """Reads an article's paragraphs in order; a quotation may go on from one to the next."""

    def __init__(self, text: str, names: Sequence[NameLike], known: Vocabulary) -> None:
        self.text, self.known = text, known
        self.names = sorted((Span(name.start, name.end) for name in names), key=lambda n: (n.start, n.end))
        self.found: list[_Draft] = []
        self.last: _Draft | None = None
        """The last direct quotation, if it stands in the paragraph before: one without a verb has its speaker."""
        self.open = False
        """Whether that quotation goes on in the next paragraph."""
        self.announced: _Draft | None = None
        """`She said:` at the end of the paragraph before."""

    def words_of_names(self) -> frozenset[int]:
        """Where the words of names start."""
        text = self.text
        return frozenset([m.start() for name in self.names for m in WORD.finditer(text, name.start, name.end)])

    def says_nothing(self, paragraph: Span) -> bool:
        """Whether a paragraph without quotations has no word that attributes."""
        words = paragraph.of(self.text)
        if words.endswith(":") or self.known.cues.any(words):
            return False
        self.last, self.open, self.announced = None, False, None
        return True

    def read(self, tagged: Tagged) -> None:
        """Add a paragraph's attributions."""
        sayings = find_sayings(tagged, self.known)
        made = [self.draft(tagged, saying) for saying in sayings]
        _chain(made)
        self.found.extend(made)
        by_start = {
            low: draft
            for saying, draft in zip(sayings, made, strict=True)
            for low, high in saying.pieces
            if saying.direct or (high == low + 1 and tagged.tags[low] == "Q")
        }
        self.speech(tagged, by_start)
        if not tagged.quotes and not tagged.tags.endswith(":."):
            self.last = None
        self.open = bool(tagged.quotes) and tagged.quotes[max(tagged.quotes)].goes_on
        self.announced = self.announcement(tagged)

    def label(self, label: Labelled, quotes: Sequence[Quote]) -> None:
        """Give a paragraph to whom its label names."""
        kind: Kind = "direct" if label.verbatim else "mixed" if quotes else "indirect"
        phrases = [label.said] if label.verbatim else [_words(self.text, quote.inner) for quote in quotes]
        draft = _Draft(kind, label.speaker, label.colon, label.speaker, [label.said], phrases)
        self.found.append(draft)
        self.last, self.announced = draft if label.verbatim else None, None
        self.open = label.verbatim and bool(quotes) and quotes[-1].goes_on

    def draft(self, tagged: Tagged, saying: Saying) -> _Draft:
        """A saying in offsets of the text."""
        inside = [tagged.quotes[i] for low, high in saying.pieces for i in range(low, high) if i in tagged.quotes]
        subject = saying.subject
        draft = _Draft(
            kind="direct" if saying.direct else "mixed" if inside else "indirect",
            speaker=self.name(tagged, subject) if subject else None,
            cue=tagged.span(*saying.cue),
            source=tagged.span(subject.low, subject.high) if subject else None,
            via=[self.name(tagged, reporter) for reporter in saying.via],
        )
        if saying.direct:
            for quote in inside:
                draft.add(self.text, quote)
        else:
            draft.spans = [self.trimmed(tagged.span(low, high)) for low, high in saying.pieces]
            draft.phrases = [_words(self.text, quote.inner) for quote in inside]
        return draft

    def trimmed(self, span: Span) -> Span:
        """Without a comma, dash or semicolon at its end."""
        return Span(span.start, span.start + len(span.of(self.text).rstrip(" ,;–—-\n\t")))

    def name(self, tagged: Tagged, subject: Subject) -> Span:
        """What names a subject: the known name that ends it, else what its words tell."""
        low, high = speakers.naming(tagged, subject, self.known)
        span, last = tagged.span(low, high), tagged.starts[high - 1]
        i = bisect_right(self.names, Span(last, len(self.text))) - 1
        if i >= 0 and self.names[i].end > last and self.names[i].start >= tagged.starts[subject.low]:
            first = i
            while first and self.names[first - 1].start >= span.start:  # `Ana Belk | of the Harl Institute`
                first -= 1
            return self.names[first]
        return Span(span.start, span.end - 2) if span.of(self.text).endswith(("'s", "’s")) else span

    def speech(self, tagged: Tagged, by_start: dict[int, _Draft]) -> None:
        """Give speech that no verb introduces to whoever spoke before it or is announced by a colon."""
        tags, here = tagged.tags, None
        for i, quote in sorted(tagged.quotes.items()):
            if i in by_start:
                here = self.last = by_start[i]
            elif tags[i] == "Q" and (i == 0 or tags[i - 1] in ".!:") and tags[i + 1] in ".!,-:;":
                if i == 0 and self.open and self.last:
                    self.last.add(self.text, quote)
                elif by := self.giver(tagged, i, here):
                    here = self.last = replace(by, spans=[], phrases=[])
                    here.add(self.text, quote)
                    self.found.append(here)
                elif i == 0 and len(quote.inner) > LONG and not any(m in quote.inner.of(self.text) for m in DOUBLE):
                    unknown = _Draft("direct")
                    unknown.add(self.text, quote)
                    self.found.append(unknown)

    def giver(self, tagged: Tagged, at: int, here: _Draft | None) -> _Draft | None:
        """Whose the speech at token `at` is, which no verb introduces; `here` is the last before it in its paragraph."""
        if at == 0:
            return self.announced or (replace(self.last, cue=None) if self.last else None)
        if tagged.tags[at - 1] == ":":
            return self.speaker_of(tagged, speakers.main(tagged, at - 1), None)
        return replace(here, cue=None) if here else None

    def speaker_of(self, tagged: Tagged, subject: Subject | None, cue: Span | None) -> _Draft | None:
        """A draft of direct speech with a speaker and nothing said yet."""
        if subject is None:
            return None
        return _Draft("direct", self.name(tagged, subject), cue, tagged.span(subject.low, subject.high))

    def announcement(self, tagged: Tagged) -> _Draft | None:
        """The speaker of `She said:` where that ends the paragraph."""
        tags = tagged.tags
        end = len(tags) - 2
        if end < 1 or tags[end] != ":":
            return None
        start = speakers.clause_start(tags, end)
        cue = next((i for i in range(end - 1, start - 1, -1) if i in tagged.verbs), None)
        if cue is None:
            return self.speaker_of(tagged, speakers.main(tagged, end), None)
        subject = speakers.before(tagged, cue) or speakers.main(tagged, cue)
        return self.speaker_of(tagged, subject, tagged.span(verb_group(tags, cue), cue + 1))


def _words(text: str, inner: Span) -> Span:
    """Quoted words without white space and without the comma that ends them."""
    words = inner.of(text)
    start = inner.start + len(words) - len(words.lstrip())
    return Span(start, max(start, start + len(words.strip().rstrip(", "))))


def _chain(drafts: list[_Draft]) -> None:
    """Tell each attribution who attributes it: whatever holds its speaker and content in its own content."""
    reach = [
        (min(d.spans[0].start, d.speaker.start), max(d.spans[-1].end, d.speaker.end), d) for d in drafts if d.speaker
    ]
    open_: list[_Draft] = []
    for start, end, draft in sorted(reach, key=lambda r: (r[0], -r[1])):
        open_ = [holder for holder in open_ if holder.spans[-1].end > start]
        holders = [h for h in open_ if any(span.start <= start and end <= span.end for span in h.spans)]
        draft.via += [h.speaker for h in reversed(holders) if h.speaker]
        if draft.kind != "direct":
            open_.append(draft)
