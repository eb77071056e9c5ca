"""What changed, counted: one line for a commit, and one that names every sort of change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from generator import edtf, phrases, telling, telling_changes
from generator.aggregate.difference import Difference
from generator.inert import clipped, inert

LENGTH = 72
"""Characters of a title; what goes beyond, hosts of code cut off."""
UNCHANGED = "Nothing that facts state has changed"

Part = tuple[int, str, str]
"""How many, of what, and what became of them."""
OF_FACTS = (
    ("added", "added by hand"),
    ("corrected", "corrected by hand"),
    ("deleted", "deleted by hand"),
    ("retracted", "retracted"),
    ("disputed", "disputed"),
    ("confirmed", "confirmed"),
    ("unreviewed", "to be reviewed again"),
    ("changed", "read anew"),
    ("removed", "read no longer"),
)
OF_SOURCES = (("changed", "told otherwise"), ("removed", "removed"))
BEYOND = {"newer-figure": "newer figure", "another-date": "changed date", "reported-since": "outcome"}
OF_NAMES = ("merged", "renamed", "confirmed", "changed", "removed", "new")


def parts(found: Difference) -> Iterator[Part]:
    """How many of each sort of change there are, the weightiest first."""
    facts = Counter(telling_changes.change(change) for change in found.facts)
    sources = Counter(change.what for change in found.sources)
    names = Counter(change.what for change in found.names)
    yield sources["new"], "source", ""
    yield facts["new"], "fact", "" if sources["new"] else "new"
    yield len(found.opened), "question", "to settle"
    yield len(found.differing), "contradiction", ""
    for what, words in OF_FACTS:
        yield facts[what], "fact", words
    yield len(found.settled), "question", "settled"
    for what, words in OF_SOURCES:
        yield sources[what], "source", words
    for what in OF_NAMES:
        yield names[what], "name", what
    topics = Counter(change.what for change in found.topics)
    for what in ("changed", "removed", "new"):
        yield topics[what], "topic", what
    for what, count in Counter(beyond.what for beyond in found.beyond).items():
        yield count, BEYOND.get(what) or telling_changes.label(what, found.after).lower(), ""


def _told(given: Iterable[Part]) -> list[str]:
    """Parts in words; the noun is not said again where it is the same."""
    told, last = [], ""
    for count, noun, became in given:
        if count and became == "new":
            told.append(phrases.plural(count, f"new {noun}"))
        elif count:
            head = phrases.number(count) if noun == last and became else phrases.plural(count, noun)
            told.append(f"{head} {became}".strip())
        last = noun if count else last
    return told


def summary(found: Difference) -> str:
    """`1 source, 12 facts, 2 corrected by hand, 1 question to settle`."""
    return ", ".join(_told(parts(found))) or UNCHANGED


def headline(found: Difference) -> str:
    """The title of a commit or pull request: `2 sources, 31 facts: Orb Press, The Ellery Courier`.

    What comes with new sources by itself, new names and what goes beyond older words, is left to the text below it.
    """
    given = [part for part in parts(found) if part[0]]
    brought = ("source", "fact")
    main = [part for part in given if part[1] in (*brought, "contradiction") or part[2] not in ("", "new")]
    told = _told(main or given)
    if not told:
        return UNCHANGED
    title = told[0]
    for rank, part in enumerate(told[1:], 1):
        rest = ", …" if rank + 1 < len(told) else ""
        if len(f"{title}, {part}{rest}") > LENGTH:
            title += ", …"
            break
        title += f", {part}"
    if main and all(noun in brought and not became for _, noun, became in main):
        names = clipped(inert(_outlets(found)), LENGTH - len(title) - 2)
        title += f": {names}" if len(names) > 3 else ""
    return title


def _outlets(found: Difference) -> str:
    """Who brought out what is new, each once; of one source, its title."""
    new = [change.source for change in found.sources if change.what == "new"]
    if len(new) == 1:
        return telling.source_title(new[0].id, found.after)
    outlets = (telling.outlet(source.id, found.after) for source in new)
    names = dict.fromkeys(outlet.name for outlet in outlets if outlet)
    return ", ".join(names) or ", ".join(dict.fromkeys(edtf.human(source.date) for source in new))
