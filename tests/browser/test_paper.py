"""On paper: every statement with its source, the title and the day, and nothing that one can only click."""

from __future__ import annotations

import io
import re
import unicodedata
from typing import TYPE_CHECKING

from pypdf import PdfReader

if TYPE_CHECKING:
    from playwright.sync_api import Browser

KINDS = ("index", "watch", "topics", "timeline", "figures", "quotations", "people", "sources", "text")
CLICKED = ("Skip to the text", "Sections", "Made with briefing", "Review queue")


def plain(text: str) -> str:
    """Letters and digits only: on paper words break at the ends of lines."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


def test_a_printed_page_holds_every_statement_with_its_source_and_no_navigation(
    each_kind: list[str], browser: Browser
) -> None:
    page = browser.new_page(color_scheme="dark")
    for address in each_kind:
        if address.endswith(("/review.html", "/404.html")):
            continue
        page.goto(address)
        told = page.evaluate(
            """() => [...document.querySelectorAll("h1, h2, .asof, main :is(.cite, td, li > p:not(.more), .when, .amount)")]
                .map(e => { const c = e.cloneNode(true);
                    c.querySelectorAll("svg, .more, .permalink, .edit, [href$='method.html']").forEach(x => x.remove());
                    return c.textContent; })"""
        )
        read = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
        paper = plain("".join(sheet.extract_text() for sheet in read.pages))
        assert [text for text in told if plain(text) not in paper] == [], address
        assert [text for text in CLICKED if plain(text) in paper] == [], address
        page.emulate_media(media="print")
        colours = page.evaluate(
            "() => [getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(document.body).color]"
        )
        assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"], address
        page.emulate_media(media="null")
    page.close()
