"""Word files and PDFs: their paragraphs, what they say of themselves, and what is refused."""

from __future__ import annotations

import re
import time
import zipfile
import zlib
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from documents import docx, pdf
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from generator.intake.bounded import read_document
from generator.intake.documents import docx_article, pdf_article
from generator.intake.formats import format_of
from generator.intake.pdf_lines import Line, joined, without_furniture

QUAY = "The harbour board opened the second quay of Port Ellery on Thursday."
COST = "The works cost 40 million crowns, the board said."


def refused(result: tuple[object, list[object]]) -> str:
    made, (told,) = result
    assert made is None
    return str(told)


def test_a_word_file_gives_paragraphs_tables_title_author_and_day() -> None:
    raw = docx(
        QUAY,
        "",
        COST,
        heading="Second quay",
        made=datetime(2031, 5, 8),
        table=[["Quay", "Ships"], ["North", "40"]],
        author="Ada Solvik",
    )
    article, problems = docx_article("a.docx", raw)
    assert problems == []
    assert article
    assert article.paragraphs == (QUAY, COST, "| Quay | Ships |", "| North | 40 |")
    assert (article.title, article.date, article.author) == ("Second quay", "2031-05-08", "Ada Solvik")
    assert "--date says another" in article.dated_by


def test_what_a_program_stamps_on_a_word_file_is_no_date_and_no_author() -> None:
    article, _ = docx_article("a.docx", docx(QUAY))
    assert article
    assert (article.title, article.date, article.author, article.dated_by) == (None, None, None, "")


def test_bad_word_files_are_told() -> None:
    assert "a Word file without text" in refused(docx_article("a.docx", docx()))
    assert "not a Word file" in refused(docx_article("a.docx", b"PK\x03\x04 and no more"))
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", "<x/>")
    assert "not a Word file" in refused(docx_article("a.docx", packed.getvalue()))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/bomb.xml", b"\0" * 60_000_000)
    assert "more than 50 MB when unpacked" in refused(docx_article("a.docx", packed.getvalue()))


def test_entities_of_a_word_file_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Abracadabra")
    raw = docx(QUAY)
    packed, made = zipfile.ZipFile(BytesIO(raw)), BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name in packed.namelist():
            content = packed.read(name)
            if name == "word/document.xml":
                start, _, rest = content.partition(b"<w:document")
                doctype = f'<!DOCTYPE d [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode()
                content = start + doctype + b"<w:document" + rest.replace(b"second", b"&e;second")
            file.writestr(name, content)
    article, problems = docx_article("a.docx", made.getvalue())
    assert problems or (article and "Abracadabra" not in article.text)


BODY = [
    "The harbour board of Ellery opened the second quay of the port on Thur-",
    "sday, two months later than it had said in spring, and said that the regio-",
    "nal quarter would be served by a new road. A well-known regional contrac-",
    "tor has won it.",
]
WHOLE = (
    "The harbour board of Ellery opened the second quay of the port on Thursday, two months later than it had said in spring, "
    "and said that the regional quarter would be served by a new road. A well-known regional contractor has won it."
)


def test_a_pdf_gives_paragraphs_title_and_day() -> None:
    pages = [
        ["Ellery Harbour Board", "", *BODY, "", "Ships come (from May) on.", "", "1"],
        [
            "Ellery Harbour Board",
            "",
            "Of 40 ships a month, half are to be of the largest class, the board said in",
            "June.",
            "",
            "2",
        ],
    ]
    article, problems = pdf_article("a.pdf", pdf(*pages, title="Second quay", made="20310508"))
    assert problems == []
    assert article
    assert article.paragraphs == (
        WHOLE,
        "Ships come (from May) on.",
        "Of 40 ships a month, half are to be of the largest class, the board said in June.",
    )
    assert (article.title, article.date) == ("Second quay", "2031-05-08")


