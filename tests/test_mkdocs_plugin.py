"""The plugin: MkDocs alone does the whole job, checks links and anchors, and follows edits while it serves."""

from __future__ import annotations

import json
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from builder import BRIDGE, CONFIG, make, tree
from mkdocs.commands.build import build
from mkdocs.config import load_config

from generator import pipeline
from generator.check import check
from generator.site.page import BriefingPage, toc_of
from generator.sites import SiteFailed, build_site

ACTIVE = re.compile(r"<(?:script|img|iframe|object)\b|\son\w+\s*=|javascript:", re.IGNORECASE)


def mkdocs(root: Path, *args: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *args],
        cwd=root,
        capture_output=True,
        text=True,
        env={**os.environ, **env},
        check=False,
    )


def built(root: Path) -> list[str]:
    told: list[str] = []
    build_site(root, tell=told.append)
    return told


def test_mkdocs_build_strict_does_the_whole_job(tmp_path: Path) -> None:
    done = mkdocs(make(tmp_path), "build", "--strict")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "site/people/mira-tolle.html").read_text()
    assert "<h1" in page
    assert (tmp_path / "site/schema/source.json").read_bytes() == (
        tmp_path / "site_src/schema/source.json"
    ).read_bytes()
    assert not (tmp_path / "site/facts").exists()
    assert not (tmp_path / "site/entities").exists()


def test_mkdocs_build_strict_fails_on_a_bad_seed(tmp_path: Path) -> None:
    done = mkdocs(make(tmp_path, seeds={"bridge.md": BRIDGE, "bad.txt": "No date."}), "build", "--strict")
    assert done.returncode == 1
    assert "seeds/bad.txt:1:1: error: no date" in re.sub(r"\s+", " ", done.stderr)


def test_links_and_anchors_of_pages_by_hand_are_checked(tmp_path: Path) -> None:
    page = "# About\n\n[good](index.md) [page](no-page.md) [anchor](index.md#no-anchor) [own](#nowhere) [up](#about)\n"
    told = built(make(tmp_path, files={"site_src/about.md": page}))
    assert len(told) == 3, told
    for part in ("'no-page.md'", "'#no-anchor'", "'#nowhere'"):
        assert any(part in one for one in told)
    assert 'href="index.html"' in (tmp_path / "site/about.html").read_text()


