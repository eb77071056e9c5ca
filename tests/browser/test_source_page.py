"""The page of a source in a real browser: words and their chain, the reader's own copy, links into the original."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from hearing import heard
from test_theme import build
from tiny import tiny, with_policy

from generator.fragments import Article, whole_words
from generator.model import Span

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

OPENINGS = "2031-05-02-health-minister-ines-varga-opened-three"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("sources")
    return {policy: build(with_policy(policy), folder / policy) for policy in ("excerpts", "none")}


def source(site: Path, source_id: str = OPENINGS) -> str:
    return (site / "sources" / f"{source_id}.html").as_uri()


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 360, "height": 640})
    yield page
    page.close()


@pytest.fixture(params=["excerpts", "none"])
def copy(sites: dict[str, Path], phone: Page, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page of the openings with the search in one's own copy opened; nothing may leave it from then on."""
    with heard(phone) as wrong:

        def sent(asked: Request) -> None:
            wrong.append(asked.url)

        phone.goto(source(sites[request.param]))
        phone.wait_for_load_state("networkidle")
        phone.on("request", sent)
        phone.get_by_text("Have the article?").press("Enter")
        yield phone
        phone.remove_listener("request", sent)
    assert not phone.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def pasted(page: Page, text: str) -> tuple[str, list[str]]:
    """What the page says of a text, and the stretches it lights up."""
    page.get_by_label("Text of the article").fill(text)
    page.get_by_role("button", name="Light up the facts").press("Enter")
    return page.get_by_role("status").inner_text(), page.locator(".lit mark").all_text_contents()


TEXT = tiny().seeds[OPENINGS].text
FACTS = [s for s in tiny().by_source[OPENINGS] if s.span]


def test_the_same_text_lights_up_to_the_letter(copy: Page) -> None:
    said, lit = pasted(copy, f"\ufeff  {TEXT}\r\n".replace("\n", "\r\n"))
    assert said == f"This is the same text, to the letter. It holds all {len(FACTS)} facts."
    assert "three village clinics" in lit
    assert copy.locator(".lit").evaluate("e => e.textContent") == TEXT
    known = {s.fact.id for s in FACTS}
    leads = copy.eval_on_selector_all(".lit a", "links => links.map(a => a.getAttribute('href').slice(1))")
    assert set(leads) <= known
    assert (
        len(set(leads)) >= len(known) - 2
    )  # a fact all of whose words belong to shorter ones has no stretch of its own
    copy.locator(".lit a").first.press("Enter")
    assert copy.locator("mark:target").count() == 1


def test_a_copy_from_a_web_page_lights_up(copy: Page) -> None:
    marks = TEXT.replace('"', "”").replace("'", "’").replace(", ", ",\n").replace(" the ", "\u00a0the ")
    said, lit = pasted(copy, f"Home | World\n<b>Clinics</b> opened\n{marks}\n\nShare this")
    assert said == f"Your copy is not the same to the letter. It holds all {len(FACTS)} facts."
    assert len(lit) >= len(FACTS)
    assert copy.locator(".lit").evaluate("e => e.textContent").startswith("Home | World\n<b>Clinics</b> opened")


def test_a_part_says_what_is_missing(copy: Page) -> None:
    said, lit = pasted(copy, TEXT.split("\n\n")[0] + " So far 18 clinics have opened again.")
    assert said.startswith(f"Your copy is not the same to the letter. It holds 4 of {len(FACTS)} facts. Not found: ")
    assert len(lit) == 5  # the visit is cut in two by the figure within it
    assert copy.locator("[role=status] a").count() == len(FACTS) - 4


def test_words_that_are_said_twice_are_found_where_they_are_meant(copy: Page) -> None:
    text = f"{TEXT}\n\nthree village clinics"
    pasted(copy, text)
    assert copy.locator(".lit").evaluate("e => e.lastChild.textContent").endswith("three village clinics")


def test_another_text_has_none(copy: Page) -> None:
    assert pasted(copy, "A mill burned in Ellery on Wednesday. " * 50) == (
        f"This text holds none of the {len(FACTS)} facts.",
        [],
    )
    assert pasted(copy, " \n") == ("Paste the text of the article first.", [])


def test_pasting_is_enough(copy: Page) -> None:
    copy.get_by_label("Text of the article").wait_for()  # made when the box opens, a moment after the click
    copy.evaluate(
        """text => { const area = document.querySelector("textarea"); area.value = text;
        area.dispatchEvent(new ClipboardEvent("paste")); }""",
        TEXT,
    )
    copy.get_by_text("This is the same text").wait_for()


