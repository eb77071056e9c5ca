"""Seeds of one shared folder read into another: the same files whatever reads them, and none of them twice."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from fsspec.implementations.memory import MemoryFileSystem
from msgspec.msgpack import decode

from generator.cli import main
from generator.corpus import take_all
from generator.engines import Engine, engine
from generator.engines.processes import Processes
from generator.lexicon import packaged_lexicons
from generator.model import Entity
from generator.reading import ReaderSpec

ARTICLES = Path(__file__).parent / "cases" / "articles"
SPEC = ReaderSpec({}, packaged_lexicons())


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    for path in sorted(ARTICLES.glob("[bc]*.[mt][dx][t]*")) + sorted(ARTICLES.glob("c*.md")):
        folder.mkdir(exist_ok=True)
        shutil.copy(path, folder)
    (folder / "README.md").write_text("No seed.")
    (folder / "undated.txt").write_text("The harbour board met.")
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.*"))}


def taken(by: Engine, seeds: Path | str, out: Path | str, spec: ReaderSpec = SPEC) -> list[bool]:
    return [outcome.is_new for outcome in take_all(by, str(seeds), str(out), spec)]


@pytest.mark.parametrize("name", [None, "dask"])
def test_whatever_reads_them_the_files_are_the_same(name: str | None, seeds: Path, tmp_path: Path) -> None:
    taken(Processes(1), seeds, tmp_path / "one")
    taken(engine(name, jobs=2), seeds, tmp_path / "many")
    assert files(tmp_path / "many") == files(tmp_path / "one")


def test_a_run_that_was_cut_short_goes_on(seeds: Path, tmp_path: Path) -> None:
    outcomes = take_all(Processes(1), str(seeds), str(tmp_path / "out"), SPEC)
    next(outcomes)
    whole = taken(Processes(1), seeds, tmp_path / "out")
    assert False in whole
    assert taken(Processes(1), seeds, tmp_path / "out") == [False] * len(whole)


def test_what_changes_is_read_again(seeds: Path, tmp_path: Path) -> None:
    count = len(taken(Processes(1), seeds, tmp_path / "out"))
    (seeds / "border.txt").write_text((seeds / "border.txt").read_text() + " It ended on Friday.")
    assert sum(taken(Processes(1), seeds, tmp_path / "out")) == 1
    known = ReaderSpec({"dray": Entity(id="dray", name="Dray", kind="city")}, SPEC.lexicons)
    assert sum(taken(Processes(1), seeds, tmp_path / "out", known)) == count


def test_an_address_serves_as_well(seeds: Path, tmp_path: Path) -> None:
    store = MemoryFileSystem()
    for path in seeds.iterdir():
        store.pipe_file(f"/corpus/{path.name}", path.read_bytes())
    taken(Processes(1), seeds, tmp_path / "out")
    assert all(taken(Processes(1), "memory://corpus", "memory://read"))
    assert not any(taken(Processes(1), "memory://corpus", "memory://read"))
    there = {name.removeprefix("/read/"): store.cat_file(name) for name in store.find("/read")}
    assert there == files(tmp_path / "out")


def test_a_file_holds_facts_or_problems(seeds: Path, tmp_path: Path) -> None:
    by_name = {o.name: o for o in take_all(Processes(1), str(seeds), str(tmp_path), SPEC)}
    assert "README.md" not in by_name
    border = decode((tmp_path / by_name["border.txt"].file).read_bytes())
    assert len(border["extraction"]["facts"]) == by_name["border.txt"].facts > 3
    undated = decode((tmp_path / by_name["undated.txt"].file).read_bytes())
    assert undated["extraction"] is None
    assert "no date" in undated["problems"][0]["message"]


def test_the_command_tells_what_it_did(seeds: Path, tmp_path: Path) -> None:
    first = CliRunner().invoke(main, ["extract-all", str(seeds), str(tmp_path / "out")])
    again = CliRunner().invoke(main, ["extract-all", str(seeds), str(tmp_path / "out"), "--jobs", "1"])
    assert "undated.txt" in first.output
    assert first.exit_code == 1
    assert "0 seeds read" in again.output
    assert "0 new facts" in again.output
