"""The lines of a PDF as paragraphs. A PDF has neither, only glyphs at places; what is read here is where lines stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

if TYPE_CHECKING:
    from pypdf import PageObject

CLOSED = re.compile(r"""[.!?…:]["'”’»)\]]*$""")
PAGE_NUMBER = re.compile(r"(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?", re.IGNORECASE)
LIGATURES = {letter: normalize("NFKC", chr(letter)) for letter in range(0xFB00, 0xFB07)}
"""Letters that typesetters join, such as U+FB01, as letters."""
APART = 1.3
"""How many times the usual step from line to line a step is that begins a paragraph."""
SPACED = 0.03
"""Share of such steps from which a document is one that spaces its paragraphs, and does not indent them alone."""
SHORT = 0.8
"""Of the usual length: a line that is shorter ends its paragraph, if it ends like a sentence."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page and how far up it stands, in points."""

    text: str
    height: float


def lines_of(page: PageObject) -> list[Line]:
    """The lines of a page that hold anything, in the order of its content."""
    lines: list[Line] = []
    held: list[str] = []
    height = 0.0

    def end() -> None:
        text = " ".join("".join(held).translate(LIGATURES).split())
        if text:
            lines.append(Line(text, height))
        held.clear()

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], *_: Any) -> None:
        nonlocal height
        for place, part in enumerate(text.split("\n")):
            if place:
                end()
            if part.strip() and not "".join(held).strip():
                height = tm[5] * cm[3] + cm[5]
            held.append(part)

    page.extract_text(visitor_text=visit)
    end()
    return lines


def without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Pages without their numbers and without what stands at the head or foot of most of them."""
    kept = [[line for line in page if not PAGE_NUMBER.fullmatch(line.text)] for page in pages]
    ends = Counter(name for page in kept for name in {_numberless(line) for line in [*page[:2], *page[-2:]]})
    often = {name for name, times in ends.items() if times > 1 and times > len(pages) / 2}
    return [[line for line in page if _numberless(line) not in often] for page in kept]


def _numberless(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text)


def joined(pages: Sequence[Sequence[Line]]) -> Iterator[str]:
    """Paragraphs: by the space between lines, where a document has some; else by short lines that end a sentence."""
    lines = [line for page in pages for line in page]
    steps = [step for page in pages for step in [*map(_step, page, page[1:]), *([None] if page else ())]]
    known = [step for step in steps if step]
    usual = median(known) if known else 0.0
    spaced = sum(step > APART * usual for step in known) > SPACED * len(known)
    lengths = sorted(len(line.text) for line in lines)
    full = median(lengths[len(lengths) // 2 :]) if lengths else 0
    words = {word for line in lines for word in re.findall(r"[a-z]+(?![a-z]|-$)", line.text.lower())[1:]}
    held = ""
    for line, step in zip(lines, steps, strict=True):
        held = _with(held, line.text, words)
        closed = len(line.text) < SHORT * full and CLOSED.search(line.text) is not None
        if step > APART * usual if spaced and step else closed:
            yield held
            held = ""
    if held:
        yield held


def _step(line: Line, after: Line) -> float | None:
    """How far the next line stands below; None where it does not: it begins a column, say."""
    step = line.height - after.height
    return step if step > 0 else None


def _with(held: str, line: str, words: set[str]) -> str:
    """A paragraph with its next line. A hyphen between them stays where both of its sides are words of the text."""
    cut, rest = re.search(r"(?<![A-Za-z])([A-Za-z]++)([-\u00ad])$", held), re.match(r"[a-z]+", line)
    if not (cut and rest):
        return f"{held} {line}" if held else line
    whole = cut[2] == "-" and {cut[1].lower(), rest[0]} <= words
    return (held if whole else held[:-1]) + line
