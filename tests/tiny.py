"""The tiny briefing of `tests/sites/tiny`, read and linked; and variations of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from generator.facts import read_fact_files
from generator.lexicon import packaged_lexicons
from generator.link import Briefing, link
from generator.model import Entity
from generator.outline import read_outline
from generator.registry import read_registry, read_topics
from generator.seeds import read_seeds
from generator.settings import Settings, read_settings
from generator.statement import Names, Statement

ROOT = Path(__file__).parent / "sites" / "tiny"


@cache
def tiny() -> Briefing:
    """The whole briefing; it has no problem. It has no hashes of files, since tests alter what stands in them."""
    settings, problems = read_settings(ROOT)
    seeds, of_seeds = read_seeds(ROOT / "seeds")
    registry, of_names = read_registry(ROOT / "site_src" / "entities")
    topics, of_topics = read_topics(ROOT / "site_src" / "topics.yml")
    files, of_files = read_fact_files(ROOT / "site_src" / "facts")
    outline, of_map = read_outline(ROOT, settings)
    briefing, of_links = link(settings, files, seeds, registry, topics, packaged_lexicons(), outline=outline)
    found = [*problems, *of_map, *of_seeds, *of_names, *of_topics, *of_files, *of_links]
    assert not found, "\n".join(map(str, found))
    return replace(briefing, digests={}, around={}, read={})


def with_policy(policy: str) -> Briefing:
    """The same with another `publish_source_text`."""
    briefing = tiny()
    return replace(briefing, settings=replace(briefing.settings, publish_source_text=policy))  # type: ignore[arg-type]


def wordy(name: str) -> Briefing:
    """Facts of every kind that rest on a whole paragraph, and repeat it wherever they may hold words of their own."""
    made = with_policy(name)
    own = {"text", "quote", "hedge", "likelihood", "title", "unit", "measure", "when_words"}

    def long(s: Statement) -> Statement:
        if s.fact.kind == "quotation" or not s.span:
            return s
        text = made.seeds[s.source.id].text
        paragraph = next((p for p in text.split("\n\n") if 30 < len(p.split()) < 40), " ".join(text.split()))
        values = {name: paragraph for name in own if hasattr(s.fact, name)}
        return replace(s, fact=replace(s.fact, **values))

    return replace(made, statements=tuple(map(long, made.statements)))


def naming(s: Statement, **entities: Sequence[Entity]) -> Statement:
    """A statement that names other entities in some of its keys; the topics that it is about stay."""
    known = {**s.names.registry, **{e.id: e for those in entities.values() for e in those}}
    ids = {name: tuple(e.id for e in those) for name, those in entities.items()}
    ids |= {"about": (*ids["about"], *s.topics)} if "about" in ids else {}
    return replace(s, fact=replace(s.fact, **ids), names=Names(known, s.names.topics, s.names.named))  # type: ignore[arg-type]


def empty() -> Briefing:
    """A briefing without any seed."""
    settings = Settings(title="Nothing Yet", site_name="Nothing Yet")
    return link(settings, {}, [], {}, [], packaged_lexicons())[0]
