"""The measure itself, so that nothing passes because it measures nothing."""

from __future__ import annotations

from policy import runs

SOURCE = 'The board met on Monday. "We are late," said the chair, and the board left the hall.'


def test_the_longest_run_counts() -> None:
    assert runs("It says: the board met, on MONDAY", SOURCE) == 5
    assert runs("the board left the hall", SOURCE) == 5
    assert runs("Nothing of it", SOURCE) == 0
    assert runs("The board met on […] Monday", SOURCE) == 4


def test_direct_speech_neither_counts_nor_joins_what_stands_around_it() -> None:
    assert runs(SOURCE, SOURCE, ['"We are late,"']) == 9
    assert runs(SOURCE, SOURCE) == 17
