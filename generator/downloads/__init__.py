"""What the site holds besides pages: data, feeds and calendars, each a pure function from a briefing to bytes.

`DOWNLOADS` is the whole list, in the order in which the data page shows it. Nothing here repeats more of an article
than `publish_source_text` allows: all words of articles come through `generator.telling`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from generator.downloads import as_csv, as_json, as_sqlite, calendar, feeds, references
from generator.downloads.entity_table import ENTITIES
from generator.downloads.fact_table import FACTS
from generator.downloads.figure_table import FIGURES
from generator.downloads.llms import llms
from generator.downloads.outcome_table import OUTCOMES
from generator.downloads.source_table import SOURCES
from generator.link import Briefing


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the site that readers may take along."""

    path: str
    """Below the site's folder."""
    title: str
    """What it is, for the data page: a few words."""
    media_type: str
    """As IANA registers it, such as `text/calendar`."""
    make: Callable[[Briefing], bytes]
    group: str = "Data"
    """The heading that it stands under on the data page."""
    about: str = ""
    """What a reader finds in it and what opens it: a sentence or two, for the data page."""

    @property
    def format(self) -> str:
        """The end of its name, as readers know it: `CSV`."""
        return self.path.rpartition(".")[2].upper()


def _llms(briefing: Briefing) -> bytes:
    return llms(briefing, [(download.title, download.path) for download in DOWNLOADS if download.make is not _llms])


CSV = "text/csv"
JSON = "application/json"
DOWNLOADS: tuple[Download, ...] = (
    Download("data/facts.csv", "Facts", CSV, as_csv.maker(FACTS), "For spreadsheets", FACTS.about),
    Download("data/figures.csv", "Figures", CSV, as_csv.maker(FIGURES), "For spreadsheets", FIGURES.about),
    Download("data/outcomes.csv", "Outcomes", CSV, as_csv.maker(OUTCOMES), "For spreadsheets", OUTCOMES.about),
    Download("data/sources.csv", "Sources", CSV, as_csv.maker(SOURCES), "For spreadsheets", SOURCES.about),
    Download("data/entities.csv", "Names", CSV, as_csv.maker(ENTITIES), "For spreadsheets", ENTITIES.about),
    Download(
        "data/briefing.sqlite",
        "Database",
        "application/vnd.sqlite3",
        as_sqlite.database,
        "For programs",
        "Every table with its keys, and full text search. Opens in SQLite and Datasette.",
    ),
    Download(as_json.DATA, "JSON", JSON, as_json.data, "For programs", "Everything in one file."),
    Download(
        as_json.SCHEMA,
        "JSON Schema",
        "application/schema+json",
        as_json.schema,
        "For programs",
        "What the JSON holds, to check it with.",
    ),
    Download(
        "llms.txt",
        "Guide for language models",
        "text/plain",
        _llms,
        "For programs",
        "What the site holds and where, in the form of llmstxt.org.",
    ),
    Download(
        "data/sources.bib",
        "BibTeX",
        "application/x-bibtex",
        references.bibtex,
        "References",
        "Every source as a reference for LaTeX.",
    ),
    Download(
        "data/sources.csl.json",
        "CSL-JSON",
        "application/vnd.citationstyles.csl+json",
        references.csl,
        "References",
        "Every source as a reference for Zotero, Pandoc and word processors.",
    ),
    Download(
        "watch.ics",
        "Watch list",
        "text/calendar",
        calendar.watch_ics,
        "To follow",
        "What is ahead, for calendars: windows as all-day entries, tentative where no source names the day; what came of it stays, or is cancelled.",
    ),
    Download(
        "feed.xml",
        "Atom feed",
        "application/atom+xml",
        feeds.atom,
        "To follow",
        "New sources with their facts, and dated corrections, for feed readers.",
    ),
    Download("feed.json", "JSON Feed", "application/feed+json", feeds.json_feed, "To follow", "The same as JSON."),
)


@lru_cache(maxsize=1)
def downloads(briefing: Briefing) -> Mapping[str, bytes]:
    """The content of every download by its path; made once for a briefing."""
    return {download.path: download.make(briefing) for download in DOWNLOADS}
