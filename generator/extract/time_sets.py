"""Rules for what happens again and again, and for words such as `now`, which name no date."""

from __future__ import annotations

from generator.extract import time_values as values
from generator.extract.time_grammar import Reading, Scene
from generator.extract.time_phrases import Tokens, first, near, number, undated


def bygone(scene: Scene, part: Tokens) -> Reading | None:
    """`in past years`, `in years past`: some time before."""
    left = scene.before()
    return None if left and left.kind in ("the", "number", "small") else undated("DATE", "PAST_REF", "no date")


def every(scene: Scene, part: Tokens) -> Reading | None:
    """`each year`, `every two weeks`, `every other week`, `every Friday`, `each Sunday morning`, `each July`."""
    token = part[-1]
    match token.kind:
        case "weekday":
            value = f"XXXX-WXX-{token.value}"
        case "month" | "name-month":
            value = f"XXXX-{token.value:02d}"
        case "season":
            value = f"XXXX-{values.SEASONS[token.value]}"
        case "day-part":
            named = first(part, "weekday")
            value = (f"XXXX-WXX-{named.value}" if named else "XXXX-XX-XX") + f"T{token.value}"
        case _:
            value = values.duration(number(part[1:-1]) or part[0].value, token.value)
    return undated("SET", value, "again and again")


def weekdays(scene: Scene, part: Tokens) -> Reading | None:
    """`Mondays`, `Tuesday nights`."""
    token, of = first(part, "weekdays", "weekday"), first(part, "day-parts")
    if not token:
        return None
    return undated("SET", f"XXXX-WXX-{token.value}" + (f"T{of.value}" if of else ""), "again and again")


def often(scene: Scene, part: Tokens) -> Reading | None:
    """`annually`, `meets weekly`; before a noun it says of what sort a thing is: `daily necessities`."""
    right = scene.after()
    known = near(right, scene, "after-often") or near(right, scene, "often-of")
    if right and right.word.isalpha() and not part[0].word.endswith("ally") and not known:
        return None
    return undated("SET", part[0].value, "again and again")


def now(scene: Scene, part: Tokens) -> Reading | None:
    """`now`, `recently`, `soon`, `the past`: no date. `as soon as`, `soon after` are none of them."""
    token, left, right = part[-1], scene.before(), scene.after()
    if token.word == "soon" and ((left and left.word == "as") or (right and right.kind == "after")):
        return None
    if token.kind == "past":
        if right and right.kind in ("number", "small", "vague", "couple"):
            return None  # of something that a calendar does not count: the past three concerts
        return undated("DATE", "PAST_REF", "no date")
    if not token.value:
        return None
    return undated("DATE", token.value, "no date")
