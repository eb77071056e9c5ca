"""Which statements are compared: those that share a word that few do, or two; the same after any changes of the index."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import empty

from generator.aggregate import sharing
from generator.aggregate.kept import Kept
from generator.aggregate.sharing import Keys, Sharing

FEW = 3


def led(known: dict[int, Keys]) -> set[tuple[int, int]]:
    """The pairs, by definition."""
    counts = Counter(key for keys in known.values() for key in keys.leading)
    often = {n: [word for word in keys.words if counts[word] > FEW] for n, keys in known.items()}
    both = Counter(pair for words in often.values() for pair in combinations(words, 2))

    def few(one: int, other: int) -> bool:
        shared = set(known[one].leading) & set(known[other].leading)
        pairs = set(combinations(often[one], 2)) & set(combinations(often[other], 2))
        return any(counts[key] <= FEW for key in shared) or any(both[pair] <= FEW for pair in pairs)

    return {pair for pair in combinations(sorted(known), 2) if few(*pair)}


def drawn(random: Random) -> Keys:
    """The keys of a statement; some words are much more common than others."""
    words = {f"event {min(random.choices('abcdefghij', k=3))}" for _ in range(random.randint(0, 5))}
    return Keys(tuple(sorted(words)), (f"= {random.randint(1, 9)}",), (f"of {random.choice('xy')}",))


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False))
def test_after_any_changes_pairs_are_those_of_all_that_are_there(random: Random) -> None:
    kept, known = Kept(empty()), dict[int, Keys]()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sharing, "COMMON", FEW)
        for step in range(5):
            before = led(known)
            gone = random.sample(sorted(known), len(known) // random.choice([2, 5, 9]))
            come = {n: drawn(random) for n in random.sample(gone, len(gone) // 2)}
            come |= {100 * step + n: drawn(random) for n in range(random.choice([1, 3, 12]))}
            index = Sharing(kept)
            lost, gained = index.replace({n: known.pop(n) for n in gone}, {n: (f"f{n}", come[n]) for n in come})
            known |= come
            after = led(known)
            found = {(*sorted((n, other)),) for n, keys in known.items() for other in index.candidates(n, keys)}
            assert found == after
            assert all(
                index.compared(known[a], known[b]) == ((a, b) in after) for a, b in combinations(sorted(known), 2)
            )
            stayed = {pair for pair in combinations(sorted(known), 2) if not {*gone, *come} & set(pair)}
            assert all(any({*pair} <= some for some in lost) for pair in (before - after) & stayed)
            assert all(any({*pair} <= some for some in gained) for pair in (after - before) & stayed)
            assert {pair for some in gained for pair in combinations(sorted(some), 2)} & stayed <= after


def test_what_some_are_found_by_is_kept() -> None:
    kept, keys = Kept(empty()), Keys(("event dock",), (), ("of orel",))
    Sharing(kept).replace({}, {7: ("a", keys)})
    assert Sharing(kept).having("of orel") == {7}
    assert Sharing(kept).keys([7, 8]) == {7: keys}
