"""Roles: who holds what post where, from a title before a name or an apposition after it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.extract.draft import Draft
from generator.extract.grammar import grammar
from generator.extract.layers import Layers, Line
from generator.extract.name_words import STOPS, vocabulary
from generator.extract.names import Name
from generator.extract.verbs import is_finite
from generator.extract.wording import sentence
from generator.extract.words import Word
from generator.model import Span

REACH = 9
"""How many words an apposition's title may be long."""
COPULAS = ("is", "was")
DESCRIBED = 5
"""How many words may describe a body between `of` and its name."""


def roles(layers: Layers) -> Iterator[Draft]:
    """The roles of a text; a person's title is stated once."""
    stated: set[tuple[str, str]] = set()
    for line in layers.lines:
        for name in line.names:
            if name.kind != "person" or name.via != "name":
                continue
            for rule in (_before_comma, _before_phrase, _before, _after, _heading):
                draft = rule(layers, line, name)
                if draft and (key := (name.id, str(draft.values["title"]))) not in stated:
                    stated.add(key)
                    yield draft


def _title(words: str) -> str:
    return " ".join(words.split()).casefold()


def _before(layers: Layers, line: Line, name: Name) -> Draft | None:
    """`Norvanian president Ivo Brand`, `President Ivo Brand of Norvania`."""
    if name.title is None:
        return None
    address = vocabulary(layers.lexicons).address
    words = _title(name.title.of(layers.text))
    if words.rstrip(".").capitalize() in address:
        return None
    start = name.title.start
    org = next(
        (n for n in line.names if n.kind in ("place", "organisation") and 0 <= start - n.end <= 3 and n.start < start),
        None,
    )
    org = org or next(
        (n for n in line.names if name.title.start <= n.start < name.title.end and n.kind in ("place", "organisation")),
        None,
    )
    org = org or _owner(layers, line, line.at(name.title.start) - 1)
    end = name.end
    if org is None:
        org, end = _of(layers, line, name.end)
    else:
        start = min(start, org.start)
    if org and org.start >= name.title.start and org.end <= name.title.end:
        behind = layers.text[org.end : name.title.end].removeprefix("'s").removeprefix("’s")
        before = layers.text[name.title.start : org.start].split()[-1:]
        was = before if before and before[0].casefold() in vocabulary(layers.lexicons).title_before else []
        words = _title(" ".join([*was, behind]))  # `former | central bank | governor Ana Belk`
    return _role(layers, name, words, org, Span(start, end), "role-title")


def _of(layers: Layers, line: Line, end: int) -> tuple[Name | None, int]:
    """The country or body after `of`: `President A B of Tovania`."""
    at = line.at(end - 1) + 1
    if at + 1 < len(line.words) and line.words[at].lower in ("of", "at", "for"):
        first = at + 1
        while first < len(line.words) and first - at < DESCRIBED and _describes(line.words[first]):
            first += 1  # `head of the relief group | Open Hands`
        reach = line.words[min(first, len(line.words) - 1)].start
        org = next(
            (n for n in line.names if n.kind in ("place", "organisation") and line.words[at].end <= n.start <= reach),
            None,
        )
        if org:
            return org, org.end
    return None, end


def _describes(word: Word) -> bool:
    """Whether a word may stand between `of` and a name: an article, or a plain noun or adjective."""
    return word.lower in ("the", "a", "an") or (word.alphabetic and not word.capital and word.lower not in STOPS)


def _before_comma(layers: Layers, line: Line, name: Name) -> Draft | None:
    """`Its foreign minister, Vera Lind,`: a title set off before the name."""
    at = line.at(name.title.start if name.title else name.start)
    titles = vocabulary(layers.lexicons).titles
    if at < 2 or line.words[at - 1].text != "," or line.words[at - 2].lower not in titles:
        return None
    first = at - 2
    while (
        first > 0 and line.words[first - 1].alphabetic and at - first < 7 and line.words[first - 1].lower not in _EDGES
    ):
        first -= 1
    owner = first - 1 if first and line.words[first - 1].lower in _OWNERS else first
    if owner == first and first > 0 and line.words[first - 1].lower not in ("the", "'s"):
        return None
    words = _title(layers.text[line.words[first].start : line.words[at - 2].end])
    place = next(
        (
            n
            for n in line.names
            if first and line.words[first - 1].lower == "'s" and n.end == line.words[first - 1].start
        ),
        None,
    )
    owned = place or _owner(layers, line, owner)
    start = line.words[owner].start if owned is None or owned.start > line.words[owner].start else owned.start
    return _role(layers, name, words, owned, Span(start, name.end), "role-before-comma")


def _before_phrase(layers: Layers, line: Line, name: Name) -> Draft | None:
    """`A spokesman for the harbour ministry, Odo Brant,`: a title with the body it is of, set off before the name."""
    words, at = line.words, line.at(name.title.start if name.title else name.start)
    behind = line.at(name.end - 1) + 1
    if at < 4 or words[at - 1].text != "," or behind >= len(words) or words[behind].text not in ",.":
        return None
    titles = vocabulary(layers.lexicons).titles
    for index in range(at - 3, max(0, at - REACH), -1):
        if not words[index + 1].alphabetic and words[index + 1].lower != "'s":
            return None
        if words[index].lower in titles and words[index + 1].lower in ("of", "for", "at"):
            org, _ = _of(layers, line, words[index].end)
            first = index
            while first and words[first - 1].alphabetic and words[first - 1].lower not in _EDGES:
                first -= 1
            if org is None or org.end != words[at - 2].end:
                return None
            start = words[first - (first > 0 and words[first - 1].lower in ("the", "a", "an"))].start
            title = _title(Span(words[first].start, words[index].end).of(layers.text))
            return _role(layers, name, title, org, Span(start, name.end), "role-before-comma")
    return None


