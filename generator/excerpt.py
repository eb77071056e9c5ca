"""How much of an article's own text leaves the house: `publish_source_text`.

`full`: all of it. `excerpts`: the words of facts, and the sentence around them, but never more than
`LIMIT` words in a run; direct quotations whole, their words not counted (and not ending a run either).
Where the words of two facts touch and would make a longer run together, each is shown in an excerpt of its own
(`lines`), so that the words of a fact stay whole. `none`: no words of the source.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate

from generator.model import Span

LIMIT = 25
"""Words in a run."""
WITHHELD = 3
"""Words left out at the least where a run has to end."""
LONGEST = 400
"""Words of a statement beyond which it is cut unread."""
WORD = re.compile(r"\S++")
DIRECT = re.compile(r'“[^“”]*+”|"[^"]*+"')


def touched(words: Sequence[Span], spans: Iterable[Span]) -> list[bool]:
    """For each stretch of some that follow one another whether it shares a character with one of the spans."""
    flags = [False] * len(words)
    at, reach = 0, 0
    for span in sorted(spans):
        while at < len(words) and words[at].end <= span.start:
            at += 1
        reach = max(reach, at)
        while reach < len(words) and words[reach].start < span.end:
            flags[reach] = True
            reach += 1
    return flags


def _limited(wanted: Sequence[bool], free: Sequence[bool]) -> list[bool]:
    """The wanted words, less those that would make a run longer than `LIMIT`."""
    shown = list(wanted)
    run = skip = 0
    for index, want in enumerate(wanted):
        if skip or not want:
            skip, run, shown[index] = max(0, skip - 1), 0, False
        elif not free[index]:
            run += 1
            if run > LIMIT:
                skip, run, shown[index] = WITHHELD - 1, 0, False
    return shown


def _filled(shown: list[bool], free: Sequence[bool], sentences: Sequence[range]) -> list[bool]:
    """Show the rest of a sentence wherever that keeps the run within `LIMIT`."""
    counts = [0] * (len(shown) + 1)  # counted words of the run that starts at an index; 0 where none does
    for index in range(len(shown) - 1, -1, -1):
        counts[index] = counts[index + 1] + (not free[index]) if shown[index] else 0
    before = 0  # counted words of the run that ends just before the index
    for sentence in sentences:
        has_fact = any(shown[i] for i in sentence)
        index = sentence.start
        while index < sentence.stop:
            if shown[index]:
                before += not free[index]
                index += 1
                continue
            end = index
            while end < sentence.stop and not shown[end]:
                end += 1
            size = sum(not free[i] for i in range(index, end))
            if has_fact and before + size + counts[end] <= LIMIT:
                shown[index:end] = [True] * (end - index)
                before += size
            else:
                before = 0
            index = end
    return shown


def lines(text: str, within: Span, facts: Sequence[Span], direct: Iterable[Span]) -> list[list[int]]:
    """Which facts of a passage one excerpt can show whole, as indexes into `facts`, which are in order of their starts.

    A fact goes to the excerpt before it, unless its words and those that they touch there pass `LIMIT`. Facts with
    the very same words stay together.
    """
    words = [Span(m.start(), m.end()) for m in WORD.finditer(text, within.start, within.end)]
    counted = [0, *accumulate(not free for free in touched(words, direct))]
    opens, closes = [word.start for word in words], [word.end for word in words]
    found: list[list[int]] = []
    start = end = 0
    for index, span in enumerate(facts):
        first, last = bisect_right(closes, span.start), bisect_left(opens, span.end)
        fits = counted[max(end, last)] - counted[start] <= LIMIT or (first, last) == (start, end)
        if found and (first > end or fits):
            found[-1].append(index)
            start, end = (first, last) if first > end else (start, max(end, last))
        else:
            found.append([index])
            start, end = first, last
    return found


def shown(
    text: str, within: Span, facts: Iterable[Span], direct: Iterable[Span], sentences: Iterable[Span], policy: str
) -> list[Span]:
    """The stretches of one passage (`within`) of a text that may be published, in order and apart.

    `facts` are the spans of quotes, `direct` those of direct speech, `sentences` cover the passage in order. All
    offsets are into `text`.
    """
    if policy == "none":
        return []
    words = [Span(m.start(), m.end()) for m in WORD.finditer(text, within.start, within.end)]
    if not words:
        return []
    if policy == "full":
        return [Span(words[0].start, words[-1].end)]
    free = touched(words, direct)
    flags = _limited(touched(words, facts), free)
    flags = _filled(flags, free, _word_ranges(words, sentences))
    return _stretches(words, flags)


def _word_ranges(words: Sequence[Span], sentences: Iterable[Span]) -> list[range]:
    ranges, at = [], 0
    for sentence in sentences:
        start = at
        while at < len(words) and words[at].start < sentence.end:
            at += 1
        ranges.append(range(start, at))
    return [*ranges, range(at, len(words))]


def _stretches(words: Sequence[Span], flags: Sequence[bool]) -> list[Span]:
    found: list[Span] = []
    for index, word in enumerate(words):
        if flags[index] and index and flags[index - 1]:
            found[-1] = Span(found[-1].start, word.end)
        elif flags[index]:
            found.append(word)
    return found


def _plain(words: Iterable[str]) -> str:
    """Words for comparison: what surrounds and joins them is left out."""
    return " ".join(re.sub(r"\W+", " ", " ".join(words)).casefold().split())


def statement(text: str, source: Callable[[], str], policy: str) -> str:
    """A statement cut where it repeats more than `LIMIT` words of its source in a run, direct speech not counted.

    `source` gives the source's text with a `¶` in place of direct speech that may stand whole; it is asked for long
    statements only. What a person rewrote repeats no such run and stays as it is. Under `none`, a statement that
    repeats eight words in a run, spoken ones too, comes back empty.
    """
    if policy == "full":
        return text
    limit = LIMIT if policy == "excerpts" else 7
    words = [Span(m.start(), m.end()) for m in WORD.finditer(text)]
    if len(words) <= limit:
        return text
    spoken = DIRECT.finditer(text) if policy == "excerpts" else ()
    free = touched(words, (Span(m.start(), m.end()) for m in spoken))
    haystack = "¶".join(f" {_plain([part])} " for part in source().split("¶"))
    counted: list[str] = []
    for index, word in enumerate(words):
        if free[index]:
            continue
        counted.append(word.of(text))
        if len(counted) <= limit:
            continue
        run = _plain(counted[-limit - 1 :])
        if index >= LONGEST or f" {run} " in haystack:
            return "" if policy == "none" else text[: words[index].start].rstrip(" ,;:–—-") + " …"
    return text
