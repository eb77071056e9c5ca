"""`briefing review`: the unreviewed facts walked in the terminal, one key each; what was decided is on disk at once."""

from __future__ import annotations

import getpass
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from generator import journal, publish
from generator.facts import FOLDER, FactFile, read_fact_file
from generator.listing import files
from generator.model import Review
from generator.problems import errors
from generator.reach import contents
from generator.review import Waiting, judged, waiting
from generator.seeds import load_seed, seed_path
from generator.visible import visible
from generator.yamlbounds import BYTES

KEYS: dict[str, Review] = {"a": "confirmed", "d": "disputed", "r": "retracted"}
OPEN, CLOSE = "\ue000", "\ue001"
"""Where the quote begins and ends, while the text around it is laid out."""
STYLE, PLAIN = click.style("", bold=True, underline=True, reset=False), click.style("")
HELP = "[a]ccept  [e]dit  [d]ispute  [r]etract  [s]kip  [q]uit"


def reviewer(root: Path) -> str:
    """Who reviews: the name that git knows, else that of the account."""
    try:
        asked = ["git", "-C", root.as_posix(), "config", "user.name"]
        name = subprocess.run(asked, capture_output=True, text=True, timeout=5, check=False).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        name = ""
    return name or getpass.getuser()


def walk(root: Path, by: str, on: date) -> Walked:
    """Show each unreviewed fact and ask.

    Stops at `q` and at the end of input. Each file is read again after every answer, and no other.
    """
    done, passed, shown, edited = 0, set[str](), 0, False
    paths = [name for name, wrong in files(root / FOLDER, FOLDER) if wrong is None]
    total = sum(len(_queue(root, name)) for name in paths)
    for name in paths:
        while item := next((i for i in _queue(root, name) if i.fact.id not in passed), None):
            shown += 1
            click.echo(_shown(item, shown, max(shown, total)))
            answer = _asked()
            if answer == "q":
                break
            if answer == "e":
                shown -= 1
                edited |= _edit(root, item.mark.path)
                continue
            if answer == "s":
                passed.add(item.fact.id)
                continue
            note = _reason() if answer in "dr" else ""
            if note is None:
                shown -= 1
            elif _changed(root, item):
                shown -= 1
                click.echo("The fact changed meanwhile; here it is again.")
            elif _write(root, item, KEYS[answer], by, on, note):
                done += 1
            else:
                passed.add(item.fact.id)
                place = f"{item.mark.path}:{item.mark.line}"
                click.echo(f"{place}: it cannot be written in safely; edit the file instead", err=True)
        else:
            passed.clear()
            continue
        break
    return Walked(done, sum(len(_queue(root, name)) for name in paths), edited)


@dataclass(frozen=True, slots=True)
class Walked:
    """What came of a walk."""

    done: int
    """How many facts were judged."""
    left: int
    """How many still wait."""
    edited: bool
    """Whether a file was changed in the editor."""


def _edit(root: Path, name: str) -> bool:
    """Open a fact file in the editor, again as long as it cannot be read and the person wishes; whether it changed."""
    path = root / name
    before = publish.read(path)
    if not (sys.stdin.isatty() and sys.stdout.isatty()) and not (os.environ.get("VISUAL") or os.environ.get("EDITOR")):
        click.echo("no terminal to open an editor in; set EDITOR to one that needs none", err=True)
        return False
    while True:
        try:
            click.edit(filename=path.as_posix(), require_save=False)
        except click.ClickException as error:
            click.echo(f"{error.format_message()}; set EDITOR to an editor that is there", err=True)
            return False
        found = errors(read_fact_file(name, publish.read(path) or b"")[1])
        for one in found:
            click.echo(one, err=True)
        if not found or _key("The file has errors: [e]dit again, or [g]o on with the others", "eg") == "g":
            return publish.read(path) != before


def _reason() -> str | None:
    """Why a fact is disputed or retracted; None where the person thought better of it.

    Asked until something is said: an Enter may belong to the key before, and what is typed next must not count as keys.
    """
    said = ""
    while not said:
        try:
            said = click.prompt("Why (published as its note; a dot to go back)", default="", show_default=False).strip()
        except click.Abort:
            said = "."
    return None if said == "." else said


def _queue(root: Path, name: str) -> list[Waiting]:
    """What waits in one file."""
    file = _read(root, f"{FOLDER}/{name}")
    if not file or file.broken:
        return []
    path = seed_path(root, file.source.seed)
    seed = load_seed(file.source.seed, path)[0] if path and path.is_file() else None
    return list(waiting({file.source.id: file}, {file.source.id: seed} if seed else {}))


def _read(root: Path, path: str) -> FactFile | None:
    try:
        raw = contents(root / path, BYTES)
    except FileNotFoundError:
        return None
    return read_fact_file(path, raw)[0]


def _changed(root: Path, item: Waiting) -> bool:
    """Whether the fact is no longer what was shown: nobody vouches for what they have not seen."""
    file = _read(root, item.mark.path)
    return not file or item.fact not in file.facts


def _shown(item: Waiting, at: int, total: int) -> str:
    fact = item.fact
    before, quote, after = map(visible, (item.before, item.quote, item.after))
    context = " ".join(f"{before}{OPEN}{quote}{CLOSE}{after}".split())
    context = click.wrap_text(context, 88, "  ", "  ").replace(OPEN, STYLE).replace(CLOSE, PLAIN)
    lines = [
        "",
        click.style(f"[{at}/{total}] {fact.kind} · {item.source}", bold=True),
        visible(fact.text),
        *(visible(f"  {key}: {value}") for key, value in item.values().items()),
        "",
        context if item.found else f"{context}\n  (the article does not hold these words)",
        click.style(f"  {item.mark.path}:{item.mark.line}", dim=True),
    ]
    return "\n".join(lines)


def _asked() -> str:
    """One key of `HELP`."""
    return _key(HELP, "aedrsq")


def _key(prompt: str, keys: str) -> str:
    """One of some keys; the last of them at the end of input, and for keys that stop a program."""
    while True:
        click.echo(f"{prompt}: ", nl=False)
        try:
            key = (click.getchar() if sys.stdin.isatty() else sys.stdin.read(1)).lower()
        except (EOFError, KeyboardInterrupt):
            key = ""
        key = keys[-1] if key in ("", "\x03", "\x04", "\x1b") else key
        click.echo(key if key.isprintable() else "")
        if key in keys:
            return key


def _write(root: Path, item: Waiting, review: Review, by: str, on: date, note: str) -> bool:
    """Write a verdict; the file is read right before, and left alone where it changes meanwhile."""
    path = root / item.mark.path
    with publish.lock(root):
        journal.recover(root)
        for _ in range(2):
            raw = publish.read(path)
            file: FactFile | None = read_fact_file(item.mark.path, raw)[0] if raw is not None else None
            text = judged(file, item.fact.id, review, by, on.isoformat(), note) if file else None
            if text is None:
                return False
            if publish.replace(path, text.encode("utf-8", "surrogatepass"), _still(raw)):
                return True
    return False


def _still(seen: bytes | None) -> Callable[[bytes | None], bool]:
    return lambda now: now == seen
