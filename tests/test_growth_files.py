"""Twice as much takes twice the time, for what reads, merges, joins and writes files: YAML, facts, briefings, feeds, pages of the net."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from attacks import HTML, Attack, counted, nested, repeated, texts
from edits import Hand, a_fact, extraction, later
from growth import ENOUGH, growth
from tiny import tiny, with_policy

from generator import edtf
from generator.aggregate.claims import claims
from generator.aggregate.contradictions import contradictions
from generator.aggregate.likeness import stems
from generator.aggregate.stories import shingles
from generator.base import parse_base
from generator.downloads.calendar import watch_ics
from generator.downloads.feeds import atom, json_feed
from generator.excerpt import shown
from generator.extract.article import Reader
from generator.facts import parse_fact_file
from generator.fragments import Article
from generator.intake.article import page_article
from generator.intake.feed import own_article, read_feed
from generator.lexicon import packaged_lexicons
from generator.link import Briefing, link
from generator.merge import merge
from generator.model import Extraction, Seed, Span
from generator.yamlfile import read_yaml

PATH = "site_src/facts/2031-05-02-dredging-begins.yml"
Stage = tuple[Callable[[Any], object], dict[str, Callable[[int], Any]], int]
"""What runs, what it is given, and the largest size: characters, or facts."""

YAML: dict[str, Attack] = {
    "keys": counted("k{}: v\n"),
    "one key": repeated("k: v\n"),
    "items": repeated("- a\n"),
    "records": counted("- id: a{}\n  b: c\n"),
    "flow": repeated("b, ", "a: [", "]"),
    "flow deep": repeated("["),
    "plain": repeated("word ", "a: "),
    "plain lines": repeated("  word\n", "a:\n"),
    "block": repeated("  word\n", "a: |\n"),
    "folded": repeated("  word\n\n", "a: >\n"),
    "quoted": repeated("a\\n", 'a: "', '"'),
    "comments": repeated("# a\n", "", "a: b\n"),
    "blanks": repeated("\n", "a: b\n", "c: d\n"),
    "old breaks": repeated("a\u2028", "a: "),
    "anchors": counted("a{0}: &b{0} c\n"),
    "aliases": repeated("- *b\n", "- &b c\n"),
}


@cache
def _found(facts: int, seed: int = 1) -> list[Any]:
    rng = random.Random(seed)
    return [a_fact(rng, place) for place in range(facts)]


@cache
def _text(facts: int) -> str:
    return merge(None, None, extraction(_found(facts))).text


def _wrong(facts: int) -> str:
    """A file with something wrong in each fact."""
    return _text(facts).replace("\n  quote:", "\n  nonsense: 1\n  quote:")


def _same(facts: int) -> str:
    """A file in which a person copied one fact again and again."""
    head, one = Hand(_text(1)).blocks()
    return head + one[0] * facts


def _edited(facts: int) -> tuple[str, str, Extraction]:
    """A file that a person went through, its base, and what the machine reads by now."""
    rng = random.Random(2)
    first = merge(None, None, extraction(_found(facts)))
    head, blocks = Hand(first.text).blocks()
    kept = [
        f"# mine\n{b}" if n % 7 == 0 else b.replace("text: ", "text: My ", n % 3 == 0)
        for n, b in enumerate(blocks)
        if n % 11
    ]
    return head + "".join(kept), first.base_text, extraction(later(rng, _found(facts)))


def _merged(given: tuple[str, str, Extraction]) -> object:
    file, _ = parse_fact_file(PATH, given[0])
    base, _ = parse_base("base.yml", given[1])
    assert file
    return merge(file, base, given[2]).text


@cache
def _reader() -> Reader:
    return Reader({}, packaged_lexicons())


def _source(sentence: str) -> Callable[[int], tuple[Seed, str]]:
    def made(facts: int) -> tuple[Seed, str]:
        text = " ".join(sentence.format(n, n % 97) for n in range(facts))
        seed = Seed(path="a.txt", date="2031-05-02", text=text, sha256="0" * 64)
        return seed, merge(None, None, _reader().read(seed, "2031-05-02-dredging-begins")).text

    return made


def _linked(given: tuple[Seed, str]) -> Briefing:
    file, _ = parse_fact_file(PATH, given[1])
    assert file
    assert file.facts
    made, _ = link(tiny().settings, {file.source.id: file}, [given[0]], tiny().registry, (), packaged_lexicons())
    return made


def _joined(given: tuple[Seed, str]) -> object:
    made = _linked(given)
    return claims(made), contradictions(made)


def _directive(text: str) -> object:
    words = text.rstrip()
    return Article(text).directive(Span(len(words) - min(len(words), 300), len(words)))


def _excerpt(text: str) -> object:
    spans = [Span(at, at + 40) for at in range(0, len(text), 25)]
    sentences = [Span(at, min(len(text), at + 100)) for at in range(0, len(text), 100)]
    return shown(text, Span(0, len(text)), spans, spans[::3], sentences, "excerpts")


def _written(text: str) -> object:
    """Feeds and calendar of a briefing in which each fact says so much."""
    made = with_policy("full")
    wordy = replace(made, statements=tuple(replace(s, fact=replace(s.fact, text=text)) for s in made.statements))
    return watch_ics(wordy), atom(wordy), json_feed(wordy)


OPENS, CLOSES = '<?xml version="1.0"?><rss version="2.0"><channel><title>A</title>', "</channel></rss>"


def _feed(item: str) -> Attack:
    return repeated(item, OPENS, CLOSES)


def _long(piece: str) -> Attack:
    return repeated(piece, f"{OPENS}<item><description>", f"</description></item>{CLOSES}")


FEEDS = {
    "items": _feed("<item><title>A</title><link>https://a.example/b</link><description>c</description></item>"),
    "one item": _long("word "),
    "deep": _feed("<item>"),
    "entities": _long("&lt;p&gt;a"),
    "instructions": repeated("<?xml ?>"),
    "comments": repeated("<!-- -->"),
}


def _read_feed(text: str) -> object:
    entries, _ = read_feed("a.xml", text.encode())
    return [own_article(entry, None) for entry in entries[:3]]


WORDS = {
    name: texts()[name]
    for name in ("letters apart", "sentence", "event", "figure", "newline", "other words", "stops", "hyphens")
}
STAGES: dict[str, Stage] = {
    "yaml": (lambda text: read_yaml("a.yml", text), YAML, 1_000_000),
    "fact file": (lambda text: parse_fact_file(PATH, text), {"many": _text, "wrong": _wrong, "same": _same}, 4000),
    "merge": (_merged, {"edited": _edited}, 2000),
    "briefing": (
        _joined,
        {
            "figures": _source("The port of Selm took in {0} ships."),
            "events": _source("Ada Solvik{0} opened the bridge of Selm."),
            "one figure": _source("The port of Selm took in 5 ships."),
        },
        2000,
    ),
    "fragments": (_directive, WORDS, 400_000),
    "excerpt": (_excerpt, WORDS, 400_000),
    "shingles": (shingles, WORDS, 1_000_000),
    "stems": (lambda text: stems(text, packaged_lexicons()), WORDS, 400_000),
    "written": (_written, WORDS, 20_000),
    "feed": (_read_feed, FEEDS, 400_000),
    "fetched page": (
        lambda text: page_article("a.html", text.encode()),
        {n: HTML[n] for n in ("html paragraphs", "html inline deep", "html meta", "html json")},
        200_000,
    ),
    "dates": (
        lambda text: (edtf.parse(text), edtf.written(text), edtf.sort_key(text)),
        {
            "digits": repeated("1"),
            "days": repeated("2031-05-02/"),
            "unsure": repeated("~"),
            "words": repeated("May "),
            "nested": nested("[", "]"),
        },
        1_000_000,
    ),
}
BRIEF = {
    ("yaml", "quoted"),
    ("yaml", "keys"),
    ("yaml", "old breaks"),
    ("feed", "instructions"),
    ("feed", "entities"),
    ("stems", "event"),
}
BRIEF |= {(stage, name) for stage in ("fact file", "merge", "briefing") for name in ("wrong", "edited", "figures")}
BRIEF |= {
    ("fragments", "sentence"),
    ("excerpt", "letters apart"),
    ("shingles", "stops"),
    ("written", "event"),
    ("dates", "days"),
}


def _pairs() -> Iterator[Any]:
    for stage, (_, attacks, _) in STAGES.items():
        for name in attacks:
            if ENOUGH > 0.05 or (stage, name) in BRIEF:
                yield pytest.param(stage, name, id=f"{stage}-{name}")


@pytest.mark.parametrize(("stage", "name"), list(_pairs()))
def test_time_grows_with_the_size(stage: str, name: str) -> None:
    run, attacks, most = STAGES[stage]
    made: dict[int, Any] = {}

    def given(size: int) -> Any:
        if size not in made:
            made[size] = attacks[name](size)
        return made[size]

    assert growth(lambda size: run(given(size)), most) < 2.3
