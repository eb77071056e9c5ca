"""The indexes: all events, figures, words, judgements, differences, names, sources and changes, each in parts where they are many."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from generator.addresses import FOLDERS, part_path
from generator.aggregate import contradictions as differing
from generator.aggregate import figures, glossary, history, pace, paging, passages, profiles, subjects, timeline
from generator.aggregate.changes import brought, news
from generator.aggregate.claims import claims
from generator.aggregate.contradictions import Contradiction, contradictions
from generator.aggregate.events import as_of_day, by_newest
from generator.aggregate.figures import Target
from generator.aggregate.own_day import came_out, named_last, spoken_of
from generator.aggregate.shown import shown
from generator.link import Briefing
from generator.model import Source
from generator.page import Content, Index, Page
from generator.statement import Statement
from generator.store import digest, packed

NEWS = 25
"""Sources on one page of changes."""
NAMES = 12
"""New names that the changes of one source list."""
SERIES = 30
"""Targets, or histories, on one page."""


def timelines(briefing: Briefing) -> Iterator[Page]:
    """Events by the day that they are about."""
    text = "What happened and what is ahead, by the day it is about."
    entries = timeline.timeline(briefing)
    past, coming = ([e for e in entries if e.ahead == ahead] for ahead in (False, True))
    head = ("the latest and the next", [*past[-20:], *coming[:10]])

    def given(entries: Sequence[timeline.Entry]) -> Mapping[str, Any]:
        told = ((e.statement.fact.id, claims(briefing).of(e.statement).statements) for e in entries)
        about = {
            id_: tuple(dict.fromkeys(subject for s in statements for subject in subjects.of(s, briefing)))
            for id_, statements in told
        }
        return {"about": about, "named": subjects.grouped(about[e.statement.fact.id] for e in entries)}

    yield from Index("timeline.md", "timeline.md.j2", "Timeline", text).pages(
        timeline.years(entries),
        lambda entries: shown(briefing).wholly(e.statement for e in entries),
        given,
        lambda entries: _day((e.statement for e in entries), briefing),
        head,
    )


def figure_lists(briefing: Briefing) -> Iterator[Page]:
    """Targets against what is reported, histories, and every figure."""
    text = "Targets and what is reported against them, with units, bounds and sums."
    pairs, past = pace.reckoned(briefing), history.histories(briefing)
    paired = {pair.pair.target.stated.fact.id for pair in pairs}
    alone = [t for t in figures.targets(briefing) if t.derived and t.stated.fact.id not in paired]
    lists: dict[str, tuple[str, Sequence[Any], Callable[[Any], Sequence[Statement]]]] = {
        "progress": ("Target against reported", pairs, lambda p: (p.pair.reported, p.pair.target.stated)),
        "derived": ("Totals that follow from a rate", alone, _rate),
        "histories": ("How figures have changed", past, lambda h: [s for m in h.measurements for s in m.statements]),
    }
    empty: dict[str, Any] = {**dict.fromkeys(lists, ()), "more": {}}
    more: dict[str, list[tuple[str, str, int | None]]] = {}
    parts: list[Page] = []
    for name, (label, entries, of) in lists.items():
        if len(entries) > SERIES:
            made = paging.numbered(label, name, entries, SERIES, newest_first=name != "derived")
            more[name] = [(part.label, part_path("figures.md", part.slug), len(part.entries)) for part in made]
            parts += _listed(
                name, made, [(label, path, None) for label, path, _ in more[name]], of, empty, text, briefing
            )
    first = {name: entries[:SERIES] for name, (_, entries, _) in lists.items()}
    held = [s for name, (_, _, of) in lists.items() for one in first[name] for s in of(one)]
    found = _once(briefing.by_kind.get("figure", ()), briefing)
    index = Index("figures.md", "figures.md.j2", "Figures", text)
    yield from index.pages(
        paging.parts(found, paging.statement_year, finer=paging.statement_month, newest_first=True),
        shown(briefing).wholly,
        lambda _: empty,
        lambda entries: _day([*entries, *held], briefing),
        ("the newest", found),
        (digest(shown(briefing).wholly(held), packed(more)), lambda: {**first, "more": more}),
    )
    yield from parts


def _rate(target: Target) -> Sequence[Statement]:
    return [target.stated, *([target.duration] if target.duration else [])]


def _listed(
    name: str,
    parts: Sequence[paging.Part[Any]],
    links: Sequence[tuple[str, str, None]],
    of: Callable[[Any], Sequence[Statement]],
    empty: Mapping[str, Any],
    text: str,
    briefing: Briefing,
) -> Iterator[Page]:
    """The pages of a list that is too long to stand on the page of figures."""
    for at, part in enumerate(parts):
        held = [s for one in part.entries for s in of(one)]
        beside = [*links[max(0, at - 1) : at + 2], ("All figures", "figures.md", None)]

        def make(
            part: paging.Part[Any] = part, held: Sequence[Statement] = held, beside: Sequence[Any] = beside
        ) -> Content:
            context = {**empty, name: part.entries, "entries": (), "pages_of": beside, "part": part.label}
            return Content(f"Figures: {part.label}", text, context, _day(held, briefing))

        needs = digest(shown(briefing).wholly(held), packed(beside))
        yield Page(part_path("figures.md", part.slug), "figures.md.j2", needs, make)


def quotations(briefing: Briefing) -> Iterator[Page]:
    """Who said what."""
    found = _once(briefing.by_kind.get("quotation", ()), briefing)
    text = "Who said what, in their own words."
    yield from _newest(Index("quotations.md", "quotations.md.j2", "Quotations", text), found, briefing)


def judgements(briefing: Briefing) -> Iterator[Page]:
    """What is told as somebody's view."""
    found = _once(briefing.by_kind.get("assessment", ()), briefing)
    text = "What is told as somebody's view, with the words that hedge it."
    yield from _newest(Index("judgements.md", "judgements.md.j2", "Judgements", text), found, briefing)


