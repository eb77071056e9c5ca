"""Lines and blocks that are read in a short way come out as markdown-it has them."""

from __future__ import annotations

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator import inline, markup
from generator.inline import Anchor, Part, Words, parser

BITS = (
    *(
        "word",
        "two words",
        " ",
        "é",
        "–",
        ".",
        ",",
        "a_b",
        "_",
        "!",
        "![",
        "&",
        "&#58;",
        "&amp;",
        "<",
        ">",
        '"',
        "'",
        "%",
    ),
    *(
        "*",
        "**",
        "*em*",
        "**strong**",
        "***",
        "`",
        "`code`",
        "``",
        "\\",
        "\\*",
        "\\[",
        "\\_",
        "\\n",
        "[",
        "]",
        "(",
        ")",
    ),
    *(
        "[a](b.md)",
        "[a b](../b.md#c)",
        '[a](b "t")',
        "[](#){ .x }",
        "[a](#){ .x #y }",
        '[a](#){data-x="" .k}',
        "[a](x y)",
    ),
    *(
        "[*a*](b)",
        "[a\\]](b)",
        "[a](javascript:b)",
        "[a](HTTP://É.example/ü)",
        "{",
        "}",
        "{ .x }",
        "{ on=1 }",
        '{onx="1"}',
    ),
    *(
        '{href="c"}',
        '{title="c"}',
        "{%c%}",
        "{ .x}{ .y}",
        "[r]",
        "[a][r]",
        "https://a.example/b?c=d",
        "[a](b(c))",
        "[a]()",
    ),
)
LINES = st.lists(st.sampled_from(BITS), max_size=7).map("".join)
BLOCKS = (
    *(
        "# Head",
        "Head\n===",
        "Head\n---",
        "---",
        "* * *",
        "- item",
        "  - inner",
        "1. one",
        "> quote",
        "    code",
        "\tcode",
    ),
    *(
        "```\nfence\n```",
        "~~~ a\nb",
        "| a | b |\n|---|:-:|\n| c | d |",
        "a | b\n-|-\nc",
        "[r]: /x 't'",
        "<b>raw</b>",
        "text",
        "",
    ),
)
PAGES = st.lists(st.tuples(st.sampled_from(BLOCKS), st.sampled_from(("\n", "\n\n"))), max_size=9)


def whole(found: list[Part]) -> list[object]:
    """Parts with neighbouring words as one."""
    done: list[object] = []
    for is_words, group in groupby(found, lambda part: isinstance(part, Words)):
        run = list(group)
        done += [("".join(w.html for w in run), "".join(w.text for w in run))] if is_words else run  # type: ignore[union-attr]
    return done


@given(line=LINES)
def test_a_line_is_read_as_markdown_it_reads_it(line: str) -> None:
    line = line.strip()
    simple = inline._simple(line)
    if simple is not None:
        read = parser().parseInline(line, {"references": {"R": {"href": "/r", "title": ""}}})
        assert whole(simple) == whole([*inline._parts(read[0].children or ())])
        order = [list(part.attrs) for part in simple if isinstance(part, Anchor)]
        assert order == [list(t.attrs) for t in read[0].children or () if t.type == "link_open"]


@pytest.mark.parametrize(
    "line",
    [
        "Plain words.",
        r"\*Escaped\* words, \(all\) of them & more.",
        '[Council](../a/b.md#fact-1 "Courier: read the words"){ .cite } said *so* and **not** `else`',
        '[](#){ .row data-in="" data-status="happened" }',
        "snake_case words",
    ],
)
def test_what_pages_mostly_hold_is_read_in_the_short_way(line: str) -> None:
    assert inline._simple(line) is not None


@given(bits=PAGES)
def test_rules_that_are_left_out_would_find_nothing(bits: list[tuple[str, str]]) -> None:
    page = "".join(map("".join, bits))
    md = MarkdownIt("commonmark", {"html": False}).enable("table")
    md.core.ruler.enableOnly(["normalize", "block"])
    assert markup._blocks(markup._needless(page)).parse(page) == md.parse(page)


@given(bits=PAGES)
def test_blocks_are_written_as_markdown_it_writes_them(bits: list[tuple[str, str]]) -> None:
    md = markup._blocks(())
    tokens = md.parse("".join(map("".join, bits)))
    for token in tokens:
        if token.type == "inline":
            token.children = [Token("html_inline", "", 0, content=token.content)]
    assert markup._written(tokens, md) == md.renderer.render(tokens, md.options, {})
