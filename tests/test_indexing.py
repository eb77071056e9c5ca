"""The index in a site's folder: only what search loads, the same bytes each time, and none rather than a broken one."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from builder import make, tree
from tiny import empty, tiny

from generator.indexing import FOLDER, KEPT, IndexFailed, write_index
from generator.search import Record, records


def url(path: str) -> str:
    return path.removesuffix(".md") + ".html"


def fragments(site: Path) -> list[dict[str, object]]:
    found = sorted((site / FOLDER / "fragment").iterdir())
    return [json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd")) for path in found]


def test_every_record_is_in_it(tmp_path: Path) -> None:
    write_index(records(tiny()), tmp_path, url)
    told = {str(f["url"]): f for f in fragments(tmp_path)}
    assert set(told) == {url(r.path) + (f"#{r.anchor}" if r.anchor else "") for r in records(tiny())}
    for record in records(tiny()):
        assert told[url(record.path) + (f"#{record.anchor}" if record.anchor else "")]["content"] == record.content


def test_only_what_search_loads_is_in_it(tmp_path: Path) -> None:
    write_index(records(tiny()), tmp_path, url)
    names = {name.removeprefix(f"{FOLDER}/") for name in tree(tmp_path)}
    assert {"pagefind.js", "pagefind-entry.json", "wasm.en.pagefind"} <= names
    assert all(map(KEPT.fullmatch, names))
    assert not [name for name in names if "ui" in name or "worker" in name]


def test_the_same_records_make_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        write_index(records(tiny()), tmp_path / name, url)
    assert tree(tmp_path / "one") == tree(tmp_path / "two") == tree(tmp_path / "three")


def test_many_records_go_through_the_pipe(tmp_path: Path) -> None:
    many = [Record("a.md", f"f{n}", f"Fact {n} of {'very ' * 50}many.", {"kind": "Event"}) for n in range(700)]
    write_index(many, tmp_path, url)
    assert len(fragments(tmp_path)) == 700


def test_a_former_index_goes(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "stale.pf_meta").write_text("old")
    write_index(records(tiny()), tmp_path, url)
    assert not (tmp_path / FOLDER / "stale.pf_meta").exists()
    write_index(records(empty()), tmp_path, url)
    assert not (tmp_path / FOLDER).exists()


@pytest.mark.parametrize("program", ["#!/bin/sh\nexit 3\n", "#!/bin/sh\necho 'bm8=,'\ncat >/dev/null\n", None])
def test_without_a_working_pagefind_there_is_no_index_and_why_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str | None
) -> None:
    fake = tmp_path / "fake"
    if program:
        fake.write_text(program)
        fake.chmod(0o755)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(fake))
    (tmp_path / FOLDER).mkdir()
    with pytest.raises(IndexFailed, match=r"no search index: .*A–Z"):
        write_index(records(tiny()), tmp_path, url)
    assert not (tmp_path / FOLDER).exists()


def test_the_site_stands_without_an_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from generator.mkdocs_plugin import build_site

    told: list[str] = []
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(tmp_path / "nowhere"))
    site = build_site(make(tmp_path / "root"), tell=told.append)
    assert (site.folder / "index.html").is_file()
    assert (site.errors, site.warnings) == (0, 1)
    assert "no search index" in told[-1]
