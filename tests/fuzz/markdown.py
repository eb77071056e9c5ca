"""Markdown to HTML: no markup but what the renderer makes, whatever a page says."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urlsplit

from shortcuts import blocks_agree, lines_agree, needless_rules_find_nothing

from generator import markup
from generator.literal import literal
from generator.markup import to_html

ELEMENTS = frozenset(
    "a abbr b blockquote br circle code dd desc details div dl dt em figure g h1 h2 h3 h4 h5 h6 hr i img li line mark ol p path"
    " polygon polyline pre rect s section span strong summary svg table tbody td text th thead time title tr tspan ul".split()
)
"""What may stand on a page: CommonMark's, and those of directives and charts."""
ADDRESSES = ("href", "src")
SCHEMES = ("javascript", "vbscript", "file")
"""What no address begins with; of `data:` only images pass."""
VOID = frozenset(["br", "hr", "img"])


class Elements(HTMLParser):
    """All elements with their attributes, and whether they are closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), (tag, attrs)
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")


def markdown(raw: bytes) -> None:
    """A page has the elements and attributes that are made, and no address that runs; short ways agree with long ones."""
    text = raw.decode("utf-8", "replace")
    sound(text)
    for token in markup._blocks(()).parse(text):
        if token.type == "inline":
            lines_agree(token.content)
    needless_rules_find_nothing(text)
    blocks_agree(text)
    sound(literal(text), f'# {literal(text)}\n\n- [{literal(text)}](a.md "{literal(text)}"){{ .cite }}\n')


def sound(*pages: str) -> None:
    """That nothing on a page runs, or looks otherwise than the theme has it."""
    for page in pages:
        html = to_html(page)
        made = Elements(html.content)
        assert not made.open, made.open
        for tag, attrs in made.found:
            assert tag in ELEMENTS, tag
            for name, value in attrs.items():
                assert not name.startswith("on"), (tag, name)
                assert name not in ("style", "srcdoc", "action", "formaction", "xlink:href"), (tag, name)
                if name in ADDRESSES:
                    assert harmless(value or ""), (tag, value)
        ids = [attrs["id"] for _, attrs in made.found if "id" in attrs]
        assert {id_ for _, id_, _ in html.toc} <= set(ids)


def harmless(address: str) -> bool:
    """Whether an address runs nothing, as browsers read it: they pass over white space and controls."""
    plain = "".join(character for character in address if character > " ").casefold()
    scheme = plain.partition(":")[0] if ":" in plain else ""
    if scheme == "data":
        return plain.startswith(("data:image/gif;", "data:image/png;", "data:image/jpeg;", "data:image/webp;"))
    try:
        return scheme not in SCHEMES and urlsplit(plain).scheme not in SCHEMES
    except ValueError:
        return scheme not in SCHEMES
