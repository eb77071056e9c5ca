"""What pages weigh on the wire, from Chromium's own network events: `make weights` prints the table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

KB = 1024
DOCUMENT, SCRIPT, ALL, REQUESTS = 14 * KB, 5 * KB, 30 * KB, 4
"""The most that HTML with CSS, scripts, and all of a page together may weigh, compressed and with headers; and requests."""


@dataclass(frozen=True)
class Weight:
    """A page as it was loaded, in bytes on the wire."""

    name: str
    html: int
    css: int
    script: int
    all: int
    requests: tuple[str, ...]

    def faults(self, address: str) -> list[str]:
        """Which bars the page misses."""
        found = []
        if self.html + self.css > DOCUMENT:
            found.append(f"HTML and CSS weigh {(self.html + self.css) / KB:.1f} KB")
        if self.script > SCRIPT:
            found.append(f"scripts weigh {self.script / KB:.1f} KB")
        if self.all > ALL:
            found.append(f"all weighs {self.all / KB:.1f} KB")
        if len(self.requests) > REQUESTS:
            found.append(f"asks for {len(self.requests)} files")
        foreign = [url for url in self.requests if not url.startswith(address)]
        return [*found, *(f"asks {url}" for url in foreign)]


def weigh(context: BrowserContext, address: str, names: Iterable[str]) -> Iterator[Weight]:
    """Load pages one after another, each with an empty cache."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    asked: dict[str, tuple[str, str]] = {}
    sizes: dict[str, int] = {}

    def sent(event: dict[str, Any]) -> None:
        if not event["request"]["url"].startswith("data:"):
            asked[event["requestId"]] = (event.get("type", ""), event["request"]["url"])

    def loaded(event: dict[str, Any]) -> None:
        sizes[event["requestId"]] = int(event["encodedDataLength"])

    session.on("Network.requestWillBeSent", sent)
    session.on("Network.loadingFinished", loaded)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    for name in names:
        asked.clear(), sizes.clear()
        page.goto(address + name)
        page.wait_for_timeout(100)  # for what a script may ask for after all else
        missing = asked.keys() - sizes.keys()
        assert not missing, [asked[one] for one in missing]
        total = {kind: sum(sizes[i] for i, (of, _) in asked.items() if of == kind) for kind, _ in asked.values()}
        parts = (total.get(kind, 0) for kind in ("Document", "Stylesheet", "Script"))
        yield Weight(name, *parts, sum(sizes[i] for i in asked), tuple(url for _, url in asked.values()))
    page.close()


def table(weights: list[tuple[str, Weight]]) -> str:
    """Kinds of page and what their heaviest page weighs."""
    rows = [f"{'kind':32}{'HTML':>8}{'CSS':>8}{'JS':>8}{'all':>8}  requests  page"]
    for kind, w in weights:
        sizes = "".join(f"{size / KB:8.1f}" for size in (w.html, w.css, w.script, w.all))
        rows.append(f"{kind:32}{sizes}  {len(w.requests):8}  {w.name}")
    return "\n".join(rows)
