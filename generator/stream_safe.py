"""Runs of marks kept short enough to be put in order: the Stream-Safe Text Process of Unicode Standard Annex 15.

Normalisation sorts the marks on a letter, and Python sorts them by insertion, so that ten times as many take a hundred times as
long. No language has more than a handful; the annex allows 30, and has a joiner put between longer runs.
"""

from __future__ import annotations

import re
import unicodedata

MOST = 30
"""Marks in a row; Unicode's own bound."""
JOINER = "\u034f"
"""What begins a new run and shows nothing: COMBINING GRAPHEME JOINER."""
RUN = re.compile(rf"[^\x00-\u02ff]{{{MOST // 3},}}+")
"""Where so many marks could stand: one character may come apart into three of them."""


def stream_safe(text: str) -> str:
    """The text with a joiner after every `MOST` marks; nearly every text as it is."""
    return text if text.isascii() else RUN.sub(lambda run: _cut(run[0]), text)


def _cut(run: str) -> str:
    made: list[str] = []
    marks = 0
    for character in run:
        apart = unicodedata.normalize("NFKD", character)
        before = _marks(apart)
        if marks + before > MOST:
            made.append(JOINER)
            marks = 0
        marks = marks + before if before == len(apart) else _marks(apart[::-1])
        made.append(character)
    return "".join(made) if len(made) > len(run) else run


def _marks(apart: str) -> int:
    """How many marks it begins with."""
    return next((n for n, c in enumerate(apart) if not unicodedata.combining(c)), len(apart))
