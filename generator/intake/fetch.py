"""One thing fetched over the net, within bounds of size, time, redirects, schemes and addresses.

A name is resolved once and the connection goes to the address that was checked, so that a name which changes its
address meanwhile leads nowhere else. Where the environment names a proxy, that resolves names; what this
machine can resolve is still checked.
"""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from email.message import Message
from ssl import create_default_context
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

from generator.about import NAME, VERSION
from generator.intake.address import SCHEMES, clean, is_public
from generator.model import Mark
from generator.problems import Problem, problem

if TYPE_CHECKING:
    from urllib3.response import BaseHTTPResponse

T = TypeVar("T")
AGENT = f"{NAME}/{VERSION}"
ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/pdf,*/*;q=0.5"
CODINGS = ("", "identity", "gzip", "x-gzip", "deflate")
CHUNK = 65_536
MOVED = (301, 302, 303, 307, 308)
BY_HAND = "save the page in a browser and add the file"
INTRANET = "--allow-private, if it is meant to be one of your own net"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How far one thing may go."""

    size: int = 10_000_000
    """Bytes after decompression."""
    seconds: float = 30.0
    """For all of it: names, redirects, headers and body."""
    redirects: int = 5
    private: bool = False
    """Whether addresses of this machine and of private nets may be asked."""


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


class Refused(Exception):
    """Nothing came: what was found, and what to do."""

    def __init__(self, found: str, valid: str = "", example: str = "") -> None:
        super().__init__(found)
        self.found, self.valid, self.example = found, valid, example


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
        response = _response(url, bounds)
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
        raise _in_words(error) from None


def _unicode(header: str) -> str:
    """A header as UTF-8, which servers send although HTTP has Latin-1 there."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header


def _response(url: str, bounds: Bounds) -> BaseHTTPResponse:
    """The answer, its body not yet read. Of several addresses of one name, the first that can be reached gives it."""
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, ProxyManager, Timeout
    from urllib3.exceptions import ConnectTimeoutError, NewConnectionError
    from urllib3.util import make_headers, parse_url

    target = parse_url(url)
    scheme, host = target.scheme or "", (target.host or "").strip("[]")
    port = target.port or SCHEMES[scheme]
    named = {"Host": target.netloc or host, "User-Agent": AGENT, "Accept": ACCEPT, "Accept-Encoding": "gzip, deflate"}
    proxy = None if proxy_bypass(host) else getproxies().get(scheme)
    addresses = _resolved(host, port, bounds, by_proxy=proxy is not None)
    context = create_default_context() if scheme == "https" else None
    timeout = Timeout(total=bounds.seconds)
    if proxy:
        auth = parse_url(proxy).auth
        sign = make_headers(proxy_basic_auth=auth) if auth else None
        through = ProxyManager(proxy, proxy_headers=sign, ssl_context=context, timeout=timeout)
        return through.urlopen("GET", url, headers=named, redirect=False, retries=False, preload_content=False)
    failed: Exception = Refused(f"'{host}' has no address")
    for address in addresses:
        pool = (
            HTTPSConnectionPool(address, port, timeout=timeout, ssl_context=context, server_hostname=host)
            if context
            else HTTPConnectionPool(address, port, timeout=timeout)
        )
        try:
            return pool.urlopen(
                "GET", target.request_uri, headers=named, redirect=False, retries=False, preload_content=False
            )
        except (NewConnectionError, ConnectTimeoutError) as error:
            failed = error
    raise failed


def _resolved(host: str, port: int, bounds: Bounds, *, by_proxy: bool) -> list[str]:
    """The addresses of a host, all of them checked."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        if by_proxy:
            return []
        raise Refused(f"no host is called '{host}'", "see whether the address is spelt as in a browser") from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if not bounds.private and not is_public(address):
            raise Refused(f"'{host}' is {address}, an address of this machine or a private net", INTRANET)
    return addresses


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
    media = kind.get_content_type() if response.headers.get("Content-Type") else ""
    charset = kind.get_param("charset", "")
    return Fetched(url=url, raw=bytes(raw), media=media, charset=charset if isinstance(charset, str) else "")


def _advice(status: int) -> str:
    if status in (404, 410):
        return "see whether the address is whole"
    return "try again later" if status == 429 or status >= 500 else BY_HAND


def _in_words(error: Exception) -> Refused:
    """What went wrong between here and there."""
    from urllib3 import exceptions as known

    reason = getattr(error, "reason", None) or error
    if isinstance(reason, known.SSLError):
        doubt = re.search(r"certificate verify failed: (.{1,160}?)\.?(?: \(_ssl|$)", str(reason))
        found = f"its certificate cannot be trusted: {doubt[1]}" if doubt else "no secure connection comes about"
        return Refused(found, BY_HAND)
    if isinstance(reason, known.NewConnectionError):
        return Refused("cannot be reached", "see whether the address opens in a browser")
    if isinstance(reason, known.TimeoutError | TimeoutError):
        return Refused("no answer in time", "try again later")
    if isinstance(reason, known.DecodeError):
        return Refused("its compression is broken", BY_HAND)
    if isinstance(reason, known.LocationParseError):
        return Refused("no address that can be read", "see how a browser writes it")
    if "IncompleteRead" in str(reason):
        return Refused("ended before it was whole", "try again")
    return Refused(f"the answer is broken ({str(reason)[:160]})", "try again, or " + BY_HAND)


def host_of(url: str) -> str:
    """The host of an address, without `www.`."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
