"""What readers can search for: every fact, and every name, topic and source, as records with facets, page by page.

Records are of facts, not of pages, so that a result is a sentence with its date that leads to its words. All words
of articles come through `generator.telling`. A page whose key is as it was has the records that it had.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache, partial

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
    joined = _joined(briefing, own)
    for id_, source in briefing.sources.items():
        key = common + own[id_] + joined.get(id_, b"")
        yield Findable(source_path(id_), _day(source.date), key, partial(_of_source, id_, briefing))
    curated = {topic_path(topic.id): _topic(topic, briefing) for topic in briefing.topics}
    for path, record in curated.items():
        yield Findable(path, UNDATED, digest(packed(record)), partial(_alone, record))
    facts_of = tallies(briefing)
    for entity in briefing.named:
        path = entity_path(entity, briefing.lexicons)
        if path not in curated:
            counts = facts_of.get(entity.id, 0), len(briefing.by_publisher.get(entity.id, ()))
            key = digest(common, packed((entity, counts)))
            yield Findable(path, UNDATED, key, partial(_named, path, entity, counts, briefing))


def _joined(briefing: Briefing, own: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """By source id, a hash for each fact that is told there and elsewhere too, of all who tell it. What a source tells alone is its own."""
    found: dict[str, bytes] = {}
    statements = claims(briefing).known
    for first, facts in claims(briefing).groups.items():
        if facts[0] == first:  # each group once
            sources = [statements[fact].source.id for fact in facts]
            told = digest("\n".join(facts), b"".join([own[id_] for id_ in sources]))
            for id_ in {*sources}:
                found[id_] = found.get(id_, b"") + told
    return found


def _named(path: str, entity: Entity, counts: tuple[int, int], briefing: Briefing) -> tuple[Record]:
    return (_name(path, entity, counts, briefing),)


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


def _of_source(id_: str, briefing: Briefing) -> tuple[Record, ...]:
    """A source, then the facts that it was the first to tell."""
    told = (claims(briefing).of(s) for s in briefing.by_source.get(id_, ()) if s.fact.review != "retracted")
    first = {claim.id: claim for claim in told if claim.first.source.id == id_}
    return (_source(id_, briefing), *(_fact(claim, briefing) for claim in first.values()))


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


@lru_cache(maxsize=1 << 12)
def _day(text: str) -> str:
    read = edtf.parse(text)
    if not read:
        return UNDATED
    return edtf.day(read.earliest if read.open_end else read.latest)


def _topic(topic: Topic, briefing: Briefing) -> Record:
    facts = phrases.plural(topics.count(topic, briefing), "fact")
    return _page(topic_path(topic.id), topic.title, "Topic", topic.lead or f"Topic with {facts}.")


def _name(path: str, entity: Entity, counts: tuple[int, int], briefing: Briefing) -> Record:
    """A name with all it is called, and how much there is about it: how many facts, and how many sources that it brought out."""
    facts, brought = counts
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
