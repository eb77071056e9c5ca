"""Word files and PDFs for tests, made as small as they can be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from docx import Document

LEADING = 14
ESCAPES = {ord(sign): "\\" + sign for sign in "()\\"}


def docx(
    *paragraphs: str,
    heading: str = "",
    made: datetime | None = None,
    table: Sequence[Sequence[str]] = (),
    author: str = "",
) -> bytes:
    """A Word file; `table` follows the paragraphs."""
    document = Document()
    if heading:
        document.add_heading(heading, 0)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        grid = document.add_table(rows=len(table), cols=len(table[0]))
        for row, cells in zip(grid.rows, table, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    if made:
        document.core_properties.created = made
    if author:
        document.core_properties.author = author
    done = BytesIO()
    document.save(done)
    return done.getvalue()


def pdf(*pages: Sequence[str], title: str = "", made: str = "") -> bytes:
    """A PDF with a line of text a line; an empty line leaves a gap. `made` is its day, `YYYYMMDD`."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    for page in pages:
        number = len(objects) + 1
        kids.append(f"{number} 0 R")
        shown = [
            f"BT /F1 11 Tf 50 {760 - LEADING * place} Td ({line.translate(ESCAPES)}) Tj ET"
            for place, line in enumerate(page)
            if line
        ]
        stream = "\n".join(shown)
        resources = f"<< /Font << /F1 {font} >> >>"
        box = "/MediaBox [0 0 612 792]"
        objects.append(f"<< /Type /Page /Parent 2 0 R {box} /Contents {number + 1} 0 R /Resources {resources} >>")
        objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    dated = f"/CreationDate (D:{made}120000Z)" if made else ""
    objects.append(f"<< /Title ({title}) {dated} >>")
    text, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(text.encode("cp1252")))
        text += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = len(text.encode("cp1252"))
    size = len(objects) + 1
    text += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R /Info {size - 1} 0 R >>\n"
    return (text + f"startxref\n{end}\n%%EOF\n").encode("cp1252")
