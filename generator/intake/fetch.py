"""One thing fetched over the net, within bounds of size, time, redirects, schemes and addresses."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from email.message import Message
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urljoin

from generator.intake.address import SCHEMES, clean
from generator.intake.connecting import BY_HAND, Bounds, Refused, in_words, printable, response_of
from generator.model import Mark
from generator.problems import Problem, problem

if TYPE_CHECKING:
    from urllib3.response import BaseHTTPResponse

T = TypeVar("T")
CODINGS = ("", "identity", "gzip", "x-gzip", "deflate")
CHUNK = 65_536
MOVED = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came."""

    url: str
    """Where it was found in the end."""
    raw: bytes
    """Decompressed."""
    media: str
    """Its media type as the server says, in lower case; empty where it says none."""
    charset: str
    """As the server says; empty where it says none."""


def fetch(url: str, bounds: Bounds) -> tuple[Fetched | None, list[Problem]]:
    """What stands at an address; None and a problem where it cannot be had within the bounds."""
    try:
        return _within(bounds.seconds, lambda stopped: _followed(url, bounds, stopped)), []
    except Refused as why:
        return None, [problem(Mark(url), why.found, valid=why.valid, example=why.example, check="fetch")]


def _within(seconds: float, work: Callable[[threading.Event], T]) -> T:
    """What the work gives, if it ends in time.

    Time-outs of sockets count from byte to byte, and looking up a name has none: a thread that is left behind bounds all of it.
    """
    done: Future[T] = Future()
    stopped = threading.Event()

    def run() -> None:
        try:
            done.set_result(work(stopped))
        except BaseException as error:
            done.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    try:
        return done.result(seconds)
    except TimeoutError:
        stopped.set()
        raise Refused(f"not whole within {seconds:g} seconds", "try again later, or " + BY_HAND) from None


def _followed(url: str, bounds: Bounds, stopped: threading.Event) -> Fetched:
    for _ in range(bounds.redirects + 1):
        target = _allowed(url)
        moved, got = _asked(target, bounds, stopped)
        if got:
            return got
        try:
            url = urljoin(target, moved)
        except ValueError:
            raise Refused(f"leads to '{moved[:200]}', which is no address", BY_HAND) from None
    raise Refused(f"more than {bounds.redirects} redirects", "give the address that a browser shows in the end")


def _allowed(url: str) -> str:
    target = clean(url)
    if target is None:
        scheme = url.partition(":")[0]
        known = " or ".join(SCHEMES)
        found = f"leads to '{scheme}:'" if scheme not in SCHEMES and ":" in url else f"'{url[:200]}' is no address"
        raise Refused(found, f"an address with {known}", "https://news.example/2031/harbour.html")
    return target


def _asked(url: str, bounds: Bounds, stopped: threading.Event) -> tuple[str, Fetched | None]:
    """Where an address leads on to, or what stands there."""
    from urllib3.exceptions import HTTPError

    try:
        response = response_of(url, bounds)
        try:
            if response.status in MOVED:
                where = response.headers.get("Location")
                if not where:
                    raise Refused(f"HTTP {response.status} without a place to go on to", BY_HAND)
                return _unicode(where), None
            return "", _read(url, response, bounds, stopped)
        finally:
            response.close()
    except (HTTPError, OSError) as error:
        raise in_words(error) from None


def _unicode(header: str) -> str:
    """A header as UTF-8, which servers send although HTTP has Latin-1 there."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header


def _read(url: str, response: BaseHTTPResponse, bounds: Bounds, stopped: threading.Event) -> Fetched:
    if response.status != 200:
        raise Refused(f"HTTP {response.status} {response.reason or ''}".strip(), _advice(response.status))
    too_much = Refused(f"more than {bounds.size / 1_000_000:g} MB", BY_HAND)
    length = response.headers.get("Content-Length", "")
    if length.isdigit() and int(length) > bounds.size:
        raise too_much
    coding = response.headers.get("Content-Encoding", "").strip().lower()
    if coding not in CODINGS:
        raise Refused(f"compressed as '{coding}', which was not asked for", BY_HAND)
    raw = bytearray()
    for chunk in response.stream(CHUNK, decode_content=True):
        raw += chunk
        if len(raw) > bounds.size:
            raise too_much
        if stopped.is_set():
            raise Refused("stopped")
    kind = Message()
    kind["Content-Type"] = response.headers.get("Content-Type", "")
    media = printable(kind.get_content_type()) if response.headers.get("Content-Type") else ""
    charset = kind.get_param("charset", "")
    return Fetched(url=url, raw=bytes(raw), media=media, charset=charset if isinstance(charset, str) else "")


def _advice(status: int) -> str:
    if status in (404, 410):
        return "see whether the address is whole"
    return "try again later" if status == 429 or status >= 500 else BY_HAND
