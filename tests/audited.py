"""Runs commands while Python's audit events are noted, and prints what they had to do with outside a briefing's folder.

`python audited.py ROOT OTHERS COMMANDS`: OTHERS are folders that may be used, too, and files that may be read, COMMANDS lists of arguments, both
as JSON. What is printed last is JSON: the exit code and output of each command, what was against the rules, and how many events there were of which kind.

A path counts where it leads when the event comes. Of what is opened, removed or renamed without following a link only the folder counts. What is opened
relative to an open folder is so once that folder itself was; `shutil.rmtree` alone does so. The exchange of two files, by the system's own call, has no
event; what it could reach is looked at afterwards by who calls this.
"""

# A Path would call more of the system than these do, which would be noted, too.
# ruff: noqa: PTH100, PTH118, PTH119, PTH120

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from typing import Any

ROOT, OTHERS, COMMANDS = os.path.realpath(sys.argv[1]), json.loads(sys.argv[2]), json.loads(sys.argv[3])
HERE = os.path.dirname(os.path.realpath(__file__))
PROGRAM = os.path.dirname(HERE)
WRITABLE = (ROOT, *OTHERS)
READABLE = (
    *WRITABLE,
    *map(os.path.realpath, (sys.prefix, sys.base_prefix, sys.exec_prefix)),
    *(os.path.realpath(folder) for folder in sys.path if folder not in ("", HERE)),
    PROGRAM,
)
SYSTEM = {"/usr/share/zoneinfo/Etc/UTC", os.path.realpath("/etc/localtime")}
"""Files of the system that libraries read: the zone of its clock."""
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
ONE = ("os.mkdir", "os.rmdir", "os.remove", "shutil.rmtree", "tempfile.mkstemp", "tempfile.mkdtemp")
"""Events whose first argument is changed, and no link at its end is followed."""
FOLLOWED = ("os.truncate", "os.chmod", "os.chown", "os.utime", "os.setxattr", "sqlite3.connect")
"""The same, and one is."""
TWO = (
    "os.rename",
    "os.link",
    "os.symlink",
    "shutil.move",
    "shutil.copyfile",
    "shutil.copymode",
    "shutil.copystat",
    "shutil.copytree",
)
"""Two are; of `os.symlink` the first one is only a text."""
LISTED = ("os.listdir", "os.scandir", "os.walk", "os.fwalk", "os.chdir")
NEVER = (
    "os.system",
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.spawn",
    "pty.spawn",
    "webbrowser.open",
    "ctypes.dlopen",
)
GIT = "git"

wrong: list[str] = []
counts: Counter[str] = Counter()


def place(path: Any, *, followed: bool = True) -> str:
    """Where a path, or an open file, leads."""
    if isinstance(path, int):
        return os.path.realpath(f"/proc/self/fd/{path}")
    name = os.path.abspath(os.fsdecode(path))
    return (
        os.path.realpath(name)
        if followed
        else os.path.join(os.path.realpath(os.path.dirname(name)), os.path.basename(name))
    )


def is_in(path: str, folders: tuple[str, ...]) -> bool:
    return any(path == folder or path.startswith(folder.rstrip("/") + "/") for folder in folders)


def written(event: str, path: Any, *, followed: bool = True) -> None:
    if path == ":memory:":
        return
    if not is_in(found := place(path, followed=followed), WRITABLE):
        wrong.append(f"{event} changes {found}")


def read(event: str, path: Any, *, followed: bool = True) -> None:
    found = place(path, followed=followed)
    if not is_in(found, READABLE) and found not in SYSTEM:
        wrong.append(f"{event} reads {found}")


def noted(event: str, arguments: tuple[Any, ...]) -> None:
    """The hook."""
    if event == "open":
        path, _, flags = arguments
        if isinstance(path, int) or path is None:
            return
        followed = not flags & os.O_NOFOLLOW
        changes = bool(flags & WRITES) and not flags & os.O_DIRECTORY
        (written if changes else read)("open", path, followed=followed)
        event = "open to write" if changes else "open to read"
    elif event in ONE or event in FOLLOWED:
        written(event, arguments[0], followed=event in FOLLOWED)
    elif event in TWO:
        for path in arguments[event == "os.symlink" : 2]:
            written(event, path, followed=False)
    elif event in LISTED:
        read(event, "." if arguments[0] is None else arguments[0])
    elif event == "subprocess.Popen":
        if (name := os.path.basename(os.fsdecode(arguments[0]))) != GIT:
            wrong.append(f"{event} starts {name}")
    elif event == "ctypes.dlopen" and arguments == (None,):  # what Python itself is linked with
        return
    elif event in NEVER or event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")):
        wrong.append(f"{event} {arguments!r}")
    else:
        return
    counts[event] += 1


def hook(event: str, arguments: tuple[Any, ...]) -> None:
    try:
        noted(event, arguments)
    except Exception as error:  # it would end the command, and not the test
        wrong.append(f"{event} {arguments!r}: {error!r}")


def main() -> None:
    os.fsync = lambda _: None
    sys.addaudithook(hook)
    from click.testing import CliRunner

    from generator.cli import main as cli

    told = []
    for given, *arguments in COMMANDS:
        done = CliRunner().invoke(cli, arguments, input=given)
        told.append([done.exit_code, done.output, repr(done.exception) if done.exception else ""])
    print(json.dumps([told, wrong, counts]))


if __name__ == "__main__":
    main()
