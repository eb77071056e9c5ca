"""The index in a site's folder: a function of what can be found alone, whatever came and went before, to the byte."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from builder import make, tree
from found import Found, Index
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import empty, tiny

from generator import indexing
from generator.aggregate.subjects import GROUPS
from generator.finding import index as tables
from generator.finding import places
from generator.finding.leaf import FACET
from generator.finding.places import day_of
from generator.finding.record import UNDATED, Findable, Record
from generator.finding.words import split
from generator.indexing import FOLDER, IndexFailed, write_index
from generator.search import findable, records
from generator.store import Store, digest, packed


def url(path: str) -> str:
    return path.removesuffix(".md") + ".html"


def written(site: Path, pages: list[Findable], store: Store | None = None) -> Path:
    """The folder of an index, made anew unless a store is given."""
    write_index(pages, site, url, store or Store())
    return site / FOLDER


def page(path: str, day: str, found: list[Record]) -> Findable:
    return Findable(path, day, digest(packed(found)), partial(list, found))


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds that a few records pass."""
    monkeypatch.setattr(tables, "CUT", 4)
    monkeypatch.setattr(tables, "LARGE", 12)
    monkeypatch.setattr(tables, "AT_ONCE", 2)
    monkeypatch.setattr(places, "CHUNK", 2)


@pytest.fixture
def index(tmp_path: Path, small: None) -> Index:
    return Index(written(tmp_path, list(findable(tiny()))))


def test_every_record_is_found_by_each_of_its_words_and_subjects(index: Index) -> None:
    terms = index.terms()
    told = {one: index.shown(one) for one in index.kinds()}
    place = {shown[0]: one for one, shown in told.items()}
    for record in records(tiny()):
        one = place[url(record.path) + (f"#{record.anchor}" if record.anchor else "")]
        assert told[one][1] == record.content
        for text in (record.content, *record.meta.values()):
            for term, _ in split(text):
                assert one in terms[term], (term, text)
        for group in GROUPS:
            for title in record.facets.get(group, ()):
                assert one in terms[FACET.format(group, title)]
    assert index.told["records"] == len(told) == len(records(tiny()))


def test_words_have_their_places_and_what_stands_in_titles_weighs_most(index: Index) -> None:
    terms = index.terms()
    for record in records(tiny()):
        if not record.anchor:
            continue
        found = [one for one in index.kinds() if index.shown(one)[0].endswith(f"#{record.anchor}")]
        for term, at in split(record.content):
            assert at in terms[term][found[0]][1]
    named = next(one for one in index.kinds() if index.shown(one)[0] == "places/brenn-province.html")
    facts = [weight for one, (weight, _) in terms["brenn"].items() if "#" in index.shown(one)[0]]
    assert facts
    assert terms["brenn"][named][0] > max(facts)


def test_kinds_years_days_and_subjects_of_records_are_told(index: Index) -> None:
    kinds, subjects = index.kinds(), index.subjects()
    by_url = {index.shown(one)[0]: one for one in kinds}
    for record in records(tiny()):
        one = by_url[url(record.path) + (f"#{record.anchor}" if record.anchor else "")]
        assert kinds[one] == tuple("".join(record.facets.get(name, ())) for name in ("kind", "year"))
        day, about = subjects.get(one, (0, set()))
        assert day == day_of(record.day)
        assert about == {f"{n}{t}" for n, group in enumerate(GROUPS) for t in record.facets.get(group, ())}
    for n, name in enumerate(("kind", "year")):
        counted = {value: sum(k[n] == value for k in kinds.values()) for value in {k[n] for k in kinds.values()} - {""}}
        assert index.told[name] == counted


def test_the_same_records_make_the_same_bytes(tmp_path: Path) -> None:
    one, two = list(findable(tiny())), list(findable(tiny()))[::-1]
    assert tree(written(tmp_path / "one", one)) == tree(written(tmp_path / "two", two))


WORDS = "harbour bridge council opened the works of Ellery co-operation minister’s 40 Łódź".split()
TEXTS = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
SUBJECTS = st.lists(st.sampled_from(("Ines Varga", 'The "Post"', "__proto__")), max_size=2, unique=True).map(tuple)
DAYS = st.integers(0, 800).map(lambda n: (date(2030, 1, 1) + timedelta(n)).isoformat())
PATHS = st.integers(0, 5)


