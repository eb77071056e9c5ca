"""The records of one place of the index: the terms they are found by, what results show of them, and what they can be filtered by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.aggregate.subjects import GROUPS
from generator.finding.coding import number, numbers, steps
from generator.finding.places import day_of
from generator.finding.postings import Held
from generator.finding.record import Record
from generator.finding.words import split

META, LONG, SHORT, TITLE = range(4)
"""How much a term says of a record: it stands beside it, in a long text or as a name, in a short text or several times, in its title."""
BRIEF = 12
"""Words of a short text."""
NAME = 5
"""Words of a title that names something; what is longer is a headline, and weighs as a short text."""
WEIGHTS = {"title": TITLE, "": LONG, "names": LONG}
"""Of a term in the title, in the text, and in the names that it does not spell; `META` elsewhere."""
BESIDE = ("names", "more", "kind", "date", "state", "cite")
SHOWN = ("title", "kind", "date", "state", "cite", "names")
"""What a result shows of `meta`, in the order of `seek.js`."""
FACET = "={}={}"
"""The term of a facet's value; no word looks like it."""
Facets = tuple[str, str, int, tuple[tuple[int, str], ...]]
"""Kind, year, day as `places.day_of` has it, subjects as number of their group and title."""


def held(records: Sequence[Record]) -> dict[str, Held]:
    """By term, what the postings of a place hold."""
    where: dict[str, list[str]] = {}
    at: dict[str, list[str]] = {}
    for rank, record in enumerate(records):
        for term, (weight, places) in _terms(record).items():
            where.setdefault(term, []).append(number(rank << 2 | weight))
            at.setdefault(term, []).append((steps(places) if len(places) > 1 else number(places[0])) + ",")
        for group in GROUPS:
            for title in dict.fromkeys(record.facets.get(group, ())):
                term = FACET.format(group, title)
                where.setdefault(term, []).append(number(rank << 2))
                at.setdefault(term, []).append(",")
    return {term: ("".join(told), "".join(at[term]), len(told)) for term, told in where.items()}


def _terms(record: Record) -> dict[str, tuple[int, list[int]]]:
    """Terms with their weight and their places in order; fields stand apart, so that no phrase runs from one to the next."""
    found: dict[str, tuple[int, list[int]]] = {}
    start = 0
    for name, text in _fields(record):
        told = split(text)
        weight = WEIGHTS.get(name, META)
        again = SHORT if not name else weight
        if (not name and len(told) <= BRIEF) or (name == "title" and len(told) > NAME):
            weight = SHORT
        for term, n in told:
            known = found.get(term)
            if known is None:
                found[term] = (weight, [start + n])
            elif known[1][-1] < start + n:
                known[1].append(start + n)
                found[term] = (max(known[0], again if known[1][0] >= start else weight), known[1])
        start += max((n for _, n in told), default=-1) + 2
    return found


def _fields(record: Record) -> Iterable[tuple[str, str]]:
    """The texts of a record with their names; that of its content is empty."""
    texts = (
        ("title", record.meta.get("title", "")),
        ("", record.content),
        *((n, record.meta.get(n, "")) for n in BESIDE),
    )
    return ((name, text) for name, text in texts if text)


def shown(record: Record, url: str) -> list[str]:
    """What a result needs: its address, its text, and `SHOWN`; empty texts at the end are left out."""
    told = [url + (f"#{record.anchor}" if record.anchor else ""), record.content]
    told += [record.meta.get(name, "") for name in SHOWN]
    while not told[-1]:
        told.pop()
    return told


def facets(record: Record) -> Facets:
    """What a record can be filtered and sorted by."""
    kind, year = ("".join(record.facets.get(name, ())[:1]) for name in ("kind", "year"))
    subjects = ((n, title) for n, name in enumerate(GROUPS) for title in record.facets.get(name, ()))
    return kind, year, day_of(record.day), tuple(dict.fromkeys(subjects))


def kinds_and_years(places: Sequence[tuple[int, Sequence[Facets]]]) -> dict[str, object]:
    """A year's kinds and years by place: `of` has steps of places, then of each record its kind + kinds × its year; a place ends with `;`."""
    kinds = sorted({kind for _, records in places for kind, *_ in records})
    years = sorted({year for _, records in places for _, year, *_ in records})
    code = {(kind, year): number(k + len(kinds) * y) for k, kind in enumerate(kinds) for y, year in enumerate(years)}
    told, before = [], 0
    for place, records in places:
        told.append(number(place - before) + "".join(code[kind, year] for kind, year, *_ in records) + ";")
        before = place
    return {"kinds": kinds, "years": years, "of": "".join(told)}


def subjects_and_days(places: Sequence[tuple[int, Sequence[Facets]]]) -> dict[str, object]:
    """A year's subjects, the most frequent first, as group and title; `of` as above, of each record its day and its subjects.

    A place begins with the numbers of its own subjects, up to `,`; records name these by their rank there, and end with `.`. A day is how many days
    it is after that of the place, doubled, or before it, doubled and less one, plus one; 0 for none.
    """
    counts: dict[tuple[int, str], int] = {}
    for subject in (s for _, records in places for *_, subjects in records for s in subjects):
        counts[subject] = counts.get(subject, 0) + 1
    table = {s: n for n, s in enumerate(sorted(counts, key=lambda s: (-counts[s], s)))}
    told, before = [], 0
    for place, records in places:
        own = {s: n for n, s in enumerate(dict.fromkeys(s for *_, subjects in records for s in subjects))}
        told += [number(place - before), numbers(table[s] for s in own), ","]
        for _, _, day, subjects in records:
            told += [_day(day, place >> 6), numbers(own[s] for s in subjects), "."]
        told.append(";")
        before = place
    return {"subjects": [f"{group}{title}" for group, title in table], "of": "".join(told)}


def _day(day: int, of_place: int) -> str:
    after = day - of_place
    return number((2 * after if after >= 0 else -2 * after - 1) + 1) if day else number(0)
