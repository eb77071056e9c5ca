"""Bars, charts and maps as directives, each with words for those who do not see it.

`generator.directives` makes pictures of them; without the program they read as their words.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator import edtf, maps, phrases, sums, telling
from generator.addresses import BARE
from generator.aggregate import amounts, figures
from generator.aggregate.history import History, Measurement
from generator.aggregate.pace import Reckoned
from generator.aggregate.places import Spot
from generator.aggregate.watch import Axis
from generator.figure_writer import FigureWriter
from generator.literal import literal
from generator.statement import Statement


class ChartWriter(FigureWriter):
    """Draws what a briefing counts, dates and places."""

    def window(self, statement: Statement, axis: Axis) -> str:
        """When it may happen, as a strip on an axis; empty without a date."""
        when = statement.when
        if not when:
            return ""
        days = f'data-from="{axis.first}" data-to="{axis.last}" data-as-of="{axis.as_of}"'
        ends = (edtf.human(f"{day:%Y-%m}") for day in (axis.first, axis.last))
        words = literal(
            f"A strip of time from {' to '.join(ends)}; the upright stroke is {edtf.human(f'{axis.as_of}')}."
        )
        return f'[{literal(edtf.human(when.text))}]({BARE} "{words}"){{ .window data-when="{when.text}" {days} }}'

    def bullet(self, given: Reckoned) -> str:
        """A bar of a reported figure against its target, and what the stated rate would give by then."""
        pair, lexicons = given.pair, self.briefing.lexicons
        words, shown = literal(sums.share(pair, lexicons)), literal(sums.described(given, lexicons))
        reported, due = amounts.of_figure(figures.fact(pair.reported)), given.pace.due if given.pace else None
        low, high = amounts.rounded(due.result) if due else (None, None)
        band = (
            f' data-due="{phrases.digits(low)} {phrases.digits(high)}"' if low is not None and high is not None else ""
        )
        kind = " .most" if reported.low is None else ""
        value, target = (phrases.digits(n) for n in (figures.value(pair.reported), pair.target.value))
        return f'[{words}]({BARE} "{shown}"){{ .bullet{kind} data-value="{value}" data-target="{target}"{band} }}'

    def meter(self, done: int, whole: int, words: str) -> str:
        """A bar of a part against its whole, such as sentences that became facts."""
        return f'[{literal(words)}]({BARE}){{ .bullet data-value="{done}" data-target="{whole}" }}'

    def history(self, history: History) -> str:
        """A chart of measurements over time."""
        known = history.measurements
        ends = literal(f"{telling.short_date(known[0].when.text)}|{telling.short_date(known[-1].when.text)}")
        ends = ends.replace(literal("|"), "|")
        title = literal(self.history_title(history))
        told = "; ".join(f"{edtf.human(m.when.text)}: {phrases.figure(m.fact, self.briefing.lexicons)}" for m in known)
        return f'[{title}: ]({BARE} "{literal(told)}."){{ .history data-ends="{ends}" }}' + "".join(map(_dot, known))

    def map(self, spots: Sequence[Spot]) -> str:
        """A map of some places; empty where the briefing has no outline, or there is no place."""
        if not self.briefing.outline or not spots:
            return ""
        layout = maps.lay_out(self.briefing.outline, spots)
        named = ", ".join(spot.entity.name for spot in spots)
        size = f'data-height="{phrases.digits(round(layout.height, 1))}"'
        scale = f'data-scale="{phrases.digits(round(layout.bar, 1))} {layout.km}"'
        told = literal("; ".join(map(_position, spots)) + ".")
        head = f'[{literal(f"Map: {named}")} ]({BARE} "{told}"){{ .map {size} {scale} data-path="{layout.path}" }}'
        return head + "".join(_mark(spot, mark) for spot, mark in zip(spots, layout.marks, strict=True))


def _dot(measurement: Measurement) -> str:
    fact = measurement.fact
    words = phrases.number(fact.value) + (f"–{phrases.number(fact.high)}" if fact.high is not None else "")
    bound = {"at-least": "up", "more-than": "up", "at-most": "down", "less-than": "down"}.get(fact.bound or "", "")
    high = f' data-high="{phrases.digits(fact.high)}"' if fact.high is not None else ""
    kind = " .hollow" if all(s.fact.review == "disputed" for s in measurement.statements) else ""
    mark = f' data-bound="{bound}"' if bound else ""
    value = f'data-when="{measurement.when.text}" data-value="{phrases.digits(fact.value)}"'
    return f"[{literal(words)} ]({BARE}){{ .history{kind} {value}{high}{mark} }}"


def _position(spot: Spot) -> str:
    north, east = spot.at
    where = f"{abs(north):.1f}° {'N' if north >= 0 else 'S'}, {abs(east):.1f}° {'E' if east >= 0 else 'W'}"
    return f"{spot.entity.name}, {where}" + (", by name alone" if spot.is_area else "")


def _mark(spot: Spot, mark: maps.Mark) -> str:
    kind = " .area" * mark.is_area + " .here" * mark.is_here
    words = mark.label.words if mark.label else spot.entity.name
    label = f' data-label="{mark.label.x:.1f} {mark.label.y:.1f} {mark.label.anchor}"' if mark.label else ""
    return f'[{literal(words)} ]({BARE}){{ .map{kind} data-at="{mark.x:.1f} {mark.y:.1f}"{label} }}'
