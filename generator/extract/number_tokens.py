"""Tokens of a sentence as the rules about numbers want them: digits apart from letters, hyphens by themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from generator.extract.memo import Memo
from generator.model import Span

VULGAR = {
    "½": (1, 2),
    "⅓": (1, 3),
    "⅔": (2, 3),
    "¼": (1, 4),
    "¾": (3, 4),
    "⅕": (1, 5),
    "⅛": (1, 8),
    "⅜": (3, 8),
    "⅝": (5, 8),
    "⅞": (7, 8),
}
DASHES = frozenset("-‐‑–−")


# Groups are bounded so that a long row of them is not read again from each of its commas.
TOKEN = re.compile(
    r"(?P<number>(?:[0-9]{1,3}(?:,[0-9]{3}){1,6}+(?![0-9])|[0-9]{1,2}(?:,[0-9]{2}){1,5},[0-9]{3}(?![0-9])|[0-9]++)"
    rf"(?:\.[0-9]++)?+[{''.join(VULGAR)}]?+|(?<![\w.])\.[0-9]++|[{''.join(VULGAR)}])"
    r"|(?P<word>(?:[^\W\d_]\.){2,}+|[^\W\d_]++(?:['’][^\W\d_]++)*+)|\S"
)


class Token(Struct, frozen=True, gc=False):
    """A number in digits, a word or a mark at `text[start:end]`."""

    start: int
    end: int
    text: str
    lower: str
    kind: str
    """`number`, `word` or `mark`."""


Tokens = Sequence[Token]


def tokenise(text: str, span: Span) -> Tokens:
    """The tokens of a stretch, in order. A hyphen is a token of its own."""
    pieces, made, at = _pieces, list[Token](), span.start  # as in `words`
    for piece in text[at : span.end].split(" "):
        for start, end, (token, lower, kind) in pieces[piece]:
            made.append(Token(at + start, at + end, token, lower, kind))
        at += len(piece) + 1
    return made


Shape = tuple[str, str, str]
"""All of a token but its place."""


def _cut(piece: str) -> tuple[tuple[int, int, Shape], ...]:
    return tuple([(m.start(), m.end(), _shape(m)) for m in TOKEN.finditer(piece)])


def _shape(found: re.Match[str]) -> Shape:
    return found[0], found[0].lower().replace("’", "'"), found.lastgroup or "mark"


_pieces = Memo(_cut)


def glued(tokens: Tokens, k: int) -> bool:
    """Whether token `k` touches the one before it."""
    return 0 < k < len(tokens) and tokens[k - 1].end == tokens[k].start


def hyphen(tokens: Tokens, k: int) -> bool:
    """Whether token `k` is a hyphen that joins the tokens around it."""
    return k + 1 < len(tokens) and tokens[k].text in DASHES and glued(tokens, k) and glued(tokens, k + 1)
