"""What inputs begin with and are put together of: the tests' own cases, and the words of the lexicons and formats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from generator.extract.grammar import grammar
from generator.lexicon import packaged_lexicons
from generator.model import FACT_TYPES, KEY_ORDER, Source, key
from generator.validate import choices as values_of
from generator.validate import keys_of

CASES = Path(__file__).resolve().parents[1] / "cases"
LONGEST_TOKEN = 60
"""Bytes of one: libFuzzer takes no more than 64."""


def cases(folder: str) -> Iterator[Any]:
    """All cases of a folder of the tests."""
    for path in sorted((CASES / folder).glob("*.yml")):
        yield yaml.safe_load(path.read_text(encoding="utf-8"))


def texts(value: Any) -> Iterator[str]:
    """Every text within lists and mappings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for entry in value.values():
            yield from texts(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from texts(entry)


def sentences() -> Iterator[bytes]:
    """Paragraphs of articles, of which some are dated otherwise."""
    for rank, case in enumerate(cases("extract")):
        for number, paragraph in enumerate(case["text"].split("\n\n")):
            dated = f"203{rank % 10}-{1 + number % 12:02}\n" if number % 3 == 0 else ""
            yield (dated + paragraph.strip()).encode()


def vocabulary() -> Iterator[str]:
    """Words of the lexicons that rules hang on, and signs between them."""
    yield from (
        '"',
        "“",
        "”",
        "'",
        "’",
        "(",
        ")",
        ", ",
        ". ",
        "; ",
        ": ",
        " – ",
        "\n\n",
        "\n",
        "%",
        "$",
        "€",
        "-",
        "…",
        "/",
    )
    yield from (
        "Ada Solvik",
        "the Harbour Board",
        "Dray",
        "Mr. ",
        "J. ",
        "U.S.",
        "1.5",
        "2,000",
        "3 million",
        "10:30",
        "2031-05-02",
    )
    lexicons = packaged_lexicons()
    for name in ("times", "quotations", "quantities", "modality", "hedges", "labels", "verbs", "posts", "events"):
        yield from islice(sorted({word for word in texts(dict(lexicons[name])) if word.isascii()}), 0, None, 5)
    yield from sorted(
        word
        for group in vars(grammar(lexicons)).values()
        if isinstance(group, frozenset)
        for word in group
        if isinstance(word, str)
    )[::9]


def nothing() -> Iterator[str]:
    """No tokens: bytes are choices."""
    return iter(())


def choices() -> Iterator[bytes]:
    """Bytes that choose edits, of both sorts."""
    for number in range(9):
        yield bytes((number * 32 + place * (7 + number)) % 256 for place in range(60))


def seeds() -> Iterator[bytes]:
    """Files of each format, behind the byte that says which."""
    suffixes = (".txt", ".md", ".html")
    for group in cases("seeds"):
        for case in group:
            suffix = Path(case["path"]).suffix
            if suffix in suffixes:
                raw = bytes.fromhex(case["hex"]) if "hex" in case else case["raw"].encode()
                yield bytes([suffixes.index(suffix)]) + raw


def seed_marks() -> Iterator[str]:
    """What means something at the start of a seed, and in HTML."""
    yield from (
        "date ",
        "Date: ",
        "2031-05-02",
        "2031-05",
        "\r\n",
        "\ufeff",
        "\x0c",
        "\u2028",
        "---\n",
        "title: ",
        "publisher: ",
    )
    yield from (
        "<html>",
        "<head>",
        '<meta charset="',
        "windows-1252",
        "utf-16",
        "punycode",
        "<title>",
        "<article>",
        "<p>",
        "<h1>",
        "<table><tr><td>",
    )
    yield from (
        '<meta property="article:published_time" content="2031-05-02">',
        "<sup><a>1</a></sup>",
        "<script>",
        "<!--",
        "&nbsp;",
        "&#0;",
    )
    yield from markdown_marks()


def heads() -> Iterator[bytes]:
    """Seeds with front matter, and lines that are to be values."""
    for group in cases("seeds"):
        for case in group:
            if case["path"].endswith(".md") and "raw" in case:
                yield case["raw"].encode()
    yield "Harbour: works\n'no'\n- x\n{a: b}\n--- \n...\n# one\n12:30\n\u2028\x85\n".encode()


def head_marks() -> Iterator[str]:
    """What means something in front matter."""
    yield from (
        "---\n",
        "...\n",
        "--- ",
        "title: ",
        "date: ",
        "publisher: ",
        "url: ",
        "author: ",
        "original: ",
        "retrieved: ",
        "titel: ",
    )
    yield from (
        "generated: ",
        "tags: [",
        "]",
        "{",
        "}",
        "!!python/name:os.system",
        "<<: *a",
        "&a ",
        "*a",
        "|\n ",
        ">-\n ",
        "? ",
        "null",
        "2031-05-02",
    )
    yield from markdown_marks()


def pages() -> Iterator[bytes]:
    """Markdown of which the tests know the HTML."""
    for group in cases("markup"):
        for case in group:
            yield case["in"].encode()


def markdown_marks() -> Iterator[str]:
    """What means something in Markdown, and attributes that no text may give."""
    yield from (
        "# ",
        "## ",
        "- ",
        "1. ",
        "> ",
        "    ",
        "\t",
        "***",
        "---",
        "===",
        "```",
        "~~~",
        "| a | b |\n|---|:-:|\n",
        "|",
        "\\",
        "`",
    )
    yield from (
        "[a](b)",
        "![a](b)",
        "[r]: /x 't'",
        "[r]",
        "](",
        "<b>",
        "<http://a.b>",
        "&amp;",
        "&#42;",
        "&#x3c;",
        "<!--",
        "**",
        "_",
        "\n\n",
    )
    yield from (
        "javascript:",
        "JaVaScRiPt&#58;",
        "data:text/html,",
        "vbscript:",
        "{ .x #y }",
        '{onx="1"}',
        '{href="javascript:a"}',
        '{style="a"}',
    )
    yield from (
        "[](#){ .row",
        '{ .time datetime="2031-05-03" }',
        '{ .words #a data-in="a b" }',
        "{ .how }",
        '{ .bullet data-value="1" data-target="2" }',
    )
    yield from (
        "{ .window data-when=",
        '{ .coverage data-cells="10 1" }',
        "{ .due data-when=",
        "{ .struck #a }",
        "{ .left }",
        "{ .gap }",
        "{ .tag .x }",
    )


def yaml_files() -> Iterator[bytes]:
    """Fact files and other files that people edit."""
    for case in cases("facts"):
        yield case["file"].encode()
    yield b"dray:\n  name: Dray\n  kind: city\n\nharbour-board:\n  name: R&D Board\n  kind: company\n  aka: [the Board]\n  in: dray\n"
    yield b"works:\n  title: Harbour works\n  facts: {who: [harbour-board], words: [dredging]}\n"
    yield b"site_name: A\nplugins:\n- search\n- briefing:\n    title: B\n    editions: [2031-05-02]\n    as_of: 2031-06-01\n"
    yield b"a: &x [1, 'b', \"c\\u2028\"]\nb: *x\nc: |\n  d\n\n  e\n# f\ng: >-\n  h\n"


def yaml_marks() -> Iterator[str]:
    """Signs of YAML, and the keys and values of the files that are made of it."""
    yield from (
        ": ",
        "- ",
        "? ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        " #",
        "&a ",
        "*a",
        "!!str ",
        "!x ",
        "| ",
        "|\n ",
        ">-\n  ",
        "'",
        '"',
        "\\u2028",
        "<<: ",
        "~",
    )
    yield from (
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "\r\n",
        "\r",
        "\t",
        "\ufeff",
        "\x85",
        "\u2028",
        "\n\n",
        "<<<<<<< a\n",
        "=======\n",
        "!!python/object:os.system ",
    )
    yield from (
        f"{name}: "
        for name in (
            "schema: 1\nsource",
            "facts",
            *keys_of(Source),
            *map(key, KEY_ORDER),
            *dict.fromkeys(
                (
                    "aka",
                    "in",
                    "at",
                    "ids",
                    "not",
                    "merged-into",
                    "words",
                    "start",
                    "end",
                    "held",
                    "added",
                    "kept",
                    "conflicts",
                    "plugins",
                    "briefing",
                    "editions",
                )
            ),
        )
    )
    yield from sorted(
        {
            value
            for kind in FACT_TYPES.values()
            for name in ("kind", "status", "bound", "review", "rank")
            if name in keys_of(kind)
            for value in values_of(kind, name)
        }
    )
    yield from (
        "2031-05-02",
        "2031-05-02/2031-06",
        "12:30",
        "1.5",
        "- id: event-a\n  kind: event\n",
        "  what: visit\n  status: planned\n",
    )


def tokens(words: Iterable[str]) -> str:
    """A dictionary as libFuzzer reads it."""
    lines = {raw for word in words if 0 < len(raw := word.encode("utf-8", "surrogatepass")) <= LONGEST_TOKEN}
    return "".join(f'"{"".join(map(_escaped, raw))}"\n' for raw in sorted(lines))


def _escaped(byte: int) -> str:
    return chr(byte) if 0x20 <= byte < 0x7F and byte not in b'"\\' else f"\\x{byte:02X}"
