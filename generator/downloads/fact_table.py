"""The table of facts: every key, the published words, who vouches, how it was read, and where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import get_args

from generator import edtf, telling
from generator.aggregate import topics
from generator.aggregate.claims import claims
from generator.aggregate.events import as_of_day
from generator.aggregate.own_day import came_out, spoken_of
from generator.aggregate.trust import origin
from generator.downloads.columns import Column, Row, Table
from generator.downloads.ids import fact_id, fact_ids
from generator.downloads.portion import Portion
from generator.link import Briefing
from generator.model import KINDS, LINK_KEYS, Bound, Entity, FigureRole, Review, Status, key, mapping
from generator.once import once
from generator.statement import Statement
from generator.store import packed

READ = ("machine", "corrected", "by hand")
JUDGED = ("review", "reviewed-by", "reviewed-on", "note", "nth", "id", "kind", "rank", *map(key, LINK_KEYS))
"""Keys that say nothing of what an article states."""

COLUMNS = (
    Column("id", "text", "Its permanent name.", needed=True),
    Column("source", "text", "The source that states it.", refers="sources", needed=True),
    Column("position", "integer", "Its rank in the source, in order of the text, from 1.", needed=True),
    Column("kind", "text", "What sort of fact it is.", needed=True, values=KINDS),
    Column("statement", "text", "What the source states, as one sentence.", needed=True),
    Column("words", "text", "The exact words of the source, as far as they are published."),
    Column("words_whole", "yes or no", "Whether “words” are all the words that the fact rests on.", needed=True),
    Column("start", "integer", "Where those words start in the article's text, in characters from 0."),
    Column("end", "integer", "Where they end; the character before it is the last."),
    Column("date", "text", "When it was or will be, as EDTF (ISO 8601-2): a day, month, year, season or interval."),
    Column("date_first", "text", "The first day that “date” may mean; empty where its start is open."),
    Column("date_last", "text", "The last day that “date” may mean; empty where its end is open."),
    Column("date_words", "text", "The words of the source that say when."),
    Column("who", "list", "Those who act, are acted on or hold a post.", refers="entities"),
    Column("where", "list", "Places.", refers="entities"),
    Column("about", "list", "Programmes, meetings and whatever else it is about.", refers="entities"),
    Column("topics", "list", "Topics of this briefing that it belongs to.", refers="topics"),
    Column("according_to", "list", "Who the source says it is from, the nearest first.", refers="entities"),
    Column("by", "list", "Of an assessment: whose judgement it is.", refers="entities"),
    Column("speaker", "text", "Of a quotation: who said it.", refers="entities"),
    Column("org", "text", "Of a role: where the post is held.", refers="entities"),
    Column("origin", "text", "The name of who is first said to have said it, else of the publisher."),
    Column(
        "claim",
        "text",
        "The earliest of all facts that state the same; itself where it is that, or no other does.",
        refers="facts",
        beyond=True,
    ),
    Column("chain", "text", "Names from who said it to who published it, with arrows between."),
    Column("what", "text", "Of an event: what sort of event it is."),
    Column("status", "text", "Of an event: whether it happened, or who would have it so.", values=get_args(Status)),
    Column("value", "number", "Of a figure: the number; of a range its lower end."),
    Column("high", "number", "Of a figure that is a range: its upper end."),
    Column("unit", "text", "Of a figure: what is counted; of a price its ISO 4217 code."),
    Column("per", "text", "Of a figure that is a rate: for each what."),
    Column("bound", "text", "Of a figure: what the number is a limit of.", values=get_args(Bound)),
    Column("role", "text", "Of a figure: whether it is aimed at, reported or estimated.", values=get_args(FigureRole)),
    Column("measure", "text", "Of a figure: what the unit is a measure of."),
    Column("speech", "text", "Of a quotation: what was said, without the marks."),
    Column("hedge", "text", "Of an assessment: the words that hedge it."),
    Column("likelihood", "text", "Of an assessment: how likely, in the words of the source."),
    Column("title", "text", "Of a role: the post."),
    Column(
        "review",
        "text",
        "What a person says of it; retracted facts count nowhere.",
        needed=True,
        values=get_args(Review),
    ),
    Column("reviewed_by", "text", "Who reviewed it."),
    Column("reviewed_on", "text", "When."),
    Column("note", "text", "What an editor adds; of a retracted fact, why."),
    Column(
        "reading",
        "text",
        "Whether it stands as the machine read it, was corrected by a person, or was written by one.",
        needed=True,
        values=READ,
    ),
    Column("corrected", "text", "The keys in which a person's values differ from the machine's, with commas between."),
    Column("rule", "text", "The rule by which the machine read it."),
    Column("proof", "text", "How the machine came to the date, in words."),
    Column("link", "text", "Where it stands on this site, with its words in place.", needed=True),
    Column("citation", "text", "How to cite it.", needed=True),
)


def of_source(source: str, portion: Portion) -> Iterator[Row]:
    """All its facts, retracted ones too."""
    briefing = portion.briefing
    ids, told = fact_ids(briefing), claims(briefing)
    holding = topics.backlinks(briefing)
    day = spoken_of((came_out(briefing.sources[source], as_of_day(briefing)),), briefing)
    for rank, s in enumerate(briefing.by_source.get(source, ()), 1):
        id_ = fact_id(s, ids)
        named = {name: _ids(getattr(s, name)) for name in ("who", "where", "about", "according_to", "by")}
        yield {
            "id": id_,
            "source": s.source.id,
            "position": rank,
            "kind": s.fact.kind,
            "statement": telling.sentence(s, briefing),
            **_words(s, briefing),
            **_dates(s, briefing),
            "who": named["who"],
            "where": named["where"],
            "about": named["about"],
            "topics": tuple(topic.id for topic in holding.get(s.fact.id, ())),
            "according_to": named["according_to"],
            "by": named["by"],
            "speaker": s.speaker.id if s.speaker else None,
            "org": s.org.id if s.org else None,
            "origin": vouching.name if (vouching := origin(s, briefing)) else None,
            "claim": fact_id(told.of(s).first, ids) if s.fact.review != "retracted" else None,
            "chain": " → ".join(entity.name for entity in s.chain),
            **_own(s, briefing),
            "review": s.fact.review,
            "reviewed_by": s.fact.reviewed_by,
            "reviewed_on": s.fact.reviewed_on,
            "note": s.fact.note,
            **_reading(s, briefing),
            "link": telling.permalink(s, briefing),
            "citation": telling.formatted_citation(s, briefing, day),
        }


@once
def _told(briefing: Briefing) -> Mapping[str, bytes]:
    """By source id, what others make of its facts: who told the same first, and topics."""
    ids, told, found = fact_ids(briefing), claims(briefing), defaultdict[str, list[tuple[str, object]]](list)
    for earliest, repeated in told.repeated.items():
        first = fact_id(told.known[earliest], ids)
        for id_ in repeated[1:]:
            found[told.known[id_].source.id].append((id_, first))
    for id_, holding in topics.backlinks(briefing).items():
        found[told.known[id_].source.id].append((id_, [topic.id for topic in holding]))
    return {source: packed(sorted(states, key=itemgetter(0))) for source, states in found.items()}


def _ids(entities: tuple[Entity, ...]) -> tuple[str, ...]:
    return tuple(entity.id for entity in entities)


def _words(s: Statement, briefing: Briefing) -> Row:
    words = telling.quoted(s, briefing)
    start, end = (s.span.start, s.span.end) if s.span else (None, None)
    return {"words": words, "words_whole": words == s.fact.quote, "start": start, "end": end}


def _dates(s: Statement, briefing: Briefing) -> Row:
    when = s.when
    return {
        "date": s.fact.when,
        "date_first": edtf.day(when.earliest) if when and not when.open_start else None,
        "date_last": edtf.day(when.latest) if when and not when.open_end else None,
        "date_words": telling.own(s, briefing).when_words if telling.may_quote(briefing) else None,
    }


def _own(s: Statement, briefing: Briefing) -> Row:
    """What only facts of its kind have; the words of the article among it as far as they are published."""
    names = (
        "what",
        "status",
        "value",
        "high",
        "unit",
        "per",
        "bound",
        "role",
        "measure",
        "hedge",
        "likelihood",
        "title",
    )
    fact = telling.own(s, briefing)
    own = {name: getattr(fact, name, None) for name in names}
    own["speech"] = getattr(fact, "words", None) if telling.may_quote(briefing) else None
    order = [column.name for column in COLUMNS]
    return dict(sorted(own.items(), key=lambda pair: order.index(pair[0])))


def _reading(s: Statement, briefing: Briefing) -> Row:
    """How it was read, and what a person made of it."""
    found = briefing.readings.get(s.source.id, {}).get(s.fact.id)
    if not found:
        return {"reading": "by hand", "corrected": None, "rule": None, "proof": None}
    now, read = mapping(s.fact), mapping(found.fact)
    keys = [key for key in dict.fromkeys([*now, *read]) if key not in JUDGED and now.get(key) != read.get(key)]
    return {
        "reading": "corrected" if keys else "machine",
        "corrected": ", ".join(keys),
        "rule": found.rule,
        "proof": found.proof if telling.may_quote(briefing) else None,
    }


def told(portion: Portion) -> Mapping[str, bytes]:
    """What rows say besides what their source does."""
    return _told(portion.briefing)


FACTS = Table(
    "facts",
    "Every statement of a source, one a row.",
    COLUMNS,
    of_source=of_source,
    told=told,
    csv="data/facts.csv",
)
