"""Rules for what is counted from the article's date, or from the date last spoken of."""

from __future__ import annotations

from datetime import timedelta

from generator.extract import time_values as values
from generator.extract.time_grammar import Reading, Scene
from generator.extract.time_phrases import (
    Tokens,
    dated,
    direction,
    first,
    kinds,
    lasting,
    near,
    period,
    reading,
    spoken_of,
    undated,
    with_weekday,
    year_ago,
)
from generator.extract.time_quarters import ended_quarter

SIZES = ("day", "weekend", "week", "month", "quarter", "season", "half", "year", "decade", "century")


def unit_relative(scene: Scene, part: Tokens) -> Reading | None:
    """`last year`, `this month`, `next week`, `the following year`, `the same day`, `the latest quarter`.

    `the past week` is a stretch up to now; a capital (`This Week`) makes a title of it.
    """
    unit, steps, has = part[-1].value, direction(part), kinds(part)
    if (
        unit not in SIZES
        or steps is None
        or year_ago(scene)
        or (part[-1].capital and not part[-1].word.isupper() and len(part) > 1)
    ):
        return None
    if "past" in has and "this" not in has:
        return lasting(1, unit)
    if unit == "quarter" and "last" in has and (right := scene.after()) and right.kind == "of":
        return None  # of a year, it is the fourth
    said, base = spoken_of(scene, part), scene.anchor.day
    if said:
        if SIZES.index(said.unit) > SIZES.index(unit) and not steps:
            return None  # "that day" after "in May": no day was named
        base = said.first
    if "latest" in has and unit == "quarter":
        steps = -1
    found = values.step(values.holding(unit, base), steps)
    if "fiscal" in has:
        return dated(found, f"a fiscal {unit}, whose months the words do not tell", when=None)
    return dated(found, f"counted from {said.value if said else scene.anchor.text}")


def unit_bare(scene: Scene, part: Tokens) -> Reading | None:
    """`the year`, `the quarter`, `the week`: the one spoken of, or that holds the article's date; `the year ended`, `the year since` last."""
    unit, right, base = part[-1].value, scene.after(), scene.anchor.day
    unit = "quarter" if part[-1].kind == "period" else unit
    if unit not in ("week", "weekend", "month", "quarter", "year") or (right and right.kind == "hyphen"):
        return None
    if right and right.kind in ("before", "after"):
        return None  # before what is told, not before now
    if unit == "quarter":
        if right and right.kind == "of":
            return None
        if ended := ended_quarter(scene):
            return ended
        found = scene.quarter or values.step(values.holding(unit, base), -1)
        return dated(found, "the one spoken of" if scene.quarter else f"the last whole one before {scene.anchor.text}")
    if right and (right.kind == "ended" or right.word == "since"):
        return lasting(1, unit)
    if unit == "weekend" and scene.tense(part) != "future" and base.weekday() < 5:
        base -= timedelta(7)
    if "fiscal" in kinds(part):
        return undated("DATE", values.holding(unit, base).value, "a fiscal year, whose months the words do not tell")
    return dated(values.holding(unit, base), f"the one of {scene.anchor.text}")


def unit_in_full(scene: Scene, part: Tokens) -> Reading | None:
    """`the end of the decade`: that of the article; a decade otherwise may be any."""
    link, edge = scene.before(), scene.before(2)
    if not link or link.kind != "of" or not edge or edge.kind != "edge" or part[-1].value not in ("decade", "century"):
        return None
    return dated(values.holding(part[-1].value, scene.anchor.day), f"the one of {scene.anchor.text}")


def unit_before(scene: Scene, part: Tokens) -> Reading | None:
    """`the year before`, `the day after`, with nothing named that they are before or after: from the date last spoken of.

    `the year before last` counts from the article's.
    """
    right, unit = scene.after(), part[1].value
    if right and right.word.isalnum() and not near(right, scene, "after-often"):
        return None
    if part[-1].kind == "last":
        return dated(values.step(values.holding(unit, scene.anchor.day), -2), f"counted from {scene.anchor.text}")
    base = scene.said.first if scene.said else scene.anchor.day
    found = values.step(values.holding(unit, base), -1 if part[-1].kind == "before" else 1)
    return dated(found, f"counted from {scene.said.value if scene.said else scene.anchor.text}")


