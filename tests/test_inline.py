"""Lines and blocks that are read in a short way come out as markdown-it has them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shortcuts import blocks_agree, lines_agree, needless_rules_find_nothing

from generator import inline

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


@given(line=LINES)
def test_a_line_is_read_as_markdown_it_reads_it(line: str) -> None:
    lines_agree(line.strip())


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
    needless_rules_find_nothing("".join(map("".join, bits)))


@given(bits=PAGES)
def test_blocks_are_written_as_markdown_it_writes_them(bits: list[tuple[str, str]]) -> None:
    blocks_agree("".join(map("".join, bits)))
