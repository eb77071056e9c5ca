"""What reaches a terminal or a log is words: nothing in it acts."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.bidi import TURNING, closed
from generator.literal import literal
from generator.model import Mark
from generator.problems import problem
from generator.reports import as_annotation
from generator.visible import ACTING, visible

ACTIVE = st.text(st.sampled_from("a: \t\u00a0\u3000#[\n\x1b\x07\x9b\x00\r\u202e\u2067\u2028\ufeff%"), max_size=12)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Mayor Tolle, 40 km\n\tsaid", "Mayor Tolle, 40 km\n\tsaid"),
        ("\x1b]0;title\x07", "\\u001b]0;title\\u0007"),
        ("a\u202eb\u2067", "a\\u202eb\\u2067"),
        ("\x9b31m \r\x08", "\\u009b31m \\u000d\\u0008"),
        ("\ud800", "\\ud800"),
        ("naïve 你好 🏭", "naïve 你好 🏭"),
    ],
)
def test_what_acts_is_written_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(ACTIVE)
def test_json_stays_the_json_it_is(text: str) -> None:
    assert json.loads(visible(json.dumps([text], ensure_ascii=False))) == [text]


@given(message=ACTIVE, valid=ACTIVE, example=ACTIVE, entry=ACTIVE)
def test_a_problem_is_one_line_with_others_below_it(message: str, valid: str, example: str, entry: str) -> None:
    found = problem(Mark("seeds/a.txt", 3, 4), message, valid=valid, example=example, entry=entry)
    first, *rest = str(found).split("\n")
    assert first.startswith("seeds/a.txt:3:4: error: ")
    assert all(line.startswith("    ") or not line for line in rest)
    for line in (first, *rest):
        assert not line.lstrip().startswith("::")
        assert "##[" not in line
        assert not ACTING.search(line.replace("\u2060", ""))
    told = as_annotation(found)
    assert "\n" not in told
    assert not ACTING.search(told)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("plain", "plain"),
        ("a \u202eb", "a \u202eb\u202c"),
        ("a \u202eb\u202c c", "a \u202eb\u202c c"),
        ("\u2067a \u202eb\u2069", "\u2067a \u202eb\u2069"),
        ("\u2067a \u202eb", "\u2067a \u202eb\u202c\u2069"),
        ("\u202e\u2069\u202c\u202c", "\u202e\u2069\u202c\u202c"),
    ],
)
def test_directions_that_are_left_open_are_closed(text: str, whole: str) -> None:
    assert closed(text) == whole


@given(st.text(st.sampled_from("ab\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")))
def test_what_is_closed_leaves_nothing_open(text: str) -> None:
    whole = closed(text)
    assert whole.startswith(text)
    assert closed(whole) == whole
    depth = 0
    for sign in TURNING.findall(whole):  # isolates alone: each that opens is closed in its turn
        depth += (sign in "\u2066\u2067\u2068") - (sign == "\u2069" and depth > 0)
    assert depth == 0


def test_a_name_turns_nothing_but_itself() -> None:
    assert literal("Port \u202e yrellE") == "Port \u202e yrellE\u202c"
