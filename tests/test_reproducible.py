"""Two builds of the same inputs agree to the byte, whatever machine, hour and folder they run in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from builder import BRIDGE, HARBOUR, make, tree

SEEDS = {"bridge.md": BRIDGE, "harbour.txt": HARBOUR, "more/third.txt": HARBOUR.replace("June", "July")}
CLOCK = """
import sys, time, datetime
real = time.time
time.time = lambda: real() + 4e7
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + datetime.timedelta(days=500)
datetime.datetime = Later
from generator.cli import main
main()
"""
PLAIN = "from generator.cli import main; main()"


def build(root: Path, code: str, **env: str) -> dict[str, str]:
    make(root, seeds=SEEDS)
    kept = {
        name: value for name, value in os.environ.items() if name not in ("SOURCE_DATE_EPOCH", "TZ", "LC_ALL", "LANG")
    }
    run = subprocess.run(
        [sys.executable, "-c", code, "build", "--root", str(root)],
        env={**kept, **env},
        cwd=root.parent,
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()
    return tree(root, ".cache")


def test_same_bytes_across_path_zone_locale_hash_seed_and_clock(tmp_path: Path) -> None:
    (tmp_path / "other place").mkdir()
    one = build(tmp_path / "one", PLAIN, TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONHASHSEED="1", PYTHONUTF8="0")
    two = build(
        tmp_path / "other place" / "é",
        CLOCK,
        TZ="America/Adak",
        LC_ALL="C.UTF-8",
        PYTHONHASHSEED="77",
        SOURCE_DATE_EPOCH="1",
    )
    assert len(one) > 40
    assert {path for path in one.keys() | two.keys() if one.get(path) != two.get(path)} == set()


def test_the_order_of_the_file_system_makes_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from generator.pipeline import generate

    generate(make(tmp_path / "one", seeds=SEEDS))
    for name in ("glob", "rglob", "iterdir"):
        original = getattr(Path, name)
        monkeypatch.setattr(Path, name, lambda self, *args, _of=original: reversed(list(_of(self, *args))))
    generate(make(tmp_path / "two", seeds=SEEDS))
    monkeypatch.undo()
    assert tree(tmp_path / "one", ".cache") == tree(tmp_path / "two", ".cache")


def test_seeds_added_one_by_one_make_the_same_pages_as_all_at_once(tmp_path: Path) -> None:
    from generator.pipeline import generate

    generate(make(tmp_path / "one", seeds=SEEDS))
    for name in SEEDS:
        generate(make(tmp_path / "two", seeds={name: SEEDS[name]}))
    one, two = (tree(tmp_path / name / "site_src", "entities") for name in ("one", "two"))
    differ = {path for path in one.keys() | two.keys() if one.get(path) != two.get(path)}
    assert {path for path in differ if ".base/" not in path} == set()  # a base knows who named whom first
