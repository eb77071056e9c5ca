"""What HTML needs beyond Markdown, as links with a class: `[words](#){ .time datetime="2025-12-03" }`.

Attribute lists on links are the one place where markdown-it-py and Python-Markdown agree, so a page that is
built without this program still reads: each directive is then a plain link with the same words.
`DIRECTIVES` is the whole list: name → expander. An expander takes a run of links of its name that touch
each other, and returns HTML; any other link with a class stays a link.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from html import escape

from generator import charts, edtf, history_chart, maps


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page: its attributes as written, its text, and the HTML that its inner Markdown makes."""

    href: str
    text: str
    html: str
    attrs: Mapping[str, str] = field(default_factory=dict)
    rank: int = 1
    """Which link of its page it is."""

    @property
    def classes(self) -> tuple[str, ...]:
        """Its classes, in order."""
        return tuple(self.attrs.get("class", "").split())


Expander = Callable[[Sequence[Link]], str]

VALID_TIME = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?")
"""Values that HTML allows in `datetime` and that EDTF means the same by."""
WORDS = ("data-at", "data-key", "data-chain")
"""Of a fact's words: where they stand in the source, what tells them in a copy of it, who vouches for them."""
CELLS = re.compile(r"[01]++(?: [01]++)*+")
FOLDS: Mapping[str, tuple[str, ...]] = {"how": (), "left": (), "copy": ("data-sha256",)}
"""Links that fold the list item which begins with them (see `generator.markup`), and the attributes they keep."""
PATH = re.compile(r"(?:M\d{1,4} \d{1,4}l[-\d ]*+z)*+")
"""What `generator.projection` makes, and nothing else."""
NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,9})?")


def _element(tag: str, link: Link, **attrs: str) -> str:
    words = {"class": " ".join(link.classes), **attrs}
    return f"<{tag}" + "".join(f' {k}="{escape(v)}"' for k, v in words.items() if v) + f">{link.html}</{tag}>"


def _attributes(link: Link, names: Sequence[str]) -> str:
    return "".join(f' {name}="{escape(link.attrs[name])}"' for name in names if link.attrs.get(name))


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
    the same facts goes on in the same elements. What a link with an id says of its fact (`WORDS`) stands on the
    element with that id.
    """
    html: list[str] = []
    stack: list[str] = []
    seen: set[str] = set()
    told = {link.attrs["id"]: _attributes(link, WORDS) for link in links if "id" in link.attrs}
    for link in links:
        facts = link.attrs.get("data-in", "").split() or [link.attrs.get("id", "")]
        keep = 0
        while keep < min(len(stack), len(facts)) and stack[keep] == facts[keep]:
            keep += 1
        html.append("</mark>" * (len(stack) - keep))
        for fact in facts[keep:]:
            html.append("<mark>" if not fact or fact in seen else f'<mark id="{escape(fact)}"{told.get(fact, "")}>')
            seen.add(fact)
        stack = facts
        html.append(link.html)
    return "".join(html) + "</mark>" * len(stack)


def _number(text: str) -> float | None:
    return float(text) if NUMBER.fullmatch(text) else None


def _said(link: Link) -> charts.Words:
    """A link's text is the title of its chart, and its title the description."""
    return charts.Words(link.text.strip(), link.attrs.get("title", ""), link.rank)


def _bullet(link: Link) -> str:
    """A bar of `data-value` against `data-target`, with a band `data-due` (two numbers); `.most` marks an upper bound."""
    value, target = (_number(link.attrs.get(k, "")) for k in ("data-value", "data-target"))
    if value is None or target is None or value < 0 or target <= 0:
        return link.html
    band = _numbers(link.attrs.get("data-due", ""))
    due = (band[0], band[1]) if len(band) == 2 and 0 <= band[0] <= band[1] else None
    return charts.bullet(value, target, _said(link), due=due, most="most" in link.classes)


def _history(links: Sequence[Link]) -> str:
    """The first link is the chart: its ends in words in `data-ends`, divided by a bar; each that follows is a measurement.

    Of those: `data-when` (EDTF), `data-value`, and if need be `data-high`, `data-bound` and the class `.hollow`.
    """
    dots = [dot for link in links[1:] if (dot := _dot(link))]
    first, bar, last = links[0].attrs.get("data-ends", "").partition("|")
    if len(dots) < 2 or len(dots) < len(links) - 1 or not bar:
        return "".join(link.html for link in links)
    return history_chart.chart(dots, _said(links[0]), (first, last))


