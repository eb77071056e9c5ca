"""Reviewing facts: which wait, what a person sees of one, and their verdict written into the file's own text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.facts import FactFile
from generator.model import Fact, Mark, Review, Seed, Span, mapping
from generator.patch import Do, Op, patch
from generator.statement import locate

BESIDE = ("id", "kind", "text", "quote", "nth", "review", "reviewed-by", "reviewed-on", "words")
"""Keys that are not shown as values: they stand elsewhere, or say nothing that a person checks."""
REACH = 600
"""Characters of the article on either side of a quote at most."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A fact that nobody has reviewed, with where it stands and the words around its quote."""

    source: str
    fact: Fact
    mark: Mark
    before: str
    """The article from the beginning of the quote's paragraph to the quote; empty where it is not found."""
    quote: str
    after: str
    found: bool = True
    """Whether the quote stands in the article, as far as that is at hand."""

    def values(self) -> dict[str, str]:
        """What there is to check beside sentence and quote, by YAML key."""
        told = {key: value for key, value in mapping(self.fact).items() if key not in BESIDE}
        return {k: ", ".join(map(str, v)) if isinstance(v, list | tuple) else str(v) for k, v in told.items()}


def waiting(files: Mapping[str, FactFile], seeds: Mapping[str, Seed]) -> Iterator[Waiting]:
    """The unreviewed facts, by source, in the order of their files; `seeds` are by source id."""
    for source, file in sorted(files.items()):
        for fact in file.facts:
            if fact.review == "unreviewed":
                yield _waiting(source, fact, file.marks.get(fact.id) or Mark(file.path), seeds.get(source))


def _waiting(source: str, fact: Fact, mark: Mark, seed: Seed | None) -> Waiting:
    span = locate(fact.quote, fact.nth, seed.text) if seed else None
    if seed is None or span is None:
        return Waiting(source, fact, mark, "", fact.quote, "", found=seed is None)
    around = _paragraph(seed.text, span)
    before, after = Span(around.start, span.start).of(seed.text), Span(span.end, around.end).of(seed.text)
    return Waiting(source, fact, mark, before, fact.quote, after)


def _paragraph(text: str, span: Span) -> Span:
    start = max(text.rfind("\n\n", 0, span.start) + 2, span.start - REACH, 0) if "\n\n" in text[: span.start] else 0
    end = text.find("\n\n", span.end)
    return Span(max(start, span.start - REACH), min(len(text) if end < 0 else end, span.end + REACH))


def judged(file: FactFile, id_: str, review: Review, by: str, on: str, note: str = "") -> str | None:
    """The file's text with a verdict on a fact; None where it cannot be spliced in safely. `on` is `YYYY-MM-DD`."""
    fact = next((fact for fact in file.facts if fact.id == id_), None)
    if fact is None:
        return None
    said = {"review": review, "reviewed-by": by, "reviewed-on": on} | ({"note": note} if note else {})
    there = {name.partition("/")[2] for name in file.marks if name.startswith(f"{id_}/")}
    ops = []
    for key, value in said.items():
        do: Do = "set" if key in there else "add"
        if mapping(fact).get(key) != value or key not in there:
            ops.append(Op(do, id_, key, value))
    text, withheld = patch(file, ops)
    return None if withheld else text
