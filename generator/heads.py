"""The front matter of pages, looked at before a loader builds anything of it: a page may be anybody's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from generator.folders import PAGES
from generator.looks import Looks
from generator.problems import Problem
from generator.publish import MARK, generated
from generator.reach import contents
from generator.yamlbounds import BYTES, MAX_DEPTH, overdone

HEAD = re.compile(r"^-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
"""Front matter as MkDocs finds it."""

SHORT = 20_000
"""Characters of front matter that need no look at its events, where it has no aliases and cannot be deep."""
OPENING = ("[", "{", "- ", "-\n", "? ", "?\n", "\n")
"""What each list or mapping within another takes one of."""


def refused(path: str, text: str) -> Problem | None:
    """Why the front matter of a page, by its path in the pages' folder, is not read; None where it is, or there is none."""
    head = HEAD.match(text)
    if head is None or _is_harmless(head[1]):
        return None
    found = overdone(f"{PAGES}/{path}", head[1])
    return replace(found, line=found.line + 1, message=f"front matter: {found.message}") if found else None


def _is_harmless(head: str) -> bool:
    tied = "*" in head and "&" in head
    return len(head) <= SHORT and not tied and sum(map(head.count, OPENING)) <= MAX_DEPTH


def refused_by_hand(root: Path, looks: Looks) -> Iterator[Problem]:
    """The same of all pages in a briefing's folder that the program did not write, as far as they can be read."""
    ours = generated(root)
    for path, _ in looks.below(PAGES):
        if path.endswith((".md", ".markdown")) and path not in ours:
            with suppress(OSError, UnicodeDecodeError):  # told elsewhere
                page = root / PAGES / path
                if MARK.match(contents(page, 64)) is None and (wrong := _refused_in(path, contents(page, BYTES))):
                    yield wrong


def _refused_in(path: str, raw: bytes) -> Problem | None:
    text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    return refused(path, text) if len(raw) <= BYTES else None


def without(text: str) -> str:
    """A page without its front matter."""
    head = HEAD.match(text)
    return text[head.end() :] if head else text
