"""What is no running text: headlines, and the dateline that an article opens with."""

from __future__ import annotations

from collections.abc import Sequence

from generator.extract.name_words import STOPS
from generator.extract.words import Word


def headline(tokens: Sequence[Word]) -> bool:
    """Whether a sentence is written in capitals throughout, or with one at every longer word and no stop."""
    plain, shouted = 0, True
    for token in tokens:
        first = token.text[0]
        if first.islower():
            if len(token.text) > 3 and token.lower not in STOPS:
                return False  # in most sentences the first or second word
            shouted = False
        if first.isalpha() and len(token.text) > 1:
            plain += 1
            shouted = shouted and token.text.isupper()
    return plain > 2 if shouted else plain > 3 and tokens[-1].text not in ".!?\"”’')"


def dateline_end(tokens: Sequence[Word]) -> int:
    """The token behind the dash of a dateline, `TORVIK, May 4 (Harl News) -`; 0 where the sentence opens with none."""
    if len(tokens) < 3 or not tokens[0].capital:
        return 0
    for at in range(1, min(len(tokens) - 1, LONGEST_DATELINE)):
        apart = tokens[at - 1].end < tokens[at].start and tokens[at].text in DASHES
        if apart and (tokens[at - 1].text == ")" or (tokens[0].text.isupper() and len(tokens[0].text) > 2)):
            return at + 1
        if tokens[at].alphabetic and not tokens[at].capital:
            inside = any(t.text == "(" for t in tokens[:at])
            if not inside:
                return 0
    return 0


DASHES = frozenset({"-", "--", "–", "—"})
LONGEST_DATELINE = 18


def place_of_dateline(tokens: Sequence[Word]) -> str:
    """The place that a dateline opens with, in lower case but for its initials."""
    end = next((i for i, t in enumerate(tokens) if not t.alphabetic), len(tokens))
    return " ".join(t.text.title() if t.text.isupper() else t.text for t in tokens[:end])
