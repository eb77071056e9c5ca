"""Which statements share what: an index that is kept, so that one more costs what it shares with others.

A word that more than `COMMON` share leads to none of them, but two such words together may. So time grows with the statements,
and not with their pairs.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations

from msgspec.msgpack import decode

from generator.aggregate.kept import Kept
from generator.store import packed

COMMON = 40
"""A word, or a pair of words, that more statements share leads to no pair of them."""
BULK = 4
"""If more than one in so many is new, pairs of words are found for all together."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What a statement is found by."""

    words: tuple[str, ...]
    """Words, sorted; each begins with the kind of fact, as only those of one kind are compared."""
    other: tuple[str, ...]
    """What leads to it without being a word, such as the value of a figure."""
    needs: tuple[str, ...]
    """What of the rest of the briefing decides how it compares, such as whether a word is of a name."""

    @property
    def leading(self) -> tuple[str, ...]:
        """What leads from one statement to another."""
        return self.words + self.other

    @property
    def all(self) -> tuple[str, ...]:
        """Each of them."""
        return self.words + self.other + self.needs


class Pairs:
    """Who has two common words, for all pairs of these; packed, as there are many times more of them than statements."""

    def __init__(self, words: Sequence[str]) -> None:
        """`words` are all, in order."""
        self._places = {word: place for place, word in enumerate(words)}
        self._begins = array("I", [0])
        """By the place of a word, where those begin that it makes pairs with and that come behind it."""
        self._others = array("I")
        """Their places, in order for each word."""
        self._starts = array("I", [0])
        """For each of them, where those start that have both."""
        self._having = array("I")

    def places(self, words: Iterable[str]) -> array[int]:
        """The places of the common ones of some words."""
        return array("I", [self._places[word] for word in words if word in self._places])

    def add(self, having: Mapping[int, Sequence[int]]) -> None:
        """Add the pairs of the next word: who has both, by the places of the other words, in order."""
        for other, numbers in having.items():
            self._others.append(other)
            self._having.extend(numbers)
            self._starts.append(len(self._having))
        self._begins.append(len(self._others))

    def of(self, words: Sequence[str]) -> Iterator[Sequence[int]]:
        """Of all pairs of some words, in order, the numbers of those that have both."""
        others, starts = self._others, self._starts
        for place, other in combinations(self.places(words), 2):
            end = self._begins[place + 1]
            at = bisect_left(others, other, self._begins[place], end)
            if at < end and others[at] == other:
                yield self._having[starts[at] : starts[at + 1]]


