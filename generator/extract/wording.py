"""The text of a fact: its clause, trimmed, with a leading pronoun or a missing subject put in words."""

from __future__ import annotations

import re

from generator.extract.layers import Layers, Line
from generator.model import Span

TRAILING = re.compile(r"[\s,;:–—-]+$")
MARKS = {'"': '"', "“": "”"}


def sentence(text: str) -> str:
    """Words as a sentence: one line, a capital, a full stop, and no quotation mark without its partner."""
    plain = TRAILING.sub("", " ".join(text.split()))
    for opening, closing in MARKS.items():
        odd = plain.count(opening) % 2 if opening == closing else plain.count(opening) != plain.count(closing)
        if odd:
            plain = plain.replace(opening, "").replace(closing, "")
    if not plain:
        return ""
    return (
        plain[0].upper() + plain[1:] + ("" if plain[-1] in ".!?" or plain.endswith(('."', ".”", '!"', '?"')) else ".")
    )


def clause_text(layers: Layers, line: Line, span: Span, subject: str | None = None) -> str:
    """The words of a clause; `subject` is put before them where the clause has none of its own.

    A pronoun or `the minister` at its beginning gives way to the name it stands for.
    """
    words = span.of(layers.text)
    first = next((n for n in line.names if n.start == span.start), None)
    if first and first.via in ("pronoun", "description") and first.end <= span.end:
        name = layers.entities[first.id].name
        if name.split()[-1].islower() and first.kind != "programme" and not name.startswith("the "):
            name = f"The {name}"
        owner = name + ("’s" if first.possessive and first.via == "pronoun" else "")
        words = owner + words[first.end - first.start :]
    elif subject:
        words = f"{subject} {words}"
    return sentence(words)
