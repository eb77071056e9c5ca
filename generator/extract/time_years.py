"""Rules for years, what years make together, and seasons."""

from __future__ import annotations

from generator import edtf
from generator.extract import time_values as values
from generator.extract.time_grammar import Reading, Scene
from generator.extract.time_phrases import Tokens, dated, direction, first, near, undated

FEW = 30
"""Years that `2029-31` may span, and years to come in which `'49` may be."""


def years_joined(scene: Scene, part: Tokens) -> Reading | None:
    """`2033-34`, `2033/34`, `the 2029-2031 period`: from the first to the last, valued by the first."""
    start = first(part, "year")
    if not start:
        return None
    last = part[-1].value if part[-1].kind == "year" else start.value // 100 * 100 + part[-1].value
    right = scene.after()
    if not start.value < last <= start.value + FEW or (right and right.kind in ("hyphen", "slash")):
        return None
    whole = values.year(start.value)
    return dated(whole, f"from {start.value} to {last}", when=edtf.interval(whole.when, f"{last:04d}"))


def year(scene: Scene, part: Tokens) -> Reading | None:
    """`2021`; not a count of things, a sum of money or the number of a road."""
    token, left, right = part[-1], scene.before(), scene.after()
    if len(part) == 1:
        if near(left, scene, "before-number") or (left and left.kind in ("number", "digits", "small")):
            return None
        if near(right, scene, "after-count") or (right and right.kind in ("number", "unit", "units", "ampm")):
            return None
        if not near(left, scene, "before-year") and not 1900 <= token.value <= scene.anchor.day.year + 50:
            return None
    return dated(values.year(token.value), "a year")


def year_brief(scene: Scene, part: Tokens) -> Reading | None:
    """`in '89`: the last year so written, or one of the next few."""
    if not near(scene.before(), scene, "before-year"):
        return None
    now = scene.anchor.day.year + FEW
    return dated(values.year(now - (now - part[0].value) % 100), "a year")


def fiscal_year(scene: Scene, part: Tokens) -> Reading | None:
    """`fiscal 1989`: which months it has is the firm's or the state's own affair, so no date."""
    token = first(part, "year")
    return undated("DATE", f"{token.value:04d}", "a fiscal year, whose months the words do not tell") if token else None


def year_spoken(scene: Scene, part: Tokens) -> Reading | None:
    """`nineteen ninety-six`, `the year two thousand`."""
    numbers = [token.value for token in part if token.kind == "number"]
    right = scene.after()
    if right and right.kind in ("unit", "units", "number"):
        return None
    if part[0].kind == "the" and numbers[:2] == [2, 1000]:
        return dated(values.year(2000 + sum(numbers[2:])), "a year")
    if len(numbers) < 2 or numbers[0] not in (18, 19, 20) or not 10 <= numbers[1] < 100 or sum(numbers[1:]) > 99:
        return None
    return dated(values.year(numbers[0] * 100 + sum(numbers[1:])), "a year")


def decade(scene: Scene, part: Tokens) -> Reading | None:
    """`the 1990s`, `the '80s`, `the nineties`: without a century, the last that has begun."""
    token = first(part, "decade")
    if not token:
        return None
    now = scene.anchor.day.year
    start = token.value if token.value >= 1000 else now - (now - token.value) % 100
    if start % 100 == 0 and start < 2000:
        return dated(
            values.century(start // 100 + 1), "a hundred years", when=edtf.interval(f"{start:04d}", f"{start + 99:04d}")
        )
    return dated(values.decade(start), f"the ten years from {start}")


def century(scene: Scene, part: Tokens) -> Reading | None:
    """`the 19th century`."""
    token = first(part, "ordinal")
    if not token or token.value < 1 or part[-1].value != "century":
        return None
    return dated(values.century(token.value), "a hundred years")


def season(scene: Scene, part: Tokens) -> Reading | None:
    """`this summer`, `last fall`, `next winter`, `spring 2034`, `the spring`; bare only after words such as `in`."""
    token, stated = first(part, "season"), first(part, "year")
    if not token:
        return None
    if stated:
        return dated(values.season(stated.value, token.value), "a season and its year")
    anchor, steps = scene.anchor.day, direction(part)
    if steps is None and not first(part, "the") and not near(scene.before(), scene, "before-season"):
        return None
    found = values.season(anchor.year, token.value)
    if steps is None:
        steps = -1 if found.first > anchor and scene.tense(part) == "past" else 0
        back = steps < 0
    else:
        back = steps < 0 and found.last >= anchor
    if back:
        found = values.season(anchor.year - 1, token.value)
        if found.last >= anchor:  # in January, last winter is the one before this one
            found = values.season(anchor.year - 2, token.value)
    elif steps > 0 and found.first <= anchor:
        found = values.season(anchor.year + 1, token.value)
    return dated(found, f"counted from {scene.anchor.text}")
