"""What feeds and calendars have in common: plain text, addresses, dates and lasting names, none of them from a clock."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit
from uuid import NAMESPACE_URL, uuid5

from generator import addresses, edtf
from generator.addresses import anchor, source_path
from generator.link import Briefing
from generator.statement import Statement

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
"""What XML 1.0 or RFC 5545 leaves no place for, line ends of other sorts, and byte order marks."""


def line(text: str) -> str:
    """Text as one line of characters that every format can hold."""
    return " ".join(UNPRINTABLE.sub(" ", text).split())


def moment(text: str) -> datetime:
    """The start of the last day that an EDTF date may mean, in UTC; of what is no date, the first day of 1970."""
    read = edtf.parse(text)
    day = read.latest if read and not read.open_end else None
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else datetime(1970, 1, 1, tzinfo=UTC)


def address(briefing: Briefing, path: str, place: str = "") -> str:
    """The address of a page or file of the site, if it is known where the site stands; else empty."""
    whole = addresses.address(path, briefing.settings, place)
    return whole if addresses.WEB.match(whole) else ""


def permalink(statement: Statement, briefing: Briefing) -> str:
    """The address of a fact, on the page of its source; empty where the site's is not known."""
    return address(briefing, source_path(statement.source.id), anchor(statement.fact.id))


def lasting(briefing: Briefing, day: str, name: str) -> str:
    """An id for a thing of a briefing: a tag URI (RFC 4151) under the site's host; without one, a UUID of its name.

    `day` is when the thing came to be. The id stays the same however often the site is built.
    """
    name = line(name)
    parts = urlsplit(address(briefing, "index.md"))
    if not parts.hostname or not re.fullmatch(r"[A-Za-z0-9.-]+", parts.hostname):
        return f"urn:uuid:{uuid5(NAMESPACE_URL, f'briefing:{line(briefing.settings.site_name)}:{name}')}"
    folder = parts.path.rpartition("/")[0]
    return f"tag:{parts.hostname},{moment(day):%Y-%m-%d}:{folder}/{quote(name, safe='/-_.~')}"
