"""From bytes to the normalised text: NFC, `\\n`, no byte order mark, no control characters."""

from __future__ import annotations

import unicodedata

from generator.model import Mark
from generator.problems import Problem, problem
from generator.stream_safe import stream_safe

LIMIT = 5_000_000
"""Bytes of one seed. A long report has a tenth of that; what is larger is a mistake (a log, an archive)."""
LIMITS = {".md": 1_000_000}
"""Lower ones: the worst Markdown, brackets that never close, takes ten to twenty seconds a megabyte."""

# A quote is copied by hand into YAML, so what looks like a space is one: the breaks that editors show
# as nothing or as a space (VT, FF, NEL, LS, PS), the tab, and the other controls.
SPACES = dict.fromkeys([*range(0x09), 0x09, *range(0x0B, 0x20), *range(0x7F, 0xA0), 0x2028, 0x2029], " ")
TABLE = {**SPACES, 0xFEFF: None}


def decode(mark: Mark, raw: bytes, encoding: str = "utf-8", limit: int = LIMIT) -> tuple[str | None, list[Problem]]:
    """The characters of a file, with its own line ends.

    None, and a problem, where it has more bytes than `limit`, holds a NUL byte or bytes that are not of the encoding.
    """
    if len(raw) > limit:
        most = f"more than {limit // 1_000_000} MB in one seed"
        return None, [problem(mark, most, valid="cut it into articles", check="seed")]
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        return None, [
            problem(
                _at(mark, before.decode(encoding, "replace")),
                f"byte {error.start + 1} is 0x{raw[error.start]:02X}, which is not {encoding.upper()} there",
                valid="save the file as UTF-8",
                example=f"iconv -f {_likely(raw)} -t UTF-8 {mark.path.rsplit('/', 1)[-1]}",
                check="seed",
            )
        ]
    except UnicodeError as error:  # of encodings that tell no place: punycode, idna
        message = f"not {encoding.upper()}: {error}"
        return None, [problem(mark, message, valid="save the file as UTF-8", check="seed")]
    nul = text.find("\0")
    if nul >= 0:
        return None, [
            problem(
                _at(mark, text[:nul]),
                f"a NUL character ({text.count(chr(0))} in all): not a text file",
                valid="save the article as plain UTF-8 text",
                check="seed",
            )
        ]
    return text, []


def _likely(raw: bytes) -> str:
    """The encoding that a file which is not UTF-8 most likely has, by its first bytes."""
    return "UTF-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "WINDOWS-1252"


def _at(mark: Mark, before: str) -> Mark:
    return Mark(mark.path, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


def normalise(text: str) -> str:
    """The text as offsets count it, without outer white space."""
    unbroken = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", stream_safe(unbroken.translate(TABLE))).strip()
