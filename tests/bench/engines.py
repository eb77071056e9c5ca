"""How many articles a second are read, by one process and by as many as there are cores, and what plain loops gain by the same."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from statistics import median

from .articles import article
from .measuring import loop

LOOPS = 8
PROCESSES = get_context("spawn")


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


def seeds(count: int) -> list[tuple[str, bytes]]:
    """Names and bytes of the first articles."""
    return [(name, text.encode()) for name, text in map(article, range(count))]


@dataclass(frozen=True)
class Span:
    """When some work began and ended, and how many seconds of the processor it took."""

    start: float
    end: float
    cpu: float


def read(files: Sequence[tuple[str, bytes]]) -> Span:
    """Read articles in this process; what is compiled once is compiled before."""
    from generator.extract.article import Reader
    from generator.lexicon import packaged_lexicons
    from generator.seeds import read_seed

    reader = Reader({}, packaged_lexicons())
    found = [seed for seed, _ in (read_seed(*file) for file in files) if seed]
    for seed in found[:10]:
        reader.read(seed, seed.path)
    started, cpu = time.time(), time.process_time()
    for seed in found:
        reader.read(seed, seed.path)
    return Span(started, time.time(), time.process_time() - cpu)


def loops(count: int) -> Span:
    """Plain loops in this process."""
    started, cpu = time.time(), time.process_time()
    for _ in range(count):
        loop()
    return Span(started, time.time(), time.process_time() - cpu)


def together(pool: ProcessPoolExecutor, work: Callable[..., Span], parts: Sequence[object]) -> Span:
    """The same work in several processes: from when the first began to when the last ended."""
    spans = list(pool.map(work, parts))
    return Span(min(s.start for s in spans), max(s.end for s in spans), sum(s.cpu for s in spans))


def wall(span: Span) -> float:
    """Seconds by the clock."""
    return span.end - span.start


def reading(count: int, cores: int, times: int, between: Callable[[], None]) -> Reading:
    """Measure all in turns, `times` times: one process, all cores, plain loops by one and by all."""
    files = seeds(count)
    parts = [files[at::cores] for at in range(cores)]
    rates, gains, plain = [], [], []
    with ProcessPoolExecutor(cores, mp_context=PROCESSES) as pool:
        list(pool.map(read, [part[:10] for part in parts]))  # everything is imported and compiled
        for _ in range(times):
            between()
            one, all_ = together(pool, read, [parts[0]]), together(pool, read, parts)
            rates.append(len(parts[0]) / one.cpu)
            gains.append(len(files) / wall(all_) / (len(parts[0]) / wall(one)))
            alone, every = together(pool, loops, [LOOPS]), together(pool, loops, [LOOPS] * cores)
            plain.append(cores * wall(alone) / wall(every))
    return Reading(tuple(rates), cores, median(gains), median(plain))
