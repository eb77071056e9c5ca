"""What readers can search for: every fact, and every name, topic and source, as records with facets.

Records are of facts, not of pages, so that a result is a sentence with its date that leads to its words. All words
of articles come through `generator.telling`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator import edtf, phrases, telling
from generator.addresses import anchor, entity_path, source_path, topic_path
from generator.aggregate import topics
from generator.aggregate.claims import Claim, claims
from generator.aggregate.events import status
from generator.aggregate.paging import year
from generator.aggregate.subjects import GROUPS, Subject, group, subjects
from generator.link import Briefing
from generator.model import Entity, Topic

FACETS = ("kind", *GROUPS, "year")
UNDATED = "0000"
"""Sorts before every day: what has no day of its own comes last where the newest comes first."""


@dataclass(frozen=True, slots=True)
class Record:
    """One thing to find. All text is plain."""

    path: str
    """The page it leads to, below `site_src/`: `sources/x.md`."""
    anchor: str
    """The element on that page; empty for the page itself."""
    content: str
    """What a result shows, with the words that were searched for marked."""
    meta: Mapping[str, str]
    """Also searched: `title` of a page; `kind`, `date` (in words), `cite`, `names`, `more` of a fact."""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of `FACETS`: the values as readers see them."""
    day: str = UNDATED
    """`YYYY-MM-DD`, to sort by; `UNDATED` where it has none."""


def records(briefing: Briefing) -> tuple[Record, ...]:
    """Facts in order of their sources, each once, then topics, names and sources. A retracted fact is not found."""
    about = subjects(briefing)
    facts = [_fact(claim, about, briefing) for claim in claims(briefing).all]
    own = {topic_path(topic.id): _topic(topic, briefing) for topic in briefing.topics}
    names = {path: _name(entity, briefing) for path, entity in _paths(briefing) if path not in own}
    sources = [_source(source, briefing) for source in briefing.sources]
    return (*facts, *own.values(), *names.values(), *sources)


def _paths(briefing: Briefing) -> Iterator[tuple[str, Entity]]:
    return ((entity_path(entity, briefing.lexicons), entity) for entity in briefing.named)


def _meta(**values: str) -> dict[str, str]:
    return {key: value for key, value in values.items() if value}


def _fact(claim: Claim, subjects_of: Mapping[str, Sequence[Subject]], briefing: Briefing) -> Record:
    """A fact as its earliest source tells it, found by the words and subjects of the others, too."""
    statement, others = claim.first, claim.statements[1:]
    about = dict.fromkeys(subject for s in claim.statements for subject in subjects_of[s.fact.id])
    fact = statement.fact
    said = telling.sentence(statement, briefing)
    kind = phrases.label("kind", fact.kind, briefing.lexicons)
    state = status(statement)
    shown = f"{kind}, {phrases.label('status', state, briefing.lexicons)}" if state not in ("", "happened") else kind
    told = [telling.quoted(statement, briefing)]
    for s in {s.source.id: s for s in others if s.source.id != statement.source.id}.values():
        told += [telling.sentence(s, briefing), telling.quoted(s, briefing)]
    more = [words for words in dict.fromkeys(told) if words.casefold() not in said.casefold()]
    more += [s.fact.note or "" for s in claim.statements]
    besides = len(claim.sources) - 1
    when = fact.when if statement.when and fact.when else ""
    return Record(
        path=source_path(statement.source.id),
        anchor=anchor(fact.id),
        content=said,
        meta=_meta(
            kind=shown,
            date=edtf.human(when) if when else "",
            cite=telling.citation(statement) + (f" and {phrases.number(besides)} more" if besides else ""),
            state=fact.review if fact.review == "disputed" else "",
            names=", ".join(dict.fromkeys(e.name for s in claim.statements for e in s.entities if e.name not in said)),
            more=" ".join(filter(None, more)),
        ),
        facets={
            "kind": (kind,),
            **{name: tuple(s.title for s in about if s.group == name) for name in GROUPS},
            "year": (year(when or statement.source.date),),
        },
        day=_day(when or statement.source.date),
    )


def _day(text: str) -> str:
    read = edtf.parse(text)
    if not read:
        return UNDATED
    return edtf.day(read.earliest if read.open_end else read.latest)


def _topic(topic: Topic, briefing: Briefing) -> Record:
    facts = phrases.plural(claims(briefing).count(topics.members(topic, briefing)), "fact")
    return _page(topic_path(topic.id), topic.title, "Topic", topic.lead or f"Topic with {facts}.")


def _name(entity: Entity, briefing: Briefing) -> Record:
    """A name with all it is called, and how much there is about it."""
    facts, brought = claims(briefing).count(briefing.about(entity)), len(briefing.by_publisher.get(entity.id, ()))
    tally = phrases.plural(facts or brought, "fact" if facts else "source")
    aliases = f"Also {', '.join(entity.aka)}. " if entity.aka else ""
    text = f"{aliases}{phrases.sentence_case(entity.kind.replace('-', ' '))}, {tally}."
    label = "Topic" if group(entity, briefing) == "topic" else "Name"
    return _page(entity_path(entity, briefing.lexicons), phrases.sentence_case(entity.name), label, text)


def _source(source_id: str, briefing: Briefing) -> Record:
    date = briefing.sources[source_id].date
    title = telling.source_title(source_id, briefing)
    publisher = telling.publisher_name(source_id, briefing)
    text = f"{publisher}, {edtf.human(date)}."
    found = _page(source_path(source_id), title, "Source", text)
    return Record(found.path, "", text, found.meta, {**found.facets, "year": (year(date),)}, _day(date))


def _page(path: str, title: str, kind: str, text: str) -> Record:
    return Record(path, "", text, {"title": title, "kind": kind}, {"kind": (kind,)})
