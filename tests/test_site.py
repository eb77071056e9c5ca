"""The parts of the site's build agree with MkDocs where they stand in for it."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import _RelativePathTreeprocessor

from generator.render import packaged_templates
from generator.site.files import SourceFile, order, source_files
from generator.site.foreign import _is_plain
from generator.site.links import Links, Places
from generator.site.memory import Asked, Memory, joined, split
from generator.site.published import Published
from generator.spool import Spool
from generator.store import Store, digest

PATHS = (
    *(
        "index.md",
        "README.md",
        "a.md",
        "a/index.md",
        "a/b.md",
        "a/b.c.md",
        "a/README.markdown",
        "x/.md",
        ".md",
        "é ü.md",
    ),
    *("logo.svg", "a/list.csv", "index.html", "a?b.md", "a/x.mkd", "facts/f.yml"),
)
LINKS = st.tuples(
    st.sampled_from(("", "../", "./", "../../", "/", "https://a.example/", "mailto:")),
    st.sampled_from(("", *PATHS, "%C3%A9%20%C3%BC.md", "a/", "a", "b.md", "nowhere.md")),
    st.sampled_from(("", "?q=1", "?", "#")),
    st.sampled_from(("", "#one", "#a/b", "#%20")),
).map("".join)


def config(*, directory_urls: bool) -> MkDocsConfig:
    return load_config(str(Path(__file__).parents[1] / "mkdocs.yml"), use_directory_urls=directory_urls)


CONFIGS = {flag: config(directory_urls=flag) for flag in (False, True)}


@pytest.mark.parametrize("directory_urls", [False, True])
@pytest.mark.parametrize("path", PATHS)
def test_a_file_stands_where_mkdocs_puts_it(path: str, directory_urls: bool) -> None:
    one, other = File(path, "s", "d", directory_urls), SourceFile(path, "s", "d", directory_urls)
    for name in ("src_uri", "dest_uri", "url", "name", "abs_src_path", "abs_dest_path", "edit_uri"):
        assert getattr(one, name) == getattr(other, name)


def test_files_come_in_the_order_of_mkdocs(tmp_path: Path) -> None:
    from mkdocs.structure.files import get_files

    paths = [path for path in (*PATHS, "b/a.md", "b.md", "aa/index.md", "a/0.md") if "?" not in path]
    for path in paths:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")
    made = config(directory_urls=False)
    made.docs_dir = str(tmp_path)
    wanted = [(file.src_uri, file.inclusion) for file in get_files(made)]
    assert [(file.src_uri, file.inclusion) for file in source_files(reversed(paths), made)] == wanted
    assert [path for path, _ in wanted] == sorted((path for path, _ in wanted), key=order)


@given(link=LINKS, page=st.sampled_from(("index.md", "a/b.md", "a/index.md", "é ü.md")), directory_urls=st.booleans())
def test_a_link_leads_where_mkdocs_has_it_lead_or_is_doubtful(link: str, page: str, directory_urls: bool) -> None:
    made = CONFIGS[directory_urls]
    files = [File(path, "s", "d", directory_urls) for path in PATHS]
    for file in files:
        is_apart = file.src_uri.startswith("facts/")
        file.inclusion = InclusionLevel.EXCLUDED if is_apart else InclusionLevel.INCLUDED
    urls = {file.src_uri: file.url for file in files if file.inclusion is InclusionLevel.INCLUDED}
    links = Links(Places(urls, directory_urls), page)
    found = links(link)
    told: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = told.append  # type: ignore[method-assign]
    logger = logging.getLogger("mkdocs.structure.pages")
    logger.addHandler(handler)
    try:
        theirs = _RelativePathTreeprocessor(next(f for f in files if f.src_uri == page), Files(files), made)
        wanted = theirs.path_to_url(link)
    finally:
        logger.removeHandler(handler)
    if not links.doubtful:
        assert found == wanted
        assert not told
        anchors = {file.src_uri: anchors for file, anchors in theirs.links_to_anchors.items()}
        assert {path: anchors for path, anchors in links.targets.items() if anchors} == anchors


def test_pages_that_link_to_what_has_gone_are_found() -> None:
    memory = Memory(Store())
    memory.settle("a.md", Asked("A", (), joined(["one", "two"]), {"b.md": {"x": "b.md#x"}, "c.md": {}}))
    memory.settle("b.md", Asked("B", (), joined(["x"]), {"b.md": {"x": "#x"}}))
    assert memory.linking({"c.md"}, {}) == {"a.md"}
    assert memory.linking((), {"b.md": {"x"}}) == {"a.md", "b.md"}
    assert memory.linking((), {"b.md": {"y"}}) == set()
    assert memory.settle("a.md", Asked("A", (), joined(["two"]), {})) == {"one"}
    assert memory.linking({"c.md"}, {}) == set()
    assert split(joined([])) == set()


def test_only_what_changed_moves_into_the_published_tree(tmp_path: Path) -> None:
    store, site, staging = Store(), tmp_path / "site", tmp_path / "staging"

    def publish(kept: set[str], **files: str) -> Published:
        shutil.rmtree(staging, ignore_errors=True)
        for name, text in files.items():
            path = staging / name.replace("_", "/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        published = Published(site, store, ("apart",))
        published.publish(staging, kept)
        return published

    publish(set(), a="1", b_c="2", d="3")
    (site / ".git").mkdir()
    (site / ".git/x").write_text("kept")
    (site / "apart").mkdir()
    (site / "apart/x").write_text("kept")
    (site / "strange").write_text("goes")
    before = (site / "a").stat().st_mtime_ns
    made = publish({"d"}, a="1", e="4")
    assert [made.digest(name) for name in "abde"] == [digest("1"), None, digest("3"), digest("4")]
    left = {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()}
    assert left == {"a", "d", "e", ".git/x", "apart/x"}
    assert (site / "a").stat().st_mtime_ns == before
    assert not (site / "b").exists()
    publish(set(), a_b="a folder where a file was")
    assert (site / "a/b").read_text().startswith("a folder")


def test_what_was_spooled_comes_back() -> None:
    spool = Spool()
    places = [spool.put(value) for value in ("a", {"b": [1]}, None)]
    assert [spool.get(place) for place in reversed(places)] == [None, {"b": [1]}, "a"]


@pytest.mark.parametrize(
    ("template", "is_plain"),
    [
        ("{{ page.content }} {{ page.meta.kind }} {{ config.site_name }} {{ 'x' | url }}", True),
        ("{% for item in nav %}{{ item.title }}{{ item.url | url }}{% endfor %}", True),
        ("{% set meta = page.meta %}{{ meta['kind'] }}", True),
        ("{% for item in nav %}{{ item.content }}{% endfor %}", False),
        ("{% set x = nav[0] %}{{ x.meta.kind }}", False),
        ("{% for page in nav %}{{ page.content }}{% endfor %}", False),
        ("{% for file in pages %}{{ file.url }}{% endfor %}", False),
        ("{{ build_date_utc }}", False),
        ("{{ page['update_date'] }}", False),
        ("{{ page[name] }}", False),
        ("{{ nav | map(attribute='content') | join }}", False),
        ("{{ page.next_page.title }}", False),
        ("{% if", False),
    ],
)
def test_a_template_that_asks_for_other_pages_is_seen(tmp_path: Path, template: str, is_plain: bool) -> None:
    (tmp_path / "main.html").write_text(template)
    assert _is_plain(tmp_path / "main.html") == is_plain


def test_the_theme_that_comes_with_the_program_is_plain() -> None:
    assert _is_plain(packaged_templates() / "theme/main.html")
    assert _is_plain(packaged_templates() / "theme/404.html")
