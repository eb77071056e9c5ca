"""The grammar machine of times: rules are patterns over classes of words, tried in passes from small to large.

`time_patterns` says how a rule is written. At each place the longest match wins, then the first in the table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

from generator import edtf
from generator.extract.time_patterns import AHEAD, LETTERS, OTHER, lettered, openings
from generator.extract.time_tense import Tense, tense
from generator.extract.time_values import Period
from generator.extract.time_words import Token, Vocabulary

Type = Literal["DATE", "TIME", "DURATION", "SET"]


class Reading(NamedTuple):
    """What an expression means, before the words around it are asked."""

    type: Type
    value: str
    rule: str
    proof: str
    period: Period | None = None
    when: str | None = None
    mod: str | None = None
    amount: tuple[float | None, str] | None = None
    """Of a duration: how many of which unit."""
    tense: Tense | None = None
    """Of the clause, where it decided."""
    aside: bool = False
    """A comparison, from which nothing goes on: `up from 3 million a year earlier`."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The article's own date."""

    text: str
    day: date
    """Padded with first days where the date is less precise."""
    precision: edtf.Precision


@dataclass(slots=True)
class Scene:
    """What a rule may ask: the sentence's words, the article's date, and what was said before."""

    anchor: Anchor
    vocabulary: Vocabulary
    text: str
    words: Sequence[Token] = ()
    said: Period | None = None
    """The last date read before this place."""
    quarter: Period | None = None
    """The last quarter read before this place that is not itself a year old: comparisons with a year ago go on from it."""
    left: Sequence[Token] = field(default_factory=list)
    right: Sequence[Token] = field(default_factory=list)

    def tense(self, tokens: Sequence[Token]) -> Tense | None:
        """Of the clause around these tokens."""
        last = tokens[-1].at + 1
        while last < len(self.words) and self.words[last].start < tokens[-1].end:
            last += 1
        return tense(self.words, tokens[0].at, last, self.vocabulary)

    def hear(self, token: Token, reading: Reading) -> None:
        """Remember a date that was read; after `the nine months`, comparisons go on from no quarter."""
        period, amount = reading.period, reading.amount
        if period and not reading.aside:
            self.said = period
            if period.unit == "quarter" and (self.anchor.day - period.last).days < 300:
                self.quarter = period
        elif amount and amount[1] == "month" and (amount[0] or 0) > 3 and token.word.startswith("the "):
            self.quarter = None

    def before(self, back: int = 1) -> Token | None:
        """The token so many before the match."""
        return self.left[-back] if len(self.left) >= back else None

    def after(self) -> Token | None:
        """The token right after the match."""
        return self.right[0] if self.right else None


Reader = Callable[[Scene, Sequence[Token]], Reading | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern with its reader."""

    name: str
    pattern: str
    read: Reader
    needs: edtf.Precision = "interval"
    """How precise the article's date must be for the reading to have a date; an interval does for what names its own."""


SEEN = 9
"""Tokens after a match that its rule may look at."""


@dataclass(frozen=True, slots=True)
class Pass:
    """Rules that are tried together."""

    rules: Mapping[str, tuple[tuple[Rule, str], ...]]
    """By the two letters that they may begin with, and by the one that may be all they match; each with its regular expression, compiled when it is tried."""
    anywhere: re.Pattern[str]
    """Finds the next place where any rule may begin."""

    def at(self, letters: str, i: int) -> tuple[tuple[Rule, str], ...]:
        """The rules that may begin at a place."""
        return self.rules.get(letters[i : i + AHEAD]) or self.rules.get(letters[i], ())


def arranged(rules: Sequence[Rule]) -> Pass:
    """A table of rules made ready for `reduced`."""
    ready = [(rule, expression := lettered(rule.pattern), openings(expression)) for rule in rules]
    by_key: dict[str, list[int]] = {}
    for rank, (_, _, opens) in enumerate(ready):
        for key in sorted(opens):
            by_key.setdefault(key, []).append(rank)
    followers: dict[str, str] = {}
    for key in sorted(by_key):
        followers[key[0]] = followers.get(key[0], "") + key[1:]
        if len(key) > 1 and key[0] in by_key:
            by_key[key] = sorted(by_key[key] + by_key[key[0]])
    first = [one if one in by_key else f"{one}(?=[{behind}])" for one, behind in followers.items()]
    return Pass(
        {key: tuple(ready[rank][:2] for rank in ranks) for key, ranks in by_key.items()},
        re.compile("|".join(first)),
    )


_compiled = cache(re.compile)


def letter(token: Token) -> str:
    """The letter that stands for a token in patterns."""
    kind = f"{token.kind}-{token.value}" if token.kind == "unit" else token.kind
    return LETTERS.get(kind) or LETTERS.get(token.kind, OTHER)


def reduced(tokens: list[Token], stage: Pass, scene: Scene) -> list[Token]:
    """The tokens with every expression that a rule reads made into one token."""
    letters = "".join([LETTERS.get(t.kind, OTHER) if t.kind != "unit" else letter(t) for t in tokens])
    made: list[Token] = []
    i = 0
    while found := stage.anywhere.search(letters, i):
        _pass(tokens[i : found.start()], made, scene)
        i = found.start()
        scene.left = made
        token, size = _best(tokens, letters, i, stage, scene) or (tokens[i], 1)
        _pass([token], made, scene)
        i += size
    _pass(tokens[i:], made, scene)
    return made


def _pass(tokens: Sequence[Token], made: list[Token], scene: Scene) -> None:
    """Go on beyond some tokens, hearing what they say."""
    made += tokens
    for token in tokens:
        if isinstance(token.value, Reading):
            scene.hear(token, token.value)


LONGEST = 40
"""Tokens of an expression at most: a text of nothing but numbers costs no more than others."""


def _best(tokens: list[Token], letters: str, i: int, stage: Pass, scene: Scene) -> tuple[Token, int] | None:
    """The expression that begins at `i`, as a token, and how many tokens it takes."""
    matches = [
        (m.end(), rule)
        for rule, expression in stage.at(letters, i)
        if (m := _compiled(expression).match(letters, i, i + LONGEST))
    ]
    for end, rule in sorted(matches, key=lambda pair: -pair[0]):
        part = tokens[i:end]
        scene.right = tokens[end : end + SEEN]
        try:
            reading = rule.read(scene, part)
        except (ValueError, OverflowError):  # a date the calendar does not have: 31 June, the year 10000
            continue
        if reading:
            words = " ".join(scene.text[part[0].start : part[-1].end].split())
            reading = reading._replace(rule=rule.name, proof=f"{words}: {reading.proof}")
            if RANK[scene.anchor.precision] < RANK[rule.needs]:
                reading = unresolved(reading, scene.anchor)
            kind = reading.period.unit.title() if reading.period and reading.type == "DATE" else reading.type.title()
            if kind == "Date":
                kind = "Ref"
            return Token(
                part[0].start, part[-1].end, kind, reading, words.lower(), part[0].capital, part[0].at
            ), end - i
    return None


RANK = {"interval": 0, "year": 1, "season": 2, "month": 2, "day": 3}


def unresolved(reading: Reading, anchor: Anchor) -> Reading:
    """A reading whose date would need a more precise article date than there is."""
    return reading._replace(
        value="XXXX-XX-XX" if reading.type in ("DATE", "TIME") else reading.value,
        period=None,
        when=None,
        proof=f"{reading.proof.split(':')[0]}: the article's date, {anchor.text}, is not precise enough to tell",
    )
