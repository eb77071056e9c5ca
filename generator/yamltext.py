"""Writing a value on one line so that every YAML reader reads it back as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

# What a YAML 1.1 reader, a YAML 1.2 reader, or both take for something other than text when it stands plain.
NOT_TEXT = re.compile(
    r"""(?:~|null|true|false|yes|no|on|off|y|n|=|<<
    |[-+]?(?:\.[0-9_]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:e[-+]?[0-9]+)?      # numbers
    |[-+]?0[box][0-9a-f_]+|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?  # 0x1f, 0o17, 12:30
    |[-+]?\.inf|\.nan|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[t\s].*)?)""",
    re.VERBOSE | re.IGNORECASE,
)
PLAIN = re.compile(
    r"""(?![-?:](?:\s|$)|---|\.\.\.)[^\s\[\]{},#&*!|>'"%@`](?:[^\x00-\x1f:#]|:(?=\S)|(?<! )\#)*+(?<! )"""
)
FLOW_PLAIN = re.compile(r"[^\W_][\w.()/&’-]*+(?: [\w.()/&’-]++)*+")
ESCAPED = re.compile('[\\x00-\\x1f\\\\"\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]')
SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def is_plain(text: str, *, flow: bool = False) -> bool:
    """Whether YAML 1.1 and 1.2 both read the text as itself when it stands without quotes."""
    shape = FLOW_PLAIN if flow else PLAIN
    return (
        bool(shape.fullmatch(text))
        and not ESCAPED.search(text.replace('"', "").replace("\\", ""))
        and (not NOT_TEXT.fullmatch(text))
    )


def quoted(text: str, style: str = "") -> str:
    """The text in quotes, in the given style (`'` or `"`) if that can hold it, else the one that reads better."""
    special = ESCAPED.search(text.replace('"', "").replace("\\", ""))
    if not special and (style == "'" or (style != '"' and ('"' in text or "\\" in text) and "'" not in text)):
        return "'" + text.replace("'", "''") + "'"
    return '"' + ESCAPED.sub(lambda m: SHORT.get(m.group(), _escape(m.group())), text) + '"'


def _escape(character: str) -> str:
    return f"\\u{ord(character):04x}"


def scalar_text(value: str | int | float, *, flow: bool = False, style: str = "") -> str:
    """A value as YAML writes it on one line: plain where that is safe, unless a style of quotes is asked for."""
    if not isinstance(value, str):
        return repr(value)
    return value if not style and is_plain(value, flow=flow) else quoted(value, style)


Value = str | int | float | Sequence[str]
"""What a key of a fact or an entity may hold."""

FULL_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DATE_KEYS = frozenset(["date", "when", "reviewed-on", "retrieved"])


def value_text(name: str, value: Value) -> str:
    """The value of a key on one line. Full dates stand plain where a date belongs: YAML 1.2 reads them as text."""
    if isinstance(value, str):
        return value if name in DATE_KEYS and FULL_DATE.fullmatch(value) else scalar_text(value)
    if isinstance(value, (int, float)):
        return scalar_text(value)
    return "[" + ", ".join(scalar_text(item, flow=True) for item in value) + "]"


def block(values: Mapping[str, Any], indent: str = "") -> str:
    """A mapping in block style, a key a line; mappings within it in block style too."""
    lines = []
    for name, value in values.items():
        if isinstance(value, Mapping):
            lines.append(f"{indent}{scalar_text(name)}:\n{block(value, indent + '  ')}")
        else:
            lines.append(f"{indent}{scalar_text(name)}: {value_text(name, value)}\n")
    return "".join(lines)


def item(values: Mapping[str, Any], indent: str = "") -> str:
    """A mapping as an item of a block list: `- ` before its first key, the others in line with it."""
    return f"{indent}- " + block(values, indent + "  ").removeprefix(indent + "  ")
