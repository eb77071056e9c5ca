"""Whole sites as Markdown, and as the HTML that becomes of them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path

import policy
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tiny import empty, tiny, with_policy, wordy

from generator.downloads import DOWNLOADS, downloads
from generator.link import Briefing
from generator.markup import Html, to_html
from generator.model import Entity, Found, Span
from generator.pages import EDITIONS_LIST, FOOTER, NAV, section
from generator.render import packaged_templates, render
from generator.statement import Names

BY_HAND = {"method.md": "# Method\n", "about.md": "# About\n", "editing.md": "# Editing\n"}
FILES = {download.path for download in DOWNLOADS}
VOID = {"br", "hr", "img", "rect", "path"}


def body(page: str) -> str:
    """A page without its front matter."""
    return page.split("---\n\n", 1)[1] if page.startswith("---\n") else page


def html(pages: dict[str, str]) -> dict[str, Html]:
    return {path: to_html(body(text)) for path, text in (pages | BY_HAND).items()}


@cache
def site(policy: str = "excerpts") -> dict[str, Html]:
    return html(render(with_policy(policy)))


class Read(HTMLParser):
    """Links, ids with the text inside them, and all text of some HTML; fails where elements do not nest."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.inside: dict[str, str] = {}
        self.text = ""
        self.tags: set[str] = set()
        self.open: list[tuple[str, str | None]] = []
        self.feed(content)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert "style" not in given
        self.tags.add(tag)
        if tag == "a":
            self.links.append(given["href"] or "")
        if tag in ("p", "li", "td", "h1", "h2"):
            self.text += "\n"
        if (name := given.get("id")) is not None:
            assert name not in self.inside, f"two elements are called {name}"
            self.inside[name] = ""
        if tag not in VOID:
            self.open.append((tag, given.get("id")))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        for _, name in self.open:
            if name is not None:
                self.inside[name] += data


POLICIES = ("excerpts", "full", "none")


@pytest.mark.parametrize("policy", POLICIES)
def test_every_link_leads_somewhere(policy: str) -> None:
    check_links(site(policy))


def check_links(pages: dict[str, Html]) -> None:
    for path, page in pages.items():
        for link in Read(page.content).links:
            if link.startswith("https://"):
                continue
            target, _, anchor = link.partition("#")
            found = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
            if found in FILES and not anchor:
                continue
            assert found in pages, f"{path}: {link}"
            assert not anchor or anchor in pages[found].ids, f"{path}: {link}"


def test_a_citation_leads_to_the_exact_words() -> None:
    for source_id, statements in tiny().by_source.items():
        read = Read(site()[f"sources/{source_id}.md"].content)
        for statement in statements:
            assert read.inside[statement.fact.id] == statement.fact.quote


@pytest.mark.parametrize("policy", POLICIES)
def test_the_page_knows_where_the_words_stand(policy: str) -> None:
    for source_id, statements in tiny().by_source.items():
        page, text = site(policy)[f"sources/{source_id}.md"].content, tiny().seeds[source_id].text
        marks = dict(re.findall(r'<mark id="([^"]+)" data-at="(\d+-\d+)"', page))
        assert set(marks) == {s.fact.id for s in statements}
        for statement in statements:
            start, end = map(int, marks[statement.fact.id].split("-"))
            assert text[start:end] == statement.fact.quote


def test_words_in_the_original_are_linked_unless_no_words_are_published() -> None:
    source = "2031-05-20-auditors-doubt-pace-village-clinics-report"
    for name, many in (("excerpts", 6), ("full", 6), ("none", 0)):
        links = Read(site(name)[f"sources/{source}.md"].content).links
        original = [link for link in links if link.startswith("https://post.example/2031/05/clinics?id=1&view=full")]
        assert len(original) == 7  # of each fact, and one above
        assert len([link for link in original if "#:~:text=" in link]) == many
    assert "no public link" in site()[f"sources/{next(iter(tiny().sources))}.md"].content