def test_what_programs_write_for_a_title_is_none() -> None:
    article, _ = pdf_article("a.pdf", pdf(BODY, title="Microsoft Word - quay.docx"))
    assert article
    assert (article.title, article.date) == (None, None)


def test_bad_pdfs_are_told() -> None:
    assert "a PDF of pictures: no text in it; run it through text recognition" in refused(pdf_article("a.pdf", pdf([])))
    assert "not a PDF that can be read" in refused(pdf_article("a.pdf", b"%PDF-1.4 and no more"))
    assert "201 pages" in refused(pdf_article("a.pdf", pdf(*[["x"]] * 201)))
    assert "more than an article" in refused(pdf_article("a.pdf", pdf(*[["word " * 2_000] * 10] * 15)))
    locked = BytesIO()
    writer = PdfWriter(PdfReader(BytesIO(pdf(BODY))))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(locked)
    assert "an encrypted PDF; open it, print it" in refused(pdf_article("a.pdf", locked.getvalue()))


def test_a_pdf_that_asks_for_no_password_is_read() -> None:
    locked = BytesIO()
    writer = PdfWriter(PdfReader(BytesIO(pdf(BODY))))
    writer.encrypt("", "owner", algorithm="RC4-128")
    writer.write(locked)
    article, problems = pdf_article("a.pdf", locked.getvalue())
    assert problems == []
    assert article
    assert article.paragraphs == (WHOLE,)


def packed(stream: bytes, filters: str) -> bytes:
    """A PDF of one page with such a stream."""
    page = pdf(["x"])
    start, end = page.index(b"<< /Length"), page.index(b"\nendstream")
    return page[:start] + f"<< /Length {len(stream)} {filters} >>\nstream\n".encode() + stream + page[end:]


MUCH = zlib.compress(zlib.compress(b"\0" * 120_000_000))
BOMBS = {
    "unfolds twice": (packed(MUCH, "/Filter [/FlateDecode /FlateDecode]"), "pdf"),
    "unfolds without compression": (packed(b"z" * 4_000_000 + b"~>", "/Filter /ASCII85Decode"), "pdf"),
    "a row of pixels a byte": (
        packed(zlib.compress(b"\2" * 60_000_000), "/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 1 >>"),
        "pdf",
    ),
    "leads back to itself": (pdf(["x"]).replace(b"/Size", b"/Prev 9 /Size").replace(b"/Kids [3", b"/Kids [2"), "pdf"),
    "elements without end": (None, "docx"),
}


def swollen() -> bytes:
    """A Word file of a hundred kilobytes with millions of elements."""
    raw, made = zipfile.ZipFile(BytesIO(docx(QUAY))), BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name in raw.namelist():
            content = raw.read(name)
            file.writestr(name, content.replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 4_000_000))
    return made.getvalue()


@pytest.mark.parametrize("name", BOMBS)
def test_a_document_that_unfolds_without_end_is_given_up(name: str) -> None:
    raw, form = BOMBS[name]
    began = time.monotonic()
    article, problems = read_document("a", raw or swollen(), form, seconds=4, memory=250_000_000)
    assert time.monotonic() - began < 8
    assert article is None
    (told,) = problems
    assert re.search("needs more (time|memory)|not a (Word file|PDF) that can be read|no text in it", told.message), (
        told
    )
    assert told.valid


def test_a_document_within_bounds_is_read_as_here() -> None:
    for raw, read, form in ((WORD, docx_article, "docx"), (pdf(BODY, title="ä"), pdf_article, "pdf")):
        assert read_document("ä b.x", raw, form) == read("ä b.x", raw)


