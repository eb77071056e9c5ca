"""How far off a date is, in words: days to go, or how long ago a window passed.

The script `assets/clock.js` says the same by the reader's clock; these are the words as of the briefing's day, which
stay true without it. Up to 90 days are counted in days, then in rounded months of 30.4375 days, from two years on in
rounded years of 365.25.
"""

from __future__ import annotations

from datetime import date

from generator.aggregate.courses import Delay
from generator.edtf import Edtf, day, human
from generator.phrases import number, plural

UNTOLD = "no source here tells what came of it"
UNLINKED = "no later source here is linked to it"
"""Where newer sources came out since, which may tell of it in words that nobody linked."""


def stretch(days: int) -> str:
    """`26 days`, `3 months`, `2 years`."""
    if days <= 90:
        return plural(days, "day")
    months = int(days / 30.4375 + 0.5)
    return plural(months, "month") if months < 24 else plural(int(days / 365.25 + 0.5), "year")


def is_over(when: Edtf, today: date) -> bool:
    """Whether a window has passed; of one without an end, whether its first day has."""
    return today > (when.earliest if when.open_end else when.latest)


def late(delay: Delay) -> str:
    """`9 days late`, `at least 9 days late`, `12–28 days late`, `up to 28 days late`."""
    if delay.exact:
        return f"{plural(delay.low, 'day')} late"
    if delay.high is None:
        return f"at least {plural(delay.low, 'day')} late"
    if delay.low == 1:
        return f"up to {plural(delay.high, 'day')} late"
    return f"{number(delay.low)}–{number(delay.high)} days late"


def due(when: Edtf, as_of: date, *, later: bool) -> str:
    """`26 days left as of 5 December 2025`; `later` says whether a newer source may tell the outcome."""
    written = human(day(as_of))
    end = when.earliest if when.open_end else when.latest
    to_end, to_start = (end - as_of).days, (when.earliest - as_of).days
    if to_end < 0:
        gone = "Start passed" if when.open_end else "Passed"
        return f"{gone} {stretch(-to_end)} before {written}: {UNLINKED if later else UNTOLD}"
    if not to_end:
        window = not when.open_start and when.earliest < end
        return f"{'Begins' if when.open_end else 'Window closes' if window else 'Due'} on {written}"
    if when.open_start:
        said = f"{stretch(to_end)} left"
    elif to_start > 0:
        said = f"{'In' if when.earliest == when.latest else 'Begins in'} {stretch(to_start)}"
    else:
        said = f"Window open, {stretch(to_end)} left"
    return f"{said} as of {written}"
