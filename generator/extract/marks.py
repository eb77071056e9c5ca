"""Quotation marks: which of them belong together.

Marks pair within a paragraph. A paragraph that opens with a mark and does not close it goes on in the next one
when that opens with the same mark; the last of them closes. Apostrophes, decades ('90s) and inches (6'2") are no marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.extract.segment import Segments
from generator.model import Span

# It begins with the class of all first characters, by which the next mark is found quickly.
MARK = re.compile(r"""[“”„«»‘’"'`](?:(?<=')'?|(?<=`)`|(?<![`']))""")
DOUBLE = {"“": "”", "„": "“”", "«": "»", '"': '"', "``": "''", "''": "''"}
SINGLE = {"‘": "’", "'": "'"}
STRAIGHT = ('"', "''")  # the same mark opens and closes
DECADE = re.compile(r"\d0s\b|\d\d\b|(?:tis|twas|em|til|cause|n)\b", re.IGNORECASE)
OPENS_AFTER = "([{—–-/“‘\"'«„:,"
REACH = 3
"""Unclosed marks that a closing one may skip."""
DEEPEST = 8
SHUT_BEFORE = ".,;:?!)]}—–-/’”'\"»…"


@dataclass(frozen=True, slots=True)
class Quote:
    """One pair of marks: `outer` with them, `inner` the words between them."""

    outer: Span
    inner: Span
    depth: int = 0
    """0 for an outermost pair."""
    goes_on: bool = False
    """Not closed at the end of its paragraph: the next paragraph's first quote continues it."""


def _opens(text: str, mark: str, start: int, end: int, low: int, high: int) -> bool:
    """Whether a mark can open: a word comes after it and, if it is straight or single, none right before it."""
    if (mark not in DOUBLE and mark not in SINGLE) or end >= high:
        return False
    before = text[start - 1] if start > low else " "
    free = before.isspace() or before in OPENS_AFTER
    if mark in SINGLE:
        return free and not text[end].isspace() and not DECADE.match(text, end)
    if mark in STRAIGHT:
        return free and not text[end].isspace() and (before.isspace() or text[end] not in ".,;:?!)")
    return True


def _closes(text: str, mark: str, start: int, end: int, low: int, high: int) -> bool:
    """Whether a mark can close: something comes before it and, if it is straight or single, no word right after it."""
    if start <= low or mark in ("„", "«", "‘", "``"):  # “ closes „
        return False
    ends_word = end >= high or text[end].isspace() or text[end] in SHUT_BEFORE
    if mark in ("’", "'"):
        return ends_word and not text[start - 1].isspace()
    return mark not in STRAIGHT or ends_word or not text[start - 1].isspace()


def _sure(text: str, start: int, end: int, high: int) -> bool:
    """Whether a single closing mark cannot be a plural's apostrophe (`the workers’ union`)."""
    if text[start - 1] not in "sSzx":
        return True
    return not (end + 1 < high and text[end] == " " and text[end + 1].islower())


def _sure_ahead(text: str, marks: Sequence[re.Match[str]], low: int, high: int) -> list[bool]:
    """For each mark, whether a sure single closing mark comes after it and before the next single opening one."""
    ahead, known = [False] * len(marks), False
    for i in range(len(marks) - 1, -1, -1):
        mark, (start, end) = marks[i].group(), marks[i].span()
        ahead[i] = known
        if mark in ("‘", "’", "'"):
            if _opens(text, mark, start, end, low, high):
                known = False
            elif _closes(text, mark, start, end, low, high) and _sure(text, start, end, high):
                known = True
    return ahead


def _fits(opener: str, closer: str) -> bool:
    return closer in DOUBLE.get(opener, "") or closer in SINGLE.get(opener, "") or (opener in "“„" and closer == '"')


Open = tuple[str, int, int]
"""An opening mark with its start and end."""


def _closed(stack: Sequence[Open], mark: str, maybe_plural: bool) -> int:
    """The place in the stack of the opening mark that a closing one belongs to; -1 if it closes none."""
    for depth in range(len(stack) - 1, max(-1, len(stack) - 1 - REACH), -1):
        if _fits(stack[depth][0], mark):
            single = mark in ("’", "'")
            return -1 if single and (maybe_plural or depth < len(stack) - 1) else depth
    return -1


def _paragraph(text: str, paragraph: Span, following: str) -> tuple[list[Quote], list[Open]]:
    """The quotes of one paragraph and the marks that stay open; `following` is how the next paragraph starts."""
    low, high = paragraph.start, paragraph.end
    marks = list(MARK.finditer(text, low, high))
    if not marks:
        return [], []
    ahead = _sure_ahead(text, marks, low, high)
    stack: list[Open] = []
    quotes: list[Quote] = []
    for i, found in enumerate(marks):
        mark, (start, end) = found.group(), found.span()
        if stack and _closes(text, mark, start, end, low, high):
            maybe_plural = ahead[i] and not _sure(text, start, end, high)
            if (depth := _closed(stack, mark, maybe_plural)) >= 0:
                quotes.append(Quote(Span(stack[depth][1], end), Span(stack[depth][2], start)))
                del stack[depth:]
                continue
        if not _opens(text, mark, start, end, low, high) or len(stack) == DEEPEST:
            continue
        if mark in SINGLE and not ahead[i] and not (start == low and following.startswith(mark)):
            continue
        if mark not in STRAIGHT or all(opener[0] != mark for opener in stack):  # a straight one holds none of its kind
            stack.append((mark, start, end))
    return quotes, stack


def _left_open(text: str, paragraph: Span, stack: Sequence[Open], following: str) -> Quote | None:
    """The quote that no mark closes, to the end of its paragraph, if it opens that or a colon or comma announces it,
    or if it is a sentence's start and the next paragraph goes on with it."""
    for mark, start, end in stack:
        if mark in DOUBLE or start == paragraph.start:
            before = text[max(paragraph.start, start - 3) : start].rstrip()[-1:]
            goes_on = following.startswith(mark)
            if not before or before in ":," or (goes_on and before in ".?!"):
                return Quote(Span(start, paragraph.end), Span(end, paragraph.end), 0, goes_on)
            return None
    return None


def pair_marks(text: str, paragraphs: Sequence[Span]) -> tuple[Quote, ...]:
    """All quotes of a text, by the start of their opening mark; one for each paragraph of a long one.

    A quote that no mark closes runs to the end of its paragraph if it opens it or follows a colon or comma, or if the
    next paragraph goes on with it; any other unclosed mark counts for nothing.
    """
    found: list[Quote] = []
    for i, paragraph in enumerate(paragraphs):
        next_start = paragraphs[i + 1].start if i + 1 < len(paragraphs) else len(text)
        following = text[next_start : next_start + 2]
        quotes, stack = _paragraph(text, paragraph, following)
        if left := _left_open(text, paragraph, stack, following):
            quotes.append(left)
        found.extend(_outermost(sorted(quotes, key=lambda q: (q.outer.start, -q.outer.end))))
    return tuple(found)


def _outermost(quotes: list[Quote]) -> list[Quote]:
    """The same quotes with their depth counted from where they lie."""
    out: list[Quote] = []
    ends: list[int] = []
    for quote in quotes:
        while ends and ends[-1] <= quote.outer.start:
            ends.pop()
        out.append(replace(quote, depth=len(ends)) if ends else quote)
        ends.append(quote.outer.end)
    return out


def outer_quotes(segments: Segments) -> tuple[Quote, ...]:
    """The outermost quotes, in order; one for each paragraph of a long quotation."""
    return tuple(quote for quote in pair_marks(segments.text, segments.paragraphs) if quote.depth == 0)
