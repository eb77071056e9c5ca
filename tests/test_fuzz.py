"""The targets of fuzzing, tried briefly: what they begin with, what ever broke them, and such inputs changed by chance."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from fuzz import run as fuzz_run
from fuzz.material import tokens
from fuzz.targets import TARGETS, Target
from hypothesis import given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "tests" / "cases" / "fuzz"
BRIEF = {"article": 60, "merge": 25, "seed": 40, "head": 60, "markdown": 60, "yaml": 60}
"""Inputs of each target that a test run tries; `make soak` has atheris try a million."""


def found() -> list[Any]:
    """Inputs that broke something once."""
    return [
        pytest.param(path.stem, case, id=f"{path.stem}: {case['name']}")
        for path in sorted(CASES.glob("*.yml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize(("name", "case"), found())
def test_what_broke_once_holds(name: str, case: dict[str, str]) -> None:
    raw = bytes.fromhex(case["hex"]) if "hex" in case else case["text"].encode()
    TARGETS[name].check(raw)


@pytest.mark.parametrize("name", TARGETS)
def test_what_fuzzing_begins_with_holds(name: str) -> None:
    starts = list(TARGETS[name].starts())
    assert starts
    for raw in starts[:: 1 + len(starts) // 25]:
        TARGETS[name].check(raw[: TARGETS[name].longest])


def changed(target: Target) -> st.SearchStrategy[bytes]:
    """Inputs that a target begins with, cut, repeated, and with tokens and bytes put in."""
    starts, words = list(target.starts()), [word.encode("utf-8", "surrogatepass") for word in target.tokens()]
    piece = st.sampled_from(words) | st.binary(max_size=8) if words else st.binary(max_size=8)
    change = st.tuples(st.integers(0, target.longest), st.integers(0, 30), piece)

    def made(start: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
        for at, gone, new in changes:
            at = at % (len(start) + 1)
            start = start[:at] + new + start[at + gone :]
        return start[: target.longest]

    return st.builds(made, st.sampled_from(starts) | st.binary(max_size=target.longest), st.lists(change, max_size=6))


@pytest.mark.parametrize("name", TARGETS)
def test_laws_hold_for_what_chance_makes(name: str) -> None:
    @settings(max_examples=BRIEF[name], database=None)
    @given(changed(TARGETS[name]))
    def holds(raw: bytes) -> None:
        TARGETS[name].check(raw)

    holds()


def ran(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """The driver, as `make soak` calls it."""
    return subprocess.run(
        [sys.executable, "-m", "tests.fuzz.run", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )


def test_the_driver_fuzzes_or_says_why_not(tmp_path: Path) -> None:
    done = ran("head", "--runs", "40", "--crashes", str(tmp_path))
    if find_spec("atheris") is None:
        assert (done.returncode, done.stderr.strip()) == (1, fuzz_run.ABSENT)
    else:
        assert done.returncode == 0, done.stdout + done.stderr
        assert done.stdout.startswith("head: 4")
        assert "nothing broke" in done.stdout


LOG = """#2\tINITED cov: 40 ft: 41 corp: 1/1b exec/s: 0 rss: 80Mb
#900\tREDUCE cov: 950 ft: 2,6 corp: 1/1b
#1000\tNEW    cov: 955 ft: 2676 corp: 301/36Kb lim: 600 exec/s: 67 rss: 232Mb
stat::number_of_executed_units: {runs}
stat::average_exec_per_sec:     67
{end}"""


@pytest.mark.parametrize(
    ("runs", "end", "good", "says"),
    [
        (1000, "", True, "yaml: 1,000 executions, 67/s, 955 edges, 2,676 features; nothing broke"),
        (1000, "Test unit written to x/yaml-slow-unit-1", True, "nothing broke"),
        (999, "", False, "ENDED EARLY, of 1,000"),
        (
            1000,
            "Test unit written to x/yaml-crash-1",
            False,
            "BROKE: python -m tests.fuzz.run yaml --replay x/yaml-crash-1",
        ),
        (
            7,
            "Test unit written to x/yaml-timeout-1",
            False,
            "BROKE: python -m tests.fuzz.run yaml --replay x/yaml-timeout-1",
        ),
    ],
)
def test_a_run_is_good_only_if_all_was_tried_and_nothing_broke(runs: int, end: str, good: bool, says: str) -> None:
    outcome = fuzz_run._outcome("yaml", 1000, LOG.format(runs=runs, end=end))
    assert (outcome.is_good, str(outcome).endswith(says)) == (good, True)


def test_an_input_is_tried_again_by_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = tmp_path / "input"
    raw.write_bytes(b"a: 1\n")
    assert fuzz_run.main(["yaml", "--replay", str(raw)]) == 0

    def breaks(_: bytes) -> None:
        raise AssertionError

    target = TARGETS["yaml"]
    broken = Target(check=breaks, starts=target.starts, tokens=target.tokens, longest=target.longest)
    monkeypatch.setitem(fuzz_run.TARGETS, "yaml", broken)  # type: ignore[arg-type]
    assert fuzz_run.main(["yaml", "--replay", str(raw)]) == 1


@pytest.mark.parametrize("name", TARGETS)
def test_a_dictionary_is_one_that_libfuzzer_reads(name: str) -> None:
    lines = tokens(TARGETS[name].tokens()).splitlines()
    assert len(lines) == len(set(lines))
    for line in lines:
        assert line[0] == line[-1] == '"'
        assert line.isascii()
        assert line.isprintable()
