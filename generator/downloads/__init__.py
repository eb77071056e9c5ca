"""What the site holds besides pages: data, feeds and calendars, each a pure function from a briefing to bytes.

`DOWNLOADS` is the whole list, in the order in which the data page shows it. Nothing here repeats more of an article
than `publish_source_text` allows: all words of articles come through `generator.telling`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from generator.link import Briefing


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the site that readers may take along."""

    path: str
    """Below the site's folder."""
    title: str
    """What it is, for the data page: a few words."""
    media_type: str
    """As IANA registers it, such as `text/calendar`."""
    make: Callable[[Briefing], bytes]
    group: str = "Data"
    """The heading that it stands under on the data page."""
    about: str = ""
    """What a reader finds in it and what opens it: a sentence or two, for the data page."""


DOWNLOADS: tuple[Download, ...] = ()


def downloads(briefing: Briefing) -> Mapping[str, bytes]:
    """The content of every download by its path."""
    return {download.path: download.make(briefing) for download in DOWNLOADS}
