"""Figures as Markdown: their numbers, what they count, and the sums that follow.

All text that came from elsewhere passes `literal` here, as in `generator.writer`, which says the rest of a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator import phrases, sums
from generator.aggregate import figures
from generator.aggregate.figures import Progress
from generator.aggregate.history import History
from generator.link import Briefing
from generator.literal import literal
from generator.model import Figure
from generator.statement import Statement


@dataclass(frozen=True)
class FigureWriter:
    """Says figures of a briefing; what it says is the same on every page."""

    briefing: Briefing

    def figure(self, statement: Statement) -> str:
        """A figure with unit and bound."""
        assert isinstance(statement.fact, Figure)
        return literal(phrases.figure(statement.fact, self.briefing.lexicons))

    def sorts(self, statements: Iterable[Statement]) -> list[tuple[str, list[Statement]]]:
        """Figures by what sort they are of, each sort under its name."""
        labels, groups = self.briefing.lexicons["labels"]["sorts"], figures.by_sort(statements, self.briefing.lexicons)
        return [(labels[name], group) for name, group in groups.items()]

    def amount(self, statement: Statement) -> str:
        """The number of a figure, with its bound and a sign that stands after it, without its unit."""
        fact, labels = figures.fact(statement), self.briefing.lexicons["labels"]
        bound = f"{phrases.label('bound', fact.bound, self.briefing.lexicons)} " if fact.bound else ""
        high = f"–{phrases.number(fact.high)}" if fact.high is not None else ""
        return literal(f"{bound}{phrases.number(fact.value)}{high}{labels['sign_after'].get(fact.unit, '')}")

    def measured(self, statement: Statement) -> str:
        """The unit of a figure, and per what; empty where its number says all."""
        fact, lexicons = figures.fact(statement), self.briefing.lexicons
        per = phrases.label("per", fact.per, lexicons) if fact.per else ""
        name = "" if fact.unit in lexicons["labels"]["sign_after"] else fact.unit or fact.measure
        unit = phrases.unit(name, fact.high or fact.value, lexicons)
        return literal(f"{unit} {per if per != fact.per or not per else f'per {per}'}".strip())

    def unit(self, statement: Statement) -> str:
        """What a figure counts."""
        assert isinstance(statement.fact, Figure)
        fact = statement.fact
        return literal(phrases.unit(fact.unit or fact.measure, fact.value, self.briefing.lexicons))

    def number(self, value: float) -> str:
        """A number with thousands apart."""
        return literal(phrases.number(value))

    def sum(self, pair: Progress) -> str:
        """A sentence on a figure and its target, with the sum where the target is derived. Plain text."""
        lexicons, share = self.briefing.lexicons, sums.share(pair, self.briefing.lexicons)
        if not pair.target.duration:
            return f"{share}."
        rate, lasting = (figures.fact(s) for s in (pair.target.stated, pair.target.duration))
        each = f"{phrases.number(rate.value)} {phrases.label('per', rate.per or '', lexicons)}"
        return f"{share} ({each} × {phrases.figure(lasting, lexicons)})."

    def counts(self, counts: Mapping[str, int]) -> str:
        """`11 events, 1 role`."""
        kinds = ((phrases.label("kind", kind, self.briefing.lexicons).lower(), n) for kind, n in counts.items())
        return literal(", ".join(f"{phrases.number(n)} {kind}{'' if n == 1 else 's'}" for kind, n in kinds))

    def history_title(self, history: History) -> str:
        """What is measured: `Cities and counties, reported`. Plain text."""
        fact, lexicons = history.measurements[-1].fact, self.briefing.lexicons
        unit = phrases.unit(fact.unit or fact.measure, 2, lexicons)
        per = phrases.label("per", fact.per, lexicons) if fact.per else ""
        counted = " ".join(part for part in (lexicons["labels"]["sign_after"].get(unit) or unit, per) if part)
        measure = f" ({fact.measure})" if fact.measure and fact.unit else ""
        return phrases.sentence_case(f"{counted}{measure}, {phrases.label('role', fact.role, lexicons)}")
