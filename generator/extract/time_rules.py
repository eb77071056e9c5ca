"""The rules of times, in three passes: atoms, what joins them, and what narrows the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from generator import edtf
from generator.extract import time_values as values
from generator.extract.time_grammar import Reading, Rule, Scene, Type, arranged
from generator.extract.time_values import Period
from generator.extract.time_words import Token

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Tokens = Sequence[Token]


# --- small helpers -----------------------------------------------------------------------------------------


def first(part: Tokens, *kinds: str) -> Token | None:
    """The first token of any of these classes."""
    return next((token for token in part if token.kind in kinds), None)


def said(part: Tokens) -> str:
    """The words, for proofs."""
    return " ".join(token.word for token in part)


def dated(period: Period, proof: str, *, when: str | None = "", mod: str | None = None, type: Type = "DATE") -> Reading:
    """A reading of a period; its own EDTF unless another is given, or None."""
    return Reading(type, period.value, "", proof, period, period.when if when == "" else when, mod)


def the_day(d: date) -> str:
    """`2025-12-05, a Friday`."""
    return f"{edtf.day(d)}, a {WEEKDAYS[d.weekday()]}"


def number(part: Tokens) -> float | None:
    """The number that number words and digits make together; None if there is none."""
    total: float = 0
    group: float = 0
    seen = False
    for token in part:
        if token.kind in ("number", "small", "digits", "year", "couple"):
            n = token.value
            if token.word in ("hundred", "thousand", "million", "billion"):
                group = max(group, 1) * n
                if n >= 1000:
                    total, group = total + group, 0
            else:
                group += n
            seen = True
        elif token.kind == "fraction" or (token.kind == "half" and seen):
            group += token.value if token.kind == "fraction" else 0.5
            seen = True
        elif token.kind == "half":
            group, seen = 0.5, True
    return total + group if seen else None


def nearest_year(scene: Scene, month: int, day: int, part: Tokens) -> tuple[int, str]:
    """The year of a month, or of a day in it, that states none, and why."""
    anchor = scene.anchor.day
    tense = scene.tense(part)
    this = anchor.year
    if day:
        far = {y: (date(y, month, min(day, 28)) - anchor).days for y in (this - 1, this, this + 1)}
    else:
        far = {y: 31 * ((y - this) * 12 + month - anchor.month) for y in (this - 1, this, this + 1)}
    chosen = min(far, key=lambda y: abs(far[y]))
    if far[chosen] > 31 and tense == "past":
        chosen, why = chosen - 1, "the clause tells the past"
    elif far[chosen] < -31 and tense == "future":
        chosen, why = chosen + 1, "the clause tells the future"
    else:
        why = f"the nearest to {scene.anchor.text}"
    return chosen, why


# --- atoms ------------------------------------------------------------------------------------------------


def iso(scene: Scene, part: Tokens) -> Reading | None:
    """`2025-12-03`."""
    return dated(values.day(date.fromisoformat(part[0].word)), f"{part[0].word}: a full date")


def full_date(scene: Scene, part: Tokens) -> Reading | None:
    """`Wednesday, December 3, 2025`, `3rd of December`, `Dec. 3`, `December 3-5`."""
    month = first(part, "month", "name-month", "short-month")
    year = first(part, "year")
    numbers = [token.value for token in part if token.kind in ("small", "ordinal")]
    if not month or not numbers or not 0 < numbers[0] < 32:
        return None
    if month.kind == "name-month" and scene_text_is_lower(month, part):
        return None
    y, why = (year.value, "a full date") if year else nearest_year(scene, month.value, numbers[0], part)
    start = date(y, month.value, numbers[0])
    if len(numbers) > 1 and numbers[0] < numbers[1] < 32:
        return dated(values.days(start, date(y, month.value, numbers[1])), f"{said(part)}: {why}")
    return dated(values.day(start), f"{said(part)}: {why}")


def scene_text_is_lower(month: Token, part: Tokens) -> bool:
    """A month that is also a verb or a name counts with a day only beside it: always so here."""
    return False


def month_year(scene: Scene, part: Tokens) -> Reading | None:
    """`March 2033`, `October of 2025`."""
    month, year = first(part, "month", "name-month", "short-month"), first(part, "year")
    if not month or not year:
        return None
    return dated(values.month(year.value, month.value), f"{said(part)}: a month and its year")


IN = frozenset(
    [
        "in",
        "by",
        "since",
        "until",
        "till",
        "from",
        "of",
        "before",
        "after",
        "last",
        "next",
        "this",
        "early",
        "late",
        "mid",
        "through",
        "during",
        "to",
        "for",
        "between",
        "and",
        "or",
        "around",
    ]
)


def bare_month(scene: Scene, part: Tokens) -> Reading | None:
    """`February`: the nearest one, unless the clause tells otherwise."""
    month = part[0]
    left, right = scene.before(), scene.after()
    if month.kind == "name-month":
        if not left or (left.word not in IN and left.kind not in ("hyphen", "dash", "part", "each", "Month")):
            return None
        if left.word in ("by", "of", "to", "for", "and", "or") and right and right.kind == "x" and right.word.isalpha():
            return None
    year, why = nearest_year(scene, month.value, 0, part)
    return dated(values.month(year, month.value), f"{said(part)}: {why}")


def relative_month(scene: Scene, part: Tokens) -> Reading | None:
    """`last June`, `next March`, `this September`."""
    month = first(part, "month", "name-month")
    assert month
    anchor = scene.anchor.day
    kinds = {token.kind for token in part}
    year = anchor.year
    if kinds & {"last", "past", "previous"} and "this" not in kinds:
        year -= month.value >= anchor.month
    elif kinds & {"next", "coming", "following"}:
        year += month.value <= anchor.month
    return dated(values.month(year, month.value), f"{said(part)}: counted from {scene.anchor.text}")


def bare_year(scene: Scene, part: Tokens) -> Reading | None:
    """`2021`; not a count of things, a sum of money or part of a name."""
    token = part[-1]
    right, left = scene.after(), scene.before()
    if len(part) == 1:
        if left and (
            left.word in ("$", "€", "£", "¥", "#", "no", "route", "than", "at", "about")
            or left.kind in ("number", "digits", "small")
        ):
            return None
        if right and right.start == token.end and right.word in ("%", "°", "/"):
            return None
        if (right and right.kind in ("number", "unit", "units", "ampm")) or (
            right
            and right.word
            in (
                "percent",
                "people",
                "dollars",
                "euros",
                "points",
                "feet",
                "miles",
                "pounds",
                "shares",
                "tons",
                "troops",
                "students",
                "members",
                "jobs",
                "workers",
            )
        ):
            return None
        sure = left is not None and left.word in IN | {"year"}
        if not sure and not 1900 <= token.value <= scene.anchor.day.year + 50:
            return None
        if not 1000 <= token.value <= 2999:
            return None
    return dated(values.year(token.value), f"{said(part)}: a year")


def fiscal_year(scene: Scene, part: Tokens) -> Reading | None:
    """`fiscal 1989`: which months it has is the firm's or the state's own affair, so no date."""
    year = first(part, "year")
    if not year:
        return None
    return Reading("DATE", f"{year.value}", "", f"{said(part)}: a fiscal year, whose months the words do not tell")


def spoken_year(scene: Scene, part: Tokens) -> Reading | None:
    """`nineteen ninety-six`, `two thousand`."""
    numbers = [token.value for token in part if token.kind in ("number", "small")]
    if part[0].kind == "the" and numbers[:2] == [2, 1000]:
        n = 2000 + sum(numbers[2:])
    elif len(numbers) >= 2 and numbers[0] in (18, 19, 20) and 10 <= numbers[1] < 100 and sum(numbers[1:]) < 100:
        n = numbers[0] * 100 + sum(numbers[1:])
    else:
        return None
    right = scene.after()
    if right and right.kind in ("unit", "units", "number"):
        return None
    return dated(values.year(n), f"{said(part)}: a year")


def decade(scene: Scene, part: Tokens) -> Reading | None:
    """`the 1990s`, `the '80s`, `the nineties`."""
    token = first(part, "decade")
    assert token
    n = token.value if token.value >= 1000 else 1900 + token.value
    if token.value < 1000 and scene.anchor.day.year - n > 90:
        n += 100
    return dated(values.decade(n), f"{said(part)}: ten years from {n}")


def century(scene: Scene, part: Tokens) -> Reading | None:
    """`the 19th century`."""
    token = first(part, "ordinal")
    if not token or part[-1].value != "century":
        return None
    return dated(values.century(token.value), f"{said(part)}: a century")


def direction(part: Tokens) -> int | None:
    """-1, 0 or 1 as the words before a unit point; None where they point nowhere."""
    for token in part:
        if token.kind in ("last", "past", "previous"):
            return -1
        if token.kind in ("this", "current", "same", "that", "latest"):
            return 0
        if token.kind in ("next", "coming", "following"):
            return 1
    return None


def relative_unit(scene: Scene, part: Tokens) -> Reading | None:
    """`last year`, `this month`, `next week`, `the following year`, `the same day`, `the latest quarter`."""
    unit = part[-1].value
    steps = direction(part)
    kinds = {token.kind for token in part}
    base = scene.anchor.day
    from_said = bool(kinds & {"previous", "following", "same", "that"}) or ("the" in kinds and "next" in kinds)
    if unit in ("minute", "hour", "millennium") or steps is None:
        return None
    if "latest" in kinds and unit == "quarter":
        steps = -1
    if from_said and scene.said:
        base = scene.said.first
    if (
        (unit == "decade" and steps == -1)
        or (unit == "century" and "past" in kinds)
        or ("past" in kinds and unit in ("decade", "day", "week", "month", "year", "quarter"))
    ) and "last" not in kinds:
        return Reading(
            "DURATION",
            values.duration(1, unit),
            "",
            f"{said(part)}: a stretch up to {scene.anchor.text}",
            amount=(1, unit),
        )
    period = values.holding(unit, base)
    if unit == "weekend" and steps == -1 and "last" in kinds and base.weekday() == 6:
        period = values.holding(unit, base)
    period = values.step(period, steps)
    if "fiscal" in kinds:
        return Reading("DATE", period.value, "", f"{said(part)}: a fiscal {unit}, whose months the words do not tell")
    counted = edtf.day(base) if from_said and scene.said else scene.anchor.text
    return dated(period, f"{said(part)}: counted from {counted}")


def bare_unit(scene: Scene, part: Tokens) -> Reading | None:
    """`the year`, `the quarter`, `the week`: the one spoken of."""
    unit = part[-1].value
    right = scene.after()
    left = scene.before()
    if unit in ("minute", "hour", "decade", "century", "millennium", "fortnight", "day"):
        return None
    if right and right.kind == "ended":
        return Reading("DURATION", values.duration(1, unit), "", f"{said(part)}: a stretch", amount=(1, unit))
    if right and right.word in ("'", "’", "hyphen"):
        return None
    base = scene.anchor.day
    if unit == "quarter":
        if scene.said and scene.said.unit == "quarter":
            return dated(scene.said, f"{said(part)}: the one just spoken of")
        return dated(
            values.step(values.holding(unit, base), -1), f"{said(part)}: the last whole one before {scene.anchor.text}"
        )
    if unit == "weekend" and scene.tense(part) != "future" and base.weekday() < 5:
        base -= timedelta(7)
    if left and left.kind == "x" and left.word in ("of",):
        pass
    return dated(values.holding(unit, base), f"{said(part)}: the one that holds {scene.anchor.text}")


def year_ago_unit(scene: Scene, part: Tokens) -> Reading | None:
    """`the year-earlier quarter`, `the year-ago period`: a year before the quarter spoken of."""
    base = (
        scene.said
        if scene.said and scene.said.unit == "quarter"
        else values.step(values.holding("quarter", scene.anchor.day), -1)
    )
    if part[-1].kind == "unit" and part[-1].value == "month":
        return None
    if base.first.year >= scene.anchor.day.year - 1 or True:
        period = values.quarter(
            scene.anchor.day.year - 1 if base.first.year >= scene.anchor.day.year else base.first.year,
            (base.first.month + 2) // 3,
        )
    return dated(period, f"{said(part)}: a year before the quarter spoken of")


def relative_weekday(scene: Scene, part: Tokens) -> Reading | None:
    """`last Friday`, `next Monday`, `this coming Sunday`."""
    token = first(part, "weekday")
    assert token
    kinds = {t.kind for t in part}
    anchor, target = scene.anchor.day, token.value - 1
    if kinds & {"previous", "following", "same", "that"} and scene.said:
        anchor = scene.said.first
    monday = anchor - timedelta(anchor.weekday())
    if kinds & {"last", "past", "previous"}:
        d = anchor - timedelta((anchor.weekday() - target - 1) % 7 + 1)
    elif kinds & {"coming", "following"}:
        d = anchor + timedelta((target - anchor.weekday() - 1) % 7 + 1)
    elif "next" in kinds:
        d = monday + timedelta(7 + target)
    else:
        d = monday + timedelta(target)
    return dated(values.day(d), f"{said(part)}: counted from {the_day(anchor)}")


def weekday(scene: Scene, part: Tokens) -> Reading | None:
    """`Wednesday`: the article's own day, or the last or next one as the clause tells."""
    token = part[0]
    anchor, target = scene.anchor.day, token.value - 1
    name = WEEKDAYS[target]
    if anchor.weekday() == target:
        return dated(values.day(anchor), f"{name}: {edtf.day(anchor)} itself is a {name}")
    if scene.tense(part) == "future":
        d = anchor + timedelta((target - anchor.weekday()) % 7)
        return dated(
            values.day(d), f"{name}: the next {name} after {the_day(anchor)}; the clause tells the future", mod="future"
        )
    d = anchor - timedelta((anchor.weekday() - target) % 7)
    told = "the clause tells the past" if scene.tense(part) else "no verb tells otherwise"
    return dated(values.day(d), f"{name}: the last {name} before {the_day(anchor)}; {told}", mod="past")


