"""Work done by a copy of this process: what it gives, what it raises, and when it is killed."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """\
import os, signal, sys
from generator.apart import apart, can_be_apart
from generator.engines import Failed

held = {"here": "here"}

def work():
    held["here"] = "there"
    if sys.argv[1] == "raises":
        raise LookupError("no such name")
    if sys.argv[1] == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid(), held["here"]

assert can_be_apart()
try:
    process, there = apart(work)
    print(process != os.getpid(), there, held["here"])
except (LookupError, Failed) as error:
    print(type(error).__name__, error)
"""


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("gives", "True there here"),
        ("raises", "LookupError no such name"),
        ("killed", "Failed a process that read articles was killed, perhaps for want of memory"),
    ],
)
def test_what_comes_of_work_apart(how: str, said: str) -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM, how], capture_output=True, text=True, timeout=60)
    assert (done.stdout.strip(), done.stderr) == (said, "")
