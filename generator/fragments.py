"""Links to the very words within an article on the web: `#:~:text=start,end`.

After the draft report URL Fragment Text Directives (WICG): a browser seeks `[prefix-,]start[,end][,-suffix]`,
each part percent-encoded with `-`, `&` and `,` too, and takes the first place where all of it holds. It
compares base letters alone, without case and accents, and finds a part only within one block of text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, unquote

from generator.model import Span

SHORT = 6
"""Words up to which the words themselves are the directive; what is longer is told by its first and last ones."""
ENDS = 4
"""Words at either end of a longer stretch."""
AROUND = 10
"""Words before and after, at the most, where the same words stand in several places."""
WORD = re.compile(r"\w+(?:[.,:;'’·]\w+)*")
"""Never cut by a browser: boundaries of Unicode Standard Annex 29, or wider."""
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‘’‚‛′", "'"))


def whole_words(span: Span, text: str) -> Span | None:
    """A stretch from its first word to its last one, cut words made whole; None where it has none."""
    first = last = None
    at = span.start
    while at and not text[at - 1].isspace():
        at -= 1
    for word in WORD.finditer(text, at):
        if word.start() >= span.end:
            break
        if word.end() > span.start:
            first, last = first or word, word
    return Span(first.start(), last.end()) if first and last else None


def encoded(words: str) -> str:
    """Words as a part of a directive."""
    return quote(" ".join(words.split()), safe="").replace("-", "%2D")


@dataclass(frozen=True)
class Directive:
    """The parts of a text directive, as plain words."""

    start: str
    end: str = ""
    prefix: str = ""
    suffix: str = ""

    def __str__(self) -> str:
        """`text=prefix-,start,end,-suffix`."""
        parts = (self.prefix and f"{encoded(self.prefix)}-", encoded(self.start), encoded(self.end))
        return "text=" + ",".join(filter(None, (*parts, self.suffix and f"-{encoded(self.suffix)}")))


def decoded(directive: str) -> Directive:
    """A directive from its text."""
    parts = directive.removeprefix("text=").split(",")
    prefix = parts.pop(0)[:-1] if parts[0].endswith("-") else ""
    suffix = parts.pop()[1:] if parts[-1].startswith("-") else ""
    return Directive(*(unquote(part) for part in (parts[0], parts[1] if len(parts) > 1 else "", prefix, suffix)))


def _folded(text: str) -> str:
    """Character by character what a browser compares."""
    letters = (unicodedata.normalize("NFD", c)[0].lower() for c in text.translate(QUOTES))
    return "".join(c[0] for c in letters)


@dataclass(frozen=True)
class Article:
    """A text in which words are sought as a browser seeks them; each of its lines counts as a block."""

    text: str

    @cached_property
    def _folded(self) -> str:
        return _folded(self.text)

    def find(self, directive: Directive) -> Span | None:
        """The first place of a directive.

        Where words may end, a browser is stricter: what is first here is first there, too.
        """
        start, end = _pattern(directive.start), directive.end and _pattern(directive.end)
        before = rf"(?<!\w){_pattern(directive.prefix)}\s*+" if directive.prefix else r"(?<!\w)"
        after = rf"\s*+{_pattern(directive.suffix)}(?!\w)" if directive.suffix else r"(?!\w)"
        middle = rf"(?!\w)(?s:.*?)(?<!\w){end}" if end else ""
        found = re.search(f"{before}({start}{middle}){after}", self._folded)
        return Span(*found.span(1)) if found else None

    def directive(self, span: Span) -> Directive | None:
        """The shortest of some directives that lead to a stretch and to no place before it; None where none does."""
        words = whole_words(span, self.text)
        return next((d for d in self._directives(words) if self.find(d) == words), None) if words else None

    def _directives(self, span: Span) -> Iterator[Directive]:
        lines = [line for line in self._lines(span) if line]
        first, last = lines[0], lines[-1]
        if len(lines) == 1 and len(first) <= SHORT:
            head, tail = span.of(self.text), ""
        else:
            size = min(ENDS, len(first) // 2) if len(lines) == 1 else ENDS
            head = self.text[first[0].start : first[:size][-1].end]
            tail = self.text[last[-size:][0].start : last[-1].end]
        yield Directive(head, tail)
        for size in range(1, AROUND + 1):
            before, behind = self._before(span, size), self._behind(span, size)
            for prefix, suffix in ((before, ""), ("", behind), (before, behind)):
                if prefix or suffix:
                    yield Directive(head, tail, prefix, suffix)

    def _lines(self, span: Span) -> Iterator[list[Span]]:
        """The words of each line of a stretch."""
        at = span.start
        for line in span.of(self.text).split("\n"):
            yield [Span(m.start(), m.end()) for m in WORD.finditer(self.text, at, at + len(line))]
            at += len(line) + 1

    def _before(self, span: Span, size: int) -> str:
        """Up to so many words right before a stretch, in its line."""
        opens = self.text.rfind("\n", 0, span.start) + 1
        words = [m.start() for m in WORD.finditer(self.text, opens, span.start)]
        return self.text[words[-size:][0] : span.start].strip() if words else ""

    def _behind(self, span: Span, size: int) -> str:
        """Up to so many words right after a stretch, in its line."""
        closes = self.text.find("\n", span.end)
        words = [m.end() for m in WORD.finditer(self.text, span.end, closes if closes >= 0 else len(self.text))]
        return self.text[span.end : words[:size][-1]].strip() if words else ""


def _pattern(words: str) -> str:
    """Finds words wherever they stand in one line, whatever spaces between."""
    return r"[^\S\n]+".join(re.escape(_folded(part)) for part in words.split())


def link(url: str, directive: Directive | None) -> str:
    """An address that leads to words of its page; its own fragment, if any, stays."""
    if not directive:
        return url
    return f"{url}{'' if '#' in url else '#'}:~:{directive}"
