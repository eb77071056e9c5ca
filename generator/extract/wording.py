"""The text of a fact: its clause, trimmed, with a leading pronoun or a missing subject put in words."""

from __future__ import annotations

from collections.abc import Sequence

from generator.extract.grammar import DETERMINERS, grammar
from generator.extract.layers import Layers, Line
from generator.extract.verbs import is_finite
from generator.extract.words import Word
from generator.model import Span

TRAILING = " ,;:–—-"
MARKS = {'"': '"', "“": "”"}


def sentence(text: str) -> str:
    """Words as a sentence: one line, a capital, a full stop, and no quotation mark without its partner."""
    plain = " ".join(text.split()).rstrip(TRAILING)
    for opening, closing in MARKS.items():
        odd = plain.count(opening) % 2 if opening == closing else plain.count(opening) != plain.count(closing)
        if odd:
            plain = plain.replace(opening, "").replace(closing, "")
    if not plain:
        return ""
    return (
        plain[0].upper() + plain[1:] + ("" if plain[-1] in ".!?" or plain.endswith(('."', ".”", '!"', '?"')) else ".")
    )


def _without_relative(layers: Layers, line: Line, span: Span) -> str | None:
    """`The fire, which closed the port` as the words of a sentence: `The fire closed the port`; None where it is none."""
    words = line.words[line.at(span.start) : line.at(span.end - 1) + 1]
    commas = [i for i, w in enumerate(words) if w.text == ","]
    if not commas:
        return _without_restriction(layers, line, words, span)
    at = commas[0] if len(commas) == 1 else 0
    if not at or at + 1 >= len(words) or words[at + 1].lower not in ("which", "who"):
        return None
    rules = grammar(layers.lexicons)
    if any(is_finite(words, i, rules) for i in range(at)) or not any(
        is_finite(words, i, rules) for i in range(at + 2, min(at + 4, len(words)))
    ):
        return None
    return f"{Span(span.start, words[at].start).of(layers.text)}{Span(words[at + 1].end, span.end).of(layers.text)}"


def _without_restriction(layers: Layers, line: Line, words: Sequence[Word], span: Span) -> str | None:
    """`The fire that closed the port` as the words of a sentence; None where another verb may make one of it."""
    if not (words[0].capital or words[0].lower in DETERMINERS or words[0].text[0].isdigit()):
        return None
    at = next((i for i, w in enumerate(words) if w.lower in ("which", "who", "that")), 0)
    if not at or any(w.lower == "of" for w in words[:at]):
        return None  # `the plan of the firm that`: which of the two is told of, words do not say
    rules = grammar(layers.lexicons)
    verbs = [i for i in range(len(words)) if is_finite(words, i, rules)]
    if at + 1 not in verbs or any(i < at or i > at + 2 for i in verbs):
        return None
    first, last = line.at(span.start), line.at(span.end - 1) + 1
    told = last < len(line.words) and is_finite(line.words, last, rules)
    if not told and not line.finite(0, first, rules):
        return None
    return f"{Span(span.start, words[at - 1].end).of(layers.text)}{Span(words[at].end, span.end).of(layers.text)}"


def clause_text(layers: Layers, line: Line, span: Span, subject: str | None = None) -> str:
    """The words of a clause; `subject` is put before them where the clause has none of its own.

    A pronoun or `the minister` at its beginning gives way to the name it stands for.
    """
    words = _without_relative(layers, line, span) or span.of(layers.text)
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
