"""Quotations and other attributions: what is said, who says it, and through whom it reached the article."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from generator.extract import speakers
from generator.extract.marks import Quote, pair_marks, quoted_spans
from generator.extract.segment import Segments
from generator.extract.speakers import Subject
from generator.extract.tagged import Tagged, Verb, Vocabulary, tag, vocabulary
from generator.lexicon import Lexicons
from generator.model import Span

__all__ = ["Attribution", "NameLike", "find_quotations", "quoted_spans"]

Kind = Literal["direct", "mixed", "indirect"]
BE = frozenset("is are was were be been being isn't aren't wasn't weren't isn’t aren’t wasn’t weren’t".split())
FINITE = re.compile(r"[AVLPqQ]")
# What may stand between the verb and what was said: days, adverbs, "in a statement", "during a visit to Kolm".
ADJUNCT = re.compile(r"(?:[ZEJ]|R[DMEG]*[CNGLZM]+(?:[ORT][DME]*[CNGLM]+)*|RZ)*,?(?=H)|(?:[ZEJ]|RZM?|R[DMEG]*[CN]{1,3}(?:[OR]D*[CN]{1,3}(?![A-Z]))?)*")
PERSON = re.compile(r"J|P(?![AVE])|[DM]*[CNGM]+(?:[OR]D*[CNG]+)?(?:K[DM]*[CNG]+)?")
NOUN = re.compile(r"[DGCNMqJPQLWU]")
CLAUSE = re.compile(r"[DGCNMqPRBEUWLI]")


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


@dataclass(frozen=True, slots=True)
class _Hit:
    """An attribution in tokens of its paragraph: content pieces and what attributes them."""

    pieces: tuple[tuple[int, int], ...]
    subject: Subject | None
    cue: tuple[int, int]
    extent: tuple[int, int]
    """From the first token of the subject to the last of the verb and its adjuncts."""
    via: tuple[Subject, ...] = ()
    direct: bool = False


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
        hits = _hits(tagged, self.known)
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

    def attribution(self, tagged: Tagged, hit: _Hit) -> Attribution:
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
        self, tagged: Tagged, taken: set[int], last: Attribution | None, directs: list[tuple[_Hit, Attribution]]
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
        cue = tagged.span(_auxiliaries(tags, at), at + 1)
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


def _auxiliaries(tags: str, cue: int) -> int:
    """Where the verb group of a cue starts."""
    low = cue
    while low > 0 and tags[low - 1] in "AE":
        low -= 1
    return low


def _hits(tagged: Tagged, known: Vocabulary) -> list[_Hit]:
    """The attributions of one paragraph, in the order of their verbs; contents end where the next verb's own words start."""
    tags = tagged.tags
    hits: list[_Hit] = []
    cues = sorted([*tagged.verbs, *(i for i, t in enumerate(tags) if t == "Y")])
    for cue in cues:
        for rule in RULES:
            if hit := rule(tagged, cue, known):
                hits.append(hit)
                break
    return _cut(tagged, hits)


def _cut(tagged: Tagged, hits: list[_Hit]) -> list[_Hit]:
    """Keep the words that attribute a statement out of what the statement before them says."""
    out = []
    for hit in hits:
        pieces = list(hit.pieces)
        for other in hits:
            low, high = other.extent
            if other is hit or not pieces or hit.direct:
                continue
            last_low, last_high = pieces[-1]
            ends_it = tagged.tags[low - 1] in ",-K" if low else False
            if ends_it and last_low < low - 1 and low < last_high and high >= last_high - 1:
                pieces[-1] = (last_low, low - 1)
            elif tagged.tags[other.cue[0]] == "I" and tagged.tags[other.cue[0] - 1] == "," and last_low < other.cue[0] - 1 < last_high and hit.cue[0] < other.cue[0] and hit.pieces[0][0] > hit.cue[0]:
                pieces[-1] = (last_low, other.cue[0] - 1)
        out.append(replace(hit, pieces=tuple(pieces)))
    return out


