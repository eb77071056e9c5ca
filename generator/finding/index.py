"""The index in tables, and its files made of them: a function of what can be found alone, whatever came and went before.

An update reads and makes anew what a page that changed touches: the postings of its terms, the files these stand in, the file of its
day, those of its year.

Terms in their order are cut into files before every term whose hash says so, so that one term more moves no other. What a
term weighs most stands in files of its own. Files but those of records are named by their content.
"""

from __future__ import annotations

from base64 import b32encode
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import itemgetter
from zlib import crc32

from msgspec import json
from msgspec.msgpack import Decoder

from generator.finding.leaf import Facets, facets, held, kinds_and_years, shown, subjects_and_days
from generator.finding.places import UNDATED, WITHIN, day_of, part, parts, place, shelf, year
from generator.finding.postings import Held, Postings
from generator.finding.record import Findable, Record
from generator.store import Store, digest, packed

MANIFEST = "index.js"
CUT = 64
"""Terms of a file, on average."""
LARGE = 2048
"""Characters of postings that have files of their own."""
AT_ONCE = 2000
"""Places whose changes are in memory together."""
TABLES = (
    "search_pages (place INTEGER, path TEXT, key BLOB, url TEXT, held INTEGER, facets BLOB, records BLOB, PRIMARY KEY (place, path))",
    "search_terms (term TEXT PRIMARY KEY, records INTEGER, own TEXT, places BLOB, held TEXT, at TEXT)",
    "search_shards (first TEXT PRIMARY KEY, files BLOB)",
    "search_shelves (shelf INTEGER PRIMARY KEY, parts INTEGER, files BLOB)",
    "search_years (year TEXT PRIMARY KEY, totals BLOB, files BLOB)",
)
Files = dict[str, bytes]
"""Hashes of files by their names."""
Totals = tuple[int, dict[str, int], dict[str, int]]
"""How many records, and how many of each kind and year."""
_RECORDS = Decoder(list[Record])
_FACETS = Decoder(list[Facets])
_FILES = Decoder(list[tuple[str, bytes]])
_TOTALS = Decoder(Totals)


@dataclass
class Touched:
    """What an update has to make anew."""

    terms: set[str] = field(default_factory=set)
    places: set[int] = field(default_factory=set)
    """Where results show something else."""
    years: set[str] = field(default_factory=set)
    """Of which something else can be chosen or counted."""


def named(raw: bytes) -> str:
    """What a file is called by its content."""
    return b32encode(digest(raw)).decode()[:10].lower()


def told(value: object) -> bytes:
    """A file of the index: a script that hands over a value, so that it loads without a server, too."""
    return b"searched(" + json.encode(value) + b")\n"


