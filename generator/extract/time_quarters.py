"""Rules for quarters and halves of a year, and for what is compared with a year before them."""

from __future__ import annotations

from generator import edtf
from generator.extract import time_values as values
from generator.extract.time_dates import FAR, MONTHS
from generator.extract.time_grammar import Reading, Scene
from generator.extract.time_phrases import Tokens, dated, first, kinds, number, period, reading
from generator.extract.time_values import Period


def quarter(scene: Scene, part: Tokens) -> Reading | None:
    """`the third quarter`, `third-quarter`, `Q3 2028`: the last one that began, unless the clause tells the future."""
    token, stated = first(part, "ordinal", "quarter-name"), first(part, "year")
    return _part_of_year(scene, part, "quarter", token.value, 4, stated.value if stated else 0) if token else None


def half(scene: Scene, part: Tokens) -> Reading | None:
    """`the second half of the year`, `first-half profit`; of anything else it is none."""
    token, right = first(part, "ordinal", "last"), scene.after()
    if not token or not right or (right.kind not in ("of", "Year") and part[-2].kind != "hyphen"):
        return None
    return _part_of_year(scene, part, "half", token.value if token.kind == "ordinal" else 2, 2, 0)


def _part_of_year(scene: Scene, part: Tokens, unit: str, nth: int, most: int, stated: int) -> Reading | None:
    nth = most if nth == -1 else nth
    if not 0 < nth <= most:
        return None
    anchor = scene.anchor.day
    make = values.quarter if unit == "quarter" else values.half
    found = make(stated or anchor.year, nth)
    if not stated:
        if scene.tense(part) == "future" and (anchor - found.last).days > FAR:
            found = make(anchor.year + 1, nth)
        elif found.first > anchor and scene.tense(part) != "future":
            found = make(anchor.year - 1, nth)
    if "fiscal" in kinds(part):
        return dated(found, f"a fiscal {unit}, whose months the words do not tell", when=None)
    return dated(
        found, "of the year stated" if stated else f"the nearest to {scene.anchor.text} that the clause allows"
    )


def ended_quarter(scene: Scene) -> Reading | None:
    """`the quarter ended July 31`: three months; as a quarter the one spoken of, else the one that holds most of them."""
    right, anchor = scene.right, scene.anchor.day
    if len(right) < 2 or right[0].kind != "ended" or right[1].kind not in MONTHS:
        return None
    stated = next((token.value for token in right[2:5] if token.kind == "year"), None)
    month = right[1].value
    year = stated or anchor.year - (month > anchor.month and right[0].word == "ended")
    begin, middle, last = (values.month(year, month - back) for back in (2, 1, 0))
    of = scene.quarter or values.quarter(middle.first.year, (middle.first.month + 2) // 3)
    return dated(of, f"the three months that end in {last.value}", when=edtf.interval(begin.when, last.when))


def year_ago_unit(scene: Scene, part: Tokens) -> Reading | None:
    """`the year-earlier quarter`, `the year-ago period`, `year-earlier profit`: a year before the quarter spoken of."""
    named, quarter = first(part, "ordinal"), scene.quarter
    if not quarter and part[-1].kind != "unit":
        return dated(values.year(scene.anchor.day.year - 1), "the year before the article's")
    found = values.step(quarter or values.holding("quarter", scene.anchor.day), -4 if quarter else -5)
    if named:
        found = values.quarter(found.first.year, named.value)
    return dated(found, "a year before the quarter spoken of", aside=True)


def quarter_of_year(scene: Scene, part: Tokens) -> Reading | None:
    """`the 2028 quarter`, `the 2028 third quarter`, `last year's quarter`: where no number is given, that of the quarter spoken of."""
    year, named = first(part, "year"), first(part, "ordinal")
    whole = period(first(part, "Year"))
    stated = year.value if year else whole.first.year if whole else 0
    if not stated:
        return None
    if not named and not scene.quarter:
        return dated(values.year(stated), "a year") if part[-1].kind == "period" else None
    if whole and scene.quarter and not named:
        return _in_year(scene.quarter, whole)
    nth = named.value if named else (scene.quarter.first.month + 2) // 3 if scene.quarter else 0
    return dated(values.quarter(stated, nth), "the quarter spoken of, in the year stated")


def last_quarter(scene: Scene, part: Tokens) -> Reading | None:
    """`the last quarter of 2033`: its fourth."""
    year = period(part[-1])
    return dated(values.quarter(year.first.year, 4), "the last one of the year") if year else None


def quarters(scene: Scene, part: Tokens) -> Reading | None:
    """`the first two quarters of 2033`: its first half."""
    year, which, unit = period(part[-1]), first(part, "ordinal", "last"), first(part, "units")
    if not year or not which or which.value not in (1, -1, "last") or not unit or unit.value != "quarter":
        return None
    if number(part) != 2:
        return None
    return dated(values.half(year.first.year, 1 if which.value == 1 else 2), "two quarters are a half")


def _years_back(part: Tokens) -> int | None:
    """Of `a year ago`, `two years earlier`."""
    length = reading(first(part, "Duration"))
    many, unit = length.amount if length and length.amount else (None, "")
    return int(many) if many and unit == "year" and part[-1].value != "late" else None


def quarter_ago(scene: Scene, part: Tokens) -> Reading | None:
    """`the quarter a year ago`, `the third quarter two years earlier`."""
    found, years = period(part[0]), _years_back(part)
    return dated(values.step(found, -4 * years), f"counted from {found.value}", aside=True) if found and years else None


def _in_year(quarter: Period, year: Period) -> Reading:
    """The quarter spoken of in a year named by its distance; if it is of that year itself, the one a year before it."""
    of = min(year.first.year, quarter.first.year - 1)
    return dated(values.quarter(of, (quarter.first.month + 2) // 3), f"{quarter.value}, in {of}", aside=True)


def same_period(scene: Scene, part: Tokens) -> Reading | None:
    """`the same period last year`, `the corresponding period a year earlier`: of what was spoken of."""
    year, years, quarter = period(part[-1]), _years_back(part), scene.quarter
    if not quarter:
        return None
    if year:
        return _in_year(quarter, year)
    return dated(values.step(quarter, -4 * years), f"counted from {quarter.value}", aside=True) if years else None
