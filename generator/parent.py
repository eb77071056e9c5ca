"""Processes that work for another: they end when that one is gone, however it ended, and leave it to say what an interrupt means."""

from __future__ import annotations

import os
import signal
import threading
import time

EVERY = 1.0
"""Seconds between two looks whether the other one is there."""


def serve_only(parent: int) -> None:
    """Have this process, which the process `parent` started, live no longer than that, and pay no attention to Ctrl-C, which goes to all of a terminal."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(EVERY)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
