"""How much of the articles' own text is published."""

from __future__ import annotations

from dataclasses import dataclass

from generator.aggregate.passages import source_page
from generator.excerpt import LIMIT
from generator.link import Briefing
from generator.phrases import plural

POLICIES = {"excerpts": f"excerpts of at most {LIMIT} words", "full": "in full", "none": "none, by policy"}


@dataclass(frozen=True, slots=True)
class Share:
    """Words of articles that are at hand, and of those the ones that their pages show, counted once."""

    articles: int
    words: int
    published: int


def share(briefing: Briefing) -> Share:
    """Of all articles of a briefing together."""
    views = [source_page(source, briefing) for source in briefing.sources if source in briefing.seeds]
    return Share(len(views), sum(view.words for view in views), sum(view.published for view in views))


def told(found: Share, policy: str) -> str:
    """The share in a line: `318 of 421 words of 1 article (76%), excerpts of at most 25 words`."""
    percent = f" ({found.published / found.words:.0%})" if found.words else ""
    return f"{found.published:,} of {found.words:,} words of {plural(found.articles, 'article')}{percent}, {POLICIES[policy]}"
