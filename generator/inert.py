"""Text of others as text that no terminal and no host of code acts on.

GitHub and GitLab look for mentions, numbers of issues, addresses and commands in text that was rendered already, so an escape
of Markdown does not keep them from it; a word joiner (U+2060), which nobody sees, does. Characters that turn the direction
of writing, and control characters, are left out.
"""

from __future__ import annotations

import re

from generator.downloads.written import line

JOINER = "\u2060"
TURNING = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
ACTIVE = re.compile(
    r"[@#!~%$&^](?=\w)"  # @user, #12, and GitLab's !12, ~label, %milestone, $snippet, &epic, ^alert
    r"|(?<=[A-Z])-(?=[0-9])|(?i:\bgh-(?=[0-9]))"  # GH-12, and numbers of other trackers
    r"|(?<=[A-Za-z]):(?=//)|(?i:\bwww(?=\.))"  # addresses
    r"|(?i:\b(?:skip|no)(?=[ -](?:ci|actions|checks)\b)|\bci(?= skip\b)|\bno(?=_ci\b))"  # by which CI stays away from a commit
)
MARKUP = re.compile(r"[\\`*_\[\]{}<>|~&$#]")


def printable(text: object) -> str:
    """One line of text, for a terminal: no control characters, none that turn the direction of writing."""
    return line(TURNING.sub("", str(text)))


def inert(text: object) -> str:
    """The same, which mentions nobody and links nowhere."""
    return ACTIVE.sub(lambda found: found.group() + JOINER, printable(text))


def markdown(text: object) -> str:
    """The same for the Markdown of hosts of code: nothing in it is markup, unless it begins a line."""
    return MARKUP.sub(r"\\\g<0>", inert(text))


def clipped(text: str, length: int) -> str:
    """A text of at most `length` characters, cut between words where it can be."""
    if len(text) <= length:
        return text
    head = text[: length - 1]
    words = head.rpartition(" ")[0]
    return (words if len(words) > length // 2 else head).rstrip(" ,;:–-") + "…"
