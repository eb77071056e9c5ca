"""What the site holds besides pages: data, feeds and calendars, each a pure function from a portion of a briefing to bytes.

`DOWNLOADS` is the whole list of what there is, in the order in which the data page shows it, and `files` what a briefing has of it: of what is
`yearly` a file for each year, once it is large. A file knows by its key what it would hold, so that none is made for nothing. Nothing here repeats more of an article
than `publish_source_text` allows: all words of articles come through `generator.telling`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from generator.aggregate.shown import shown
from generator.downloads import as_csv, as_json, as_sqlite, calendar, feeds, references
from generator.downloads.claim_table import CLAIMS
from generator.downloads.columns import Table
from generator.downloads.entity_table import ENTITIES
from generator.downloads.fact_table import FACTS
from generator.downloads.figure_table import FIGURES
from generator.downloads.llms import llms
from generator.downloads.outcome_table import OUTCOMES
from generator.downloads.portion import Portion, forget_gone, portions, whole
from generator.downloads.source_table import SOURCES
from generator.downloads.tables import TABLES, made_of
from generator.link import Briefing
from generator.once import once
from generator.spool import Place, Spool
from generator.store import digest


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the site that readers may take along."""

    path: str
    """Below the site's folder."""
    title: str
    """What it is, for the data page: a few words."""
    media_type: str
    """As IANA registers it, such as `text/calendar`."""
    make: Callable[[Portion], bytes]
    made_of: Callable[[Portion], bytes]
    """A hash of all that its bytes are made of."""
    group: str = "Data"
    """The heading that it stands under on the data page."""
    about: str = ""
    """What a reader finds in it and what opens it: a sentence or two, for the data page."""

    yearly: bool = False
    """Whether a large briefing gives it by the year of the sources."""

    @property
    def format(self) -> str:
        """The end of its name, as readers know it: `CSV`."""
        return self.path.rpartition(".")[2].upper()


@dataclass(frozen=True, eq=False)
class DataFile:
    """A download as a briefing has it."""

    download: Download
    portion: Portion
    spool: Spool

    @property
    def path(self) -> str:
        """Below the site's folder: `data/facts.csv`, or `data/2031/facts.csv`."""
        folder, _, name = self.download.path.rpartition("/")
        return f"{folder}/{self.portion.year}/{name}" if self.portion.year else self.download.path

    @property
    def title(self) -> str:
        """What it is, with its year."""
        return f"{self.download.title}, {self.portion.year}" if self.portion.year else self.download.title

    @cached_property
    def key(self) -> bytes:
        """A hash of all that it is made of."""
        return digest(self.path, self.download.made_of(self.portion))

    @property
    def content(self) -> bytes:
        """Its bytes."""
        raw: bytes = self.spool.get(self._place)
        return raw

    @cached_property
    def _place(self) -> Place:
        return self.spool.put(self.download.make(self.portion))

    @property
    def size(self) -> int:
        """How many bytes it has; it is made only where nobody knows."""
        stage = self.portion.briefing.store.stage("downloads")
        kept = stage.get(self.path, self.key)
        if kept is None:
            kept = b"%d" % len(self.content)
            stage.put([(self.path, self.key, kept)])
        return int(kept)


def _llms(portion: Portion) -> bytes:
    listed = [(file.title, file.path) for file in files(portion.briefing) if file.download.make is not _llms]
    return llms(portion.briefing, listed)


def _whole(make: Callable[[Briefing], bytes]) -> Callable[[Portion], bytes]:
    """What is made of a whole briefing."""
    return lambda portion: make(portion.briefing)


def _csv(table: Table) -> tuple[Callable[[Portion], bytes], Callable[[Portion], bytes]]:
    """What makes the file of a table, and what that is made of."""
    return as_csv.maker(table), partial(made_of, table)


def _tables(portion: Portion) -> bytes:
    return digest(*(made_of(table, portion) for table in TABLES))


def _sources(portion: Portion) -> bytes:
    return digest(portion.as_of, portion.own)


