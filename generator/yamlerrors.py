"""What libyaml found wrong, in the words of those who write YAML by hand."""

from __future__ import annotations

import re
from typing import Any

import yaml

from generator.model import Mark
from generator.problems import Problem, problem

EXPLAINED = {
    "mapping values are not allowed in this context": (
        "': ' inside text without quotes, or a key that is not in line with the keys around it",
        "put text that holds ': ' in quotes, and begin the keys of one fact in the same column",
        "text: 'The ministry said: not yet.'",
    ),
    "did not find expected ',' or ']'": (
        "a list that is not closed",
        "close it with ']' and put commas between its items",
        "who: [alpha, beta]",
    ),
    "did not find expected ',' or '}'": ("a mapping that is not closed", "close it with '}'", "facts: {who: [alpha]}"),
    "did not find expected '-' indicator": (
        "a line that is no item of the list above it",
        "begin each fact with '- ' in the same column, its other keys two columns further right",
        "- id: event-one",
    ),
    "could not find expected ':'": (
        "a key without its colon, or text that runs on at the left margin",
        "follow a key with ': ', and indent lines that go on",
        "status: happened",
    ),
    "found unknown escape character": (
        "a backslash in double quotes that begins no escape",
        "use single quotes around text with backslashes",
        r"text: 'C:\data'",
    ),
    "found unexpected end of stream": ("a quotation mark that is never closed", "close it", 'text: "No comment"'),
    "did not find expected <document start>": ("text after the end of the document", "one document a file", ""),
    "did not find expected node content": ("a closing bracket that nothing opens", "put it in quotes", "text: ']'"),
    "did not find expected comment or line break": (
        "text beside the | or > that opens a block of text",
        "begin the text on the next line, further right",
        "",
    ),
}


def line_at(text: str, offset: int) -> str:
    """The whole line that holds an offset, without its end, at most 200 characters of it."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return text[start : len(text) if end < 0 else end].rstrip("\r")[:200]


def mark_at(path: str, text: str, offset: int) -> Mark:
    """The place of an offset; a byte order mark counts as no column."""
    start = text.rfind("\n", 0, offset) + 1
    bom = 1 if start == 0 and text.startswith("\ufeff") else 0
    return Mark(path, text.count("\n", 0, offset) + 1, max(1, offset - start + 1 - bom))


DASHED = re.compile(r"^ *(-)[^\s-].*:(?: |\r?$)")
"""An item whose dash has no space behind it."""


def explained(path: str, text: str, shift: int, error: yaml.YAMLError, last: Any = None) -> Problem:
    """libyaml's message in the words of those who write YAML by hand; `last` is the event before it."""
    place = getattr(error, "problem_mark", None)
    found = str(getattr(error, "problem", None) or error)
    offset = place.index + shift if place else 0
    opened = getattr(error, "context_mark", None)
    if opened and ("end of stream" in found or "',' or" in found or "expected ':'" in found):
        offset = opened.index + shift  # show what was opened, not where the file ends
    if getattr(last, "style", None) in ("'", '"') and last.end_mark.line > last.start_mark.line:
        # Text in quotes over several lines, and something wrong right behind: it was to end in its first line.
        message, valid, example = EXPLAINED["found unexpected end of stream"]
        offset = last.start_mark.index + shift
        mark, entry = mark_at(path, text, offset), line_at(text, offset)
        return problem(mark, message, valid=valid, example=example, entry=entry, check="yaml")
    for line in (text.rfind("\n", 0, offset) + 1, text.rfind("\n", 0, max(0, text.rfind("\n", 0, offset))) + 1):
        if (found.startswith("mapping values") or "'-' indicator" in found) and (
            dash := DASHED.match(line_at(text, line))
        ):
            mark = mark_at(path, text, line + dash.start(1))
            message, valid = "a dash without a space behind it", "begin each item with '- '"
            return problem(mark, message, valid=valid, entry=line_at(text, line), check="yaml")
    at, before = text[offset : offset + 1], text[text.rfind("\n", 0, offset) + 1 : offset]
    if found == "did not find expected node content" and not text[offset:].strip():
        found = "did not find expected ',' or ']'"
    if at == "\t" or "tab character" in found:
        told = ("a tab used for indentation", "indent with spaces", "")
    elif found == "found character that cannot start any token":
        told = (f"text that begins with '{at}'", "put it in quotes", f"text: '{at}…'")
    elif found == "did not find expected key" and before.strip():
        told = (
            "text after a closing quotation mark",
            "quote the whole value, or none of it",
            "text: '\"No,\" it said.'",
        )
    elif found == "did not find expected key":
        told = (
            "a line that is not in line with the keys above it",
            "begin the keys of one fact in the same column",
            "",
        )
    else:
        told = EXPLAINED.get(found, (f"not YAML: {found}", "", ""))
    message, valid, example = told
    mark, entry = mark_at(path, text, offset), line_at(text, offset)
    return problem(mark, message, valid=valid, example=example, entry=entry, check="yaml")
