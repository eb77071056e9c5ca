"""Rules over what was read already: expressions that make one together, and words that narrow one."""

from __future__ import annotations

from generator import edtf
from generator.extract import time_values as values
from generator.extract.time_grammar import Reading, Scene
from generator.extract.time_phrases import Tokens, dated, first, near, period, reading

LATE = ("AF", "EV", "NI")
MODS = {"early": "START", "mid": "MID", "late": "END"}


def of_year(scene: Scene, part: Tokens) -> Reading | None:
    """`January last year`, `the third quarter of 2028`, `the spring of next year`, `this year's first quarter`."""
    spans = [found for token in part if (found := period(token))]
    year = next((p for p in spans if p.unit == "year"), None)
    inner = next((p for p in spans if p.unit != "year"), None)
    if not year or not inner or any(known.mod for token in part if (known := reading(token))):
        return None
    number, month = year.first.year, inner.first.month
    why = f"the year is {year.value}"
    match inner.unit:
        case "month":
            return dated(values.month(number, month), why)
        case "quarter":
            return dated(values.quarter(number, (month + 2) // 3), why)
        case "half":
            return dated(values.half(number, (month + 5) // 6), why)
        case "season":
            return dated(values.season(number, month // 3 + 20), why)
        case "day":
            return dated(values.day(inner.first.replace(year=number)), why)
    return None


def or_so(scene: Scene, part: Tokens) -> Reading | None:
    """`the next two years or so`: about that long."""
    length = reading(part[0])
    return length._replace(mod="APPROX") if length else None


def beyond(scene: Scene, part: Tokens) -> Reading | None:
    """`2036 and beyond`: from then on."""
    whole = reading(part[0])
    if not whole or not whole.when or not whole.period:
        return None
    return whole._replace(when=f"{whole.when.partition('/')[0]}/..", proof=f"{whole.proof}; from then on")


def day_of_month(scene: Scene, part: Tokens) -> Reading | None:
    """`the 1st of next month`."""
    of, right = period(part[-1]), scene.after()
    if not of or (right and right.kind == "own"):
        return None
    return dated(values.day(of.first.replace(day=part[1].value)), f"of {of.value}")


def same_day(scene: Scene, part: Tokens) -> Reading | None:
    """`this coming Sunday, March 8`: two names of one day."""
    one, other = reading(part[0]), reading(part[-1])
    return one if one and other and one.period == other.period and one.value == other.value else None


def day_time(scene: Scene, part: Tokens) -> Reading | None:
    """`Friday morning`, `10 p.m. on Wednesday`, `noon Thursday`, `the morning of December 3`."""
    whole = reading(first(part, "Day"))
    token = first(part, "Time", "day-part")
    if not whole or not whole.period or not token:
        return None
    clock = reading(token)
    of_day = clock.value.partition("T")[2] if clock else token.value
    return whole._replace(type="TIME", value=f"{whole.period.value}T{of_day}")


def clock_of_part(scene: Scene, part: Tokens) -> Reading | None:
    """`five o'clock this evening`, `at ten this morning`, `at 8 Wednesday night`: the hour in that part of the day."""
    last = reading(first(part[1:], "Time", "Day"))
    hour = reading(part[0]) if part[0].kind == "Time" else None
    named = first(part[1:], "day-part")
    of = named.value if named else last.value.partition("T")[2] if last else ""
    if not last or not last.period or len(of) != 2:
        return None
    if hour:
        told, _, minute = hour.value.partition("T")[2].partition(":")
        if hour.rule != "clock" or not told.isdigit():
            return None
        at = int(told)
    elif part[0].value in range(1, 13) and near(scene.before(), scene, "before-hour"):
        at, minute = part[0].value, "00"
    else:
        return None
    at += 12 if of in LATE and at < 12 else 0
    return last._replace(type="TIME", value=f"{edtf.day(last.period.first)}T{at:02d}:{minute}")


def week_of_month(scene: Scene, part: Tokens) -> Reading | None:
    """`the second week of March`, `the last week of next month`."""
    of, token = period(part[-1]), first(part, "ordinal", "last")
    if not of or of.unit != "month" or not token:
        return None
    nth = token.value if token.kind == "ordinal" else -1
    return dated(
        values.week_of_month(of, nth), f"Monday to Sunday; a week belongs to the month of its Thursday, {of.value}"
    )


def week_of_day(scene: Scene, part: Tokens) -> Reading | None:
    """`the week of March 6`, `the weekend of June 8`."""
    of, named = period(part[-1]), period(part[0])
    return dated(values.holding(named.unit, of.first), f"the one that holds {of.value}") if of and named else None


def narrowed(scene: Scene, part: Tokens) -> Reading | None:
    """`early next year`, `mid-December`, `the end of the year`: a third of it."""
    whole, token = reading(part[-1]), first(part, "part", "edge", "mid")
    if not whole or not whole.period or not token or (whole.period.unit == "day" and token.kind == "edge"):
        return None
    which = "mid" if token.kind == "mid" else token.value
    when = values.third(whole.period, which) if whole.when else None
    return whole._replace(when=when, mod=MODS[which], proof=f"{whole.proof}; its {which} part")


def unit_end(scene: Scene, part: Tokens) -> Reading | None:
    """`year-end`, `year's end`, `month end`."""
    found = values.holding(part[0].value, scene.anchor.day)
    return dated(found, f"of {found.value}", when=values.third(found, "late"), mod="END")


def year_end(scene: Scene, part: Tokens) -> Reading | None:
    """`year-end 2033`."""
    whole = values.year(part[-1].value)
    return dated(whole, "the end of a year", when=values.third(whole, "late"), mod="END")


def within(scene: Scene, part: Tokens) -> Reading | None:
    """`earlier this year`, `later this week`: cut at the article's day; `later Sunday`, `sometime next week`: the whole."""
    whole, which, anchor = reading(part[-1]), part[0].value, scene.anchor
    if not whole or not whole.period:
        return None
    when, inner = whole.when, whole.period
    that = part[-1].word.startswith(("that ", "the same ", "the following ", "the previous "))
    cut = (
        not that
        and anchor.precision == "day"
        and inner.unit != "day"
        and when
        and inner.first <= anchor.day <= inner.last
    )
    if cut and which == "early":
        when = edtf.interval(edtf.day(inner.first), edtf.day(anchor.day))
    elif cut and which == "late":
        when = edtf.interval(edtf.day(anchor.day), edtf.day(inner.last))
    return whole._replace(when=when, mod={"early": "BEFORE", "late": "AFTER"}.get(which))
