"""How many articles a second are read, by one process and by as many as there are cores, and what plain loops gain by the same."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from statistics import median

from generator.engines import engine
from generator.extract.article import Reader
from generator.lexicon import Lexicons, packaged_lexicons
from generator.model import Extraction, Seed
from generator.seeds import read_seed

from .articles import article
from .measuring import loop

LOOPS = 20
"""Plain loops of a process in one measurement."""


@dataclass(frozen=True)
class Reading:
    """Articles a second of one core, and how many times as much all cores do: in reading, and in plain loops."""

    rates: tuple[float, ...]
    cores: int
    gain: float
    plain: float

    @property
    def rate(self) -> float:
        """The median, articles a second of the processor."""
        return median(self.rates)

    @property
    def share(self) -> float:
        """How much of what plain loops gain reading gains."""
        return self.gain / self.plain


def seeds(count: int) -> list[Seed]:
    """The first articles, as they are read from disk."""
    found = (read_seed(name, text.encode())[0] for name, text in map(article, range(count)))
    return [seed for seed in found if seed]


def reader(lexicons: Lexicons) -> Callable[[Seed], Extraction]:
    """What reads an article, with no name known beforehand."""
    made = Reader({}, lexicons)
    return lambda seed: made.read(seed, seed.path)


def loops(count: int) -> None:
    """Plain loops, in this process."""
    for _ in range(count):
        loop()


@dataclass(frozen=True)
class Time:
    """Seconds by the clock, and of the processor in this process."""

    wall: float
    cpu: float


def timed(work: Callable[[], object]) -> Time:
    """How long some work takes."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Time(time.perf_counter() - wall, time.process_time() - cpu)


def reading(count: int, cores: int, times: int, between: Callable[[], None]) -> Reading:
    """Measure all in turns, `times` times: one process, all cores, plain loops by one and by all; processes are there before."""
    articles, given = seeds(count), packaged_lexicons()

    def read(jobs: int) -> None:
        assert sum(1 for _ in engine(jobs=jobs).map(reader, given, articles)) == count

    rates, gains, plain = [], [], []
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:

        def burn(processes: int) -> None:
            list(pool.map(loops, [LOOPS] * processes))

        burn(cores), read(1), read(cores)  # everything is imported and compiled
        for _ in range(times):
            between()
            one, every = timed(lambda: read(1)), timed(lambda: read(cores))
            rates.append(count / one.cpu)
            gains.append(one.wall / every.wall)
            alone, together = timed(lambda: burn(1)), timed(lambda: burn(cores))
            plain.append(cores * alone.wall / together.wall)
    return Reading(tuple(rates), cores, median(gains), median(plain))