def test_feeds_and_calendar_stand_in_the_site_and_every_page_names_the_feeds(tmp_path: Path) -> None:
    assert built(make(tmp_path)) == []
    site = tmp_path / "site"
    for name, address in (("feed.xml", "application/atom+xml"), ("feed.json", "application/feed+json")):
        assert b"https://briefing.example/sources/" in (site / name).read_bytes()
        link = f'<link rel="alternate" type="{address}" title="New sources and corrections" href='
        assert f'{link}"{name}">' in (site / "index.html").read_text()
        assert f'{link}"../{name}">' in (site / "people/mira-tolle.html").read_text()
    assert (site / "watch.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert 'href="watch.ics"' in (site / "watch.html").read_text()


def test_an_outline_is_drawn_and_not_published(tmp_path: Path) -> None:
    config = CONFIG + "      map_outline: site_src/maps/coast.geojson\n      map_credit: Orb Survey, public domain\n"
    place = "port-ellery:\n  name: Port Ellery\n  kind: city\n  at: [51, 22]\n"
    coast = '{"type": "Polygon", "coordinates": [[[20, 50], [24, 50], [22, 52], [20, 50]]]}'
    files = {"mkdocs.yml": config, "site_src/entities/places.yml": place, "site_src/maps/coast.geojson": coast}
    seed = "date 2031-05-02 Mayor Jonas Reed opened the bridge in Port Ellery on Tuesday, the council said.\n"
    told = built(make(tmp_path, {"bridge.txt": seed}, files))
    assert told == []
    page = (tmp_path / "site/places/port-ellery.html").read_text()
    assert '<svg class="map"' in page
    assert "Orb Survey, public domain" in page
    assert not list((tmp_path / "site").rglob("*.geojson"))

    (tmp_path / "site_src/maps/coast.geojson").write_text("{}")
    (problem,) = built(tmp_path)
    assert problem.startswith("site_src/maps/coast.geojson:1:1: error: map outline: the file: null is neither Polygon")
    assert "<svg" not in (tmp_path / "site/places/port-ellery.html").read_text()


def test_no_text_of_a_seed_becomes_markup(tmp_path: Path) -> None:
    evil = (
        "date 2031-05-02 The board said on Friday that <script>alert(1)</script> <img src=x onerror=alert(2)> works "
        "[begin](javascript:alert(3)) in June and {{ cost }} at least 40 million crowns.\n\n"
        '"We have <b>waited</b> & long enough for this [x]{.y}," said Mira <i>Tolle</i>, who chairs the board.\n'
    )
    built(make(tmp_path, seeds={"evil.txt": evil}))
    for path in (tmp_path / "site").rglob("*.html"):
        main = path.read_text().split("<main", 1)[-1]
        for tag in re.findall(r"<[^>]+>", main):
            assert not ACTIVE.search(tag), (path, tag)


def test_what_mkdocs_yml_sets_is_left_alone(tmp_path: Path) -> None:
    more = "use_directory_urls: true\nnav: [{Start: index.md}]\n"
    told = built(make(tmp_path, files={"mkdocs.yml": CONFIG + more}))
    assert told == []
    assert (tmp_path / "site/timeline/index.html").exists()
    assert "Start" in (tmp_path / "site/index.html").read_text()


def test_a_docs_dir_elsewhere_is_refused(tmp_path: Path) -> None:
    make(tmp_path, files={"mkdocs.yml": CONFIG.replace("site_src", "docs"), "docs/index.md": "# x"})
    told: list[str] = []
    with pytest.raises(SiteFailed):
        build_site(tmp_path, tell=told.append)
    assert "docs_dir: site_src" in told[0]


def test_a_template_of_the_theme_can_be_replaced(tmp_path: Path) -> None:
    built(make(tmp_path, files={"templates/theme/404.html": "<p>Not here.</p>"}))
    assert (tmp_path / "site/404.html").read_text() == "<p>Not here.</p>"
    assert (tmp_path / "site/index.html").read_text().startswith("<!DOCTYPE html>")


def test_the_clock_stops_for_the_build_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for before in (None, "12"):
        monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
        if before:
            monkeypatch.setenv("SOURCE_DATE_EPOCH", before)
        built(make(tmp_path / str(before)))
        assert os.environ.get("SOURCE_DATE_EPOCH") == before
        assert "<lastmod>2031-05-02</lastmod>" in (tmp_path / str(before) / "site/sitemap.xml").read_text()


def meta(page: str) -> dict[str, str]:
    return dict(re.findall(r'<meta property="([^"]+)" content="([^"]*)">', page))


def test_the_sitemap_holds_every_page_by_its_whole_address(tmp_path: Path) -> None:
    built(make(tmp_path))
    site = tmp_path / "site"
    listed = set(re.findall(r"<loc>(.*?)</loc>", (site / "sitemap.xml").read_text()))
    pages = {p.relative_to(site).as_posix() for p in site.rglob("*.html") if p.name != "404.html"}
    assert listed == {f"https://briefing.example/{page}" for page in pages}


def test_without_an_address_there_is_no_sitemap(tmp_path: Path) -> None:
    told = built(make(tmp_path, files={"mkdocs.yml": re.sub(r"site_url.*\n", "", CONFIG)}))
    assert told == []
    assert not list((tmp_path / "site").glob("sitemap*"))
    assert "og:url" not in meta((tmp_path / "site/index.html").read_text())


def test_pages_tell_others_what_they_are(tmp_path: Path) -> None:
    evil = BRIDGE.replace("title: Council opens the Linden Bridge", "title: '</script><b>\"Bridge & council\"'")
    built(make(tmp_path, seeds={"bridge.md": evil}))
    front = (tmp_path / "site/index.html").read_text()
    (source,) = [p for p in (tmp_path / "site/sources").glob("*.html") if p.name != "index.html"]
    page = source.read_text()
    told = meta(front)
    assert (told["og:title"], told["og:site_name"], told["og:type"]) == (
        "Harbour Briefing",
        "Harbour Briefing",
        "website",
    )
    assert told["og:url"].startswith("https://briefing.example/")
    assert meta(page)["og:type"] == "article"
    assert meta(page)["article:published_time"] == "2031-04-17"
    assert meta(page)["og:title"].count("<") == 0
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert "<" not in data
    assert json.loads(data)["isBasedOn"]["name"] == '</script><b>"Bridge & council"'
    assert '<link rel="alternate" type="application/json" href="data/briefing.json"' in front
    assert json.loads((tmp_path / "site/data/briefing.json").read_text())["briefing"]["title"] == "Harbour Briefing"


def test_links_of_the_data_follow_the_form_of_addresses(tmp_path: Path) -> None:
    built(make(tmp_path, files={"mkdocs.yml": CONFIG + "use_directory_urls: true\n"}))
    facts = json.loads((tmp_path / "site/data/briefing.json").read_text())["facts"]
    assert re.fullmatch(r"https://briefing\.example/sources/[a-z0-9-]+/#[a-z0-9-]+", facts[0]["link"])
    path, _, fragment = facts[0]["link"].removeprefix("https://briefing.example/").partition("#")
    assert f'id="{fragment}"' in (tmp_path / "site" / path / "index.html").read_text()


def test_log_handlers_are_taken_back(tmp_path: Path) -> None:
    logger = logging.getLogger("mkdocs")
    before = list(logger.handlers), logger.propagate, logger.level
    built(make(tmp_path))
    assert (list(logger.handlers), logger.propagate, logger.level) == before


def test_headings_are_nested_as_mkdocs_does() -> None:
    toc = toc_of([(1, "a", "A & B"), (2, "b", "B"), (4, "c", "C"), (2, "d", "D"), (1, "e", "E")])
    assert str(toc) == "A &amp; B - #a\n    B - #b\n        C - #c\n    D - #d\nE - #e\n"


def test_what_is_served_begins_with_what_was_built_and_neither_harms_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, served = make(tmp_path / "b"), tmp_path / "served"
    rendered: list[str] = []
    render = BriefingPage.render

    def noted(page: BriefingPage, *given: Any) -> None:
        rendered.append(page.file.src_uri)
        render(page, *given)

    monkeypatch.setattr(BriefingPage, "render", noted)

    def serve() -> set[str]:
        """Build as a server does; the pages that were rendered."""
        rendered.clear()
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(served), dev_addr="127.0.0.1:8123")
        config.plugins.on_startup(command="serve", dirty=False)
        config.site_url = url = "http://127.0.0.1:8123/"
        build(config, serve_url=url)
        return set(rendered)

    def make_site() -> set[str]:
        rendered.clear()
        build_site(root, tell=lambda _: None)
        return set(rendered)

    assert len(make_site()) > 10
    inode = (root / "site/index.html").stat().st_ino
    assert serve() == set()
    assert tree(served) == tree(root / "site")
    (fact_file,) = (root / "site_src/facts").glob("*.yml")
    fact_file.write_text(fact_file.read_text().replace("review: unreviewed", "review: confirmed", 1))
    before = tree(root / "site")
    changed = serve()
    assert f"sources/{fact_file.stem}.md" in changed
    assert tree(root / "site") == before != tree(served)
    assert (root / "site/index.html").stat().st_ino == inode
    make_site()
    assert tree(served) == tree(root / "site")
    (root / ".cache/staging-of-one-that-was-killed").mkdir()
    assert serve() == set()
    assert not [*(root / ".cache").glob("staging*")]