def relative_day(scene: Scene, part: Tokens) -> Reading | None:
    """`yesterday`, `today`, `tomorrow`."""
    d = scene.anchor.day + timedelta(part[0].value)
    return dated(values.day(d), f"{said(part)}: counted from {the_day(scene.anchor.day)}")


def day_beside(scene: Scene, part: Tokens) -> Reading | None:
    """`the day before yesterday`, `the day after tomorrow`."""
    d = scene.anchor.day + timedelta(part[-1].value + (-1 if first(part, "before") else 1))
    return dated(values.day(d), f"{said(part)}: counted from {the_day(scene.anchor.day)}")


def quarter(scene: Scene, part: Tokens) -> Reading | None:
    """`the third quarter`, `third-quarter`, `Q3`: the last one that began, or the next as the clause tells."""
    token = first(part, "ordinal", "quarter-name")
    assert token
    return _of_year(scene, part, "quarter", token.value, 4)


def half_year(scene: Scene, part: Tokens) -> Reading | None:
    """`the first half`, `the second half of the year`."""
    token = first(part, "ordinal", "last")
    assert token
    n = token.value if token.kind == "ordinal" else 2
    right = scene.after()
    if not right or right.kind not in ("of", "Year"):
        return None
    return _of_year(scene, part, "half", n, 2)


