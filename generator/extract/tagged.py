"""A paragraph as a string of one-letter tags, so that rules about who speaks are regular expressions over it.

Each word, comma, colon, semicolon, dash and outermost quotation is one token and one letter:

    C name or capitalised   N other word     D determiner   M number        G genitive       P pronoun (subject)
    J pronoun (object)      A auxiliary      E adverb       L other verb    O of   T to      R preposition
    K and, or               B conjunction    W relative     H that          U how, whether   Z day or time word
    V verb of attribution   I its -ing form  Y according to Q quotation     q quoted phrase
    .  end of sentence      !  end of sentence after a quotation            , : ; -

What stands in short parentheses is left out.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from generator.extract.marks import Quote
from generator.extract.vocabulary import Shape, Verb, Vocabulary
from generator.model import Span

TOKEN = re.compile(
    r"\([^()\n]{1,60}+\)|(?:\w++|(?<=\d),(?=\d{3}))(?:(?:[.'’&/-]|,(?=\d))\w++)*+(?:(?<=[sS])['’](?!\w))?|-{2,}|(?<=\s)-(?=\s)|[–—―,;]|:(?=\s|$)"
)
DASHES = "–—―-"
SENTENCE_LIKE = re.compile(r"[.!?…,—–-]['’”]?$")


AFTER_SPEECH = re.compile(r"Q,?(?:P|C{1,4})$")
JOINED = re.compile(r"CK[DMGN]{0,3}C+$")


@dataclass(frozen=True, slots=True)
class Tagged:
    """A paragraph's tokens: `tags[i]` is the letter, `words[i]` the lower-case word, of `starts[i]:ends[i]`.

    The word of a quotation is the stop that ends it, or empty.
    """

    tags: str
    words: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    verbs: Mapping[int, Verb]
    quotes: Mapping[int, Quote]

    def span(self, low: int, high: int) -> Span:
        """The stretch of text that tokens `low` to `high` (exclusive) cover."""
        return Span(self.starts[low], self.ends[high - 1])


class _Tagger:
    """Collects the tokens of one paragraph from left to right."""

    def __init__(self, text: str, known: Vocabulary, named: Collection[int]) -> None:
        self.text, self.known, self.named = text, known, named
        self.shapes, self.unsettled = known.shapes, known.unsettled
        self.tags: list[str] = []
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.verbs: dict[int, Verb] = {}
        self.quotes: dict[int, Quote] = {}

    def add(self, tag: str, word: str, start: int, end: int) -> None:
        self.tags.append(tag)
        self.words.append(word)
        self.starts.append(start)
        self.ends.append(end)

    def words_between(self, start: int, end: int) -> None:
        named, read, shapes, unsettled = self.named, self.word, self.shapes, self.unsettled
        tags, words, starts, ends = self.tags, self.words, self.starts, self.ends
        for found in TOKEN.finditer(self.text, start, end):
            word, (start, end) = found[0], found.span()
            if start in named:
                if self.words and self.words[-1] in self.unsettled:
                    self.settled("C", "")
                self.add("G" if word.endswith(("'s", "’s")) else "C", word.lower(), start, end)
            elif word[0].isalnum() or word[0] == "_":
                shape = shapes[word]
                if shape.asks or (words and words[-1] in unsettled):
                    read(shape, start, end)
                else:  # most words
                    tags.append(shape.alone)
                    words.append(shape.low)
                    starts.append(start)
                    ends.append(end)
            elif word[0] != "(":
                self.add("-" if word[0] in DASHES else word[0], word, start, end)

    def word(self, shape: Shape, start: int, end: int) -> None:
        low, looks_back, inside, verb, tag, _ = shape
        last = self.tags[-1] if self.tags else "."
        if looks_back and self.joins(low, last, end):
            return
        if not verb and low[-2:] == "ed" and AFTER_SPEECH.search("".join(self.tags[-6:])):
            verb = self.known.verbs.get("said")  # `"No," she sobbed.`
        if inside and last not in ".!:Q":
            tag = inside
        elif verb and self.is_verb(verb, low, last):
            tag = "I" if verb.form == "ing" and not self.follows_be() else "V"
            self.verbs[len(self.tags)] = verb
        if self.words and self.words[-1] in self.unsettled:
            tag = self.settled(tag, low)
        self.tags.append(tag)
        self.words.append(low)
        self.starts.append(start)
        self.ends.append(end)

    def settled(self, tag: str, low: str) -> str:
        """The tag of a word that settles what the one before it is: `one official`, `about 20 people`, `this week`."""
        before = self.words[-1]
        if before == "one":
            if tag in "CNLO":
                self.tags[-1] = "M"
        elif before in self.known.nearby:
            if tag == "N" and low in self.known.periods:
                self.tags[-1] = tag = "Z"
        elif tag == "M":
            self.tags[-1] = "D"
        return tag

    def joins(self, low: str, last: str, end: int) -> bool:
        """Let the particle of a verb, or the `to` of `according to`, join the token before it."""
        before = self.words[-1] if self.words else ""
        noun = last == "N" and len(self.tags) > 1 and self.tags[-2] in "DG"  # "a call for"
        if last in "VINLAC" and not noun and (verb := self.known.particles.get((before, low))):
            self.tags[-1] = "I" if verb.form == "ing" and last != "V" else "V"
            self.verbs[len(self.tags) - 1] = verb
        elif (before, low) in self.known.openers:
            self.tags[-1] = "Y"
        else:
            return False
        self.ends[-1] = end
        return True

    def follows_be(self) -> bool:
        """Whether a form of `be` comes right before the next word, or adverbs between: `is once again calling`."""
        i = len(self.tags) - 1
        while i > 0 and self.tags[i] == "E":
            i -= 1
        return i >= 0 and self.words[i] in self.known.be

    def is_verb(self, verb: Verb, low: str, last: str) -> bool:
        """Whether a word that could be a verb of attribution is one here, by the token before it."""
        form = verb.form
        if form == "ing":
            return last not in "DGO" and low not in self.known.letters  # "regarding" is a preposition
        if form == "present" and last == "N" and low in self.known.nouns and self.words[-1].endswith("s"):
            return False  # "savings plans"
        if form == "present" and (
            low in self.known.nouns if last == "V" else last == "L" and low in self.known.saying_nouns
        ):
            return False  # "announced plans", "voiced fears"
        counted = last == "M" and len(self.tags) > 1 and self.tags[-2] == "O"  # "a mother of three replied"
        if (last in "DGOM" and not counted) or (last == "R" and form != "past"):
            return False
        if form == "base":
            before = self.words[-1] if self.words else ""
            if last in "ATEPKW" or before in self.known.plurals or (last in "CNZ" and before.endswith("s")):
                return True
            if last == "C" and JOINED.search("".join(self.tags[-8:])):  # "Lund and Hael call it"
                return True
            return last in "CNJ" and low in self.known.never_nouns
        return True


def tag(
    text: str,
    paragraph: Span,
    sentences: Sequence[Span],
    quotes: Sequence[Quote],
    named: Collection[int],
    known: Vocabulary,
) -> Tagged:
    """Tag a paragraph; `sentences` and outermost `quotes` are those in it, `named` holds where words of names start."""
    tagger = _Tagger(text, known, named)
    at = paragraph.start
    stops = deque(s.start for s in sentences if s.start > paragraph.start)
    for quote in (*quotes, None):
        until = quote.outer.start if quote else paragraph.end
        while stops and stops[0] <= until:
            stop = stops.popleft()
            tagger.words_between(at, stop)
            tagger.add("!" if tagger.tags and tagger.tags[-1] in "Qq" else ".", ".", stop - 1, stop)
            at = stop
        tagger.words_between(at, until)
        if quote is None:
            break
        words = quote.inner.of(text)
        tagger.quotes[len(tagger.tags)] = quote
        tagger.add(
            "Q"
            if _is_speech(
                words, "." if "\n" in text[max(at, quote.outer.start - 3) : quote.outer.start] else tagger.tags[-1:]
            )
            else "q",
            words.rstrip()[-1:] if words.rstrip().endswith((".", "!", "?")) else "",
            quote.outer.start,
            quote.outer.end,
        )
        if words.rstrip().endswith(","):
            tagger.add(",", ",", quote.outer.end - 1, quote.outer.end)
        at = quote.outer.end
        while stops and stops[0] < at:
            stops.popleft()
    tagger.add(".", ".", paragraph.end, paragraph.end)
    return Tagged("".join(tagger.tags), tagger.words, tagger.starts, tagger.ends, tagger.verbs, tagger.quotes)


def _is_title(words: str) -> bool:
    """Whether quoted words are the title of a work or a heading: a few words, and only short ones in lower case."""
    parts = words.split()
    capitals = sum(word[0].isupper() for word in parts[1:])
    return 2 < len(parts) < 12 and capitals > 1 and all(word[0].isupper() or len(word) < 4 for word in parts)


def _is_speech(words: str, before: Sequence[str]) -> bool:
    """Whether quoted words look like speech (`Q`) and not like a phrase in a sentence (`q`), by how they start
    and what comes before them."""
    first = next((c for c in words if c.isalnum()), "a")
    if _is_title(words):
        return False
    last = before[-1] if before else "."
    if last in ".!":
        return len(words.split()) > 3 or bool(SENTENCE_LIKE.search(words.rstrip()))
    return not first.islower() and last in ",:-VIJZ;Q"
