"""Rules for days and months, and for the year they are of where none is stated."""

from __future__ import annotations

from datetime import date

from generator.extract import time_values as values
from generator.extract.time_grammar import Reading, Scene
from generator.extract.time_phrases import Tokens, dated, direction, first, near, period, undated
from generator.extract.time_values import Period

DAYS = ("small", "ordinal", "weekday", "short-weekday")
FAR = 100
"""Days within which the nearest month or day of that name is meant, whatever the tense."""
OPENING = 2
"""Tokens before a time that opens its sentence: the main verb then tells its tense for certain."""
NEAR = 12
"""Tokens before a month within which `will` promises it."""
BREAKS = frozenset({",", ";", ":", "(", ")", "—", "and", "but", "that", "which", "who"})
MONTHS = ("month", "name-month", "short-month")


def iso_date(scene: Scene, part: Tokens) -> Reading | None:
    """`2025-12-03`."""
    return dated(values.day(date.fromisoformat(part[0].word)), "a full date")


def _nearest_year(scene: Scene, month: int, day: int, part: Tokens) -> tuple[int, str]:
    """The year of a month, or of a day in it, that states none, and why; `day` 0 for none."""
    stated = _shared_year(scene)
    if stated:
        return stated - (month > _month_ahead(scene, month)), "the year stands after the dates it is shared by"
    if bracketed := _bracketed_year(scene):
        return bracketed, "the year stands in brackets"
    anchor = scene.anchor.day
    far = {
        year: (date(year, month, min(day, 28) or min(anchor.day, 28)) - anchor).days
        for year in range(max(1, anchor.year - 1), min(9999, anchor.year + 1) + 1)
    }
    year = min(far, key=lambda y: abs(far[y]))
    left = scene.before()
    if since := _year_before(scene):
        return since.first.year + (month < since.first.month), f"after {since.value}"
    if left and left.word == "ended" and far[year] > 0:
        return year - 1, "it has ended"
    if not day and year == anchor.year and month < anchor.month and _promised(scene, part):
        return year + 1, "the clause promises it"
    if abs(far[year]) > (FAR if part[0].at > OPENING else 0):
        tense = scene.tense(part)
        if tense and (tense == "past") == (far[year] > 0):
            return year + (1 if tense == "future" else -1), f"the clause tells the {tense}"
    return year, f"the one nearest to {scene.anchor.text}"


def _bracketed_year(scene: Scene) -> int | None:
    """The year in brackets behind a month, which another calendar's may stand before: `September Showa 26 (1951)`."""
    words = [token.word for token in scene.right[:5]]
    if "(" not in words:
        return None
    at = words.index("(")
    year = scene.right[at + 1] if at + 1 < len(scene.right) else None
    closed = words[at + 2 : at + 3] == [")"]
    return int(year.value) if year is not None and year.kind == "year" and closed else None


def _promised(scene: Scene, part: Tokens) -> bool:
    """Whether `will` stands before it in its clause: `will open in May` is no May that has been."""
    for token in reversed(scene.words[max(0, part[0].at - NEAR) : part[0].at]):
        if token.word in BREAKS or isinstance(token.value, Reading):
            return False
        if token.word in ("will", "shall", "would"):
            return True
    return False


def _shared_year(scene: Scene) -> int | None:
    """The year that stands at the end of a list or span of dates: 2033 of `March and June 2033`, `from May 3 to June 5, 2033`."""
    named = False
    if not scene.right or not near(scene.right[0], scene, "before-day-again"):
        return None
    for token in scene.right:
        if token.kind == "year":
            return int(token.value) if named else None
        if token.kind in MONTHS or token.kind in ("small", "ordinal"):
            named = True
        elif token.kind not in DAYS and not near(token, scene, "before-day-again"):
            return None
    return None


