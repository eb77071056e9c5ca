"""Machines that are odd or fail in the middle of a build, a row each, under one law: the build succeeds, or ends with 1 and one line that
is no traceback; every fact file stays whole with what people wrote there; and the next build gives the bytes of one that nothing disturbed.
"""

from __future__ import annotations

import io
import os
import random
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from builder import tree
from test_crash import pending
from test_faults import NOBODY, in_a_child, whole

from generator.cli import main
from generator.publish import CACHE
from generator.store import FILE

__all__ = ["pending"]

CENTURY = 100 * 365 * 86_400
Fault = Callable[[Path], object]


def build(root: Path, *options: str) -> None:
    main(["build", "--root", str(root), *options])


def state(root: Path) -> dict[str, str]:
    return tree(root, CACHE)


@pytest.fixture(scope="module")
def undisturbed(pending: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    root = shutil.copytree(pending, tmp_path_factory.mktemp("undisturbed") / "root")
    assert in_a_child(lambda: build(root)) == (0, "")
    return state(root)


@pytest.fixture
def root(pending: Path, tmp_path: Path) -> Path:
    return shutil.copytree(pending, tmp_path / "root")


def healed(root: Path, undisturbed: dict[str, str]) -> None:
    whole(root)
    code, told = in_a_child(lambda: build(root))
    assert (code, told) == (0, "")
    assert state(root) == undisturbed


def no_traceback(code: int, told: str) -> None:
    """One line where something was in the way, none where nothing was."""
    assert code in (0, 1), told
    assert len(told.splitlines()) == code, told
    assert "Traceback" not in told


# The machine, as the process finds it.


def at(seconds: float) -> Fault:
    """A clock that is so many seconds ahead."""

    def fault(_: Path) -> None:
        import datetime

        now, now_ns, moment = time.time, time.time_ns, datetime.datetime

        class Shifted(moment):  # type: ignore[misc, valid-type]
            @classmethod
            def now(cls, tz: object = None) -> datetime.datetime:
                return moment.fromtimestamp(time.time(), tz)  # type: ignore[arg-type]

        time.time, time.time_ns = lambda: now() + seconds, lambda: now_ns() + int(seconds) * 10**9
        datetime.datetime = Shifted  # type: ignore[misc]

    return fault


def backwards(_: Path) -> None:
    """A clock that goes a minute back whenever somebody looks."""
    looks = iter(range(10**9))
    start = time.time()
    time.time = lambda: start - 60 * next(looks)
    time.time_ns = lambda: int(start - 60 * next(looks)) * 10**9


def times_of_files(when: int) -> Fault:
    """All files written at one time."""

    def fault(root: Path) -> None:
        for path in root.rglob("*"):
            os.utime(path, ns=(when * 10**9, when * 10**9))

    return fault


def nothing_at_all(_: Path) -> None:
    os.environ.clear()
    os.environ.update(
        PATH="/nonexistent", TMPDIR="/nonexistent", XDG_CACHE_HOME="/proc/nowhere", XDG_CONFIG_HOME="\x01"
    )


def in_ascii(_: Path) -> None:
    """A terminal that knows ASCII alone."""
    os.environ.update(LC_ALL="C", LANG="", PYTHONIOENCODING="ascii")
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        stream.flush()
        setattr(sys, name, io.TextIOWrapper(io.FileIO(os.dup(stream.fileno()), "w"), "ascii", "strict"))


def into(name: str, path: str) -> Fault:
    """A standard stream that goes into a file."""

    def fault(_: Path) -> None:
        stream = getattr(sys, name)
        os.dup2(os.open(path, os.O_WRONLY), stream.fileno())

    return fault


def unread(_: Path) -> None:
    """Standard output goes to somebody who has gone."""
    ours, theirs = os.pipe()
    os.close(ours)
    os.dup2(theirs, sys.stdout.fileno())


def closed(*names: str) -> Fault:
    """Standard streams that are closed, as daemons start."""

    def fault(_: Path) -> None:
        for number, name in enumerate(("stdin", "stdout", "stderr")):
            if name in names:
                setattr(sys, name, None)
                os.close(number)

    return fault


def files_open(more: int) -> Fault:
    """So many more files may be open."""

    def fault(_: Path) -> None:
        free = os.open(os.devnull, os.O_RDONLY)
        os.close(free)
        resource.setrlimit(resource.RLIMIT_NOFILE, (free + more, free + more))

    return fault


def memory(more: int) -> Fault:
    """So many more bytes may be asked for."""

    def fault(_: Path) -> None:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        limit = pages * resource.getpagesize() + more
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))

    return fault


def room(most: int) -> Fault:
    """No file may grow beyond so many bytes: a disk that is full."""
    return lambda _: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


# What is left of what was made before.


def kept(root: Path) -> Path:
    return root / CACHE / FILE


