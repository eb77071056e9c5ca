"""Changes within a text: what they cut, and that all else stays to the byte."""

from __future__ import annotations

import pytest

from generator.patch import FACT_KEYS
from generator.sheet import Edits, Sheet, commented_keys, item_commented
from generator.splice import add_key, insert_item, remove_items, remove_key, set_value
from generator.yamlfile import Entry, Items, Table, read_yaml


def laid_out(text: str) -> tuple[Sheet, Entry, Table]:
    root, problems = read_yaml("f.yml", text)
    assert isinstance(root, Table)
    assert not problems
    facts = root.get("facts")
    assert facts
    first = facts.value.items[0] if isinstance(facts.value, Items) and facts.value.items else root
    assert isinstance(first, Table)
    return Sheet(text, root), facts, first


def made(sheet: Sheet, edits: Edits) -> str | None:
    return None if edits is None else sheet.apply(edits)


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("when: 2031   # c", "2031-05", "when: 2031-05   # c"),
        ("when: '2031'", "2031-05", "when: '2031-05'"),
        ('when: "2031"', 'a "b"', 'when: "a \\"b\\""'),
        ("when:", "2031-05-02", "when: 2031-05-02"),
        ("when: ~", "no", 'when: "no"'),
        ("when: one\n    and two", "x", "when: x"),
        ("when: |-\n    one\n\n    two", "x", "when: x"),
        ("when: | # c\n    one", "x", None),
        ("when: 40", 41, "when: 41"),
        ("when: [a]", "x", None),
        ("when: a", ["a", "b"], "when: [a, b]"),
        ("when: [a, 'b']", ["a", "b", "no"], "when: [a, 'b', \"no\"]"),
        ("when: [a, 'b' , c]", ["b", "c"], "when: ['b' , c]"),
        ("when: [a, b, c ]", ["a"], "when: [a ]"),
        ("when: [ a, b, ]", ["a", "b", "c"], "when: [ a, b, c, ]"),
        ("when: [a, b]", ["b", "a"], "when: [b, a]"),
        ("when: [a]", ["x", "z"], "when: [x, z]"),
        ("when: []", ["x"], "when: [x]"),
        ("when: [a, # c\n    b]", ["a"], None),
        ("when:\n  - a\n  - b # c\n  - d", ["a", "b"], None),
        ("when:\n  - a\n  - b # c\n  - d", ["a", "d"], None),
        ("when:\n    - a\n    -  'b'", ["b", "c"], "when:\n    -  'b'\n    - c"),
        ("when:\n  - a\n  - b", ["c"], "when:\n  - c"),
        ("when:\n  - a", ["b", "c"], "when:\n  - b\n  - c"),
        ("when:\n  - a\n  - b", ["b", "a"], "when:\n  - b\n  - a"),
    ],
)
@pytest.mark.parametrize("around", ["\n", "\r\n"])
def test_set_value(before: str, value: str | int | list[str], after: str | None, around: str) -> None:
    frame = "# top\nfacts:\n- id: a\n  {}\n\n  # end\n  quote: q\n".replace("\n", around)
    sheet, _, fact = laid_out(frame.format(before.replace("\n", around)))
    result = made(sheet, set_value(sheet, fact, "when", value))
    assert result == (None if after is None else frame.format(after.replace("\n", around)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- id: a\n  who: [x]  # c\n  quote: q", "- id: a\n  who: [x]  # c\n  when: 2031-05\n  quote: q"),
        ("-   id: a\n    quote: q", "-   id: a\n    when: 2031-05\n    quote: q"),
        ("- id: a\n  who:\n  - x\n  - y", "- id: a\n  who:\n  - x\n  - y\n  when: 2031-05"),
        ("- quote: >\n    one\n    two\n\n\n- id: b", "- quote: >\n    one\n    two\n  when: 2031-05\n\n\n- id: b"),
        ("- {id: a, quote: q}", "- {id: a, when: 2031-05, quote: q}"),
    ],
)
@pytest.mark.parametrize("end", ["", "\n"])
def test_add_key(before: str, after: str, end: str) -> None:
    sheet, _, fact = laid_out(f"facts:\n{before}{end}")
    assert made(sheet, add_key(sheet, fact, "when", "2031-05", FACT_KEYS)) == f"facts:\n{after}{end}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- id: a\n  when: 2031\n  quote: q", "- id: a\n  quote: q"),
        ("- id: a\n  when: 2031", "- id: a"),
        ("- when: 2031\n  id: a", "- id: a"),
        ("- id: a\n  when:\n  - x\n  - y\n  # c\n  quote: q", "- id: a\n  # c\n  quote: q"),
        ("- id: a\n  when: 2031 # c\n  quote: q", None),
        ("- {id: a, when: 2031, quote: q}", "- {id: a, quote: q}"),
        ("- {when: 2031, quote: q}", "- {quote: q}"),
        ("- when: 2031", None),
    ],
)
@pytest.mark.parametrize("end", ["", "\n"])
def test_remove_key(before: str, after: str | None, end: str) -> None:
    sheet, _, fact = laid_out(f"facts:\n{before}{end}")
    result = made(sheet, remove_key(sheet, fact, "when"))
    assert result == (None if after is None else f"facts:\n{after}{end}")


