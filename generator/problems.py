"""What is wrong with an input, told so that the person who reads it can mend it.

A stage returns `(values, problems)`; it never stops at the first bad thing and never raises for bad
input. An error leaves the thing out of the briefing; a warning does not; a note is work that may wait, and changes no exit code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from textwrap import indent
from typing import Literal

from generator.model import Edit, Mark
from generator.visible import no_command, visible

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """`path:line:column: what was found; what is valid, e.g. example`, then the entry, indented."""

    path: str
    line: int
    column: int
    message: str
    """What was found."""
    valid: str = ""
    """What is valid there, or what to do."""
    example: str = ""
    """A correct example."""
    severity: Severity = "error"
    entry: str = ""
    """The offending lines, if they help."""
    check: str = ""
    """A short stable name of what was checked, such as `quote-in-source`."""
    fix: tuple[Edit, ...] = field(default=(), compare=False)
    """How the text of its file is mended, where there is one way and it loses nothing."""

    def moved(self, lines: int, characters: int) -> Problem:
        """The same problem in a text before which so much more stands."""
        fix = tuple(Edit(edit.start + characters, edit.end + characters, edit.new) for edit in self.fix)
        return replace(self, line=self.line + lines, fix=fix)

    @property
    def sentence(self) -> str:
        """What was found, what is valid, and the example, without the place, in one line."""
        advice = [f"; {self.valid}" if self.valid else "", f", e.g. {self.example}" if self.example else ""]
        return visible(self.message + "".join(advice))

    def __str__(self) -> str:
        head = f"{visible(self.path)}:{self.line}:{self.column}: {self.severity}: {self.sentence}"
        below = indent(visible(self.entry.rstrip()), "    ", lambda line: line != "\n")
        return no_command(head.replace("\n", "\n    ") + (f"\n{below}" if below else ""))


MESSAGE = 1000
"""Characters of each part of what is told."""


def problem(
    mark: Mark,
    message: str,
    *,
    valid: str = "",
    example: str = "",
    severity: Severity = "error",
    entry: str = "",
    check: str = "",
    fix: Iterable[Edit] = (),
) -> Problem:
    """A problem at a mark; of a message with a value that goes on and on the beginning is told."""
    told = (text if len(text) <= MESSAGE else f"{text[:MESSAGE]}…" for text in (message, valid, example, entry))
    message, valid, example, entry = told
    return Problem(mark.path, mark.line, mark.column, message, valid, example, severity, entry, check, tuple(fix))


def not_a_file(mark: Mark) -> Problem:
    """Something of a file's name that has no content to read: a folder, a link to nothing, a pipe."""
    return problem(mark, "not a file", valid="put a file there, or take this away", check="not-a-file")


def tracked_cache(folder: str) -> Problem:
    """What the program keeps for itself is under version control."""
    found = (
        "it is under version control, so what it holds may be anybody's: it is not read, and every run makes all anew"
    )
    valid = f"take it out and away: git rm -r -f {folder}"
    return problem(Mark(folder), found, valid=valid, severity="warning", check="cache-tracked")


SHOWN = 60
"""Characters of a word that a problem repeats."""


def too_large(path: str, size: int, most: int) -> Problem:
    """A file that is not read, as it has more bytes than any that people edit; `size` may be just one more than `most`."""
    found = f"{size:,} bytes, of which at most {most:,} are read" if size > most + 1 else f"more than {most:,} bytes"
    return problem(Mark(path), found, valid="cut it into files, or bring back the one that it was", check="too-large")


def link_out(path: str) -> Problem:
    """A link that is not followed."""
    valid = "put the file or the folder itself there, or a link to one that is in the briefing's folder"
    return problem(Mark(path), "a link that leads out of the briefing's folder", valid=valid, check="link-out")


def link_round(path: str) -> Problem:
    """A link that would be followed for ever."""
    found, valid = "a link to a folder that it stands in", "take it away"
    return problem(Mark(path), found, valid=valid, check="link-out")


LONGEST = 200
"""Characters of what may be a slip of a known word."""


def shown(word: str) -> str:
    """A word as a problem repeats it, which may be a megabyte long in the file."""
    return word if len(word) <= SHOWN else f"{word[:SHOWN]}…"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean 'status'?` for the nearest known word, or an empty string. Nobody means `unreviewed` by `reviewed`."""
    if len(word) > LONGEST:
        return ""
    near = get_close_matches(word, [other for other in known if not _negates(word, other)], n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else ""


def slip(word: str, known: Iterable[str]) -> str | None:
    """The one known word that this is surely a slip of: case, `_` for `-`, or a letter or two in a longer word.

    None where several come near.
    """
    if len(word) > LONGEST:
        return None
    words, plain = list(known), word.strip().lower().replace("_", "-").replace(" ", "-")
    if plain in words:
        return plain
    near = get_close_matches(plain, words, n=2, cutoff=0.75)
    return near[0] if len(near) == 1 and not _negates(plain, near[0]) else None


def _negates(word: str, other: str) -> bool:
    """Whether one is the other with something before it, such as `un`."""
    return word != other and (word.endswith(other) or other.endswith(word))


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Those that leave something out."""
    return [p for p in problems if p.severity == "error"]


def warnings(problems: Iterable[Problem]) -> list[Problem]:
    """Those that leave nothing out, and should not stay."""
    return [p for p in problems if p.severity == "warning"]


def notes(problems: Iterable[Problem]) -> list[Problem]:
    """Those that may stay as long as anybody likes."""
    return [p for p in problems if p.severity == "note"]