def _sentence(tags: str, at: int) -> tuple[int, int]:
    """The tokens of the sentence that holds token `at`."""
    low = at
    least = max(0, at - 200)
    while low > least and tags[low - 1] not in ".!":
        low -= 1
    high = at
    while high < len(tags) and tags[high] not in ".!":
        high += 1
    return low, high


def _more_speech(tags: str, at: int) -> list[tuple[int, int]]:
    """Quotations that follow one another from token `at`, with nothing but stops between them."""
    pieces = []
    while at < len(tags) and (tags[at] in "Q" or (tags[at] == "q" and not pieces)):
        pieces.append((at, at + 1))
        at += 1
        while at < len(tags) and tags[at] in ".!,":
            at += 1
    return pieces


def _passive(tagged: Tagged, cue: int) -> bool:
    """Whether a form of `be` makes a past participle of the verb."""
    if tagged.tags[cue] != "V" or tagged.verbs[cue].form != "past":
        return False
    low = _auxiliaries(tagged.tags, cue)
    return any(tagged.words[i] in BE for i in range(low, cue)) and tagged.words[cue - 1] not in ("has", "have", "had")


def _quoted_as_saying(tagged: Tagged, cue: int, known: Vocabulary) -> _Hit | None:
    """`"A," X was quoted as saying by Y` and `X was quoted by Y as saying that A`: Y reports what X says."""
    tags, words = tagged.tags, tagged.words
    if tags[cue] != "I" or cue < 3 or words[cue - 1] != "as":
        return None
    quoted = next((i for i in range(cue - 2, max(0, cue - 12), -1) if words[i] in ("quoted", "cited", "reported")), -1)
    if quoted < 0:
        return None
    via: tuple[Subject, ...] = ()
    end = cue + 1
    by = quoted + 1 if words[quoted + 1] == "by" else cue + 1 if words[cue + 1 : cue + 2] == ["by"] else -1
    if by >= 0 and (reporter := speakers.after(tagged, by + 1)):
        via = (reporter,)
        end = max(end, reporter.high)
    if words[quoted - 1] in BE:
        subject = speakers.before(tagged, quoted)
    else:  # "Y quoted X as saying"
        subject = speakers.after(tagged, quoted + 1)
        reporter = speakers.before(tagged, quoted)
        via = (reporter,) if reporter else ()
    if subject is None:
        return None
    extent = (min(subject.low, via[0].low if via else subject.low), end)
    hit = _speech_before(tagged, extent, subject, (quoted, cue + 1)) or _content_after(tagged, cue, end, subject, known)
    return replace(hit, via=via, cue=(_auxiliaries(tags, quoted), cue + 1)) if hit else None


def _according_to(tagged: Tagged, cue: int, known: Vocabulary) -> _Hit | None:
    """`According to X, A` and `A, according to X`."""
    tags = tagged.tags
    if tags[cue] != "Y" or not (subject := speakers.after(tagged, cue + 1)):
        return None
    low, high = _sentence(tags, cue)
    extent = (cue, subject.high)
    comma = tags.find(",", subject.high, high)
    if cue - low <= 1 and comma > 0:
        pieces: tuple[tuple[int, int], ...] = ((comma + 1, high),)
        if comma + 1 >= high:
            return None
    elif cue > low:
        start = low
        if tags[low] in "Q" or tags[low : cue].strip(",") in ("q", "Q"):
            return _Hit(tuple(_more_speech(tags, low)), subject, (cue, cue + 1), extent, (), True)
        pieces = ((start, cue),)
        if 0 <= comma < high - 4 and tags[cue - 1] == ",":
            pieces = ((start, cue), (comma + 1, high))
    else:
        return None
    return _Hit(pieces, subject, (cue, cue + 1), extent)


