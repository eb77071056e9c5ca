"""YAML read as people mean it, with places; written so that every reader agrees."""

from __future__ import annotations

import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.sheet import Sheet
from generator.yamlfile import Node, Scalar, Table, data, leaves, read_yaml
from generator.yamltext import scalar_text, value_text

ODD = " :#-?'\"\\,[]{}~nyo1.0e_=<&*!|>%@`\n\t\r\x85\u2028\ufeff\x00xé😀t"
TEXTS = st.text(st.one_of(st.sampled_from(ODD), st.characters(exclude_categories=["Cs"])), max_size=12)


def read(text: str) -> Node | None:
    root, problems = read_yaml("f.yml", text)
    assert not problems, problems
    return root


def refused(text: str) -> str:
    root, problems = read_yaml("f.yml", text)
    assert root is None
    (found,) = problems
    return str(found).splitlines()[0]


@pytest.mark.parametrize("written", ["no", "on", "12:30", "0123", "2025-12-03", "1e3", "true", "0x1f", "<<", "="])
def test_a_plain_scalar_is_text(written: str) -> None:
    assert data(read(f"a: {written}\n")) == {"a": written}


@pytest.mark.parametrize("written", ["", " ~", " null", " NULL"])
def test_nothing_is_none(written: str) -> None:
    assert data(read(f"a:{written}\n")) == {"a": None}


def test_an_empty_text_in_quotes_is_text() -> None:
    assert data(read("a: ''\nb: 'null'\n")) == {"a": "", "b": "null"}


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n", "\ufeff"])
def test_an_empty_document_has_no_root(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_offsets_point_into_the_text_as_given(newline: str, bom: str) -> None:
    text = bom + newline.join(["a: é😀 # c", "b: [x, 'y z']", "c: |", "  one", "", "# d", "d:", "e: u\u2028v\x85w", ""])
    found = [text[leaf.start : leaf.end] for leaf in leaves(read(text) or Node(line=0, column=0, start=0, end=0))]
    block = f"|{newline}  one"
    assert found == ["a", "é😀", "b", "x", "'y z'", "c", block, "d", "", "e", "u\u2028v\x85w"]


def test_lines_and_columns() -> None:
    root = read("\ufeffa: 1\r\nb:\r\n- x\r\n- k: v\r\n")
    assert isinstance(root, Table)
    assert [(leaf.value, leaf.line, leaf.column) for leaf in leaves(root)] == [
        ("a", 1, 1), ("1", 1, 4), ("b", 2, 1), ("x", 3, 3), ("k", 4, 3), ("v", 4, 6),
    ]  # fmt: skip


BOMB = "\n".join(f"k{n}: &a{n} [{', '.join([f'*a{n - 1}' if n else 'x'] * 9)}]" for n in range(8))
"""Each list holds the one before nine times."""


def test_an_alias_reads_as_what_its_anchor_stands_for() -> None:
    text = "a: &x one # c\nb: &team\n- r\n- *x\nc: *team\nd: {k: *x, l: [*x, &y z]}\ne: free # *x\n"
    root, problems = read_yaml("f.yml", text)
    assert isinstance(root, Table)
    assert problems == []
    assert data(root) == {
        "a": "one", "b": ["r", "one"], "c": ["r", "one"], "d": {"k": "one", "l": ["one", "z"]}, "e": "free",
    }  # fmt: skip
    assert [entry.name for entry in root.entries if entry.value.tied] == ["a", "b", "c", "d"]
    assert [entry.name for entry in root.entries if entry.value.alias] == ["c"]
    starts = [leaf.start for leaf in leaves(root)]
    assert starts == sorted(starts)
    assert text[root.entries[2].value.start : root.entries[2].value.end] == "*team"
    assert Sheet(text, root).comments == [text.index("# c"), text.index("# *x")]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a:\n\tb: c", "2:1", "a tab used for indentation; indent with spaces"),
        ("a: b\n\tc", "2:1", "a tab used for indentation"),
        ("a: 1\nb: 2\na: 3", "3:1", "the key 'a' stands twice, first in line 1"),
        ("a: !!python/object:os.system x", "1:4", "a tag ('tag:yaml.org,2002:python/object:os.system')"),
        ("a: *x", "1:4", "'*x', which nothing above is called"),
        ("a: &x [*x]", "1:8", "'*x', which nothing above is called"),
        ("a: &x b\n*x : c", "2:1", "a key that is not a plain word"),
        (BOMB, "6:10", "aliases that stand for more than 100,000 values"),
        ("a: 1\n<<<<<<< HEAD\nb: 2\n=======\n", "2:1", "resolve the merge first"),
        ("a: 1\r\n>>>>>>> theirs\r\n", "2:1", "resolve the merge first"),
        ("a: " + "[" * 70, "1:67", "nested more than 64 deep"),
        ("? [a]\n: b", "1:3", "a key that is not a plain word"),
        ("a: b: c", "1:5", "': ' inside text without quotes"),
        ("a: 'x", "1:4", "a quotation mark that is never closed"),
        ('a: "x\nb: "y"\nc: d', "1:4", "a quotation mark that is never closed"),
        ("a: 1\n=======\nb: 2\n", "2:1", "resolve the merge first"),
        ("- id: a\n  what:opening\n  b: c", "2:3", "a key without its colon"),
        ("- a: 1\n-id: b\n  c: d", "2:1", "a dash without a space behind it"),
        ("f:\n-id: b\n  c: d", "2:1", "a dash without a space behind it; begin each item with '- '"),
        ("- id: a\n  id: b", "2:3", "stands twice, first in line 1; begin each fact with '- ', or keep one of the two"),
        ("a: [x,\nb: y", "1:4", "a list that is not closed"),
        ("a: 'b' c", "1:8", "text after a closing quotation mark"),
        ("a:\n  b: c\n d: e", "3:2", "not in line with the keys above it"),
        ("a: @x", "1:4", "text that begins with '@'; put it in quotes"),
        ('a: "\\q"', "1:5", "a backslash in double quotes"),
        ("a: b\n---\nc: d", "2:1", "a second document"),
        ("a: b\x00c", "1:5", "a character that no YAML file may hold: U+0000"),
        ("a: \ud800", "1:4", "U+D800"),
    ],
)
def test_what_is_refused(text: str, place: str, words: str) -> None:
    told = refused(text)
    assert told.startswith(f"f.yml:{place}: error: ")
    assert words in told


