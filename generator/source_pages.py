"""The page of each source."""

from __future__ import annotations

from collections.abc import Iterator

from generator import edtf, telling
from generator.addresses import source_path
from generator.aggregate import paging, passages
from generator.aggregate.events import as_of_day
from generator.aggregate.own_day import came_out, spoken_of
from generator.aggregate.shown import has_page, shown
from generator.aggregate.trust import trust
from generator.link import Briefing
from generator.model import Source
from generator.page import Content, Page
from generator.passage_writer import PassageWriter
from generator.store import digest, packed
from generator.writer import Writer


def source_pages(briefing: Briefing) -> Iterator[Page]:
    """The page of each source, the newest first."""
    for source in list(briefing.sources.values())[::-1]:
        yield source_page(source, briefing)


def source_page(source: Source, briefing: Briefing) -> Page:
    """The page of one source."""
    of, statements = shown(briefing), briefing.by_source.get(source.id, ())
    gone = (s for s in statements if s.fact.review == "retracted")
    named = [has_page(entity, briefing) for s in gone for entity in s.entities]
    lines = briefing.files[source.id].key if briefing.settings.repo_url else b""  # where each fact stands
    return page_anew(source, briefing, digest(of.own[source.id], of.wholly(statements), packed(named), lines))


def page_anew(source: Source, briefing: Briefing, needs: bytes = b"") -> Page:
    """The page of one source, for who renders it whatever was made before: what it is made of need not be told, which takes a look at all facts."""
    of, path = shown(briefing), source_path(source.id)
    statements = briefing.by_source.get(source.id, ())

    def make() -> Content:
        days = (of.day(s) for s in statements)
        day = spoken_of((came_out(source, as_of_day(briefing)), *days), briefing)
        context = {
            "source": source,
            "view": passages.source_page(source.id, briefing),
            "trust": trust([s for s in statements if s.fact.review != "retracted"], briefing),
            "show": PassageWriter(Writer(briefing, path, day), source),
            "limit": paging.ENTRIES,
        }
        outlet = telling.publisher_name(source.id, briefing)
        text = f"{outlet}, {edtf.human(source.date)}: the cited words in place."
        return Content(telling.source_title(source.id, briefing), text, context, day, published=source.date)

    return Page(path, "source.md.j2", needs, make)