def test_it_shuts_nobody_out(sites: dict[str, Path], browser: Browser) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(source(sites["excerpts"]))
        page.get_by_text("Have the article?").click()
        pasted(page, TEXT[:500])
        page.eval_on_selector_all("details.how", "all => all.forEach(d => { d.open = true; })")
        assert [v["id"] for v in Axe().run(page).response["violations"]] == []
        context.close()


def test_who_vouches_stands_right_behind_the_words_one_is_led_to(sites: dict[str, Path], browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 640})
    for policy in ("excerpts", "none"):
        page.goto(source(sites[policy]) + "#event-aaaaaaaaa3")
        mark = page.locator("mark:target")
        behind = mark.evaluate("m => getComputedStyle(m, '::after').content.includes(m.dataset.chain)")
        assert mark.get_attribute("data-chain") == "Halvora News Service → Tessaly Wire"
        assert behind
        box = mark.bounding_box()
        assert box
        assert 0 <= box["y"] <= box["y"] + box["height"] <= 640
        assert "opened three village clinics" in page.locator(".here").inner_text() or policy == "none"
        assert page.locator(".here").count() == 1
    page.close()


def test_how_a_fact_was_read_opens_without_a_script(sites: dict[str, Path], browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(source(sites["excerpts"]))
    assert not page.get_by_role("link", name="permanent link").first.is_visible()
    page.get_by_text("How it was read").first.press("Enter")
    assert page.get_by_role("link", name="permanent link").first.is_visible()
    assert not page.get_by_text("Have the article?").is_visible()
    context.close()


def article(text: str) -> str:
    """A text as a web page; what the browser lights up looks like the highlight `own`."""
    style = "body{width:60rem;font:16px/1.4 serif}::target-text,::highlight(own){background:#ff0;color:#000}"
    blocks = "".join(f"<p>{block}</p>" for block in escape(text).split("\n\n"))
    return f"<!doctype html><meta charset=utf-8><style>{style}</style><article>{blocks}</article>"


HIGHLIGHT = """([start, end]) => {
  const range = new Range();
  let at = 0;
  for (const { firstChild: node } of document.querySelectorAll("p")) {
    if (at <= start && start <= at + node.length) range.setStart(node, start - at);
    if (at <= end && end <= at + node.length) range.setEnd(node, end - at);
    at += node.length + 2;
  }
  CSS.highlights.set("own", new Highlight(range));
}"""
TWICE = (
    "The mill closed in May. The café, well-known & loved, stayed.\n\nIn June the mill closed again, and “the mill” "
    "closed for good.\n\nThe cafe's owner said that R&D, 10% of it, had cost “too much”. The café stayed."
)
MEANT = (
    "The mill closed",
    "the mill closed",
    "the mill”",
    "well-known & loved",
    "R&D, 10% of it",
    "The café stayed",
    "cafe",
)


def test_a_text_fragment_lights_up_the_exact_words(browser: Browser, tmp_path: Path) -> None:
    asked = [(TWICE, Span(at := TWICE.index(words), at + len(words))) for words in MEANT]
    asked += [(tiny().seeds[s.source.id].text, s.span) for s in tiny().statements if s.span][::3]
    page = browser.new_page(viewport={"width": 1000, "height": 700})
    for number, (text, span) in enumerate(asked):
        directive, words = Article(text).directive(span), whole_words(span, text)
        assert words
        file = tmp_path / f"{number}.html"
        file.write_text(article(text), encoding="utf-8")
        page.goto(file.as_uri())
        page.evaluate(HIGHLIGHT, [words.start, words.end])
        picture = page.screenshot()
        page.goto("about:blank")
        page.goto(f"{file.as_uri()}#:~:{directive}")
        assert any(page.screenshot() == picture for _ in range(30)), (span.of(text), str(directive))
    page.close()


def test_a_text_fragment_scrolls_to_the_words(browser: Browser, tmp_path: Path) -> None:
    text = "\n\n".join([f"Paragraph {n} says that the mill closed." for n in range(200)])
    at = text.index("the mill closed", text.index("Paragraph 150"))
    file = tmp_path / "long.html"
    file.write_text(article(text), encoding="utf-8")
    page = browser.new_page(viewport={"width": 800, "height": 600})
    page.goto(f"{file.as_uri()}#:~:{Article(text).directive(Span(at, at + 15))}")
    box = page.get_by_text("Paragraph 150").bounding_box()
    assert box
    assert 0 <= box["y"] <= 600
    page.close()
