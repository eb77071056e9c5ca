"""The command lines `briefing` and `mkdocs`, without the second that importing them takes each time.

python cli_server.py serve SOCKET            imports once, and forks for every call
python -S cli_server.py call SOCKET PROGRAM ARGUMENT…     one call: same folder, environment, output and exit code
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sys


def serve(path: str, folder: str) -> None:
    """Answer calls until killed, or until whoever started it has gone."""
    import mkdocs.__main__
    import mkdocs.commands.build

    import generator.changelog
    import generator.comparing
    import generator.fixing
    import generator.sites  # noqa: F401
    from generator.cli import main

    with contextlib.suppress(SystemExit), contextlib.redirect_stdout(None):
        main(["build", "--root", folder, "--no-site", "--quiet"])
    os.fsync = lambda _: None  # no test pulls the plug
    programs = {"briefing": main, "mkdocs": mkdocs.__main__.cli}
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the calls' processes
    parent = os.getppid()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        listening.listen()
        listening.settimeout(5)
        while os.getppid() == parent:
            with contextlib.suppress(TimeoutError):
                calling, _ = listening.accept()
                with calling:
                    if not os.fork():
                        _answer(calling, programs)


def _answer(calling: socket.socket, programs: dict[str, object]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    calling.setblocking(True)
    text, descriptors, _, _ = socket.recv_fds(calling, 1 << 20, 2)
    given = json.loads(text)
    for source, target in zip(descriptors, (1, 2), strict=True):
        os.dup2(source, target)
    os.chdir(given["folder"])
    os.environ.clear()
    os.environ.update(given["environment"])
    sys.argv = given["arguments"]
    code = 70
    try:
        programs[given["arguments"][0]]()  # type: ignore[operator]
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        calling.sendall(bytes([code]))
        os._exit(0)


def call(path: str, arguments: list[str]) -> int:
    """Have a call answered: its exit code."""
    given = {"folder": os.getcwd(), "environment": dict(os.environ), "arguments": arguments}  # noqa: PTH109
    with socket.socket(socket.AF_UNIX) as calling:
        calling.connect(path)
        socket.send_fds(calling, [json.dumps(given).encode()], [1, 2])
        answer = calling.recv(1)
    return answer[0] if answer else 70


if __name__ == "__main__":
    role, where, *rest = sys.argv[1:]
    sys.exit(serve(where, *rest) if role == "serve" else call(where, rest))