def _speech_before(
    tagged: Tagged, extent: tuple[int, int], subject: Subject | None, cue: tuple[int, int]
) -> _Hit | None:
    """`"A," X said.`, `"A," X said, "B."`, `The plan is "a mistake," X said.`"""
    tags = tagged.tags
    low, high = extent
    before = low - 1
    while before >= 0 and tags[before] in ",-!E" and not (tags[before] == "E" and low - before > 2):
        before -= 1
    if before < 0 or tags[before] not in "Qq" or tags[before + 1 : low].count("E") > 1:
        return None
    start, _ = _sentence(tags, before)
    cue = (_auxiliaries(tags, cue[0]), cue[1])
    if tags[before] == "Q" or before == start:
        pieces = [(before, before + 1)]
        while pieces[0][0] > 1 and tags[pieces[0][0] - 1] in "!." and tags[pieces[0][0] - 2] == "Q":
            pieces.insert(0, (pieces[0][0] - 2, pieces[0][0] - 1))
        direct = True
    else:
        pieces, direct = [(start, before + 1)], False
    at = high
    if at < len(tags) and tags[at] in ",.!:;-":
        after = at + 1
        if after < len(tags) and tags[after] == "B":
            after += 1
        pieces += _more_speech(tags, after) if direct and (tags[at] not in ".!" or tags[after : after + 1] == "Q") else []
    return _Hit(tuple(pieces), subject, cue, extent, (), direct)


def _adjuncts(tagged: Tagged, at: int) -> int:
    """The token after what may stand between a verb and what was said."""
    found = ADJUNCT.match(tagged.tags, at)
    return found.end() if found else at


def _after_content(tagged: Tagged, cue: int, known: Vocabulary) -> _Hit | None:
    """The verb follows what was said: `A, X said` and `A, said X`; the content runs to the sentence's start."""
    tags = tagged.tags
    verb = tagged.verbs.get(cue)
    if verb is None or tags[cue] != "V" or not verb.takes & {"quote", "clause", "that"} or _passive(tagged, cue):
        return None
    group = _auxiliaries(tags, cue)
    if group > 0 and tags[group - 1] in "Qq," and "quote" in verb.takes and (subject := speakers.after(tagged, cue + 1)):
        if group > 1 and (tags[group - 1] in "Qq" or tags[group - 2] in "Qq"):
            end = subject.high
            while tags[end : end + 1] == "," and (stop := _apposition_end(tags, end)):
                end = stop
            if hit := _speech_before(tagged, (group, _adjuncts(tagged, end)), subject, (cue, cue + 1)):
                return hit
        elif tags[group - 1] == "," and tags[_adjuncts(tagged, subject.high)] in ".!," and tags[cue - 1] == ",":
            start, _ = _sentence(tags, cue)
            if start < group - 2:
                return _Hit(((start, group - 1),), subject, (cue, cue + 1), (group, subject.high))
    subject = speakers.before(tagged, cue)
    if subject is None or subject.start == 0:
        return None
    low = subject.start
    end = cue + 1
    if "person" in verb.takes and (person := PERSON.match(tags, end)):
        end = person.end()
    end = _adjuncts(tagged, end)
    if tags[low - 1] in "Qq" or (tags[low - 1] in ",-!E" and low > 1 and tags[low - 2] in "Qq"):
        if "quote" in verb.takes or tags[end] in ".!,":
            return _speech_before(tagged, (low, end), subject, (cue, cue + 1))
    if tags[low - 1] not in ",-" or tags[end] not in ".!,;-":
        return None
    start, high = _sentence(tags, low)
    if low - 1 - start < 2 or not FINITE.search(tags, start, low - 1):
        return None
    pieces: tuple[tuple[int, int], ...] = ((start, low - 1),)
    if tags[end] in ",-" and high - end > 3 and tags[end + 1] not in "IB" and not FINITE.search(tags, start, low - 1):
        pieces = (*pieces, (end + 1, high))
    return _Hit(pieces, subject, (group, cue + 1), (low, end))


def _apposition_end(tags: str, comma: int) -> int:
    """The token after `, a lawyer in Kolm` where that stands at `comma`; 0 if it does not."""
    found = re.compile(r",(?:[DMG]*[CNGL]+|W)[^.!,;:QqV]{0,20}").match(tags, comma)
    return found.end() if found and tags[found.end()] in ".!," else 0


