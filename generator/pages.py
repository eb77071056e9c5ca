"""The table of pages: which there are, where each stands, and what its template is given.

`PAGES` is the whole list, one small function per kind of page. A template gets `briefing`, `say` (a
`Writer` for its path) and the context named here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from generator import edtf, telling
from generator.addresses import FOLDERS, address, entity_path, part_path, placed, source_path, topic_path
from generator.aggregate import (
    figures,
    front,
    glossary,
    history,
    pace,
    paging,
    passages,
    places,
    profiles,
    review,
    subjects,
    timeline,
    topics,
)
from generator.aggregate.changes import News, changes
from generator.aggregate.claims import claims
from generator.aggregate.contradictions import by_fact, contradictions, paged
from generator.aggregate.events import as_of_day, has_begun, newest_first
from generator.aggregate.ledger import forecasters
from generator.aggregate.since import previous, since
from generator.aggregate.trust import trust
from generator.aggregate.watch import watch
from generator.downloads import DOWNLOADS, Download, downloads
from generator.downloads.tables import TABLES
from generator.link import Briefing, Statement, follow
from generator.model import Entity, Topic
from generator.passage_writer import PassageWriter
from generator.phrases import sentence_case
from generator.registry import family
from generator.writer import Writer

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
Numbers = tuple[tuple[pace.Reckoned, ...], tuple[history.History, ...]]
"""Targets with what is reported against them, and histories of figures."""
NEXT = 5
"""Events ahead on the front page."""
KEY_FIGURES = 4
NEW = 6
"""Entries of what is new since the previous edition on the front page."""
FIRST_ROWS, ROWS = 10, 45
"""Rows of each list on the watch list itself, and on each of the pages of a list that is longer."""
WATCHED = {
    "dated": "Ahead",
    "targets": "Numbers with a date",
    "undated": "Without a date",
    "passed": "Windows that have passed",
    "came": "What came of it",
}
"""The lists of the watch list, as `aggregate.watch` has them, with what they are called."""
LEAST_ENTRIES, FORECASTERS = 2, 25
"""Things that somebody must have looked ahead to for a row in the table of those who did, and rows of it."""
DIFFERENCES = 3
"""Contradictions on the front page."""
HEAD = 30
"""Entries that stand on an index itself where it has parts."""
SECTION = 40
"""Facts in one section of the page of a name or topic; the others stand on the indexes and with their sources."""
NEWS = 25
"""Sources on one page of changes."""
NAMES = 12
"""New names that the changes of one source list."""


@dataclass(frozen=True)
class Page:
    """A page to render."""

    path: str
    template: str
    title: str
    description: str
    context: Mapping[str, Any] = field(default_factory=dict)
    published: str = ""
    """The day, month or year that the article it shows came out."""
    moved: str = ""
    """The page that stands in its place now."""

    @property
    def kind(self) -> str:
        """What kind of page it is, for the theme: the name of its template."""
        return self.template.partition(".")[0]


def _front(briefing: Briefing) -> Iterator[Page]:
    pairs = pace.reckoned(briefing)
    list_ = watch(briefing)
    context = {
        "lines": front.bottom_line(briefing),
        "watch": list_,
        "coming": tuple(
            c.last for c in (*(c for c in list_.dated if not has_begun(c.last, as_of_day(briefing))), *list_.undated)
        )[:NEXT],
        "progress": pairs[:KEY_FIGURES],
        "figures": front.key_figures(briefing, frozenset().union(*(p.facts for p in pairs)))[
            : max(0, KEY_FIGURES - len(pairs))
        ],
        "topics": briefing.topics,
        "programmes": topics.programmes(briefing),
        "meetings": topics.meetings(briefing),
        "members": {t.id: claims(briefing).count(topics.members(t, briefing)) for t in briefing.topics},
        "additions": front.additions(briefing),
        "since": since(before, briefing).first(NEW) if (before := previous(briefing)) else None,
        "trust": trust(briefing.current, briefing),
        "differ": contradictions(briefing)[:DIFFERENCES],
        "spots": places.everywhere(briefing),
    }
    title = briefing.settings.title
    yield Page("index.md", "index.md.j2", title, briefing.settings.description or f"{title}: the bottom line.", context)


def _watch(briefing: Briefing) -> Iterator[Page]:
    """The watch list with the first rows of each of its lists; a list that has more stands whole on pages of its own."""
    text = "What is planned, expected or called for, when, who says so, and what came of it."
    kept = [f for f in forecasters(briefing) if len(f.entries) >= LEAST_ENTRIES]
    found = watch(briefing)
    lists = {name: getattr(found, name) for name in WATCHED}
    whole = {
        name: [(part.label, part_path("watch.md", part.slug), part.entries) for part in parts]
        for name, label in WATCHED.items()
        if len(lists[name]) > FIRST_ROWS
        for parts in [paging.numbered(label, name, lists[name], ROWS)]
    }
    shown = {name: entries[:FIRST_ROWS] for name, entries in lists.items()}
    given = {"axis": found.axis, "lists": shown, "counts": {n: len(e) for n, e in lists.items()}, "kept": ()}
    more = {name: parts[0][1] for name, parts in whole.items()}
    yield Page(
        "watch.md",
        "watch.md.j2",
        "Watch list",
        text,
        {**given, "more": more, "kept": kept[:FORECASTERS], "watch": found},
    )
    for name, parts in whole.items():
        links = [(label, path, len(entries)) for label, path, entries in parts]
        for label, path, entries in parts:
            own = {"lists": {**dict.fromkeys(WATCHED, ()), name: entries}, "more": {}, "part": label, "pages_of": links}
            yield Page(path, "watch.md.j2", f"Watch list: {label}", text, given | own)


def _topics(briefing: Briefing) -> Iterator[Page]:
    members = {topic.id: topics.members(topic, briefing) for topic in briefing.topics}
    context = {
        "members": {id_: claims(briefing).count(statements) for id_, statements in members.items()},
        "programmes": topics.programmes(briefing),
        "meetings": topics.meetings(briefing),
        "others": [e for e in profiles.listed(briefing, "meeting") if e not in topics.meetings(briefing)],
        "unsorted": profiles.listed(briefing, None),
    }
    yield Page("topics/index.md", "topics.md.j2", "Topics", "The subjects of this briefing.", context)
    numbers = _numbers(briefing)
    for topic in briefing.topics:
        told = profiles.profile(members[topic.id], briefing)
        given = _about(briefing, told, numbers) | {"topic": topic}
        yield Page(
            topic_path(topic.id), "profile.md.j2", topic.title, f"What the sources say about {topic.title}.", given
        )


def _timeline(briefing: Briefing) -> Iterator[Page]:
    text = "What happened and what is ahead, by the day it is about."
    entries = timeline.timeline(briefing)
    groups = timeline.years(entries)
    past, coming = ([e for e in entries if e.ahead == ahead] for ahead in (False, True))
    head = ("the latest and the next", [*past[-2 * HEAD // 3 :], *coming[: HEAD // 3]])
    known = subjects.subjects(briefing)
    about = {
        claim.id: tuple(dict.fromkeys(subject for s in claim.statements for subject in known[s.fact.id]))
        for claim in claims(briefing).all
    }
    for page in _parted("timeline.md", "timeline.md.j2", "Timeline", text, groups, head=head):
        named = subjects.grouped(about[entry.statement.fact.id] for entry in page.context["entries"])
        yield replace(page, context={**page.context, "about": about, "named": named})


def _figures(briefing: Briefing) -> Iterator[Page]:
    found = _once(figures.figures(briefing), briefing)
    pairs = pace.reckoned(briefing)
    derived = [target for target in figures.targets(briefing) if target.derived]
    groups = paging.parts(found, paging.statement_year, finer=paging.statement_month)
    text = "Targets and what is reported against them, with units, bounds and sums."
    context = {"progress": pairs, "derived": derived, "histories": history.histories(briefing)}
    yield from _parted("figures.md", "figures.md.j2", "Figures", text, groups, context, ("the newest", found))


def _quotations(briefing: Briefing) -> Iterator[Page]:
    found = _once(briefing.by_kind.get("quotation", ()), briefing)
    groups = paging.parts(found, paging.statement_year, finer=paging.statement_month)
    text = "Who said what, in their own words."
    yield from _parted("quotations.md", "quotations.md.j2", "Quotations", text, groups, head=("the newest", found))


def _judgements(briefing: Briefing) -> Iterator[Page]:
    found = _once(briefing.by_kind.get("assessment", ()), briefing)
    groups = paging.parts(found, paging.statement_year, finer=paging.statement_month)
    text = "What is told as somebody's view, with the words that hedge it."
    yield from _parted("judgements.md", "judgements.md.j2", "Judgements", text, groups, head=("the newest", found))


def _once(statements: Sequence[Statement], briefing: Briefing) -> list[Statement]:
    """The first to report each of some facts, the newest first."""
    return sorted(claims(briefing).once(statements), key=newest_first)


def _contradictions(briefing: Briefing) -> Iterator[Page]:
    text = "Claims about one thing that cannot all be right, side by side."
    found, groups = contradictions(briefing), paged(briefing)
    yield from _parted(
        "contradictions.md", "contradictions.md.j2", "Where sources differ", text, groups, head=("the newest", found)
    )


def _entities(briefing: Briefing) -> Iterator[Page]:
    inside = profiles.within(briefing)
    taken = {topic_path(topic.id) for topic in briefing.topics}
    for name in ("person", "organisation", "place", "programme"):
        labels = briefing.lexicons["labels"]["family"][name]
        listed = profiles.listed(briefing, name)
        by_letter = sorted(listed, key=lambda e: (paging.letter(e.name) == "#", paging.plain(e.name), e.name, e.id))
        groups = paging.parts(by_letter if len(listed) > paging.ENTRIES else listed, lambda e: paging.letter(e.name))
        context = {"family": name, "labels": labels, "inside": inside}
        text = f"{labels['many']} named in this briefing."
        head = ("the most often named", listed)
        yield from _parted(f"{FOLDERS[name]}/index.md", "entities.md.j2", labels["many"], text, groups, context, head)
    numbers = _numbers(briefing)
    holding = topics.backlinks(briefing)
    for entity in briefing.named:
        if entity_path(entity, briefing.lexicons) not in taken:
            held = (topic for s in briefing.about(entity) for topic in holding.get(s.fact.id, ()))
            topics_of = list({t.id: t for t in held}.values())
            yield _entity(entity, briefing, inside.get(entity.id, ()), topics_of, numbers)
    yield from _moved(briefing, taken)


def _moved(briefing: Briefing, taken: Collection[str]) -> Iterator[Page]:
    """A page for each name that was merged into another, so that links from elsewhere still lead somewhere."""
    there = {entity.id for entity in briefing.named}
    for entity in briefing.registry.values():
        heir = follow(entity.id, briefing.registry) if entity.merged_into else None
        path = entity_path(entity, briefing.lexicons)
        if heir and heir.id in there and path not in taken:
            text = f"{entity.name} stands under {heir.name}."
            led = entity_path(heir, briefing.lexicons)
            yield Page(path, "moved.md.j2", sentence_case(entity.name), text, {"heir": heir}, moved=led)


def _entity(
    entity: Entity, briefing: Briefing, parts: Sequence[Entity], held: Sequence[Topic], numbers: Numbers
) -> Page:
    told = profiles.profile(briefing.about(entity), briefing, entity)
    published = briefing.by_publisher.get(entity.id, ())[::-1]
    context = _about(briefing, told, numbers, entity) | {
        "entity": entity,
        "parts": parts,
        "published": published,
        "held": held,
    }
    if family(entity.kind, briefing.lexicons) == "place":
        context["spots"] = places.around(entity, briefing)
    text = f"What the sources say about {entity.name}."
    return Page(entity_path(entity, briefing.lexicons), "profile.md.j2", sentence_case(entity.name), text, context)


def _numbers(briefing: Briefing) -> Numbers:
    return pace.reckoned(briefing), history.histories(briefing)


def _about(
    briefing: Briefing, told: profiles.Profile, numbers: Numbers, entity: Entity | None = None
) -> dict[str, Any]:
    """What the template of topics and names is given, all but what it is about.

    Figures that a bar or a history of the page shows are not listed once more.
    """
    empty = {"topic": None, "entity": None, "parts": (), "published": (), "held": (), "spots": ()}
    own = {s.fact.id for s in told.figures}
    pairs = [given for given in numbers[0] if {given.pair.reported.fact.id, given.pair.target.stated.fact.id} & own]
    past = [given for given in numbers[1] if given.facts & own]
    shown = frozenset().union(*(given.facts for given in pairs), *(given.facts for given in past))
    rest = [s for s in told.figures if s.fact.id not in shown]
    mine = next((f for f in forecasters(briefing) if entity and f.entity.id == entity.id), None)
    known = by_fact(briefing)
    context = {
        "forecasts": mine,
        "profile": told,
        "trust": trust(told.all, briefing),
        "limit": SECTION,
        "differ": tuple({c.id: c for s in told.all for c in known.get(s.fact.id, ())}.values()),
    }
    return empty | context | {"progress": pairs, "histories": past, "figures": rest}


def _sources(briefing: Briefing) -> Iterator[Page]:
    newest = list(briefing.sources.values())[::-1]
    groups = paging.parts(
        newest, lambda source: paging.year(source.date), finer=lambda source: paging.month(source.date)
    )
    pages = {source.id: passages.source_page(source.id, briefing) for source in newest}
    text = "Every article this briefing is made from."
    yield from _parted(
        "sources/index.md", "sources.md.j2", "Sources", text, groups, {"pages": pages}, ("the newest", newest)
    )
    for source in newest:
        say = Writer(briefing, source_path(source.id))
        current = [s for s in briefing.by_source.get(source.id, ()) if s.fact.review != "retracted"]
        show = PassageWriter(say, source)
        context = {
            "source": source,
            "view": pages[source.id],
            "trust": trust(current, briefing),
            "show": show,
            "limit": paging.ENTRIES,
        }
        text = f"{say.publisher(source.id)}, {edtf.human(source.date)}: the cited words in place."
        yield Page(source_path(source.id), "source.md.j2", say.source_title(source.id), text, context, source.date)


def _glossary(briefing: Briefing) -> Iterator[Page]:
    groups = paging.parts(glossary.glossary(briefing), lambda entry: entry.letter, size=2 * paging.ENTRIES)
    yield from _parted("a-z.md", "a-z.md.j2", "A–Z", "Every name and topic of this briefing.", groups)


def _data(briefing: Briefing) -> Iterator[Page]:
    """The files of the site; there is one set of them, so an edition tells which part of it is its own."""
    made = {} if briefing.edition else downloads(briefing)
    groups: dict[str, list[tuple[Download, int]]] = {}
    for download in DOWNLOADS if made else ():
        groups.setdefault(download.group, []).append((download, len(made[download.path])))
    home = address(placed("index.md", briefing.edition), briefing.settings) if briefing.edition else ""
    context = {"groups": groups, "reference": telling.briefing_reference(briefing), "home": home}
    text = "Every fact of this briefing as files, and how to cite them."
    yield Page("data.md", "data.md.j2", "Data", text, context)
    if briefing.edition:
        return
    text = "What each table and column of the data says."
    yield Page("data-dictionary.md", "dictionary.md.j2", "Data dictionary", text, {"tables": TABLES})


def _changes(briefing: Briefing) -> Iterator[Page]:
    def year(news: News) -> str:
        return paging.year(news.source.date)

    def month(news: News) -> str:
        return paging.month(news.source.date)

    groups = paging.parts(changes(briefing), year, size=NEWS, finer=month)
    text = "What each source added, the newest first, and what people corrected by hand."
    yield from _parted("changes.md", "changes.md.j2", "Changes", text, groups, {"limit": NAMES})


def _review(briefing: Briefing) -> Iterator[Page]:
    context = {"queue": review.queue(briefing), "limit": paging.ENTRIES}
    yield Page("review.md", "review.md.j2", "Review queue", "What waits for a person to look at it.", context)


def _editions(briefing: Briefing) -> Iterator[Page]:
    """The list of editions, the present first; there is none without them."""
    if not briefing.editions:
        return
    told = [
        (one, since(before, one) if (before := previous(one)) else None) for one in (briefing, *briefing.editions[::-1])
    ]
    text = "The days as of which this briefing can be read."
    yield Page(EDITIONS_LIST, "editions.md.j2", "Editions", text, {"editions": told})


def _parted(
    path: str,
    template: str,
    title: str,
    text: str,
    groups: Sequence[paging.Part[Any]],
    context: Mapping[str, Any] | None = None,
    head: tuple[str, Sequence[Any]] = ("", ()),
) -> Iterator[Page]:
    """An index as one page; where it has parts, a page for each, and the index leads to them.

    `head` is what stands on the index itself then, and what that is: `the newest`.
    """
    if len(groups) == 1 and not groups[0].slug:
        yield Page(path, template, title, text, {**(context or {}), "entries": groups[0].entries, "pages_of": ()})
        return
    links = [(group.label, part_path(path, group.slug), len(group.entries)) for group in groups]
    name, entries = head[0], head[1][:HEAD]
    told = f"{name} {len(entries)}" if entries else ""
    yield Page(path, template, title, text, {**(context or {}), "entries": entries, "pages_of": links, "head": told})
    for group in groups:
        given = {**(context or {}), "entries": group.entries, "pages_of": links, "part": group.label}
        yield Page(part_path(path, group.slug), template, f"{title}: {group.label}", text, given)


PAGES: tuple[Callable[[Briefing], Iterator[Page]], ...] = (
    _front,
    _watch,
    _topics,
    _timeline,
    _figures,
    _quotations,
    _judgements,
    _contradictions,
    _entities,
    _sources,
    _glossary,
    _data,
    _changes,
    _review,
    _editions,
)
PRESENT = (_review, _editions)
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
