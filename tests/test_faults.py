"""Machines that fail and people who save at the wrong moment: a clear word, nothing half-written, no edit lost, and the next run heals.

`EDITOR_SECONDS` says how long two builds and an editor work on one file at once (3 unless it is set; `make soak` asks for 60).
"""

from __future__ import annotations

import os
import random
import re
import resource
import shutil
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from test_crash import AFTER, BEFORE, EDITS, YARDS, pending, state

from generator.cli import main
from generator.pipeline import generate
from generator.publish import refused
from generator.yamlfile import read_yaml

__all__ = ["pending"]

SECONDS = float(os.environ.get("EDITOR_SECONDS", "3"))
NOBODY = 65534


@pytest.fixture
def root(pending: Path, tmp_path: Path) -> Path:
    return shutil.copytree(pending, tmp_path / "root")


@pytest.fixture(scope="module")
def wanted(pending: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    whole = shutil.copytree(pending, tmp_path_factory.mktemp("whole") / "root")
    generate(whole)
    return state(whole)


def files(root: Path) -> Iterator[Path]:
    return iter(sorted((root / "site_src/facts").glob("*.yml")))


def whole(root: Path) -> None:
    """Every fact file can be read and has the edits."""
    for path in files(root):
        text = path.read_text()
        assert read_yaml(path.name, text)[1] == []
        assert all(mine in text for _, mine in EDITS), path.name


def briefing(root: Path, *args: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "generator.cli", *args, "--root", root.as_posix()],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": Path(__file__).parents[1].as_posix()},
    )


def in_a_child(work: Callable[[], object]) -> tuple[int, str]:
    """How a process of its own ends, and what it says on standard error; it has all modules that this one has."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        code = 70
        try:
            sys.stdout, sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w"), os.fdopen(theirs, "w")
            work()
            code = 0
        except SystemExit as ends:
            code = int(ends.code or 0)
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)
    os.close(theirs)
    with os.fdopen(ours, encoding="utf-8") as pipe:
        told = pipe.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), told


def with_room(root: Path, room: int) -> None:
    """A build that can write so many bytes of a file: writing ends in the middle, as on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    main(["build", "--root", root.as_posix()])


@pytest.mark.parametrize("room", [0, 1, 700, 1500, 2500, 5000, 9000])
def test_a_full_disk_is_told_and_the_next_run_heals(root: Path, wanted: dict[str, str], room: int) -> None:
    code, told = in_a_child(lambda: with_room(root, room))
    assert code == 1
    assert "Traceback" not in told
    assert re.search(
        r"File too large; (nothing is half written|facts and pages are whole, but the site is not), mend", told
    )
    whole(root)
    generate(root)
    assert {name: digest for name, digest in state(root).items() if not name.startswith("site/")} == wanted


def test_a_read_only_fact_file_is_told_and_left_and_the_others_are_written(root: Path, wanted: dict[str, str]) -> None:
    first, *others = files(root)
    before = first.read_bytes()
    first.chmod(0o444)
    assert [p.path for p in generate(root, write=False).problems if p.check == "read-only"] == [
        first.relative_to(root).as_posix()
    ]
    (found,) = [p for p in generate(root).problems if p.check == "read-only"]
    assert (found.path, found.severity) == (first.relative_to(root).as_posix(), "error")
    assert first.read_bytes() == before
    now = state(root)
    for path in others:
        name = path.relative_to(root).as_posix()
        assert now[name] == wanted[name]
    first.chmod(0o644)
    assert [p for p in generate(root).problems if p.check == "read-only"] == []
    assert state(root) == wanted


def as_nobody(root: Path) -> None:
    """A regeneration by somebody without rights to the folder."""
    if os.getuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    try:
        generate(root)
    except OSError as error:
        print(refused(error), end="", file=sys.stderr)


def test_a_read_only_tree_is_told_and_stays(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    generate(shutil.copytree(root, root.with_name("warm")))
    before = state(root)
    for folder in (root, *root.parents):
        if folder.is_relative_to(tmp_path_factory.getbasetemp().parent.parent):
            folder.chmod(0o755)
    shutil.rmtree(root / ".cache")
    folders = [root, *(path for path in root.rglob("*") if path.is_dir())]
    try:
        for folder in folders:
            folder.chmod(0o555)
        _, told = in_a_child(lambda: as_nobody(root))
    finally:
        for folder in folders:
            folder.chmod(0o755)
    assert re.fullmatch(r"\S+: Permission denied; nothing is half written, mend that and try again", told)
    assert state(root) == before


def test_two_builds_at_once_take_turns(root: Path, wanted: dict[str, str]) -> None:
    runs = [briefing(root, "build", "--quiet") for _ in range(2)]
    for run in runs:
        _, told = run.communicate(timeout=120)
        assert run.returncode == 0, told
    now = state(root)
    assert {name: now[name] for name in wanted} == wanted


BUILDER = """
import sys, time
from pathlib import Path
from generator.cli import main
from generator.pipeline import generate
from generator.publish import Busy
root, seed, ends = Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])
texts, n = sys.argv[4:], 0
while time.time() < ends:
    if texts:
        n += 1
        seed.with_suffix(".new").write_text(texts[n % len(texts)])
        seed.with_suffix(".new").replace(seed)
    try:
        generate(root)
    except Busy:  # the other had every turn
        pass
"""


def builder(root: Path, ends: float, *texts: str) -> subprocess.Popen[bytes]:
    seed = root / "seeds" / f"{YARDS[0]}.txt"
    return subprocess.Popen(
        [sys.executable, "-c", BUILDER, root.as_posix(), seed.as_posix(), str(ends), *texts],
        env={**os.environ, "PYTHONPATH": Path(__file__).parents[1].as_posix()},
        stderr=subprocess.PIPE,
    )


def save(path: Path, text: str, *, in_place: bool) -> None:
    """As editors do: over the file as it is, or by a new file that takes its name."""
    if in_place:
        path.write_text(text)
    else:
        path.with_suffix(".swp").write_text(text)
        path.with_suffix(".swp").replace(path)


@pytest.mark.parametrize("in_place", [False, True])
def test_two_builds_and_an_editor_at_once_lose_no_edit(root: Path, in_place: bool) -> None:
    """The editor adds a comment to what is there, again and again, while one build follows another over a seed that changes."""
    generate(root)
    path, rng, ends = next(p for p in files(root) if YARDS[0] in p.read_text()), random.Random(1), time.time() + SECONDS
    builds = [
        builder(root, ends, BEFORE.format(YARDS[0], "Dray"), AFTER.format(YARDS[0], "Dray", "Dray")),
        builder(root, ends),
    ]
    saved = 0
    while time.time() < ends:
        text = path.read_text()
        places = [found.end() for found in re.finditer(r"(?m)^- id: .*\n", text)]
        at = rng.choice(places)
        save(path, f"{text[:at]}  # edit {saved} #\n{text[at:]}", in_place=in_place)
        saved += 1
        time.sleep(rng.uniform(0, 0.03))
    for run in builds:
        _, told = run.communicate(timeout=60)
        assert run.returncode == 0, told
    generate(root)
    text = path.read_text()
    assert [n for n in range(saved) if f"# edit {n} #" not in text] == []
    assert saved > 20 * SECONDS
    whole(root)