def _of_year(scene: Scene, part: Tokens, unit: str, n: int, most: int) -> Reading | None:
    if n == -1:
        n = most
    if not 0 < n <= most:
        return None
    anchor = scene.anchor.day
    make = values.quarter if unit == "quarter" else values.half
    period = make(anchor.year, n)
    tense = scene.tense(part)
    if tense == "future" and period.last < anchor:
        period = make(anchor.year + 1, n)
    elif tense != "future" and period.first > anchor:
        period = make(anchor.year - 1, n)
    if first(part, "fiscal"):
        return Reading(
            "DATE", period.value, "", f"{said(part)}: a fiscal {unit}, whose months the words do not tell", period
        )
    return dated(period, f"{said(part)}: the one nearest {scene.anchor.text} that the clause allows")


def season(scene: Scene, part: Tokens) -> Reading | None:
    """`this summer`, `last fall`, `the spring`, `next winter`, `spring 2034`."""
    token, year = first(part, "season"), first(part, "year")
    assert token
    anchor = scene.anchor.day
    if year:
        return dated(values.season(year.value, token.value), f"{said(part)}: a season and its year")
    period = values.season(anchor.year, token.value)
    kinds = {t.kind for t in part}
    if kinds & {"last", "past", "previous"}:
        if period.last >= anchor:
            period = values.season(anchor.year - 1, token.value)
            if period.last >= anchor:
                period = values.season(anchor.year - 2, token.value)
    elif "next" in kinds or "coming" in kinds:
        if period.first <= anchor:
            period = values.season(anchor.year + 1, token.value)
    elif not kinds & {"this", "the"}:
        left = scene.before()
        if not left or left.word not in (
            "in",
            "by",
            "since",
            "until",
            "of",
            "early",
            "late",
            "mid",
            "during",
            "through",
            "-",
            "before",
            "after",
        ):
            return None
    elif "the" in kinds and scene.tense(part) == "past" and period.first > anchor:
        period = values.season(anchor.year - 1, token.value)
    return dated(period, f"{said(part)}: counted from {scene.anchor.text}")


