"""Text of seeds and facts as Markdown that says just that text, in both dialects.

The one gate through which words nobody here wrote enter a page. CommonMark (markdown-it-py) and
Python-Markdown agree on few backslash escapes but on all numeric character references, and a reference
never forms structure (CommonMark 0.31, 2.5), so whatever could form some becomes one. White space is
what a browser would make of it: one space.
"""

from __future__ import annotations

import re

from generator.bidi import closed

ALWAYS = re.compile(r"[&<>\\`*_\[\]{}|#~]")
"""Punctuation that means something wherever it stands."""
OPENING = re.compile(r"[+=:!-]|\d++(?=[.)])")
"""What means something at the start of a line only; the text may well be put there."""
SPACE = re.compile(r"[ \t\n\r\v\f\x1c-\x1f\x85\u2028\u2029]++")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
"""Control characters; Python-Markdown marks its own stashes with some of them."""


def _reference(match: re.Match[str]) -> str:
    return "".join(f"&#{ord(c)};" for c in match.group())


def literal(text: object, *, inner: bool = False) -> str:
    """Markdown whose rendering is `text`, white space collapsed and control characters replaced by U+FFFD.

    Nothing in it is markup: not in a paragraph, a heading, a list item, a table cell, a link's label or
    a link's title, and no direction of writing that it turns to outlasts it. White space around the text is dropped, unless it is the `inner` part of a longer one.
    """
    plain = SPACE.sub(" ", UNPRINTABLE.sub("\ufffd", str(text)))
    plain = plain if inner else plain.strip(" ")
    escaped = ALWAYS.sub(_reference, closed(plain)).replace('"', "&quot;")
    opening = OPENING.match(escaped)
    return _reference(opening) + escaped[opening.end() :] if opening else escaped
