"""`.txt` seeds: optional white space, `date YYYY[-MM[-DD]]`, then the text, on the same line or the next."""

from __future__ import annotations

import re

from generator.model import Mark
from generator.seeds.draft import Draft
from generator.seeds.normal import normalise

HEADER = re.compile(r"\s*+date[ \t:]++([0-9]\S*+)", re.IGNORECASE)
BLANK = re.compile(r"\n[^\S\n]*+\n")
# A sentence that is over, with the marks and the agency's name that may follow its stop.
CLOSED = re.compile(r"""[.!?…:;,—–-]["'”’»)\]]*+(?:\s++\([^()\n]{1,60}\))?$""")
TITLE_LENGTH = 300
"""Characters; what is longer and has no full stop is a text without punctuation, not a title."""


def _title(body: str) -> tuple[str | None, str]:
    """The title that a text begins with, and the rest: a first paragraph that ends without punctuation."""
    blank = BLANK.search(body)
    if blank is None or blank.start() > TITLE_LENGTH or CLOSED.search(body[: blank.start()].rstrip()):
        return None, body
    return " ".join(body[: blank.start()].split()), body[blank.end() :].strip()


def read_plain(path: str, content: str) -> Draft:
    """The article in a `.txt` file; `date` is None where the file does not begin with one."""
    start = content.lstrip("\ufeff")
    header = HEADER.match(start)
    if header is None:
        return Draft(date=None, date_mark=_mark(path, start, len(start) - len(start.lstrip())), text=normalise(start))
    title, text = _title(normalise(start[header.end() :]))
    return Draft(date=header[1], date_mark=_mark(path, start, header.start(1)), text=text, title=title)


def _mark(path: str, content: str, offset: int) -> Mark:
    offset = min(offset, max(0, len(content) - 1))
    return Mark(path, content.count("\n", 0, offset) + 1, offset - content.rfind("\n", 0, offset))
