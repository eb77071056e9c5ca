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
from functools import lru_cache

from generator.extract.marks import Quote
from generator.lexicon import Lexicons
from generator.model import Span

TOKEN = re.compile(
    r"\([^()\n]{1,60}+\)|(?:\w++|(?<=\d),(?=\d{3}))(?:(?:[.'’&/-]|,(?=\d))\w++)*+(?:(?<=[sS])['’](?!\w))?|-{2,}|(?<=\s)-(?=\s)|[–—―,;]|:(?=\s|$)"
)
LETTERS = {
    "pronoun": "P",
    "object": "J",
    "determiner": "D",
    "number": "M",
    "auxiliary": "A",
    "adverb": "E",
    "relative": "W",
    "that": "H",
    "question": "U",
    "preposition": "R",
    "of": "O",
    "to": "T",
    "and": "K",
    "conjunction": "B",
    "verb": "L",
}
DASHES = "–—―-"
SENTENCE_LIKE = re.compile(r"[.!?…,—–-]['’”]?$")


JOINED = re.compile(r"CK[DMGN]{0,3}C+$")


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of attribution: what may follow it, and which of its forms was met."""

    takes: frozenset[str]
    form: str
    """base, present, past or ing."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The lexicon `quotations`, by word."""

    letters: Mapping[str, str]
    verbs: Mapping[str, Verb]
    particles: Mapping[tuple[str, str], Verb]
    times: frozenset[str]
    titles: frozenset[str]
    mediums: frozenset[str]
    openers: frozenset[tuple[str, ...]]
    quoted: frozenset[str]
    citing: frozenset[str]
    sources: frozenset[str]
    be: frozenset[str]
    plurals: frozenset[str]
    nouns: frozenset[str]
    unreal: frozenset[str]
    circumstances: frozenset[str]
    saying_nouns: frozenset[str]
    owners: frozenset[str]
    wording: frozenset[str]
    roughly: frozenset[str]
    never_nouns: frozenset[str]
    """Base forms of verbs of speech that are no nouns: they speak after any subject (`critics in Kolm say`)."""


def _forms(line: str) -> list[tuple[str, str]]:
    base, *rest = line.split()
    kinds = [(base, "base" if len(rest) > 2 else "past")]  # "read reads reading": its past looks like its base
    for word in rest:
        kinds.append((word, "ing" if word.endswith("ing") else "present" if not kinds[1:] else "past"))
    return kinds


@lru_cache(maxsize=4)
def vocabulary(lexicons: Lexicons) -> Vocabulary:
    """The lexicon compiled; once for each set of lexicons."""
    table = lexicons["quotations"]
    letters = {word: LETTERS[kind] for kind in reversed(LETTERS) for word in table["words"][kind]}
    verbs: dict[str, Verb] = {}
    particles: dict[tuple[str, str], Verb] = {}
    for group in table["verbs"]:
        for line in group["forms"]:
            for word, form in _forms(line):
                takes = frozenset(group["takes"])
                if particle := group.get("particle"):
                    known = particles.get((word, particle))
                    particles[word, particle] = Verb(takes | known.takes if known else takes, form)
                else:
                    seen = verbs.get(word)
                    verbs[word] = Verb(takes | seen.takes, seen.form) if seen else Verb(takes, form)
    clausal = {line.split()[0] for group in table["verbs"] if "clause" in group["takes"] for line in group["forms"]}
    nouns = frozenset(table["nouns"])
    lists = (
        "titles",
        "mediums",
        "quoted",
        "citing",
        "sources",
        "be",
        "plurals",
        "nouns",
        "unreal",
        "roughly",
        "circumstances",
        "saying_nouns",
        "owners", "wording",
    )
    return Vocabulary(
        letters=letters,
        verbs=verbs,
        particles=particles,
        times=frozenset(table["time"]),
        never_nouns=frozenset(base for base in clausal if not nouns & {base + "s", base[:-1] + "ies"}),
        openers=frozenset(tuple(opener.split()) for opener in table["openers"]),
        **{name: frozenset(table[name]) for name in lists},
    )