def _before_content(tagged: Tagged, cue: int, known: Vocabulary) -> _Hit | None:
    """The verb comes first: `X said (that) A`, `X said: "A"`, `…, stressing A`, `X called for A`."""
    verb = tagged.verbs.get(cue)
    if verb is None or _passive(tagged, cue):
        return None
    tags = tagged.tags
    if tags[cue] == "I" and (cue == 0 or tags[cue - 1] in ",KRTBE" or tags[cue - 1] in ".!"):
        subject = speakers.main(tagged, cue)
    else:
        subject = speakers.before(tagged, cue)
    if subject is None:
        return None
    return _content_after(tagged, cue, cue + 1, subject, known)


def _content_after(tagged: Tagged, cue: int, end: int, subject: Subject, known: Vocabulary) -> _Hit | None:
    """What follows the verb (from token `end` on), if it is something that the verb takes."""
    tags = tagged.tags
    verb = tagged.verbs[cue]
    high = _content_end(tags, end)
    at = end
    if "person" in verb.takes and (person := PERSON.match(tags, end)) and person.end() < high:
        at = person.end()
    at = _adjuncts(tagged, at)
    found = _taken(tagged, verb, at, end, high)
    if found is None:
        return None
    start, direct = found
    extent = (subject.low, at)
    group = (_auxiliaries(tags, cue), cue + 1)
    if direct:
        return _Hit(tuple(_more_speech(tags, start)), subject, group, extent, (), True)
    return _Hit(((start, high),), subject, group, extent) if start < high else None


def _content_end(tags: str, at: int) -> int:
    """Where a clause that starts at token `at` ends at the latest."""
    while at < len(tags) and tags[at] not in ".!;":
        at += 1
    return at


def _taken(tagged: Tagged, verb: Verb, at: int, end: int, high: int) -> tuple[int, bool] | None:
    """The first token of what the verb takes, and whether it is direct speech."""
    tags, takes = tagged.tags, verb.takes
    next_ = tags[at] if at < len(tags) else "."
    if "quote" in takes or "clause" in takes:
        speech = at + 1 if next_ in ",:-" else at
        if tags[speech : speech + 1] == "Q" or (tags[speech : speech + 1] == "q" and next_ in ",:"):
            alone = tags[speech + 1 : speech + 2] in (".", "!", ",", "")
            return (speech, True) if tags[speech] == "Q" or alone else (speech, False)
        if next_ == ":" and at + 1 < high:
            return at + 1, False
        if next_ == "," and tags[at + 1 : at + 2] == "H":
            return at + 1, False
    if next_ == "H" and takes & {"that", "clause", "quote"}:
        return at, False
    if next_ == "U" and takes & {"that", "whether", "clause"}:
        return at, False
    if next_ == "T" and takes & {"to"}:
        return at, False
    if next_ == "q" and takes & {"quote", "clause", "that"}:
        return at, False
    if "clause" in takes and CLAUSE.match(tags, at) and FINITE.search(tags, at, high):
        return at, False
    if "that" in takes and CLAUSE.match(tags, at) and _clause_like(tags, at, high):
        return at, False
    if "label" in takes and NOUN.match(tags, end) and ("q" in tags[end:high] or "Q" in tags[end:high] or "R" in tags[end:high]):
        return end, False
    if takes & {"noun"} and NOUN.match(tags, end):
        return end, False
    return None


def _clause_like(tags: str, at: int, high: int) -> bool:
    """Whether a bare clause starts here: a noun phrase or pronoun, then an auxiliary."""
    return bool(re.compile(r"P|[DMG]*[CNG]+(?:[OR]D*[CNG]+)?E*A").match(tags, at, high))


RULES = (_quoted_as_saying, _according_to, _after_content, _before_content)
"""Tried in order for each verb of attribution; the first that holds makes the attribution."""