def _everything(portion: Portion) -> bytes:
    return digest(portion.settings, shown(portion.briefing).everything)


CSV = "text/csv"
JSON = "application/json"
DOWNLOADS: tuple[Download, ...] = (
    Download("data/facts.csv", "Facts", CSV, *_csv(FACTS), "For spreadsheets", FACTS.about, yearly=True),
    Download("data/figures.csv", "Figures", CSV, *_csv(FIGURES), "For spreadsheets", FIGURES.about, yearly=True),
    Download("data/claims.csv", "Claims", CSV, *_csv(CLAIMS), "For spreadsheets", CLAIMS.about, yearly=True),
    Download("data/outcomes.csv", "Outcomes", CSV, *_csv(OUTCOMES), "For spreadsheets", OUTCOMES.about, yearly=True),
    Download("data/sources.csv", "Sources", CSV, *_csv(SOURCES), "For spreadsheets", SOURCES.about, yearly=True),
    Download("data/entities.csv", "Names", CSV, *_csv(ENTITIES), "For spreadsheets", ENTITIES.about),
    Download(
        "data/briefing.sqlite",
        "Database",
        "application/vnd.sqlite3",
        as_sqlite.database,
        _tables,
        "For programs",
        "Every table with its keys, and full text search. Opens in SQLite and Datasette.",
        yearly=True,
    ),
    Download(as_json.DATA, "JSON", JSON, as_json.data, _tables, "For programs", "Everything in one file.", yearly=True),
    Download(
        as_json.SCHEMA,
        "JSON Schema",
        "application/schema+json",
        _whole(as_json.schema),
        _everything,
        "For programs",
        "What the JSON holds, to check it with.",
    ),
    Download(
        "llms.txt",
        "Guide for language models",
        "text/plain",
        _llms,
        _everything,
        "For programs",
        "What the site holds and where, in the form of llmstxt.org.",
    ),
    Download(
        "data/sources.bib",
        "BibTeX",
        "application/x-bibtex",
        references.bibtex,
        _sources,
        "References",
        "Every source as a reference for LaTeX.",
        yearly=True,
    ),
    Download(
        "data/sources.csl.json",
        "CSL-JSON",
        "application/vnd.citationstyles.csl+json",
        references.csl,
        _sources,
        "References",
        "Every source as a reference for Zotero, Pandoc and word processors.",
        yearly=True,
    ),
    Download(
        "watch.ics",
        "Watch list",
        "text/calendar",
        _whole(calendar.watch_ics),
        _everything,
        "To follow",
        "What is ahead, for calendars: windows as all-day entries, tentative where no source names the day; what came of it stays, or is cancelled.",
    ),
    Download(
        "feed.xml",
        "Atom feed",
        "application/atom+xml",
        _whole(feeds.atom),
        _everything,
        "To follow",
        "New sources with their facts, and dated corrections, for feed readers.",
    ),
    Download(
        "feed.json",
        "JSON Feed",
        "application/feed+json",
        _whole(feeds.json_feed),
        _everything,
        "To follow",
        "The same as JSON.",
    ),
)


@once
def files(briefing: Briefing) -> tuple[DataFile, ...]:
    """All downloads of a briefing, what is yearly from the first year on."""
    forget_gone(briefing)
    whole_, spool = (whole(briefing),), Spool()
    pairs = ((download, portions(briefing) if download.yearly else whole_) for download in DOWNLOADS)
    return tuple(DataFile(download, portion, spool) for download, portions_ in pairs for portion in portions_)


def sizes(briefing: Briefing) -> Mapping[str, int]:
    """How many bytes the files of each download have together, by its path; asked year by year, as those of one are made of the same rows."""
    found: Counter[str] = Counter()
    for file in sorted(files(briefing), key=lambda file: file.portion.year):
        found[file.download.path] += file.size
    return found


def downloads(briefing: Briefing) -> Mapping[str, bytes]:
    """The content of every download by its path."""
    return {file.path: file.content for file in files(briefing)}
