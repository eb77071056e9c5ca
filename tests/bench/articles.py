"""Invented articles without end, of which each depends on its number and the seed alone: a thousand are the first of ten thousand.

    python -m tests.bench.articles FOLDER COUNT

makes a briefing of so many.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from .drawing import Draw
from .stories import day, telling, told_otherwise
from .telling import Teller, casts, wording

OUTLETS = (
    "Corvane Wire", "Tashkel Courier", "Northern Gazette", "Meldrin Press Agency", "The Harbour Herald", "Holvik Tribune",
    "Istravan News Agency", "Quern Daily", "The Levant Ledger", "Sint Maren Post", "Dunmarrow Times", "Velgrad Observer",
)  # fmt: skip
SIZES = ((0.6, 78, 115), (0.9, 200, 270), (1.0, 490, 640))
"""Share of the articles up to which they are of that size, and the fewest and most words: briefs, reports, long ones."""
FACTS = 0.15
"""How many of an article's sentences behind the first state facts."""
JOINED = 0.7
"""How many sentences between facts are made of two."""

CONFIG = """\
site_name: Ten Lands Briefing
site_url: https://briefing.example/
docs_dir: site_src
plugins:
  - briefing:
      title: Ten Lands Briefing
      description: What twelve invented newspapers say about ten lands that do not exist.
"""
TOPICS = """\
housing:
  title: Housing
  lead: Homes that were promised, and those that were built.
  facts: {words: [homes, flats, cottages]}
energy:
  title: Energy
  facts: {words: [power plant, wind farm, solar park, tidal station]}
health:
  title: Health
  facts: {what: [vaccination, outbreak], words: [measles, cholera, vaccine]}
justice:
  title: Courts
  facts: {what: [trial, charge, conviction, acquittal]}
"""


def article(index: int, seed: int = 1) -> tuple[str, str]:
    """File name and text of an article, as a seed."""
    told = telling(index, seed, casts())
    draw = Draw(seed, f"article {index}")
    outlet = draw.one(OUTLETS)
    if told.copy_of is not None:
        outlet = _another(told.copy_of, index, seed)
        title, paragraphs = _body(told.copy_of, seed)
        paragraphs = paragraphs[:-1] if draw.share() < 0.4 and len(paragraphs) > 2 else paragraphs
    else:
        title, paragraphs = _body(index, seed)
    return _printed(index, title, paragraphs, outlet, draw)


def _another(copied: int, index: int, seed: int) -> str:
    """An outlet that has not printed the same: neither that of what is copied, nor, most likely, that of another copy."""
    first = OUTLETS.index(Draw(seed, f"article {copied}").one(OUTLETS))
    return OUTLETS[(first + 1 + (index - copied) % (len(OUTLETS) - 1)) % len(OUTLETS)]


def _printed(index: int, title: str, paragraphs: list[str], outlet: str, draw: Draw) -> tuple[str, str]:
    on, text = day(index).isoformat(), "\n\n".join(paragraphs)
    name = f"{index:06d}-{re.sub('[^a-z0-9]+', '-', title.casefold()).strip('-')}"
    form = draw.share()
    if form < 0.4:
        return (
            f"{name}.md",
            f"---\ntitle: '{title.replace(chr(39), chr(39) * 2)}'\ndate: {on}\npublisher: {outlet}\n---\n\n{text}\n",
        )
    return f"{name}.txt", f"date {on} {title}\n\n{text} ({outlet})\n"


def _body(index: int, seed: int) -> tuple[str, list[str]]:
    """Title and paragraphs of an article that is no copy."""
    told = telling(index, seed, casts())
    draw = Draw(seed, f"body {index}")
    story = told_otherwise(told.story, draw) if told.contrary else told.story
    on = day(index)
    soon = on + timedelta(days=draw.whole(4, 60))
    story = replace(story, values={**story.values, "soon": soon})
    words = wording()
    kind = words["stories"][story.kind]
    step = kind["steps"][told.step]
    teller = Teller(story, on, draw)
    size = draw.share()
    least, most = next((least, most) for share, least, most in SIZES if size < share)
    wanted = draw.whole(least, most)

    sentences = [teller.tell(draw.one(step["leads"]))]
    quotes = draw.shuffled(words["quotes"])
    details = draw.shuffled([*step["details"], *quotes[:2]])
    earlier = [s for before in range(told.step) for s in kind["steps"][before]["details"]]
    stating = [*details, *draw.shuffled([*quotes[2:], *words["beside"], *earlier])]
    around = draw.shuffled(words["around"])
    count = len(sentences[0].split())
    while count < wanted and (stating or around):
        of = stating if stating and (draw.share() < FACTS or not around) else around
        sentences.append(teller.tell(of.pop(0)))
        if of is around and around and draw.share() < JOINED:
            sentences[-1] = _joined(sentences[-1], teller.tell(around.pop(0)), teller.names, draw)
        count += len(sentences[-1].split())
    title = teller.tell(draw.one(words["titles"]).replace("{head}", draw.one(kind["head"])))
    return title, _paragraphs(sentences, draw)


def _joined(one: str, other: str, names: Collection[str], draw: Draw) -> str:
    """Two sentences as one."""
    first = other.split()[0]
    other = other if first in names else other[0].lower() + other[1:]
    return f"{one[:-1]}{draw.one((', and', ';', ', while'))} {other}"


def _paragraphs(sentences: list[str], draw: Draw) -> list[str]:
    found, rest = [sentences[0]], sentences[1:]
    while rest:
        length = draw.whole(1, 3)
        found.append(" ".join(rest[:length]))
        rest = rest[length:]
    return found


def write_briefing(folder: Path, count: int, seed: int = 1) -> None:
    """A briefing of the first `count` articles, not built."""
    (folder / "site_src").mkdir(parents=True, exist_ok=True)
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (folder / "site_src" / "topics.yml").write_text(TOPICS, encoding="utf-8")
    add_articles(folder, 0, count, seed)


def add_articles(folder: Path, start: int, stop: int, seed: int = 1) -> list[Path]:
    """The articles from `start` up to `stop` as seeds of the briefing in `folder`; gives their paths."""
    seeds = folder / "seeds"
    seeds.mkdir(parents=True, exist_ok=True)
    written = []
    for index in range(start, stop):
        name, text = article(index, seed)
        written.append(seeds / name)
        written[-1].write_text(text, encoding="utf-8")
    return written


if __name__ == "__main__":
    write_briefing(Path(sys.argv[1]), int(sys.argv[2]))
