"""What the rules of times share: picking words out of a matched phrase, and stating a reading."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from generator import edtf
from generator.extract.time_grammar import Reading, Scene, Type
from generator.extract.time_values import Period, duration
from generator.extract.time_words import Token

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
COUNTED = frozenset({"number", "small", "digits", "year", "couple"})

Tokens = Sequence[Token]


def first(part: Tokens, *kinds: str) -> Token | None:
    """The first token of any of these classes."""
    return next((token for token in part if token.kind in kinds), None)


def kinds(part: Tokens) -> frozenset[str]:
    """The classes of all tokens."""
    return frozenset(token.kind for token in part)


def reading(token: Token | None) -> Reading | None:
    """What an earlier pass read here, if it did."""
    return token.value if token and isinstance(token.value, Reading) else None


def period(token: Token | None) -> Period | None:
    """The stretch of the calendar an earlier pass read here, if it did."""
    found = reading(token)
    return found.period if found else None


def dated(
    of: Period,
    proof: str,
    *,
    when: str | Literal["its own"] | None = "its own",
    mod: str | None = None,
    tense: Literal["past", "future"] | None = None,
    type: Type = "DATE",
    aside: bool = False,
) -> Reading:
    """A reading of a stretch of the calendar; with its own EDTF unless another is given, or None."""
    return Reading(type, of.value, "", proof, of, of.when if when == "its own" else when, mod, tense=tense, aside=aside)


def undated(type: Type, value: str, proof: str, mod: str | None = None) -> Reading:
    """A reading that names no place in the calendar."""
    return Reading(type, value, "", proof, mod=mod)


def lasting(number: float | None, unit: str, mod: str | None = None) -> Reading:
    """A duration."""
    return Reading("DURATION", duration(number, unit), "", "a stretch of time", mod=mod, amount=(number, unit))


def with_weekday(d: date) -> str:
    """`2025-12-05, a Friday`."""
    return f"{edtf.day(d)}, a {WEEKDAYS[d.weekday()]}"


def near(token: Token | None, scene: Scene, list_name: str) -> bool:
    """Whether a neighbour is one of the words of a list in the lexicon's `near`."""
    return token is not None and token.word in scene.vocabulary.near[list_name]


def year_ago(scene: Scene) -> bool:
    """Whether the unit goes on as `a year-earlier loss`."""
    right = scene.right
    return len(right) > 1 and right[0].kind == "hyphen" and right[1].kind in ("within", "ago")


def number(part: Tokens) -> float | None:
    """What number words and digits make together: `twenty four`, `2 1/2`, `two and a half`; None without any."""
    total: float = 0
    group: float = 0
    seen = False
    for token in part:
        if token.kind == "fraction" or token.kind == "half":
            group += 0.5 if token.kind == "half" else token.value
        elif token.kind not in COUNTED:
            continue
        elif token.word in ("hundred", "thousand", "million", "billion"):
            group = max(group, 1) * token.value
            if token.value >= 1000:
                total, group = total + group, 0
        else:
            group += token.value
        seen = True
    return total + group if seen else None


DIRECTIONS = {
    **dict.fromkeys(("last", "past", "previous"), -1),
    **dict.fromkeys(("this", "current", "same", "that", "latest"), 0),
    **dict.fromkeys(("next", "coming", "following"), 1),
}


def direction(part: Tokens) -> int | None:
    """-1, 0 or 1 as the first pointing word points; the last of `this past`, `this coming`; None without any."""
    steps = [DIRECTIONS[token.kind] for token in part if token.kind in DIRECTIONS]
    return next((step for step in steps if step), steps[0]) if steps else None


FROM_SAID = frozenset({"previous", "following", "same", "that"})
"""Words that count from the date last spoken of, not from the article's."""


def spoken_of(scene: Scene, part: Tokens) -> Period | None:
    """The date last spoken of, where the words count from it."""
    has = kinds(part)
    return scene.said if has & FROM_SAID or {"the", "next"} <= has else None