def _dot(link: Link) -> history_chart.Dot | None:
    when, value = edtf.parse(link.attrs.get("data-when", "")), _number(link.attrs.get("data-value", ""))
    high = _number(link.attrs.get("data-high", ""))
    if not when or when.open_start or when.open_end or value is None or value < 0 or (high or value) < value:
        return None
    bound, hollow = link.attrs.get("data-bound", ""), "hollow" in link.classes
    return history_chart.Dot(when.earliest, when.latest, value, high, link.text.strip(), bound, hollow)


def _map(links: Sequence[Link]) -> str:
    """The first link is the map: `data-path`, `data-height`, `data-scale` (units and kilometres); each that follows is a place.

    Of those: `data-at`, the classes `.area` and `.here`, and `data-label` (place and anchor) where its name has room.
    """
    head = links[0].attrs
    path, height, scale = (
        head.get("data-path", ""),
        _number(head.get("data-height", "")),
        _numbers(head.get("data-scale", "")),
    )
    marks = [mark for link in links[1:] if (mark := _place(link))]
    if not PATH.fullmatch(path) or not height or height <= 0 or len(scale) != 2 or len(marks) < len(links) - 1:
        return "".join(link.html for link in links)
    layout = maps.Layout(height, path, tuple(marks), scale[0], int(scale[1]))
    return maps.drawn(layout, _said(links[0]))


def _place(link: Link) -> maps.Mark | None:
    at = _numbers(link.attrs.get("data-at", ""))
    if len(at) != 2:
        return None
    where, _, anchor = link.attrs.get("data-label", "").rpartition(" ")
    base = _numbers(where)
    fits = len(base) == 2 and anchor in ("start", "middle", "end")
    label = maps.Name(link.text.strip(), base[0], base[1], anchor) if fits else None
    return maps.Mark(at[0], at[1], "area" in link.classes, "here" in link.classes, label)


def _numbers(text: str) -> list[float]:
    numbers = [_number(part) for part in text.split()]
    return [number for number in numbers if number is not None]


def _window(link: Link) -> str:
    """A strip of `data-when` (EDTF) on the axis `data-from` to `data-to`, as of `data-as-of` (days)."""
    when = edtf.parse(link.attrs.get("data-when", ""))
    days = [edtf.parse(link.attrs.get(k, "")) for k in ("data-from", "data-to", "data-as-of")]
    first, last, as_of = (d.earliest if d and d.precision == "day" else date.max for d in days)
    if not when or date.max in (first, last, as_of) or first > last:
        return link.html
    return charts.window(when, first, last, as_of, _said(link))


def _coverage(link: Link) -> str:
    """A strip of `data-cells`, one 1 or 0 for each sentence, paragraphs apart; the link's text says how many are 1."""
    cells = link.attrs.get("data-cells", "")
    if not CELLS.fullmatch(cells):
        return link.html
    groups = [[cell == "1" for cell in group] for group in cells.split(" ")]
    left = [str(n) for n, told in enumerate((t for group in groups for t in group), 1) if not told]
    words = f"Sentences without a fact: {', '.join(left)}." if left else "No sentence is without a fact."
    return charts.coverage(groups, replace(_said(link), description=words))


def fold(link: Link) -> str | None:
    """The opening of a `<details>` with the link's text as its summary; None where the link folds nothing."""
    name = next(iter(link.classes), "")
    if name not in FOLDS:
        return None
    return f'<details class="{name}"{_attributes(link, FOLDS[name])}><summary>{link.html}</summary>'


def _due(link: Link) -> str:
    """How far off `data-when` (EDTF) is, as of `data-as-of` (a day), with its outermost days for the reader's clock."""
    when, as_of = (edtf.parse(link.attrs.get(k, "")) for k in ("data-when", "data-as-of"))
    if not when or not as_of or as_of.precision != "day":
        return link.html
    days = {
        "data-when": when.text,
        "data-from": "" if when.open_start else edtf.day(when.earliest),
        "data-until": "" if when.open_end else edtf.day(when.latest),
        "data-as-of": as_of.text,
    }
    return _element("span", link, **days)


def _age(link: Link) -> str:
    """When the newest source came out, `datetime` (a day), which the reader's clock makes an age."""
    when = edtf.parse(link.attrs.get("datetime", ""))
    return _element("span", link, **{"data-date": when.text}) if when and when.precision == "day" else link.html


def _row(link: Link) -> str:
    """An element without words that tells the timeline's filters what its row is about."""
    return _element("span", link, **{key: link.attrs.get(key, "") for key in ("data-in", "data-what", "data-status")})


DIRECTIVES: Mapping[str, Expander] = {
    "time": _each(_time),
    "words": _words,
    "bullet": _each(_bullet),
    "window": _each(_window),
    "coverage": _each(_coverage),
    "due": _each(_due),
    "age": _each(_age),
    "history": _history,
    "map": _map,
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