def test_every_current_fact_is_cited_and_retracted_ones_only_at_their_source() -> None:
    cited = [
        link.partition("#")[2]
        for path, page in site().items()
        if not path.startswith("sources/") and path != "changes.md"  # which tells what was taken back
        for link in Read(page.content).links
    ]
    for statement in tiny().statements:
        assert (statement.fact.id in cited) is (statement.fact.review != "retracted")
    told = site()["sources/2031-05-20-auditors-doubt-pace-village-clinics-report.md"].content
    assert '<s class="struck">Two officials hid a shortage.</s>' in told
    assert "Read wrongly: the officials only spoke of the meeting." in told


@pytest.mark.parametrize("name", sorted(policy.ALLOWED))
@pytest.mark.parametrize("make", [with_policy, wordy])
def test_no_page_publishes_more_than_it_may(name: str, make: Callable[[str], Briefing]) -> None:
    """Of what readers see, and of what a page says of itself in its front matter."""
    briefing = make(name)
    for path, text in render(briefing).items():
        assert policy.most(Read(to_html(body(text)).content).text, briefing) <= policy.ALLOWED[name], path
        assert policy.most(text.split("---\n")[1], briefing) <= policy.ALLOWED[name], path


def test_with_everything_published_a_source_stands_there_whole() -> None:
    for source_id, seed in tiny().seeds.items():
        told = "".join(Read(site("full")[f"sources/{source_id}.md"].content).text.split())
        for paragraph in seed.text.split("\n\n"):
            assert "".join(paragraph.split()) in told


def test_readers_see_no_ids() -> None:
    names = {s.fact.id for s in tiny().statements} | set(tiny().sources) | {e for e in tiny().registry if "-" in e}
    for path, page in site().items():
        text = re.sub(r"https://\S+", "", Read(page.content).text)  # a citation ends with the fact's address
        assert not [name for name in names if name in text], path


def test_the_front_page_answers() -> None:
    text = " ".join(Read(site()["index.md"].content).text.split())
    assert text.startswith("The bottom line Latest 30 April 2031 Varga opened three village clinics in Brenn Province.")
    assert (
        "So far 18 clinics have opened, according to Ines Varga. Ines Varga via Tessaly Wire, 2 May 2031 18 of 60 is 30% (12 each year × 5 years). derived"
        in text
    )
    assert "Target derived 60 clinics 12 clinics each year Tessaly Wire, 2 May 2031 × 5 years" in text
    assert "Pace so far derived 8–8.7 each year 18 ÷ 25–27 months" in text
    assert "Pace needed for the rest derived 14–16 each year (60 − 18) ÷ 33–35 months, to March 2034" in text
    assert "18 facts from 2 sources and 7 origins" in text


def test_a_briefing_without_sources_says_how_to_begin() -> None:
    pages = html(render(empty()))
    check_links(pages)
    assert "How to begin" in pages["index.md"].content
    assert {path for _, path in NAV} <= set(pages)
    for path, page in pages.items():
        assert path in BY_HAND or len(Read(page.content).text) > 60, path


def test_every_place_of_the_navigation_exists() -> None:
    assert {path for _, path in (*NAV, *FOOTER)} - {EDITIONS_LIST} <= set(site())
    assert len(NAV) <= 14
    assert [section(p) for p in ("people/x.md", "timeline-2031.md", "watch.md", "method.md")] == [
        "people/index.md",
        "timeline.md",
        "watch.md",
        "method.md",
    ]


def test_front_matter() -> None:
    page = render(tiny())["sources/2031-05-20-auditors-doubt-pace-village-clinics-report.md"]
    head = yaml.safe_load(page.split("---\n")[1])
    assert head.pop("ld")["@type"] == "WebPage"
    assert head == {
        "title": "Auditors doubt pace of <village> clinics | a report",
        "description": "The Brenn Post, 20 May 2031: the cited words in place.",
        "kind": "source",
        "section": "sources/index.md",
        "newest": "2031-05-20",
        "newest_words": "20 May 2031",
        "published": "2031-05-20",
    }