class Server:
    """As much of MkDocs' server as is asked while it builds."""

    def __init__(self) -> None:
        self._wanted_epoch, self._visible_epoch = 2, 1
        self._epoch_cond = threading.Condition()


def test_the_page_of_a_source_that_was_edited_is_shown_before_all_else_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, folder, server = make(tmp_path / "b"), tmp_path / "served", Server()
    (fact_file,) = (root / "site_src/facts").glob("*.yml") if build_site(root, tell=print) else ()
    page = folder / f"sources/{fact_file.stem}.html"
    early: list[tuple[str, int]] = []

    def serve(*, begin: bool = False) -> None:
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(folder), dev_addr="127.0.0.1:8123")
        plugin = config.plugins["briefing"]
        if begin:
            config.plugins.on_startup(command="serve", dirty=False)
            plugin._frame = None
        plugin._server = server
        build(config, serve_url="http://127.0.0.1:8123/")

    def noted(*given: Any) -> Any:
        early.append((page.read_text(), server._visible_epoch))
        return check(*given)

    serve(begin=True)
    monkeypatch.setattr(pipeline, "check", noted)
    fact_file.write_text(
        fact_file.read_text().replace("review: unreviewed", "review: confirmed\n  note: Seen by a person.", 1)
    )
    before = tree(root / "site")
    serve()
    [(shown, epoch)] = early
    assert "Seen by a person." in shown
    assert shown == page.read_text()
    assert (epoch, server._visible_epoch) == (2, 2)
    assert server._wanted_epoch > 2
    assert tree(root / "site") == before
    (root / "mkdocs.yml").write_text((root / "mkdocs.yml").read_text().replace("title: ", "title: Another ", 1))
    serve()  # nothing that a source says has changed
    assert early[1][0] == shown != page.read_text()
    monkeypatch.undo()
    build_site(root, tell=print)
    assert tree(folder) == tree(root / "site")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str, Path]]:
    """A briefing that is being served: its folder, address and log."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    root = make(tmp_path / "b", files={"mkdocs.yml": re.sub(r"site_url.*\n", "", CONFIG)})
    log = tmp_path / "log"
    command = [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}"]
    with log.open("w") as out:
        server = subprocess.Popen(command, cwd=root, stdout=out, stderr=out)
    try:
        wait(lambda: "Serving on" in log.read_text(), 30)
        yield root, f"http://127.0.0.1:{port}/", log
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(10)


def wait(done: object, seconds: float) -> float:
    """Seconds until `done()`; fails after `seconds`."""
    started = time.monotonic()
    while not done():  # type: ignore[operator]
        assert time.monotonic() - started < seconds
        time.sleep(0.05)
    return time.monotonic() - started


def fetch(address: str) -> str:
    with urllib.request.urlopen(address) as answer:
        text: str = answer.read().decode()
        return text


def test_an_edit_is_served_soon_once_and_without_a_loop(served: tuple[Path, str, Path]) -> None:
    root, address, log = served
    (fact_file,) = (root / "site_src/facts").glob("*.yml")
    page = f"{address}sources/{fact_file.stem}.html"
    assert "livereload(" in fetch(page)
    assert "Content-Security-Policy" not in fetch(page)  # which would keep that script from running
    time.sleep(1)
    assert "Detected file changes" not in log.read_text()
    before = tree(root, ".cache")
    text = fact_file.read_text()
    fact_file.write_text(text.replace("review: unreviewed", "review: unreviewed\n  note: Seen by a person.", 1))
    took = wait(lambda: "Seen by a person." in fetch(page), 10)
    assert took < (4 if os.environ.get("PYTEST_XDIST_WORKER") else 2)
    time.sleep(2)
    assert log.read_text().count("Detected file changes") == 1
    changed = {path for path, digest in tree(root, ".cache").items() if before.get(path) != digest}
    assert f"site_src/facts/{fact_file.name}" in changed
    (root / "seeds/bridge.md").write_text(BRIDGE)
    wait(lambda: "Linden Bridge" in fetch(f"{address}sources/index.html"), 10)
    # What was not there when serving began, and what the program itself brought.
    (root / "site_src/topics.yml").write_text("works:\n  title: Harbour works\n  facts: {words: [harbour]}\n")
    wait(lambda: "Harbour works" in fetch(f"{address}topics/index.html"), 10)
    method = root / "site_src/method.md"
    method.write_text(method.read_text() + "\nOur own words.\n")
    wait(lambda: "Our own words." in fetch(f"{address}method.html"), 10)
    (root / "templates/pages").mkdir(parents=True)
    (root / "templates/pages/watch.md.j2").write_text("# Ours\n\nA template of our own.\n")
    wait(lambda: "A template of our own." in fetch(f"{address}watch.html"), 10)
    settled = log.read_text().count("Detected file changes")
    time.sleep(2)
    assert log.read_text().count("Detected file changes") == settled