class Index:
    """The tables of a store."""

    def __init__(self, store: Store) -> None:
        self._db = store.connection
        for table in TABLES:
            self._db.execute(f"CREATE TABLE IF NOT EXISTS {table}")

    def update(self, pages: Iterable[Findable], url: Callable[[str], str]) -> Touched:
        """Bring the tables up to what can be found now, each page once; `url` gives its address. Only pages with another key are made."""
        left: dict[str, bytes] = dict(self._db.execute("SELECT path, key FROM search_pages"))
        new: dict[str, tuple[Findable, bytes]] = {}
        for page in pages:
            key = b"%b %b %b" % (page.key, page.day.encode(), url(page.path).encode())
            if left.pop(page.path, None) != key:
                new[page.path] = page, key
        before = self._places([*left, *new])
        changed: dict[int, dict[str, tuple[Findable, bytes]]] = {}
        for path, (page, key) in new.items():
            changed.setdefault(place(path, day_of(page.day)), {})[path] = page, key
        gone = {path for path, at in before.items() if path not in changed.get(at, {})}
        order = sorted({*changed, *(before[path] for path in gone)})
        touched = Touched()
        for start in range(0, len(order), AT_ONCE):
            edits: dict[str, dict[int, Held | None]] = {}
            for at in order[start : start + AT_ONCE]:
                for term, now in self._replaced(at, changed.get(at, {}), gone, url, touched):
                    edits.setdefault(term, {})[at] = now
            self._edit(edits)
            touched.terms.update(edits)
        return touched

    def _places(self, paths: Sequence[str]) -> dict[str, int]:
        """The places of those of some pages that have one."""
        asked = "SELECT path, place FROM search_pages WHERE path IN (SELECT value FROM json_each(?))"
        return dict(self._db.execute(asked, (json.encode(paths).decode(),)))

    def _replaced(
        self,
        at: int,
        changed: Mapping[str, tuple[Findable, bytes]],
        gone: set[str],
        url: Callable[[str], str],
        touched: Touched,
    ) -> Iterator[tuple[str, Held | None]]:
        """Replace the pages of a place; the terms that stand there otherwise than before, each with what is held now."""
        asked = "SELECT path, url, facets, records FROM search_pages WHERE place = ?"
        before = {path: tuple(row) for path, *row in self._db.execute(asked, (at,))}
        now = {path: row for path, row in before.items() if path not in gone}
        for path in before.keys() - now.keys():
            self._db.execute("DELETE FROM search_pages WHERE place = ? AND path = ?", (at, path))
        for path, (page, key) in changed.items():
            records = page.records()
            row = now[path] = (url(path), packed([facets(r) for r in records]), packed(records))
            if row == before.get(path):  # its key may hold more than what it is made of
                self._db.execute("UPDATE search_pages SET key = ? WHERE place = ? AND path = ?", (key, at, path))
            else:
                found = (at, path, key, row[0], len(records), *row[1:])
                self._db.execute("INSERT OR REPLACE INTO search_pages VALUES (?, ?, ?, ?, ?, ?, ?)", found)
        if now == before:
            return
        touched.places.add(at)
        if [row[1] for _, row in sorted(now.items())] != [row[1] for _, row in sorted(before.items())]:
            touched.years.add(year(shelf(at)))
        old, new = _held(before), _held(now)
        for term in old.keys() | new.keys():
            if old.get(term) != new.get(term):
                yield term, new.get(term)

    def _edit(self, edits: Mapping[str, Mapping[int, Held | None]]) -> None:
        """Change the postings of terms."""
        kept, gone = [], []
        asked = "SELECT records, places, held, at FROM search_terms WHERE term = ?"
        for term in sorted(edits):
            row = self._db.execute(asked, (term,)).fetchone()
            now = (Postings(*row) if row else Postings()).edited(edits[term])
            if now.records:
                own = " ".join(map(named, map(told, (now.where, now.at)))) if len(now.where) > LARGE else ""
                kept.append((term, now.records, own, now.places, now.where, now.at))
            else:
                gone.append((term,))
        self._db.executemany("INSERT OR REPLACE INTO search_terms VALUES (?, ?, ?, ?, ?, ?)", kept)
        self._db.executemany("DELETE FROM search_terms WHERE term = ?", gone)

    def files(self) -> Files:
        """The hash of every file but the manifest by its name, as they were made last."""
        tables = ("search_shards", "search_shelves", "search_years")
        rows = (raw for table in tables for (raw,) in self._db.execute(f"SELECT files FROM {table}"))
        return {name: hashed for raw in rows for name, hashed in _FILES.decode(raw)}

    def made(self, touched: Touched | None) -> Iterator[tuple[str, bytes]]:
        """Make files anew by what an update touched, or all of them where that is None; the manifest comes last."""
        yield from self._shards(touched)
        yield from self._shelves(touched)
        yield from self._years(touched)
        yield MANIFEST, self._manifest()

    def _shards(self, touched: Touched | None) -> Iterator[tuple[str, bytes]]:
        """The files of terms."""
        firsts, dirty = self._all_cuts() if touched is None else self._cuts(touched.terms)
        former = [first for (first,) in self._db.execute("SELECT first FROM search_shards")]
        self._db.executemany("DELETE FROM search_shards WHERE first = ?", ((f,) for f in {*former} - {*firsts}))
        for first in sorted(dirty):
            after = bisect_right(firsts, first)
            bound, end = ("AND term < ?", (firsts[after],)) if after < len(firsts) else ("", ())
            rows = self._db.execute(
                "SELECT term, records, own, iif(own = '', held, ''), iif(own = '', at, '') FROM search_terms "
                f"WHERE term >= ? {bound} ORDER BY term",
                (first, *end),
            )
            names: list[str] = []
            terms: dict[str, list[int | str]] = {}
            for term, records, own, *texts in rows:
                terms[term] = [records, *own.split()] if own else texts
                names += own.split()
                if own and (touched is None or term in touched.terms):
                    yield from self._own(term, own)
            raw = told(terms)
            yield _word_file(named(raw)), raw
            row = (first, packed([(_word_file(name), name.encode()) for name in (named(raw), *names)]))
            self._db.execute("INSERT OR REPLACE INTO search_shards VALUES (?, ?)", row)

    def _own(self, term: str, names: str) -> Iterator[tuple[str, bytes]]:
        """The files of a term that has its own."""
        texts = self._db.execute("SELECT held, at FROM search_terms WHERE term = ?", (term,)).fetchone()
        return ((_word_file(name), told(text)) for name, text in zip(names.split(), texts, strict=True))

    def _all_cuts(self) -> tuple[list[str], set[str]]:
        """The first terms of all files, all of them to be made."""
        terms = [term for (term,) in self._db.execute("SELECT term FROM search_terms ORDER BY term")]
        firsts = ["", *filter(_is_first, terms)] if terms else []
        return firsts, {*firsts}

    def _cuts(self, touched: set[str]) -> tuple[list[str], set[str]]:
        """The first terms of all files, and of those that hold some terms, or did."""
        former = {first for (first,) in self._db.execute("SELECT first FROM search_shards")}
        cuts = set(filter(_is_first, touched))
        asked = "SELECT 1 FROM search_terms WHERE term = ?"
        present = {term for term in cuts if self._db.execute(asked, (term,)).fetchone()}
        some = self._db.execute("SELECT 1 FROM search_terms LIMIT 1").fetchone()
        firsts = sorted((former - cuts) | present | {""}) if some else []
        dirty = {firsts[bisect_right(firsts, term) - 1] for term in touched if firsts}
        return firsts, dirty | {firsts[bisect_left(firsts, cut) - 1] for cut in cuts if firsts}

    def _shelves(self, touched: Touched | None) -> Iterator[tuple[str, bytes]]:
        """The files of records."""
        if touched is None:
            self._db.execute("DELETE FROM search_shelves")
            places = {at for (at,) in self._db.execute("SELECT DISTINCT place FROM search_pages")}
        else:
            places = touched.places
        for one, group in groupby(sorted(places), shelf):
            first, last = _range(one)
            (held,) = self._db.execute(
                "SELECT SUM(held) FROM search_pages WHERE place BETWEEN ? AND ?", (first, last)
            ).fetchone()
            row = self._db.execute("SELECT parts, files FROM search_shelves WHERE shelf = ?", (one,)).fetchone()
            cut = parts(one, held or 0)
            files: Files = dict(_FILES.decode(row[1])) if row and row[0] == cut else {}
            for n in sorted({part(at, cut) for at in group} if files else range(1 << cut)):
                name = f"records/{one}-{n}.js" if cut else f"records/{one}.js"
                width = (last + 1 - first) >> cut
                if raw := self._records(first + n * width, first + (n + 1) * width - 1):
                    files[name] = digest(raw)
                    yield name, raw
                else:
                    files.pop(name, None)
            if files:
                self._db.execute("INSERT OR REPLACE INTO search_shelves VALUES (?, ?, ?)", (one, cut, _packed(files)))
            else:
                self._db.execute("DELETE FROM search_shelves WHERE shelf = ?", (one,))

    def _records(self, first: int, last: int) -> bytes:
        """The file of the records of some places; empty where there are none."""
        rows = self._db.execute(
            "SELECT place, url, records FROM search_pages WHERE place BETWEEN ? AND ? ORDER BY place, path",
            (first, last),
        )
        found: dict[str, list[list[str]]] = {}
        for at, url, raw in rows:
            found.setdefault(str(at), []).extend(shown(record, url) for record in _RECORDS.decode(raw))
        return told(found) if found else b""

    def _years(self, touched: Touched | None) -> Iterator[tuple[str, bytes]]:
        """The files of years."""
        if touched is None:
            self._db.execute("DELETE FROM search_years")
            rows = self._db.execute("SELECT DISTINCT place FROM search_pages")
            years = {year(shelf(at)) for (at,) in rows}
        else:
            years = touched.years
        for one in sorted(years):
            shelves = _shelves_of(one)
            rows = self._db.execute(
                "SELECT place, facets FROM search_pages WHERE place BETWEEN ? AND ? ORDER BY place, path",
                (_range(shelves[0])[0], _range(shelves[1])[1]),
            )
            places = [
                (at, [facet for _, raw in pages for facet in _FACETS.decode(raw)])
                for at, pages in groupby(rows, itemgetter(0))
            ]
            if not places:
                self._db.execute("DELETE FROM search_years WHERE year = ?", (one,))
                continue
            found = [told(kinds_and_years(places))]
            if any(day or subjects for _, records in places for *_, day, subjects in records):
                found.append(told(subjects_and_days(places)))
            names = [f"years/{named(raw)}.js" for raw in found]
            yield from zip(names, found, strict=True)
            files = [(name, digest(raw)) for name, raw in zip(names, found, strict=True)]
            row = (one, packed(_totals(places)), packed(files))
            self._db.execute("INSERT OR REPLACE INTO search_years VALUES (?, ?, ?)", row)

    def _manifest(self) -> bytes:
        """What the script reads first: where all else is, and how much there is."""
        shards = self._db.execute("SELECT first, files FROM search_shards ORDER BY first").fetchall()
        years, totals = [], []
        for one, raw, files in self._db.execute("SELECT year, totals, files FROM search_years ORDER BY year"):
            rows = self._db.execute(
                "SELECT files FROM search_shelves WHERE shelf BETWEEN ? AND ? ORDER BY shelf", _shelves_of(one)
            )
            version = named(b"".join(held for (held,) in rows))
            years.append([one, version, *(_stem(name) for name, _ in _FILES.decode(files))])
            totals.append(_TOTALS.decode(raw))
        split = self._db.execute("SELECT shelf, parts FROM search_shelves WHERE parts > 0 ORDER BY shelf")
        return told(
            {
                "records": sum(n for n, *_ in totals),
                "kind": _summed(kinds for _, kinds, _ in totals),
                "year": _summed(of_years for *_, of_years in totals),
                "cuts": [first for first, _ in shards[1:]],
                "words": [_stem(_FILES.decode(files)[0][0]) for _, files in shards],
                "years": years,
                "parts": {str(one): n for one, n in split},
            }
        )


