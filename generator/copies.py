"""What a page must know to find the words of facts in a reader's own copy of the article: hashes, no words.

The script `copy.js` does the same to what is pasted; `key` and `normalise` (`generator.seeds.normal`) have their
twins there. A copy has other line breaks and quotation marks, so words are compared by their key. A hash is six
bytes of SHA-256: enough that no other words of an article share it. It has no salt, as the page that checks a copy
would have to bring it along: who guesses words can prove the guess, and nobody can read them out of it. Where a copy
is pasted, the browser's spelling check is off, as some send what they check to their makers.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from generator.fragments import whole_words
from generator.model import Span

UNITED = str.maketrans(
    dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‘’‚‛′`", "'") | dict.fromkeys("\u2010\u2011–—−", "-")
)
HIDDEN = frozenset("\u00ad\u200b\u200c\u200d\u2060")
"""What a copy may hold and nobody sees: soft hyphens, joiners."""
BYTES = 6


def key(words: str) -> str:
    """Words without white space, their quotation marks and dashes of one kind."""
    return "".join(c for c in words.translate(UNITED) if not c.isspace() and c not in HIDDEN)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The whole words of a fact: how many characters their key has, and its hash in hexadecimal."""

    length: int
    hash: str


def fingerprint(span: Span, text: str) -> Fingerprint | None:
    """What tells the words of a fact in a copy; None where they are nothing but punctuation."""
    words = whole_words(span, text)
    if not words:
        return None
    told = key(words.of(text))
    return Fingerprint(len(told), sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[: 2 * BYTES])
