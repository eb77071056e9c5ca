"""Addresses of the web: which may be asked, as they are written into seeds, and which are the same."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit, urlunsplit

SCHEMES = {"http": 80, "https": 443}
"""What may be asked, with the default port."""
TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|mc_[ce]id|at_medium|at_campaign|cmpid)=.*", re.IGNORECASE)
NAT64 = IPv6Network("64:ff9b::/96")
UNICAST = IPv6Network("2000::/3")
"""All of IPv6 that is open to everybody; which of it is not, Python knows, and below stands what it has not always known."""
SPECIAL = tuple(
    map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32", "2001:2::/48", "3fff::/20", "5f00::/16"))
)
"""Protocols' own (clouds answer machines there), relays of 6to4, Azure's own to its machines, benchmarks, examples (IANA's registries of special purposes)."""
ISATAP = (0x5EFE, 0x2005EFE)
"""What stands before an IPv4 address in the lower half of an address of IPv6 (RFC 5214)."""
INSIDE = ("localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "private", "arpa")
"""Last labels of names that are not of the open net."""


def is_address(text: str) -> bool:
    """Whether an argument of the command line is meant as an address and not as a file."""
    return re.match(r"[a-z][a-z0-9+.-]{1,20}://", text, re.IGNORECASE) is not None


def _parts(url: str) -> SplitResult | None:
    """The parts of an address that may be asked; None for any other."""
    try:
        parts = urlsplit(url.strip())
        parts.port  # noqa: B018  # raises for a port that is none
    except ValueError:
        return None
    return parts if parts.scheme in SCHEMES and parts.hostname else None


def clean(url: str | None) -> str | None:
    """An address as a seed keeps it: http or https, without user name, fragment and tracking; None for any other."""
    parts = _parts(url or "")
    if parts is None or re.search(r"[\s\x00-\x1f\x7f\\]", parts.geturl()):
        return None
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    port = f":{parts.port}" if parts.port not in (None, SCHEMES[parts.scheme]) else ""
    query = "&".join(part for part in parts.query.split("&") if not TRACKING.fullmatch(part))
    return urlunsplit((parts.scheme, host + port, parts.path or "/", query, ""))


def same(url: str | None) -> str | None:
    """What two addresses of one page have in common: neither http or https, nor `www.` nor a slash at the end matters."""
    kept = clean(url)
    if kept is None:
        return None
    parts = urlsplit(kept)
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}" + (f"?{parts.query}" if parts.query else "")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open net: not of this machine, of a private net, of a link, of no one."""
    return all(map(_is_open, _inner(ip_address(address.partition("%")[0]))))


def _is_open(found: IPv4Address | IPv6Address) -> bool:
    if isinstance(found, IPv6Address) and found not in UNICAST:
        return False
    special = found.is_multicast or found.is_reserved or found.is_unspecified or any(found in net for net in SPECIAL)
    return found.is_global and not special


def _inner(found: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """An address, and the IPv4 address that it stands for."""
    if isinstance(found, IPv4Address):
        return [found]
    if found.ipv4_mapped:
        return [found.ipv4_mapped]
    last = IPv4Address(int(found) & 0xFFFFFFFF)
    if found in NAT64:
        return [last]
    isatap = last if int(found) >> 32 & 0xFFFFFFFF in ISATAP else None
    return [found, *filter(None, (found.sixtofour, found.teredo and found.teredo[1], isatap))]


def is_open_name(host: str) -> bool:
    """Whether a host that somebody else is to look up is a name of the open net: neither a number in whatever spelling, nor a name
    that each net, or each machine, has for itself."""
    labels = host.rstrip(".").casefold().split(".")
    return len(labels) > 1 and re.fullmatch(r"\d+|0x[0-9a-f]*", labels[-1]) is None and labels[-1] not in INSIDE


def host_of(url: str) -> str:
    """The host of an address, without `www.`."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
