"""The whole tiny site, page by page, as it stands in `sites/golden`; `make golden` writes it anew and drops orphans."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from tiny import tiny

from generator.render import render

GOLDEN = Path(__file__).parent / "sites" / "golden"
SIZE = re.compile(r"\| \d+ (?:KB|bytes) \|$", re.MULTILINE)
"""How large a file is depends on the libraries that wrote it."""
PAGES = {name: SIZE.sub("| some KB |", text) for name, text in render(tiny()).items()}
if os.environ.get("UPDATE_GOLDEN"):
    for old in GOLDEN.rglob("*.md"):
        old.unlink()
    for name, text in PAGES.items():
        (GOLDEN / name).parent.mkdir(parents=True, exist_ok=True)
        (GOLDEN / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("name", sorted(PAGES))
def test_page(name: str) -> None:
    assert (GOLDEN / name).read_text(encoding="utf-8") == PAGES[name], "look at the difference, then: make golden"


def test_no_page_is_left_over() -> None:
    assert {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*.md")} == set(PAGES)
