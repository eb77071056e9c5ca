"""Who published an article, where its text says so: `(Agency)` at its end, or a dateline at its start.

Both stay in the text. Lexicon `seeds` has the words that stand in such places and name nobody.
"""

from __future__ import annotations

import re
from collections.abc import Collection

# `CITY (Agency) —`, `CITY, June 4 (Agency) --`: the place, perhaps a date, then the agency.
# Some agencies put the day in brackets before it.
DATELINE = re.compile(
    r"(?:\[[^\]\n]{1,30}\]\s*)?(?P<place>[^\W\d_][^()\n]{0,80}?)\s*\((?P<agency>[^()\n]{2,60})\)\s*(?:--|[—–-])\s*"
)
TRAILER = re.compile(r"(?:^|[.!?…\"'”’]|\n)\s*\((?P<agency>[^()\n]{2,60})\)$")
CLOSING = re.compile(r"\s*\((?P<words>[^()\n]{1,60})\)$")
TAIL = 200
"""Characters at the end in which the agency's parenthesis must lie."""


def dateline(text: str) -> re.Match[str] | None:
    """The dateline a text begins with, up to and with its dash; groups `place` and `agency`."""
    return DATELINE.match(text)


def _name(words: str, not_names: Collection[str]) -> str | None:
    words = " ".join(words.split())
    name = words[:1].isupper() and len(words.split()) <= 6 and not re.search(r"[.:;!?,]\s|\d{3}", words)
    return words if name and words.casefold() not in not_names else None


def publisher_of(text: str, not_names: Collection[str]) -> str | None:
    """The agency as written, or None. A dateline comes before a trailing parenthesis.

    `not_names`, in lower case, are parentheses that close an article and name nobody, such as `(END)`.
    """
    if (start := dateline(text)) and (name := _name(start["agency"], not_names)):
        return name
    tail = text[-TAIL:].rstrip()
    while (mark := CLOSING.search(tail)) and mark["words"].casefold() in not_names:  # `(Agency) (END)`
        tail = tail[: mark.start()]
    end = TRAILER.search(tail)
    return _name(end["agency"], not_names) if end else None
