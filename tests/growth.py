"""How time grows with size, measured in processor time on sizes that are just large enough to tell it from noise.

`ENOUGH` says how many seconds are long enough to measure (0.05 unless it is set; `make soak` asks for 2, so that sizes
grow as far as a test allows).
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable

ENOUGH = float(os.environ.get("ENOUGH", "0.05"))
TICK = 0.005
"""What is quicker is taken to last as long as this."""


def growth(run: Callable[[int], object], most: int) -> float:
    """How much longer `run` takes with four times the size than is proportional: 1 if time is linear, 4 if it is quadratic.

    The size doubles until a run takes long enough; the larger one of the two is at most `most`.
    """

    def seconds(of: int) -> float:
        started = time.process_time()
        run(of)
        return time.process_time() - started

    size = max(most // 128, 1)
    run(size)
    while (short := seconds(size)) < ENOUGH and size <= most // 8:
        size *= 2
    found = math.inf
    for _ in range(3):  # what disturbs a measurement only makes it longer
        found = min(found, seconds(4 * size) / (4 * max(TICK, short)))
        if found < 1.7:
            break
        short = seconds(size)
    return found
