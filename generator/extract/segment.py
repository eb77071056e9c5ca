"""Paragraphs, sentences and words of a text, by offset; nothing is normalised away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from generator.lexicon import Lexicons
from generator.model import Span

BULLET = r"[•▪‣◦·*-][^\S\n]+"
# A blank line ends a paragraph, and so does the bullet of a list.
PARAGRAPH = re.compile(rf"\S[^\n]*+(?:\n(?![^\S\n]*\n|[^\S\n]*{BULLET})[^\n]*+)*+")
LISTED = re.compile(BULLET)
PAIR = re.compile(r"[^|\n]{1,80} \| [^|\n]{0,79}[^|\n.!?]")
"""A row of two cells by itself: no sentence, as it has no end of one."""
CELLS = 3
"""Parts between bars that make a row of a table of a line, which is no sentence."""
WORD = re.compile(r"\w+(?:[.'’&/-]\w+)*")
# The end of a sentence: its stop, then the closing marks that belong to it, then white space and what may open the next.
# It is sought by its first mark, which comes before what must not stand in front of it: that is quicker.
STOP = re.compile(r"""[.!?…](?<![.!?…]{2})[.!?…]*+["'”’»)\]]*+(?=\s++["'“‘«(\[]*+[\w$€£¥+#-])""")
LONGEST = 2000
"""Characters of a sentence: a text without stops, such as a transcript of speech, is cut, so that rules about
sentences cost no more for it."""
INITIALS = re.compile(r"(?:\b[^\W\d_]\.)+$")


PLAIN = re.compile(r"[^\W_]+")
"""A word or number where text is cut at every mark."""


@dataclass(frozen=True, slots=True)
class Segments:
    """The frame that every layer of annotation stands on."""

    text: str
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]
    """In order; each lies within one paragraph, has no outer white space, and keeps its closing quotation mark."""


@lru_cache(maxsize=4)
def _abbreviations(lexicons: Lexicons) -> tuple[frozenset[str], frozenset[str]]:
    lists = lexicons["segments"]["abbreviations"]
    never = frozenset(word for name, words in lists.items() if name != "firms" for word in words)
    return never, frozenset(lists["firms"])


def _ends(text: str, stop: re.Match[str], lexicons: Lexicons) -> bool:
    """Whether a full stop that could end a sentence does."""
    mark = stop.group()
    following = text[stop.end() : stop.end() + 40].lstrip()
    opener = following.lstrip("\"'“‘«([")[:1]
    if mark[0] != ".":  # `"Really?" she asked`: the sentence goes on in lower case
        return not opener.islower()
    if opener.islower():
        return False
    if len(mark) > 1:
        return True
    before = text[max(0, stop.start() - 40) : stop.start()].split()
    word = before[-1].lstrip("\"'“‘«([") if before and not text[stop.start() - 1].isspace() else ""
    never, firms = _abbreviations(lexicons)
    if word in never:
        return word[0].islower() and opener.isupper() and word not in ("e.g", "i.e", "vs", "no", "nos")
    if INITIALS.search(word + "."):
        # `J. Smith` goes on; `the U.S. The bill` does not: a capitalised function word opens a new sentence.
        return "." in word and bool(
            re.match(r"[\"“‘]?(?:The|A|An|In|On|At|It|He|She|They|But|And|This|That|We|I)\b", following)
        )
    if word in firms:
        return bool(re.match(r"[\"“‘]?(?:The|A|An|In|On|At|It|He|She|They|But|And|This|That|We|I)\b", following))
    return True


def _bounded(text: str, start: int, end: int) -> Iterator[Span]:
    """A sentence, cut where it is longer than any that somebody means to be read."""
    while end - start > LONGEST:
        cut = max(text.rfind(mark, start + LONGEST // 2, start + LONGEST) for mark in (",", ";", " ")) + 1
        cut = cut if cut > start else start + LONGEST
        yield Span(start, start + len(text[start:cut].rstrip()))
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield Span(start, end)


def _sentences(text: str, paragraph: Span, lexicons: Lexicons) -> Iterator[Span]:
    if text.count("|", paragraph.start, paragraph.end) >= CELLS - 1 or PAIR.fullmatch(
        text, paragraph.start, paragraph.end
    ):
        return
    bullet = LISTED.match(text, paragraph.start, paragraph.end)
    start = bullet.end() if bullet else paragraph.start
    for stop in STOP.finditer(text, paragraph.start, paragraph.end):
        if _ends(text, stop, lexicons):
            yield from _bounded(text, start, stop.end())
            start = stop.end()
            while text[start].isspace():
                start += 1
    yield from _bounded(text, start, paragraph.end)


def segment(text: str, lexicons: Lexicons) -> Segments:
    """Cut a text into paragraphs (at blank lines) and sentences."""
    paragraphs = tuple(Span(m.start(), m.start() + len(m.group().rstrip())) for m in PARAGRAPH.finditer(text))
    sentences = tuple(s for paragraph in paragraphs for s in _sentences(text, paragraph, lexicons))
    return Segments(text, paragraphs, sentences)
