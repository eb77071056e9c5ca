"""Work done by a copy of this process: what it gives, what it raises, and when it is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

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


WAITING = """\
import time
from pathlib import Path

def waiting(folder):
    def wait(name):
        (Path(folder) / name).write_text("")
        time.sleep(60)
    return wait
"""
WORKING = """\
import sys
from generator.apart import apart
from generator.engines.processes import Processes
from waiting_module import waiting

apart(lambda: [*Processes(2).map(waiting, sys.argv[1], [f"at-work-{n}" for n in range(60)])])
"""


def alive(of: str) -> list[str]:
    """Processes that are there with a word among those of their environment."""
    found = []
    for one in Path("/proc").iterdir():
        try:
            if one.name.isdigit() and of.encode() in (one / "environ").read_bytes():
                found.append((one / "cmdline").read_bytes().decode().replace("\0", " "))
        except OSError:
            pass
    return found


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="processes are listed in /proc")
@pytest.mark.parametrize(
    ("sign", "all_of_them"), [(signal.SIGINT, True), (signal.SIGINT, False), (signal.SIGKILL, False)]
)
def test_nothing_is_left_of_it(tmp_path: Path, sign: signal.Signals, all_of_them: bool) -> None:
    program, spool = tmp_path / "working.py", tmp_path / "spool"
    program.write_text(WORKING, encoding="utf-8")
    (tmp_path / "waiting_module.py").write_text(WAITING, encoding="utf-8")
    spool.mkdir()
    mark = f"OF_TEST={tmp_path}"
    env = {**os.environ, "TMPDIR": str(spool), "OF_TEST": str(tmp_path), "PYTHONPATH": str(tmp_path)}
    started = subprocess.Popen(
        [sys.executable, str(program), str(tmp_path)],
        env=env,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    until = time.monotonic() + 30
    while len([*tmp_path.glob("at-work-*")]) < 2 and time.monotonic() < until:
        time.sleep(0.05)
    assert len([*tmp_path.glob("at-work-*")]) == 2
    assert len(alive(mark)) >= 4, "the program, its copy, and two that work"
    (os.killpg if all_of_them else os.kill)(started.pid, sign)
    told = started.communicate(timeout=20)[1]
    until = time.monotonic() + 10
    while alive(mark) and time.monotonic() < until:
        time.sleep(0.1)
    assert alive(mark) == []
    if sign is signal.SIGINT:
        assert told.count("Traceback") == 1, "that of the program, which lets it through"
        assert "leaked" not in told
        assert [*spool.iterdir()] == []
