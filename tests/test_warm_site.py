"""A site that was built before and one that never was agree to the byte, whatever changed in between, and tell the same."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from builder import tree
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jinja2 import TemplateError
from tiny import tiny

from generator import mkdocs_plugin
from generator.indexing import FOLDER
from generator.looks import Looks
from generator.pipeline import Report
from generator.site import building, links, page
from generator.sites import SiteFailed, build_site
from generator.store import FILE, Store, digest

PAGES = ("index.md", "about.md", "method.md", "people/a.md", "people/b.md", "people/index.md", "people/README.md")
MORE = ("sources/x.md", "sources/y.md", "changes.md", "as-of/2031-05-02/index.md", "as-of/2031-05-02/people/a.md")
ODD = ("404.md", "people.md", "notes/é ü.md", "templates/t.md", ".hidden.md", "facts/readme.md", "changes/index.md")
STATIC = ("logo.svg", "people/list.csv", "assets/briefing.css", "assets/own.css", "facts/f.yml", "finding/x.txt")
ANYWHERE = (*PAGES, *MORE, *ODD)
ANCHORS = ("", "#one", "#two", "#fact-1", "#nowhere")
FRAMES = (
    "{% extends 'main.html' %}{% block content %}<b>{{ page.title }}</b>{{ page.content }}{% endblock %}",
    "{% block content %}{{ page.meta.kind }}{{ page.content if page }}{% endblock %}"
    "{% for item in nav %}{{ item.title }} {{ item.url | url }}{% endfor %}{{ config.site_name }}",
    "{% for file in pages %}{{ file.page.title }} {{ file.url }} {% endfor %}{{ page.content if page }}",
    "{% for item in nav %}{{ item.meta.kind }}{{ item.content }}{% endfor %}{{ page.content if page }}",
    "{{ page.next_page.title if page and page.next_page }}{{ page.content if page }}",
)
EXAMPLES = int(os.environ.get("EXAMPLES", "12"))
HOOK = "def on_page_content(html, page, config, files):\n    return html + str(len(files))\n"
SETTINGS: tuple[dict[str, Any], ...] = (
    {},
    {"site_name": "Other"},
    {"site_url": "https://harbour.example/x/"},
    {"use_directory_urls": True},
    {"nav": [{"Start": "index.md"}, {"Inner": ["people/a.md", {"B": "people/b.md"}]}]},
    {"nav": [{"Start": "index.md"}, "people/a.md", "sources/x.md", {"Web": "https://example.org/"}]},
    {"exclude_docs": "people/b.md\n"},
    {"exclude_docs": "!.hidden.md\n"},
    {"draft_docs": "sources/\n"},
    {"hooks": ["hook.py"]},
    {"repo_url": "https://code.example/x/y", "edit_uri": "edit/main/site_src/"},
    {"theme": {"name": "mkdocs"}},
)
DATA = [
    SimpleNamespace(path=path, key=digest(path), content=path.encode()) for path in ("data/briefing.json", "feed.xml")
]
HEADS = ("", "title: A title\n", "moved: index.html\n", "title: T\nkind: text\nday: 2031-05-02\nsection: index.md\n")


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A page, with links that lead somewhere or not."""
    links = draw(st.lists(st.tuples(st.sampled_from((*ANYWHERE, *STATIC, "")), st.sampled_from(ANCHORS)), max_size=3))
    parts = draw(st.lists(st.sampled_from(("# Top", "## One", "## Two", "[word](#){ #fact-1 .fact }")), max_size=3))
    head = draw(st.sampled_from(HEADS))
    up = draw(st.sampled_from(("", "../", "../../")))
    lines = [f"See [it]({up}{path.replace(' ', '%20')}{anchor})." for path, anchor in links if path or anchor]
    return (f"---\n{head}---\n\n" if head else "") + "\n\n".join([*parts, *lines, draw(st.sampled_from("xyz"))]) + "\n"


EDITS = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(ANYWHERE), texts()),
    st.tuples(st.just("write"), st.sampled_from(ANYWHERE), texts()),
    st.tuples(st.just("write"), st.sampled_from(STATIC), st.sampled_from(("a {b: c}", "/* d */ e { f: g }"))),
    st.tuples(st.just("delete"), st.sampled_from((*ANYWHERE, *STATIC)), st.just("")),
    st.tuples(st.just("rename"), st.sampled_from(ANYWHERE), st.sampled_from(ANYWHERE)),
    st.tuples(st.just("configure"), st.just(""), st.sampled_from(SETTINGS)),
    st.tuples(
        st.just("theme"), st.sampled_from(("main.html", "404.html", "sitemap.xml")), st.sampled_from(("", *FRAMES))
    ),
    st.tuples(
        st.just("spoil"), st.sampled_from(("index.html", "people/a.html", "sitemap.xml", "new.html")), st.just("?")
    ),
    st.tuples(
        st.just("lose"),
        st.sampled_from(("index.html", "people/a.html", "assets", "sitemap.xml.gz", "feed.xml")),
        st.just(""),
    ),
    st.tuples(st.just("touch"), st.just(""), st.just("")),
)
Edit = tuple[str, str, Any]


def generated(root: Path, **_: object) -> Report:
    """Of the tiny briefing, as if it had been generated."""
    briefing = replace(tiny(), store=Store(root / ".cache" / FILE))
    briefing.store.looks = Looks(root)
    return Report(sources=1, facts=1, to_review=0, problems=(), changed=(), newest="2031-05-02", briefing=briefing)


