"""What a reader types is cut into the same words as what the index is made of."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from generator.finding.words import LONGEST, split

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
ENDINGS = (
    "s ed ing ly ness ies ied sses eed eedly ingly edly ational tional enci anci abli entli izer ization ation ator alism aliti alli "
    "fulli fulness ousli ousness iveness iviti biliti bli ogist ogi lessli li icate iciti ical ative ful ment ement ion able y e l "
    "ll us ss at bl iz dd tt"
).split()
ODD = (
    "co-operation re-open well-known up-to-date",
    "the council's mayor’s O’Brien's don't rock'n'roll 'quoted'",
    "12,000 vehicles; 1,234,567.89 and 12,34 on 2031-05-02",
    "Ärzte Straße Łódź Ærø cœur İstanbul Ñandú façade ﬁnance ½ ① Ⅳ",
    "日本語 тест Ελλάδα عربي हिन्दी",
    "a_b __proto__ constructor e\u0301te\u0301 soft\u00adhyphen",
    "x" * (LONGEST + 5),
    "- ' '' -- -a a- 's",
)


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.add_script_tag(path=ROOT / "templates" / "theme" / "assets" / "words.js")
    yield page
    page.close()


def known() -> set[str]:
    """Every word of the lexicons and of the articles that stand in the tests."""
    folders = [ROOT / "generator" / "lexicons", ROOT / "tests" / "cases", ROOT / "tests" / "bench", ROOT / "seeds"]
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in (".yml", ".txt", ".md")]
    return {word for path in files for word in re.findall("[a-z]+", path.read_text(encoding="utf-8").lower())}


def made(words: list[str]) -> set[str]:
    """Words that look English and try every rule."""
    draw = random.Random(7)
    letters = "aeiouyaeiouybcdstlnrmpg"
    short = {"".join(draw.choice(letters) for _ in range(draw.randint(1, 7))) for _ in range(15_000)}
    return {word + draw.choice(["", *ENDINGS]) for word in sorted(short)} | {w + draw.choice(ENDINGS) for w in words}


def test_words_have_the_same_stems(page: Page) -> None:
    words = sorted(known())
    assert len(words) > 5000
    words += sorted(made(words))
    told = page.evaluate("list => list.map(word => words(word).map(one => one.term))", words)
    wrong = {word: (ours, theirs) for word, theirs in zip(words, told, strict=True) if (ours := [t for t, _ in split(word)]) != theirs}  # fmt: skip
    assert wrong == {}


def test_a_text_falls_into_the_same_words(page: Page) -> None:
    for text in ODD:
        told = page.evaluate("text => words(text).map(one => one.term)", text)
        assert told == [term for term, at in parts(text)], text


def parts(text: str) -> Iterator[tuple[str, int]]:
    """The terms of a text but those of whole words with hyphens, which stand behind their parts at the place of the first."""
    last = -1
    for term, at in split(text):
        if at > last:
            yield term, at
            last = at