def holiday(scene: Scene, part: Tokens) -> Reading | None:
    """`Christmas`, `last Thanksgiving`."""
    token = first(part, "holiday")
    assert token
    anchor = scene.anchor.day
    steps = direction(part)
    if steps is None or steps == 0:
        near = {y: _holiday(token.value, y) for y in (anchor.year - 1, anchor.year, anchor.year + 1)}
        d = min(near.values(), key=lambda d: abs((d - anchor).days))
    else:
        d = _holiday(token.value, anchor.year)
        if steps < 0 and d >= anchor:
            d = _holiday(token.value, anchor.year - 1)
        elif steps > 0 and d <= anchor:
            d = _holiday(token.value, anchor.year + 1)
    return dated(values.day(d), f"{said(part)}: the one nearest {scene.anchor.text}")


def _holiday(rule: str, year: int) -> date:
    month, _, rest = rule.partition("-")
    if "-" not in rest:
        return date(year, int(month), int(rest))
    nth, _, weekday = rest.rpartition("-")
    if int(nth) > 0:
        start = date(year, int(month), 1)
        return start + timedelta((int(weekday) - 1 - start.weekday()) % 7 + 7 * (int(nth) - 1))
    last = edtf.last_day(year, int(month))
    return last - timedelta((last.weekday() - int(weekday) + 1) % 7)


