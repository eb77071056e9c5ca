"""Editions: the briefing as of an earlier day, and its pages."""

from __future__ import annotations

import os
import posixpath
import shutil
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from lxml.html import HtmlElement
from tiny import ROOT, empty, tiny

from generator.addresses import ONCE, edition_of, placed
from generator.aggregate.since import previous, since
from generator.base import Conflict
from generator.editions import check_editions, with_editions
from generator.link import Briefing
from generator.model import Mark
from generator.one_file import of_site
from generator.pages import NAV
from generator.pipeline import generate
from generator.render import packaged_templates, render
from generator.search import records
from generator.sites import build_site

FIRST, SECOND = "2031-05-02", "2031-05-20"
DAYS = st.dates(date(2031, 4, 28), date(2031, 5, 25))


def told(briefing: Briefing) -> tuple[object, ...]:
    """All of a briefing that depends on its day."""
    facts = [(s.fact, s.source.id) for s in briefing.statements]
    tables = [list(m) for m in (briefing.sources, briefing.seeds, briefing.files, briefing.readings)]
    return (briefing.as_of, facts, tables, briefing.conflicts, briefing.kept, [e.id for e in briefing.named])


def linked() -> Briefing:
    """The tiny briefing, a fact of its first source linked to two of the second, one of which has an open conflict."""
    briefing = tiny()
    first, *_ = briefing.statements
    *_, other, last = briefing.statements
    fact = replace(first.fact, same_as=(last.fact.id,), unrelated=(other.fact.id, "event-elsewhere"))
    conflict = Conflict(source=last.source.id, fact=last.fact.id, key="when", ours="2031", theirs=None, rule="edited")
    return replace(
        briefing,
        statements=(replace(first, fact=fact), *briefing.statements[1:]),
        conflicts=(conflict,),
        kept=frozenset((last.fact.id,)),
        readings={id_: {} for id_ in briefing.sources},
    )


@given(DAYS, DAYS)
def test_until_takes_the_earlier_of_two_days(one: date, other: date) -> None:
    briefing = linked()
    assert told(briefing.until(one).until(other)) == told(briefing.until(min(one, other)))


@given(DAYS)
def test_until_keeps_the_sources_that_had_come_out(day: date) -> None:
    briefing = linked().until(day)
    assert [s.date for s in briefing.sources.values()] == [d for d in (FIRST, SECOND) if d <= day.isoformat()]
    assert {s.source.id for s in briefing.statements} == set(briefing.sources)
    assert briefing.as_of == min(day.isoformat(), SECOND)


def test_nothing_of_a_later_source_is_left() -> None:
    whole = linked()
    briefing = whole.until(date.fromisoformat(SECOND) - timedelta(days=1))
    assert (briefing.conflicts, briefing.kept) == ((), frozenset())
    assert (briefing.statements[0].fact.same_as, briefing.statements[0].fact.unrelated) == ((), ("event-elsewhere",))
    assert "piet-oran" not in {e.id for e in briefing.named}
    assert briefing.registry == whole.registry


def test_a_source_of_a_month_comes_out_at_its_end() -> None:
    briefing = tiny()
    *_, last = briefing.sources.values()
    month = replace(briefing, sources={**briefing.sources, last.id: replace(last, date="2031-05")}, as_of="2031-05-31")
    assert last.id not in month.until(date(2031, 5, 30)).sources
    assert last.id in month.until(date(2031, 5, 31)).sources


def edited(*days: str) -> Briefing:
    """The tiny briefing with editions."""
    return with_editions(replace(tiny(), settings=replace(tiny().settings, editions=days)))


def test_editions_are_those_that_the_briefing_can_have() -> None:
    briefing = edited("2031-05-01", FIRST, "2031-05-10", SECOND, "2031-05-21")
    assert [e.edition for e in briefing.editions] == [FIRST, "2031-05-10", SECOND]
    assert [e.as_of for e in briefing.editions] == [FIRST, "2031-05-10", SECOND]
    assert [e.edition for e in briefing.editions[1].editions] == [FIRST]
    assert (briefing.edition, briefing.statements) == ("", tiny().statements)
    assert briefing.until(date(2031, 5, 10)).editions == ()
    assert with_editions(tiny()) is tiny()


def test_editions_out_of_reach_are_told_with_their_place() -> None:
    briefing = edited("2031-05-01", FIRST, "2031-05-21")
    marks = {day: Mark("mkdocs.yml", 5, n) for n, day in enumerate(briefing.settings.editions)}
    placed = replace(briefing, settings=replace(briefing.settings, marks=marks))
    valid = "it is left out; name a day from the first source to the day of the briefing, e.g. editions: [2031-05-02]"
    assert list(map(str, check_editions(placed))) == [
        f"mkdocs.yml:5:0: error: editions: 2031-05-01 is before any source; the first is of 2031-05-02; {valid}",
        f"mkdocs.yml:5:2: error: editions: 2031-05-21 is later than this briefing, which is of 2031-05-20; {valid}",
    ]
    assert list(check_editions(edited(FIRST, SECOND))) == []
    nothing = replace(empty(), settings=replace(empty().settings, editions=(FIRST,)))
    assert list(check_editions(nothing)) == []