def _year_before(scene: Scene) -> Period | None:
    """The date, with its year, from which the words run to this one: `from December 2033 to March`."""
    link, before = scene.before(), scene.before(2)
    if not near(link, scene, "before-until") or not before or before.kind not in ("Day", "Month"):
        return None
    known = period(before)
    return known if known and before.word.endswith(f"{known.first.year}") else None


def _month_ahead(scene: Scene, month: int) -> int:
    """The next month named, or this one again."""
    return next((int(token.value) for token in scene.right if token.kind in MONTHS), month)


def day_again(scene: Scene, part: Tokens) -> Reading | None:
    """`25` of `April 24 and 25`, `5th` of `from March 3 to the 5th`: a later day of the month just named."""
    token, stated = first(part, "small", "ordinal"), first(part, "year")
    link, before, right = scene.before(), scene.before(2), scene.after()
    if not token or not near(link, scene, "before-day-again") or not before or before.kind != "Day":
        return None
    if not before.word[-1:].isalnum():
        return None
    known = before.value.period
    if before.value.rule not in ("date", "day-again") or not known or token.value <= known.last.day:
        return None
    if right and (right.word.isalnum() or right.kind in ("hyphen", "slash")) and not near(right, scene, "after-often"):
        return None
    found = known.last.replace(day=token.value, year=stated.value if stated else known.last.year)
    return dated(values.day(found), "in the month just named")


def month_day(scene: Scene, part: Tokens) -> Reading | None:
    """`Wednesday, December 3, 2025`, `the 3rd of December`, `Dec. 3`, `December 3-5`."""
    month, year = first(part, *MONTHS), first(part, "year")
    days = [token.value for token in part if token.kind in ("small", "ordinal")]
    if not month or not days or not 0 < days[0] < 32:
        return None
    if not year and scene.anchor.precision == "interval":
        return undated("DATE", f"XXXX-{month.value:02d}-{days[0]:02d}", "of a year that nothing tells")
    number, why = (year.value, "a full date") if year else _nearest_year(scene, month.value, days[0], part)
    start = date(number, month.value, days[0])
    if len(days) > 1 and days[0] < days[1]:
        return dated(values.days(start, date(number, month.value, days[1])), why)
    return dated(values.day(start), why)


def month_year(scene: Scene, part: Tokens) -> Reading | None:
    """`March 2033`, `October of 2025`."""
    month, year = first(part, *MONTHS), first(part, "year")
    return dated(values.month(year.value, month.value), "a month and its year") if month and year else None


def _is_month(scene: Scene) -> bool:
    """Whether the words around `March`, `May` or `April` make a month of it: `in March`, `the April vote`."""
    left, right, before = scene.before(), scene.after(), scene.before(2)
    if near(left, scene, "before-day-again") and before and before.kind in ("Month", "Day"):
        return True
    if near(left, scene, "risky-before-month") and right and right.kind == "x" and right.word.isalpha():
        return False
    if near(left, scene, "before-month"):
        return True
    if left is None or left.kind in ("hyphen", "dash", "Month"):
        return left is not None
    plain = right is not None and right.word.isalpha() and not right.capital and not near(right, scene, "no-noun")
    return plain and left.kind in ("the", "a", "own")


def month(scene: Scene, part: Tokens) -> Reading | None:
    """`February`: the nearest one, or if far the last or next as the clause tells.

    A month whose word is also a name, or another word, counts only after words such as `in`.
    """
    token = part[0]
    if token.kind == "name-month" and not _is_month(scene):
        return None
    year, why = _nearest_year(scene, token.value, 0, part)
    return dated(values.month(year, token.value), why)


def month_relative(scene: Scene, part: Tokens) -> Reading | None:
    """`last June`, `next March`, `this September`."""
    token = first(part, "month", "name-month")
    anchor, steps = scene.anchor.day, direction(part)
    if not token or steps is None:
        return None
    year = anchor.year
    if steps < 0:
        year -= token.value >= anchor.month
    elif steps > 0:
        year += token.value <= anchor.month
    return dated(values.month(year, token.value), f"counted from {scene.anchor.text}")
