"""Lines of Markdown as words and links. What pages mostly hold, words with escapes, simple emphasis, code and links, is read here in one
pass; whatever else stands in a line goes to markdown-it, which takes ten times as long. A test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

from generator.stretches import stretches

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MARKS = r"!-/:-@\[-`{-~"
"""ASCII punctuation: what a backslash may stand before."""
SIGN = r"&#(?:3[3-9]|[4-9]\d|1[01]\d|12[0-6]);"
"""ASCII punctuation by its number, as writers put it where a backslash would not do."""
WORDS = (
    rf"[^\\`*_\[\]!<&\n]+|\\[{MARKS}]|!(?!\[)|&(?![#A-Za-z])|{SIGN}|(?<=[A-Za-z0-9])_(?=[A-Za-z0-9])|\\(?![{MARKS}\n])"
)
LABEL = rf"(?:[^\\`*_\[\]!<&\n]|\\[{MARKS}]|!(?!\[)|&(?![#A-Za-z])|{SIGN}|(?<=[A-Za-z0-9])_(?=[A-Za-z0-9]))*"
STRESSED = r"[A-Za-z0-9](?:[^\\`*_\[\]!<&\n]*[A-Za-z0-9])?"
"""Words between asterisks that can be nothing but emphasis, whatever stands around them."""
BEFORE, AFTER = r"(?:(?<=[ (])|(?<![\s\S]))", r"(?=[ .,;:)]|\Z)"
PART = re.compile(
    rf"(?P<words>(?:{WORDS})+)"
    rf"|(?P<link>\[(?P<label>{LABEL})\]\((?P<href>[^\s()<>\\&\x00-\x1f\x7f]+)(?: +\"(?P<title>[^\"\\\n&]*)\")? *\)"
    r"(?P<attrs>\{[^{}\n]*\})?(?!\{))"
    rf"|{BEFORE}\*\*(?P<strong>{STRESSED})\*\*(?!\*){AFTER}"
    rf"|{BEFORE}\*(?P<em>{STRESSED})\*(?!\*){AFTER}"
    r"|(?<!`)`(?P<code>[^`\n]+)`(?!`)"
)
ESCAPED = re.compile(rf"\\([{MARKS}])|&#(\d+);")
ATTRS = re.compile(r'\{(?: *(?:[.#][A-Za-z0-9_-]+(?=[ }])|[a-z-]+="[^"\\%]*"))* *\}')
ATTR = re.compile(r'([.#])([A-Za-z0-9_-]+)|(?<![a-z-])([a-z-]++)="([^"\\%]*)"')
SPECIAL = re.compile('[&<>"]')
OWN = ("href", "title", "src", "action", "formaction", "class")
"""Attributes that markdown-it looks at more closely where a list gives them."""


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of a line that is no link; no text makes no stretch."""

    html: str
    text: str
    """Without markup."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link."""

    attrs: Mapping[str, str]
    """As written, `href` with them."""
    text: str
    html: str
    """What its inner Markdown makes."""
    images: tuple[Token, ...] = ()
    """All that is inside, where an image is among it."""


@dataclass(frozen=True, slots=True)
class Image:
    """An image that stands in no link."""

    token: Token


Part = Words | Anchor | Image


@cache
def parser() -> MarkdownIt:
    """CommonMark and tables with raw HTML off, and attribute lists on links."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.attrs import attrs_plugin

    md = MarkdownIt("commonmark", {"html": False}).enable("table")
    return md.use(attrs_plugin, after=("link_close",))


def escaped(text: str) -> str:
    """Text as HTML, as markdown-it writes it."""
    return escape(text, quote=False).replace('"', "&quot;") if SPECIAL.search(text) else text


def parts(line: str, references: dict[str, Any]) -> list[Part]:
    """The parts of a line, in order; `references` are markdown-it's environment, with the addresses that the page defines."""
    found = _simple(line)
    if found is not None:
        return found
    read = parser().parseInline
    return [part for stretch in stretches(line) for part in _parts(read(stretch, references)[0].children or ())]


