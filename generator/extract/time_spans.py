"""Rules for stretches of time."""

from __future__ import annotations

from itertools import pairwise

from generator.extract import time_values as values
from generator.extract.time_grammar import Reading, Scene
from generator.extract.time_phrases import Tokens, first, lasting, near, number, undated, year_ago

WITHIN = ("day", "week", "month", "year")


def duration(scene: Scene, part: Tokens) -> Reading | None:
    """`two years`, `10-year`, `a few days`, `more than four hours`, `the nine months`, `12 to 18 months`.

    Not an age (`23 years old`), a share (`three-quarters of`) or a rate (`3 percent a year`, which the quantity has).
    """
    token = first(part[::-1], "units", "unit")
    if not token or _run_together(part) or _age(scene) or _share(scene, token.value) or year_ago(scene):
        return None
    if _title(part):
        return None
    ends = next((i for i, t in enumerate(part) if t.kind in ("to", "or", "dash")), len(part))
    n = number(part[:ends])
    if part[-1].kind == "half" and n == 0.5:
        n = 1.5  # an hour and a half
    if n is None and not first(part, "vague"):
        if not first(part, "a", "the"):
            return None
        if first(part, "a") and _rate(scene, part):
            return None
        n = 1
    if _some_day(scene, part):
        return undated("DATE", "FUTURE_REF", "some day to come")
    approx = first(part, "approx")
    found = lasting(n, token.value, approx.value if approx else None)
    return found._replace(when=_within(scene, part, n, token.value))


def _within(scene: Scene, part: Tokens, number: float | None, unit: str) -> str | None:
    """By when what is to be done within a stretch is: `within six weeks`, counted from the article's date."""
    left, right = scene.before(), scene.after()
    if not left or left.word != "within" or (right and right.kind in ("of", "after", "from")):
        return None
    if unit not in WITHIN or not number or not float(number).is_integer() or scene.tense(part) != "future":
        return None
    end = values.holding(unit, values.moved(scene.anchor.day, unit, int(number))).when
    return f"../{end.rpartition('/')[2]}"


def quarter_century(scene: Scene, part: Tokens) -> Reading | None:
    """`a quarter century`, `a quarter of a century`."""
    return lasting(25, "year") if part[-1].value == "century" else None


def _run_together(part: Tokens) -> bool:
    """Whether two numbers only stand side by side: `up from 30 two years earlier`."""
    return any(
        a.kind in ("small", "digits", "year") and b.kind == "number" and b.value < 100 for a, b in pairwise(part)
    )


def _age(scene: Scene) -> bool:
    """Whether `old` follows, perhaps after a hyphen, or `aged` stands before it."""
    left, right = scene.before(), scene.right
    if left and left.word == "aged":
        return True
    return bool(right) and (
        right[0].kind == "old" or (len(right) > 1 and right[0].kind == "hyphen" and right[1].kind == "old")
    )


def _some_day(scene: Scene, part: Tokens) -> bool:
    """`It will, one day, be the largest`; not `for one day`."""
    words = [token.word for token in part]
    return words == ["one", "day"] and not near(scene.before(), scene, "before-loose") and scene.tense(part) == "future"


def _title(part: Tokens) -> bool:
    """Whether this names a programme or a book: `60 Minutes` in words that are no heading."""
    return part[0].kind in ("small", "digits") and part[-1].capital and not part[-1].word.isupper()


def _share(scene: Scene, unit: str) -> bool:
    """Whether quarters are fourths of something."""
    right = scene.after()
    return unit == "quarter" and right is not None and right.kind == "of"


def _rate(scene: Scene, part: Tokens) -> bool:
    """Whether `a year` says how often or how much: after a number or a sum, unless `ago` or `earlier` follows."""
    left, right = scene.before(), scene.after()
    if right and right.kind in ("ago", "within"):
        return False
    return near(left, scene, "before-rate") or (
        left is not None and left.kind in ("units", "number", "small", "digits")
    )


def stretch(scene: Scene, part: Tokens) -> Reading | None:
    """`recent months`, `the coming weeks`, `the past few years`, `the first two days`: no date."""
    right, left = scene.right, scene.before()
    if part[0].kind == "last" and near(left, scene, "before-verb"):
        return None  # to last six months
    if part[-1].value == "quarter" and len(right) > 1 and right[0].kind == "of" and right[1].kind == "year":
        return None  # of a year, quarters are months that can be told
    named = first(part, "ordinal")
    if named and named.value not in (1, -1) and number(part) is None:
        return None  # the second and fourth quarters are no stretch
    return lasting(number(part), part[-1].value)


def long(scene: Scene, part: Tokens) -> Reading | None:
    """`a day-long meeting`, `weeklong`, `a three-month-long strike`, `the decades-long dispute`."""
    token = first(part, "units", "unit", "lasting", "lastings")
    if not token:
        return None
    one = None if token.kind in ("units", "lastings") or first(part, "vague") else 1
    return lasting(number(part) or one, token.value)


def early_years(scene: Scene, part: Tokens) -> Reading | None:
    """`in the early years`, `the late months`; the early hours are a time of day."""
    return lasting(None, part[-1].value) if part[-1].value in LONG else None


def years(scene: Scene, part: Tokens) -> Reading | None:
    """`over the years`, `through the centuries`."""
    return lasting(None, part[-1].value) if near(scene.before(), scene, "before-years") else None


COUNTS = frozenset({"the", "number", "small", "digits", "vague", "of", "that", "this"})
"""Classes of words after which `months of` counts or names certain months."""
LONG = ("week", "month", "year", "decade", "century")


def _counted_from(scene: Scene) -> bool:
    """Whether `ago`, or `later` without `than`, follows."""
    right = scene.right
    if not right or right[0].kind not in ("ago", "within") or right[0].value == "any":
        return False
    return len(right) < 2 or right[1].kind != "than"


def loose(scene: Scene, part: Tokens) -> Reading | None:
    """`for years`, `within weeks`, `months of talks`, `a years-old dispute`: only after a word of time, or as a stretch of something."""
    left, right = scene.before(), scene.after()
    if part[-1].kind == "old":
        return lasting(None, part[0].value) if not left or left.kind not in ("number", "small", "vague") else None
    if right and right.kind in ("old", "hyphen"):
        return None
    if near(scene.before(), scene, "before-loose") or _counted_from(scene):
        return lasting(None, part[-1].value)
    if right and right.kind == "of" and part[0].value in LONG and (not left or left.kind not in COUNTS):
        return lasting(None, part[0].value)
    return None