class Pages:
    """A briefing whose pages are all written by hand."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("mkdocs.yml", "")
        self.write("hook.py", HOOK)
        self.configure({})
        for number, path in enumerate((*PAGES[:6], *MORE)):
            to = (*PAGES[:6], *MORE)[number - 1]
            way = "../" * path.count("/") + to
            self.write(f"site_src/{path}", f"# {path}\n\n## One\n\n[it]({way}#one)\n\n[word](#){{ #fact-1 .fact }}\n")

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def configure(self, more: Mapping[str, Any]) -> None:
        base = {"site_name": "Harbour", "docs_dir": "site_src", "plugins": ["briefing"]}
        self.write("mkdocs.yml", yaml.safe_dump({**base, **more}))

    def edit(self, what: str, path: str, value: Any) -> None:
        source, made = self.root / "site_src" / path, self.root / "site" / path
        if what == "write" and not source.is_dir():
            self.write(f"site_src/{path}", value)
        elif what in ("delete", "rename") and path == "index.md":
            return  # the front page is always there
        elif what == "delete":
            source.unlink(missing_ok=True)
        elif what == "rename" and source.is_file():
            (self.root / "site_src" / value).parent.mkdir(parents=True, exist_ok=True)
            source.rename(self.root / "site_src" / value)
        elif what == "configure":
            self.configure(value)
        elif what == "theme":
            self.write(f"templates/theme/{path}", value) if value else (self.root / "templates/theme" / path).unlink(
                missing_ok=True
            )
        elif what == "spoil" and made.parent.is_dir():
            made.write_text(value)
        elif what == "lose":
            shutil.rmtree(made) if made.is_dir() else made.unlink(missing_ok=True)
        elif what == "touch":
            for file in sorted(self.root.rglob("*.md")):
                file.touch()

    def build(self, jobs: int = 1) -> tuple[bool, list[str]]:
        """Whether there is a site, and what was told."""
        told: list[str] = []
        try:
            build_site(self.root, tell=told.append, jobs=jobs)
        except (SiteFailed, TemplateError) as error:
            return False, [*sorted(told), str(error)]
        return True, sorted(told)


@pytest.fixture
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only MkDocs' part of a build."""
    monkeypatch.setattr(mkdocs_plugin, "generated", generated)
    monkeypatch.setattr(mkdocs_plugin, "data_files", lambda _: DATA)
    monkeypatch.setattr(mkdocs_plugin, "write_index", lambda _, site, *__: shutil.rmtree(site / FOLDER, True))
    monkeypatch.setattr(mkdocs_plugin, "findable", lambda _: ())


def fresh(root: Path) -> Pages:
    shutil.rmtree(root, ignore_errors=True)
    return Pages(root)


def same(warm: Pages, folder: Path) -> None:
    """Build what stands there, and the same where nothing was ever built; trees and all that was told agree."""
    told = warm.build()
    cold = folder / "cold"
    shutil.rmtree(cold, ignore_errors=True)
    shutil.copytree(warm.root, cold, ignore=shutil.ignore_patterns("site", ".cache"))
    made = Pages.__new__(Pages)
    made.root = cold
    assert made.build() == told
    if not told[0]:
        return  # one keeps the former site, the other has none
    one, other = tree(warm.root / "site"), tree(cold / "site")
    assert {path for path in one.keys() | other.keys() if one.get(path) != other.get(path)} == set()
    assert not [path for path in (warm.root / ".cache").iterdir() if path.name.startswith("staging")]


@pytest.mark.usefixtures("_alone")
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,))
@given(runs=st.lists(st.lists(EDITS, min_size=1, max_size=4), min_size=1, max_size=4))
def test_warm_and_cold_agree_over_edits(tmp_path: Path, runs: list[list[Edit]]) -> None:
    warm = fresh(tmp_path / "warm")
    warm.build()
    for edits in runs:
        for edit in edits:
            warm.edit(*edit)
        same(warm, tmp_path)


@pytest.mark.usefixtures("_alone")
def test_pages_that_several_processes_render_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = Pages(tmp_path / "one"), Pages(tmp_path / "other")
    for pages in (one, other):
        pages.write("site_src/people/a.md", "# A\n\n[it](../nowhere.md) [there](b.md#nowhere)\n")
        pages.write("site_src/broken.md", "---\ntitle: [\n---\n\n# Broken\n")
    told = one.build()
    monkeypatch.setattr(building, "FEWEST", 1)
    assert other.build(jobs=2) == told
    assert told[0]
    assert {"nowhere.md" in line for line in told[1]} == {True, False}
    assert tree(one.root / "site") == tree(other.root / "site")


@pytest.mark.usefixtures("_alone")
def test_of_a_page_that_changed_nothing_else_is_rendered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = Pages(tmp_path / "one")
    pages.build()
    before = {path: path.stat().st_ino for path in (tmp_path / "one/site").rglob("*.html")}
    rendered: list[str] = []
    monkeypatch.setattr(
        page, "rendered", lambda text, path, places: rendered.append(path) or links.rendered(text, path, places)
    )
    pages.write("site_src/people/b.md", "# B\n\n## One\n\nMore.\n")
    assert pages.build() == (True, [])
    assert rendered == ["people/b.md"]
    changed = {path.name for path, node in before.items() if path.stat().st_ino != node}
    assert changed == {"b.html"}


@pytest.mark.usefixtures("_alone")
def test_a_build_that_fails_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    pages = Pages(tmp_path / "one")
    pages.build()
    before = tree(tmp_path / "one/site")
    pages.write("site_src/people/b.md", "# Other\n")
    pages.write("templates/theme/main.html", "{{ 1 / 0 }}")
    with pytest.raises(ZeroDivisionError):
        pages.build()
    assert tree(tmp_path / "one/site") == before
    (tmp_path / "one/templates/theme/main.html").unlink()
    assert pages.build()[0]
    assert "Other" in (tmp_path / "one/site/people/b.html").read_text()
