"""Fuzzing by coverage: each target in turn, for so many executions, with what it reached and what broke.

python -m tests.fuzz.run TARGET|all [--runs N] [--seed N] [--keep FOLDER] [--crashes FOLDER]
python -m tests.fuzz.run TARGET --replay FILE

Ends with 1 where something broke, or where fewer inputs were tried than asked for.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
ROOT = TESTS.parent
sys.path[:0] = [path for path in (str(ROOT), str(TESTS)) if path not in sys.path]

from fuzz.material import tokens  # noqa: E402
from fuzz.targets import TARGETS  # noqa: E402

SLOWEST = 60
"""Seconds for one input, from which on it counts as never ending."""
MEMORY = 3000
"""Megabytes of a process."""
ABSENT = (
    "atheris is not installed, so nothing was fuzzed: it has wheels for CPython 3.11 to 3.13 on Linux for x86-64 alone;"
    " `make PYTHON=python3.12 soak` on such a machine, once .venv is gone"
)
COUNTED = re.compile(r"^stat::number_of_executed_units:\s*(\d+)", re.MULTILINE)
COVERED = re.compile(r"^#\d+\s+\w+\s+cov: (\d+) ft: (\d+) corp: (\d+)", re.MULTILINE)
WROTE = re.compile(r"Test unit written to (\S*-(?:crash|timeout|oom|leak)-\S+)")
"""An input that broke something; one that was only slow, as on a busy machine, is written too."""
RATE = re.compile(r"^stat::average_exec_per_sec:\s*(\d+)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a run."""

    target: str
    asked: int
    runs: int
    per_second: int
    edges: int
    features: int
    crash: Path | None
    log: str

    @property
    def is_good(self) -> bool:
        """Whether all that was asked for was tried, and nothing broke."""
        return self.crash is None and self.runs >= self.asked

    def __str__(self) -> str:
        reached = f"{self.runs:,} executions, {self.per_second:,}/s, {self.edges:,} edges, {self.features:,} features"
        if self.crash:
            return f"{self.target}: {reached}; BROKE: python -m tests.fuzz.run {self.target} --replay {self.crash}"
        return f"{self.target}: {reached}; " + ("nothing broke" if self.is_good else f"ENDED EARLY, of {self.asked:,}")


def fuzzed(name: str, runs: int, seed: int, corpus: Path, crashes: Path) -> Outcome:
    """One target, tried under atheris; the inputs that reach something new are added to the folder `corpus`."""
    target = TARGETS[name]
    for folder in (corpus, crashes):
        folder.mkdir(parents=True, exist_ok=True)
    for rank, raw in enumerate(target.starts()):
        (corpus / f"start-{rank:03}").write_bytes(raw[: target.longest])
    dictionary, log = corpus.parent / f"{name}.dict", corpus.parent / f"{name}.log"
    dictionary.write_text(tokens(target.tokens()), encoding="ascii")
    options = {
        "runs": runs,
        "seed": seed,
        "max_len": target.longest,
        "timeout": SLOWEST,
        "rss_limit_mb": MEMORY,
        "artifact_prefix": f"{crashes}/{name}-",
        "print_final_stats": 1,
    }
    if dictionary.stat().st_size:
        options["dict"] = str(dictionary)
    command = [
        sys.executable,
        "-m",
        "fuzz.child",
        name,
        *(f"-{key}={value}" for key, value in options.items()),
        str(corpus),
    ]
    paths = [str(ROOT), str(TESTS), *filter(None, [os.environ.get("PYTHONPATH")])]
    with log.open("wb") as file:
        subprocess.run(
            command, env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)}, stdout=file, stderr=file, check=False
        )
    return _outcome(name, runs, log.read_text(encoding="utf-8", errors="replace"))


def _outcome(name: str, asked: int, log: str) -> Outcome:
    covered, wrote = COVERED.findall(log), WROTE.search(log)
    edges, features, _ = map(int, covered[-1]) if covered else (0, 0, 0)
    counted, rate = ([*map(int, pattern.findall(log))] or [0] for pattern in (COUNTED, RATE))
    crash = Path(wrote[1]) if wrote else None
    return Outcome(
        target=name,
        asked=asked,
        runs=counted[-1],
        per_second=rate[-1],
        edges=edges,
        features=features,
        crash=crash,
        log=log,
    )


def replayed(name: str, path: Path) -> bool:
    """Whether the laws hold for the bytes of a file; if not, it is told which one does not."""
    try:
        TARGETS[name].check(path.read_bytes())
    except Exception:
        traceback.print_exc()
        return False
    print(f"{name}: the laws hold for {path}")
    return True


def asked(arguments: Sequence[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=["all", *TARGETS])
    parser.add_argument("--runs", type=int, default=10_000, help="executions of each target")
    parser.add_argument("--seed", type=int, default=1, help="of the chance by which inputs are changed")
    parser.add_argument(
        "--keep", type=Path, help="a folder for inputs that reached something new, to go on with, and logs"
    )
    parser.add_argument(
        "--crashes", type=Path, default=Path("crashes"), help="a folder for inputs that broke something"
    )
    parser.add_argument("--replay", type=Path, help="an input to try, without atheris")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """The exit code."""
    options = asked(arguments)
    names = list(TARGETS) if options.target == "all" else [options.target]
    if options.replay:
        return 0 if all(replayed(name, options.replay) for name in names) else 1
    if find_spec("atheris") is None:
        print(ABSENT, file=sys.stderr)
        return 1
    outcomes = []
    with tempfile.TemporaryDirectory() as scratch:
        for name in names:
            corpus = (options.keep or Path(scratch)) / name
            outcomes.append(fuzzed(name, options.runs, options.seed, corpus, options.crashes))
            print(outcomes[-1], flush=True)
            if not outcomes[-1].is_good:
                print(_end(outcomes[-1].log), file=sys.stderr, flush=True)
    return 0 if all(outcome.is_good for outcome in outcomes) else 1


def _end(log: str) -> str:
    """What a log says of what broke: from the traceback on, or its last lines."""
    at = log.rfind("=== Uncaught Python exception")
    return log[at:][:5000] if at >= 0 else log[-3000:]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
