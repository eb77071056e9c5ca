"""The whole site in one file: ids and links of its pages become those of the file, and nothing is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from builder import make
from lxml import html

from generator.one_file import LEFT, of_site, style_of, target
from generator.render import packaged_templates
from generator.sites import build_site

PAGES = {"index.html": "", "people/ada-solvik.html": "", "sources/x.html": ""}


@pytest.mark.parametrize(
    ("href", "page", "wanted"),
    [
        ("people/ada-solvik.html", "index.html", "#people.ada-solvik"),
        ("../sources/x.html#event-abc", "people/ada-solvik.html", "#sources.x.event-abc"),
        ("#event-abc", "sources/x.html", "#sources.x.event-abc"),
        ("ada-solvik.html", "people/ada-solvik.html", "#people.ada-solvik"),
        ("https://news.example/a#b", "index.html", "https://news.example/a#b"),
        ("data/facts.csv", "index.html", "https://briefing.example/x/data/facts.csv"),
        ("../data/facts.csv", "sources/x.html", "https://briefing.example/x/data/facts.csv"),
    ],
)
def test_a_link_leads_to_the_same_place(href: str, page: str, wanted: str) -> None:
    assert target(href, page, PAGES, "https://briefing.example/x/") == wanted


def test_a_file_beside_a_site_without_an_address_is_no_link() -> None:
    assert target("data/facts.csv", "index.html", PAGES, None) is None


def test_the_style_of_pages_is_that_of_articles() -> None:
    css = "/* main */.index main>ul{a:b}main:focus{c:d}.main{e:f}#main-x{g:h}li main-line{i:j}"
    assert style_of(css) == ".index article>ul{a:b}article:focus{c:d}.main{e:f}#main-x{g:h}li main-line{i:j}"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    site = build_site(make(tmp_path_factory.mktemp("briefing")), tell=print)
    return site.folder, of_site(site.folder, site.report.briefing, [packaged_templates()])


def test_every_page_is_there_with_all_its_text(built: tuple[Path, str]) -> None:
    folder, text = built
    whole = html.document_fromstring(text)
    articles = {a.get("id"): " ".join(a.text_content().split()) for a in whole.iter("article")}
    pages = [path for path in folder.rglob("*.html") if path.name not in LEFT]
    assert len(articles) == len(pages) > 10
    for path in pages:
        main = html.document_fromstring(path.read_text(encoding="utf-8")).find(".//main")
        name = path.relative_to(folder).as_posix().removesuffix(".html").replace("/", ".")
        assert articles[name] == " ".join(main.text_content().split())


def test_every_link_leads_somewhere_and_every_id_is_one(built: tuple[Path, str]) -> None:
    whole = html.document_fromstring(built[1])
    ids = [element.get("id") for element in whole.iter() if isinstance(element.tag, str) and element.get("id")]
    assert len(ids) == len(set(ids))
    links = [a.get("href") for a in whole.iter("a")]
    assert len(links) > 100
    assert [href for href in links if href.startswith("#") and href[1:] not in ids] == []
    assert [href for href in links if not re.match(r"#|https?://", href)] == []
    for element in whole.iter():
        if isinstance(element.tag, str):
            assert set(element.get("aria-labelledby", "").split()) <= set(ids)


def test_the_order_is_that_of_the_navigation(built: tuple[Path, str]) -> None:
    names = re.findall(r'<article id="([^"]*)">', built[1])
    assert names[0] == "index"
    assert names.index("people.index") + 1 == min(
        names.index(n) for n in names if n.startswith("people.") and n != "people.index"
    )
    assert names.index("watch") < names.index("timeline") < names.index("sources.index") < names.index("method")


def test_nothing_is_loaded_and_only_the_themes_own_style_and_script_run(built: tuple[Path, str]) -> None:
    whole = html.document_fromstring(built[1])
    policy = whole.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not whole.findall(".//link[@rel='stylesheet']")
    assert not [s for s in whole.iter("script") if s.get("src")]
    assert not [element for element in whole.iter() if isinstance(element.tag, str) and element.get("style")]