def _newest(index: Index, found: Sequence[Statement], briefing: Briefing) -> Iterator[Page]:
    groups = paging.parts(found, paging.statement_year, finer=paging.statement_month, newest_first=True)
    yield from index.pages(
        groups, shown(briefing).wholly, lambda _: {}, lambda s: _day(s, briefing), ("the newest", found)
    )


def _once(statements: Sequence[Statement], briefing: Briefing) -> list[Statement]:
    """The first to report each of some facts, the newest first."""
    return by_newest(claims(briefing).once(statements))


def _day(statements: Iterator[Statement] | Sequence[Statement], briefing: Briefing) -> str:
    """The day of a page that shows some statements whole."""
    days = shown(briefing).day
    return spoken_of((days(s) for s in statements), briefing)


def differences(briefing: Briefing) -> Iterator[Page]:
    """Claims that cannot all be right."""

    def told(entries: Sequence[Contradiction]) -> list[Statement]:
        return [s for c in entries for side in c.sides for s in side.statements]

    text = "Claims about one thing that cannot all be right, side by side."
    yield from Index("contradictions.md", "contradictions.md.j2", "Where sources differ", text).pages(
        differing.paged(briefing),
        lambda entries: digest(shown(briefing).wholly(told(entries)), packed([c.id for c in entries])),
        lambda _: {},
        lambda entries: _day(told(entries), briefing),
        ("the newest", contradictions(briefing)),
    )


def name_lists(briefing: Briefing) -> Iterator[Page]:
    """People, organisations, places, programmes."""
    inside = profiles.within(briefing)
    for name in ("person", "organisation", "place", "programme"):
        labels = briefing.lexicons["labels"]["family"][name]
        listed = profiles.listed(briefing, name)
        by_letter = sorted(listed, key=lambda e: (*paging.alphabetical(e.name), e.id))
        groups = paging.parts(
            by_letter if len(listed) > paging.ENTRIES else listed,
            lambda e: paging.letter(e.name),
            finer=lambda e: paging.letters(e.name),
        )
        given = {"family": name, "labels": labels, "inside": inside}
        text = f"{labels['many']} named in this briefing."
        yield from Index(f"{FOLDERS[name]}/index.md", "entities.md.j2", labels["many"], text).pages(
            groups,
            lambda entries: digest(*(shown(briefing).names[e.id] for e in entries)),
            lambda _, given=given: given,  # type: ignore[misc]
            lambda entries: spoken_of((named_last(e, briefing) for e in entries), briefing),
            ("the most often named", listed),
        )


def source_list(briefing: Briefing) -> Iterator[Page]:
    """Every article."""

    def needs(sources: Sequence[Source]) -> bytes:
        return digest(*(shown(briefing).own[source.id] for source in sources))

    def given(sources: Sequence[Source]) -> Mapping[str, Any]:
        return {"pages": {source.id: passages.covered(source.id, briefing) for source in sources}}

    newest = list(briefing.sources.values())[::-1]
    text = "Every article this briefing is made from."
    yield from Index("sources/index.md", "sources.md.j2", "Sources", text).pages(
        paging.parts(newest, _year, finer=_month, newest_first=True),
        needs,
        given,
        lambda sources: _published(sources, briefing),
        ("the newest", newest),
    )


def _published(sources: Sequence[Source], briefing: Briefing) -> str:
    return spoken_of((came_out(source, as_of_day(briefing)) for source in sources), briefing)


def _year(source: Source) -> str:
    return paging.year(source.date)


def _month(source: Source) -> str:
    return paging.month(source.date)


def a_to_z(briefing: Briefing) -> Iterator[Page]:
    """Every name and topic."""

    def needs(entries: Sequence[glossary.Entry]) -> bytes:
        names = shown(briefing).names
        told = (packed((e.name, e.see)) + (names[e.entity.id] if e.entity else packed(e.topic)) for e in entries)
        return digest(b"".join(told))

    def day(entries: Sequence[glossary.Entry]) -> str:
        return spoken_of((named_last(e.entity, briefing) for e in entries if e.entity), briefing)

    groups = paging.parts(
        glossary.glossary(briefing),
        lambda entry: entry.letter,
        size=2 * paging.ENTRIES,
        finer=lambda entry: paging.letters(entry.name),
    )
    text = "Every name and topic of this briefing."
    yield from Index("a-z.md", "a-z.md.j2", "A–Z", text).pages(groups, needs, lambda _: {}, day)


def change_list(briefing: Briefing) -> Iterator[Page]:
    """What each source added, and what people corrected."""

    def needs(sources: Sequence[Source]) -> bytes:
        return digest(*map(told, sources))

    def told(source: Source) -> bytes:
        found, id_, of = brought(briefing), source.id, shown(briefing)
        names = b"".join(map(of.name, found.names.get(id_, ())))
        tables = (table.get(id_, ()) for table in (found.figures, found.plans, found.outcomes))
        pairs = (of.barely(s for pair in table for s in (pair.new, pair.old)) if table else b"" for table in tables)
        return digest(of.own[id_], names, *pairs)

    def given(sources: Sequence[Source]) -> Mapping[str, Any]:
        return {"entries": [news(source, briefing) for source in sources], "limit": NAMES}

    newest = list(briefing.sources.values())[::-1]
    groups = paging.parts(newest, _year, size=NEWS, finer=_month, newest_first=True)
    text = "What each source added, the newest first, and what people corrected by hand."
    yield from Index("changes.md", "changes.md.j2", "Changes", text).pages(
        groups, needs, given, lambda sources: _published(sources, briefing)
    )
