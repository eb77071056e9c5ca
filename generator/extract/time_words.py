"""Words of a sentence as the grammar of times sees them: each with its class and what it means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from generator.extract.memo import Holding, Memo
from generator.extract.segment import PLAIN
from generator.lexicon import Lexicons
from generator.model import Span

TOKEN = re.compile(
    r"""(?P<word>(?![ap]\.m\b)[^\W\d_]++(?:\.(?=\s?[0-9]))?+)
    |(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9])
    |(?P<clock>[0-9]{1,2}(?::[0-9]{2}(?![:0-9])|\.[0-9]{2}(?=\s?[ap]\.?m\b)))
    |(?P<number>[0-9]{1,3}(?:,[0-9]{3})++(?:\.[0-9]++)?|[0-9]++\.[0-9]++|1/[234])(?![0-9A-Za-z])
    |(?P<decade>(?:1[0-9]|20)[0-9]0['’]?s|['’][0-9]0s)\b
    |(?P<brief>(?<![\w'’])['’][0-9]{2})(?![\w'’])
    |(?P<ordinal>[0-9]{1,3}(?:st|nd|rd|th))\b
    |(?P<year>[12][0-9]{3})(?![0-9A-Za-z])
    |(?P<small>[0-9]{1,2})(?![0-9])
    |(?P<digits>[0-9]++)
    |(?P<half>½)
    |(?P<ampm>[ap]\.m\b\.?)
    |(?P<own>['’]s)\b
    |(?P<hyphen>[-‐‑])
    |(?P<dash>--|[–—])
    |(?P<comma>,)
    |(?P<other>[^\s\w]|_)""",
    re.VERBOSE | re.IGNORECASE,
)
BETWEEN = re.compile(r" (?!(?<=\. )[0-9]|(?<=[0-9] )[ap]\.?m\b)", re.IGNORECASE)
"""A space over which no token is looked at, as of `No. 5` and `5.30 pm` the second tells what the first is."""
LONGEST = 18
"""Digits of a number that are read: no date or duration has more, and Python refuses thousands."""
DIGIT = re.compile("[0-9]")


class Token(Struct, frozen=True, gc=False):
    """A word, number or mark, or later a whole expression, of one sentence."""

    start: int
    """In the whole text."""
    end: int
    kind: str
    """Its class in the lexicon, or `x` for a word the grammar does not know."""
    value: Any
    """What the lexicon says it means; of a whole expression, its `Reading`."""
    word: str
    """In lower case."""
    capital: bool
    at: int
    """Which token of the sentence it is, or begins with."""


Shape = tuple[str, Any, str, bool, tuple[tuple[str, ...], ...]]
"""All of a token but its place: kind, value, word, capital as in `Token`, and the phrases that it may begin."""
Words = Mapping[str, tuple[str, Any]]
Phrases = Mapping[str, tuple[tuple[str, ...], ...]]
Cut = tuple[tuple[int, int, Shape], ...]
"""The tokens of what stands between two spaces, and where they start and end in it."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The lexicon `times`, turned round: from words to classes."""

    words: Words
    phrases: Phrases
    """By first word, the longest first: all words of each phrase."""
    prepositions: Mapping[tuple[str, ...], str]
    denials: frozenset[str]
    links: frozenset[str]
    tense: Mapping[str, frozenset[str]]
    near: Mapping[str, frozenset[str]]
    """Words that decide, by standing next to it, whether something is a time."""
    triggers: Holding
    """A sentence with none of these, and no digit, states no time."""
    cut: Mapping[str, Cut]
    """All pieces of text that there are."""


TRIGGERS = (
    *(
        "month",
        "name-month",
        "weekday",
        "weekdays",
        "lasting",
        "lastings",
        "season",
        "seasons",
        "unit",
        "units",
        "decade",
        "relative-day",
    ),
    *("day-part", "day-parts", "tonight", "noon", "often", "now", "holiday", "quarter-name"),
)


LOOKED_UP = frozenset({"word", "other", "comma", "hyphen", "dash", "own", "half", "ampm"})
"""Kinds of tokens whose class and meaning the lexicon knows; the rest are written in digits."""
UNKNOWN = {"word": "x", "other": "x"}
"""What a token is that the lexicon does not know, where its kind says nothing."""
CAPITALISED = frozenset({"name-month", "short-month", "short-weekday"})
"""Classes whose words are others in lower case: may, march, sun."""


def split(phrase: str) -> tuple[str, ...]:
    """A phrase of the lexicon cut as text is cut."""
    return tuple(m.group().lower() for m in TOKEN.finditer(phrase))


@lru_cache(maxsize=4)
def vocabulary(lexicons: Lexicons) -> Vocabulary:
    """The vocabulary of a set of lexicons, compiled once."""
    table = lexicons["times"]
    words: dict[str, tuple[str, Any]] = {}
    phrases: dict[str, list[tuple[str, ...]]] = {}
    triggers: set[str] = set()
    triggers.update(table["triggers"])
    for kind, entries in table["words"].items():
        for entry in entries:
            parts = split(entry)
            words[" ".join(parts)] = (kind, entries[entry] if isinstance(entries, dict) else entry)
            if len(parts) > 1:
                phrases.setdefault(parts[0], []).append(parts)
            if kind in TRIGGERS:
                triggers.add(
                    max(PLAIN.findall(entry), key=len)
                )  # of a phrase the word that is rarest, most likely: not "the"
    ordered = {
        first: tuple(sorted(many, key=lambda parts: (-len(parts), parts))) for first, many in sorted(phrases.items())
    }

    def cut(piece: str) -> Cut:
        return tuple([(m.start(), m.end(), _shape(m, words, ordered)) for m in TOKEN.finditer(piece)])

    return Vocabulary(
        words,
        ordered,
        {split(phrase): sense for sense, many in table["prepositions"].items() for phrase in many},
        frozenset(table["denials"]),
        frozenset(table["links"]),
        _tense(lexicons),
        {name: frozenset(entries) for name, entries in table["near"].items()},
        Holding(triggers, PLAIN, DIGIT),
        Memo(cut),
    )


def _tense(lexicons: Lexicons) -> dict[str, frozenset[str]]:
    """The words of each tense; irregular past forms and participles come from the lexicon of verbs."""
    cues = {name: frozenset(entries) for name, entries in lexicons["times"]["tense"].items()}
    irregular = ((form, lemma) for lemma, forms in lexicons["verbs"]["irregular"].items() for form in forms)
    past = cues["past"] | {form for form, lemma in irregular if form != lemma}
    return {**cues, "past": past - cues["not-past"]}


def worth_reading(sentence: str, vocabulary: Vocabulary) -> bool:
    """Whether a sentence has any word or digit that a time is made of."""
    return vocabulary.triggers.any(sentence)


def _number(kind: str, text: str) -> tuple[str, Any]:
    """Class and value of what is written in digits."""
    if kind in ("year", "small", "digits"):
        return kind, int(text[:LONGEST])
    if kind == "number":
        if "/" in text:
            return "fraction", 1 / int(text[2:])
        plain = float(text.replace(",", ""))
        return "number", int(plain) if plain.is_integer() else plain
    if kind == "ordinal":
        return "ordinal", int(text[:-2])
    if kind in ("decade", "brief"):
        return kind, int(re.sub(r"[^0-9]", "", text))
    return kind, text


def tokens(text: str, span: Span, vocabulary: Vocabulary) -> list[Token]:
    """The tokens of one sentence, phrases of the lexicon as one."""
    made, place, cut = list[Token](), span.start, vocabulary.cut
    opening: dict[int, Sequence[tuple[str, ...]]] = {}
    for piece in BETWEEN.split(text[place : span.end]):
        for start, end, (kind, value, word, capital, phrases) in cut[piece]:
            if phrases:
                opening[len(made)] = phrases
            made.append(Token(place + start, place + end, kind, value, word, capital, len(made)))
        place += len(piece) + 1
    found = {at: phrase for at, phrases in opening.items() if (phrase := _phrase(made, at, phrases))}
    return _joined(made, found, vocabulary.words) if found else made


def _joined(tokens: Sequence[Token], phrases: Mapping[int, Sequence[str]], words: Words) -> list[Token]:
    """Tokens with those of each phrase made one; `phrases` are by their first tokens, and one within another counts for nothing."""
    made: list[Token] = []
    behind = 0
    for at, token in enumerate(tokens):
        if at < behind:
            continue
        if phrase := phrases.get(at):
            behind, word = at + len(phrase), " ".join(phrase)
            kind, value = _looked_up("word", word, token.capital, words)
            token = replace(token, end=tokens[behind - 1].end, kind=kind, value=value, word=word)
        made.append(replace(token, at=len(made)))
    return made


def _phrase(tokens: Sequence[Token], at: int, phrases: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The longest phrase that begins at a token; empty where none does."""
    words = tuple([token.word for token in tokens[at : at + len(phrases[0])]])
    return next((phrase for phrase in phrases if words[: len(phrase)] == phrase), ())


def _shape(m: re.Match[str], words: Words, phrases: Phrases) -> Shape:
    """What a token is by itself."""
    kind, word, capital = m.lastgroup or "x", m[0].lower(), m[0][0].isupper()
    told = _looked_up(kind, word, capital, words) if kind in LOOKED_UP else _number(kind, word)
    return *told, word, capital, phrases.get(word, ())


def _looked_up(kind: str, word: str, capital: bool, words: Words) -> tuple[str, Any]:
    """Class and meaning of a word, phrase or mark by the lexicon."""
    key = word[:-1] if word[-1] == "." else word
    kind, value = words.get(key) or (UNKNOWN.get(kind, kind), word)
    return ("x" if kind in CAPITALISED and not capital else kind), value
