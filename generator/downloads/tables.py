"""All tables of the data, in the order in which one refers to another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator import telling
from generator.addresses import address, topic_path
from generator.aggregate import topics
from generator.downloads.claim_table import CLAIMS
from generator.downloads.columns import Column, Row, Table
from generator.downloads.entity_table import ENTITIES
from generator.downloads.fact_table import FACTS
from generator.downloads.figure_table import FIGURES
from generator.downloads.outcome_table import OUTCOMES
from generator.downloads.portion import Portion
from generator.downloads.source_table import SOURCES
from generator.link import Briefing
from generator.once import once
from generator.store import digest, packed

RELATIONS = tuple(c.name for c in FACTS.columns if c.type == "list" and c.refers == "entities")


def _briefing(portion: Portion) -> Iterator[Row]:
    briefing, settings = portion.briefing, portion.briefing.settings
    yield {
        "title": settings.title,
        "description": settings.description,
        "as_of": portion.as_of,
        "sources": len(portion.sources),
        "facts": len(portion.current),
        "publishes": settings.publish_source_text,
        "link": address("index.md", settings),
        "citation": telling.briefing_reference(briefing, portion.as_of) + ".",
    }


BRIEFING = Table(
    "briefing",
    "The briefing as a whole; one row.",
    (
        Column("title", "text", "Its title.", needed=True),
        Column("description", "text", "What it is about."),
        Column("as_of", "text", "The day that it speaks of.", needed=True),
        Column("sources", "integer", "How many sources it has.", needed=True),
        Column("facts", "integer", "How many facts count; retracted ones do not.", needed=True),
        Column(
            "publishes",
            "text",
            "How much of the articles' own words is published: at most 25 words in a run beside direct speech, all, or none.",
            needed=True,
            values=("excerpts", "full", "none"),
        ),
        Column("link", "text", "Where it stands.", needed=True),
        Column("citation", "text", "How to cite it.", needed=True),
    ),
    _briefing,
    key=("title",),
)


def _topics(portion: Portion) -> Iterator[Row]:
    briefing = portion.briefing
    for topic in briefing.topics:
        yield {
            "id": topic.id,
            "title": topic.title,
            "lead": topic.lead,
            "facts": sum(s.fact.id in portion.facts for s in topics.members(topic, briefing)),
            "link": address(topic_path(topic.id), briefing.settings),
        }


TOPICS = Table(
    "topics",
    "Subjects that an editor has put together; programmes and meetings are among the entities.",
    (
        Column("id", "text", "Its permanent name.", needed=True),
        Column("title", "text", "What it is called.", needed=True),
        Column("lead", "text", "What the editor says of it."),
        Column("facts", "integer", "How many facts belong to it.", needed=True),
        Column("link", "text", "Its page on this site.", needed=True),
    ),
    _topics,
)


def _fact_entities(source: str, portion: Portion) -> Iterator[Row]:
    for fact in rows_of_source(FACTS, source, portion):
        for relation in RELATIONS:
            for position, entity in enumerate(_texts(fact[relation]), 1):
                yield {"fact": fact["id"], "relation": relation, "position": position, "entity": entity}


def _fact_topics(source: str, portion: Portion) -> Iterator[Row]:
    for fact in rows_of_source(FACTS, source, portion):
        yield from ({"fact": fact["id"], "topic": topic} for topic in _texts(fact["topics"]))


def _entity_names(portion: Portion) -> Iterator[Row]:
    for entity in others(ENTITIES, portion):
        yield from ({"entity": entity["id"], "name": name} for name in _texts(entity["aka"]))


def _entity_ids(portion: Portion) -> Iterator[Row]:
    for entity in others(ENTITIES, portion):
        pairs = entity["ids"] if isinstance(entity["ids"], Mapping) else {}
        yield from ({"entity": entity["id"], "register": name, "id": value} for name, value in pairs.items())


def _claim_facts(source: str, portion: Portion) -> Iterator[Row]:
    for claim in rows_of_source(CLAIMS, source, portion):
        for position, fact in enumerate(_texts(claim["facts"]), 1):
            yield {"claim": claim["id"], "position": position, "fact": fact}


def _outcome_facts(source: str, portion: Portion) -> Iterator[Row]:
    for outcome in rows_of_source(OUTCOMES, source, portion):
        for part, column in (("ahead", "facts"), ("told", "told")):
            for position, fact in enumerate(_texts(outcome[column]), 1):
                yield {"outcome": outcome["id"], "part": part, "position": position, "fact": fact}


def _outcome_entities(source: str, portion: Portion) -> Iterator[Row]:
    for outcome in rows_of_source(OUTCOMES, source, portion):
        yield from ({"outcome": outcome["id"], "entity": entity} for entity in _texts(outcome["by"]))


def _texts(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


FACT = Column("fact", "text", "The fact.", refers="facts", needed=True)
TOLD = Column("fact", "text", "The fact.", refers="facts", needed=True, beyond=True)
ENTITY = Column("entity", "text", "The name's entry.", refers="entities", needed=True)
OUTCOME = Column("outcome", "text", "The thing that was ahead.", refers="outcomes", needed=True)
LINKS = (
    Table(
        "fact_entities",
        "Which facts name whom, and as what.",
        (
            FACT,
            Column("relation", "text", "The list of the fact that holds the name.", needed=True, values=RELATIONS),
            Column("position", "integer", "Its rank in that list, from 1.", needed=True),
            ENTITY,
        ),
        of_source=_fact_entities,
        key=("fact", "relation", "position"),
        json=False,
    ),
    Table(
        "fact_topics",
        "Which facts belong to which topics.",
        (FACT, Column("topic", "text", "The topic.", refers="topics", needed=True)),
        of_source=_fact_topics,
        told=FACTS.told,
        key=("fact", "topic"),
        json=False,
    ),
    Table(
        "claim_facts",
        "Which facts state a claim.",
        (
            Column("claim", "text", "The claim.", refers="claims", needed=True),
            Column("position", "integer", "Its rank among those, from 1.", needed=True),
            TOLD,
        ),
        of_source=_claim_facts,
        told=CLAIMS.told,
        key=("claim", "position"),
        json=False,
    ),
    Table(
        "outcome_facts",
        "Which facts look ahead to a thing, and which tell what came of it.",
        (
            OUTCOME,
            Column(
                "part", "text", "Whether it looks ahead or tells the outcome.", needed=True, values=("ahead", "told")
            ),
            Column("position", "integer", "Its rank among those, from 1.", needed=True),
            TOLD,
        ),
        of_source=_outcome_facts,
        told=OUTCOMES.told,
        key=("outcome", "part", "position"),
        json=False,
    ),
    Table(
        "outcome_entities",
        "Who expected, planned or called for a thing.",
        (OUTCOME, ENTITY),
        of_source=_outcome_entities,
        told=OUTCOMES.told,
        key=("outcome", "entity"),
        json=False,
    ),
    Table(
        "entity_names",
        "What sources call an entity besides its name.",
        (ENTITY, Column("name", "text", "The other name.", needed=True)),
        _entity_names,
        made_of=ENTITIES.made_of,
        key=("entity", "name"),
        json=False,
    ),
    Table(
        "entity_ids",
        "What other registers call an entity.",
        (
            ENTITY,
            Column("register", "text", "The register, such as “geonames”.", needed=True),
            Column("id", "text", "The entity's id there.", needed=True),
        ),
        _entity_ids,
        made_of=ENTITIES.made_of,
        key=("entity", "register"),
        json=False,
    ),
)
"""Lists and pairs of other tables as tables of their own, for databases."""

TABLES: tuple[Table, ...] = (BRIEFING, ENTITIES, SOURCES, TOPICS, FACTS, FIGURES, CLAIMS, OUTCOMES, *LINKS)


def made_of(table: Table, portion: Portion) -> bytes:
    """A hash of all that the rows of a table are made of."""
    parts = [portion.own] if table.of_source else []
    parts += [portion.told(table.told)] if table.told else []
    if table.made_of:
        parts.append(portion.hash_of(table.made_of))
    elif table.rows:
        parts.append(packed(others(table, portion)))
    return digest(portion.settings, *parts)


Rows = dict[tuple[str, str], tuple[Row, ...]]


@once
def _latest(_: Briefing) -> dict[Portion, Rows]:
    """The rows of the portion that was asked for last."""
    return {}


def _made(portion: Portion) -> Rows:
    """Rows that were made for one file after the other, by table and source, if they belong to one; of one portion alone, since they are many."""
    latest = _latest(portion.briefing)
    if portion not in latest:
        latest.clear()
        latest[portion] = {}
    return latest[portion]


def others(table: Table, portion: Portion) -> tuple[Row, ...]:
    """The rows of a table that belong to no single source."""
    made, key = _made(portion), (table.name, "")
    if key not in made:
        made[key] = tuple(table.rows(portion)) if table.rows else ()
    return made[key]


def rows_of_source(table: Table, source: str, portion: Portion) -> tuple[Row, ...]:
    """The rows of a table that belong to a source."""
    made, key = _made(portion), (table.name, source)
    if key not in made:
        made[key] = tuple(table.of_source(source, portion)) if table.of_source else ()
    return made[key]


def rows_of(table: Table, portion: Portion) -> tuple[Row, ...]:
    """All rows of a table."""
    own = (row for source in portion.sources for row in rows_of_source(table, source, portion))
    return (*own, *others(table, portion))
