"""Many articles read and shown by a process of its own: what is written and told is what one process writes and tells."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from builder import BRIDGE, HARBOUR, make, tree

from generator import pipeline
from generator.model import Mark
from generator.pipeline import generate
from generator.problems import problem

PROGRAM = """\
import json, sys
from pathlib import Path
from generator import pipeline

apart, times = pipeline.apart, []

def counted(work):
    times.append(1)
    return apart(work)

def told(root, many):
    pipeline.MANY = many
    times.clear()
    report = pipeline.generate(Path(root))
    said = [*map(str, report.problems)], sorted(report.changed), sorted(report.written), report.facts
    return len(times), said

pipeline.apart = counted
print(json.dumps([told(root, int(many)) for root, many in (pair.split("=") for pair in sys.argv[1:])]))
"""
SEEDS = {"harbour.txt": HARBOUR, "bridge.md": BRIDGE}
ALL, NONE = 1_000_000, 0


def generated(*roots: tuple[Path, int]) -> list[tuple[int, Any]]:
    """How often something was done apart, and what the run told, for each briefing and the articles that one process may read."""
    given = [f"{root}={many}" for root, many in roots]
    done = subprocess.run([sys.executable, "-c", PROGRAM, *given], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return [(times, told) for times, told in json.loads(done.stdout)]


def both(tmp_path: Path, files: dict[str, str], *, then: dict[str, str] | None = None) -> list[str]:
    """Two equal briefings, generated apart and by one process, before and after files change; the problems of the last run."""
    roots = [make(tmp_path / name, SEEDS, files) for name in ("apart", "whole")]
    for changes in ({}, *([then] if then else [])):
        for path, text in changes.items():
            for root in roots:
                (root / path).write_text(text, encoding="utf-8")
                for made in (root / ".cache").glob("made.sqlite*"):
                    made.unlink()
        apart, whole = generated((roots[0], NONE), (roots[1], ALL))
        assert (apart[0], whole[0]) == (1, 0)
        assert apart[1] == whole[1]
        assert tree(roots[0], ".cache") == tree(roots[1], ".cache")
    problems: list[str] = whole[1][0]
    return problems


def test_both_ways_come_to_the_same(tmp_path: Path) -> None:
    told = both(tmp_path, {"seeds/none.txt": "No date at all."})
    assert any("none.txt" in found for found in told)
    assert generated((tmp_path / "apart", 1))[0][0] == 0, "no more is left to be read than may be read here"


def test_what_a_merge_tells_once_is_told(tmp_path: Path) -> None:
    facts = "site_src/facts/2031-05-02-dredging-ellery-harbour-begin-june-harbour.yml"
    root = make(tmp_path / "first", SEEDS)
    generate(root)
    edited = (root / facts).read_text(encoding="utf-8").replace("value: 40000000", "value: 45000000")
    assert "45000000" in edited
    corrected = HARBOUR.replace("40 million", "42 million")
    told = both(tmp_path, {}, then={facts: edited, "seeds/harbour.txt": corrected})
    assert any("45000000" in found and "42000000" in found for found in told), told


def test_with_names_that_cannot_be_read_nothing_is_written_apart(tmp_path: Path) -> None:
    told = both(tmp_path, {"site_src/entities/people.yml": "mira-tolle: [\n"})
    assert any("people.yml" in found for found in told)


COMMAND = """\
import sys
from generator import pipeline

pipeline.MANY, apart = 0, pipeline.apart

def said(work):
    print("apart")
    return apart(work)

pipeline.apart = said

from generator.cli import main

main(["build", "--root", sys.argv[1], "--jobs", "2"])
"""


def test_processes_that_read_end_with_the_process_that_asked_them(tmp_path: Path) -> None:
    root = make(tmp_path, SEEDS)
    done = subprocess.run([sys.executable, "-c", COMMAND, str(root)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("apart\n2 sources")
    assert "leaked" not in done.stderr
    assert "Traceback" not in done.stderr
    assert (root / "site/index.html").is_file()


def test_what_both_runs_tell_is_told_as_the_second_does_and_what_one_tells_stays(tmp_path: Path) -> None:
    report = generate(make(tmp_path, SEEDS))
    in_folder, in_file, gone = (
        problem(Mark(path, line), message, severity="note", check="probably-several")
        for path, line, message in (
            ("site_src/entities", 1, "parliament is probably several"),
            ("site_src/entities/organisations.yml", 126, "parliament is probably several"),
            ("site_src/facts/x.yml", 4, "told by who merges"),
        )
    )
    first = pipeline._First(("seeds/a", "b"), {"b": b"1", "c": b"2"}, (in_folder, gone))
    joined = first.joined(replace(report, problems=(in_file,), changed=("b", "d"), written={"c": b"3"}))
    assert joined.problems == (in_file, gone)
    assert (joined.changed, joined.written) == (("seeds/a", "b", "d"), {"b": b"1", "c": b"3"})