@pytest.mark.parametrize(("path", "own"), [("watch.md", True), ("sources/a.md", True), ("method.md", False),
                                           ("data/facts.csv", False), ("as-of/2031-04-01/watch.md", False)])  # fmt: skip
def test_where_an_edition_has_a_page_of_its_own(path: str, own: bool) -> None:
    there = placed(path, FIRST)
    assert there == (f"as-of/{FIRST}/{path}" if own else path)
    assert placed(path, "") == path
    assert not own or edition_of(there) == (FIRST, path)


def test_what_is_new_since_an_edition() -> None:
    briefing = edited(FIRST, SECOND)
    before = previous(briefing)
    assert before is briefing.editions[0]  # that of the briefing's own day has nothing that it has not
    found = since(before, briefing)
    assert [one.what for one in found.beyond] == ["another-date", "newer-figure"]
    assert found.counts == {"source": 1, "fact": 5, "name": 2, "moved-plan": 1, "newer-figure": 1}
    first = found.first(3)
    assert (len(first.beyond), len(first.sources), first.corrections, first.counts) == (2, 1, (), found.counts)
    assert found.first(1).sources == ()


def test_what_several_new_sources_tell_is_new_once() -> None:
    moved = next(s for s in tiny().statements if "moved to 24 June" in s.fact.text)
    copy = replace(moved.source, id="2031-05-22-copy", date="2031-05-22")
    other = replace(moved, fact=replace(moved.fact, id="event-copy"), source=copy)
    sources, files = {**tiny().sources, copy.id: copy}, {**tiny().files, copy.id: tiny().files[moved.source.id]}
    twice = replace(tiny(), sources=sources, files=files, statements=(*tiny().statements, other), as_of="2031-05-22")
    briefing = with_editions(replace(twice, settings=edited(FIRST).settings))
    found = since(briefing.editions[0], briefing)
    assert found.counts["moved-plan"] == 1
    assert found.beyond[0].pair.new is moved


def test_nothing_is_new_since_an_edition_with_the_same_sources() -> None:
    briefing = edited(FIRST, "2031-05-10")
    assert not since(briefing.editions[0], briefing.editions[1]).counts
    text = render(briefing)["as-of/2031-05-10/index.md"]
    assert "## New since the edition of [2 May 2031]" in text
    assert "Nothing: no source has come out since" in text


def test_a_correction_is_new_where_its_day_is_later() -> None:
    briefing = edited(FIRST, SECOND)
    corrected = briefing.statements[0]

    def on(day: str) -> Briefing:
        fact = replace(corrected.fact, review="disputed", reviewed_on=day)
        facts = (replace(corrected, fact=fact), *tiny().statements[1:])
        return with_editions(replace(tiny(), settings=briefing.settings, statements=facts))

    def told(before: Briefing, after: Briefing) -> list[str]:
        return [c.fact for c in since(before, after).corrections if c.fact == corrected.fact.id]

    for day, new in (("2031-05-02", False), ("2031-05-03", True), ("2031-05", True), ("2032-01-01", True)):
        made = on(day)
        assert bool(told(made.editions[0], made)) is new, day
    late = on("2031-05-25")
    assert told(*late.editions) == []  # an edition shows it, but it is of a later day


def test_pages_of_an_edition() -> None:
    pages = render(edited(FIRST))
    own = {edition_of(path)[1] for path in pages if edition_of(path)[0]}
    assert {path for _, path in NAV} <= own
    assert not own & set(ONCE)
    assert {"editions.md", "review.md", "data-dictionary.md"} <= set(pages)
    assert "editions.md" not in render(tiny())
    front = pages[f"as-of/{FIRST}/index.md"]
    assert '\nedition: "2031-05-02"\n' in front
    assert "\nld: " not in front
    assert "](../../method.md)" in front
    assert "](watch.md)" in front
    assert "https://lantern.example/briefing/as-of/2031-05-02/sources/" in "".join(pages.values())


def test_the_present_has_the_same_pages_as_without_editions() -> None:
    plain, pages = render(tiny()), render(edited(FIRST))
    changed = {path for path in pages if not edition_of(path)[0] and pages[path] != plain.get(path)}
    assert changed == {"index.md", "editions.md"}
    assert plain.keys() <= pages.keys()


GOLDEN = Path(__file__).parent / "sites" / "editions"
SHOWN = ("editions.md", "index.md", f"as-of/{FIRST}/index.md", f"as-of/{FIRST}/watch.md", f"as-of/{FIRST}/data.md")


