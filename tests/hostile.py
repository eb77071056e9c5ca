"""A briefing in which every field that somebody can fill holds every text of `tests/cases/hostile/payloads.yml`.

`ran()` in a payload tells that a script ran, `evil.example` is where requests would go. What cannot stand somewhere (a line
end in a file's name, a `/`) is left out there alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.facts import write_fact_file
from generator.model import Assessment, Event, Fact, Figure, Quotation, Role, Source
from generator.seeds import read_seed
from generator.sites import build_site
from generator.yamltext import block

CLASSES: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "hostile" / "payloads.yml").read_text(encoding="utf-8")
)
PAYLOADS = [payload for payloads in CLASSES.values() for payload in payloads]
CONFIG = """\
site_name: Harbour Briefing
site_url: https://briefing.example/sub/path/
repo_url: https://code.example/harbour
docs_dir: site_src
plugins:
  - briefing:
      title: Harbour Briefing
      description: What is known about the works in Port Ellery.
"""
NUL = "\0"
"""An article that holds it is refused, and told of."""
KINDS = ("person", "organisation", "place", "programme", "meeting")
FILES = ("people", "organisations", "places", "programmes", "meetings")


@dataclass(frozen=True)
class Placed:
    """A payload, the field it stands in, and the page that shows it."""

    payload: str
    field: str
    page: str


def at(number: int, shift: int) -> str:
    """The payload of a field in the record of a number: each field goes through all of them, no two in step."""
    return PAYLOADS[(number + 31 * shift) % len(PAYLOADS)]


def file_name(number: int) -> str:
    """The name of a seed: the payload, if a file can be called so and the name can be written in a line."""
    payload = PAYLOADS[number]
    fits = payload.isprintable() and not {"/", "\\"} & set(payload) and len(payload.encode()) < 200
    taken = any(PAYLOADS[other].casefold() == payload.casefold() for other in range(number))
    return f"{payload}.md" if fits and not taken and not payload.startswith((".", "~")) else f"article-{number}.md"


def article(number: int) -> str:
    """A seed with payloads in its front matter and as a paragraph of its own."""
    front = {key: at(number, shift) for shift, key in enumerate(("title", "publisher", "author", "url"))}
    head = yaml.safe_dump({**front, "date": f"2031-05-{number % 28 + 1:02}"}, allow_unicode=True, sort_keys=False)
    return (
        f"---\n{head}---\n\nMira Tolle said on Thursday that the port would open in June for article {number}.\n\n"
        f"The clerk of record {number} wrote this:\n\n{at(number, 4).replace(NUL, '')}\n\nThe board of the port met on Monday.\n"
    )


def facts(number: int, text: str) -> list[Fact]:
    """One fact of each kind, each key that takes any text filled; they quote the article, the payload in it where it has one."""
    first, *_, last = text.split("\n\n")
    own = next((part for part in text.split("\n\n")[2:-1] if part.strip() and len(part.split()) <= 20), last)
    name = {
        "who": (entity(number),),
        "about": (f"topic-{number}",),
        "according_to": (entity(number),),
    }
    kept: dict[str, Any] = {"quote": own, "nth": 1 if text.count(own) > 1 else None, **name}

    def by_hand(shift: int) -> dict[str, Any]:
        return {
            "text": at(number, shift),
            "note": at(number, shift + 1),
            "when_words": at(number, shift + 2),
            "reviewed_by": at(number, shift + 3),
            "reviewed_on": "2031-06-01",
            "review": ("confirmed", "disputed")[number % 2],
        }

    mark = f"{number}"
    return [
        Event(id=f"event-a{mark}", what="opening", status="planned", when="2031-06", **kept, **by_hand(5)),
        Figure(
            id=f"figure-a{mark}", value=number, unit=at(number, 10), per=at(number, 11), measure=at(number, 12),
            when="2031-05", **kept, **by_hand(13),
        ),
        Quotation(id=f"quotation-a{mark}", words=at(number, 18), speaker=entity(number), **kept, **by_hand(19)),
        Assessment(
            id=f"assessment-a{mark}", hedge=at(number, 24), likelihood=at(number, 25), by=(entity(number),), **kept,
            **by_hand(26),
        ),
        Role(id=f"role-a{mark}", title=at(number, 31), org=entity(number), **kept, **by_hand(32)),
        Event(id=f"event-b{mark}", what=at(number, 37), status="happened", quote=first, who=(entity(number),)),
    ]  # fmt: skip


def entity(number: int) -> str:
    """The id of an entity."""
    return f"entity-{number % len(PAYLOADS)}"


def page_of(number: int) -> str:
    """The page of an entity."""
    folder = ("people", "organisations", "places", "programmes", "topics")[number % 5]
    return f"{folder}/{entity(number)}.html"


def registry(file: int, numbers: Sequence[int]) -> str:
    """A file of the registry: names, other names, ids elsewhere, and notes."""
    entries: dict[str, Mapping[str, Any]] = {
        entity(number): {
            "name": at(number, 40),
            "kind": KINDS[file],
            "aka": [f"{at(number, 41)} too"],
            "ids": {"wikidata": at(number, 42)},
            "note": at(number, 43),
            "status": "confirmed",
        }
        for number in numbers
        if number % 5 == file
    }
    return block(entries)


def topics(numbers: Sequence[int]) -> str:
    """A curated topic for each payload."""
    return block(
        {
            f"topic-{number}": {
                "title": at(number, 44),
                "lead": at(number, 45),
                "facts": {"about": [f"topic-{number}"], "words": [at(number, 46)]},
            }
            for number in numbers
        }
    )


def numbers() -> Sequence[int]:
    """Which of the records are made: every twelfth, so that each field holds a twelfth of the payloads and nearly all stand somewhere; `ALL_PAYLOADS` makes all."""
    return range(0, len(PAYLOADS), 1 if "ALL_PAYLOADS" in os.environ else 12)


@dataclass(frozen=True)
class Written:
    """An article and its fact file."""

    name: str
    raw: bytes
    source: Source
    facts: list[Fact]


def written(number: int) -> Written:
    """What is written of a number."""
    name, raw = file_name(number), article(number).encode()
    seed, problems = read_seed(name, raw)
    assert seed, (name, problems)
    source = Source(
        id=f"{seed.date}-article-{number}",
        date=seed.date,
        title=seed.title,
        author=seed.author,
        url=f"https://press.example/{number}?q=" + "".join(at(number, 3).split()) if number % 2 else at(number, 3),
        seed=name,
        sha256=seed.sha256,
    )
    return Written(name, raw, source, facts(number, seed.text))


def build(root: Path) -> Path:
    """The site of the briefing, built in `root`."""
    for folder in ("seeds", "site_src/facts", "site_src/entities"):
        (root / folder).mkdir(parents=True)
    (root / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    for file, name in enumerate(FILES):
        (root / f"site_src/entities/{name}.yml").write_text(registry(file, numbers()), encoding="utf-8")
    (root / "site_src/topics.yml").write_text(topics(numbers()), encoding="utf-8")
    for one in map(written, numbers()):
        (root / "seeds" / one.name).write_bytes(one.raw)
        text = write_fact_file(one.source, one.facts)
        (root / f"site_src/facts/{one.source.id}.yml").write_text(text, encoding="utf-8")
    return build_site(root, tell=lambda _: None).folder


def placed() -> Iterator[Placed]:
    """Where each payload must be shown as it is written."""
    for number in numbers():
        yield from _placed(number)


def _placed(number: int) -> Iterator[Placed]:
    one = written(number)
    page = f"sources/{one.source.id}.html"
    yield Placed(one.source.title or "", "title", page)
    yield Placed(one.source.author or "", "author", page)
    for fact in one.facts:
        yield from (
            Placed(value, f"{fact.kind}.{key}", page)
            for key in ("note", "when_words", "unit", "per", "hedge", "likelihood", "words", "reviewed_by")
            if isinstance(value := getattr(fact, key, None), str)
        )
        if not isinstance(fact, Quotation):
            yield Placed(fact.text or fact.quote, f"{fact.kind}.text", page)
        yield Placed(fact.quote, "quote", page)
        if isinstance(fact, Role):
            yield Placed(fact.title, "role.title", page)
    yield Placed(at(number, 40), "entity.name", page_of(number))
    yield Placed(f"{at(number, 41)} too", "entity.aka", page_of(number))
    yield Placed(at(number, 43), "entity.note", page_of(number))
    yield Placed(at(number, 44), "topic.title", f"topics/topic-{number}.html")
    yield Placed(at(number, 45), "topic.lead", f"topics/topic-{number}.html")