def _owner(layers: Layers, line: Line, at: int) -> Name | None:
    """The body whose post it is: `the council's chair`, `the ministry's spokesman`, `Its minister`."""
    if at + 1 < len(line.words) and line.words[at].lower in _OWNERS:
        return next(
            (n for n in line.names if n.start == line.words[at].start and n.kind in ("place", "organisation")), None
        )
    if at > 1 and line.words[at - 1].lower == "'s":
        return next(
            (n for n in line.names if n.end == line.words[at - 2].end and n.kind in ("place", "organisation")), None
        )
    return None


def _field(line: Line, head: int) -> tuple[int, int]:
    """What a post is of where no known body is named: the word after its title, and where the phrase ends.

    `director | of epidemiology` belongs to the title; `an analyst | at Brenn Securities` does not.
    """
    words = line.words
    if head >= len(words) or words[head].lower not in ("of", "at", "for", "with"):
        return head, words[head - 1].end
    last = head + 1
    while last < len(words) and last - head < REACH and words[last].alphabetic and words[last].lower not in _VERBS:
        last += 1
    plain = words[head].lower == "of" and not any(w.capital for w in words[head:last])
    return (last if plain else head), words[last - 1].end


_VERBS = frozenset(
    ["said", "says", "told", "who", "which", "that", "and", "is", "was", "has", "had", "will", "would", "in", "on"]
)


def _unowned(words: str) -> str:
    """A title without whose it is: `the union's general secretary`."""
    return _title(OWNED.sub("", words))


OWNED = re.compile(r"^.*?['’]s\s+")


def _heading(layers: Layers, line: Line, name: Name) -> Draft | None:
    """`Bertil Quist, who heads the mission`, `Ada Lund, who chairs the board`."""
    words, at = line.words, line.at(name.end - 1) + 1
    if at + 3 >= len(words) or words[at].text != "," or words[at + 1].lower != "who":
        return None
    verb = words[at + 2].lower
    post = layers.lexicons["names"]["titles"]["heading"].get(verb)
    body = next(
        (n for n in line.names if 0 <= n.start - words[at + 2].end <= 5 and n.kind in ("place", "organisation")), None
    )
    if not post or body is None:
        return None
    return _role(layers, name, post, body, Span(name.start, body.end), "role-heading")


_EDGES = frozenset(
    [
        "the",
        "a",
        "an",
        "his",
        "her",
        "its",
        "their",
        "our",
        "my",
        "'s",
        "and",
        "or",
        "of",
        "in",
        "at",
        "on",
        "by",
        "for",
        "from",
        "to",
        "with",
        "said",
    ]
)
_OWNERS = frozenset(["his", "her", "its", "their", "our", "my"])


def _after(layers: Layers, line: Line, name: Name) -> Draft | None:
    """`Ana Lund, deputy spokesperson at the harbour ministry`."""
    at = line.at(name.end - 1) + 1
    words = line.words
    if at >= len(words) or words[at].text != ",":
        return None
    first = at + 1
    while first < len(words) and words[first].lower in ("the", "a", "an", "who", "is", "was"):
        first += 1
    titles = vocabulary(layers.lexicons).titles
    last = head = first
    if first < len(words) and words[first].lower in ("according", "said", "told"):
        return None
    while last < len(words) and last - first < REACH and (words[last].alphabetic or words[last].lower == "'s"):
        if words[last].lower in titles:
            head = last + 1
        if words[last].lower in ("of", "at", "for", "in", "on", "with", "said", "told", "who", "and"):
            break
        last += 1
    rules = grammar(layers.lexicons)
    if head == first or any(is_finite(words, i, rules) and words[i].lower not in COPULAS for i in range(at + 1, head)):
        return None  # `Ana Belk, has asked the mayor`
    if head < len(words) and any(n.start == words[head].start for n in line.names if n.kind == "person"):
        return None  # `chairman Ana Belk, Secretary Odo Brant`: the title is the next one's
    org, end = _of(layers, line, words[head - 1].end)
    if org is None:
        head, end = _field(line, head)
        org, end = (
            _of(layers, line, end) if line.at(end - 1) + 1 == head else (None, end)
        )  # `curator of bronzes at the …`
    start, comma = words[first].start, words[at].start
    owner = next(
        (n for n in line.names if comma < n.start < words[head - 1].start and n.kind in ("place", "organisation")),
        None,
    )
    if org is None and owner is not None:
        org = owner
    title = _unowned(
        layers.text[(owner.end if owner is not None else start) : words[head - 1].end]
        .removeprefix("'s")
        .removeprefix("’s")
    )
    at = line.at(end - 1) + 1
    if org and at + 1 < len(words) and words[at].lower == "in" and words[at + 1].capital:
        end = next((n.end for n in line.names if n.start == words[at + 1].start), end)
    return _role(layers, name, title, org, Span(name.start, end), "role-apposition")


def _role(layers: Layers, name: Name, title: str, org: Name | None, quote: Span, rule: str) -> Draft:
    who = layers.entities[name.id].name
    of = f", {layers.entities[org.id].name}" if org else ""
    return Draft(
        kind="role",
        quote=quote,
        rule=rule,
        trigger=name.span if rule == "role-title" else quote,
        text=sentence(f"{who}: {title.strip()}{of}"),
        values={"title": title.strip(), "org": org.id if org else None, "who": (name.id,)},
    )