def day_part(scene: Scene, part: Tokens) -> Reading | None:
    """`this morning`, `last night`, `tonight`, `the evening`."""
    token = first(part, "day-part", "tonight")
    assert token
    kinds = {t.kind for t in part}
    d = scene.anchor.day
    if kinds & {"last", "previous"}:
        d -= timedelta(1)
    elif kinds & {"following", "next", "that", "same", "the"} and scene.said and scene.said.unit == "day":
        d = scene.said.first + timedelta(1 if kinds & {"following", "next"} else 0)
    period = values.day(d)
    return Reading("TIME", f"{edtf.day(d)}T{token.value}", "", f"{said(part)}: of {edtf.day(d)}", period, period.when)


def clock(scene: Scene, part: Tokens) -> Reading | None:
    """`10:35 a.m.`, `5 p.m. EST`, `noon`; the day stands elsewhere, if it stands at all."""
    token, ampm = first(part, "clock", "small", "noon", "number"), first(part, "ampm")
    assert token
    if token.kind == "noon":
        hour, minute = token.value, 0
    elif token.kind == "clock":
        hour, minute = map(int, token.word.split(":"))
    else:
        hour, minute = int(token.value), 0
    part_of_day = first(part, "day-part")
    if ampm:
        if not 0 < hour <= 12:
            return None
        hour = hour % 12 + ampm.value
    elif part_of_day and part_of_day.value != "MO" and hour < 12:
        hour += 12
    if hour > 24 or minute > 59:
        return None
    d = scene.said.first if scene.said and scene.said.unit == "day" else scene.anchor.day
    text = f"{edtf.day(d)}T{hour:02d}:{minute:02d}"
    return Reading("TIME", text, "", f"{said(part)}: of {edtf.day(d)}, the day spoken of", None, None)


def duration(scene: Scene, part: Tokens) -> Reading | None:
    """`two years`, `10-year`, `a few days`, `more than four hours`, `the nine months`; not `23 years old`."""
    right = scene.after()
    if right and (
        right.kind == "old" or (right.kind == "hyphen" and len(scene.right) > 1 and scene.right[1].kind == "old")
    ):
        return None
    unit = part[-1]
    if unit.kind in ("period",):
        unit = part[-2]
    n = number(part)
    if n is None and first(part, "a", "the") and not first(part, "vague"):
        n = 1
    if n is None and unit.kind != "units" and not first(part, "vague"):
        return None
    approx = first(part, "approx")
    return Reading(
        "DURATION",
        values.duration(n, unit.value),
        "",
        f"{said(part)}: a stretch of time",
        mod=approx.value if approx else None,
        amount=(n, unit.value),
    )


def one_unit(scene: Scene, part: Tokens) -> Reading | None:
    """`a week`: a stretch; after a sum or a share, a rate: `3 percent a year`."""
    left = scene.before()
    unit = part[-1].value
    right = scene.after()
    if right and (right.kind == "old" or right.kind == "hyphen"):
        return None
    if (
        len(part) == 2
        and left
        and part[0].word in ("a", "an")
        and (
            left.kind in ("units", "number", "small", "digits")
            or left.word
            in (
                "%",
                "percent",
                "times",
                "dollars",
                "euros",
                "people",
                "million",
                "billion",
                "share",
                "barrel",
                "once",
                "twice",
                "tons",
                "tonnes",
                "pounds",
            )
        )
    ):
        return Reading("SET", values.duration(1, unit), "", f"{said(part)}: a rate")
    return duration(scene, part)


def recent(scene: Scene, part: Tokens) -> Reading | None:
    """`recent months`, `the coming weeks`, `the past few years`: too vague for a date."""
    n = number(part)
    unit = part[-1].value
    return Reading("DURATION", values.duration(n, unit), "", f"{said(part)}: a stretch of time", amount=(n, unit))


