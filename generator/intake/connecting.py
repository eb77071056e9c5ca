"""A connection to an address of the web, under the name of its host, and what is said where none comes about.

A name is resolved once and the connection goes to the address that was checked, so that a name which changes its
address meanwhile leads nowhere else. Where the environment names a proxy, that resolves names; what this
machine can resolve is still checked.
"""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from ssl import create_default_context
from typing import TYPE_CHECKING
from urllib.request import getproxies, proxy_bypass

from generator.about import NAME, VERSION
from generator.intake.address import SCHEMES, is_open_name, is_public

if TYPE_CHECKING:
    from urllib3.response import BaseHTTPResponse

AGENT = f"{NAME}/{VERSION}"
ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/pdf,*/*;q=0.5"
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


class Refused(Exception):
    """Nothing came: what was found, and what to do."""

    def __init__(self, found: str, valid: str = "", example: str = "") -> None:
        super().__init__(found)
        self.found, self.valid, self.example = printable(found), valid, example


def printable(text: str) -> str:
    """Words of a server as a terminal may show them."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def response_of(url: str, bounds: Bounds) -> BaseHTTPResponse:
    """The answer, its body not yet read. Of several addresses of one name, the first that can be reached gives it."""
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, ProxyManager, Timeout
    from urllib3.exceptions import ConnectTimeoutError, NewConnectionError
    from urllib3.util import make_headers, parse_url

    target = parse_url(url)
    scheme, host = target.scheme or "", (target.host or "").strip("[]")
    port = target.port or SCHEMES[scheme]
    named = {"Host": target.netloc or host, "User-Agent": AGENT, "Accept": ACCEPT, "Accept-Encoding": "gzip, deflate"}
    proxy = None if proxy_bypass(host) else getproxies().get(scheme) or getproxies().get("all")
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
        if by_proxy and (bounds.private or is_open_name(host)):
            return []
        if by_proxy:
            raise Refused(f"'{host}' is no name of the open net", INTRANET) from None
        raise Refused(f"no host is called '{host}'", "see whether the address is spelt as in a browser") from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if not bounds.private and not is_public(address):
            raise Refused(f"'{host}' is {address}, an address of this machine or a private net", INTRANET)
    return addresses


def in_words(error: Exception) -> Refused:
    """What went wrong between here and there."""
    from urllib3 import exceptions as known

    reason = getattr(error, "reason", None) or error
    if isinstance(reason, known.SSLError):
        doubt = re.search(r"certificate verify failed: (.{1,160}?)\.?(?: \(_ssl|$)", str(reason))
        found = f"its certificate cannot be trusted: {doubt[1]}" if doubt else "no secure connection comes about"
        return Refused(found, BY_HAND)
    if isinstance(reason, known.ProxyError | known.ProxySchemeUnknown):
        return Refused("the proxy that the environment names does not answer", "see http_proxy, https_proxy, no_proxy")
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
