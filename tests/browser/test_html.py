"""Every page is valid HTML and says of itself what search engines and screen readers ask for.

Two rules of html-validate are set apart in `htmlvalidate.json`: titles are those of articles, so their length is not
ours (`long-title`), and an id may begin with a digit, as the standard has it (`valid-id`: years are headings).
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from briefings import ADDRESS
from kinds import names, some
from lxml import html

HERE = Path(__file__).parent
VALIDATOR = HERE / "node_modules" / ".bin" / "html-validate"


@pytest.mark.skipif(
    not (VALIDATOR.is_file() and shutil.which("node")), reason="no html-validate: `npm ci` in tests/browser brings it"
)
def test_every_page_is_valid(shipped_site: Path, larger_site: Path, tmp_path: Path) -> None:
    run = (VALIDATOR, "--config", HERE / "htmlvalidate.json", "--formatter", "json")
    (tmp_path / "wrong.html").write_text('<!DOCTYPE html><title>x</title><p id="a"><p id="a">')
    pages = [site / name for site in (shipped_site, larger_site) for name in some(site)]
    done = subprocess.run([*run, *pages, tmp_path / "wrong.html"], capture_output=True, text=True, check=False)
    told = [
        f"{page['filePath']}:{said['line']}:{said['column']}: {said['ruleId']}: {said['message']}"
        for page in json.loads(done.stdout)
        for said in page["messages"]
    ]
    assert any("no-dup-id" in line for line in told), "the validator does not look"
    assert [line for line in told if "wrong.html" not in line] == []


@pytest.mark.parametrize("which", ["shipped_site", "larger_site"])
def test_every_page_says_what_it_is(which: str, request: pytest.FixtureRequest) -> None:
    site: Path = request.getfixturevalue(which)
    titles: Counter[str] = Counter()
    wrong: list[str] = []
    for name in names(site):
        page = html.document_fromstring((site / name).read_bytes())
        titles[page.findtext("head/title") or ""] += 1
        described = page.xpath("string(head/meta[@name='description']/@content)")
        canonical = page.xpath("head/link[@rel='canonical']/@href")
        named = [
            e for e in page.iter("a", "button", "summary") if not (e.text_content().strip() or e.get("aria-label"))
        ]
        if page.get("lang") != "en":
            wrong.append(f"{name}: no language")
        if "width=device-width" not in page.xpath("string(head/meta[@name='viewport']/@content)"):
            wrong.append(f"{name}: no viewport")
        if named:
            wrong.append(f"{name}: a link without words: {html.tostring(named[0])!r}")
        if name != "404.html" and not 25 <= len(described) <= 200:
            wrong.append(f"{name}: a description of {len(described)} characters")
        if name != "404.html" and canonical not in ([ADDRESS + name], [ADDRESS + name.removesuffix("index.html")]):
            wrong.append(f"{name}: canonical is {canonical}")
        if len(page.xpath("//h1")) != 1:
            wrong.append(f"{name}: {len(page.xpath('//h1'))} first headings")
    assert wrong == []
    assert [title for title, count in titles.items() if count > 1 or not title] == []