def loose_units(scene: Scene, part: Tokens) -> Reading | None:
    """`for years`, `within weeks`: only after a word of time."""
    left, right = scene.before(), scene.after()
    if right and right.kind in ("old", "hyphen"):
        return None
    if (
        not left
        or left.word not in ("for", "in", "within", "after", "over", "of", "by", "lasted", "take", "took", "last")
    ) and not (right and right.kind in ("ago",)):
        return None
    return Reading(
        "DURATION",
        values.duration(None, part[-1].value),
        "",
        f"{said(part)}: a stretch of time",
        amount=(None, part[-1].value),
    )


def every(scene: Scene, part: Tokens) -> Reading | None:
    """`each year`, `every two weeks`, `every Friday`, `each July`."""
    token = part[-1]
    n = number(part[1:-1])
    if token.kind == "weekday":
        value = f"XXXX-WXX-{token.value}"
    elif token.kind in ("month", "name-month"):
        value = f"XXXX-{token.value:02d}"
    elif token.kind == "season":
        value = f"XXXX-{values.SEASONS[token.value]}"
    elif token.kind == "day-part":
        value = f"XXXX-XX-XXT{token.value}"
    else:
        value = values.duration(n or 1, token.value)
    return Reading("SET", value, "", f"{said(part)}: again and again")


def weekdays(scene: Scene, part: Tokens) -> Reading | None:
    """`Mondays`, `Tuesday nights`."""
    token = first(part, "weekdays", "weekday")
    later = first(part, "day-parts")
    assert token
    return Reading(
        "SET", f"XXXX-WXX-{token.value}" + (f"T{later.value}" if later else ""), "", f"{said(part)}: again and again"
    )


def often(scene: Scene, part: Tokens) -> Reading | None:
    """`daily`, `annually`; not before a noun, where it says of what sort a thing is: `daily necessities`."""
    right = scene.after()
    if (
        not part[0].word.endswith("ally")
        and right
        and right.kind not in ("in", "and", "or", "comma", "to", "before", "after")
        and right.word[:1].isalpha()
        and right.word not in ("on", "at", "for", "from", "with", "by", "as", "during", "since")
    ):
        return None
    return Reading("SET", part[0].value, "", f"{said(part)}: again and again")


def now(scene: Scene, part: Tokens) -> Reading | None:
    """`now`, `recently`, `soon`: no date."""
    return Reading("DATE", part[-1].value, "", f"{said(part)}: no date")


ATOMS = arranged(
    [
        Rule("date-iso", "iso", iso),
        Rule("date", "(?:(?:weekday|short-weekday) comma?)? MONTH DAY (?:DASH DAY)? (?:comma? year)?", full_date),
        Rule(
            "date", "(?:(?:weekday|short-weekday) comma?)? the? DAY (?:DASH DAY)? of? MONTH (?:comma? year)?", full_date
        ),
        Rule("month-year", "MONTH (?:comma|of)? year", month_year),
        Rule("month", "(?:month|name-month)", bare_month, "month"),
        Rule(
            "month-relative",
            "(?:this? (?:last|past|next|coming|previous|following)|this) (?:month|name-month)",
            relative_month,
            "month",
        ),
        Rule("year", "(?:the unit-year)? year", bare_year),
        Rule("year-fiscal", "(?:the? fiscal unit-year? year)", fiscal_year),
        Rule("year-spoken", "(?:the unit-year)? number+ (?:hyphen number)?", spoken_year),
        Rule("decade", "the? decade", decade),
        Rule("century", "the? ordinal DASH? unit", century),
        Rule(
            "unit-relative",
            "(?:the|this)? (?:last|past|previous|this|current|latest|next|coming|following|same|that) full? fiscal? UNIT",
            relative_unit,
            "day",
        ),
        Rule("unit", "the full? fiscal? UNIT", bare_unit, "day"),
        Rule("unit-year-ago", "the? unit-year hyphen? (?:within|ago) (?:unit-quarter|period)", year_ago_unit, "month"),
        Rule(
            "weekday-relative",
            "the? (?:this? (?:last|past|next|coming|previous|following)|this|same|that) weekday",
            relative_weekday,
            "day",
        ),
        Rule("weekday", "weekday", weekday, "day"),
        Rule("day-relative", "relative-day", relative_day, "day"),
        Rule("day-beside", "the? unit-day (?:before|after) relative-day", day_beside, "day"),
        Rule("quarter", "the? fiscal? hyphen? (?:ordinal hyphen? fiscal? unit-quarter|quarter-name)", quarter, "month"),
        Rule("half", "the? (?:ordinal|last) hyphen? half", half_year, "month"),
        Rule("season", "(?:the|this? (?:last|past|next|coming|previous)|this)? season (?:of? year)?", season, "month"),
        Rule("holiday", "(?:last|next|this)? holiday", holiday, "month"),
        Rule(
            "day-part", "(?:this|last|that|(?:the (?:following|next|same|previous))) day-part|tonight", day_part, "day"
        ),
        Rule(
            "clock",
            "(?:clock|small) (?:ampm) zone?|clock zone?|noon|(?:small|number) o-clock|(?:small|clock|number) in the day-part",
            clock,
            "day",
        ),
        Rule("duration", "approx? the? approx? NUM more? trading? UNITS", duration),
        Rule("duration", "approx? NUM hyphen UNITS", duration),
        Rule("duration", "approx? a? (?:vague|couple of?) more? trading? UNITS", duration),
        Rule("duration-one", "approx? a more? UNIT", one_unit),
        Rule("duration-long", "a NUM hyphen UNIT period", duration),
        Rule(
            "stretch-relative",
            "the? (?:last|past|next|coming|previous|following|recent|ordinal) (?:a? (?:NUM|vague|couple of?))? more? trading? units",
            recent,
        ),
        Rule("stretch-loose", "units", loose_units),
        Rule("set", "each (?:NUM|ordinal)? (?:UNITS|weekday|month|name-month|season|day-part)", every),
        Rule("set-weekday", "weekdays day-parts?|weekday day-parts", weekdays),
        Rule("set-often", "often", often),
        Rule("now", "now", now),
    ]
)


