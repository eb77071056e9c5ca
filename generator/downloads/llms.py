"""`llms.txt`: where a program that reads for somebody finds what this site holds (llmstxt.org)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator import edtf, telling
from generator.addresses import address, entity_path, source_path, topic_path
from generator.aggregate.topics import meetings, programmes
from generator.link import Briefing
from generator.literal import literal

PAGES = (
    ("The bottom line", "index.md", "what happened last, what is expected next, key figures"),
    ("Watch list", "watch.md", "what is planned, expected or called for, when, and who says so"),
    ("Timeline", "timeline.md", "events by the day they are about"),
    ("Figures", "figures.md", "targets, and what is reported against them"),
    ("Quotations", "quotations.md", "direct speech with its speakers"),
    ("Judgements", "judgements.md", "what is told as somebody's view, with the words that hedge it"),
    ("Sources", "sources/index.md", "every article, with the cited words in place"),
    ("A–Z", "a-z.md", "every name and topic"),
    ("Data", "data.md", "all downloads, and what every column says"),
    ("Method", "method.md", "how facts are read, and what a citation proves"),
)
LISTED = 25
"""Topics, and newest sources, that are named one by one."""


def llms(briefing: Briefing, files: Iterable[tuple[str, str]]) -> bytes:
    """The file; `files` are the other downloads as title and path."""
    settings = briefing.settings
    reading = {
        "excerpts": "Of the articles at most 25 words in a run are shown, direct speech whole.",
        "full": "The articles are shown whole.",
        "none": "The articles' own words are not shown.",
    }[settings.publish_source_text]
    lines = [f"# {literal(settings.title)}", ""]
    if settings.description:
        lines += [f"> {literal(settings.description)}", ""]
    if briefing.sources:
        lines += [f"As of {edtf.human(briefing.as_of)}."]
    lines += [
        "Every fact states what a source says; it is not a finding of this site. Cite the source that a fact names, with the chain of attribution.",
        f"`review` tells whether a person has checked a fact; retracted facts do not count. {reading}",
        "",
    ]
    lines += _section("Pages", [(title, address(path, settings), about) for title, path, about in PAGES])
    lines += _section("Data", [(title, address(path, settings), "") for title, path in files])
    lines += _section("Topics", _topics(briefing)[:LISTED])
    newest = list(briefing.sources.values())[::-1][:LISTED]
    lines += _section(
        "Optional",
        [
            (telling.source_title(s.id, briefing), address(source_path(s.id), settings), edtf.human(s.date))
            for s in newest
        ],
    )
    return ("\n".join(lines).rstrip("\n") + "\n").encode()


def _topics(briefing: Briefing) -> list[tuple[str, str, str]]:
    curated = [(t.title, address(topic_path(t.id), briefing.settings), t.lead or "") for t in briefing.topics]
    named = [*programmes(briefing), *meetings(briefing)]
    return curated + [(e.name, address(entity_path(e, briefing.lexicons), briefing.settings), "") for e in named]


def _section(title: str, links: Sequence[tuple[str, str, str]]) -> list[str]:
    if not links:
        return []
    items = [f"- [{literal(name)}]({href})" + (f": {literal(about)}" if about else "") for name, href, about in links]
    return [f"## {title}", "", *items, ""]