def test_the_same_briefing_is_the_same_pages() -> None:
    assert render(tiny()) == render(replace(tiny()))


def test_a_briefing_may_replace_one_template(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "watch.md.j2").write_text("# Ours\n\n{{ watch.dated | length }} ahead\n")
    pages = render(tiny(), [tmp_path])
    assert body(pages["watch.md"]) == "# Ours\n\n2 ahead\n"
    assert "Every figure" in pages["figures.md"]


def test_templates_let_text_in_through_one_gate() -> None:
    safe = re.compile(
        r"say\.|show\.|facts\.|table\(|rest\(|strip\(|section\(|show\(|state\(|event\(|figure\(|quotation\(|plain\(|plural\(|entries\.|ahead\(|told\(|beyond\("
        r"|.*\| (?:words|number|size)$|.*else \"(?:Note|–)\"$|\"\" if loop\.first"
        r"|row\.\w+$|note$|drawn$"  # what `say` made
    )
    pages = (path for folder in ("pages", "macros", "theme") for path in (packaged_templates() / folder).rglob("*.j2"))
    for path in sorted(pages):
        for expression in re.findall(r"\{\{-?\s*(.*?)\s*-?\}\}", path.read_text(encoding="utf-8")):
            assert safe.match(expression), f"{path.name}: {expression}"


ALLOWED = set(
    "h1 h2 h3 p ul ol li a em strong code blockquote pre mark span time s section details summary table thead tbody "
    "tr th td svg title desc rect path circle text".split()
)
NASTY = st.sampled_from(
    [
        "<img src=x>",
        "](x)",
        "**",
        "{ .words #a }",
        "|",
        "\n\n# h",
        "`",
        "&lt;",
        "[x](y){ .tag }",
        "{{ 7*7 }}",
        "”",
        "1. ",
    ]
)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(parts=st.lists(NASTY | st.text(max_size=5), min_size=1, max_size=5))
def test_text_of_facts_and_names_never_becomes_markup(parts: list[str]) -> None:
    pages = html(render(told(" ".join(parts))))
    for page in pages.values():
        assert Read(page.content).tags <= ALLOWED


def told(words: str) -> Briefing:
    """The tiny briefing in which every text, note and name also says some words."""
    known = tiny()
    registry = {id_: replace(e, name=f"{e.name}{words}", aka=(*e.aka, words)) for id_, e in known.registry.items()}
    statements = tuple(
        replace(
            s,
            fact=replace(s.fact, text=f"{words}{s.fact.text}{words}", note=words, when_words=words, reviewed_by=words),
            names=Names(registry, s.names.topics, s.names.named),
        )
        for s in known.statements
    )
    sources = {
        id_: replace(source, title=words, author=words, url=f"https://x.example/{words}")
        for id_, source in known.sources.items()
    }
    topics = tuple(replace(topic, title=f"T{words}", lead=words) for topic in known.topics)
    return replace(known, statements=statements, registry=registry, sources=sources, topics=topics)


def test_pages_also_build_without_the_plugin(tmp_path: Path) -> None:
    from mkdocs.commands.build import build
    from mkdocs.config.base import load_config

    for path, text in (render(tiny()) | BY_HAND).items():
        (tmp_path / "src" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "src" / path).write_text(text, encoding="utf-8")
    for path, raw in downloads(tiny()).items():
        (tmp_path / "src" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "src" / path).write_bytes(raw)
    config = {
        "site_name": "Plain",
        "docs_dir": str(tmp_path / "src"),
        "site_dir": str(tmp_path / "site"),
        "use_directory_urls": False,
        "markdown_extensions": ["attr_list", "tables"],
        "plugins": [],
        "strict": True,
        "validation": {"links": {"anchors": "warn"}, "nav": {"omitted_files": "ignore"}},
    }
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(config))
    build(load_config(str(tmp_path / "mkdocs.yml")))  # strict: a dead link or anchor would end it
    page = (tmp_path / "site" / "sources" / "2031-05-02-health-minister-ines-varga-opened-three.html").read_text()
    for statement in tiny().statements[:13]:
        assert f'id="{statement.fact.id}"' in page
    front = (tmp_path / "site" / "index.html").read_text()
    assert "{ ." not in front
    assert 'class="cite"' in front