@dataclass(frozen=True, slots=True)
class Tagged:
    """A paragraph's tokens: `tags[i]` is the letter, `words[i]` the lower-case word, of `starts[i]:ends[i]`."""

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
        self.tags: list[str] = []
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.verbs: dict[int, Verb] = {}
        self.quotes: dict[int, Quote] = {}

    def add(self, tag: str, word: str, start: int, end: int) -> None:
        if tag in "CNL" and self.tags and self.words[-1] == "one":
            self.tags[-1] = "M"  # "one official"
        elif tag == "M" and self.tags and self.words[-1] in self.known.roughly:
            self.tags[-1] = "D"  # "about 20 people"
        self.tags.append(tag)
        self.words.append(word)
        self.starts.append(start)
        self.ends.append(end)

    def words_between(self, start: int, end: int) -> None:
        for found in TOKEN.finditer(self.text, start, end):
            word = found.group()
            if word[0] == "(":
                continue
            if not (word[0].isalnum() or word[0] == "_"):
                self.add("-" if word[0] in DASHES else word[0], word, found.start(), found.end())
                continue
            if found.start() in self.named:
                self.add("G" if word.endswith(("'s", "’s")) else "C", word.lower(), found.start(), found.end())
                continue
            self.word(word, found.start(), found.end())

    def word(self, word: str, start: int, end: int) -> None:
        known, tags = self.known, self.tags
        low = word.lower()
        last = tags[-1] if tags else "."
        opening = last in ".!:Q" or not tags
        noun = last == "N" and len(tags) > 1 and tags[-2] in "DG"  # "a call for"
        if last in "VINLAC" and not noun and (verb := known.particles.get((self.words[-1] if tags else "", low))):
            self.tags[-1] = "I" if verb.form == "ing" and last != "V" else "V"
            self.verbs[len(tags) - 1] = verb
            self.ends[-1] = end
            return
        if self.words and (self.words[-1], low) in known.openers:
            self.tags[-1] = "Y"
            self.ends[-1] = end
            return
        if word[0].isdigit():
            self.add("M", low, start, end)
        elif word[0].isupper() and not opening and low not in ("i", "the"):
            if low in known.times:
                self.add("Z", low, start, end)
            else:
                self.add("G" if word[-2:] in ("'s", "’s", "s'", "s’") else "C", low, start, end)
        elif low in known.verbs and self.is_verb(low, last):
            verb = known.verbs[low]
            self.verbs[len(tags)] = verb
            self.add("I" if verb.form == "ing" and not self.follows_be() else "V", low, start, end)
        elif (letter := known.letters.get(low)) is not None:
            self.add(letter, low, start, end)
        elif low in known.times:
            self.add("Z", low, start, end)
        elif word[-2:] in ("'s", "’s", "s'", "s’"):
            self.add("G", low, start, end)
        elif word[0].isupper():
            self.add("C", low, start, end)
        elif low.endswith("ly") and len(low) > 4:
            self.add("E", low, start, end)
        else:
            self.add("L" if low.endswith("ed") and len(low) > 3 else "N", low, start, end)

    def follows_be(self) -> bool:
        """Whether a form of `be` comes right before the next word, or adverbs between: `is once again calling`."""
        i = len(self.tags) - 1
        while i > 0 and self.tags[i] == "E":
            i -= 1
        return i >= 0 and self.words[i] in self.known.be

    def is_verb(self, low: str, last: str) -> bool:
        """Whether a word that could be a verb of attribution is one here, by the token before it."""
        form = self.known.verbs[low].form
        if form == "ing":
            return last not in "DGO" and low not in self.known.letters  # "regarding" is a preposition
        if form == "present" and last == "N" and low in self.known.nouns and self.words[-1].endswith("s"):
            return False  # "savings plans"
        if last in "DGOM" or (last == "R" and form != "past"):
            return False
        if form == "base":
            before = self.words[-1] if self.words else ""
            if last in "ATEPKW" or before in self.known.plurals or (last in "CNZ" and before.endswith("s")):
                return True
            if last == "C" and JOINED.search("".join(self.tags[-8:])):  # "Lund and Oost call it"
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
            "",
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
    """Whether quoted words are the title of a work or a heading: few, and none of four letters or more in lower case."""
    long = [word for word in words.split() if len(word) > 3]
    return 1 < len(long) < 10 and all(word[0].isupper() for word in long)


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
