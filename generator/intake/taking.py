"""What files, addresses and feeds hold: the bytes of seeds that might be added, or why there are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from generator.extract.segment import PARAGRAPH
from generator.intake.address import clean, is_address
from generator.intake.article import page_article
from generator.intake.bounded import read_document
from generator.intake.connecting import Bounds
from generator.intake.feed import Entry, own_article, read_feed
from generator.intake.fetch import Fetched, fetch
from generator.intake.formats import Format, format_of
from generator.intake.seedfile import Article, one_line, paragraphs, written
from generator.intake.shelf import Shelf, by_address
from generator.model import Mark, Seed
from generator.problems import Problem, errors, problem
from generator.seeds import read_draft
from generator.seeds.reading import FOLDER

FILE_LIMIT = 20_000_000
"""Bytes of a file on this machine."""
KNOWN = "a web page (.html), .txt, .md, .docx, .pdf, or an RSS or Atom feed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the command line says of all that it names."""

    date: str | None = None
    publisher: str | None = None
    title: str | None = None
    limit: int = 20
    """Entries of a feed that are looked at, the newest first."""
    bounds: Bounds = field(default_factory=Bounds)
    dry: bool = False
    """Whether nothing is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one article."""

    given: str
    """As the command line names it, or the address of a feed's entry."""
    name: str = ""
    """Its path, `seeds/…`: that which it got, or that which it has already."""
    seed: Seed | None = None
    """Set where it was added, or would be."""
    remarks: tuple[str, ...] = ()
    known: str = ""
    """Why it is there already."""
    quiet: bool = False
    """Whether nobody named it: an entry of a feed."""
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> int:
        """Problems that kept it out."""
        return len(errors(self.problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """The bytes of a seed that might be added."""

    given: str
    raw: bytes
    suffix: str = ".md"
    remarks: tuple[str, ...] = ()
    quiet: bool = False


Found = Candidate | Outcome


def candidates(argument: str, wanted: Wanted, today: str, shelf: Shelf) -> Iterator[Found]:
    """What an argument holds: one article, or those of a feed."""
    if is_address(argument):
        got, problems = fetch(argument, wanted.bounds)
        day: str | None = today
    else:
        (got, problems), day = _file(argument), None
    if got is None:
        yield Outcome(given=argument, problems=tuple(problems))
        return
    address = got.url if day else None
    suffix = PurePosixPath(urlsplit(got.url).path if day else argument).suffix.lower()
    form = format_of(got.raw, media=got.media, suffix=suffix)
    if form == "feed":
        yield from _of_feed(argument, got, address, wanted, today, shelf)
    else:
        yield _one(argument, got, form, address, wanted, day)


def _file(argument: str) -> tuple[Fetched | None, list[Problem]]:
    """The bytes of a file on this machine."""
    path = Path(argument)
    if path.is_dir():
        example = f"briefing add {path.as_posix().rstrip('/')}/*.html"
        return None, [problem(Mark(argument), "a folder", valid="name the files", example=example, check="intake")]
    try:
        with path.open("rb") as file:
            raw = file.read(FILE_LIMIT + 1)
    except OSError as error:
        valid = "a file, or an address that begins with https://"
        return None, [problem(Mark(argument), f"cannot be read: {error.strerror}", valid=valid, check="intake")]
    if len(raw) > FILE_LIMIT:
        valid = "add the articles in it one by one"
        return None, [problem(Mark(argument), f"more than {FILE_LIMIT // 1_000_000} MB", valid=valid, check="intake")]
    return Fetched(url="", raw=raw, media="", charset=""), []


def _one(
    given: str, got: Fetched, form: Format | None, address: str | None, wanted: Wanted, retrieved: str | None
) -> Found:
    """The article in a file or in an answer."""
    article: Article | None
    if form == "page":
        article, problems = page_article(given, got.raw, url=address, charset=got.charset, retrieved=retrieved)
    elif form in ("pdf", "docx"):
        article, problems = read_document(given, got.raw, form)
    elif form in ("text", "markdown"):
        suffix = ".md" if form == "markdown" else ".txt"
        if address is None and not (wanted.date or wanted.publisher or wanted.title):
            return Candidate(given=given, raw=got.raw, suffix=suffix)
        article, problems = _text_article(given, got.raw, suffix, wanted)
    else:
        what = f"'{got.media}' is nothing that is read here" if got.media else "no format that is read here"
        return Outcome(given=given, problems=(problem(Mark(given), what, valid=KNOWN, check="intake"),))
    if article is None:
        return Outcome(given=given, problems=tuple(problems))
    return _candidate(given, replace(article, url=article.url or clean(address), retrieved=retrieved), wanted)


def _text_article(given: str, raw: bytes, suffix: str, wanted: Wanted) -> tuple[Article | None, list[Problem]]:
    """The article of a `.txt` or `.md` to which something is added."""
    header = b"" if suffix == ".md" or raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:5].lower() == b"date " else b"date 1\n"
    draft, problems = read_draft(given, suffix, header + raw)
    if draft is None or errors(problems):
        return None, [replace(found, path=given) for found in problems]
    blocks = (
        re.sub(r"(?<!\s)\s*\n\s*+", " ", block) for block in PARAGRAPH.findall(draft.text)
    )  # lines may be wrapped
    return Article(
        paragraphs=paragraphs("\n".join(blocks)),
        original=sha256(raw).hexdigest(),
        title=one_line(draft.title),
        date=None if header else one_line(draft.date),
        publisher=one_line(draft.publisher),
        url=clean(draft.url),
        author=one_line(draft.author),
    ), []


def _candidate(given: str, article: Article, wanted: Wanted, *, quiet: bool = False) -> Found:
    """An article as bytes of a seed, with what the command line says of it."""
    article = replace(
        article,
        title=one_line(wanted.title) or article.title,
        date=wanted.date or article.date,
        publisher=one_line(wanted.publisher) or article.publisher,
        dated_by="" if wanted.date else article.dated_by,
    )
    remarks = tuple(filter(None, (article.dated_by, article.remark)))
    return Candidate(given=given, raw=written(article).encode(), remarks=remarks, quiet=quiet)


def _of_feed(
    given: str, got: Fetched, address: str | None, wanted: Wanted, today: str, shelf: Shelf
) -> Iterator[Found]:
    """The articles of a feed; one that fails is told, and the others go on."""
    entries, problems = read_feed(given, got.raw, address)
    if problems or not entries:
        empty = [problem(Mark(given), "a feed without entries", severity="warning", check="intake")]
        yield Outcome(given=given, problems=tuple(problems or empty))
    for entry in entries[: wanted.limit]:
        there = by_address(entry.url, shelf)
        if there:
            yield Outcome(given=entry.url or given, name=f"{FOLDER}/{there}", known="the same address", quiet=True)
        else:
            yield _of_entry(given, entry, wanted, today)
    if len(entries) > wanted.limit:
        left = f"{wanted.limit} of {len(entries)} entries were looked at, the newest; --limit {len(entries)} takes all"
        yield Outcome(given=given, remarks=(left,))


def _of_entry(feed: str, entry: Entry, wanted: Wanted, today: str) -> Found:
    """The article of an entry: its page, or what the feed itself holds where that is whole and the page is not."""
    given = entry.url or f"{feed} ({entry.title or 'an entry without a title'})"
    page, problems = _page_of(entry, given, wanted, today)
    own, lacking = own_article(entry, today if is_address(feed) else None)
    if own and (page is None or len(page.text) < len(own.text) / 2):
        return _candidate(given, own, wanted, quiet=True)
    if page is None:
        told = (
            replace(p, message=f"{p.message}; {lacking}") if p in errors(problems) and lacking else p for p in problems
        )
        return Outcome(given=given, problems=tuple(told), quiet=True)
    page = replace(
        page, title=page.title or entry.title, date=page.date or entry.day, author=page.author or entry.author
    )
    return _candidate(given, page, wanted, quiet=True)


def _page_of(entry: Entry, given: str, wanted: Wanted, today: str) -> tuple[Article | None, list[Problem]]:
    if entry.url is None:
        return None, [problem(Mark(given), "an entry without an address", check="intake")]
    got, problems = fetch(entry.url, wanted.bounds)
    if got is None:
        return None, problems
    form = format_of(got.raw, media=got.media)
    if form != "page":
        return None, [
            problem(Mark(given), f"'{got.media}' is no web page", valid=f"briefing add {given}", check="intake")
        ]
    return page_article(given, got.raw, url=got.url, charset=got.charset, publisher=entry.publisher, retrieved=today)
