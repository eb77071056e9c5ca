"""With `excerpts`, no file of a site repeats more than 25 words of an article in a run outside direct speech."""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path

import pytest
import yaml
from published import LIMIT, Sources, breaches, source

from generator.facts import read_fact_files
from generator.model import Quotation
from generator.seeds import read_seeds

SAID = "they come without notice and they leave without thanks"
TEXT = " ".join(f"word{number}" for number in range(60)) + f' "{SAID}" ' + " ".join(f"more{n}" for n in range(60))
ARTICLE = Sources([source("an article", TEXT, [SAID])])
RUN = " ".join(TEXT.split()[10 : 10 + LIMIT + 1])


def of(site: Path) -> Sources:
    """The articles of a briefing with the direct speech in them."""
    seeds = {seed.path: seed.text for seed in read_seeds(site.parent / "seeds")[0]}
    files = read_fact_files(site.parent / "site_src" / "facts")[0]
    assert len(seeds) == len(files) > 0
    return Sources(
        source(id_, seeds[file.source.seed], [f.words for f in file.facts if isinstance(f, Quotation)])
        for id_, file in files.items()
    )


@pytest.mark.parametrize("which", ["shipped_site", "larger_site"])
def test_no_file_repeats_more_than_the_policy_allows(which: str, request: pytest.FixtureRequest) -> None:
    site: Path = request.getfixturevalue(which)
    assert breaches(site, of(site)) == []


def written(path: Path, run: str) -> None:
    """A file of a site that holds a run of words, in a way of its own for each sort of file."""
    if path.suffix == ".sqlite":
        with sqlite3.connect(path) as db:
            db.execute("create table facts (id text, text text)")
            db.execute("insert into facts values ('a', ?)", (run,))
        return
    if path.suffix == ".csv":
        with path.open("w", newline="") as file:
            csv.writer(file).writerows([["id", "text"], ["a", f'so: "{run}", they say']])
        return
    half = run[: len(run) // 2].rpartition(" ")[0]
    rest = run.removeprefix(half)
    raw = {
        ".html": f"<!DOCTYPE html><p>So: {half} <em>[</em><mark>{rest}</mark>",
        ".json": json.dumps({"facts": [{"text": f"“{run}”"}]}),
        ".ics": f"BEGIN:VEVENT\r\nDESCRIPTION:{half[:40]}\r\n {half[40:]}\r\n {rest}\r\nEND:VEVENT\r\n",
        ".xml": f"<feed><entry><content type='html'>&lt;p&gt;{half}&lt;b&gt;{rest}&lt;/b&gt;</content></entry></feed>",
        ".txt": f"# facts\n\n- so: {half}\n  {rest}\n",
        ".bib": f"@misc{{a, note = {{{run}}}}}",
        ".js": f"searched({json.dumps({'7': [['a.html', f'so: {run}']]})})\n",
        ".jsonld.html": "",
    }[path.suffix]
    path.write_text(raw)


@pytest.mark.parametrize("suffix", ["html", "json", "csv", "sqlite", "ics", "xml", "txt", "bib", "js"])
def test_a_run_that_is_too_long_is_found_in_every_sort_of_file(suffix: str, tmp_path: Path) -> None:
    written(tmp_path / f"a.{suffix}", RUN)
    (found,) = breaches(tmp_path, ARTICLE)
    assert found.startswith(f"a.{suffix}: {LIMIT + 1} words")
    (tmp_path / f"a.{suffix}").unlink()
    written(tmp_path / f"a.{suffix}", RUN.rpartition(" ")[0])
    assert breaches(tmp_path, ARTICLE) == []


def test_direct_speech_is_free_but_ends_no_run() -> None:
    told = TEXT.split()
    at = told.index("word59") + 1
    around = told[at - 13 : at + len(SAID.split()) + 13]
    assert ARTICLE.longest(" ".join(around))[0] == 26
    assert ARTICLE.longest(" ".join(around[1:]).upper())[0] == 25


def test_a_sort_of_file_that_nobody_can_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK")
    with pytest.raises(AssertionError, match="nobody knows"):
        breaches(tmp_path, ARTICLE)


def test_data_blocks_and_attributes_of_pages_are_read(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    for text in (
        f'<p title="{RUN}">',
        f'<script type="application/ld+json">{json.dumps({"text": RUN})}</script>',
        f"<!-- {RUN} -->",
        f'<meta name="description" content="{RUN}">',
    ):
        page.write_text(f"<!DOCTYPE html>{text}<p>end")
        assert len(breaches(tmp_path, ARTICLE)) == 1, text


def test_the_words_of_the_shipped_briefing_are_read(shipped_site: Path) -> None:
    """The check compares with what is in the house: seeds and quotations, not with nothing."""
    (facts,) = (shipped_site.parent / "site_src" / "facts").glob("*.yml")
    quotes = [fact["quote"] for fact in yaml.safe_load(facts.read_text(encoding="utf-8"))["facts"]]
    sources = of(shipped_site)
    assert max(sources.longest(quote)[0] for quote in quotes) >= 15
