"""What stands inside a stretch of a sentence: its names, who acts in it, its times."""

from __future__ import annotations

from generator.extract.grammar import ARTICLES, PREPOSITIONS
from generator.extract.layers import Line
from generator.extract.names import Name
from generator.extract.times import Time
from generator.model import Span


def span_of(line: Line, first: int, last: int) -> Span:
    """The text from word `first` to before word `last`."""
    return Span(line.words[first].start, line.words[max(first, last - 1)].end)


def names_in(line: Line, first: int, last: int) -> list[Name]:
    """The names that begin among words `first` to before `last`, the longest first at each place."""
    last = min(last, len(line.words))
    if first >= last:
        return []
    span = span_of(line, first, last)
    found: list[Name] = []
    for name in line.names:
        if span.start <= name.start < span.end and not any(name.span in f.span and name.via != "name" for f in found):
            found.append(name)
    return found


def actors(
    line: Line, first: int, last: int, kinds: tuple[str, ...] = ("person", "organisation", "place")
) -> list[Name]:
    """The names in a subject that act: not inside a preposition's phrase, not possessive, not an attribute."""
    found = []
    for name in names_in(line, first, last):
        at = line.at(name.start)
        start = at
        while start > first and (line.words[start - 1].lower in ARTICLES or _in_title(line, start - 1, name)):
            start -= 1
        before = line.words[start - 1].lower if start > first else ""
        if name.kind not in kinds or name.possessive or name.via == "demonym" or before in PREPOSITIONS:
            continue
        found.append(name)
    return found


def _in_title(line: Line, index: int, name: Name) -> bool:
    return name.title is not None and name.title.start <= line.words[index].start < name.title.end


def times_in(line: Line, span: Span, *, said: bool = False) -> list[Time]:
    """Dated times inside a span that do not only tell which thing is meant: those of what happened, or of when it was
    `said`."""
    return [
        t
        for t in line.times
        if t.when and span.start <= t.start < span.end and (t in line.said_when) == said and not _attributive(line, t)
    ]


def _attributive(line: Line, time: Time) -> bool:
    """Whether a date only tells which thing is meant: `the 2029 collapse of the bridge`."""
    first, after = line.at(time.start), line.at(time.end - 1) + 1
    if first == 0 or after >= len(line.words):
        return False
    before, following = line.words[first - 1], line.words[after]
    return (
        (before.lower in ARTICLES or before.lower == "'s")
        and time.start == time.words.start
        and following.alphabetic
        and following.lower not in PREPOSITIONS
    )
