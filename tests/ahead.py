"""Small briefings about what is ahead, from facts as YAML: `tests/cases/outcomes`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from generator.facts import read_fact_files
from generator.lexicon import packaged_lexicons
from generator.link import Briefing, link
from generator.model import Entity, Seed
from generator.settings import Settings

CASES = Path(__file__).parent / "cases" / "outcomes"


def cases() -> list[tuple[str, Mapping[str, Any]]]:
    """All cases with their names."""
    return [
        (f"{path.stem}: {case['name']}", case)
        for path in sorted(CASES.glob("*.yml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def briefing(facts: Sequence[Mapping[str, Any]], kinds: Mapping[str, str] | None = None) -> Briefing:
    """A briefing of facts, each with an `id` and the day of its article as `told`; one article a day.

    `text` stands for the quote, too; `kinds` are those of names, where one is no place. Facts with the same text share it.
    """
    by_day: dict[str, list[Mapping[str, Any]]] = {}
    for fact in facts:
        by_day.setdefault(fact["told"], []).append(fact)
    texts = {day: "\n\n".join(dict.fromkeys(f["text"] for f in group)) for day, group in by_day.items()}
    seeds = [
        Seed(path=f"{day}.txt", date=day, text=text, sha256=hashlib.sha256(text.encode()).hexdigest())
        for day, text in texts.items()
    ]
    names = {name for f in facts for key in ("who", "where", "about", "according-to") for name in f.get(key, ())}
    registry = {
        name: Entity(id=name, name=name.replace("-", " ").title(), kind=(kinds or {}).get(name, "place"))
        for name in sorted(names)
    }
    with TemporaryDirectory() as place:
        folder = Path(place)
        for seed in seeds:
            source = {"id": seed.date, "date": seed.date, "seed": seed.path, "sha256": seed.sha256}
            made = [_fact(f) for f in by_day[seed.date]]
            tree = {"schema": 1, "source": source, "facts": made}
            (folder / f"{seed.date}.yml").write_text(yaml.safe_dump(tree, sort_keys=False), encoding="utf-8")
        files, problems = read_fact_files(folder)
    assert not problems, "\n".join(map(str, problems))
    settings = Settings(title="Ahead", site_name="Ahead")
    made, problems = link(settings, files, seeds, registry, [], packaged_lexicons())
    assert not problems, "\n".join(map(str, problems))
    return made


def _fact(given: Mapping[str, Any]) -> dict[str, Any]:
    kind = given.get("kind", "event")
    own = {"kind": kind, **({"status": "happened"} if kind == "event" else {}), "quote": given["text"]}
    values = {
        **own,
        **{key: value for key, value in given.items() if key != "told"},
        "review": given.get("review", "unreviewed"),
    }
    return {"id": values.pop("id"), **values}