def test_text_that_only_looks_like_a_conflict_is_fine() -> None:
    assert data(read("a: <<<<<<< x\nb: =======\n")) == {"a": "<<<<<<< x", "b": "======="}


@pytest.mark.parametrize("bad", ["[", "{a: ", "- ", "a: ", "'", '"', "#", "a: x\n", "?\n", "\t", " ", "&a ", "|\n"])
def test_a_megabyte_of_anything_is_read_in_seconds(bad: str) -> None:
    start = time.process_time()
    read_yaml("f.yml", bad * (300_000 // len(bad)))
    assert time.process_time() - start < 5


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.booleans(), st.sampled_from(["", "'", '"']))
def test_what_is_written_reads_back_in_yaml_1_1_and_1_2(text: str, flow: bool, style: str) -> None:
    written = scalar_text(text, flow=flow, style=style)
    document = f"a: [{written}, {written}]\n" if flow else f"a: {written}\n"
    expected = {"a": [text, text] if flow else text}
    assert data(read(document)) == expected
    if written == text:
        assert yaml.safe_load(document) == expected
        assert isinstance(yaml.safe_load(f"a: {written}\n")["a"], str)


def test_a_full_date_stands_plain_where_a_date_belongs() -> None:
    assert value_text("when", "2025-12-03") == "2025-12-03"
    assert value_text("text", "2025-12-03") == '"2025-12-03"'
    assert value_text("when", "2025") == '"2025"'
    assert value_text("who", ["alpha", "no", "a, b"]) == '[alpha, "no", "a, b"]'


def test_a_block_scalar_ends_with_its_last_word() -> None:
    root = read("a: |\n  x\n\n\n# c\nb: y\n")
    assert isinstance(root, Table)
    value = root.entries[0].value
    assert isinstance(value, Scalar)
    assert (value.value, value.end) == ("x\n", 8)