@st.composite
def pages(draw: st.DrawFn) -> Findable:
    """One of six pages of facts on few days, or one of six names."""
    number, is_name = draw(PATHS), draw(st.booleans())
    path = f"people/p{number}.md" if is_name else f"sources/s{number}.md"
    day = UNDATED if is_name else f"2031-05-0{draw(st.integers(1, 3))}"
    found = [Record(path, "", draw(TEXTS), {"title": draw(TEXTS), "kind": "Name"}, {"kind": ("Name",)}, day)]
    for n in range(0 if is_name else draw(st.integers(0, 3))):
        facets = {"kind": ("Event",), "person": draw(SUBJECTS), "year": (draw(st.sampled_from(("2030", "2031"))),)}
        meta = {"kind": "Event", "names": draw(TEXTS), "more": draw(TEXTS)}
        found.append(Record(path, f"e{n}", draw(TEXTS), meta, facets, draw(st.just(UNDATED) | DAYS)))
    return page(path, day, found)


STATES = st.lists(st.lists(pages(), max_size=8, unique_by=lambda p: p.path), min_size=1, max_size=5)


@settings(deadline=None)
@given(STATES)
def test_what_came_and_went_leaves_no_trace(states: list[list[Findable]]) -> None:
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        for module, name, value in (
            (tables, "CUT", 4),
            (tables, "LARGE", 12),
            (tables, "AT_ONCE", 2),
            (places, "CHUNK", 2),
        ):
            patch.setattr(module, name, value)
        patch.setattr(places, "crc32", lambda raw: sum(raw) // 2)  # places that pages share
        site, store = Path(folder, "warm"), Store()
        for n, state in enumerate(states):
            warm = written(site, state, store)
            cold = written(Path(folder, f"cold{n}"), state)
            assert tree(warm) == tree(cold)


def test_what_does_not_change_is_not_made_or_written(tmp_path: Path) -> None:
    store = Store()
    asked: list[str] = []

    def counting(page: Findable) -> Findable:
        def make() -> list[Record]:
            asked.append(page.path)
            return list(page.records())

        return Findable(page.path, page.day, page.key, make)

    all_pages = [counting(page) for page in findable(tiny())]
    folder = written(tmp_path, all_pages[1:], store)
    assert len(asked) == len(all_pages) - 1
    before = {path: path.stat().st_ino for path in folder.rglob("*.js")}
    written(tmp_path, all_pages[1:], store)
    assert {path: path.stat().st_ino for path in folder.rglob("*.js")} == before
    asked.clear()
    written(tmp_path, all_pages, store)
    assert asked == [all_pages[0].path]
    after = {path: path.stat().st_ino for path in folder.rglob("*.js")}
    assert any(after.get(path) == inode for path, inode in before.items())


def spoiled(folder: Path) -> Iterator[Callable[[], object]]:
    """Ways in which a published index may no longer be what was written."""
    some = next((folder / "records").iterdir())
    yield lambda: some.unlink()
    yield lambda: some.write_text("searched({})\n")
    yield lambda: (folder / "words" / "stale.js").write_text("searched({})\n")
    yield lambda: (folder / "index.js").unlink()
    yield lambda: shutil.rmtree(folder)


@pytest.mark.parametrize("way", range(5))
def test_an_index_that_somebody_touched_is_mended(tmp_path: Path, way: int) -> None:
    store, found = Store(), list(findable(tiny()))
    folder = written(tmp_path, found, store)
    before = tree(folder)
    [*spoiled(folder)][way]()
    assert tree(written(tmp_path, found, store)) == before


def test_without_records_there_is_no_index(tmp_path: Path) -> None:
    store = Store()
    folder = written(tmp_path, list(findable(tiny())), store)
    assert folder.is_dir()
    written(tmp_path, list(findable(empty())), store)
    assert not folder.exists()


def test_a_disk_that_is_full_leaves_no_index_and_why_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, raw: bytes) -> None:
        raise OSError(28, os.strerror(28))

    store = Store()
    folder = written(tmp_path, list(findable(tiny()))[1:], store)
    with monkeypatch.context() as patch:
        patch.setattr(indexing, "_written", full)
        with pytest.raises(IndexFailed, match=r"no search index: .*A–Z"):
            written(tmp_path, list(findable(tiny())), store)
    assert not folder.exists()
    assert tree(written(tmp_path, list(findable(tiny())), store)) == tree(
        written(tmp_path / "cold", list(findable(tiny())))
    )


def test_the_site_stands_without_an_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from generator import mkdocs_plugin
    from generator.sites import build_site

    def fail(*_: object) -> None:
        raise IndexFailed("no search index: the disk is full; the site stands, and its search leads to A–Z")

    told: list[str] = []
    monkeypatch.setattr(mkdocs_plugin, "write_index", fail)
    site = build_site(make(tmp_path / "root"), tell=told.append)
    assert (site.folder / "index.html").is_file()
    assert (site.errors, site.warnings) == (0, 1)
    assert "no search index" in told[-1]


def test_a_place_stays_where_it_is() -> None:
    """A page's place is a promise to readers who have an older part of the index."""
    assert places.place("sources/x.md", day_of("2031-05-02")) == day_of("2031-05-02") << 6 | 8
    assert Found(places.place("people/x.md", 0), 0).place < 1 << 14