# --- joins -------------------------------------------------------------------------------------------------


def reading(token: Token) -> Reading:
    """What an earlier pass read."""
    found = token.value
    assert isinstance(found, Reading)
    return found


def in_year(scene: Scene, part: Tokens) -> Reading | None:
    """`January last year`, `the third quarter of 2028`, `the spring of next year`, `this year's first quarter`."""
    spans = [reading(token).period for token in part if isinstance(token.value, Reading)]
    year = next((p for p in spans if p and p.unit == "year"), None)
    inner = next((p for p in spans if p and p.unit != "year"), None)
    if not year or not inner:
        return None
    y, m = year.first.year, inner.first.month
    match inner.unit:
        case "month":
            period = values.month(y, m)
        case "quarter":
            period = values.quarter(y, (m + 2) // 3)
        case "half":
            period = values.half(y, (m + 5) // 6)
        case "season":
            period = values.season(y, m // 3 + 20)
        case _:
            period = values.day(inner.first.replace(year=y))
    return dated(period, f"{said(part)}: {year.value} is the year")


def day_time(scene: Scene, part: Tokens) -> Reading | None:
    """`Friday morning`, `10 p.m. Wednesday`, `noon Thursday`, `the morning of December 3`."""
    whole = next((reading(t) for t in part if t.kind == "Day"), None)
    at = next((t for t in part if t.kind in ("Time", "day-part")), None)
    if not whole or not whole.period or not at:
        return None
    suffix = f"T{at.value}" if at.kind == "day-part" else "T" + reading(at).value.partition("T")[2]
    return replace(whole, type="TIME", value=whole.period.value + suffix, proof=f"{said(part)}: {whole.proof}")


def away(scene: Scene, part: Tokens) -> Reading | None:
    """`three weeks ago`, `two days earlier`, `a year later`, `two weeks from now`, `two days before Christmas`."""
    amount = reading(part[0]).amount
    token = part[1]
    if not amount:
        return None
    n, unit = amount
    back = token.kind in ("ago", "before") or token.value == "early"
    right = scene.after()
    if token.kind == "within" and (token.value == "any" or (right and right.kind == "than")):
        return None
    if n is None:
        value = "PAST_REF" if back else "FUTURE_REF"
        return Reading("DATE", value, "", f"{said(part)}: too vague for a date")
    base = scene.anchor.day
    from_said = token.kind == "within" and scene.said
    of = reading(part[-1]).period if len(part) > 2 and isinstance(part[-1].value, Reading) else None
    if of:
        base = of.first if back else of.last
    elif from_said and scene.said:
        base = scene.said.first
    if unit in ("second", "minute", "hour") or float(n) != int(n):
        return Reading("DATE", "PAST_REF" if back else "FUTURE_REF", "", f"{said(part)}: an hour, not a date")
    target = values.moved(base, unit, -int(n) if back else int(n))
    if unit == "year" and from_said and scene.said and scene.said.unit == "quarter":
        unit = "quarter"
    elif of and unit in ("week", "month", "year"):
        unit = "day" if of.unit == "day" else of.unit
    unit = {"fortnight": "week", "century": "year", "decade": "year", "weekend": "week"}.get(unit, unit)
    period = values.holding(unit, target)
    counted = edtf.day(base) if of or from_said else scene.anchor.text
    return dated(period, f"{said(part)}: counted from {counted}", mod=reading(part[0]).mod)


def nth_week(scene: Scene, part: Tokens) -> Reading | None:
    """`the second week of March`, `the last week of next month`; a week belongs to the month that has its Thursday."""
    of = reading(part[-1]).period
    token = first(part, "ordinal", "last")
    if not of or of.unit != "month" or not token:
        return None
    n = token.value if token.kind == "ordinal" else -1
    period = values.week_of_month(of, n)
    return dated(period, f"{said(part)}: Monday to Sunday, counted within {of.value}")


def week_of(scene: Scene, part: Tokens) -> Reading | None:
    """`the week of March 6`, `the weekend of June 8`."""
    of = reading(part[-1]).period
    unit = first(part, "unit")
    name = reading(part[0]).period if isinstance(part[0].value, Reading) else None
    if not of:
        return None
    return dated(
        values.holding(name.unit if name else unit.value if unit else "week", of.first),
        f"{said(part)}: the one that holds {of.value}",
    )


JOINS = arranged(
    [
        Rule("month-of-year", "(?:Month|Quarter|Half|Season) (?:comma|of)? Year", in_year),
        Rule("day-of-year", "Day (?:of)? Year", in_year),
        Rule("year-then-part", "Year own? (?:Month|Quarter|Season|Half)", in_year),
        Rule("day-time", "Day (?:day-part|x? Time)", day_time),
        Rule("time-day", "(?:Time|the? day-part) (?:comma|of|x)? Day", day_time),
        Rule("away", "Duration (?:ago|hence|within)", away, "day"),
        Rule("away-from", "Duration (?:before|after) (?:Day|Month|Year)", away),
        Rule("week-of-month", "the? (?:ordinal|last) unit-week (?:of|in) Month", nth_week),
        Rule("week-of", "(?:Week|Weekend) of Day", week_of),
    ]
)


# --- what narrows -----------------------------------------------------------------------------------------

MODS = {"early": "START", "mid": "MID", "late": "END"}


def narrowed(scene: Scene, part: Tokens) -> Reading | None:
    """`early next year`, `mid-December`, `the end of the year`: a third of it."""
    whole = reading(part[-1])
    token = first(part, "part", "edge", "mid")
    if not whole.period or not token:
        return None
    which = "mid" if token.kind == "mid" else token.value
    if whole.period.unit == "day" and token.kind == "edge":
        return None
    when = values.third(whole.period, which) if whole.when else None
    return replace(whole, when=when, mod=MODS[which], proof=f"{said(part)}: {whole.proof}; its {which} part")


def year_end(scene: Scene, part: Tokens) -> Reading | None:
    """`year-end`, `year's end`, `month end`."""
    token = part[0]
    period = values.holding(token.value, scene.anchor.day)
    return dated(period, f"{said(part)}: of {period.value}", when=values.third(period, "late"), mod="END")


def within(scene: Scene, part: Tokens) -> Reading | None:
    """`earlier this year`, `later Sunday`, `sometime next week`: no more precise than the whole, cut at the article's day."""
    whole = reading(part[-1])
    if not whole.period:
        return None
    which = part[0].value
    when = whole.when
    anchor = scene.anchor.day
    if (
        scene.anchor.precision == "day"
        and whole.period.unit != "day"
        and whole.period.first <= anchor <= whole.period.last
    ):
        size = 7 if whole.period.unit in ("month", "week") else 10
        if which == "early":
            when = f"{whole.period.first.isoformat()[:size].ljust(7)}/{anchor.isoformat()}" if size else when
            when = edtf.interval(edtf.day(whole.period.first), edtf.day(anchor))
        elif which == "late":
            when = edtf.interval(edtf.day(anchor), edtf.day(whole.period.last))
    return replace(
        whole, when=when, mod={"early": "BEFORE", "late": "AFTER"}.get(which), proof=f"{said(part)}: {whole.proof}"
    )


NARROWS = arranged(
    [
        Rule("part", "the? (?:part|mid) DASH? in? the? CALENDAR", narrowed),
        Rule("edge", "the? edge of CALENDAR", narrowed),
        Rule("edge-of-unit", "(?:unit-year|unit-month|unit-quarter) (?:own|hyphen)? edge", year_end, "month"),
        Rule("within", "within in? CALENDAR", within),
        Rule("within", "within in? Time", within),
    ]
)

PASSES = (ATOMS, JOINS, NARROWS)
