"""Which fact of a new extraction is which fact that is known already.

Facts of one kind meet when their quotes overlap by half of the shorter one, so that an extractor that
cuts a quote otherwise still finds what a person edited. Offsets of two versions of a text say
nothing about each other: there, and for facts that only a person wrote, quotes are compared instead, and one whose
words were corrected in the article is known again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from generator.model import Fact, Found, Span, mapping

HEADS = {
    "event": ("what",),
    "figure": ("value", "unit"),
    "quotation": ("words",),
    "assessment": ("hedge",),
    "role": ("title", "who"),
}
"""What a fact of each kind is above all: two that share it are likelier the same than two that share a place."""
BLOCK = 2048
ALIKE = 0.7
"""Share of words from which on two quotes are one that was corrected."""


@dataclass(frozen=True, slots=True)
class Old:
    """A fact that is known: as the machine last stated it, or else as a person wrote it."""

    id: str
    fact: Fact
    span: Span | None
    """None where no offset is known that the new extraction's can be compared with."""
    deleted: bool = False
    """A person deleted it; it meets only what is surely the same, so as not to swallow new facts."""
    was: int | None = None
    """Where its quote began in the text it was read from, which may have been corrected since."""


Score = tuple[bool, bool, bool, bool, float, int]


def head(fact: Fact) -> tuple[Any, ...]:
    """What the fact is above all."""
    return tuple(getattr(fact, name) for name in HEADS[fact.kind])


def match(olds: Sequence[Old], news: Sequence[Found]) -> dict[int, str]:
    """By place in `news`, the id of the old fact that it is; each old fact is met once, best pairs first."""
    fits = _order(olds, news)
    pairs = [
        (score, i, j)
        for i, j in _near(olds, news)
        if (score := _score(olds[i], news[j])) is not None and (score[3] or fits(olds[i], news[j]))
    ]
    pairs.sort(key=lambda pair: (tuple(-part for part in pair[0]), pair[1], pair[2]))
    taken: set[int] = set()
    met: dict[int, str] = {}
    for _, i, j in pairs:
        if i not in taken and j not in met:
            taken.add(i)
            met[j] = olds[i].id
    return met


def _order(olds: Sequence[Old], news: Sequence[Found]) -> Callable[[Old, Found], bool]:
    """Whether a pair leaves the facts around it in their order.

    Where the text was corrected, quotes that stayed to the letter tell where each part of it is now: a quote whose words changed
    is looked for between the two of them that stood around it, no further than that.
    """
    mine, theirs = (Counter(quote) for quote in ([o.fact.quote for o in olds], [n.fact.quote for n in news]))
    now = {new.fact.quote: new.span.start for new in news if theirs[new.fact.quote] == 1}
    stayed = sorted(
        (old.was, now[old.fact.quote])
        for old in olds
        if old.span is None and old.was is not None and mine[old.fact.quote] == 1 and old.fact.quote in now
    )
    places = [place for place, _ in stayed]

    def fits(old: Old, new: Found) -> bool:
        if old.span is not None or old.was is None:
            return True
        at = bisect_left(places, old.was)
        low = stayed[at - 1][1] if at else 0
        high = stayed[at][1] if at < len(stayed) else None
        if high is not None and high < low:  # the parts themselves have changed places
            return True
        return low <= new.span.start and (high is None or new.span.start <= high)

    return fits


def _near(olds: Sequence[Old], news: Sequence[Found]) -> Iterator[tuple[int, int]]:
    """Pairs of one kind that share a stretch of text or a quote, each once; no pair of far ones is looked at."""
    here: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    written: dict[str, list[int]] = defaultdict(list)
    corrected: dict[str, list[int]] = defaultdict(list)
    stayed = {old.fact.quote for old in olds} & {new.fact.quote for new in news}
    for i, old in enumerate(olds):
        if old.span is None and old.was is None:
            written[old.fact.kind].append(i)
        elif old.span is None and old.fact.quote not in stayed:  # what stayed to the letter is met by its quote
            corrected[old.fact.kind].append(i)
        for place in _places(old.fact, old.span):
            here[place].append(i)
    for j, new in enumerate(news):
        found = {i for place in _places(new.fact, new.span) for i in here[place]}
        found.update(written[new.fact.kind], corrected[new.fact.kind] if new.fact.quote not in stayed else ())
        for i in sorted(found):
            yield i, j


def _places(fact: Fact, span: Span | None) -> Iterable[tuple[Any, ...]]:
    yield fact.kind, fact.quote
    if span:
        yield from ((fact.kind, n) for n in range(span.start // BLOCK, span.end // BLOCK + 1))


def _score(old: Old, new: Found) -> Score | None:
    """How sure a pair is the same fact, the weightiest part first; None where it is none."""
    same_quote = old.fact.quote == new.fact.quote
    shared = _shared(old, new)
    if not same_quote and shared[0] < 0.5:
        return None
    same_head, same_id = head(old.fact) == head(new.fact), old.id == new.fact.id
    if old.deleted and not (same_head or same_id or shared[1] >= 0.5):
        return None
    a, b = mapping(old.fact), mapping(new.fact)
    equal = sum(a[key] == b.get(key) for key in a if key != "id")
    whole = equal == len(a) - 1 == len(b) - 1 and (old.span is None or old.span == new.span)
    return whole, same_head, same_id, same_quote, shared[1], equal


def akin(a: str, b: str) -> bool:
    """Whether two quotes may be about one thing: one holds the other, or half of the shorter one's words stand in both."""
    one, other = set(a.split()), set(b.split())
    return a in b or b in a or 2 * len(one & other) >= min(len(one), len(other))


@lru_cache(maxsize=4096)
def _alike(a: str, b: str) -> float:
    """How much two quotes are one whose words an article corrected; 0 where they are sooner two.

    Ratcliff and Obershelp's share of words in the same order, at least `ALIKE`; most pairs are told by their words alone.
    """
    one, other = a.split(), b.split()
    if len(set(one) & set(other)) < ALIKE * min(len(set(one)), len(set(other))):
        return 0.0
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
    return ratio if ratio >= ALIKE else 0.0


def _shared(old: Old, new: Found) -> tuple[float, float]:
    """The stretch that both quotes cover, as a share of the shorter one and of both together."""
    if old.span is None:
        a, b = sorted((old.fact.quote, new.fact.quote), key=len)
        if a and a in b:
            return 1.0, len(a) / len(b)
        if old.deleted and head(old.fact) != head(new.fact):
            return 0.0, 0.0
        return _alike(a, b), _alike(a, b) / 2
    common = min(old.span.end, new.span.end) - max(old.span.start, new.span.start)
    if common <= 0 or not old.span or not new.span:
        return 0.0, 0.0
    return common / min(len(old.span), len(new.span)), common / (len(old.span) + len(new.span) - common)
