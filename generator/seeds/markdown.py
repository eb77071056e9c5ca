"""`.md` seeds: YAML front matter (title, date, publisher, url, author; of those that were added, original and retrieved), then Markdown.

The normalised text is what a reader of the page sees, block by block: no markup, links by their
words, a line break within a paragraph as a space. A first heading that is the title is not text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import yaml

from generator.model import Mark
from generator.problems import Problem, did_you_mean, problem
from generator.seeds.draft import Draft
from generator.seeds.normal import normalise
from generator.stretches import stretches
from generator.yamlbounds import overdone
from generator.yamlerrors import mark_at

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

KEYS = ("title", "date", "publisher", "url", "author", "original", "retrieved")
EXAMPLE = "date: 2031-05-02"
FENCE = re.compile(r"\s*+---[ \t]*+\r?\n")
CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*+\r?$", re.MULTILINE)
HEADER_LIMIT = 10_000
"""Characters of front matter: it is composed by a parser that recurses."""


def _front(content: str) -> tuple[str | None, str, int]:
    """The front matter, the rest, and the offset at which the front matter begins; None where there is none."""
    opening = FENCE.match(content)
    closing = CLOSE.search(content, opening.end(), opening.end() + HEADER_LIMIT) if opening else None
    if opening is None or closing is None:
        return None, content, 0
    return content[opening.end() : closing.start()], content[closing.end() :], opening.end()


def _value(node: yaml.Node) -> str | None:
    if isinstance(node, yaml.ScalarNode):
        return None if node.tag.endswith(":null") else normalise(node.value) or None
    if isinstance(node, yaml.SequenceNode):  # of names, say; what is nested deeper is nothing that a seed says
        return ", ".join(filter(None, (_value(n) for n in node.value if isinstance(n, yaml.ScalarNode)))) or None
    return None


def _keys(path: str, content: str, start: int, front: str) -> tuple[dict[str, tuple[str | None, Mark]], list[Problem]]:
    """Values of the known keys with their places; `front` begins at `start` of the file's content.

    Unknown keys are other programs' business unless they look misspelt.
    """

    def at(
        mark: yaml.Mark,
    ) -> Mark:  # by the offset: libyaml's own lines are those of YAML 1.1, which breaks them elsewhere too
        return mark_at(path, content, start + mark.index)

    if wrong := overdone(path, front):
        return {}, [replace(wrong, line=wrong.line + mark_at(path, content, start).line - 1)]
    try:
        tree = yaml.compose(front, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        place = getattr(error, "problem_mark", None)
        mark = at(place) if place else mark_at(path, content, start)
        what = getattr(error, "problem", None) or "cannot be read"
        return {}, [problem(mark, f"front matter: {what}", valid="YAML, no tabs", example=EXAMPLE, check="seed")]
    values: dict[str, tuple[str | None, Mark]] = {}
    problems = []
    for key, node in tree.value if isinstance(tree, yaml.MappingNode) else ():
        if not isinstance(key, yaml.ScalarNode):
            continue
        name, mark = key.value, at(key.start_mark)
        if name in values:
            problems.append(problem(mark, f"'{name}' stands twice in the front matter", valid="once", check="seed"))
        elif name in KEYS:
            values[name] = (_value(node), at(node.start_mark))
        elif guess := did_you_mean(name, KEYS):
            problems.append(
                problem(mark, f"front matter: '{name}' is not read", valid=guess, severity="warning", check="seed")
            )
    return values, problems


class _Words(HTMLParser):
    """Collects what a browser would show of an HTML block."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._hidden += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in ("script", "style")))

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """`<![…>` is a comment to browsers; the library raises where it does not know the word behind."""
        return self.parse_bogus_comment(i)


def _inline(children: Sequence[Token]) -> str:
    parts = []
    for token in children:
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return "".join(parts)


def _blocks(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Each block as `(tag, words)`: `p`, `h1` … `h6`, `tr`, `code`, `html`."""
    tag, row = "p", []
    for token in tokens:
        if token.type in ("heading_open", "paragraph_open", "th_open", "td_open"):
            tag = token.tag
        elif token.type == "inline":
            words = _inline(token.children or [])
            if tag in ("th", "td"):
                row.append(words)
            else:
                yield tag, words
        elif token.type == "tr_close":
            yield "tr", " | ".join(row)
            row = []
        elif token.type in ("fence", "code_block"):
            yield "code", token.content
        elif token.type == "html_block":
            reader = _Words()
            reader.feed(token.content)
            yield "html", " ".join("".join(reader.words).split())


@cache
def _parser() -> MarkdownIt:
    """CommonMark and tables, lines in stretches."""
    from markdown_it import MarkdownIt

    md = MarkdownIt("commonmark").enable("table")
    md.core.ruler.at("inline", _lines)
    return md


def _lines(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            for stretch in stretches(token.content):
                found: list[Token] = []
                state.md.inline.parse(stretch, state.md, state.env, found)
                token.children += found


def read_markdown(path: str, content: str) -> tuple[Draft, list[Problem]]:
    """The article in a `.md` file; problems are those of its front matter."""
    content = content.lstrip("\ufeff")
    front, body, start = _front(content)
    values, problems = _keys(path, content, start, front) if front is not None else ({}, [])
    blocks = list(_blocks(_parser().parse(body)))
    title = values.get("title", (None, None))[0]
    if blocks and blocks[0][0] == "h1" and title in (None, normalise(blocks[0][1])):
        title = normalise(blocks.pop(0)[1]) or None
    text = normalise("\n\n".join(words for _, words in blocks if words.strip()))
    date, mark = values.get("date", (None, Mark(path)))
    rest = {key: values.get(key, (None, None))[0] for key in ("publisher", "url", "author", "original")}
    return Draft(date=date, date_mark=mark, text=text, title=title, **rest), problems