def unit_beside(scene: Scene, part: Tokens) -> Reading | None:
    """`the day before last Tuesday`, `the week after Christmas`."""
    token, of = first(part, "unit"), period(part[-1])
    if not token or not of or SIZES.index(of.unit) > SIZES.index(token.value):
        return None
    back = first(part, "before") is not None
    found = values.step(values.holding(token.value, of.first if back else of.last), -1 if back else 1)
    return dated(found, f"counted from {of.value}")


def day_relative(scene: Scene, part: Tokens) -> Reading | None:
    """`yesterday`, `today`, `tomorrow`, `the day before yesterday`, `the day after tomorrow`."""
    days = part[-1].value + (-1 if first(part, "before") else 1 if first(part, "after") else 0)
    return dated(values.day(scene.anchor.day + timedelta(days)), f"counted from {with_weekday(scene.anchor.day)}")


def away_day(scene: Scene, part: Tokens) -> Reading | None:
    """`a month ago today`, `two weeks ago Friday`, `three years ago this month`: that day or month, so long before."""
    length, of = reading(part[0]), period(part[-1])
    number, unit = length.amount if length and length.amount else (None, "")
    if not of or not number or not float(number).is_integer() or unit not in SIZES:
        return None
    if SIZES.index(of.unit) > SIZES.index(unit):
        return None
    base = scene.anchor.day if of.unit == "day" and part[-1].word != "today" else of.first
    target = values.moved(base, unit, -int(number))
    if of.unit == "day" and unit == "week":
        target += timedelta(of.first.weekday() - target.weekday())
    elif of.unit == "day":
        target = values.moved(of.first, unit, -int(number))
    return dated(values.holding(of.unit, target), f"counted from {of.value}")


def _whole(number: float | None, unit: str) -> tuple[float | None, str]:
    """Half a century as 50 years, two and a half years as 30 months."""
    if number is None or float(number).is_integer():
        return number, unit
    if unit in values.MANY:
        unit, many = values.MANY[unit]
        return number * many, unit
    return (number * 12, "month") if unit == "year" else (number, unit)


def away(scene: Scene, part: Tokens) -> Reading | None:
    """`three weeks ago`, `two days earlier`, `a year later`, `two weeks from now`, `a week from Tuesday`, `two days before Christmas`.

    As precise as its unit: weeks give a week, years a year. `later than planned` counts from no date.
    """
    length, of = reading(part[0]), period(part[-1])
    token = first(part, "ago", "hence", "within", "before", "after", "from")
    right = scene.after()
    if not length or not length.amount or not token or token.value == "any":
        return None
    if token.kind == "within" and right and right.kind == "than":
        return None
    if of and any(scene.vocabulary.words.get(word, ("",))[0] == "trading" for word in part[0].word.split()):
        return None  # which days are worked, the calendar does not tell
    number, unit = _whole(*length.amount)
    left = scene.before()
    if of and token.kind in ("after", "from") and left and left.word == "for":
        return None  # `closes for six weeks from April 8`
    back = token.kind in ("ago", "before") or token.value == "early"
    if number is None or unit in ("second", "minute", "hour") or not float(number).is_integer():
        if token.kind == "within":  # before or after what was spoken of, not now
            return length._replace(proof="too vague for a date")
        return undated("DATE", "PAST_REF" if back else "FUTURE_REF", "too vague for a date")
    steps = -int(number) if back else int(number)
    if unit == "year" and steps == -1 and not of and scene.quarter:
        return dated(values.step(scene.quarter, -4), "a year before the quarter spoken of", aside=True)
    said = scene.said if token.kind == "within" else None
    base = (of.first if back else of.last) if of else said.first if said else scene.anchor.day
    target = values.moved(base, unit, steps)
    grain = {"fortnight": "week", "weekend": "week", "decade": "year", "century": "year", "millennium": "year"}.get(
        unit, unit
    )
    if grain == "month" and length.amount[1] == "year":
        grain = "year"
    if of and SIZES.index(of.unit) < SIZES.index(grain):
        grain = of.unit
    named = of or said
    return dated(
        values.holding(grain, target),
        f"counted from {named.value if named else scene.anchor.text}",
        mod=length.mod,
        aside=steps == -1 and unit == "year" and not of,
    )
