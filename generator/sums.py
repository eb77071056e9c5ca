"""A target, what is reported against it and what follows from the two, in words: the rows of a table.

Whatever no source states is marked derived, and its sum stands beside it, with the bounds that its numbers have.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import edtf, phrases
from generator.aggregate.amounts import Amount, of_figure, rounded
from generator.aggregate.figures import Progress, fact
from generator.aggregate.pace import Days, Pace, Reckoned, Sum
from generator.lexicon import Lexicons
from generator.literal import literal

if TYPE_CHECKING:
    from generator.writer import Writer


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: all of it Markdown."""

    name: str
    number: str
    how: str
    """What states it, or the sum that it follows from."""
    derived: bool = False


def bounded(amount: Amount, lexicons: Lexicons, unit: str | None = None) -> str:
    """`at least 20`, `19–20`, with a unit if it has one. Empty where nothing is known."""
    low, high = rounded(amount)
    if not amount.known:
        return ""
    bound = f"{phrases.label('bound', amount.bound, lexicons)} " if amount.bound else ""
    ends = [end for end in (low if amount.low or amount.exact else None, high) if end is not None]
    first, last = ends[0], ends[-1]
    return bound + phrases.amount(first, None if first == last else last, unit, lexicons)


def each(result: Amount, per: str, lexicons: Lexicons) -> str:
    """`more than 20 each year`."""
    said = phrases.label("per", per, lexicons)
    return f"{bounded(result, lexicons)} {said if said != per else f'per {per}'}"


def share(pair: Progress, lexicons: Lexicons) -> str:
    """`at least 40 of 200 is at least 20%`; both numbers where no share follows. Plain text."""
    done, aim = (bounded(amount, lexicons) for amount in (of_figure(fact(pair.reported)), pair.target.amount))
    percent = bounded(pair.percent, lexicons, "percent")
    return f"{done} of {aim} is {percent}" if percent else f"{done}, the target is {aim}"


def described(given: Reckoned, lexicons: Lexicons) -> str:
    """What the bar shows, in words. Plain text."""
    unit = phrases.unit(fact(given.pair.target.stated).unit or given.pair.target.unit, 2, lexicons)
    words = [f"The bar is what is reported, the stroke at its end the target, in {unit}"]
    due = given.pace.due if given.pace else None
    if given.pace and due:
        words.append(
            f"the grey band is what the stated rate gives by {edtf.human(given.pace.as_of)}: {bounded(due.result, lexicons)}"
        )
    return "; ".join(words) + "."


def _time(done: Sum, lexicons: Lexicons) -> str:
    return bounded(done.time, lexicons, done.clock)


def _until(end: Days | None) -> str:
    if not end:
        return ""
    days = [day.isoformat() for day in (end.first, end.last)]
    same = days[0] if days[0] == days[1] else days[0][:7] if days[0][:7] == days[1][:7] else "/".join(days)
    return f", to {edtf.human(same)}"


def rows(given: Reckoned, say: Writer) -> list[Row]:
    """The table of a target: what is reported, the target, and what follows."""
    pair, pace, lexicons = given.pair, given.pace, say.briefing.lexicons
    reported, target, duration = pair.reported, pair.target, pair.target.duration
    done, aim = bounded(of_figure(fact(reported)), lexicons), bounded(target.amount, lexicons)
    made = [
        Row("Reported", say.figure(reported), f"{say.statement(reported)} {say.cite(reported)}{say.state(reported)}")
    ]
    if duration:
        how = f"{say.figure(target.stated)} {say.cite(target.stated)} × {say.figure(duration)} {say.cite(duration)}"
        unit = fact(target.stated).unit or fact(target.stated).measure
        made.append(Row("Target", literal(bounded(target.amount, lexicons, unit)), how, derived=True))
    else:
        how = f"{say.statement(target.stated)} {say.cite(target.stated)}{say.state(target.stated)}"
        made.append(Row("Target", say.figure(target.stated), how))
    if percent := bounded(pair.percent, lexicons, "percent"):
        made.append(Row("Share of the target", literal(percent), literal(f"{done} ÷ {aim}"), derived=True))
    return [*made, *(_paces(pace, done, aim, say) if pace else ())]


def _paces(pace: Pace, done: str, aim: str, say: Writer) -> list[Row]:
    lexicons, made = say.briefing.lexicons, list[Row]()
    if pace.due:
        how = f"{each(pace.due.amount, pace.per, lexicons)} × {_time(pace.due, lexicons)}"
        name = f"Due by {say.date(pace.as_of)} at the stated rate"
        made.append(Row(name, literal(bounded(pace.due.result, lexicons)), literal(how), derived=True))
    if pace.so_far:
        cite = f" {say.cite(pace.so_far.stated)}" if pace.so_far.stated else ""
        how = literal(f"{done} ÷ {_time(pace.so_far, lexicons)}") + cite
        made.append(Row("Pace so far", literal(each(pace.so_far.result, pace.per, lexicons)), how, derived=True))
    if pace.needed:
        how = literal(f"({aim} − {done}) ÷ {_time(pace.needed, lexicons)}{_until(pace.end)}")
        made.append(
            Row("Pace needed for the rest", literal(each(pace.needed.result, pace.per, lexicons)), how, derived=True)
        )
    return made


def notes(given: Reckoned, say: Writer) -> list[str]:
    """From what the times are counted, and what no source states, as sentences in Markdown."""
    pace, said = given.pace, list[str]()
    if pace is None:
        return said
    counted = bool(pace.due or pace.needed or (pace.so_far and not pace.so_far.stated))
    if pace.begun and counted:
        when = say.date(pace.begun.fact.when or "")
        why = "when it began" if pace.is_beginning else "when the target was set"
        unstated = "" if pace.is_beginning else "; no source states when the time began to run"
        said.append(f"Times are counted from {when}, {why} {say.cite(pace.begun)}{unstated}.")
    lacking = {
        "begin": "No source states when it began",
        "end": "no source states by when or in how long the target is to be reached",
        "times": "the dates of the sources do not fit a pace",
    }
    if pace.missing:
        words = ", and ".join(lacking[name] for name in pace.missing)
        rest = "no pace is told" if not (pace.so_far or pace.needed) else "no more is told of the pace"
        said.append(f"{phrases.sentence_case(words)}, so {rest}.")
    return said
