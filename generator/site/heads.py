"""The front matter of pages, looked at before a loader builds anything of it: a page may be anybody's."""

from __future__ import annotations

from dataclasses import replace

from mkdocs.utils import meta

from generator.folders import PAGES
from generator.problems import Problem
from generator.yamlbounds import MAX_DEPTH, overdone

SHORT = 20_000
"""Characters of front matter that need no look at its events, where it has no aliases and cannot be deep."""
OPENING = ("[", "{", "- ", "-\n", "? ", "?\n", "\n")
"""What each list or mapping within another takes one of."""


def refused(path: str, text: str) -> Problem | None:
    """Why the front matter of a page, by its path in the pages' folder, is not read; None where it is, or there is none."""
    head = meta.YAML_RE.match(text)
    if head is None or _is_harmless(head[1]):
        return None
    found = overdone(f"{PAGES}/{path}", head[1])
    return replace(found, line=found.line + 1, message=f"front matter: {found.message}") if found else None


def _is_harmless(head: str) -> bool:
    tied = "*" in head and "&" in head
    return len(head) <= SHORT and not tied and sum(map(head.count, OPENING)) <= MAX_DEPTH


def without(text: str) -> str:
    """A page without its front matter."""
    head = meta.YAML_RE.match(text)
    return text[head.end() :] if head else text
