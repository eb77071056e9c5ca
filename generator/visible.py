"""Text of others as a terminal and a log may show it: what they would act on is written out as an escape.

Control characters move the cursor, change titles and colours, or hide what stands there; characters that turn the direction
of writing show words in another order than a program reads them (CVE-2021-42574). Within JSON the escapes are those of JSON.
"""

from __future__ import annotations

import re

ACTING = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u180e\u2028-\u202e\u2061-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]"
)
"""Without the tab and the end of a line."""
COMMAND = re.compile(r"^([^\S\n]*:)(?=:)|(##)(?=\[)", re.MULTILINE)
"""How a line of a log begins that GitHub's runner takes for a command (`::` behind white space of any sort, anywhere `##[`)."""
JOINER = "\u2060"


def visible(text: str) -> str:
    """The text, `\\u001b` in place of the escape character."""
    return ACTING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def no_command(text: str) -> str:
    """The text, for a log in which no line is to be a command."""
    return COMMAND.sub(lambda found: found[0] + JOINER, text)
