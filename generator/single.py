"""Articles read one at a time, outside a briefing's run: what `briefing extract` and `annotate` print."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator import edtf
from generator.annotations import annotated
from generator.extract.article import Reader
from generator.extract.explaining import reasons
from generator.extract.layers import Layers
from generator.folders import find_root
from generator.lexicon import load_lexicons, packaged_lexicons
from generator.model import Entity, Extraction, Found, Mark, Registry, mapping
from generator.naming import dates_doubted
from generator.problems import Problem, problem
from generator.readings import named
from generator.seeds import load_seed, source_id, source_ids
from generator.yamltext import block, item

EXAMPLE = '{"id": "a1", "date": "2031-05-02", "text": "The works begin in June."}'


class Desk:
    """What articles are read with: a briefing's registry and lexicons, or the packaged ones and no registry."""

    def __init__(self, root: Path | None) -> None:
        self.root = root
        self.registry: Registry = {}
        self.lexicons, self.problems = packaged_lexicons(), list[Problem]()
        if root:
            from generator.registry import read_registry

            self.lexicons, self.problems = load_lexicons(root / "site_src" / "lexicons")
            self.registry, found = read_registry(root / "site_src" / "entities", self.lexicons)
            self.problems += found
        self.reader = Reader(self.registry, self.lexicons)

    def name(self, path: Path) -> str:
        """What a file is called as a seed: its path inside `seeds/`, or its own name."""
        folder = (self.root or Path()) / "seeds"
        inside = self.root is not None and path.resolve().is_relative_to(folder.resolve())
        return path.resolve().relative_to(folder.resolve()).as_posix() if inside else path.name

    def extract(self, path: Path) -> tuple[Extraction | None, list[Problem]]:
        """What is read out of a file; None, with problems, where it is no seed."""
        name = self.name(path)
        seed, problems = load_seed(name, path)
        problems = [replace(found, path=path.as_posix()) for found in problems]
        if seed is None:
            return None, problems
        id_ = source_id(seed)
        if self.root:
            from generator.facts import read_fact_files

            files, _ = read_fact_files(self.root / "site_src" / "facts")
            known = {i: (f.source.seed, f.source.sha256) for i, f in files.items() if not f.broken}
            id_ = source_ids([seed], known)[seed.path]
        extraction = self.reader.read(seed, id_)
        doubted = dates_doubted([(seed, extraction.doubt)] if extraction.doubt else [])
        doubts = [replace(found, path=path.as_posix()) for found in doubted]
        return extraction, [*problems, *doubts]

    def layers(self, path: Path, extraction: Extraction) -> Layers:
        """The annotated text that an extraction was read from."""
        seed, _ = load_seed(self.name(path), path)
        return self.reader.layers(seed.text if seed else "", extraction.source.date)


def _explained(found: Found, layers: Layers) -> str:
    """How a fact was read, as comments below it."""
    return "".join(f"  # {name}: {words}\n" for name, words in reasons(found, layers).items())


def printed(extraction: Extraction, registry: Registry, layers: Layers | None = None) -> str:
    """An extraction as YAML: `source`, `facts`, and every entity that those name.

    With the article's `layers`, comments below each fact name the rule that stated it, the words it hangs on, how its
    date was read, who vouches for it by which words, and whom its pronouns mean.
    """
    facts = [found.fact for found in extraction.facts]
    known: dict[str, Entity] = {**registry, **{entity.id: entity for entity in extraction.candidates}}
    used = {id_: known[id_] for id_ in sorted(set(named(extraction.source, facts))) if id_ in known}
    entities = {id_: {k: v for k, v in mapping(entity).items() if k != "id"} for id_, entity in used.items()}
    parts = [block({"source": mapping(extraction.source)})]
    items = (item(mapping(f.fact)) + (_explained(f, layers) if layers else "") for f in extraction.facts)
    parts += ["facts:\n", *items] if facts else ["facts: []\n"]
    parts += [block({"entities": entities})] if entities else ["entities: {}\n"]
    return "".join(parts)


def extract_files(
    paths: Iterable[Path], root: Path | None, *, explain: bool = False
) -> Iterator[tuple[str | None, list[Problem]]]:
    """The YAML of each file, or None, with its problems.

    Names are those of the briefing in `root`; without it, of the briefing that holds the file, if any.
    """
    desks: dict[Path | None, Desk] = {}
    for path in paths:
        home = root or find_root(path.resolve().parent)
        new = home not in desks
        desk = desks[home] = desks.get(home) or Desk(home)
        extraction, problems = desk.extract(path)
        layers = desk.layers(path, extraction) if explain and extraction else None
        text = printed(extraction, desk.registry, layers) if extraction else None
        yield text, [*(desk.problems if new else ()), *problems]


def _request(number: int, raw: bytes) -> tuple[dict[str, Any] | None, list[Problem]]:
    """One line of input; None, and a problem, where it is not a text with its date."""
    wrong = ""
    try:
        asked = json.loads(raw)
    except (ValueError, RecursionError) as error:
        asked, wrong = None, f"not JSON: {error}"
    if not wrong and not isinstance(asked, dict):
        wrong = f"a {type(asked).__name__} where an object is due"
    for key in ("text", "date") if not wrong else ():
        if not isinstance(asked.get(key), str):
            wrong = wrong or f"no '{key}'"
    if not wrong and not edtf.parse(asked["date"]):
        wrong = f"'{asked['date'][:40]}' is not a date"
    if wrong:
        valid = "one JSON object a line"
        return None, [problem(Mark("<stdin>", number), wrong, valid=valid, example=EXAMPLE, check="annotate")]
    return asked, []


def annotate_lines(lines: Iterable[bytes], root: Path | None) -> Iterator[tuple[str | None, list[Problem]]]:
    """For each line a line of JSON, or None with its problem; blank lines are passed over.

    Names are those of the briefing in `root`; without it, of the one around the current folder, if any.
    """
    desk = Desk(root or find_root(Path.cwd()))
    if desk.problems:
        yield None, desk.problems
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        asked, problems = _request(number, raw)
        if asked is None:
            yield None, problems
            continue
        layers = desk.reader.layers(asked["text"], asked["date"])
        told = json.dumps({"id": asked.get("id"), **annotated(layers)}, ensure_ascii=False)
        yield told.encode("utf-8", "backslashreplace").decode(), []  # a lone surrogate in an id is no character