def test_the_page_of_changes_tells_of_deleted_facts_nothing_but_their_kind() -> None:
    source = list(tiny().sources)[-1]
    file = tiny().files[source]
    read = {f.id: Found(fact=f, span=Span(0, 1), rule="r") for f in file.facts}
    gone = "figure-baaaaaaaa2"
    briefing = replace(
        tiny(),
        readings={source: read},
        files={**tiny().files, source: replace(file, facts=tuple(f for f in file.facts if f.id != gone))},
        statements=tuple(s for s in tiny().statements if s.fact.id != gone),
    )
    text = Read(to_html(body(render(briefing)["changes.md"])).content).text
    assert "Deleted by hand 1 figure that the machine reads." in text
    assert "daily use" not in text


def test_changes_are_paged_by_year() -> None:
    sources = {f"{y}-{n}": replace(next(iter(tiny().sources.values())), id=f"{y}-{n}", date=str(y)) for y in (2029, 2030) for n in range(30)}  # fmt: skip
    files = {
        id_: replace(next(iter(tiny().files.values())), source=source, facts=()) for id_, source in sources.items()
    }
    pages = render(replace(tiny(), sources=sources, files=files, statements=()))
    assert "[2030, 2](changes-2030-2.md) (5) · [2030](changes-2030.md) (25) ·" in pages["changes.md"]
    beside = "[2030](changes-2030.md) · [2029, 2](#){ .as .here } · [2029](changes-2029.md) · [All parts](changes.md)"
    assert beside in pages["changes-2029-2.md"]


def test_a_long_list_of_what_is_ahead_stands_whole_on_pages_of_its_own() -> None:
    (undated,) = [s for s in tiny().current if s.fact.id.endswith("c2")]
    words = "apple beech cedar damson elm fir ginkgo hazel ironwood juniper larch maple oak".split()
    texts = (f"The council should plant {one} and {other}." for one, other in combinations(words, 2))
    many = tuple(
        replace(undated, fact=replace(undated.fact, id=f"event-{n:010}", text=text, quote=text, who=()))
        for n, text in zip(range(70), texts, strict=False)
    )
    pages = render(replace(tiny(), statements=(*tiny().statements, *many)))
    assert "The first 9 of 71. All of them: [Without a date, 2](watch-undated-2.md) (26) ·" in pages["watch.md"]
    cited = [re.findall(r"#(event-0\d+)", pages[f"watch-undated{n}.md"]) for n in ("", "-2")]
    assert sorted(c for page in cited for c in page) == [s.fact.id for s in many]
    assert "Part of the [watch list](watch.md)" in pages["watch-undated-2.md"]
    assert section("watch-undated-2.md") == "watch.md"


def test_a_name_that_was_merged_leads_to_its_heir() -> None:
    gone = Entity(id="ines-warga", name="Ines Warga", kind="person", merged_into="ines-varga")
    lost = Entity(id="nobody", name="Nobody", kind="person", merged_into="somebody-unnamed")
    made = render(replace(tiny(), registry={**tiny().registry, gone.id: gone, lost.id: lost}))
    page = made["people/ines-warga.md"]
    assert 'moved: "people/ines-varga.html"' in page
    assert "Ines Warga and [Ines Varga](ines-varga.md) are one." in page
    assert "people/nobody.md" not in made
    assert "ines-warga" not in made["people/index.md"] + made["a-z.md"]
