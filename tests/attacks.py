"""Texts that are made to be slow to read: one piece repeated, words of each lexicon, whatever never ends or nests, and random ones.

Each attack is a name and a function from a size in characters to a text; the same size gives the same text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from random import Random
from typing import Any

from generator.lexicon import packaged_lexicons

Attack = Callable[[int], str]


def repeated(piece: str, before: str = "", after: str = "") -> Attack:
    """One piece again and again."""
    return lambda size: before + piece * max(1, size // len(piece)) + after


def nested(opening: str, closing: str, inner: str = "a") -> Attack:
    """One thing within the other; each opens before it closes."""

    def made(size: int) -> str:
        depth = max(1, size // len(opening + closing))
        return opening * depth + inner + closing * depth

    return made


def counted(piece: str) -> Attack:
    """A piece again and again, each time with another number for `{}`."""

    def made(size: int) -> str:
        parts, length, n = [], 0, 0
        while length < size:
            parts.append(piece.format(n))
            length += len(parts[-1])
            n += 1
        return "".join(parts)

    return made


def mixed(words: Sequence[str], seed: int) -> Attack:
    """Random words of some, with a few marks between them."""

    def made(size: int) -> str:
        chance, parts, length = Random(seed), [], 0
        while length < size:
            parts.append(chance.choice(words) + chance.choice(MARKS))
            length += len(parts[-1])
        return "".join(parts)

    return made


MARKS = (
    " ",
    " ",
    " ",
    " ",
    " ",
    " ",
    " ",
    ", ",
    ". ",
    "; ",
    ' "',
    '" ',
    " “",
    "” ",
    "-",
    " (",
    ") ",
    "\n\n",
    "’s ",
    ": ",
)


def _words(table: Any) -> Iterator[str]:
    if isinstance(table, str):
        yield table
    elif isinstance(table, Mapping):
        for key, value in table.items():
            yield from (key,) if isinstance(key, str) else ()
            yield from _words(value)
    elif isinstance(table, list | tuple):
        for value in table:
            yield from _words(value)


@cache
def vocabulary() -> Mapping[str, tuple[str, ...]]:
    """The words of each lexicon, in its order."""
    lexicons = packaged_lexicons()
    return {name: tuple(dict.fromkeys(w for w in _words(lexicons[name]) if w.strip())) for name in lexicons}


PIECES = {
    "letter": "a",
    "letters apart": "a ",
    "capital": "A ",
    "capitals": "AB ",
    "name": "Ada Solvik ",
    "names": "Ada Solvik, Bram Orde and ",
    "initials": "A. ",
    "initials joined": "A.",
    "title": "Mr. ",
    "titles": "President Prime Minister ",
    "office": "minister of ",
    "particles": "van der ",
    "possessive": "A’s ",
    "digit": "1",
    "digits": "1 ",
    "thousands": "1,",
    "hundreds": "1,111,",
    "decimals": "0.",
    "exponents": "1e",
    "number words": "one hundred thousand million ",
    "half": "half a ",
    "numbers of a sentence": "5 " * 39 + "ships. Then ",
    "ranges": "5 to ",
    "between": "between 5 and ",
    "money": "$",
    "per cent": "5 % ",
    "rates": "5 per ",
    "of the": "5 of the ",
    "about": "about ",
    "minus": "minus ",
    "units": "5 km ",
    "fractions": "½",
    "clock": "5:05:",
    "day": "May 3, ",
    "day range": "March 3, 2024 to ",
    "iso": "2031-05-02-",
    "weekday": "Monday and ",
    "ago": "a year earlier ",
    "last": "in the last ",
    "quarter": "the first quarter of ",
    "hyphen": "-",
    "hyphens": "a-",
    "dashes": "– ",
    "double dash": " -- ",
    "comma": ",",
    "commas": "a, ",
    "colon": "a: ",
    "stop": ".",
    "stops": ". ",
    "sentence": "A. b. ",
    "dots": "... ",
    "question": "? ",
    "bang": "!",
    "quote": '"',
    "quotes": '" ',
    "opening": "“",
    "opening words": "“a ",
    "closing": "”",
    "apostrophe": "'",
    "apostrophe open": "‘",
    "s-apostrophe": "s’ a ",
    "backtick": "`",
    "guillemets": "«",
    "quoted": '"A," x said, ',
    "quoted paragraph": "“A.”\n\n",
    "open paragraph": "“A.\n\n",
    "quoted phrase": "“a” ",
    "open all": "He said \"A (B [C ' ",
    "bracket": "(",
    "brackets": "(A) ",
    "square": "[",
    "closers": ")",
    "said": "said ",
    "x said": "x said ",
    "which he said": "which he said ",
    "that": "that ",
    "he said that": "he said that ",
    "according to": "according to ",
    "told": "told x and ",
    "citing": "citing x, ",
    "of": "of ",
    "in": "in Selm ",
    "and": "A and ",
    "to": "to ",
    "who": "who ",
    "will": "will be ",
    "if": "if ",
    "not": "not ",
    "she": "she ",
    "union": "Union ",
    "acronym": "(HB) ",
    "country": "Norway ",
    "clauses": "he said that the minister of who met Ada Solvik will open a plan and was not to be it has ",
    "sums among brackets": "))))2)) $3-1 )))) 30 $2-1 ",
    "asides": "he said, the minister, who met, Ada Solvik, on Monday, killed 5, ",
    "event": "Ada Solvik opened the bridge on Monday in Selm and killed 5 people, ",
    "events": "The board opened the bridge. ",
    "role": "Ada Solvik, the minister of works, ",
    "figure": "It costs 5 million crowns. ",
    "bar": "|",
    "bars": "a | b\n\n",
    "bullet": "- a\n",
    "bullets": "• a\n\n",
    "newline": "a\n",
    "paragraph": "a\n\n",
    "blank lines": "\n",
    "blank": " ",
    "blank then": " \n a",
    "tab": "\t",
    "no-break": "\u00a0",
    "label": "ADA SOLVIK: ",
    "labels": "ADA: a.\n\n",
    "dateline": "SELM (Orb) -- ",
    "agency": "(Orb)\n",
    "address": "https://a.example/",
    "at": "a@",
    "ampersand": "A&",
    "slash": "a/",
    "underscore": "_",
    "underscores": "a_",
    "combining": "e\u0301",
    "marks alone": "\u0301",
    "marks out of order": "\u0301\u0323",
    "zero width": "\u200b",
    "bidi": "\u202e",
    "joined emoji": "👨\u200d👩\u200d👧\u200d",
    "flags": "🇳🇴",
    "hangul": "\u1100\u1161",
    "ligature": "ﷺ",
    "cjk": "中",
    "astral": "𝒜",
}
ENDED = {
    "blanks then word": (" ", "a", "b"),
    "digits then word": ("1", "", "x"),
    "letters then stop": ("a", "", "."),
    "brackets closed": ("(a", "", ")"),
    "quote ended": ('a "b ', '"', '"'),
    "capitals then small": ("A", "", " b"),
    "said by": ("a, ", "", "said Ada."),
}


@cache
def texts() -> Mapping[str, Attack]:
    """Attacks on whatever reads articles."""
    made: dict[str, Attack] = {name: repeated(piece) for name, piece in PIECES.items()}
    made |= {name: repeated(piece, before, after) for name, (piece, before, after) in ENDED.items()}
    made["nested brackets"] = nested("(", ")")
    made["nested quotes"] = nested("“‘", "’”")
    made["other words"] = counted("w{} ")
    made["other names"] = counted("Ada S{} ")
    made["other people"] = counted("Ada Solv{} said. ")
    made["other bodies"] = counted("Union of A{}. ")
    made["other numbers"] = counted("{} people died. ")
    made["other sentences"] = counted("The Orb{} Board opened a bridge, Ada S{} said. ".replace("{} said", "said"))
    for rank, (name, words) in enumerate(vocabulary().items()):
        made[f"words of {name}"] = mixed(words, rank)
    everything = tuple(word for words in vocabulary().values() for word in words)
    made["all words"] = mixed(everything, 71)
    small = tuple(w for name in ("english", "quotations", "times", "quantities", "verbs") for w in vocabulary()[name])
    made["small words"] = mixed(small, 72)
    made["characters"] = mixed(tuple(map(chr, [*range(32, 127), *range(0xA0, 0x250), *range(0x2000, 0x2070)])), 73)
    return made


MARKDOWN = {
    "md brackets": repeated("["),
    "md closed": repeated("[]"),
    "md link open": repeated("[a]("),
    "md link angle": repeated("[a](<b"),
    "md image open": repeated("!["),
    "md image in image": repeated("![[]()"),
    "md nested links": nested("[", "](a)"),
    "md nested images": nested("![", "](a)"),
    "md label": repeated("[a][b]"),
    "md emphasis": repeated("*a_b*"),
    "md emphasis open": repeated("*a "),
    "md strong open": repeated("a**b"),
    "md stars": repeated("*"),
    "md stars apart": repeated("a***b_c__ "),
    "md under": repeated("_a "),
    "md nested emphasis": nested("*a **a ", "a** a*"),
    "md ticks": counted("e"),
    "md ticks apart": repeated("`a``b"),
    "md quotes": repeated("> "),
    "md quotes deep": repeated(">"),
    "md quote lines": repeated("> a\n"),
    "md lists deep": repeated("* "),
    "md numbers deep": repeated("1. "),
    "md list lines": repeated("* a\n"),
    "md lists in": lambda size: "".join(" " * (2 * n) + "* a\n" for n in range(int(size**0.5))),
    "md references": counted("[a{}]: b\n"),
    "md reference open": repeated("[a]: b\n[a"),
    "md one reference": repeated("[a]: u\n\n[a] "),
    "md references used": counted("[a{}] "),
    "md table": repeated("a|b\n", "a|b\n-|-\n"),
    "md wide table": lambda size: (lambda n: "a|" * n + "\n" + "-|" * n + "\n" + "b|" * n + "\n")(size // 6),
    "md ragged table": lambda size: (lambda n: "a|" * n + "\n" + "-|" * n + "\n" + "b\n" * n)(size // 6),
    "md headings": repeated("# a\n\n"),
    "md setext": repeated("a\n=\n"),
    "md rules": repeated("---\n"),
    "md hashes": repeated("#"),
    "md code": repeated("    a\n\n"),
    "md fence": repeated("```\n"),
    "md fences open": repeated("~~~ a\n"),
    "md escapes": repeated("\\"),
    "md entities": repeated("&"),
    "md entity": repeated("&amp;"),
    "md entity open": repeated("&#"),
    "md autolink": repeated("<http://a "),
    "md html open": repeated("<a "),
    "md tags": repeated("<b>"),
    "md comment": repeated("<!--"),
    "md declaration": repeated("<!A "),
    "md cdata": repeated("<![CDATA["),
    "md instruction": repeated("<?"),
    "md breaks": repeated("a  \n"),
    "md spaces": repeated(" ", "a", "\nb"),
    "md attributes": repeated("[a](b){.c"),
    "md attribute list": repeated(".c ", "[a](b){", "}"),
    "md directives": repeated("[a](#){ .time datetime=2031 }"),
    "md titles": repeated('[a](b "'),
}


def _ticks(size: int) -> str:
    """Runs of backticks, each longer than the one before."""
    return "".join("e" + "`" * n for n in range(1, int((2 * size) ** 0.5)))


MARKDOWN["md ticks"] = _ticks

PAGE = "<html><head><title>A</title></head><body><article><p>{}</p></article></body></html>"


def _page(inner: Attack) -> Attack:
    return lambda size: PAGE.format(inner(size))


HTML = {
    "html tags deep": _page(repeated("<div>")),
    "html tags closed": _page(nested("<div>", "</div>")),
    "html inline deep": _page(repeated("<b>")),
    "html inline closed": _page(nested("<i>", "</i>")),
    "html misnested": _page(repeated("<b><p>a</b>")),
    "html lists deep": _page(repeated("<ul><li>a")),
    "html tables deep": _page(repeated("<table><tr><td>a")),
    "html unclosed": _page(repeated("<p")),
    "html closers": _page(repeated("</p>")),
    "html attributes": lambda size: f"<p {counted('a{}=1 ')(size)}>A</p>",
    "html one attribute": lambda size: f"<p class='{repeated('a ')(size)}'>A</p>",
    "html unclosed attribute": repeated('<a href="'),
    "html entities": _page(repeated("&amp;amp;")),
    "html entity open": _page(repeated("&")),
    "html comments": _page(repeated("<!-- a -->")),
    "html comment open": _page(repeated("<!--")),
    "html cdata": _page(repeated("<![CDATA[")),
    "html table": lambda size: "<table>" + repeated("<tr><td>a</td><td>b</td></tr>")(size) + "</table>",
    "html wide table": lambda size: "<table><tr>" + repeated("<td>a</td>")(size) + "</tr></table>",
    "html paragraphs": _page(repeated("<p>The board said that the bridge will open in May.</p>")),
    "html same paragraph": _page(counted("<p>The board said that bridge {} will open in May.</p>")),
    "html links": _page(repeated("<a href='b'>a</a> ")),
    "html breaks": _page(repeated("<br>")),
    "html spaces": _page(repeated(" ")),
    "html sup": _page(repeated("<sup>")),
    "html sup link": _page(repeated("<sup><a>")),
    "html blank sup": _page(repeated("<sup>" + " " * 90)),
    "html meta": repeated("<meta "),
    "html published": repeated("published_time'"),
    "html link": repeated("<link "),
    "html script": _page(repeated("<script>")),
    "html json": lambda size: f'<script type="application/ld+json">{"[" * size}</script><p>A</p>',
    "html dates": _page(repeated("<time datetime='2031-05-02'>May 2</time>")),
    "html quotes deep": _page(repeated("<blockquote>")),
    "html headings": _page(repeated("<h2>a</h2>")),
}