@pytest.mark.parametrize("name", SHOWN)
def test_page(name: str) -> None:
    text = render(edited(FIRST))[name]
    if os.environ.get("UPDATE_GOLDEN"):
        (GOLDEN / name).parent.mkdir(parents=True, exist_ok=True)
        (GOLDEN / name).write_text(text, encoding="utf-8")
    assert (GOLDEN / name).read_text(encoding="utf-8") == text, "look at the difference, then: make golden"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny briefing in a folder, built with two editions."""
    folder = tmp_path_factory.mktemp("editions") / "tiny"
    shutil.copytree(ROOT, folder)
    with (folder / "mkdocs.yml").open("a") as config:
        config.write(f"      editions: [{FIRST}, 2031-05-10]\n")
    told: list[str] = []
    site = build_site(folder, tell=told.append)
    assert site.errors == 0
    assert [one for one in told if one.startswith("mkdocs")] == []  # all links and anchors are good
    return folder


def documents(site: Path, under: str = "") -> dict[str, HtmlElement]:
    """The pages of a site by path."""
    return {
        path.relative_to(site).as_posix(): html.document_fromstring(path.read_text(encoding="utf-8"))
        for path in sorted((site / under).rglob("*.html"))
    }


def test_no_file_of_an_edition_holds_anything_of_a_later_source(root: Path) -> None:
    later = [s for s in tiny().statements if s.source.date > FIRST]
    words = {s.fact.quote for s in later} | {s.fact.text for s in later} | {"Brenn Post", "Auditors"}
    words |= {s.fact.id for s in later} | {s.source.id for s in later}
    files = [path for path in (root / "site/as-of").rglob("*") if path.is_file()]
    files += [path for path in (root / "site_src/as-of").rglob("*") if path.is_file()]
    assert len(files) > 100
    for path in files:
        text = " ".join(unescape(path.read_text(encoding="utf-8")).split())
        assert [word for word in words if word in text] == [], path


def test_links_of_an_edition_stay_within_it(root: Path) -> None:
    site = root / "site"
    outside = {f"{path.removesuffix('.md')}.html" for path in ONCE}
    pages = documents(site, f"as-of/{FIRST}")
    assert len(pages) > 20
    for path, page in pages.items():
        (banner,) = page.find_class("edition")
        for link in page.iter("a"):
            href = link.get("href")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), urlsplit(href).path))
            if urlsplit(href).scheme or href.startswith("#"):
                continue
            assert (site / target).is_file(), (path, href)
            leaves = not target.startswith(f"as-of/{FIRST}/")
            assert not leaves or target in outside or link in list(banner.iter("a")) or path.endswith("/data.html"), (
                href
            )


def test_a_page_of_an_edition_says_so_and_leads_to_the_present(root: Path) -> None:
    pages = documents(root / "site", f"as-of/{FIRST}")
    for path, page in pages.items():
        banner = " ".join(page.find_class("edition")[0].text_content().split())
        assert banner.startswith("Edition of 2 May 2031: what the sources said by then"), path
        here = edition_of(path)[1]
        first = next(page.find_class("edition")[0].iter("a"))
        assert first.text_content() == "This page today"
        assert first.get("href") == posixpath.relpath(here, posixpath.dirname(path))
        assert "(2 May 2031)" in page.findtext(".//title")
        assert not page.xpath("//link[@rel='canonical'] | //script[contains(@src, 'clock')] | //*[@class='find']")
        assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    current = pages[f"as-of/{FIRST}/people/ines-varga.html"].xpath("//nav//a[@aria-current]/@href")
    assert current == ["index.html"]
    present = documents(root / "site")["index.html"]
    assert present.xpath("//footer//a[text()='Editions']/@href") == ["editions.html"]
    assert not present.xpath("//meta[@name='robots'] | //*[@class='edition']")


def test_search_sitemap_and_the_one_file_know_the_present_alone(root: Path) -> None:
    sitemap = (root / "site/sitemap.xml").read_text()
    assert "/editions.html" in sitemap
    assert "as-of/" not in sitemap
    assert all(not edition_of(record.path)[0] for record in records(edited(FIRST)))
    whole = of_site(root / "site", edited(FIRST), [packaged_templates()])
    assert 'id="index"' in whole
    assert "as-of." not in whole


def test_an_edition_that_is_taken_from_the_settings_goes(tmp_path: Path) -> None:
    root = tmp_path / "tiny"
    shutil.copytree(ROOT, root)
    plain = (root / "mkdocs.yml").read_text()
    (root / "mkdocs.yml").write_text(f"{plain}      editions: {FIRST}\n")
    assert generate(root).errors == 0
    assert (root / "site_src/as-of" / FIRST / "watch.md").is_file()
    (root / "mkdocs.yml").write_text(plain)
    done = generate(root)
    assert f"site_src/as-of/{FIRST}/watch.md" in done.changed
    assert not (root / "site_src/as-of").exists()
    assert not (root / "site_src/editions.md").exists()
