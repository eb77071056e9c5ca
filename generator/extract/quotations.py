"""Quotations and other attributions: what is said, who says it, and through whom it reached the article."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from generator.extract import speakers
from generator.extract.marks import Quote, pair_marks, quoted_spans
from generator.extract.sayings import Saying, find_sayings, verb_group
from generator.extract.segment import Segments
from generator.extract.speakers import Subject
from generator.extract.tagged import Tagged, Vocabulary, tag, vocabulary
from generator.lexicon import Lexicons
from generator.model import Span

__all__ = ["Attribution", "NameLike", "find_quotations", "quoted_spans"]

Kind = Literal["direct", "mixed", "indirect"]


class NameLike(Protocol):
    """A name that another layer found."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def kind(self) -> str | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Something said, written, believed or demanded, and whose it is."""

    start: int
    end: int
    """The content: for direct speech between the marks, for indirect from its `that` (if it has one) to its clause's end."""
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
    """The whole noun phrase of the speaker, with title and apposition left of the verb."""


def find_quotations(segments: Segments, names: Sequence[NameLike], lexicons: Lexicons) -> tuple[Attribution, ...]:
    """All attributions of a text, by start and end of their content."""
    known = vocabulary(lexicons)
    quotes = pair_marks(segments.text, segments.paragraphs)
    outer = [q for q in quotes if q.depth == 0]
    quote_starts = [q.outer.start for q in outer]
    sentence_starts = [s.start for s in segments.sentences]
    named = {word: name.end for name in names for word in _word_starts(segments.text, name)}
    article = _Article(segments.text, names, known)
    for paragraph in segments.paragraphs:
        here = outer[bisect_left(quote_starts, paragraph.start) : bisect_left(quote_starts, paragraph.end)]
        low, high = (bisect_left(sentence_starts, at) for at in (paragraph.start, paragraph.end))
        article.read(tag(segments.text, paragraph, segments.sentences[low:high], here, named, known))
    return tuple(sorted(article.found, key=lambda a: (a.start, a.end, a.cue or Span(0, 0))))


def _word_starts(text: str, name: NameLike) -> Iterator[int]:
    return (m.start() + name.start for m in re.finditer(r"\w+", text[name.start : name.end]))


