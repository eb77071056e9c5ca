"""What HTML needs beyond Markdown, as links with a class: `[words](#){ .time datetime="2025-12-03" }`.

Attribute lists on links are the one place where markdown-it-py and Python-Markdown agree, so a page that is
built without this program still reads: each directive is then a plain link with the same words.
`DIRECTIVES` is the whole list: name → expander. An expander takes a run of links of its name that touch
each other, and returns HTML; any other link with a class stays a link.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape

from generator import charts, edtf


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page: its attributes as written, its text, and the HTML that its inner Markdown makes."""

    href: str
    text: str
    html: str
    attrs: Mapping[str, str] = field(default_factory=dict)

    @property
    def classes(self) -> tuple[str, ...]:
        """Its classes, in order."""
        return tuple(self.attrs.get("class", "").split())


Expander = Callable[[Sequence[Link]], str]

VALID_TIME = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?")
"""Values that HTML allows in `datetime` and that EDTF means the same by."""
NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,9})?")


def _classes(link: Link) -> str:
    return escape(" ".join(link.classes))


def _element(tag: str, link: Link, **attrs: str) -> str:
    words = {"class": " ".join(link.classes), **attrs}
    return f"<{tag}" + "".join(f' {k}="{escape(v)}"' for k, v in words.items() if v) + f">{link.html}</{tag}>"


def _each(expand: Callable[[Link], str]) -> Expander:
    return lambda links: "".join(map(expand, links))


def _time(link: Link) -> str:
    """`<time datetime=…>` where HTML can say the date; a stretch of time keeps its EDTF in `data-edtf`."""
    when = link.attrs.get("datetime", "")
    if VALID_TIME.fullmatch(when) and edtf.parse(when):
        return f'<time datetime="{when}">{link.html}</time>'
    return f'<span class="time" data-edtf="{escape(when)}">{link.html}</span>'


def _words(links: Sequence[Link]) -> str:
    """`<mark id=…>` around the exact words of facts, nested where the words of one lie within another's.

    Each link is a stretch; `data-in` names the facts it belongs to, outermost first. A stretch that goes on with
    the same facts goes on in the same elements.
    """
    html: list[str] = []
    stack: list[str] = []
    seen: set[str] = set()
    for link in links:
        facts = link.attrs.get("data-in", "").split() or [link.attrs.get("id", "")]
        keep = 0
        while keep < min(len(stack), len(facts)) and stack[keep] == facts[keep]:
            keep += 1
        html.append("</mark>" * (len(stack) - keep))
        for fact in facts[keep:]:
            html.append("<mark>" if not fact or fact in seen else f'<mark id="{escape(fact)}">')
            seen.add(fact)
        stack = facts
        html.append(link.html)
    return "".join(html) + "</mark>" * len(stack)


def _number(text: str) -> float | None:
    return float(text) if NUMBER.fullmatch(text) else None


def _bullet(link: Link) -> str:
    """A bar of `data-value` against `data-target`; the link's text says the same in words."""
    value, target = (_number(link.attrs.get(k, "")) for k in ("data-value", "data-target"))
    if value is None or target is None or value < 0 or target <= 0:
        return link.html
    return charts.bullet(value, target, link.text)


def _window(link: Link) -> str:
    """A strip of `data-when` (EDTF) on the axis `data-from` to `data-to`, as of `data-as-of` (days)."""
    when = edtf.parse(link.attrs.get("data-when", ""))
    days = [edtf.parse(link.attrs.get(k, "")) for k in ("data-from", "data-to", "data-as-of")]
    first, last, as_of = (d.earliest if d and d.precision == "day" else date.max for d in days)
    if not when or date.max in (first, last, as_of) or first > last:
        return link.html
    return charts.window(when, first, last, as_of, link.text)


def _row(link: Link) -> str:
    """An element without words that tells the timeline's filters what its row is about."""
    return _element("span", link, **{key: link.attrs.get(key, "") for key in ("data-in", "data-what", "data-status")})


DIRECTIVES: Mapping[str, Expander] = {
    "time": _each(_time),
    "words": _words,
    "bullet": _each(_bullet),
    "window": _each(_window),
    # One word that classifies: a status, a kind, a state of review.
    "tag": _each(lambda link: _element("span", link)),
    # A run of text with a look of its own: a figure set large, a caption, a label in front of a sentence.
    "as": _each(lambda link: _element("span", link)),
    "row": _each(_row),
    # Source text that is not published, or what a person took back.
    "gap": _each(lambda link: _element("span", link, title="Words of the source that are not published here")),
    "struck": _each(lambda link: _element("s", link, id=link.attrs.get("id", ""))),
}


def directive_of(link: Link) -> str | None:
    """The name of the directive that a link is: its first class, if the table has it."""
    return next((name for name in link.classes[:1] if name in DIRECTIVES), None)
