"""Titles before a name: how far they reach, and what looks like one and is none."""

from __future__ import annotations

from collections.abc import Sequence

from generator.extract.name_words import STOPS, Vocabulary
from generator.extract.words import Word


def title_length(tokens: Sequence[Word], first: int, last: int, vocab: Vocabulary) -> int:
    """How many tokens from `first` are a title: `Deputy Foreign Minister` is 3 of `Deputy Foreign Minister A B`."""
    found = 0
    if last - first == 2 and tokens[first].lower in vocab.given:
        return 0
    for index in range(first, last - 1):
        if tokens[index].lower in vocab.also_firms and tokens[index + 1].lower in vocab.heads["organisation"]:
            return 0  # `Harl General Hospital`
        if tokens[index].lower in vocab.titles or tokens[index].text.rstrip(".") in vocab.address:
            found = index + 1 - first
            if index + 1 < last and tokens[index + 1].text == ".":
                found += 1
        elif index - first >= 4:
            break
    return found


def title_start(tokens: Sequence[Word], last: int, vocab: Vocabulary) -> int | None:
    """Where the title that ends just before token `last` begins: `mission director | Nora Falke`; None if none does."""
    if last == 0 or tokens[last - 1].lower not in vocab.titles or tokens[last - 1].text.isupper():
        return None
    start = last - 1
    while start > 0 and last - start < 6:
        word = tokens[start - 1]
        if not word.alphabetic or (word.lower in vocab.connectors and word.lower != "of") or len(word.lower) < 3:
            break
        if word.lower in STOPS or word.lower.endswith("ly") or _verbal(word, vocab):
            break
        if word.capital and word.lower not in vocab.title_before and (start > 1 or word.lower.endswith(PEOPLES)):
            break
        start -= 1
    return start


def _verbal(word: Word, vocab: Vocabulary) -> bool:
    """Whether it is rather a verb than a part of a title: `praised | striker Jan Holm`."""
    past = word.lower.endswith("ed") and not word.capital
    return (past or word.lower in vocab.verbs) and word.lower not in vocab.title_before


SEATS = frozenset({"mayor", "governor"})
"""Posts that a place's name may stand before: `Harl Mayor Ida Renn`."""

PEOPLES = ("ian", "ean", "ese", "ish")
"""Endings of what a land's people and posts are called; a capital at a sentence's start may be one of those."""


def title_begins(tokens: Sequence[Word], index: int, first: int, vocab: Vocabulary) -> int:
    """Where a capitalised title begins whose first word could have been no part of it: `Deputy Foreign Minister`."""
    while first > index and tokens[first - 1].lower in vocab.title_before:
        first -= 1
    return first


def seat_end(tokens: Sequence[Word], first: int, last: int, vocab: Vocabulary) -> int | None:
    """Where the post begins in a title that opens with the place of its holder: `Harl | Mayor`; None if it does not."""
    if last - first < 2 or last - first > 3 or tokens[last - 1].lower not in SEATS or not tokens[last - 1].capital:
        return None
    place = tokens[first : last - 1]
    return last - 1 if all(t.capital and not _of_post(t, vocab) for t in place) else None


def _of_post(word: Word, vocab: Vocabulary) -> bool:
    """Whether it is a part of a title or the head of a place's name, and so not the name of a place."""
    lower = word.lower
    titled = lower in vocab.titles or lower in vocab.title_before or word.text in vocab.address
    return titled or lower in vocab.heads["place"]


def modifies(word: Word) -> bool:
    """Whether it says where a name behind it comes from, or how many: `Dray-based | Corvid Foods`, `Twenty-seven`."""
    return "-" in word.lower and (word.lower.startswith(TENS) or word.lower.endswith(MODIFIED))


MODIFIED = ("-based", "-born", "-led", "-backed", "-owned", "-bound", "-style", "-era", "-made")
TENS = tuple(ten + "-" for ten in ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"))


def ends_title(tokens: Sequence[Word], at: int, last: int) -> bool:
    """Whether it ends a title rather than begins a name: `chief of Staff | Ana Belk`, `speaker of the House | Ana Belk`."""
    if tokens[at].text not in ("Staff", "House", "State") or last - at < 2 or at < 2:
        return False
    return tokens[at - 1].lower == "of" or (tokens[at - 1].lower == "the" and tokens[at - 2].lower == "of")


def bare_post(words: Sequence[Word], vocab: Vocabulary) -> bool:
    """Whether one word is left that is a post, and no family name."""
    return len(words) == 1 and words[0].lower in vocab.titles and words[0].lower not in vocab.families
