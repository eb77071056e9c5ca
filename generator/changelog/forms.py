"""Sections as plain text for a terminal, and as Markdown for pull requests, summaries and commits, which are bounded.

Hosts of code cut a text that is too long, or refuse it. Where not everything fits, each section gives as much as the others,
and what is left out is counted, with the command that tells it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from generator.aggregate.difference import Difference
from generator.changelog.headline import UNCHANGED, summary
from generator.changelog.sections import Entry, Section, sections
from generator.inert import clipped, markdown, printable
from generator.phrases import number, plural

LIMIT = 60_000
"""Bytes of Markdown; GitHub takes 65,536 characters as the body of a pull request."""
WIDTH = 400
"""Characters of one line of an entry."""
CODE = re.compile(r"[A-Za-z0-9 ._/~^@{}-]+")
"""What may stand between backticks."""
NOTE = 200
"""Bytes kept for what is said of what was left out."""


@dataclass(frozen=True)
class Form:
    """How one format writes its parts; each ends with its line."""

    heading: Callable[[Section], str]
    entry: Callable[[Entry], str]
    rest: Callable[[int], str]
    """What stands for entries that were left out of a section."""


def as_text(found: Difference, command: str, limit: int | None = None) -> str:
    """For a terminal; whole, or at most `limit` bytes. `command` is what tells all of it."""
    return _bounded(found, TEXT, f"{summary(found)}.\n", command, limit or 0)


def as_markdown(found: Difference, command: str, limit: int | None = None) -> str:
    """The body of a pull request or commit, at most `limit` bytes, else `LIMIT`."""
    return _bounded(found, MARKDOWN, f"{summary(found)}.\n", command, limit or LIMIT)


def _bounded(found: Difference, form: Form, head: str, command: str, limit: int) -> str:
    made = sections(found)
    if not made:
        return f"{UNCHANGED}.\n"
    written = [[form.entry(entry) for entry in section.entries] for section in made]
    heads = [form.heading(section) for section in made]
    taken = _taken(heads, written, form, limit - len(head.encode()) - NOTE if limit else 0)
    parts, left = [head], 0
    for title, entries, count in zip(heads, written, taken, strict=True):
        if count:
            rest = len(entries) - count
            parts += [title, *entries[:count], *([form.rest(rest)] if rest else [])]
        left += len(entries) - count
    if left:
        total = sum(map(len, written))
        parts.append(
            f"\nLeft out here: {number(left)} of {plural(total, 'change')}. All of them: {_code(command, form)}\n"
        )
    return "".join(parts)


def _taken(heads: Sequence[str], written: Sequence[Sequence[str]], form: Form, room: int) -> list[int]:
    """How many entries of each section fit, given to all sections in turns; all where `room` is 0."""
    if not room:
        return [len(entries) for entries in written]
    taken = [0] * len(written)
    open_ = list(range(len(written)))
    while open_:
        still = []
        for index in open_:
            cost = len(written[index][taken[index]].encode())
            cost += 0 if taken[index] else len((heads[index] + form.rest(len(written[index]))).encode())
            if cost > room:
                continue
            room -= cost
            taken[index] += 1
            if taken[index] < len(written[index]):
                still.append(index)
        open_ = still
    return taken


def _code(text: str, form: Form) -> str:
    """An id or command, which anybody may have chosen."""
    if form is TEXT:
        return printable(text)
    return f"`{text}`" if CODE.fullmatch(text) else markdown(text)


def _text(entry: Entry) -> str:
    cited = f" ({printable(entry.citation)})" if entry.citation else ""
    named = f"  [{printable(entry.id)}]" if entry.id else ""
    head = f"  {printable(entry.label)}: {clipped(printable(entry.words), WIDTH)}{cited}{named}\n"
    return head + "".join(f"      {clipped(printable(more), WIDTH)}\n" for more in entry.more)


def _markdown(entry: Entry) -> str:
    cited = f" ({markdown(entry.citation)})" if entry.citation else ""
    named = f" {_code(entry.id, MARKDOWN)}" if entry.id else ""
    head = f"- **{markdown(entry.label)}**: {_clipped(entry.words)}{cited}{named}\n"
    return head + "".join(f"  - {_clipped(more)}\n" for more in entry.more)


def _clipped(text: str) -> str:
    return markdown(clipped(printable(text), WIDTH))


TEXT = Form(
    heading=lambda section: f"\n{printable(section.title)}\n",
    entry=_text,
    rest=lambda left: f"  … and {number(left)} more\n",
)
MARKDOWN = Form(
    heading=lambda section: f"\n### {markdown(section.title)}\n\n",
    entry=_markdown,
    rest=lambda left: f"- … and {number(left)} more\n",
)
FORMS: Mapping[str, Callable[[Difference, str, int | None], str]] = {"text": as_text, "md": as_markdown}
