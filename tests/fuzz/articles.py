"""Seeds read from bytes, and articles read for facts."""

from __future__ import annotations

from functools import cache
from hashlib import sha256

from fuzz.places import stand_in

from generator import edtf
from generator.extract.article import Reader
from generator.facts import parse_fact_file, write_fact_file
from generator.lexicon import packaged_lexicons
from generator.model import NAME_KEYS, Entity, Extraction, Seed, mapping
from generator.problems import errors
from generator.seeds import read_seed
from generator.seeds.normal import normalise
from generator.statement import locate

SUFFIXES = (".txt", ".md", ".html")
DATE = "2031-03-14"
REGISTRY = {
    entity.id: entity
    for entity in (
        Entity(id="dray", name="Dray", kind="city"),
        Entity(id="harbour-board", name="Harbour Board", kind="organisation", aka=("the Board",), in_="dray"),
        Entity(id="ada-solvik", name="Ada Solvik", kind="person", aka=("Solvik",)),
        Entity(id="a-solvik", name="A. Solvik", kind="person", merged_into="ada-solvik"),
    )
}


def seed(raw: bytes) -> None:
    """A file of some format is a seed or a problem; its text is normalised, and every place is in the file.

    The first byte says which format.
    """
    suffix, raw = SUFFIXES[raw[0] % len(SUFFIXES)] if raw else ".txt", raw[1:]
    found, problems = read_seed(f"x{suffix}", raw)
    assert (found is None) == bool(errors(problems)), problems
    if suffix != ".html":  # an HTML page is told of as a whole
        stand_in(problems, raw.decode("utf-8", "replace").lstrip("\ufeff"))
    if found is None:
        return
    assert found.text == normalise(found.text) != ""
    assert found.sha256 == sha256(found.text.encode()).hexdigest()
    assert edtf.parse(found.date)
    for value in (found.title, found.publisher, found.author):
        assert value is None or value == normalise(value) != ""


@cache
def reader() -> Reader:
    """Reads with a small registry."""
    return Reader(REGISTRY, packaged_lexicons())


def article(raw: bytes) -> None:
    """Whatever a text says: each quote stands where it was read, ids and names are known, and the facts can be written.

    A first line that is a date dates the article.
    """
    first, _, rest = raw.decode("utf-8", "replace").partition("\n")
    found = edtf.parse(first)
    dated = found is not None and found.precision in ("year", "month", "day")
    text = normalise(rest if dated else f"{first}\n{rest}")
    read = reader().read(
        Seed(path="a.txt", date=first if dated else DATE, text=text, sha256=sha256(text.encode()).hexdigest()),
        f"{DATE}-a-source",
    )
    facts_stand(read, text)
    if read.facts and sampled(read):
        facts_can_be_written(read)


def sampled(read: Extraction) -> bool:
    """Whether it is the turn of an article to be written: that takes as long as reading it, so one in eight is."""
    return int(read.source.sha256[0], 16) < 2


def facts_stand(read: Extraction, text: str) -> None:
    """Quotes are where they are said to be, and everything that facts name is somebody."""
    known = {entity.id for entity in read.candidates} | REGISTRY.keys()
    assert len({found.fact.id for found in read.facts}) == len(read.facts)
    assert len(known) == len(read.candidates) + len(REGISTRY), "a candidate is in the registry already"
    for found in read.facts:
        fact = found.fact
        assert found.span.of(text) == fact.quote != ""
        assert fact.quote == fact.quote.strip()
        assert locate(fact.quote, fact.nth, text) == found.span, (fact, found.span)
        assert (fact.nth is None) == (locate(fact.quote, 2, text) is None), fact
        for name in NAME_KEYS:
            value = getattr(fact, name, None) or ()
            assert {value} <= known if isinstance(value, str) else set(value) <= known, fact
    for entity in read.candidates:
        assert entity.name == entity.name.strip() != ""
        assert entity.in_ is None or entity.in_ in known


def facts_can_be_written(read: Extraction) -> None:
    """A fact file of what was read says the same, and nothing is wrong with it."""
    facts = [found.fact for found in read.facts]
    file, problems = parse_fact_file("site_src/facts/a.yml", write_fact_file(read.source, facts))
    assert not problems, [str(problem) for problem in problems]
    assert file is not None
    assert [mapping(fact) for fact in file.facts] == [mapping(fact) for fact in facts]
    assert file.source == read.source
