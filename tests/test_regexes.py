"""No regular expression of the program takes time by the square of a text, whatever its text."""

from __future__ import annotations

import json
import math
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from growth import ENOUGH
from patterns import METHODS, PROGRAM, Pattern, Slow, attacks, named

QUICK = 4_000
"""Characters. What takes a step for every two of them takes 8 million, and no step is done in a nanosecond."""
LIMIT = 0.007
"""Seconds."""
PICKS = 8 if ENOUGH > 0.05 else 1
"""Of how many characters of a class attacks are made."""


BOUNDED = {
    "extract/segment.py:INITIALS": 42,  # a word of the 40 characters before a stop
    "extract/speakers.py:BEFORE_TIME": 5,  # tokens before a place
    "extract/time_grammar.py:matches": 40,  # tokens of an expression
    "seeds/publisher.py:CLOSING": 200,  # of an article's end
    "seeds/publisher.py:TRAILER": 200,
}
"""The most characters that a pattern is asked about, where its own module sees to that."""
OTHERWISE = {"extract/labels.py:CAPITALS": {"match"}, "yamltext.py:PLAIN": {"fullmatch"}}
"""How patterns are used by another name."""


@cache
def patterns() -> list[Pattern]:
    """All of the program's."""
    here = Path(__file__).parent
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(PROGRAM.parent), str(here)])}
    told = subprocess.run([sys.executable, here / "patterns.py"], capture_output=True, text=True, env=env, check=True)
    found = named(json.loads(told.stdout.splitlines()[-1]))
    return [p._replace(methods=frozenset(OTHERWISE.get(p.at, p.methods))) for p in found]


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    def ring(*_: Any) -> None:
        raise TimeoutError

    held = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, held)


def seconds(pattern: Pattern, slow: Slow, size: int, most: float = 0.3) -> float:
    """How long a pattern takes for a text, by all the methods with which it is used."""
    compiled: re.Pattern[Any] = re.compile(pattern.pattern, pattern.flags)
    made: Any = slow.text(size)
    text = made.encode() if isinstance(pattern.pattern, bytes) else made
    asked = pattern.methods
    started = time.process_time()
    try:
        with _at_most(most):
            if asked & {"search", "finditer", "findall", "sub", "split"}:
                for _ in compiled.finditer(text):
                    pass
            if "match" in asked:
                compiled.match(text)
            if "fullmatch" in asked:
                compiled.fullmatch(text)
    except TimeoutError:
        return math.inf
    return time.process_time() - started


def slowest(pattern: Pattern, picks: int) -> tuple[float, Slow] | None:
    """The first attack on which a text of twice the size takes more than twice as long, and how much longer."""
    for slow in attacks(pattern, picks):
        first = seconds(pattern, slow, QUICK)
        if first > LIMIT:
            short = min(first, *(seconds(pattern, slow, QUICK) for _ in range(2))) if first < math.inf else first
            factor = seconds(pattern, slow, 2 * QUICK) / short if short < math.inf else math.inf
            if short > LIMIT and factor > 2.6:
                return factor, slow
    return None


def test_no_pattern_is_quadratic() -> None:
    found = {
        p.at: (round(slow[0], 1), slow[1], p.pattern)
        for p in patterns()
        if p.at not in BOUNDED and (slow := slowest(p, PICKS))
    }
    assert not found, "\n".join(f"{at}: {told}" for at, told in found.items())


def test_patterns_for_short_texts_are_quick_on_these() -> None:
    known = [p for p in patterns() if p.at in BOUNDED]
    assert {p.at for p in known} == set(BOUNDED)
    for pattern in known:
        for slow in attacks(pattern, PICKS):
            size = BOUNDED[pattern.at]
            quick = min(seconds(pattern, slow, size) for _ in range(3))
            assert quick < 0.005, (pattern.at, slow, quick)


def test_patterns_are_found_wherever_they_are_made() -> None:
    files = {p.file for p in patterns()}
    making = {
        path.relative_to(PROGRAM).as_posix()
        for path in PROGRAM.rglob("*.py")
        if re.search(r"\bre\.(?:compile|match|search|fullmatch|sub|split|find\w+)\(", path.read_text("utf-8"))
    }
    assert making <= files


@pytest.mark.parametrize(
    "pattern",
    [r"[a-z]+!", r"\s+$", r", [^,]*said[^,]*(?=, )", r"(?:<a>|<[^>]*>)*b", r'"[^;]*;', r"(?:ab?)*b{2}c", r"\s*\n\s*"],
)
def test_a_slow_pattern_is_found(pattern: str) -> None:
    made = Pattern("", "", pattern, 0, METHODS)
    assert slowest(made, 1)
