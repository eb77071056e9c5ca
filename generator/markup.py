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
from typing import TYPE_CHECKING, Any

from generator.directives import DIRECTIVES, Link, directive_of, fold
from generator.inline import Anchor, Part, Words, escaped, parts, text_of, with_images
from generator.stream_safe import stream_safe

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

KEPT = ("href", "title", "class", "id", "rel", "lang", "hreflang", "download")
"""Attributes that an ordinary link may carry; an attribute list may add no other."""
ALIGNED = {"text-align:left": "left", "text-align:center": "center", "text-align:right": "right"}
WRITTEN = ("fence", "code_block")
"""Blocks that markdown-it writes with what is in them."""
COUNTED = re.compile(r"(.*)_(\d{1,9})")


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
    ascii_only = unicodedata.normalize("NFKD", stream_safe(text)).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", ascii_only).strip().lower())


class Names:
    """The ids of a page, each of which is given once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.taken = set(taken)
        self._tried: dict[tuple[str, int], int] = {}

    def unique(self, name: str) -> str:
        """`name`, or `name_1`, `name_2` … where it is taken or empty; the answer is taken from then on."""
        if not name or name in self.taken:
            counted = COUNTED.fullmatch(name)
            base, first = (counted[1], int(counted[2])) if counted else (name, 0)
            number = self._tried.get((base, first), first) + 1
            while f"{base}_{number}" in self.taken:
                number += 1
            self._tried[base, first] = number
            name = f"{base}_{number}"
        self.taken.add(name)
        return name


@cache
def _blocks(without: tuple[str, ...]) -> MarkdownIt:
    """A parser of blocks alone, which leaves lines as they are, `without` some of its rules."""
    from markdown_it import MarkdownIt

    md = MarkdownIt("commonmark", {"html": False}).enable("table")
    md.core.ruler.enableOnly(["normalize", "block"])
    return md.disable([*without])


NEEDED = {"table": ("|",), "code": ("    ", "\t"), "fence": ("```", "~~~"), "blockquote": (">",), "reference": ("]:",)}
"""What a page must hold for a rule of blocks to find anything on it."""
LAST = {"hr": "-*_", "lheading": "-="}
"""One of what a line must end with for others."""


def _needless(markdown: str) -> tuple[str, ...]:
    """Rules of blocks that find nothing on a page; those of raw HTML never do, since it is off."""
    ends = {line.rstrip()[-1:] for line in markdown.splitlines()}
    needless = ["html_block"]
    needless += [rule for rule, needed in NEEDED.items() if not any(sign in markdown for sign in needed)]
    needless += [rule for rule, signs in LAST.items() if ends.isdisjoint(signs)]
    return tuple(needless)


def _parts(token: Token) -> list[Part]:
    """The parts of a line, as they were found when it was read."""
    return token.meta["parts"]  # type: ignore[no-any-return]


def _expanded(found: Sequence[Part], resolve: Callable[[str], str], ranks: Iterator[int]) -> str:
    """A line as HTML, with directives expanded and the targets of other links resolved; `ranks` number the links."""
    done: list[str] = []
    run: list[Link] = []
    name: str | None = None

    def flush() -> None:
        if name and run:
            done.append(DIRECTIVES[name](run))
            run.clear()

    for part in found:
        if isinstance(part, Anchor):
            link = _link(part, next(ranks))
            named = directive_of(link)
            if named:
                if named != name:
                    flush()
                name = named
                run.append(link)
                continue
            flush()
            done.append(_anchor(part, resolve))
        else:
            flush()
            done.append(part.html if isinstance(part, Words) else with_images([part.token], resolve))
    flush()
    return "".join(done)


def _link(part: Anchor, rank: int) -> Link:
    return Link(part.attrs.get("href", ""), part.text, part.html, part.attrs, rank)


def _anchor(part: Anchor, resolve: Callable[[str], str]) -> str:
    """An ordinary link."""
    attrs = {key: value for key, value in part.attrs.items() if key in KEPT} | {
        "href": resolve(part.attrs.get("href", ""))
    }
    html = with_images(part.images, resolve) if part.images else part.html
    return "<a" + "".join(f' {key}="{escaped(value)}"' for key, value in attrs.items()) + f">{html}</a>"


def _headings(tokens: Sequence[Token], names: Names) -> list[tuple[int, str, str]]:
    """Give each heading its id; level, id and text of each."""
    toc = []
    for token, inline in itertools.pairwise(tokens):
        if token.type == "heading_open":
            text = " ".join(text_of(_parts(inline)).split())
            token.attrs = {**token.attrs, "id": names.unique(slug(text))}
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
                heads.append(text_of(_parts(inline)))
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


def _written(tokens: Sequence[Token], md: MarkdownIt) -> str:
    """Blocks as HTML, as markdown-it writes them; their lines hold HTML already."""
    done: list[str] = []
    after: Sequence[Token | None] = [*tokens[1:], None]
    is_hidden = False
    for token, follows in zip(tokens, after, strict=False):
        if token.type in ("inline", "html_block"):
            done.append(token.content)
        elif token.type in WRITTEN:
            done.append(md.renderer.render([token], md.options, {}))
        elif not token.hidden:
            if is_hidden and token.nesting != -1:
                done.append("\n")
            done.append(f"</{token.tag}" if token.nesting == -1 else f"<{token.tag}")
            if token.attrs:
                done += [f' {escaped(key)}="{escaped(str(value))}"' for key, value in token.attrs.items()]
            goes_on = (
                token.nesting == 1
                and follows is not None
                and (follows.type == "inline" or follows.hidden or (follows.nesting == -1 and follows.tag == token.tag))
            )
            done.append(">" if goes_on else " />\n" if token.nesting == 0 else ">\n")
        is_hidden = token.hidden
    return "".join(done)


def _summary(paragraph: Sequence[Token]) -> str | None:
    """The opening of a fold, if these are a paragraph that is nothing but a link which folds."""
    if len(paragraph) < 3 or paragraph[0].type != "paragraph_open":
        return None
    found = _parts(paragraph[1])
    return fold(_link(found[0], 0)) if len(found) == 1 and isinstance(found[0], Anchor) else None


def to_html(markdown: str, resolve: Callable[[str], str] = str) -> Html:
    """Render a page (without front matter); `resolve` rewrites the target of each link and image."""
    md = _blocks(_needless(markdown))
    references: dict[str, Any] = {}
    blocks = md.parse(markdown, references)
    for token in blocks:
        if token.type == "inline":
            token.meta["parts"] = parts(token.content, references)
    tokens = list(_folded(blocks))
    lines = [token for token in tokens if token.type == "inline"]
    names = Names(p.attrs["id"] for token in lines for p in _parts(token) if isinstance(p, Anchor) and "id" in p.attrs)
    toc = _headings(tokens, names)
    _tables(tokens)
    ranks = itertools.count(1)
    for token in lines:
        token.content = _expanded(_parts(token), resolve, ranks)
    content = _written(list(_sections(tokens)), md)
    title = next((text for level, _, text in toc if level == 1), None)
    return Html(content, tuple(toc), title, frozenset(names.taken))
