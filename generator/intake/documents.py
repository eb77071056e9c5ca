"""Articles in `.docx` and `.pdf` files: their text by paragraphs, title, author and date from what they say of themselves.

Time and memory are bounded by `bounded`, in whose process this is done.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

from generator.intake.pdf_lines import Line, joined, lines_of, without_furniture
from generator.intake.seedfile import Article, one_line, paragraphs
from generator.model import Mark
from generator.problems import Problem, problem
from generator.seeds.normal import LIMITS

UNPACKED = 50_000_000
"""Bytes of a `.docx`, which is a zip file."""
PAGES = 200
NO_TITLE = re.compile(r"(?:untitled|microsoft word|document\d*\b|.*\.(?:docx?|pdf|odt|rtf|indd)$)", re.IGNORECASE)
"""What programs write where nobody gave a title."""
TEMPLATE_YEAR = 2013
"""Of the day that python-docx stamps on all it makes."""
DATED = "its date is that of the file, {}; --date says another"


def _refused(given: str, found: str, valid: str = "") -> tuple[None, list[Problem]]:
    return None, [problem(Mark(given), found, valid=valid or "save its text as .txt and add that", check="intake")]


def _article(raw: bytes, lines: Sequence[str], title: object, author: object, date: datetime | None) -> Article:
    named = one_line(title if isinstance(title, str) else None)
    title = None if named is None or NO_TITLE.match(named) else named
    found = paragraphs("\n".join(lines))
    day = date.date().isoformat() if date else None
    return Article(
        paragraphs=found[1:] if len(found) > 1 and found[0] == title else found,
        original=sha256(raw).hexdigest(),
        title=title,
        date=day,
        author=one_line(author if isinstance(author, str) else None),
        dated_by=DATED.format(day) if day else "",
    )


def docx_article(given: str, raw: bytes) -> tuple[Article | None, list[Problem]]:
    """The article of a Word file; a first paragraph in the style of titles is its title."""
    from docx import Document
    from docx.text.paragraph import Paragraph

    try:
        with ZipFile(BytesIO(raw)) as packed:
            if sum(part.file_size for part in packed.infolist()) > UNPACKED:
                return _refused(given, f"more than {UNPACKED // 1_000_000} MB when unpacked")
        document = Document(BytesIO(raw))
        lines: list[str] = []
        title = document.core_properties.title
        for part in document.iter_inner_content():
            if isinstance(part, Paragraph):
                style = (part.style and part.style.name) or ""
                text = " ".join(part.text.split())
                if style in ("Title", "Heading 1") and not lines and text:
                    title = title or text
                lines.append(text)
            else:
                lines += [" | ".join(["", *(cell.text.strip() for cell in row.cells), ""]) for row in part.rows]
        about = document.core_properties
        made = about.created if about.created and about.created.year > TEMPLATE_YEAR else about.modified
        made = made if made and made.year > TEMPLATE_YEAR else None
    except MemoryError:
        raise
    except Exception as error:  # whatever the library meets in a broken file
        return _refused(given, f"not a Word file that can be read ({str(error)[:100] or type(error).__name__})")
    author = about.author if about.author != "python-docx" else None
    article = _article(raw, lines, title, author, made)
    return (article, []) if article.paragraphs else _refused(given, "a Word file without text")


def pdf_article(given: str, raw: bytes) -> tuple[Article | None, list[Problem]]:
    """The article of a PDF."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    try:
        reader = PdfReader(BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            return _refused(given, "an encrypted PDF", "open it, print it to a PDF without a password, and add that")
        count = len(reader.pages)
        if count > PAGES:
            return _refused(given, f"{count} pages, more than the {PAGES} of an article or a report")
        pages: list[list[Line]] = []
        size = 0
        for page in reader.pages:
            pages.append(lines_of(page))
            size += sum(len(line.text) for line in pages[-1])
            if size > LIMITS[".md"]:
                return _refused(given, "more than an article or a report holds")
        about = reader.metadata
        made = about.creation_date if about else None
    except DependencyError:
        return _refused(given, "an encrypted PDF", "open it, print it to a PDF without a password, and add that")
    except MemoryError:
        raise
    except Exception as error:  # whatever the library meets in a broken file
        return _refused(given, f"not a PDF that can be read ({str(error)[:100] or type(error).__name__})")
    lines = list(joined(without_furniture(pages)))
    if not any(map(str.isalpha, "".join(lines))):
        return _refused(
            given, "a PDF of pictures: no text in it", "run it through text recognition (OCR), or save its text as .txt"
        )
    article = _article(raw, lines, about.title if about else None, about.author if about else None, made)
    return replace(article, remark="see whether its paragraphs are whole"), []
