"""The table of pages: which there are, where each stands, and what its template is given.

`PAGES` is the whole list, one function per kind of page. A template gets `briefing`, `say` (a `Writer` for its path), `day` (the one
that the page speaks of) and the context that such a function makes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator import telling
from generator.addresses import FOLDERS, address, placed
from generator.aggregate import front, pace, paging, places, profiles, review, topics
from generator.aggregate.contradictions import contradictions
from generator.aggregate.events import as_of_day, has_begun
from generator.aggregate.own_day import came_out, named_last, spoken_of
from generator.aggregate.shown import shown
from generator.aggregate.since import previous, since
from generator.aggregate.trust import trust
from generator.aggregate.watch import watch
from generator.downloads import DataFile, Download, files, sizes
from generator.downloads.tables import TABLES
from generator.indexes import (
    a_to_z,
    change_list,
    differences,
    figure_lists,
    judgements,
    name_lists,
    quotations,
    source_list,
    timelines,
)
from generator.link import Briefing
from generator.page import Content, Page
from generator.profile_pages import name_pages, topic_pages
from generator.source_pages import source_pages
from generator.store import digest, packed
from generator.watch_pages import watch_pages

NAV = (
    ("Briefing", "index.md"),
    ("Watch list", "watch.md"),
    ("Topics", "topics/index.md"),
    ("Timeline", "timeline.md"),
    ("Figures", "figures.md"),
    ("Quotations", "quotations.md"),
    ("Judgements", "judgements.md"),
    ("People", "people/index.md"),
    ("Organisations", "organisations/index.md"),
    ("Places", "places/index.md"),
    ("Sources", "sources/index.md"),
    ("Data", "data.md"),
    ("A–Z", "a-z.md"),
)
"""What the `nav` of `mkdocs.yml` holds: sections, never every page. The theme's footer links `FOOTER` itself."""
EDITIONS_LIST = "editions.md"
"""There only where there are editions."""
FOOTER = (
    ("Where sources differ", "contradictions.md"),
    ("Method", "method.md"),
    ("About", "about.md"),
    ("Changes", "changes.md"),
    ("Editing", "editing.md"),
    ("Review queue", "review.md"),
    ("Editions", EDITIONS_LIST),
)
NEXT = 5
"""Events ahead on the front page."""
KEY_FIGURES = 4
NEW = 6
"""Entries of what is new since the previous edition on the front page."""
DIFFERENCES = 3
"""Contradictions on the front page."""
NAMES = 24
"""Programmes and meetings on the front page, those named most often."""


def _front(briefing: Briefing) -> Iterator[Page]:
    def make() -> Content:
        pairs = pace.reckoned(briefing)
        list_, day = watch(briefing), as_of_day(briefing)
        programmes, meetings = topics.programmes(briefing), topics.meetings(briefing)
        coming = (*(c for c in list_.dated if not has_begun(c.last, day)), *list_.undated)
        context = {
            "lines": front.bottom_line(briefing),
            "watch": list_,
            "coming": tuple(c.last for c in coming[:NEXT]),
            "progress": pairs[:KEY_FIGURES],
            "figures": front.key_figures(briefing, frozenset().union(*(p.facts for p in pairs)))[
                : max(0, KEY_FIGURES - len(pairs))
            ],
            "topics": briefing.topics,
            "programmes": programmes[:NAMES],
            "meetings": meetings[:NAMES],
            "more_topics": len(programmes) > NAMES or len(meetings) > NAMES,
            "members": {topic.id: topics.count(topic, briefing) for topic in briefing.topics},
            "additions": front.additions(briefing),
            "since": since(before, briefing).first(NEW) if (before := previous(briefing)) else None,
            "trust": trust(briefing.current, briefing),
            "differ": contradictions(briefing)[:DIFFERENCES],
            "spots": places.everywhere(briefing),
        }
        title = briefing.settings.title
        return Content(
            title, briefing.settings.description or f"{title}: the bottom line.", context, briefing.as_of, whole=True
        )

    yield Page("index.md", "index.md.j2", shown(briefing).everything, make)


