"""The files of a search index read back, as the theme's script reads them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import accumulate, groupby
from pathlib import Path

from generator.finding.coding import NUMBER, read, read_all
from generator.finding.places import part, shelf

ENTRY = re.compile(f"({NUMBER})([^;]*);")


def held(path: Path) -> object:
    """What a file of the index hands over."""
    raw = path.read_text(encoding="utf-8")
    assert raw.startswith("searched("), path
    assert raw.endswith(")\n"), path
    return json.loads(raw[9:-2])


@dataclass(frozen=True)
class Found:
    """A record by its place and its rank there."""

    place: int
    rank: int


class Index:
    """The index in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        told = held(folder / "index.js")
        assert isinstance(told, dict)
        self.told = told

    def terms(self) -> dict[str, dict[Found, tuple[int, list[int]]]]:
        """Every term with the records that hold it: how much it weighs there, and its places in the text."""
        found = {}
        names = self.told["words"]
        for n, name in enumerate(names):
            told = held(self.folder / "words" / f"{name}.js")
            assert isinstance(told, dict)
            assert list(told) == sorted(told)
            for term, texts in told.items():
                cuts = self.told["cuts"]
                assert n == 0 or cuts[n - 1] <= term
                assert n == len(cuts) or term < cuts[n]
                where, at = [held(self.folder / "words" / f"{t}.js") for t in texts[1:]] if len(texts) == 3 else texts
                found[term] = _postings(str(where), str(at))
                assert len(texts) < 3 or texts[0] == len(found[term])
        return found

    def shown(self, one: Found) -> list[str]:
        """What a result shows of a record: its address first, then its text."""
        of = shelf(one.place)
        cut = self.told["parts"].get(str(of), 0)
        name = f"{of}-{part(one.place, cut)}" if cut else str(of)
        told = held(self.folder / "records" / f"{name}.js")
        assert isinstance(told, dict)
        return list(told[str(one.place)][one.rank])

    def kinds(self) -> dict[Found, tuple[str, str]]:
        """The kind and the year of every record."""
        found = {}
        for _, _, name, *_ in self.told["years"]:
            told = held(self.folder / "years" / f"{name}.js")
            assert isinstance(told, dict)
            kinds, years = told["kinds"], told["years"]
            for place, inner in _places(told["of"]):
                for rank, code in enumerate(read_all(inner)):
                    found[Found(place, rank)] = kinds[code % len(kinds)], years[code // len(kinds)]
        return found

    def subjects(self) -> dict[Found, tuple[int, set[str]]]:
        """The day of every record that stands in a year, counted from the year 1, and its subjects."""
        found = {}
        for _, _, _, *names in self.told["years"]:
            for name in names:
                told = held(self.folder / "years" / f"{name}.js")
                assert isinstance(told, dict)
                for place, inner in _places(told["of"]):
                    own, _, records = inner.partition(",")
                    table = [told["subjects"][n] for n in read_all(own)]
                    for rank, text in enumerate(records.split(".")[:-1]):
                        code, *ranks = read_all(text)
                        day = shelf(place) + (code - 1) // 2 if code % 2 else shelf(place) - code // 2
                        found[Found(place, rank)] = (day if code else 0, {table[n] for n in ranks})
        return found


def _places(text: str) -> list[tuple[int, str]]:
    gaps = ENTRY.findall(text)
    return list(zip(accumulate(read(gap) for gap, _ in gaps), (inner for _, inner in gaps), strict=True))


def _postings(where: str, at: str) -> dict[Found, tuple[int, list[int]]]:
    inner = iter(at.replace(";", "").split(","))
    found = {}
    for place, told in _places(where):
        for value in read_all(told):
            found[Found(place, value >> 2)] = value & 3, list(accumulate(read_all(next(inner))))
    assert [len(list(group)) for _, group in groupby(one.place for one in found)] == [
        part.count(",") for part in at.split(";")[:-1]
    ]
    return found
