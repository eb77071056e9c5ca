"""Markdown to HTML, and the one gate for text that came from elsewhere."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.literal import SPACE, UNPRINTABLE, literal
from generator.markup import slug, to_html

CASES = [
    pytest.param(case, id=case["name"])
    for path in sorted((Path(__file__).parent / "cases" / "markup").glob("*.yml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
# What the two dialects are most likely to trip over, more often than chance would have it.
HOSTILE = st.sampled_from(
    [
        *("<b>", "&amp;", "&#42;", "*", "**x**", "_", "`", "~~", "[a](b)", "![a](b)", "](", "{ .x }", "{: .x }", "|"),
        *("\\", "#", "---", "===", "1. ", "- ", "+ ", "> ", "    ", "\n", "\n\n", ":", "http://a.b/", "<http://a.b>"),
        *("“", "'", '"', "\x02", "\u2028"),
    ]
)
TEXT = st.lists(HOSTILE | st.text(max_size=8), max_size=8).map("".join)


class _Text(HTMLParser):
    """The words of some HTML, and the elements in it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words = ""
        self.tags: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


def seen(text: str) -> str:
    """A text as a page shows it."""
    return " ".join(SPACE.sub(" ", UNPRINTABLE.sub("\ufffd", text)).split(" ")).strip()


def read(html: str) -> str:
    return SPACE.sub(" ", _Text(html).words).strip(" \n")


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, str]) -> None:
    assert to_html(case["in"]).content.strip() == case["out"]


FRAMES = {
    "paragraph": ("{}", ["p"]),
    "inside": ("a {} b", ["p"]),
    "item": ("-   {}", ["ul", "li"]),
    "heading": ("# {}", ["h1"]),
    "label": ("[{}](x.md)", ["p", "a"]),
    "cell": ("| h |\n| --- |\n| {} |", ["table", "thead", "tr", "th", "tbody", "tr", "td"]),
}


@pytest.mark.parametrize("frame", sorted(FRAMES))
@given(text=TEXT)
def test_literal_is_the_same_text_and_no_markup(frame: str, text: str) -> None:
    page, tags = FRAMES[frame]
    made = _Text(to_html(page.format(literal(text))).content)
    prefix, suffix = {"inside": ("a ", " b"), "cell": ("h ", "")}.get(frame, ("", ""))
    assert " ".join(SPACE.sub(" ", made.words).split(" ")).split() == f"{prefix}{seen(text)}{suffix}".split()
    if seen(text):
        assert made.tags == tags


@pytest.mark.parametrize("frame", sorted(FRAMES))
@given(text=TEXT)
def test_literal_is_the_same_text_without_this_program(frame: str, text: str) -> None:
    page, tags = FRAMES[frame]
    made = _Text(markdown.markdown(page.format(literal(text)), extensions=["attr_list", "tables", "toc"]))
    prefix, suffix = {"inside": ("a ", " b"), "cell": ("h ", "")}.get(frame, ("", ""))
    assert made.words.split() == f"{prefix}{seen(text)}{suffix}".split()
    if seen(text):
        assert made.tags == tags


@given(text=TEXT)
def test_literal_in_a_title(text: str) -> None:
    html = to_html(f'[x](y.md "{literal(text)}"){{ .cite }}').content
    found: dict[str, str | None] = {}

    class Links(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.update(attrs if tag == "a" else ())

    Links().feed(html)
    assert found["href"] == "y.md"
    assert (found.get("title") or "").split() == seen(text).split()


@given(text=st.text(st.characters(max_codepoint=0x17F), min_size=1, max_size=30))
def test_slugs_are_those_of_python_markdown(text: str) -> None:
    from markdown.extensions.toc import slugify

    assert slug(text) == slugify(text, "-")


def test_ids_and_contents() -> None:
    html = to_html("# The *whole* title\n\n[a](#x){ .words #x }\n\n## x\n\n## The whole title")
    assert html.title == "The whole title"
    assert html.toc == (
        (1, "the-whole-title", "The whole title"),
        (2, "x_1", "x"),
        (2, "the-whole-title_1", "The whole title"),
    )
    assert html.ids == {"x", "x_1", "the-whole-title", "the-whole-title_1"}


def test_targets_are_resolved_but_not_those_of_directives() -> None:
    asked: list[str] = []

    def resolve(target: str) -> str:
        asked.append(target)
        return target.replace(".md", ".html")

    html = to_html("[a](x.md#y) [b](#){ .tag } ![c](d.png)", resolve)
    assert 'href="x.html#y"' in html.content
    assert asked == ["x.md#y", "d.png"]