class Sharing:
    """Statements, by number, and who has each key."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._having: dict[str, set[int]] = {}
        self._pairs: dict[tuple[str, str], Collection[int]] = {}
        """Of some pairs of common words who has both, if those are few."""
        self._all_pairs: Pairs | None = None

    def having(self, key: str) -> set[int]:
        """The numbers of those that have a key."""
        if key not in self._having:
            row = self._kept.run("SELECT items FROM same_postings WHERE scope = ? AND key = ?", key).fetchone()
            self._having[key] = set(array("I", row[0])) if row else set()
        return self._having[key]

    def together(self, one: str, other: str) -> Collection[int]:
        """The numbers of those that have both of two common words, sorted, if they are few."""
        found = self._pairs.get((one, other))
        if found is None:
            both = self.having(one) & self.having(other)
            found = self._pairs[one, other] = both if len(both) <= COMMON else ()
        return found

    def keys(self, numbers: Iterable[int]) -> dict[int, Keys]:
        """What some are found by."""
        rows = self._kept.look("number, keys", "same_items", "number", numbers)
        return {number: decode(raw, type=Keys) for number, raw in rows}

    def replace(
        self, gone: Mapping[int, Keys], come: Mapping[int, tuple[str, Keys]]
    ) -> tuple[list[Set[int]], list[Set[int]]]:
        """Take some out and put some in, each with the id of its fact; gives what does not lead from one to another any more, and what does now."""
        before = self._kept.run("SELECT count(*) FROM same_items WHERE scope = ?").fetchone()[0]
        change: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        for number, keys in gone.items():
            for key in keys.all:
                self.having(key).discard(number)
                change[key] -= 1
            pairs.subtract(combinations(keys.words, 2) if before else ())
        if not before:
            self._having = {key: set() for _, keys in come.values() for key in keys.all}
        for number, (_, keys) in come.items():
            for key in keys.all:
                self.having(key).add(number)
                change[key] += 1
            pairs.update(combinations(keys.words, 2) if before else ())
        self._write(gone, come, change)
        if len(come) * BULK > before:
            self._all_pairs = self._find_pairs()
        if not before:
            return [], []
        leading = {key for keys in (*gone.values(), *(keys for _, keys in come.values())) for key in keys.leading}
        counts = {key: len(self.having(key)) for key in sorted(leading)}
        then = {key: count - change[key] for key, count in counts.items()}
        lost: list[Set[int]] = [self.having(key) for key, count in counts.items() if then[key] <= COMMON < count]
        gained: list[Set[int]] = [self.having(key) for key, count in counts.items() if count <= COMMON < then[key]]
        for (one, other), by in pairs.items():
            if by and min(max(counts[one], then[one]), max(counts[other], then[other])) > COMMON:
                both = self.having(one) & self.having(other)
                if len(both) - by <= COMMON < len(both):
                    lost.append(both)
                elif len(both) <= COMMON < len(both) - by:
                    gained.append(both)
        return lost, gained

    def _write(self, gone: Collection[int], come: Mapping[int, tuple[str, Keys]], changed: Iterable[str]) -> None:
        self._kept.drop("same_items", "number", gone)
        self._kept.put("same_items", ((number, fact, packed(keys)) for number, (fact, keys) in come.items()))
        having = sorted((key, self.having(key)) for key in changed)
        self._kept.drop("same_postings", "key", (key for key, numbers in having if not numbers))
        rows = ((key, array("I", sorted(numbers)).tobytes()) for key, numbers in having if numbers)
        self._kept.put("same_postings", rows)

    def _find_pairs(self) -> Pairs:
        """The few that share two common words, for all such pairs of words that any share."""
        common = sorted({word for _, words in self._words() for word in words if self._is_common(word)})
        pairs = Pairs(common)
        having = {number: pairs.places(words) for number, words in self._words()}
        for place, word in enumerate(common):
            behind = {
                number: (some := having[number])[bisect_right(some, place) :] for number in sorted(self.having(word))
            }
            counts = Counter(other for some in behind.values() for other in some)
            few: dict[int, list[int]] = {other: [] for other in sorted(counts) if 1 < counts[other] <= COMMON}
            for number, some in behind.items():
                for other in some:
                    if other in few:
                        few[other].append(number)
            pairs.add(few)
        return pairs

    def _words(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The words of all statements."""
        rows = self._kept.run("SELECT number, keys FROM same_items WHERE scope = ?")
        return ((number, decode(raw, type=Keys).words) for number, raw in rows)

    def _is_common(self, word: str) -> bool:
        return len(self.having(word)) > COMMON

    def candidates(self, number: int, keys: Keys) -> set[int]:
        """Those with which one is compared."""
        found: set[int] = set()
        for leading in self._leading(keys.words, keys.other):
            found.update(leading)
        found.discard(number)
        return found

    def compared(self, one: Keys, other: Keys) -> bool:
        """Whether two are compared."""
        words = [word for word in one.words if word in other.words]
        return any(self._leading(words, set(one.other) & set(other.other)))

    def _leading(self, words: Collection[str], other: Iterable[str]) -> Iterator[Collection[int]]:
        """Those that have one of some keys, or two of some words, where they are few."""
        for key in (*words, *other):
            if len(having := self.having(key)) <= COMMON:
                yield having
        often = [word for word in words if self._is_common(word)]
        if self._all_pairs:
            yield from self._all_pairs.of(often)
        else:
            yield from (self.together(one, two) for one, two in combinations(often, 2))
