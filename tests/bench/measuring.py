"""How long a command takes and how much memory, and how quiet the machine is meanwhile."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

MB = 1_000_000
LOOP = 3_000_000
EVERY, SELDOM = 0.05, 40
"""Seconds between two looks at the memory of all processes of a command at least, and how many times as long as the look took: meanwhile they can get none."""
PROC = Path("/proc")


class CommandFailed(Exception):
    """A command ended with an error; the message ends with the last it said."""


@dataclass(frozen=True)
class Run:
    """One run of a command: seconds by the clock and of the processors, bytes at most."""

    wall: float
    cpu: float
    memory: int
    """Resident, of all its processes together where the system tells, else of the largest of them."""
    log: str = ""


@dataclass(frozen=True)
class Runs:
    """The same work, measured several times."""

    each: tuple[Run, ...]

    @property
    def wall(self) -> float:
        """The median, in seconds."""
        return median(run.wall for run in self.each)

    @property
    def spread(self) -> float:
        """How far the slowest lies above the fastest, as a share of the median."""
        walls = [run.wall for run in self.each]
        return (max(walls) - min(walls)) / self.wall

    @property
    def memory(self) -> int:
        """The most of all runs, in bytes."""
        return max(run.memory for run in self.each)


def run(
    command: Sequence[str | Path], *, folder: Path, env: Mapping[str, str] | None = None, fine: Sequence[int] = (0,)
) -> Run:
    """Run a command in a folder; raises `CommandFailed` where its exit code is none of those that are `fine`."""
    log = folder / ".bench.log"
    with log.open("wb") as out:
        started = time.perf_counter()
        child = subprocess.Popen([*map(str, command)], cwd=folder, stdout=out, stderr=out, env=env and dict(env))
        with _watching(child.pid) as most:
            _, status, usage = os.wait4(child.pid, 0)
            wall = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
    told = log.read_text(encoding="utf-8", errors="replace")
    log.unlink()
    if child.returncode not in fine:
        raise CommandFailed(f"{' '.join(map(str, command))}: exit code {child.returncode}\n{told[-2000:]}")
    return Run(wall, usage.ru_utime + usage.ru_stime, max(usage.ru_maxrss * 1024, most[0]), told)


@contextmanager
def _watching(pid: int) -> Iterator[list[int]]:
    """The most memory that a process and its descendants held together, in bytes, as the only item of a list."""
    most, done = [0], threading.Event()

    def look() -> None:
        pause = EVERY
        while not done.wait(pause):
            began = time.perf_counter()
            most[0] = max(most[0], sum(map(resident, family(pid))))
            pause = max(EVERY, SELDOM * (time.perf_counter() - began))

    watcher = threading.Thread(target=look, daemon=True)
    if PROC.is_dir():
        watcher.start()
    yield most
    done.set()
    if watcher.ident:
        watcher.join()


def family(pid: int) -> list[int]:
    """A process and its descendants."""
    found = [pid]
    for one in found:
        try:
            for task in (PROC / str(one) / "task").iterdir():
                found += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


def resident(pid: int) -> int:
    """Bytes of memory that a process holds and shares with none; 0 where it is gone."""
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def loop() -> float:
    """Seconds of the processor's time by the clock for a loop that is always the same."""
    started = time.perf_counter()
    total = 0
    for number in range(LOOP):
        total += number & 7
    assert total
    return time.perf_counter() - started


class Noise:
    """The plain loop, measured between all else: how much the machine itself differs from one moment to the next."""

    def __init__(self) -> None:
        self.loops: list[float] = []

    def look(self) -> None:
        """Measure the loop once more."""
        self.loops.append(loop())

    @property
    def spread(self) -> float:
        """How far the slowest tenth of the loops lies above the fastest, as a share of the median."""
        ordered = sorted(self.loops)
        return (ordered[int(0.9 * (len(ordered) - 1))] - ordered[0]) / median(ordered) if ordered else 0.0
