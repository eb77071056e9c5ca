"""A document read in a process of its own, within bounds of time and memory: in a Word file or a PDF a few kilobytes may unfold without end."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress

from msgspec import DecodeError
from msgspec.msgpack import Decoder, encode

from generator.intake.seedfile import Article
from generator.model import Mark
from generator.problems import Problem, problem

SECONDS = 60.0
MEMORY = 1_000_000_000
"""Bytes that the process may ask for; where the system counts them."""
TEXT = "save its text as .txt and add that"
UNFOLDED, STOPPED = 75, "it needs more {} to be read than an article does"
_Read = tuple[Article | None, list[Problem]]
_READ = Decoder(_Read)
_CODE = "from generator.intake.bounded import serve; serve()"


def read_document(given: str, raw: bytes, form: str, *, seconds: float = SECONDS, memory: int = MEMORY) -> _Read:
    """The article in a `docx` or `pdf`; None and a problem where it cannot be read within the bounds."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-c", _CODE, form, given, str(memory)],
            input=raw,
            env=environment,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
        if done.returncode == 0:
            made: _Read = _READ.decode(done.stdout)
            return made
        found = STOPPED.format("memory") if done.returncode == UNFOLDED else "reading it failed"
    except subprocess.TimeoutExpired:
        found = STOPPED.format("time")
    except DecodeError:
        found = "reading it failed"
    return None, [problem(Mark(given), found, valid=TEXT, check="intake")]


def serve() -> None:
    """Read the document on standard input and write what it holds to standard output: what the other process does."""
    import logging

    from generator.intake.documents import docx_article, pdf_article

    logging.disable(logging.CRITICAL)
    form, given, memory = sys.argv[1:]
    raw = sys.stdin.buffer.read()
    with suppress(ImportError, OSError, ValueError):  # systems that do not count it
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    try:
        made = encode((pdf_article if form == "pdf" else docx_article)(given, raw))
    except (MemoryError, RecursionError):
        os._exit(UNFOLDED)
    sys.stdout.buffer.write(made)