def _topics(briefing: Briefing) -> Iterator[Page]:
    coming = topics.meetings(briefing)
    told = {
        "programmes": topics.programmes(briefing),
        "meetings": coming,
        "others": [e for e in profiles.listed(briefing, "meeting") if e not in coming],
        "unsorted": profiles.listed(briefing, None),
    }
    lists = {name: entities[: paging.ENTRIES] for name, entities in told.items()}
    lengths = {name: len(entities) for name, entities in told.items()}
    members = {topic.id: topics.count(topic, briefing) for topic in briefing.topics}
    named = [entity for entities in lists.values() for entity in entities]

    def make() -> Content:
        last = [s.source for topic in briefing.topics for s in topics.members(topic, briefing)[-1:]]
        day = as_of_day(briefing)
        days = (*(named_last(e, briefing) for e in named), *(came_out(source, day) for source in last))
        context = {**lists, "lengths": lengths, "members": members}
        return Content("Topics", "The subjects of this briefing.", context, spoken_of(days, briefing))

    last = [s.source.date for topic in briefing.topics for s in topics.members(topic, briefing)[-1:]]
    of = shown(briefing)
    needs = digest(packed((briefing.topics, lengths, members, last)), *(of.names[e.id] for e in named))
    yield Page("topics/index.md", "topics.md.j2", needs, make)


def _data(briefing: Briefing) -> Iterator[Page]:
    """The files of the site; there is one set of them, so an edition tells which part of it is its own."""

    def make() -> Content:
        groups: dict[str, dict[Download, list[DataFile]]] = {}
        for file in () if briefing.edition else files(briefing):
            groups.setdefault(file.download.group, {}).setdefault(file.download, []).append(file)
        home = address(placed("index.md", briefing.edition), briefing.settings) if briefing.edition else ""
        yearly = any(file.portion.year for kinds in groups.values() for made in kinds.values() for file in made)
        reference = telling.briefing_reference(briefing)
        lengths = {} if briefing.edition else sizes(briefing)
        context = {"groups": groups, "reference": reference, "home": home, "yearly": yearly, "lengths": lengths}
        text = "Every fact of this briefing as files, and how to cite them."
        return Content("Data", text, context, briefing.as_of, whole=True)

    yield Page("data.md", "data.md.j2", shown(briefing).everything, make)


def _dictionary(briefing: Briefing) -> Iterator[Page]:
    single = {file.path for file in files(briefing) if not file.portion.year}

    def make() -> Content:
        context = {"tables": TABLES, "single": single}
        return Content("Data dictionary", "What each table and column of the data says.", context)

    yield Page("data-dictionary.md", "dictionary.md.j2", packed(sorted(single)), make)


def _review(briefing: Briefing) -> Iterator[Page]:
    def make() -> Content:
        context = {"queue": review.queue(briefing), "limit": paging.ENTRIES}
        return Content("Review queue", "What waits for a person to look at it.", context, briefing.as_of, whole=True)

    yield Page("review.md", "review.md.j2", shown(briefing).everything, make)


def _editions(briefing: Briefing) -> Iterator[Page]:
    """The list of editions, the present first; there is none without them."""

    def make() -> Content:
        told = [
            (one, since(before, one) if (before := previous(one)) else None)
            for one in (briefing, *briefing.editions[::-1])
        ]
        text = "The days as of which this briefing can be read."
        return Content("Editions", text, {"editions": told}, briefing.as_of, whole=True)

    if briefing.editions:
        yield Page(EDITIONS_LIST, "editions.md.j2", shown(briefing).everything, make)


PAGES: tuple[Callable[[Briefing], Iterator[Page]], ...] = (
    _front,
    watch_pages,
    _topics,
    topic_pages,
    timelines,
    figure_lists,
    quotations,
    judgements,
    differences,
    name_lists,
    name_pages,
    source_list,
    source_pages,
    a_to_z,
    _data,
    _dictionary,
    change_list,
    _review,
    _editions,
)
PRESENT = (_dictionary, _review, _editions)
"""What no edition has: it is about the briefing as it is now."""


def pages(briefing: Briefing) -> Iterator[Page]:
    """All pages of a briefing, or of one of its editions."""
    for kind in PAGES:
        if not briefing.edition or kind not in PRESENT:
            yield from kind(briefing)


def section(path: str) -> str:
    """The navigation entry that a page belongs to: `people/x.md` → `people/index.md`; parts belong to their index, programmes to the topics."""
    if "/" in path:
        folder = path.partition("/")[0]
        return "topics/index.md" if folder == FOLDERS["programme"] else f"{folder}/index.md"
    return next((target for _, target in NAV if path.startswith(target.removesuffix(".md") + "-")), path)