def filled(raw: bytes) -> Fault:
    return lambda root: kept(root).write_bytes(raw)


def cut(root: Path) -> None:
    os.truncate(kept(root), kept(root).stat().st_size // 2)


def torn(seed: int) -> Fault:
    """Every tenth page of the store behind its first ones is garbage."""

    def fault(root: Path) -> None:
        chance, raw = random.Random(seed), bytearray(kept(root).read_bytes())
        for page in chance.sample(range(8, len(raw) // 4096), len(raw) // 40_960):
            raw[page * 4096 : (page + 1) * 4096] = chance.randbytes(4096)
        kept(root).write_bytes(raw)

    return fault


def garbled_log(root: Path) -> None:
    kept(root).with_name(f"{FILE}-wal").write_bytes(random.Random(1).randbytes(9_000))
    kept(root).with_name(f"{FILE}-shm").write_bytes(b"x" * 40_000)


def in_the_place_of_the_store(root: Path) -> None:
    kept(root).unlink()
    (kept(root) / "x").mkdir(parents=True)


def said_of_the_store(*statements: str) -> Fault:
    def fault(root: Path) -> None:
        with closing(sqlite3.connect(kept(root))) as store, store:
            for statement in statements:
                store.execute(statement)

    return fault


def held(root: Path) -> None:
    """Another process holds the store."""
    code = "import sqlite3, sys, time; c = sqlite3.connect(sys.argv[1]); c.execute('BEGIN EXCLUSIVE'); print(1, flush=True); time.sleep(9)"
    holder = subprocess.Popen([sys.executable, "-c", code, str(kept(root))], stdout=subprocess.PIPE)
    assert holder.stdout
    assert holder.stdout.read(1)


def journal_of_garbage(root: Path) -> None:
    folder = root / CACHE / "journal"
    folder.mkdir(exist_ok=True)
    (folder / "a.yml").write_bytes(b"\xff\0 no\nJSON")
    (folder / "b.done").write_bytes(b'["a","../../x","b",[],[]]\n')
    (folder / "c.yml").write_bytes(b"")
    (folder / "d.yml").write_bytes(b"[1,2,3,4,5]\n")


def written(name: str, raw: bytes) -> Fault:
    return lambda root: (root / CACHE / name).write_bytes(raw)


MACHINES: dict[str, Fault] = {
    "clock in 1970": lambda root: at(-time.time())(root),
    "clock in 2126": at(CENTURY),
    "clock goes backwards": backwards,
    "files of 1960": times_of_files(-315_600_000),
    "files of 2400": times_of_files(13_600_000_000),
    "no environment, no programs": nothing_at_all,
    "ASCII alone": in_ascii,
    "standard output full": into("stdout", "/dev/full"),
    "standard error full": into("stderr", "/dev/full"),
    "nobody reads": unread,
    "no output": closed("stdin", "stdout"),
    "no file more": files_open(1),
    "few files more": files_open(4),
    "6 MB more": memory(6 << 20),
    "room for facts": room(20_000),
    "room for pages": room(60_000),
    "store of zeros": filled(b"\0" * 20_000),
    "store cut off": cut,
    "store torn": torn(1),
    "log of the store garbled": garbled_log,
    "a folder for a store": in_the_place_of_the_store,
    "store sealed": lambda root: kept(root).chmod(0o444),
    "store of another program": said_of_the_store("DROP TABLE program", "CREATE TABLE program (version TEXT)"),
    "store without its table": said_of_the_store("DROP TABLE made"),
    "store held": held,
    "journal of garbage": journal_of_garbage,
    "lists of garbage": lambda root: [written(name, b"\xff{")(root) for name in ("pages.json", "last")],
    "lists of strange things": lambda root: [
        written("pages.json", b'{"a": 1, "../x.md": ["y"], "index.md": [2]}')(root),
        written("last", b'["/nonexistent", [1], [2], "x", {}, 6]')(root),
    ],
}
UNTOLD = ("standard error full",)
"""Where nobody could be told."""


@pytest.mark.parametrize("name", MACHINES)
def test_a_build_succeeds_or_says_why_not_and_the_next_one_heals(
    root: Path, undisturbed: dict[str, str], name: str
) -> None:
    def fails() -> None:
        MACHINES[name](root)
        build(root, *([] if "full" in name or name == "nobody reads" else ["--quiet"]))

    code, told = in_a_child(fails)
    if name == "nobody reads":
        assert (code, told) == (1, "")
    elif name not in UNTOLD:
        no_traceback(code, told)
    if code == 0:
        assert state(root) == undisturbed
    healed(root, undisturbed)


LAST = {"SIGTERM": signal.SIGTERM, "SIGHUP": signal.SIGHUP, "SIGINT": signal.SIGINT, "SIGKILL": signal.SIGKILL}


def ended_at(count: int, number: signal.Signals) -> None:
    """Send this process a signal when it opens its so manieth file."""
    left = iter(range(count, -1, -1))
    sys.addaudithook(lambda event, _: os.kill(os.getpid(), number) if event == "open" and next(left, 1) == 0 else None)


@pytest.mark.parametrize(("name", "count"), [("SIGTERM", 350), ("SIGHUP", 700), ("SIGINT", 500), ("SIGKILL", 800)])
def test_a_build_that_is_told_to_end_ends_and_the_next_one_heals(
    root: Path, undisturbed: dict[str, str], name: str, count: int
) -> None:
    def ends() -> None:
        for other in (signal.SIGTERM, signal.SIGHUP):  # whatever runs the tests may have its own ways with them
            signal.signal(other, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        ended_at(count, LAST[name])
        build(root)

    code, told = in_a_child(ends)
    assert (code, told.strip()) in [(-LAST[name], ""), (1, "Aborted!")]
    healed(root, undisturbed)


ALONE = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.")
"""How audit events of the net begin (Python's table of them)."""


@pytest.mark.parametrize("command", ["build", "check", "build --dry-run", "settle", "restore"])
def test_no_command_but_add_and_serve_opens_a_socket(root: Path, command: str) -> None:
    def watched() -> None:
        sys.addaudithook(lambda event, _: print(event, file=sys.stderr) if event.startswith(ALONE) else None)
        main(
            [*command.split(), "--root", str(root), "--quiet"][
                : None if "build" in command or command == "check" else -1
            ]
        )

    assert in_a_child(watched) == (0, "")


def test_without_a_net_an_address_is_told_and_a_build_is_as_ever(root: Path, undisturbed: dict[str, str]) -> None:
    """In a namespace of its own without any interface, where this system allows that."""
    alone = ["unshare", "--user", "--map-root-user", "--net"]
    if subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no namespaces for nets on this machine; the test above says that none is asked")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [*alone, sys.executable, "-m", "generator.cli", *arguments, "--root", str(root), "--quiet"]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    for address in ("https://news.example/a.html", "http://8.8.8.8/a.html"):
        told = run("add", address)
        assert told.returncode == 1
        assert re.fullmatch(rf"{address}: error: (no host is called|cannot be reached).+\n", told.stderr), told.stderr
    done = run("build")
    assert (done.returncode, done.stderr) == (0, "")
    assert state(root) == undisturbed


@pytest.mark.parametrize("was", [0, -315_600_000 * 10**9, 13_600_000_000 * 10**9])
def test_an_edit_shows_whatever_time_its_file_claims(root: Path, was: int) -> None:
    """An edit of as many bytes, by a tool that gives the file back the time that it had: 1970, before it, or far ahead."""
    path = root / "seeds" / "northern.txt"

    def dated(text: str) -> None:
        path.write_text(text)
        os.utime(path, ns=(was, was))

    dated(path.read_text())
    assert in_a_child(lambda: build(root)) == (0, "")
    assert in_a_child(lambda: build(root)) == (0, "")
    dated(path.read_text().replace("40 million", "70 million"))
    assert in_a_child(lambda: build(root))[0] == 0
    assert any("70 million" in page.read_text() for page in (root / "site" / "sources").glob("*.html"))


def as_nobody() -> None:
    if os.getuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("seeds/northern.txt", "seeds/northern.txt.*cannot be read"),
        ("seeds", "cannot be read"),
        ("site_src/facts", "Permission denied"),
        (".cache", "Permission denied"),
        ("mkdocs.yml", "mkdocs.yml"),
        ("site", "Permission denied"),
        (".", "is not readable"),
    ],
)
def test_what_nobody_may_read_is_told_and_stays(
    root: Path, tmp_path_factory: pytest.TempPathFactory, name: str, told: str, undisturbed: dict[str, str]
) -> None:
    warm = shutil.copytree(root, root.with_name("warm"))
    with pytest.raises(SystemExit):  # here, so that this process has all modules, which nobody need be able to read
        build(warm, "--quiet")
    if name == "site":
        shutil.copytree(warm / "site", root / "site")
    base = tmp_path_factory.getbasetemp()
    for folder in (root, *root.parents):
        if folder.is_relative_to(base.parent.parent):
            folder.chmod(0o755)
    if os.getuid() == 0:
        for path in (root, *root.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
    sealed = root / name
    mode = sealed.stat().st_mode
    sealed.chmod(0)
    try:
        code, said = in_a_child(lambda: (as_nobody(), build(root, "--quiet")))
    finally:
        sealed.chmod(mode)
    assert code in ((0,) if name == "seeds" else (1, 2)), said  # then facts stay as they are, with a warning each
    assert "Traceback" not in said
    assert re.search(told, said), said
    if name.startswith("seeds/"):  # the others were read without it, so that it comes later, and names in another order
        whole(root)
        assert in_a_child(lambda: build(root)) == (0, "")
    else:
        healed(root, undisturbed)
