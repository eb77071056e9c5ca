"""Directions of writing that a text opens and does not close (UAX #9, 3.1.2 and 3.1.4) would turn what stands behind it."""

from __future__ import annotations

import re

CLOSED_BY = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys("\u2066\u2067\u2068", "\u2069")
"""Embeddings and overrides end with PDF, isolates with PDI."""
ISOLATED = "\u2069"
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def closed(text: str) -> str:
    """The text with what closes, at its end, all that it leaves open."""
    if text.isascii():
        return text
    owed: list[str] = []
    for sign in TURNING.findall(text):
        if sign in CLOSED_BY:
            owed.append(CLOSED_BY[sign])
        elif sign == ISOLATED and sign in owed:  # with it ends all that was opened within
            del owed[len(owed) - 1 - owed[::-1].index(sign) :]
        elif owed and owed[-1] == sign:
            owed.pop()
    return text + "".join(reversed(owed))
