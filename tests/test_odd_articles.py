"""Articles that are odd and honest, or meant to end a run: of a day at the edge of the calendar, with broken lines, with facts without end."""

from __future__ import annotations

from pathlib import Path

import pytest
from builder import HARBOUR, make

from generator import check
from generator.extract import article
from generator.pipeline import generate
from generator.sites import build_site

EDGE = "date {} PORT ELLERY\n\nMayor Ada Solvik visited the Northern Yards. The city will open the port in 2032.\n"
BROKEN = (
    "date 2031-03-12\nMayor visits yards again\n\nMayor Ada Solvik visited the Southern Yards on Wednesday. "
    '"The new\nplan is a great  revolution for us," Solvik said.\nShe added: "We will build twelve\r\nfactories by 2033."\n'
)


@pytest.mark.parametrize("day", ["0001-01-01", "0001", "9999-12-31"])
def test_an_article_of_a_day_at_the_edge_of_the_calendar_ends_no_build(tmp_path: Path, day: str) -> None:
    root = make(tmp_path, seeds={"harbour.txt": HARBOUR, "edge.txt": EDGE.format(day)})
    site = build_site(root, tell=lambda _: None)
    assert site.errors == 0
    assert (site.folder / "index.html").is_file()
    assert any(name.name.startswith(day[:4]) for name in (site.folder / "sources").iterdir())


def test_direct_speech_may_go_on_in_the_next_line(tmp_path: Path) -> None:
    report = generate(make(tmp_path, seeds={"broken.txt": BROKEN}))
    words = [s.fact.words for s in report.briefing.by_kind["quotation"]]  # type: ignore[attr-defined]
    assert len(words) == 2
    assert report.problems == ()
    (page,) = (tmp_path / "site_src/sources").glob("2031*.md")
    assert "great revolution for us" in " ".join(page.read_text().split())


def test_an_article_of_too_many_facts_is_read_as_far_as_anybody_can_edit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (article, check):
        monkeypatch.setattr(module, "MOST_FACTS", 7)
    text = "date 2031-03-12\nYards\n\n" + "".join(f"The yard built {n} boats in March 2031.\n\n" for n in range(3, 20))
    root = make(tmp_path, seeds={"yards.txt": text})
    report = generate(root)
    (source,) = report.briefing.sources
    assert len(report.briefing.by_source[source]) == 7
    (told,) = [str(p) for p in report.problems if p.check == "read-to-its-end"]
    assert told == ("seeds/yards.txt:1:1: warning: 7 facts, and no more are read of one article; cut it into articles")
    assert generate(root).changed == ()