def text_of(found: Sequence[Part]) -> str:
    """The words of a line, without markup."""
    return "".join(part.text for part in found if not isinstance(part, Image))


def _simple(line: str) -> list[Part] | None:
    """The parts of a line that has nothing but what is read here; else None."""
    done: list[Part] = []
    end = 0
    for match in PART.finditer(line):
        if match.start() != end:
            return None
        end = match.end()
        kind = match.lastgroup
        if kind == "words":
            text = _plain(match[0])
            done.append(Words(escaped(text), text))
        elif kind == "link":
            attrs = _attributes(match["href"], match["title"], match["attrs"])
            if attrs is None:
                return None
            text = _plain(match["label"])
            done.append(Anchor(attrs, text, escaped(text)))
        elif kind == "code":
            text = match["code"]
            if text[0] == text[-1] == " " and text.strip(" "):
                text = text[1:-1]
            done.append(Words(f"<code>{escaped(text)}</code>", text))
        else:
            text = match[kind or 0]
            done.append(Words(f"<{kind}>{escaped(text)}</{kind}>", text))
    return done if end == len(line) else None


def _plain(raw: str) -> str:
    return ESCAPED.sub(lambda found: found[1] or chr(int(found[2])), raw) if "\\" in raw or "&#" in raw else raw


def _attributes(href: str, title: str | None, listed: str | None) -> dict[str, str] | None:
    """The attributes of a link; None where markdown-it might see no link, or other attributes."""
    address = _address(href)
    more = _listed(listed) if listed else {}
    if address is None or more is None:
        return None
    return {"href": address, **({"title": title} if title else {}), **more}


PLAIN_ADDRESS = re.compile(r"(?!//)[A-Za-z0-9_./#-]*")
"""A way to a page or a heading that stands as it is, whoever reads it."""


@lru_cache(maxsize=1 << 12)
def _address(href: str) -> str | None:
    if PLAIN_ADDRESS.fullmatch(href):
        return href
    md = parser()
    address = md.normalizeLink(href)
    return address if md.validateLink(address) else None


@lru_cache(maxsize=1 << 12)
def _listed(attrs: str) -> dict[str, str] | None:
    if not ATTRS.fullmatch(attrs):
        return None
    found: dict[str, str] = {}
    classes = []
    for mark, name, key, value in ATTR.findall(attrs):
        if mark == ".":
            classes.append(name)
        elif mark:
            found["id"] = name
        elif key in OWN or key.startswith("on"):
            return None
        else:
            found[key] = value
    return found | ({"class": " ".join(classes)} if classes else {})


def _parts(tokens: Sequence[Token]) -> Iterator[Part]:
    """The same of what markdown-it found."""
    md = parser()
    inside: list[Token] = []
    opened: Token | None = None
    deeper = 0
    for token in tokens:
        if token.type == "link_open" and opened:
            deeper += 1  # an address within a link's words, which HTML forbids: its own words stay
        elif token.type == "link_close" and deeper:
            deeper -= 1
        elif token.type == "link_open":
            opened, inside = token, []
        elif token.type == "link_close" and opened:
            attrs = {key: str(value) for key, value in opened.attrs.items()}
            html = md.renderer.render(inside, md.options, {})
            images = tuple(inside) if any(one.type == "image" for one in inside) else ()
            yield Anchor(attrs, _text(inside), html, images)
            opened = None
        elif opened:
            inside.append(token)
        elif token.type == "image":
            yield Image(token)
        elif token.type != "text" or token.content:  # empty text between two stretches keeps them together
            yield Words(md.renderer.render([token], md.options, {}), _text([token]))


def _text(tokens: Sequence[Token]) -> str:
    found = (t.content if t.type in ("text", "code_inline") else " " * (t.type == "softbreak") for t in tokens)
    return "".join(found)


def with_images(tokens: Sequence[Token], resolve: Callable[[str], str]) -> str:
    """Inline tokens as HTML, with the addresses of images resolved."""
    md = parser()
    for token in tokens:
        if token.type == "image":
            token.attrs = {**token.attrs, "src": resolve(str(token.attrs["src"]))}
    return str(md.renderer.render(list(tokens), md.options, {}))