NEW = "- id: new\n  quote: q\n"


@pytest.mark.parametrize(
    ("before", "after", "result"),
    [
        ("facts: []", None, f"facts:\n{NEW}"),
        ("facts: []  # none yet", None, f"facts:  # none yet\n{NEW}"),
        ("facts:", None, f"facts:\n{NEW}"),
        ("facts:\n# first\n- id: a", None, f"facts:\n{NEW}# first\n- id: a\n"),
        ("facts:\n- id: a\n- id: b", 0, f"facts:\n- id: a\n{NEW}- id: b\n"),
        ("facts:\n- id: a\n- id: b", 1, f"facts:\n- id: a\n- id: b\n{NEW}"),
        ("facts:\n- id: a\n  # of a\n# of b\n- id: b", 0, f"facts:\n- id: a\n  # of a\n{NEW}# of b\n- id: b\n"),
        ("facts:\n- id: a\n\n- id: b", 1, f"facts:\n- id: a\n\n- id: b\n\n{NEW}"),
        ("facts:\n  - id: a", 0, "facts:\n  - id: a\n  - id: new\n    quote: q\n"),
        ("facts: [{id: a}]", 0, None),
        ("facts: # none yet\n  []", None, f"facts: # none yet\n{NEW}"),
        ("facts:\n  # c\n  []  ", None, f"facts:\n  # c\n{NEW}"),
        ("facts:\n  # c\n  [] # d", None, None),
        ("facts: [\n  # none is right\n]", None, None),
        ("facts: &mine []", None, None),
        ("facts: ~", None, f"facts:\n{NEW}"),
        ("facts: null # c", None, f"facts: # c\n{NEW}"),
        ("facts:\n- id: a\n\n  # of a\n# of b\n- id: b", 0, f"facts:\n- id: a\n\n  # of a\n\n{NEW}# of b\n- id: b\n"),
        ("facts:\n- id: a\n # of a\n- id: b", 0, f"facts:\n- id: a\n # of a\n{NEW}- id: b\n"),
    ],
)
@pytest.mark.parametrize("end", ["", "\n"])
def test_insert_item(before: str, after: int | None, result: str | None, end: str) -> None:
    sheet, facts, _ = laid_out(before + end)
    text = made(sheet, insert_item(sheet, facts, after, [NEW]))
    assert text == (result if result is None or end else result.removesuffix("\n"))


@pytest.mark.parametrize(
    ("before", "gone", "result"),
    [
        ("facts:\n- id: a\n  q: x # c\n- id: b\n", [0], "facts:\n- id: b\n"),
        ("facts:\n- id: a\n- id: b", [1], "facts:\n- id: a"),
        ("facts:\n- id: a\n\n- id: b", [1], "facts:\n- id: a"),
        ("facts:\n- id: a\n# c\n- id: b\nschema: 1", [0, 1], "facts: []\n# c\nschema: 1"),
        ("facts: [{id: a}, {id: b}]\n", [0], None),
    ],
)
def test_remove_items(before: str, gone: list[int], result: str | None) -> None:
    sheet, facts, _ = laid_out(before)
    assert made(sheet, remove_items(sheet, facts, gone)) == result


def test_whose_comments() -> None:
    text = (
        "facts:\n# of a\n- id: a  # id\n  # of what\n  what: '#'\n  who: [x]  # who\n  quote: q\n  # still a\n"
        "- id: b\n  quote: '# no'\n# of c\n- id: c\n  quote: q#q\n# last\n"
    )
    sheet, facts, first = laid_out(text)
    assert commented_keys(sheet, first) == {"id", "what", "who"}
    items = facts.value
    assert isinstance(items, Items)
    assert [item_commented(sheet, items, at) for at in range(3)] == [True, False, True]


@pytest.mark.parametrize(
    ("text", "at", "remarked"),
    [
        ("facts:\n# by phone: true\n- id: a\n- id: b\n", 0, True),
        ("# top: c\nfacts:\n- id: a\n- id: b\n", 0, False),
        ("facts: # c\n- id: a\n", 0, False),
        ("facts:\n- id: a\n # of a\n- id: b\n", 0, True),
        ("facts:\n- id: a\n # of a\n- id: b\n", 1, False),
        ("facts:\n- id: a\n\n  # of a\n- id: b\n", 0, True),
    ],
)
def test_comments_between_facts(text: str, at: int, remarked: bool) -> None:
    sheet, facts, _ = laid_out(text)
    assert isinstance(facts.value, Items)
    assert item_commented(sheet, facts.value, at) is remarked


def test_comments_beside_values_of_a_flow_mapping() -> None:
    sheet, _, fact = laid_out(
        "facts:\n- {id: a,  # id\n   when: 2031, # by phone\n   # who\n   who: [x], text: t}  # after\n"
    )
    assert commented_keys(sheet, fact) == {"id", "when", "who"}


def test_edits_that_meet_are_refused() -> None:
    sheet, _, fact = laid_out("facts:\n- id: a\n  when: 2031\n")
    edits = [*(set_value(sheet, fact, "when", "x") or []), *(remove_key(sheet, fact, "when") or [])]
    assert sheet.apply(edits) is None