def test_a_word_file_writes_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names of its parts that lead out of a folder lead nowhere, as no part becomes a file."""
    monkeypatch.chdir(tmp_path)
    made = BytesIO(docx(QUAY))
    with zipfile.ZipFile(made, "a") as file:
        for name in ("../../out.txt", "/tmp/out-of-briefing.txt", "word/../../../out.xml"):
            file.writestr(name, "x")
    article, problems = read_document("a.docx", made.getvalue(), "docx")
    assert article or problems
    assert list(tmp_path.rglob("*")) == []
    assert not (tmp_path.parent / "out.xml").exists()
    assert not Path("/tmp/out-of-briefing.txt").exists()


@given(st.binary(max_size=300))
def test_no_bytes_raise(raw: bytes) -> None:
    for read, head in ((pdf_article, b"%PDF-1.4\n"), (docx_article, b"PK\x03\x04")):
        article, problems = read("x", head + raw)
        assert article or problems


@settings(max_examples=60)
@given(st.integers(0, 2_000), st.binary(min_size=1, max_size=8))
def test_no_damage_raises(at: int, wrong: bytes) -> None:
    for read, raw in ((pdf_article, pdf(BODY, title="x", made="20310508")), (docx_article, WORD)):
        place = at * len(raw) // 2_000
        article, problems = read("x", raw[:place] + wrong + raw[place + len(wrong) :])
        assert article or problems


WORD = docx(QUAY, COST)


def lines(*texts: str) -> list[list[Line]]:
    return [[Line(text, 700 - 14 * place) for place, text in enumerate(texts)]]


def test_without_space_between_paragraphs_short_lines_end_them() -> None:
    one, two = "The board opened the quay on Thursday, it said in a", "statement."
    assert list(joined(lines(one, two, one, two))) == [f"{one} {two}", f"{one} {two}"]
    assert list(joined([])) == list(joined([[]])) == []


def test_columns_go_on() -> None:
    page = [
        Line("The board opened the quay on Thursday, it", 20.0),
        Line("said in a statement that it gave to all.", 700.0),
    ]
    assert list(joined([page])) == [
        "The board opened the quay on Thursday, it said in a statement that it gave to all."
    ]


def test_what_stands_on_every_page_goes_and_a_page_alone_stays() -> None:
    page = [Line("Annual report 2031", 760.0), Line("Text.", 700.0), Line("Page 3 of 9", 30.0)]
    assert without_furniture([page]) == [page[:2]]
    assert without_furniture([page, page, page]) == [[], [], []]


@pytest.mark.parametrize(
    ("raw", "media", "suffix", "expected"),
    [
        (b"%PDF-1.7", "text/html", "", "pdf"),
        (docx(QUAY), "application/octet-stream", "", "docx"),
        (b"PK\x03\x04 some other zip", "application/zip", ".zip", None),
        (b"<!doctype html><title>x", "", ".xml", "page"),
        (b"\xef\xbb\xbf <?xml version='1.0'?>\n<!-- x --><rss version='2.0'>", "text/html", "", "feed"),
        (b"<?xml version='1.0'?><rdf:RDF xmlns='x'>", "text/xml", "", "feed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "", "", "feed"),
        (b"<p>Some words", "text/html", "", "page"),
        (b"date 2031-05-02 <html> is a word.", "", ".txt", "text"),
        (b"<html>", "", ".txt", "text"),
        (b"date 2031", "text/plain", "", "text"),
        (b"\x89PNG\r\n\x1a\n\0", "image/png", ".png", None),
        (b"\0\1\2", "text/plain", "", None),
        (b"not a pdf", "application/pdf", ".pdf", None),
        (b"{}", "application/json", "", None),
        (b"", "", "", None),
    ],
)
def test_the_first_bytes_tell_the_format(raw: bytes, media: str, suffix: str, expected: str | None) -> None:
    assert format_of(raw, media=media, suffix=suffix) == expected


@given(
    st.binary(max_size=200),
    st.sampled_from(["", "text/html", "application/xml"]),
    st.sampled_from(["", ".html", ".xml"]),
)
def test_any_bytes_have_a_format_or_none(raw: bytes, media: str, suffix: str) -> None:
    format_of(raw * 300, media=media, suffix=suffix)