class _Article:
    """Reads an article's paragraphs in order; a quotation may go on from one to the next."""

    def __init__(self, text: str, names: Sequence[NameLike], known: Vocabulary) -> None:
        self.text, self.known = text, known
        self.names = sorted(names, key=lambda n: (n.start, -n.end))
        self.name_starts = [n.start for n in self.names]
        self.found: list[Attribution] = []
        self.speaker: Attribution | None = None
        """The last direct quotation, whose speaker a quotation without a verb has too."""
        self.open = False
        """Whether that quotation goes on in the next paragraph."""
        self.announced: Attribution | None = None
        """`She said:` at the end of the last paragraph."""

    def read(self, tagged: Tagged) -> None:
        """Add a paragraph's attributions."""
        hits = find_sayings(tagged, self.known)
        taken = {i for hit in hits if hit.direct for low, high in hit.pieces for i in range(low, high)}
        made = [self.attribution(tagged, hit) for hit in hits]
        last_before = self.speaker
        loose = self.loose(tagged, taken, last_before, [(h, a) for h, a in zip(hits, made, strict=True) if h.direct])
        made = _chained(made)
        self.found.extend(made)
        self.found.extend(loose)
        directs = sorted((a for a in (*made, *loose) if a.kind == "direct"), key=lambda a: a.end)
        quote = tagged.quotes[max(tagged.quotes)] if tagged.quotes else None
        self.open = bool(quote and quote.goes_on)
        if directs:
            self.speaker = directs[-1]
        elif tagged.tags.rstrip(".").endswith(":") is False and not tagged.quotes:
            self.speaker = None
        self.announced = self.announcement(tagged)

    def attribution(self, tagged: Tagged, hit: Saying) -> Attribution:
        """A hit in offsets of the text."""
        spans: list[Span] = []
        phrases: list[Span] = []
        for low, high in hit.pieces:
            inside = [tagged.quotes[i] for i in range(low, high) if i in tagged.quotes]
            phrases += [_words(self.text, q.inner) for q in inside]
            spans += [q.inner for q in inside] if hit.direct else [self.trimmed(tagged.span(low, high))]
        kind: Kind = "direct" if hit.direct else "mixed" if phrases else "indirect"
        return Attribution(
            start=spans[0].start,
            end=spans[-1].end,
            kind=kind,
            speaker=self.name(tagged, hit.subject) if hit.subject else None,
            cue=tagged.span(*hit.cue),
            spans=tuple(spans),
            via=tuple(self.name(tagged, s) for s in hit.via),
            phrases=tuple(phrases),
            source=tagged.span(hit.subject.low, hit.subject.high) if hit.subject else None,
        )

    def trimmed(self, span: Span) -> Span:
        """Without white space and a closing comma, dash or semicolon at its end."""
        words = span.of(self.text).rstrip(" ,;–—-\n\t")
        return Span(span.start, span.start + len(words))

    def name(self, tagged: Tagged, subject: Subject) -> Span:
        """What names a subject: a known name that ends it, else by its words."""
        low, high = speakers.naming(tagged, subject, self.known)
        span = tagged.span(low, high)
        words = span.of(self.text)
        if words[-2:] in ("'s", "’s"):
            span = Span(span.start, span.end - 2)
        i = bisect_left(self.name_starts, tagged.starts[subject.low])
        best = None
        while i < len(self.names) and self.names[i].start < span.end:
            if abs(self.names[i].end - span.end) <= 2 and self.names[i].kind != "place":
                best = best or Span(self.names[i].start, self.names[i].end)
            i += 1
        return best or span

    def loose(
        self, tagged: Tagged, taken: set[int], last: Attribution | None, directs: list[tuple[Saying, Attribution]]
    ) -> list[Attribution]:
        """Speech that no verb introduces: it goes on from the quotation before it, or a colon announces it."""
        made: list[Attribution] = []
        tags = tagged.tags
        for i, quote in sorted(tagged.quotes.items()):
            if i in taken or tags[i] != "Q":
                continue
            begins = i == 0 or tags[i - 1] in ".!:"
            if not begins:
                continue
            earlier = [a for h, a in directs if h.cue[0] < i]
            by = made[-1] if made else earlier[-1] if earlier else None
            if i == 0 and self.announced:
                by = self.announced
            elif i == 0 and self.open and last:
                self.extend(last, quote)
                self.speaker = last = next((a for a in self.found if a.cue == last.cue and a.start == last.start), last)
                continue
            elif i > 0 and tags[i - 1] == ":" and (subject := speakers.main(tagged, i - 1)):
                name = self.name(tagged, subject)
                by = Attribution(start=0, end=0, kind="direct", speaker=name, cue=None, spans=(), source=name)
            elif by is None and i == 0:
                by = last
            if by is None and not (i == 0 and len(quote.inner) > 40):
                continue
            made.append(
                Attribution(
                    start=quote.inner.start,
                    end=quote.inner.end,
                    kind="direct",
                    speaker=by.speaker if by else None,
                    cue=by.cue if by is self.announced and by else None,
                    spans=(quote.inner,),
                    via=by.via if by else (),
                    phrases=(_words(self.text, quote.inner),),
                    source=by.source if by else None,
                )
            )
        return made

    def extend(self, last: Attribution, quote: Quote) -> None:
        """Let the last quotation go on with another paragraph."""
        longer = replace(
            last,
            end=quote.inner.end,
            spans=(*last.spans, quote.inner),
            phrases=(*last.phrases, _words(self.text, quote.inner)),
        )
        self.found = [longer if a is last else a for a in self.found]

    def announcement(self, tagged: Tagged) -> Attribution | None:
        """The speaker of `She said:` where that ends the paragraph."""
        tags = tagged.tags.rstrip(".")
        if not tags.endswith(":") or len(tags) < 2:
            return None
        cues = [i for i in tagged.verbs if i >= speakers.clause_start(tags, len(tags) - 1)]
        at = cues[-1] if cues else len(tags) - 1
        subject = (speakers.before(tagged, at) if cues else None) or speakers.main(tagged, at)
        if subject is None:
            return None
        cue = tagged.span(verb_group(tags, at), at + 1)
        return Attribution(
            start=0, end=0, kind="direct", speaker=self.name(tagged, subject), cue=cue, spans=(),
            source=tagged.span(subject.low, subject.high),
        )  # fmt: skip


def _words(text: str, inner: Span) -> Span:
    """Quoted words without white space and without the comma that ends them."""
    words = inner.of(text)
    start = inner.start + len(words) - len(words.lstrip())
    return Span(start, max(start, start + len(words.strip().rstrip(", "))))


def _chained(found: list[Attribution]) -> list[Attribution]:
    """Each attribution with who attributes it: whatever holds its speaker and content in its own content."""
    out = []
    for one in found:
        holders = [
            o
            for o in found
            if o is not one and o.speaker and one.speaker and o.start <= one.speaker.start and one.end <= o.end
            and any(s.start <= one.speaker.start and one.speaker.end <= s.end for s in o.spans)
        ]  # fmt: skip
        holders.sort(key=lambda o: o.end - o.start)
        out.append(replace(one, via=(*one.via, *(o.speaker for o in holders if o.speaker))))
    return out
