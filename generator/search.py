"""What readers can search for: every fact, and every name, topic and source, as records with facets, page by page.

Records are of facts, not of pages, so that a result is a sentence with its date that leads to its words. All words
of articles come through `generator.telling`. A page whose key is as it was has the records that it had.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from generator import edtf, phrases, telling
from generator.addresses import anchor, entity_path, source_path, topic_path
from generator.aggregate import subjects, topics
from generator.aggregate.claim import Claim
from generator.aggregate.claims import claims
from generator.aggregate.events import status
from generator.aggregate.paging import year
from generator.aggregate.profiles import tallies
from generator.aggregate.subjects import GROUPS, group
from generator.finding.record import UNDATED, Findable, Record
from generator.link import Briefing
from generator.model import Entity, Topic
from generator.statement import follow, publisher
from generator.store import digest, packed


def records(briefing: Briefing) -> tuple[Record, ...]:
    """All that can be found, page by page; a fact stands with its earliest source, once. A retracted one is not found."""
    return tuple(record for page in findable(briefing) for record in page.records())


def findable(briefing: Briefing) -> Iterator[Findable]:
    """Every page on which something can be found: sources, curated topics, names."""
    common = _common(briefing)
    own = {id_: briefing.digests.get(id_) or _told(id_, briefing) for id_ in briefing.sources}
    facts_of = tallies(briefing)
    facts: dict[str, list[Claim]] = {}
    for claim in claims(briefing).all:
        facts.setdefault(claim.first.source.id, []).append(claim)
    for id_, source in briefing.sources.items():
        here = facts.get(id_, [])
        several = [claim for claim in here if len(claim.statements) > 1]
        joined = (part for claim in several for s in claim.statements for part in (s.fact.id, own[s.source.id]))
        first = (claim.id for claim in here)
        key = digest(common, own[id_], *first, "", *joined)
        yield Findable(source_path(id_), _day(source.date), key, partial(_of_source, id_, here, briefing))
    curated = {topic_path(topic.id): _topic(topic, briefing) for topic in briefing.topics}
    names = ((entity_path(entity, briefing.lexicons), entity) for entity in briefing.named)
    named = {path: _name(path, entity, facts_of, briefing) for path, entity in names if path not in curated}
    for path, record in {**curated, **named}.items():
        yield Findable(path, UNDATED, digest(packed(record)), partial(_alone, record))


def _alone(record: Record) -> tuple[Record]:
    return (record,)


def _common(briefing: Briefing) -> bytes:
    """A hash of what all records of facts are made of, besides statements."""
    named = {name for topic in briefing.topics for name in (*topic.facts.who, *topic.facts.where, *topic.facts.about)}
    ends = [(name, entity.id) for name in sorted(named) if (entity := follow(name, briefing.registry))]
    of_topics = [(topic.id, topic.title, topic.facts) for topic in briefing.topics]
    return digest(briefing.lexicons.digest, briefing.settings.publish_source_text, packed((of_topics, ends)))


def _told(id_: str, briefing: Briefing) -> bytes:
    """A hash of a source, who brought it out, and all its statements."""
    source, seed = briefing.sources[id_], briefing.seeds.get(id_)
    outlet = publisher(source, seed, briefing.registry)
    named = packed((source, seed.sha256 if seed else "", outlet))
    return digest(named, *(s.digest for s in briefing.by_source.get(id_, ())))


def _of_source(id_: str, facts: Sequence[Claim], briefing: Briefing) -> tuple[Record, ...]:
    """A source, then the facts that it was the first to tell."""
    return (_source(id_, briefing), *(_fact(claim, briefing) for claim in facts))


def _meta(**values: str) -> dict[str, str]:
    return {key: value for key, value in values.items() if value}


def _fact(claim: Claim, briefing: Briefing) -> Record:
    """A fact as its earliest source tells it, found by the words and subjects of the others, too."""
    statement, others = claim.first, claim.statements[1:]
    about = dict.fromkeys(subject for s in claim.statements for subject in subjects.of(s, briefing))
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
    facts = phrases.plural(topics.count(topic, briefing), "fact")
    return _page(topic_path(topic.id), topic.title, "Topic", topic.lead or f"Topic with {facts}.")


def _name(path: str, entity: Entity, facts_of: Mapping[str, int], briefing: Briefing) -> Record:
    """A name with all it is called, and how much there is about it."""
    facts, brought = facts_of.get(entity.id, 0), len(briefing.by_publisher.get(entity.id, ()))
    tally = phrases.plural(facts or brought, "fact" if facts else "source")
    aliases = f"Also {', '.join(entity.aka)}. " if entity.aka else ""
    text = f"{aliases}{phrases.sentence_case(entity.kind.replace('-', ' '))}, {tally}."
    label = "Topic" if group(entity, briefing) == "topic" else "Name"
    return _page(path, phrases.sentence_case(entity.name), label, text)


def _source(source_id: str, briefing: Briefing) -> Record:
    date = briefing.sources[source_id].date
    title = telling.source_title(source_id, briefing)
    outlet = telling.publisher_name(source_id, briefing)
    text = f"{outlet}, {edtf.human(date)}."
    found = _page(source_path(source_id), title, "Source", text)
    return Record(found.path, "", text, found.meta, {**found.facets, "year": (year(date),)}, _day(date))


def _page(path: str, title: str, kind: str, text: str) -> Record:
    return Record(path, "", text, {"title": title, "kind": kind}, {"kind": (kind,)})
