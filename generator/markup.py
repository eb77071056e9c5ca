"""Markdown to HTML: CommonMark and tables with raw HTML off, and attribute lists on links.

So no text of a seed can become markup: what HTML needs beyond that comes from `generator.directives`. The
output carries no inline style and no script, for pages with a strict content security policy.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from generator.directives import DIRECTIVES, Link, directive_of, fold

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

KEPT = ("href", "title", "class", "id", "rel", "lang", "hreflang", "download")
"""Attributes that an ordinary link may carry; an attribute list may add no other."""
ALIGNED = {"text-align:left": "left", "text-align:center": "center", "text-align:right": "right"}
UNRANKED = itertools.repeat(0)
"""For links that are only looked at."""
COUNTED = re.compile(r"(.*)_(\d+)")


@dataclass(frozen=True, slots=True)
class Html:
    """A page as HTML, with what a theme and a link check ask of it."""

    content: str
    toc: tuple[tuple[int, str, str], ...]
    """Level, id and text of each heading, in order."""
    title: str | None
    """Text of the first heading of level 1."""
    ids: frozenset[str]
    """Every id in the content."""


def slug(text: str) -> str:
    """The id of a heading, as Python-Markdown's `toc` makes it.

    NFKD, what is not ASCII dropped, letters, digits, `_` and `-` kept, lower case, each run of white space or
    hyphens one hyphen. May be empty.
    """
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", ascii_only).strip().lower())


def unique(name: str, taken: set[str]) -> str:
    """`name`, or `name_1`, `name_2` … where it is taken or empty; the answer is taken from then on."""
    if not name or name in taken:
        counted = COUNTED.fullmatch(name)
        base, number = (counted[1], int(counted[2])) if counted else (name, 0)
        number += 1
        while f"{base}_{number}" in taken:
            number += 1
        name = f"{base}_{number}"
    taken.add(name)
    return name


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.attrs import attrs_plugin

    md = MarkdownIt("commonmark", {"html": False}).enable("table")
    return md.use(attrs_plugin, after=("link_close",))


def _text(tokens: Iterable[Token]) -> str:
    """The words of inline tokens, without markup."""
    parts = (t.content if t.type in ("text", "code_inline") else " " * (t.type == "softbreak") for t in tokens)
    return "".join(parts)


def _raw(html: str) -> Token:
    from markdown_it.token import Token

    return Token("html_inline", "", 0, content=html)


def _links(
    children: Sequence[Token], ranks: Iterator[int] = UNRANKED
) -> Iterator[Token | tuple[Link, Token, list[Token]]]:
    """The inline tokens, each whole link gathered with what stands inside it."""
    inside: list[Token] = []
    opened: Token | None = None
    for token in children:
        if token.type == "link_open":
            opened, inside = token, []
        elif token.type == "link_close" and opened:
            attrs = {key: str(value) for key, value in opened.attrs.items()}
            html = _parser().renderer.render(inside, _parser().options, {})
            yield Link(attrs.get("href", ""), _text(inside), html, attrs, next(ranks)), opened, inside
            opened = None
        elif opened:
            inside.append(token)
        else:
            yield token


def _expanded(children: Sequence[Token], resolve: Callable[[str], str], ranks: Iterator[int]) -> list[Token]:
    """Inline tokens with directives expanded and the targets of other links resolved; `ranks` number the links."""
    from markdown_it.token import Token

    done: list[Token] = []
    run: list[Link] = []
    name: str | None = None

    def flush() -> None:
        if name and run:
            done.append(_raw(DIRECTIVES[name](run)))
            run.clear()

    for item in _links(children, ranks):
        named = directive_of(item[0]) if isinstance(item, tuple) else None
        if isinstance(item, tuple) and named:
            if named != name:
                flush()
            name = named
            run.append(item[0])
            continue
        if isinstance(item, tuple):
            flush()
            link, opened, inside = item
            opened.attrs = {k: v for k, v in opened.attrs.items() if k in KEPT} | {"href": resolve(link.href)}
            done += [opened, *inside, Token("link_close", "a", -1)]
        elif item.type != "text" or item.content:  # empty text between two stretches keeps them together
            flush()
            done.append(item)
    flush()
    return done


def _resolve_images(children: Iterable[Token], resolve: Callable[[str], str]) -> None:
    for token in children:
        if token.type == "image":
            token.attrs = {**token.attrs, "src": resolve(str(token.attrs["src"]))}


def _headings(tokens: Sequence[Token], taken: set[str]) -> list[tuple[int, str, str]]:
    """Give each heading its id; level, id and text of each."""
    toc = []
    for token, inline in itertools.pairwise(tokens):
        if token.type == "heading_open":
            text = " ".join(_text(inline.children or ()).split())
            token.attrs = {**token.attrs, "id": unique(slug(text), taken)}
            toc.append((int(token.tag[1:]), str(token.attrs["id"]), text))
    return toc


def _sections(tokens: Sequence[Token]) -> Iterator[Token]:
    """Each heading of level 2 at the top of the page opens a section that it labels."""
    from markdown_it.token import Token

    is_open = False
    for token in tokens:
        if token.type == "heading_open" and token.tag == "h2" and token.level == 0:
            if is_open:
                yield Token("html_block", "", 0, content="</section>\n")
            is_open = True
            yield Token("html_block", "", 0, content=f'<section aria-labelledby="{token.attrs["id"]}">\n')
        yield token
    if is_open:
        yield Token("html_block", "", 0, content="</section>\n")


def _tables(tokens: Sequence[Token]) -> None:
    """Alignment as a class, and on each cell the heading of its column, for screens too narrow for columns."""
    heads: list[str] = []
    column = 0
    for token, inline in itertools.pairwise(tokens):
        if token.type == "table_open":
            heads = []
        elif token.type == "tr_open":
            column = 0
        elif token.type in ("th_open", "td_open"):
            style = str(token.attrs.pop("style", ""))
            if style in ALIGNED:
                token.attrs["class"] = ALIGNED[style]
            if token.type == "th_open":
                token.attrs["scope"] = "col"
                heads.append(_text(inline.children or ()))
            elif column < len(heads) and heads[column]:
                token.attrs["data-label"] = heads[column]
            column += 1


def _folded(tokens: Sequence[Token]) -> Iterator[Token]:
    """List items that begin with a link which folds them: what follows in the item opens and closes."""
    from markdown_it.token import Token

    opened: list[int] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.type == "list_item_close" and opened and opened[-1] == token.level:
            opened.pop()
            yield Token("html_block", "", 0, content="</details>\n")
        yield token
        at += 1
        if token.type == "list_item_open" and (summary := _summary(tokens[at : at + 3])):
            opened.append(token.level)
            yield Token("html_block", "", 0, content=f"{summary}\n")
            at += 3


def _summary(paragraph: Sequence[Token]) -> str | None:
    """The opening of a fold, if these are a paragraph that is nothing but a link which folds."""
    if len(paragraph) < 3 or paragraph[0].type != "paragraph_open":
        return None
    parts = [part for part in _links(paragraph[1].children or ()) if isinstance(part, tuple) or part.content]
    return fold(parts[0][0]) if len(parts) == 1 and isinstance(parts[0], tuple) else None


def to_html(markdown: str, resolve: Callable[[str], str] = str) -> Html:
    """Render a page (without front matter); `resolve` rewrites the target of each link and image."""
    md = _parser()
    tokens = list(_folded(md.parse(markdown)))
    inlines = [token for token in tokens if token.type == "inline" and token.children]
    links = (child for token in inlines for child in token.children or () if child.type == "link_open")
    ids = {str(link.attrs["id"]) for link in links if "id" in link.attrs}
    toc = _headings(tokens, ids)
    _tables(tokens)
    ranks = itertools.count(1)
    for token in inlines:
        token.children = _expanded(token.children or (), resolve, ranks)
        _resolve_images(token.children, resolve)
    content: str = md.renderer.render(list(_sections(tokens)), md.options, {})
    title = next((text for level, _, text in toc if level == 1), None)
    return Html(content, tuple(toc), title, frozenset(ids))
