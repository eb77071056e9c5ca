"""Engines: in this process, in several, on a cluster of two workers of which one dies, the same comes back in the same order."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from working import Marked, dying, pids, squares

from generator.cli import main
from generator.engines import Engine, Failed, Missing, engine
from generator.engines.processes import ENOUGH, Processes
from generator.engines.work import CHUNK
from generator.lexicon import packaged_lexicons
from generator.model import Seed
from generator.reading import ReaderSpec, read_many
from generator.registry import read_registry
from generator.seeds import read_seeds
from generator.seeds.kept import KeptSeed
from generator.store import Store, packed

TESTS = Path(__file__).parent
ARTICLES = TESTS / "cases" / "articles"
CLUSTERS = ("dask", "ray")


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers find the functions of `working`."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(TESTS.parent), str(TESTS)]))


@pytest.mark.parametrize("count", [0, 1, CHUNK, 3 * CHUNK + 1])
def test_processes_give_what_one_gives(count: int) -> None:
    things = range(count)
    assert list(Processes(2).map(squares, 5, things)) == list(Processes(1).map(squares, 5, things))


def test_a_few_things_start_no_process() -> None:
    assert set(Processes().map(pids, None, range(ENOUGH - 1))) == {os.getpid()}
    assert os.getpid() not in set(Processes(2).map(pids, None, range(2)))


def test_a_function_made_of_other_things_is_made_anew() -> None:
    two = Processes(2)
    assert [list(two.map(squares, offset, range(3))) for offset in (1, 2, 1)] == [[1, 2, 5], [2, 3, 6], [1, 2, 5]]


def test_a_process_that_is_killed_is_told(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="try --jobs 1"):
        list(Processes(2).map(dying, Marked(str(tmp_path), at=1), range(4)))


def test_one_that_is_not_installed_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "generator.engines.on_dask", raising=False)
    with pytest.raises(Missing, match=r"pip install 'briefing\[dask\]'"):
        engine("dask")
    told = CliRunner().invoke(main, ["build", "--root", str(TESTS / "sites" / "tiny"), "--engine", "dask"])
    assert told.exit_code == 2
    assert "briefing[dask]" in told.output


def test_an_address_needs_an_engine() -> None:
    told = CliRunner().invoke(main, ["build", "--root", str(TESTS / "sites" / "tiny"), "--scheduler", "tcp://a:1"])
    assert told.exit_code == 2
    assert "--engine dask" in told.output


def test_nothing_of_a_cluster_is_imported_unasked() -> None:
    code = "import sys, generator.pipeline; print({'joblib', 'dask', 'distributed', 'ray'} & {*sys.modules})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=TESTS.parent)
    assert run.stdout.strip() == "set()"


def _read(by: Engine, seeds: list[Seed]) -> list[bytes]:
    """What is read out of articles, with some of their names known, as bytes."""
    registry, _ = read_registry(TESTS / "sites" / "tiny" / "site_src" / "entities")
    spec = ReaderSpec(registry, packaged_lexicons(), ("corvid",))
    return [packed(reading) for reading in read_many(by, spec, seeds, {seed.path: seed.path for seed in seeds})]


@pytest.mark.parametrize("make", [lambda: Processes(2), lambda: engine("dask", jobs=2)])
def test_articles_are_read_alike(make: Callable[[], Engine]) -> None:
    seeds, _ = read_seeds(ARTICLES)
    assert _read(make(), seeds) == _read(Processes(1), seeds)


def test_a_seed_whose_text_is_kept_travels_with_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("date 2031-05-02 The harbour board of Dray met on Friday. It opened the new pier.")
    store = Store(None)
    read_seeds(tmp_path, store=store)
    seeds, _ = read_seeds(tmp_path, store=store)
    assert isinstance(seeds[0], KeptSeed)
    assert _read(Processes(2), seeds * 2) == _read(Processes(1), seeds * 2)


@pytest.mark.parametrize("name", CLUSTERS)
def test_a_worker_that_dies_changes_nothing(name: str, tmp_path: Path) -> None:
    pytest.importorskip(name)
    count = 12 * CHUNK
    made = list(engine(name, jobs=2).map(dying, Marked(str(tmp_path), at=count // 2), range(count)))
    assert made == [number * number for number in range(count)]
    assert [path.name for path in tmp_path.iterdir()] == ["0"]  # it did die


def test_workers_that_die_again_and_again_are_told(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="again and again"):
        list(engine("dask", jobs=2).map(dying, Marked(str(tmp_path), at=1, times=9), range(4)))