def _word_file(name: str) -> str:
    return f"words/{name}.js"


def _is_first(term: str) -> bool:
    return crc32(term.encode()) % CUT == 0


def _held(pages: Mapping[str, tuple[str, bytes, bytes]]) -> dict[str, Held]:
    return held([record for path in sorted(pages) for record in _RECORDS.decode(pages[path][2])])


def _range(shelf: int) -> tuple[int, int]:
    """The first and the last place of a shelf."""
    return (shelf << WITHIN, (shelf + 1 << WITHIN) - 1) if shelf else (0, (1 << UNDATED) - 1)


def _shelves_of(year: str) -> tuple[int, int]:
    """The first and the last shelf of a year."""
    return (date(int(year), 1, 1).toordinal(), date(int(year), 12, 31).toordinal()) if year else (0, 0)


def _packed(files: Files) -> bytes:
    return packed(sorted(files.items()))


def _stem(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".js")


def _totals(places: Iterable[tuple[int, Sequence[Facets]]]) -> Totals:
    found = [facet for _, records in places for facet in records]
    kinds, years = _counted(kind for kind, *_ in found), _counted(of_year for _, of_year, *_ in found)
    return len(found), kinds, years


def _counted(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(filter(None, values)).items()))


def _summed(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for some in counts:
        total.update(some)
    return dict(sorted(total.items()))
