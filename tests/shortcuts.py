"""What pages mostly hold is read and written in a short way: that it is as markdown-it has it."""

from __future__ import annotations

from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator import inline, markup
from generator.inline import Anchor, Part, Words, parser


def whole(found: list[Part]) -> list[object]:
    """Parts with neighbouring words as one."""
    done: list[object] = []
    for is_words, group in groupby(found, lambda part: isinstance(part, Words)):
        run = list(group)
        done += [("".join(w.html for w in run), "".join(w.text for w in run))] if is_words else run  # type: ignore[union-attr]
    return done


def lines_agree(line: str) -> None:
    """A line that is read in the short way has the parts that markdown-it finds."""
    simple = inline._simple(line)
    if simple is not None:
        read = parser().parseInline(line, {"references": {"R": {"href": "/r", "title": ""}}})
        assert whole(simple) == whole([*inline._parts(read[0].children or ())])
        order = [list(part.attrs) for part in simple if isinstance(part, Anchor)]
        assert order == [list(t.attrs) for t in read[0].children or () if t.type == "link_open"]


def needless_rules_find_nothing(page: str) -> None:
    """Rules of blocks that are left out for a page would find nothing on it."""
    md = MarkdownIt("commonmark", {"html": False}).enable("table")
    md.core.ruler.enableOnly(["normalize", "block"])
    assert markup._blocks(markup._needless(page)).parse(page) == md.parse(page)


def blocks_agree(page: str) -> None:
    """Blocks are written as markdown-it writes them."""
    md = markup._blocks(())
    tokens = md.parse(page)
    for token in tokens:
        if token.type == "inline":
            token.children = [Token("html_inline", "", 0, content=token.content)]
    assert markup._written(tokens, md) == md.renderer.render(tokens, md.options, {})
